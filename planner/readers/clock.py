"""Columns that give the times of day apart from the days, as exports of mail programs do."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta

from planner.domain.dates import Context, Unread, read_when
from planner.domain.texts import fold
from planner.readers.row import RowReading

_TIME = re.compile(r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
_YES = frozenset({"true", "yes", "да", "истина", "1"})


def with_times(reading: RowReading, cells: Mapping[str, str], context: Context) -> Mapping[str, str]:
    """The cells with the times of `start_time` and `end_time` behind the days of `start` and `end`.

    An event that takes all day has no times; where its end is a midnight, that of the day after is meant.
    """
    times = {name: cells.get(f"{name}_time", "").strip() for name in ("start", "end")}
    if not any(times.values()):
        return cells
    read = {name: _time(text) for name, text in times.items()}
    for name, text in times.items():
        if text and read[name] is None:
            reading.wrong(f"{name}_time", f"{text!r} is not a time of day", "one such as 10:00, or 1:00 PM")
    days = {name: _day(cells.get(name, "").strip(), context) for name in ("start", "end")}
    first, last = days["start"], days["end"] or days["start"]
    if first is None or last is None:
        return cells  # whoever reads the days says what is wrong with them
    if fold(cells.get("all_day", "")) in _YES:
        is_after = read["end"] == time() and last > first
        return {**cells, "end": (last - timedelta(days=1) if is_after else last).isoformat()}
    written = {name: day for name, day in (("start", first), ("end", last)) if read[name] is not None}
    return {**cells, **{name: f"{day.isoformat()}, {read[name]:%H:%M}" for name, day in written.items()}}


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    if found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4].casefold().startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(text: str, context: Context) -> date | None:
    when = read_when(text, context) if text else None
    if when is None or isinstance(when, Unread) or not when.is_fixed or len(when.windows) > 1:
        return None
    return when.windows[0].first
