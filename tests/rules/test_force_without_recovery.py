"""C13: a force again before its recovery days are over."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.board import Board
from planner.domain.entries import Force
from planner.domain.event import Event, Link, Relation
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.window import When
from planner.rules import Need
from planner.rules.force_without_recovery import RULE
from tests.boards import TODAY, a_board, found
from tests.builders import PROGRAMME, a_register, an_event, days, hours, some_time
from tests.rules.cases import october

FORCES = (
    Force(PROGRAMME, "CF"),
    Force(PROGRAMME, "CRRF", within="CF", recovery_days=7),
    Force(PROGRAMME, "OTHER", within="CF"),
    Force(PROGRAMME, "POLICE", general=True, recovery_days=7),
    Force(PROGRAMME, "SOF", within="CRRF"),
)
REGISTER = a_register(forces=FORCES)
EXERCISE = an_event("A", forces=["CRRF"], when=days("2020-10-12", "2020-10-16"))


def another(when: When = days("2020-10-20"), force: str = "CRRF", **fields: object) -> Event:  # noqa: B008
    return an_event("B", forces=[force], when=when, **fields)


def said(*events: Event) -> list[Finding]:
    return found(RULE, a_board(*events, register=REGISTER))


@pytest.mark.parametrize(
    ("when", "is_found"),
    [
        (days("2020-10-01", "2020-10-04"), False),
        (days("2020-10-05"), True),
        (days("2020-10-11"), True),
        (days("2020-10-10", "2020-10-12"), False),
        (days("2020-10-14"), False),
        (days("2020-10-12", "2020-10-16"), False),
        (days("2020-10-16", "2020-10-20"), False),
        (days("2020-10-17"), True),
        (days("2020-10-23"), True),
        (days("2020-10-24"), False),
        (hours("2020-10-23", 20, 23), True),
        (days("2020-10-24", zone="Asia/Bishkek"), False),
    ],
    ids=[
        "before", "6 free days before", "touching before", "over start", "inside", "equal", "over end",
        "touching after", "6 free days", "7 free days", "clock time", "another zone",
    ],
)  # fmt: skip
def test_force_needs_its_free_days_between_two_exercises(when: When, is_found: bool) -> None:
    found_here = [(f.refs, f.shared, f.severity, f.certainty) for f in said(EXERCISE, another(when))]

    assert found_here == ([(("A", "B"), ("CRRF",), Severity.WARNING, Certainty.CERTAIN)] if is_found else [])


def test_days_go_over_29_february_and_the_end_of_the_year() -> None:
    february, december = (replace(EXERCISE, when=days(on)) for on in ("2020-02-28", "2020-12-28"))

    assert (len(said(february, another(days("2020-03-06")))), said(february, another(days("2020-03-07")))) == (1, [])
    assert (len(said(december, another(days("2021-01-04")))), said(december, another(days("2021-01-05")))) == (1, [])


@pytest.mark.parametrize(
    ("force", "shared"),
    [("SOF", ("SOF",)), ("CF", ("CRRF",)), ("OTHER", None), ("POLICE", None)],
    ids=["a part of it", "the whole around it", "another part", "a description"],
)
def test_part_that_both_need_must_recover(force: str, shared: tuple[str, ...] | None) -> None:
    assert [f.shared for f in said(EXERCISE, another(force=force))] == ([] if shared is None else [shared])


def test_description_never_tires() -> None:
    assert said(replace(another(force="POLICE"), ref="A", when=days("2020-10-19")), another(force="POLICE")) == []


def test_course_before_an_exercise_is_a_note_and_two_courses_are_nothing() -> None:
    course = another(kind="training", when=days("2020-10-08"))

    assert [f.severity for f in said(EXERCISE, course)] == [Severity.INFO]
    assert said(replace(EXERCISE, kind="training"), course) == []


@pytest.mark.parametrize("kind", ["operation", "conference", "planning_conference"])
def test_only_exercises_tire(kind: str) -> None:
    assert said(EXERCISE, another(kind=kind)) == []


def test_deployment_of_an_exercise_needs_no_recovery_before_it() -> None:
    assert said(EXERCISE, another(days("2020-10-10"), links=(Link(Relation.AROUND, "A"),))) == []


def test_exercise_without_a_day_may_come_too_soon() -> None:
    [finding] = said(EXERCISE, another(some_time("2020-10-20", "2020-10-29", length=1)))

    assert finding.placements is not None
    assert (finding.certainty, finding.placements.clash, finding.placements.of) == (Certainty.POSSIBLE, 4, 10)
    assert [day.day for day in finding.placements.clear] == [24, 25, 26, 27, 28, 29]
    assert finding.fact == {"earlier": "A", "days": "7", "free": "3", "from": "2020-10-24"}


def test_exercises_that_may_meet_are_another_matter() -> None:
    assert said(EXERCISE, another(some_time("2020-10-15", "2020-10-25"))) == []


def test_three_exercises_one_after_another_give_three_pairs() -> None:
    events = [replace(EXERCISE, ref=ref, when=days(on)) for ref, on in (("A", "2020-10-12"), ("B", "2020-10-14"))]

    assert [f.refs for f in said(*events, replace(EXERCISE, ref="C", when=days("2020-10-16")))] == [
        ("A", "B"),
        ("A", "C"),
        ("B", "C"),
    ]


def test_without_recovery_days_the_rule_is_silent() -> None:
    assert RULE.needs(a_board(EXERCISE)) is Need.RECOVERY_DAYS
    assert RULE.needs(a_board(register=REGISTER)) is None


@given(october(forces=lambda number: [("CRRF", "SOF", "CF")[number % 3]]), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_findings_are_what_comparing_every_pair_gives_in_any_order(events, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = events[:]
    chance.shuffle(shuffled)

    def free_days(one: Event, other: Event) -> int:
        a, b = sorted((one.when.windows[0], other.when.windows[0]), key=lambda window: window.first)
        return (b.first - a.last).days - 1

    def recovers(one: Event, other: Event) -> bool:
        """All but the whole against itself, which has no recovery days of its own."""
        return any(booking.code in {"CRRF", "SOF"} for event in (one, other) for booking in event.bookings)

    expected = [
        (a.ref, b.ref)
        for i, a in enumerate(events)
        for b in events[i + 1 :]
        if 0 <= free_days(a, b) < 7 and recovers(a, b)
    ]
    assert [f.refs for f in found(RULE, Board(TODAY, (REGISTER,), tuple(shuffled)))] == expected
