"""C03: a host of too many large events in a week."""

from dataclasses import replace

import pytest

from planner.domain.event import Event, Link, Relation
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.texts import texts
from planner.domain.window import When
from planner.rules.host_overloaded import RULE
from tests.boards import a_board, found
from tests.builders import a_programme, a_register, an_event, day, days, some_time

EXERCISE = an_event("EX", host="BY", when=days("2020-10-12", "2020-10-16"))  # Monday to Friday
OPERATION = an_event("OP", kind="operation", host="BY")


def loads(*events: Event, **said: int) -> list[Finding]:
    rules = (("C03", tuple(said.items())),) if said else ()
    return found(RULE, a_board(*events, register=a_register(programme=a_programme(rules=rules))))


@pytest.mark.parametrize(
    ("when", "is_found"),
    [
        (days("2020-10-05", "2020-10-09"), False),
        (days("2020-10-11"), False),
        (days("2020-10-08", "2020-10-12"), True),
        (days("2020-10-14"), True),
        (days("2020-10-12", "2020-10-16"), True),
        (days("2020-10-16", "2020-10-20"), True),
        (days("2020-10-18"), True),
        (days("2020-10-19"), False),
        (days("2020-10-26"), False),
        (some_time("2020-10-12", "2020-10-18"), False),
        (days("2020-10-14", zone="Asia/Bishkek"), True),
    ],
    ids=[
        "before", "Sunday before", "over start", "inside", "equal", "over end", "Sunday of the week", "Monday after",
        "after", "no day yet", "another zone",
    ],
)  # fmt: skip
def test_two_large_events_in_one_week(when: When, is_found: bool) -> None:
    said = [(f.refs, f.subject, f.severity, f.certainty) for f in loads(EXERCISE, replace(OPERATION, when=when))]

    assert said == ([(("EX", "OP"), "BY", Severity.WARNING, Certainty.CERTAIN)] if is_found else [])


def test_week_goes_over_the_end_of_the_year_and_29_february() -> None:
    new_year = replace(EXERCISE, when=days("2020-12-28")), replace(OPERATION, when=days("2021-01-03"))
    february = replace(EXERCISE, when=days("2020-02-24")), replace(OPERATION, when=days("2020-02-29"))

    assert [f.span for f in loads(*new_year)] == [Span(day("2020-12-28"), day("2021-01-03"))]
    assert [f.span for f in loads(*february)] == [Span(day("2020-02-24"), day("2020-03-01"))]


def test_more_are_allowed_where_the_programme_says_so() -> None:
    assert loads(EXERCISE, OPERATION, most=2) == []
    assert len(loads(EXERCISE, OPERATION, replace(OPERATION, ref="OP-2"), most=2)) == 1


def test_family_counts_once() -> None:
    phases = [replace(EXERCISE, ref=ref, kind="exercise_phase", links=(Link(Relation.PART_OF, "EX"),)) for ref in "AB"]

    assert loads(EXERCISE, *phases) == []
    assert [f.refs for f in loads(EXERCISE, *phases, OPERATION)] == [("EX", "OP")]


def test_deployment_speaks_for_its_exercise_in_a_week_of_its_own() -> None:
    around = (Link(Relation.AROUND, "EX"),)
    deployment = replace(
        EXERCISE, ref="DEP", kind="exercise_phase", when=days("2020-10-05", "2020-10-09"), links=around
    )

    assert [f.refs for f in loads(EXERCISE, deployment, replace(OPERATION, when=days("2020-10-06")))] == [("DEP", "OP")]


def test_two_events_that_share_two_weeks_are_one_finding() -> None:
    when = days("2020-10-12", "2020-10-20")

    assert [f.span for f in loads(replace(EXERCISE, when=when), replace(OPERATION, when=when))] == [
        Span(day("2020-10-12"), day("2020-10-25")),
    ]


def test_three_in_one_week_are_one_finding_that_names_them_all() -> None:
    assert [f.refs for f in loads(EXERCISE, OPERATION, replace(OPERATION, ref="OP-2"))] == [("EX", "OP", "OP-2")]


@pytest.mark.parametrize(
    ("event", "is_found"),
    [
        (replace(OPERATION, host="RU"), False),
        (replace(OPERATION, host=""), False),
        (replace(OPERATION, kind="conference"), False),
        (replace(OPERATION, kind="statutory_meeting"), False),
        (replace(OPERATION, kind="external"), False),
        (replace(OPERATION, kind="council_session"), True),
    ],
    ids=["another host", "no host", "conference", "ministers", "outside", "heads of state"],
)
def test_only_large_events_of_one_host_count(event: Event, is_found: bool) -> None:
    assert bool(loads(EXERCISE, event)) is is_found


def test_session_of_the_chair_itself_never_counts() -> None:
    exercise, session = replace(EXERCISE, host="RU"), replace(OPERATION, kind="council_session", host="RU")

    assert loads(exercise, session) == []


def test_event_told_twice_counts_once() -> None:
    twins = [replace(EXERCISE, ref=ref, titles=texts(ru="«Щит»")) for ref in ("EX-1", "EX-2")]

    assert loads(*twins) == []
    assert [f.refs for f in loads(*twins, OPERATION)] == [("EX-1", "OP")]
