from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.entries import Party, PartySort
from planner.domain.event import Booking, BookingSort, Event, Link, Relation, Role, Status
from planner.domain.finding import Certainty, Severity
from planner.domain.window import When
from planner.rules.participant_double_booked import RULE
from tests.boards import a_board, found
from tests.builders import PROGRAMME, a_register, an_event, days, some_time
from tests.rules.cases import each_meeting

SESSION = an_event("A", kind="statutory_meeting", bodies=("CFM",), states=["AM", "BY"])


def said(*events: Event) -> list[tuple[tuple[str, ...], Severity, Certainty, tuple[str, ...]]]:
    return [(f.refs, f.severity, f.certainty, f.shared) for f in found(RULE, a_board(*events))]


@each_meeting
def test_one_delegation_in_two_places(one: When, other: When, meets: bool) -> None:
    a, b = replace(SESSION, when=one), replace(SESSION, ref="B", when=other)

    expected = [(("A", "B"), Severity.ERROR, Certainty.CERTAIN, ("AM", "BY"))] if meets else []
    assert said(a, b) == said(replace(a, when=other), replace(b, when=one)) == expected


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


def test_ceremony_has_a_level_of_its_own_whoever_holds_it() -> None:
    parade = replace(SESSION, ref="B", kind="commemoration", blocks=True, when=days("2020-10-12", "2020-10-13"))
    congress = replace(parade, when=days("2020-10-12", "2020-10-14"))

    assert [each[1] for each in said(SESSION, parade)] == [Severity.INFO]
    assert [each[1] for each in said(SESSION, congress)] == [Severity.ERROR]


def test_what_is_long_and_has_no_place_occupies_nobody() -> None:
    campaign = replace(SESSION, ref="B", when=days("2020-10-10", "2020-10-20"))
    with_a_place = replace(campaign, bookings=(*campaign.bookings, Booking(BookingSort.PLACE, "moscow")))

    assert said(SESSION, campaign) == []
    assert len(said(SESSION, replace(campaign, when=days("2020-10-11", "2020-10-20")))) == 1
    assert len(said(SESSION, with_a_place)) == 1


def test_organisations_observers_and_optional_parties_are_not_required() -> None:
    organisation = Party(PROGRAMME, "UN", party_sort=PartySort.ORGANISATION)
    register = a_register(parties=(*a_register().parties, organisation))
    events = [
        replace(SESSION, ref=ref, bookings=(Booking(BookingSort.PARTY, code, role=role),))
        for code, role in (("UN", Role.REQUIRED), ("AM", Role.OBSERVER), ("BY", Role.OPTIONAL))
        for ref in (f"{code}-1", f"{code}-2")
    ]

    assert found(RULE, a_board(*events, register=register)) == []


def test_three_events_in_one_slot_give_three_pairs() -> None:
    events = [replace(SESSION, ref=ref) for ref in "ABC"]

    assert [refs for refs, *_ in said(*events)] == [("A", "B"), ("A", "C"), ("B", "C")]


def test_three_that_fit_only_two_by_two_are_jointly_certain() -> None:
    events = [replace(SESSION, ref=ref, when=some_time("2020-09-01", "2020-09-26", 9)) for ref in "ABC"]

    joint = [each for each in said(*events) if each[2] is Certainty.JOINTLY]

    assert joint == [(("A", "B", "C"), Severity.ERROR, Certainty.JOINTLY, ("AM", "BY"))]
    assert not any(each[2] is Certainty.JOINTLY for each in said(*events[:2]))


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
