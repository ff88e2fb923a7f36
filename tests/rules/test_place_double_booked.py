from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.board import Board
from planner.domain.entries import Place
from planner.domain.finding import Certainty, Severity
from planner.domain.texts import texts
from planner.domain.window import When
from planner.rules.place_double_booked import RULE
from tests.boards import TODAY, a_board, found
from tests.builders import PROGRAMME, a_register, an_event, days, some_time
from tests.rules.cases import each_meeting, october

RANGE = an_event("A", places=["losvido"])


def test_range_booked_twice_is_an_error() -> None:
    other = replace(RANGE, ref="B", when=days("2020-10-16", "2020-10-18"))

    [finding] = found(RULE, a_board(RANGE, other))

    assert (finding.refs, finding.shared) == (("A", "B"), ("losvido",))
    assert (finding.severity, finding.certainty) == (Severity.ERROR, Certainty.CERTAIN)


@each_meeting
def test_one_range_at_two_events(one: When, other: When, meets: bool) -> None:
    a, b = replace(RANGE, when=one), replace(RANGE, ref="B", when=other)

    assert [finding.refs for finding in found(RULE, a_board(a, b))] == ([("A", "B")] if meets else [])


def test_three_events_in_one_slot_give_three_pairs() -> None:
    refs = [finding.refs for finding in found(RULE, a_board(*(replace(RANGE, ref=ref) for ref in "ABC")))]

    assert refs == [("A", "B"), ("A", "C"), ("B", "C")]


def test_three_that_fit_only_two_by_two_are_jointly_certain() -> None:
    events = [replace(RANGE, ref=ref, when=some_time("2020-09-01", "2020-09-30", 12)) for ref in "ABC"]

    joint = [each for each in found(RULE, a_board(*events)) if each.certainty is Certainty.JOINTLY]

    assert [(each.refs, each.shared, each.fact) for each in joint] == [
        (("A", "B", "C"), ("losvido",), {"needed": "36", "days": "30"}),
    ]


@given(october(places=["losvido"]), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_events_does_not_change_the_findings(events, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = events[:]
    chance.shuffle(shuffled)

    assert found(RULE, Board(TODAY, (a_register(),), tuple(shuffled))) == found(RULE, a_board(*events))


def test_city_is_never_double_booked() -> None:
    assert found(RULE, a_board(an_event("A", places=["moscow"]), an_event("B", places=["moscow"]))) == []


def test_possible_clash_says_how_many_placements_clash() -> None:
    october = replace(RANGE, ref="B", when=some_time("2020-10-01", "2020-10-31", length=2))

    [finding] = found(RULE, a_board(RANGE, october))

    assert finding.placements is not None
    assert (finding.severity, finding.placements.clash, finding.placements.of) == (Severity.WARNING, 6, 30)


def test_hall_clashes_with_the_centre_around_it_but_not_with_the_hall_beside_it() -> None:
    places = (
        Place(PROGRAMME, "centre", texts(en="Centre"), capacity=1),
        Place(PROGRAMME, "hall-1", texts(en="Hall 1"), capacity=1, within="centre"),
        Place(PROGRAMME, "hall-2", texts(en="Hall 2"), capacity=1, within="centre"),
    )
    register = a_register(places=places)
    whole, one, other = (
        an_event(ref, places=[code]) for ref, code in (("A", "centre"), ("B", "hall-1"), ("C", "hall-2"))
    )

    refs = [finding.refs for finding in found(RULE, a_board(whole, one, other, register=register))]

    assert refs == [("A", "B"), ("A", "C")]
