from typing import Any

import pytest

from planner.domain.entries import Facility, Place
from planner.domain.event import Booking, BookingSort, Event, Link, Relation
from planner.domain.finding import Finding, Severity
from planner.domain.window import When
from planner.rules import Need
from planner.rules.facility_short import RULE
from tests.boards import a_board, found
from tests.builders import PROGRAMME, a_register, an_event, day, days, hours, some_time

REGISTER = a_register(
    facilities=(Facility(PROGRAMME, "sets", supply=3), Facility(PROGRAMME, "chairs")),
    places=(Place(PROGRAMME, "centre", capacity=2), Place(PROGRAMME, "hall", capacity=1)),
)
WEEK = days("2020-10-12", "2020-10-16")


def booked(ref: str, when: When, quantity: int | None = 2, code: str = "sets", **fields: Any) -> Event:
    return an_event(ref, when=when, bookings=(Booking(BookingSort.FACILITY, code, quantity=quantity),), **fields)


def short(*events: Event) -> list[Finding]:
    return found(RULE, a_board(*events, register=REGISTER))


@pytest.mark.parametrize(
    ("when", "count"),
    [
        (days("2020-10-10", "2020-10-11"), 0),
        (days("2020-10-10", "2020-10-12"), 1),
        (days("2020-10-14"), 1),
        (WEEK, 1),
        (days("2020-10-16", "2020-10-18"), 1),
        (days("2020-10-17"), 0),
        (hours("2020-10-16", 23, 24), 1),
        (hours("2020-10-17", 0, 1), 0),
        (hours("2020-10-17", 1, 2, zone="Asia/Bishkek"), 1),
        (some_time("2020-10-12", "2020-10-31"), 0),
    ],
    ids=["before", "over the start", "inside", "equal", "over the end", "after", "late", "next", "zones", "open"],
)
def test_more_is_booked_at_one_time_than_there_is(when: When, count: int) -> None:
    assert len(short(booked("A", WEEK), booked("B", when))) == count


def test_finding_says_how_many_are_needed_where_and_when() -> None:
    [finding] = short(booked("A", WEEK), booked("B", days("2020-10-15", "2020-10-20")), booked("C", days("2020-10-16")))

    assert (finding.severity, finding.refs, finding.shared) == (Severity.ERROR, ("A", "B", "C"), ("sets",))
    assert (finding.span.first, finding.span.last) == (day("2020-10-15"), day("2020-10-16"))
    assert (finding.fact["needed"], finding.fact["supply"]) == ("6", "3")


def test_what_fits_or_is_not_counted_is_left_alone() -> None:
    assert short(booked("A", WEEK, 1), booked("B", WEEK, 2)) == []
    assert short(booked("A", WEEK, None), booked("B", WEEK, None), booked("C", WEEK, None)) == []
    assert short(booked("A", WEEK, 900, "chairs")) == []


def test_one_event_alone_may_book_more_than_there_is() -> None:
    assert [finding.refs for finding in short(booked("A", WEEK, 4))] == [("A",)]


def test_exercise_and_its_phase_claim_the_same_sets() -> None:
    phase = booked("A-P1", days("2020-10-12"), links=(Link(Relation.PART_OF, "A"),))

    assert short(booked("A", WEEK), phase) == []


def test_place_with_room_for_two_is_short_of_room_for_three() -> None:
    three = [an_event(ref, places=["centre"], when=WEEK) for ref in "ABC"]

    [finding] = short(*three)

    assert (finding.refs, finding.subject, finding.fact["sort"]) == (
        ("A", "B", "C"),
        f"place centre@{PROGRAMME}",
        "place",
    )
    assert short(*three[:2]) == []
    assert short(*(an_event(ref, places=["hall"], when=WEEK) for ref in "AB")) == []  # C02's


def test_two_stretches_are_two_findings() -> None:
    long = booked("A", days("2020-10-01", "2020-10-31"))

    found_here = short(long, booked("B", days("2020-10-05")), booked("C", days("2020-10-20")))

    assert [finding.refs for finding in found_here] == [("A", "B"), ("A", "C")]


def test_rule_is_silent_without_a_supply() -> None:
    assert RULE.needs(a_board()) is Need.SUPPLY
    assert RULE.needs(a_board(register=REGISTER)) is None


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (days("2020-02-28", "2020-02-29"), days("2020-02-29", "2020-03-01"), 1),
        (days("2020-02-28"), days("2020-02-29"), 0),
        (days("2020-12-30", "2021-01-02"), days("2021-01-01"), 1),
        (days("2020-12-31"), days("2021-01-01"), 0),
        (days("2020-10-12", "2020-10-16"), days("2020-10-14"), 1),
    ],
    ids=["29 February", "before 29 February", "over the end of the year", "touching it", "third of five days"],
)
def test_days_are_counted_over_leap_days_and_the_end_of_the_year(one: When, other: When, count: int) -> None:
    assert len(short(booked("A", one), booked("B", other))) == count
    assert len(short(booked("A", other), booked("B", one))) == count


def test_three_that_are_one_too_many_each_with_each_are_one_finding() -> None:
    [finding] = short(*(booked(ref, WEEK) for ref in "ABC"))

    assert (finding.refs, finding.fact["needed"]) == (("A", "B", "C"), "6")
