"""A date in a later year: the same day, the same weekday and week, or only about the same time (pure)."""

import calendar
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum, auto

from planner.domain.entries import Family
from planner.domain.event import Event
from planner.domain.window import Mode, Precision, When, Window, whole_days

THIRDS = (1, 11, 21)
"""On which days of a month its thirds begin."""


class Carried(Enum):
    """How a date goes over into another year."""

    ANNIVERSARY = auto()  # its own day of the year, wherever it was celebrated this time
    DAY = auto()  # the same day of the same month
    WEEK = auto()  # the same weekday, a whole number of weeks later
    PERIOD = auto()  # the third of the month, or the months, in which it lies


_ABOUT = frozenset({Family.EXERCISE, Family.EXERCISE_PHASE, Family.OPERATION, Family.EXTERNAL})
"""Their days are agreed anew each year, or by others."""


def carried(event: Event, family: Family, *, keeps_weekday: bool) -> Carried:
    """How the dates of such an event go over: anniversaries by day, exercises by period, meetings as was asked."""
    if event.fixed_by_nature or family is Family.COMMEMORATION:
        return Carried.ANNIVERSARY
    if event.approximate_by_nature or family in _ABOUT:
        return Carried.PERIOD
    return Carried.WEEK if keeps_weekday else Carried.DAY


def same_day(day: date, years: int) -> date:
    """The same day of a later year; for 29 February the 28th where there is none."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def same_week(day: date, years: int) -> date:
    """The same weekday of a later year, nearest to the same day of it."""
    return day + timedelta(days=round((same_day(day, years) - day).days / 7) * 7)


def in_year(when: When, how: Carried, years: int, anchor: date) -> When:
    """The same so many years later, without words and without the date it had before.

    A date that was postponed counts as it was before, and so does that of an anniversary that was moved. With WEEK all
    dates go over by as many days as `anchor` (the first day of the programme) does, so that what is two days apart
    stays two days apart.
    """
    mode, windows = when.mode, when.windows
    if when.former_windows and (not windows or (how is Carried.ANNIVERSARY and when.is_fixed)):
        mode, windows = Mode.DATED, when.former_windows
    if mode is not Mode.DATED:
        return When(mode, tuple(_period_later(window, years) for window in windows))
    later = timedelta(days=(same_week(anchor, years) - anchor).days)
    return When(mode, tuple(_carry(window, how, years, later) for window in windows))


def _carry(window: Window, how: Carried, years: int, later: timedelta) -> Window:
    by_weeks = window.precision in {Precision.WEEK, Precision.ABOUT}
    if by_weeks or (window.is_fixed and how is Carried.WEEK):
        return replace(window, first=window.first + later, last=window.last + later)
    if not window.is_fixed:
        return _period_later(window, years)
    if how is Carried.PERIOD:
        return _about(window, years)
    first = same_day(window.first, years)
    if window.at is not None:
        return replace(window, first=first, last=first)
    return replace(whole_days(first, first + (window.last - window.first), window.zone, part=window.part))


def _period_later(window: Window, years: int) -> Window:
    """The same period of the calendar: what ended with its month ends with it."""
    first, last = same_day(window.first, years), same_day(window.last, years)
    if _ends_month(window.last):
        last = _month_end(last)
    return _within(replace(window, first=first, last=last, length=None), window)


def _about(window: Window, years: int) -> Window:
    """The third of the month in which these days lie, else the months; the length in days is kept."""
    first, last = same_day(window.first, years), same_day(window.last, years)
    starts, ends = _third(first), _third(last)
    if starts == ends:
        period = (starts[0], starts[1], Precision.THIRD)
    else:
        period = (first.replace(day=1), _month_end(last), Precision.MONTH)
    return _within(Window(period[0], period[1], window.zone, period[2], part=window.part), window)


def _within(later: Window, window: Window) -> Window:
    """With the length of the window it comes from, cut to its period; minutes are not kept without their hour."""
    if window.at is not None and later.at is None:
        return later
    fits = window.length if window.at is not None or window.length is None else min(window.length, later.period_days)
    return replace(later, length=fits)


def _third(day: date) -> tuple[date, date]:
    number = min((day.day - 1) // 10, 2)
    last = _month_end(day) if number == 2 else day.replace(day=THIRDS[number] + 9)
    return day.replace(day=THIRDS[number]), last


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).month != day.month


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
