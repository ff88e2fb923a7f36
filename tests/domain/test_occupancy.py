"""The index of claims against looking at every claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.occupancy import Occupancy

claims = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(-50, 200), st.integers(0, 90), st.integers(0, 30)).map(
        lambda each: (each[0], each[1], each[1] + each[2], each[3])
    ),
    max_size=40,
)


@given(claims, claims, st.integers(-60, 220), st.integers(1, 100))
def test_claims_during_a_stretch_are_those_that_share_a_unit_with_it(first, later, start, length) -> None:  # type: ignore[no-untyped-def]
    index = Occupancy(first)
    for claim in later:
        index.add(*claim)
    taken = [claim for position, claim in enumerate(first + later) if position % 3 == 0 and claim[1] < claim[2]]
    for claim in taken:
        index.remove(*claim)
    left = first + later
    for claim in taken:
        left.remove(claim)
    end = start + length

    for resource in "abc":
        expected = sorted(o for r, s, e, o in left if r == resource and s < end and start < e and s < e)
        assert sorted(index.during(resource, start, end)) == expected


def test_claim_that_is_not_there_cannot_be_taken_out() -> None:
    index = Occupancy([("a", 1, 5, 7)])

    with pytest.raises(KeyError):
        index.remove("a", 1, 5, 8)
