"""Days on which an event may stand instead: of its term, working days of its host, in order with what it prepares."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from planner.domain.board import Board
from planner.domain.days_off import days_off
from planner.domain.entries import Family
from planner.domain.event import Event, Relation
from planner.domain.meeting import length_of
from planner.domain.window import UNDATED, Mode, Precision, When
from planner.wording.dates import write_when

_AT_LEISURE = frozenset({Family.COMMEMORATION, Family.MEDIA})


def other_days(board: Board, event: Event, within: int) -> Iterator[When]:
    """Where it may stand instead, from tomorrow on: an open window gets a day of its own, a fixed one is shifted."""
    programme = board.register(event).programme
    first, last = max(programme.first, board.day + timedelta(days=1)), programme.last
    for when in _openings(board, event) if not event.when.is_fixed else _shifts(event, within):
        days = when.windows[0].first, when.windows[-1].last
        is_in_term = first <= days[0] and days[1] <= last
        if is_in_term and _keeps_order(board, event, when) and _is_workable(board, event, when):
            yield replace(when, words=write_when(when, programme.languages[0]))


def _keeps_order(board: Board, event: Event, when: When) -> bool:
    """True when it stays on its side of what it lies around or prepares: a deployment never follows its exercise."""
    ends, begins = event.when.windows[-1].last, event.when.windows[0].first
    for link in event.links:
        head = board.event(event.programme, link.ref)
        if link.relation not in {Relation.AROUND, Relation.PREPARES} or head is None or not head.when.windows:
            continue
        starts, over = head.when.windows[0].first, head.when.windows[-1].last
        if ends < starts <= when.windows[-1].last or when.windows[0].first <= over < begins:
            return False
    return True


def _shifts(event: Event, within: int) -> Iterator[When]:
    for days in sorted((n for n in range(-within, within + 1) if n), key=lambda n: (abs(n), -n)):
        by = timedelta(days=days)
        windows = tuple(replace(each, first=each.first + by, last=each.last + by) for each in event.when.windows)
        yield replace(event.when, windows=windows, words="", former="", former_windows=())


def _openings(board: Board, event: Event) -> Iterator[When]:
    """Each day on which its only window can start, as a fixed one."""
    if len(event.when.windows) != 1:
        return
    [window] = event.when.windows
    length = length_of(window, board.usual(event))
    days = length if window.at is None else 1
    for offset in range(window.period_days - days + 1):
        first = window.first + timedelta(days=offset)
        precision = Precision.DAY if window.at is None else Precision.TIME
        fixed = replace(window, first=first, last=first + timedelta(days=days - 1), length=length, precision=precision)
        yield replace(UNDATED, mode=Mode.DATED, windows=(fixed,))


def _is_workable(board: Board, event: Event, when: When) -> bool:
    """True when it neither begins nor ends on a weekend, nor falls on a day off of its host, unless it does already."""
    if board.family(event) in _AT_LEISURE:
        return True
    ends = [day for window in when.windows for day in (window.first, window.last)]
    if any(day.weekday() >= 5 for day in ends) and not _rests(event.when):
        return False
    moved = replace(event, when=when)
    return not (event.host and days_off(board, moved, event.host, 10))


def _rests(when: When) -> bool:
    return when.is_fixed and any(day.weekday() >= 5 for window in when.windows for day in (window.first, window.last))
