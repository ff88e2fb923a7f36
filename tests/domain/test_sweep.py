from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.domain.sweep import ENOUGH_FOR_ARRAYS, Claim, overlapping, with_arrays, without_arrays


def every_pair(claims: list[Claim]) -> set[frozenset[int]]:
    return {
        frozenset((i, j))
        for (i, (resource, start, end)), (j, (other, other_start, other_end)) in combinations(enumerate(claims), 2)
        if resource == other and max(start, other_start) < min(end, other_end)
    }


claims_of = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(-40, 40), st.integers(0, 25)).map(
        lambda c: (c[0], c[1], c[1] + c[2])
    ),
    max_size=40,
)


@given(claims_of)
@settings(max_examples=600, deadline=None)
def test_sweep_finds_what_comparing_every_pair_finds(claims: list[Claim]) -> None:
    found = list(overlapping(claims))

    assert {frozenset(pair) for pair in found} == every_pair(claims)
    assert len(found) == len(set(found)), "a pair came twice"


@given(claims_of, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_order_of_input_does_not_change_what_is_found(claims, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = claims[:]
    chance.shuffle(shuffled)

    def pairs(listed: list[Claim]) -> list[tuple[Claim, ...]]:
        return sorted(tuple(sorted((listed[i], listed[j]))) for i, j in overlapping(listed))

    assert pairs(claims) == pairs(shuffled)


def test_claims_that_touch_do_not_overlap() -> None:
    assert list(overlapping([("hall", 9, 14), ("hall", 14, 18)])) == []


def test_three_claims_of_one_slot_are_three_pairs() -> None:
    assert len(list(overlapping([("hall", 9, 14), ("hall", 10, 12), ("hall", 11, 15)]))) == 3


@given(claims_of)
@example([("b", 0, 0), ("a", 0, 1), ("a", 0, 1), ("b", 0, 1), ("b", 0, 1)])  # an empty claim gives no order
@settings(max_examples=300, deadline=None)
def test_arrays_give_the_same_pairs_in_the_same_order(claims: list[Claim]) -> None:
    assert with_arrays(claims) == without_arrays(claims)


def test_many_claims_give_the_same_pairs_in_the_same_order_as_few_would() -> None:
    claims: list[Claim] = [(n % 700, n * 7 % 9_000, n * 7 % 9_000 + n % 40) for n in range(ENOUGH_FOR_ARRAYS)]

    assert overlapping(claims) == without_arrays(claims)
