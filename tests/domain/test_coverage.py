"""Priorities by quarter, and bodies against their yearly minimum."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.coverage import Cell, Coverage, Quarter, coverage, quarters_of
from planner.domain.entries import Body, Priority
from planner.domain.event import Event, Link, Relation, Status
from planner.domain.texts import texts
from planner.domain.window import UNDATED, Mode, When
from tests.boards import a_board
from tests.builders import PROGRAMME, a_programme, a_register, an_event, day, days, some_time

REGISTER = a_register(
    priorities=(Priority(PROGRAMME, "P01", texts(en="Peace")),),
    bodies=(Body(PROGRAMME, "CFM", texts(en="Ministers"), yearly=2),),
)


def covered(*events: Event, register=REGISTER) -> Coverage:  # type: ignore[no-untyped-def]
    return coverage(a_board(*events, register=register), register)


def cells(*events: Event) -> tuple[Cell, ...]:
    [row] = covered(*events).rows
    return row.cells


def under(ref: str, when: When, **fields: object) -> Event:
    return an_event(ref, priorities=("P01",), when=when, **fields)


def q(number: int) -> Quarter:
    return Quarter(2020, number)


def test_quarters_are_those_the_term_touches() -> None:
    found = list(quarters_of(day("2020-12-31"), day("2021-04-01")))

    assert found == [Quarter(2020, 4), Quarter(2021, 1), Quarter(2021, 2)]
    assert [(each.first, each.last) for each in found][:2] == [
        (day("2020-10-01"), day("2020-12-31")),
        (day("2021-01-01"), day("2021-03-31")),
    ]


@pytest.mark.parametrize(
    ("when", "sure", "maybe"),
    [
        (days("2020-02-10"), {1}, set()),
        (days("2020-03-30", "2020-04-02"), {1, 2}, set()),
        (some_time("2020-07-01", "2020-09-30"), {3}, set()),
        (some_time("2020-07-01", "2020-12-31"), set(), {3, 4}),
        (When(Mode.THROUGHOUT, some_time("2020-01-01", "2020-12-31").windows), {1, 2, 3, 4}, set()),
        (When(Mode.DEADLINE, some_time("2020-01-01", "2020-06-01").windows), {2}, set()),
        (UNDATED, set(), set()),
    ],
    ids=["a day", "over the turn", "a quarter", "a half", "throughout", "a deadline", "undated"],
)
def test_event_lies_in_a_quarter_for_sure_or_perhaps(when: When, sure: set[int], maybe: set[int]) -> None:
    found = cells(under("A", when))

    assert {cell.quarter.number for cell in found if cell.sure} == sure
    assert {cell.quarter.number for cell in found if cell.open} == maybe
    assert {cell.quarter.number for cell in found if cell.is_gap} == {1, 2, 3, 4} - sure - maybe


def test_event_without_a_date_is_named_beside_the_quarters() -> None:
    [row] = covered(under("A", UNDATED)).rows

    assert row.undated == ("A",)


def test_cancelled_replaced_and_outside_events_cover_nothing() -> None:
    gone = under("A", days("2020-02-10"), status=Status.CANCELLED)
    old = under("B", days("2020-02-11"))
    new = under("C", days("2020-05-11"), links=(Link(Relation.REPLACES, "B"),))
    outside = under("D", days("2020-02-12"), layer="partners")

    assert [cell.sure for cell in cells(gone, old, new, outside)] == [(), ("C",), (), ()]


def test_exercise_and_its_phases_count_once() -> None:
    phase = under("A-P1", days("2020-02-10"), links=(Link(Relation.PART_OF, "A"),))

    assert cells(under("A", days("2020-02-10", "2020-02-12")), phase)[0].sure == ("A",)


def test_body_below_its_minimum_says_how_many_meetings_are_missing() -> None:
    meeting = an_event("M", kind="statutory_meeting", bodies=("CFM",), when=days("2020-05-26"))
    group = an_event("W", kind="consultation", bodies=("CFM",), when=days("2020-06-26"))

    [found] = covered(meeting, group).cadences

    assert (found.refs, found.least, found.missing) == (("M",), 2, 1)


def test_sittings_of_one_event_are_meetings_each() -> None:
    when = When(Mode.DATED, (*days("2020-02-10").windows, replace(days("2020-06-10").windows[0], part=2)))

    [found] = covered(an_event("M", kind="statutory_meeting", bodies=("CFM",), when=when)).cadences

    assert found.missing == 0


def test_minimum_of_a_term_that_is_not_a_year_is_its_share() -> None:
    half = a_programme(last=day("2020-07-02"))
    register = a_register(half, bodies=REGISTER.bodies)

    [found] = covered(register=register).cadences

    assert found.least == 1


EVENTS = (
    under("A", days("2020-02-10")),
    under("B", some_time("2020-01-01", "2020-06-30")),
    an_event("M", kind="statutory_meeting", bodies=("CFM",), when=days("2020-05-26")),
    an_event("N", kind="statutory_meeting", bodies=("CFM",), when=days("2020-05-27")),
)


@settings(deadline=None, max_examples=30)
@given(st.permutations(EVENTS))
def test_coverage_is_the_same_whatever_the_order_of_the_input(events: list[Event]) -> None:
    assert covered(*events) == covered(*EVENTS)
