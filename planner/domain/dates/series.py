"""Series in words: "third Tuesday", "последняя пятница", "Monday". A series is ordinary dated events made at once."""

import re
from datetime import date, timedelta

from planner.domain.dates.context import Unread
from planner.domain.dates.plain import plain
from planner.domain.dates.words import COUNT, COUNTS, LAST, WEEKDAY, WEEKDAYS

_SERIES = re.compile(
    rf"(?:кажд\w+ |every |each )?(?:(?P<n>{COUNT}|{LAST}) )?(?P<w>{WEEKDAY})s?"
    r"(?: (?:(?:of|in) (?:each |every )?month|(?:кажд\w+ )?месяца|(?:every|each) month))?"
)


def read_series(text: str, first: date, last: date) -> tuple[date, ...] | Unread:
    """The days from first to last that the words mean: a weekday of each month, or every one; in order."""
    match = _SERIES.fullmatch(plain(text).text)
    if match is None:
        expected = "a weekday, or one of each month, such as 'third Tuesday', 'last Friday', 'Monday'"
        return Unread(text, 0, text, "is not a series I can read", expected)
    weekday = WEEKDAYS[match["w"]]
    start = first + timedelta(days=(weekday - first.weekday()) % 7)
    days = (start + timedelta(weeks=week) for week in range((last - start).days // 7 + 1))
    return tuple(day for day in days if _is_meant(day, match["n"]))


def _is_meant(day: date, number: str | None) -> bool:
    if number is None:
        return True
    if number in COUNTS:
        return (day.day - 1) // 7 + 1 == COUNTS[number]
    return (day + timedelta(days=7)).month != day.month
