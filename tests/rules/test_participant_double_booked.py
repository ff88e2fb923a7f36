from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.event import Event, Link, Relation, Status
from planner.domain.finding import Certainty, Severity
from planner.domain.window import When
from planner.rules.participant_double_booked import RULE
from tests.boards import a_board, found
from tests.builders import an_event, days, hours, some_time

SESSION = an_event("A", kind="statutory_meeting", bodies=("CFM",), states=["AM", "BY"])


def said(*events: Event) -> list[tuple[tuple[str, ...], Severity, Certainty, tuple[str, ...]]]:
    return [(f.refs, f.severity, f.certainty, f.shared) for f in found(RULE, a_board(*events))]


@pytest.mark.parametrize(
    ("when", "clashes"),
    [
        (days("2020-10-05", "2020-10-09"), False),
        (days("2020-10-11"), False),
        (days("2020-10-10", "2020-10-12"), True),
        (days("2020-10-14"), True),
        (days("2020-10-12", "2020-10-16"), True),
        (days("2020-10-16", "2020-10-20"), True),
        (days("2020-10-17"), False),
        (days("2020-10-26"), False),
    ],
    ids=["before", "touching before", "over start", "inside", "equal", "over end", "touching after", "after"],
)
def test_one_delegation_in_two_places(when: When, clashes: bool) -> None:
    other = replace(SESSION, ref="B", when=when)

    expected = [(("A", "B"), Severity.ERROR, Certainty.CERTAIN, ("AM", "BY"))] if clashes else []
    assert said(SESSION, other) == expected


def test_different_levels_are_information() -> None:
    staff = replace(SESSION, ref="B", bodies=("JS",))

    assert said(SESSION, staff) == [(("A", "B"), Severity.INFO, Certainty.CERTAIN, ("AM", "BY"))]


def test_levels_nobody_stated_are_a_warning() -> None:
    assert said(an_event("A"), an_event("B")) == [(("A", "B"), Severity.WARNING, Certainty.CERTAIN, ("AM", "BY"))]


def test_possible_clash_at_one_level_is_a_warning_and_across_levels_nothing() -> None:
    october = replace(SESSION, ref="B", when=some_time("2020-10-01", "2020-10-31"))

    assert said(SESSION, october) == [(("A", "B"), Severity.WARNING, Certainty.POSSIBLE, ("AM", "BY"))]
    assert said(SESSION, replace(october, bodies=("JS",))) == []


@pytest.mark.parametrize("relation", [Relation.PART_OF, Relation.AROUND, Relation.WITH])
def test_events_linked_on_purpose_do_not_clash(relation: Relation) -> None:
    assert said(SESSION, replace(SESSION, ref="B", links=(Link(relation, "A"),))) == []


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED])
def test_event_that_does_not_stand_does_not_clash(status: Status) -> None:
    assert said(SESSION, replace(SESSION, ref="B", status=status)) == []


def test_states_that_share_nobody_do_not_clash() -> None:
    assert said(SESSION, replace(SESSION, ref="B", bookings=an_event(states=["KZ"]).bookings)) == []


def test_two_outside_events_are_information() -> None:
    outside = an_event("A", kind="external", bodies=("JS",))

    assert [each[1] for each in said(outside, replace(outside, ref="B"))] == [Severity.INFO]


def test_one_who_arrives_as_the_other_ends_does_not_clash() -> None:
    morning = replace(SESSION, when=hours("2020-11-28", 9, 14))
    afternoon = replace(SESSION, ref="B", when=hours("2020-11-28", 14, 18))

    assert said(morning, afternoon) == []


@st.composite
def programmes_of_events(draw: st.DrawFn) -> list[Event]:
    events = []
    for number in range(draw(st.integers(2, 7))):
        first, length = draw(st.integers(1, 25)), draw(st.integers(0, 4))
        states = draw(st.lists(st.sampled_from(["AM", "BY", "KZ"]), min_size=1, unique=True))
        when = days(f"2020-10-{first:02}", f"2020-10-{min(first + length, 31):02}")
        events.append(replace(an_event(f"E{number}", states=states), bodies=("JS",), when=when))
    return events


@given(programmes_of_events(), st.randoms(use_true_random=False))
@settings(max_examples=120, deadline=None)
def test_order_of_events_does_not_change_the_findings(events, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = events[:]
    chance.shuffle(shuffled)

    assert said(*events) == said(*shuffled)


@given(programmes_of_events())
@settings(max_examples=200, deadline=None)
def test_findings_are_what_comparing_every_pair_gives(events: list[Event]) -> None:
    def states(event: Event) -> set[str]:
        return {booking.code for booking in event.bookings}

    def overlap(a: Event, b: Event) -> bool:
        x, y = a.when.windows[0], b.when.windows[0]
        return x.first <= y.last and y.first <= x.last

    expected = [
        ((a.ref, b.ref), tuple(sorted(states(a) & states(b))))
        for i, a in enumerate(events)
        for b in events[i + 1 :]
        if overlap(a, b) and states(a) & states(b)
    ]
    assert [(refs, shared) for refs, _, _, shared in said(*events)] == expected
