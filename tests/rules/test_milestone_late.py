"""C07: a milestone too late before its exercise, or missing."""

from dataclasses import replace

import pytest

from planner.domain.entries import Family, LeadTime
from planner.domain.event import Event, Link, Relation, Status
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.texts import texts
from planner.domain.window import When
from planner.rules import Need
from planner.rules.milestone_late import RULE
from tests.boards import a_board, found
from tests.builders import a_kind, a_register, an_event, day, days, hours, some_time

FINAL = LeadTime(texts(en="final planning conference"), 30)
MAIN = LeadTime(texts(en="main planning conference"), 90)
INITIAL = LeadTime(texts(en="initial planning conference"), 180)
EXERCISE = an_event("EX", when=days("2020-10-12", "2020-10-16"))


def conference(ref: str, when: When, *prepared: str, kind: str = "planning_conference") -> Event:
    links = tuple(Link(Relation.PREPARES, each) for each in prepared or ("EX",))
    return an_event(ref, kind=kind, when=when, links=links)


def said(*events: Event, milestones: tuple[LeadTime, ...] = (FINAL,)) -> list[Finding]:
    kinds = (
        a_kind(Family.EXERCISE, lead_times=milestones),
        a_kind(Family.PLANNING_CONFERENCE),
        a_kind(Family.PLANNING_CONFERENCE, "final_conference"),
        a_kind(Family.CONSULTATION),
    )
    return found(RULE, a_board(*events, register=a_register(kinds=kinds)))


def late(*events: Event, milestones: tuple[LeadTime, ...] = (FINAL,)) -> list[tuple[tuple[str, ...], str]]:
    found_here = said(*events, milestones=milestones)
    return [(f.refs, f.fact["name en"]) for f in found_here if f.subject != "missing"]


@pytest.mark.parametrize(
    ("when", "is_late"),
    [
        (days("2020-09-01", "2020-09-03"), False),
        (days("2020-09-10", "2020-09-12"), False),
        (days("2020-09-11", "2020-09-13"), True),
        (days("2020-09-16", "2020-09-18"), True),
        (days("2020-10-11"), True),
        (hours("2020-09-12", 10, 12), False),
        (hours("2020-09-13", 10, 12), True),
        (days("2020-09-12", zone="Asia/Bishkek"), False),
    ],
    ids=[
        "long before", "touching", "a day too late", "24 days before", "the day before",
        "clock time in time", "clock time too late", "another zone",
    ],
)  # fmt: skip
def test_last_conference_must_be_over_so_many_days_before(when: When, is_late: bool) -> None:
    found_here = [(f.refs, f.severity, f.certainty) for f in said(EXERCISE, conference("FPC", when))]

    assert found_here == ([(("EX", "FPC"), Severity.WARNING, Certainty.CERTAIN)] if is_late else [])


def test_leap_day_and_the_end_of_the_year_are_counted() -> None:
    spring = replace(EXERCISE, when=days("2020-03-30"))
    new_year = replace(EXERCISE, when=days("2021-01-15"))

    assert late(spring, conference("FPC", days("2020-02-29"))) == []
    assert late(spring, conference("FPC", days("2020-03-01"))) != []
    assert late(new_year, conference("FPC", days("2020-12-16"))) == []
    assert late(new_year, conference("FPC", days("2020-12-17"))) != []


def test_conferences_stand_for_milestones_from_the_last_backwards() -> None:
    events = (
        EXERCISE,
        conference("C1", days("2020-05-04")),
        conference("C2", days("2020-08-03")),
        conference("C3", days("2020-09-10")),
    )

    assert late(*events, milestones=(INITIAL, MAIN, FINAL)) == [
        (("C2", "EX"), "main planning conference"),
        (("C1", "EX"), "initial planning conference"),
    ]


def test_milestone_that_names_a_kind_counts_only_that_kind() -> None:
    final = replace(FINAL, kind="final_conference")
    events = (
        EXERCISE,
        conference("C1", days("2020-09-01"), kind="final_conference"),
        conference("C2", days("2020-10-05")),
    )

    assert late(*events, milestones=(final,)) == []
    assert late(*events, milestones=(FINAL,)) == [(("C2", "EX"), "final planning conference")]


def test_one_conference_may_serve_several_exercises() -> None:
    other = replace(EXERCISE, ref="EX-2", when=days("2020-09-14"))

    assert late(EXERCISE, other, conference("FPC", days("2020-09-01"), "EX", "EX-2")) == [
        (("EX-2", "FPC"), "final planning conference"),
    ]


def test_missing_milestones_are_one_note_for_each_exercise() -> None:
    [finding] = said(EXERCISE, conference("FPC", days("2020-09-01")), milestones=(INITIAL, MAIN, FINAL))

    assert (finding.refs, finding.subject, finding.severity) == (("EX",), "missing", Severity.INFO)
    assert finding.fact["name en"] == "main planning conference, initial planning conference"


def test_conference_without_a_day_may_be_late() -> None:
    [finding] = said(EXERCISE, conference("FPC", some_time("2020-09-08", "2020-09-17", length=1)))

    assert finding.placements is not None
    assert (finding.certainty, finding.placements.clash, finding.placements.of) == (Certainty.POSSIBLE, 5, 10)
    assert finding.placements.clear[-1] == day("2020-09-12")


@pytest.mark.parametrize(
    "exercise",
    [
        replace(EXERCISE, status=Status.PROPOSED),
        replace(EXERCISE, status=Status.CANCELLED),
        replace(EXERCISE, when=some_time("2020-10-01", "2020-10-31")),
        replace(EXERCISE, kind="consultation"),
    ],
    ids=["not approved", "cancelled", "no day yet", "no exercise"],
)
def test_only_fixed_approved_exercises_are_judged(exercise: Event) -> None:
    assert said(exercise, conference("FPC", days("2020-10-05"))) == []


def test_what_comes_after_the_exercise_is_another_matter() -> None:
    assert [f.subject for f in said(EXERCISE, conference("FPC", days("2020-10-20")))] == ["missing"]


def test_without_lead_times_the_rule_is_silent() -> None:
    assert RULE.needs(a_board(EXERCISE)) is Need.LEAD_TIMES
    assert RULE.needs(a_board(register=a_register(kinds=(a_kind(Family.EXERCISE, lead_times=(FINAL,)),)))) is None
