"""C06: a session without its preparing meeting before it, or too near."""

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.board import Board
from planner.domain.entries import Body, Preparation
from planner.domain.event import Booking, BookingSort, Event, Link, Relation, Status
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.window import When
from planner.rules import Need
from planner.rules.out_of_order import RULE
from tests.boards import TODAY, a_board, found
from tests.builders import PROGRAMME, a_programme, a_register, an_event, days, hours, some_time

BODIES = (
    Body(PROGRAMME, "CFM", prepares=(Preparation("CSC", 3),)),
    Body(PROGRAMME, "CSC"),
    Body(PROGRAMME, "JS"),
)
SESSION = an_event("CSC", kind="council_session", bodies=("CSC",), when=days("2020-12-02"))
MEETING = an_event("CFM", kind="statutory_meeting", bodies=("CFM",), when=days("2020-11-20"))


def said(*events: Event, **parameters: int) -> list[Finding]:
    programme = a_programme(rules=(("C06", tuple(parameters.items())),))
    return found(RULE, a_board(*events, register=a_register(programme=programme, bodies=BODIES)))


def refs(*events: Event) -> list[tuple[str, ...]]:
    return [finding.refs for finding in said(*events)]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (days("2020-09-02"), ("CSC",)),
        (days("2020-09-03"), None),
        (days("2020-11-20"), None),
        (days("2020-11-25", "2020-11-29"), None),
        (days("2020-11-26", "2020-11-30"), ("CFM", "CSC")),
        (days("2020-12-01"), ("CFM", "CSC")),
        (days("2020-12-02"), ("CFM", "CSC")),
        (days("2020-11-30", "2020-12-04"), ("CSC",)),
        (days("2020-12-03"), ("CSC",)),
        (days("2020-11-29", zone="Asia/Bishkek"), None),
        (hours("2020-11-29", 20, 23), None),
    ],
    ids=[
        "91 days before", "90 days before", "before", "ends in time", "ends too near", "the day before", "the same day",
        "goes on after", "after", "another zone", "clock time",
    ],
)  # fmt: skip
def test_session_needs_the_meeting_that_prepares_it(when: When, expected: tuple[str, ...] | None) -> None:
    assert refs(SESSION, replace(MEETING, when=when)) == ([] if expected is None else [expected])


def test_finding_is_a_certain_warning_with_the_body_as_its_subject() -> None:
    [finding] = said(SESSION)

    assert (finding.subject, finding.shared, finding.severity) == ("CFM", ("CFM",), Severity.WARNING)
    assert (finding.certainty, finding.fact["earliest"], finding.fact["latest"]) == (
        Certainty.CERTAIN,
        "2020-09-03",
        "2020-11-29",
    )


def test_any_meeting_in_time_will_do_and_the_programme_says_how_long_before() -> None:
    early = replace(MEETING, ref="CFM-0", when=days("2020-03-04"))

    assert refs(SESSION, early, MEETING) == []
    assert said(SESSION, early, within_days=300) == []
    assert refs(SESSION, early) == [("CSC",)]


def test_meeting_without_a_day_makes_it_possible() -> None:
    december = replace(MEETING, when=some_time("2020-11-26", "2020-12-05"))

    [finding] = said(SESSION, december)

    assert finding.placements is not None
    assert (finding.certainty, finding.placements.clash, finding.placements.of) == (Certainty.POSSIBLE, 6, 10)
    assert refs(SESSION, replace(MEETING, when=some_time("2020-11-01", "2020-11-29"))) == []


def test_session_without_a_day_is_found_only_when_no_day_would_do() -> None:
    session = replace(SESSION, when=some_time("2020-10-01", "2020-12-31"))

    assert refs(session, replace(MEETING, when=days("2020-07-03"))) == []
    assert refs(session, replace(MEETING, when=days("2020-07-02"))) == [("CSC",)]
    assert refs(session) == [("CSC",)]


def test_meeting_of_both_bodies_prepares_itself() -> None:
    assert refs(replace(SESSION, bodies=("CFM", "CSC"))) == []


def test_working_group_of_a_body_is_no_meeting_of_it() -> None:
    assert refs(SESSION, replace(MEETING, kind="consultation")) == [("CSC",)]
    assert refs(replace(SESSION, kind="consultation")) == []


def test_meeting_that_needs_other_states_is_no_session_of_the_body() -> None:
    with_another = (*SESSION.bookings, Booking(BookingSort.PARTY, "CN"))
    register = a_register(bodies=BODIES)
    register = replace(register, parties=(*register.parties, replace(register.parties[0], code="CN", standing="other")))

    assert found(RULE, a_board(replace(SESSION, bookings=with_another), register=register)) == []


def test_before_the_first_programme_nothing_is_known_to_be_missing() -> None:
    march = replace(SESSION, when=days("2020-03-30"))

    assert refs(march) == []
    assert refs(replace(SESSION, when=days("2020-03-31"))) == [("CSC",)]
    assert refs(march, replace(MEETING, when=days("2020-03-29"))) == [("CFM", "CSC")]


def test_meeting_of_the_term_before_prepares_as_well() -> None:
    before = a_programme("TEST-2019", first=date(2019, 1, 1), last=date(2019, 12, 31))
    registers = (a_register(programme=before, bodies=BODIES), a_register(bodies=BODIES))
    session = replace(SESSION, when=days("2020-01-03"))
    meeting = replace(MEETING, programme="TEST-2019", when=days("2019-12-28"))

    assert found(RULE, Board(TODAY, registers, (meeting, session))) == []
    assert [f.refs for f in found(RULE, Board(TODAY, registers, (session,)))] == [("CSC@TEST-2020",)]


def linked(when: When, gap: int | None = None, **fields: object) -> Event:
    return replace(an_event("PREP", when=when, links=(Link(Relation.PREPARES, "TARGET", gap),)), **fields)


TARGET = an_event("TARGET", when=days("2020-10-12", "2020-10-16"))


@pytest.mark.parametrize(
    ("when", "gap", "is_found"),
    [
        (days("2020-10-05", "2020-10-09"), None, False),
        (days("2020-10-11"), None, False),
        (days("2020-10-10", "2020-10-12"), None, True),
        (days("2020-10-14"), None, True),
        (days("2020-10-12", "2020-10-16"), None, True),
        (days("2020-10-16", "2020-10-20"), None, True),
        (days("2020-10-19"), None, True),
        (days("2020-09-28"), 14, False),
        (days("2020-09-29"), 14, True),
        (hours("2020-10-11", 10, 12), None, False),
    ],
    ids=[
        "before", "touching", "over start", "inside", "equal", "over end", "after", "gap kept", "gap missed by a day",
        "clock time the day before",
    ],
)  # fmt: skip
def test_link_prepares_always_counts(when: When, gap: int | None, is_found: bool) -> None:
    said_here = [(f.refs, f.subject, f.certainty) for f in said(TARGET, linked(when, gap))]

    assert said_here == ([(("PREP", "TARGET"), "", Certainty.CERTAIN)] if is_found else [])


def test_clock_times_of_one_day_are_judged_by_the_minute_and_across_zones() -> None:
    target = replace(TARGET, when=hours("2020-10-12", 12, 14))

    assert refs(target, linked(hours("2020-10-12", 10, 12))) == []
    assert refs(target, linked(hours("2020-10-12", 11, 13))) == [("PREP", "TARGET")]
    assert refs(target, linked(hours("2020-10-12", 13, 15, zone="Asia/Bishkek"))) == []


def test_link_across_the_end_of_the_year_and_29_february() -> None:
    new_year = replace(TARGET, when=days("2021-01-01"))
    march = replace(TARGET, when=days("2020-03-01"))

    assert refs(new_year, linked(days("2020-12-31"))) == []
    assert refs(march, linked(days("2020-02-29"))) == refs(march, linked(days("2020-02-28"), 2)) == []
    assert refs(march, linked(days("2020-02-29"), 2)) == [("PREP", "TARGET")]


def test_preparing_event_without_a_day_may_come_too_late() -> None:
    [finding] = said(TARGET, linked(some_time("2020-10-08", "2020-10-17", length=1)))

    assert finding.placements is not None
    assert (finding.certainty, finding.placements.clash, finding.placements.of) == (Certainty.POSSIBLE, 6, 10)
    assert [day.day for day in finding.placements.clear] == [8, 9, 10, 11]


def test_what_does_not_stand_is_not_judged() -> None:
    after = linked(days("2020-10-20"))

    assert refs(replace(TARGET, status=Status.CANCELLED), after) == []
    assert refs(TARGET, replace(after, status=Status.POSTPONED)) == []


def test_without_an_order_the_rule_is_silent() -> None:
    assert RULE.needs(a_board(SESSION)) is Need.PREPARATIONS
    assert RULE.needs(a_board(SESSION, register=a_register(bodies=BODIES))) is None
    assert RULE.needs(a_board(linked(days("2020-10-20")))) is None
