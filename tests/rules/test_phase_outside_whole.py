from planner.domain.event import Event, Link, Relation
from planner.domain.finding import Severity, Span
from planner.rules.phase_outside_whole import RULE
from tests.boards import a_board, found
from tests.builders import an_event, day, days

WHOLE = an_event("EX", when=days("2020-10-12", "2020-10-16"))


def part(ref: str, first: str, last: str, relation: Relation = Relation.PART_OF) -> Event:
    return an_event(ref, kind="exercise_phase", when=days(first, last), links=(Link(relation, "EX"),))


def said(*parts: Event) -> list[tuple[str, tuple[str, ...], Severity, Span]]:
    return [(f.subject, f.refs, f.severity, f.span) for f in found(RULE, a_board(WHOLE, *parts))]


def test_parts_that_fill_their_whole_are_fine() -> None:
    assert said(part("P1", "2020-10-12", "2020-10-13"), part("P2", "2020-10-14", "2020-10-16")) == []


def test_part_outside_its_whole_is_an_error() -> None:
    span = Span(day("2020-10-16"), day("2020-10-18"))

    assert said(part("P1", "2020-10-16", "2020-10-18")) == [("outside", ("EX", "P1"), Severity.ERROR, span)]


def test_overlapping_parts_are_an_error() -> None:
    span = Span(day("2020-10-14"), day("2020-10-14"))
    found_here = said(part("P1", "2020-10-12", "2020-10-14"), part("P2", "2020-10-14", "2020-10-16"))

    assert found_here == [("overlap", ("P1", "P2"), Severity.ERROR, span)]


def test_day_that_no_part_covers_is_a_warning() -> None:
    span = Span(day("2020-10-14"), day("2020-10-14"))
    found_here = said(part("P1", "2020-10-12", "2020-10-13"), part("P2", "2020-10-15", "2020-10-16"))

    assert found_here == [("hole", ("EX",), Severity.WARNING, span)]


def test_deployment_may_lie_outside() -> None:
    assert said(part("DEP", "2020-10-05", "2020-10-11", Relation.AROUND)) == []
