"""C20: a part outside its whole, two parts that overlap, a day of the whole that no part covers.

Deployment and recovery lie *around* an exercise and may lie outside it. Parts and wholes without a fixed day are judged
only by their periods.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from planner.domain.board import Board
from planner.domain.clash import meeting_of
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameters
from planner.rules.rule import Rule, at_once, finding, single


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Findings for each whole that has parts: outside first, then overlapping, then a hole."""
    for whole in board.standing():
        parts = [part for part in board.parts(whole) if board.applies("C20", part)]
        if parts:
            yield from _outside(board, whole, parts)
            yield from _overlapping(board, parts)
            yield from _hole(board, whole, parts)


def _outside(board: Board, whole: Event, parts: list[Event]) -> Iterator[Finding]:
    first, last = _period(whole)
    for part in parts:
        its_first, its_last = _period(part)
        if its_first < first or its_last > last:
            is_sure = part.when.is_fixed or its_last < first or last < its_first
            yield _about(board, part, whole, "outside", Severity.ERROR, is_sure, Span(its_first, its_last))


def _overlapping(board: Board, parts: list[Event]) -> Iterator[Finding]:
    for one, other in combinations(parts, 2):
        meeting = meeting_of(board, one, other)
        if meeting is not None and meeting.certainty is Certainty.CERTAIN:
            yield _about(board, one, other, "overlap", Severity.ERROR, True, meeting.span)


def _hole(board: Board, whole: Event, parts: list[Event]) -> Iterator[Finding]:
    """The first stretch of days of a fixed whole that none of its several fixed parts covers."""
    if len(parts) < 2 or not all(each.when.is_fixed for each in (whole, *parts)):
        return
    covered = {day for part in parts for window in part.when.windows for day in _days(window.first, window.last)}
    bare = [day for window in whole.when.windows for day in _days(window.first, window.last) if day not in covered]
    if bare:
        span = Span(bare[0], bare[-1])
        yield single(
            "C20", board, whole, Severity.WARNING, Certainty.CERTAIN, span, subject="hole", facts=[("what", "hole")]
        )


def _about(
    board: Board, part: Event, other: Event, what: str, severity: Severity, is_sure: bool, span: Span
) -> Finding:
    certainty = Certainty.CERTAIN if is_sure else Certainty.POSSIBLE
    return finding("C20", board, (part, other), severity, certainty, span, subject=what, facts=[("what", what)])


def _period(event: Event) -> tuple[date, date]:
    windows = event.when.windows
    return min(window.first for window in windows), max(window.last for window in windows)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


RULE = Rule("C20", "a part outside its whole, or overlapping parts", find, reach=at_once)
