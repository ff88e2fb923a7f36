"""The calendar units that approximate dates are made of: thirds and halves of a month, months, quarters, seasons."""

import calendar
from datetime import date, timedelta

from planner.domain.window import Precision, Window

Unit = tuple[date, date]
"""First and last day."""

_MONTHS_OF = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF_YEAR: 6, Precision.YEAR: 12}
_WEEK = timedelta(days=6)


def units_of(window: Window) -> tuple[Unit, Unit] | None:
    """The first and last unit of the window's precision, when it is made of whole ones; else None."""
    if window.precision is Precision.WEEK:
        whole = window.period_days % 7 == 0
        return ((window.first, window.first + _WEEK), (window.last - _WEEK, window.last)) if whole else None
    first, last = unit_with(window.first, window.precision), unit_with(window.last, window.precision)
    if first is None or last is None or (first[0], last[1]) != (window.first, window.last):
        return None
    return first, last


def unit_with(day: date, precision: Precision) -> Unit | None:
    """The unit of that precision in which the day lies; None where there is no such unit."""
    if precision is Precision.THIRD:
        return _within(day, (1, 11, 21))
    if precision is Precision.HALF_MONTH:
        return _within(day, (1, 16))
    if precision is Precision.SEASON:
        # Winter begins in December of the year before.
        start = day.month - day.month % 3
        return months_from(day.year, start, 3) if start else months_from(day.year - 1, 12, 3)
    count = _MONTHS_OF.get(precision)
    return None if count is None else months_from(day.year, (day.month - 1) // count * count + 1, count)


def _within(day: date, starts: tuple[int, ...]) -> Unit:
    first = max(start for start in starts if start <= day.day)
    after = next((start for start in starts if start > day.day), None)
    last = after - 1 if after is not None else calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=first), day.replace(day=last)


def months_from(year: int, month: int, count: int) -> Unit:
    """So many whole months from that one on."""
    last = year * 12 + month - 2 + count
    ends = date(last // 12, last % 12 + 1, calendar.monthrange(last // 12, last % 12 + 1)[1])
    return date(year, month, 1), ends
