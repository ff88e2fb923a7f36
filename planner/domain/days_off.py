"""Days off on which an event would work."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.board import Board
from planner.domain.entries import DayKind, Holiday
from planner.domain.event import Event
from planner.domain.finding import Certainty
from planner.domain.meeting import local_days
from planner.domain.window import Window


def days_off(board: Board, event: Event, state: str, most_days: int) -> tuple[Holiday, ...]:
    """The days off of that state on which some sitting of the event works for certain, by day.

    A sitting longer than `most_days` works through holidays, so it has none; an open one only when its whole period
    has no clear working day.
    """
    return board.once_for(_days_off, (event,), state, most_days)


def _days_off(board: Board, event: Event, state: str, most_days: int) -> tuple[Holiday, ...]:
    days = board.once_for_registers("days off", _all_days_off).get((event.programme, state))
    if days is None:
        return ()
    found: dict[date, Holiday] = {}
    for window in event.when.windows:
        if _is_judged(window, most_days):
            first, last = _days_there(board, event, state, window)
            its = days.off[bisect_left(days.off, first, key=_day) : bisect_right(days.off, last, key=_day)]
            if its and _is_hit(window, days):
                found |= {holiday.day: holiday for holiday in its}
    return tuple(found[day] for day in sorted(found))


@dataclass(frozen=True, slots=True)
class _DaysOff:
    """Of one state: its days off in order, and the weekends on which it works instead."""

    off: tuple[Holiday, ...]
    without_work: frozenset[date]
    worked: frozenset[date]


def _all_days_off(board: Board) -> dict[tuple[str, str], _DaysOff]:
    """By programme and state; asked for with every event."""
    found = {}
    for where, holidays in board.all_holidays():
        off = tuple(holiday for holiday in holidays if holiday.kind is not DayKind.WORKING)
        worked = frozenset(holiday.day for holiday in holidays if holiday.kind is DayKind.WORKING)
        found[where] = _DaysOff(off, frozenset(map(_day, off)), worked)
    return found


def _day(holiday: Holiday) -> date:
    return holiday.day


def _days_there(board: Board, event: Event, state: str, window: Window) -> tuple[date, date]:
    """Its first and last day; of a clock time by the clocks of that state's capital: a day off is a whole day there."""
    if window.at is None or not window.is_fixed:
        return window.first, window.last
    party = board.register(event).party(state)
    zone = party.zone if party is not None and party.zone else window.zone
    return local_days(window, window.first, window.length or 1, zone)


def _is_judged(window: Window, most_days: int) -> bool:
    return not window.is_fixed or window.period_days <= most_days


def _is_hit(window: Window, its: _DaysOff) -> bool:
    if window.is_fixed:
        return True
    days = (window.first + timedelta(days=n) for n in range(window.period_days))
    return not any(day not in its.without_work and (day.weekday() < 5 or day in its.worked) for day in days)


def certainty_of(found: Iterable[Holiday]) -> Certainty:
    """A holiday whose day is only estimated makes a finding possible."""
    return Certainty.POSSIBLE if all(holiday.estimated for holiday in found) else Certainty.CERTAIN
