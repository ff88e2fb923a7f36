"""Cells that say when: one of words, or a start and an end."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.domain.dates import ORDER, Context, Unread, has_reserve, read_when, what_no_clock_shows
from planner.domain.dating import context_of
from planner.domain.limits import beyond, too_long
from planner.domain.window import UNDATED, Mode, Precision, When, Window, whole_days
from planner.readers.clock import with_times
from planner.readers.row import Known, RowReading


def context_for(known: Known, zone: str) -> Context:
    """What the date grammar must know of the programme and the place."""
    if zone not in known.contexts:
        known.contexts[zone] = context_of(known.register, zone, known.day_first)
    return known.contexts[zone]


def _read_once(known: Known, text: str, context: Context) -> When | Unread:
    """What the grammar reads; a long list says the same again and again, and whole days are the same in every zone."""
    key = context.zone, text
    if key not in known.dates:
        days = known.days.get(text)
        when = read_when(text, context) if days is None else _counted_in(context.zone, days)
        known.dates[key] = when
        if days is None and isinstance(when, When) and all(map(_is_whole, (*when.windows, *when.former_windows))):
            known.days[text] = when
    return known.dates[key]


def _is_whole(window: Window) -> bool:
    return window.at is None


def _counted_in(zone: str, days: When) -> When:
    windows, former = (
        tuple(replace(window, zone=zone) for window in each) for each in (days.windows, days.former_windows)
    )
    return replace(days, windows=windows, former_windows=former)


def read_days(reading: RowReading, cells: Mapping[str, str], zone: str) -> When:
    """When the row says the event is, by the clock of its own column `zone`, else of `zone`."""
    named = cells.get("zone", "").strip()
    if named and not _is_zone(named):
        reading.wrong("zone", f"{named!r} is not a time zone", "a name such as Europe/Moscow")
        return UNDATED
    context = context_for(reading.known, named or zone)
    cells = _with_month_and_time(cells)
    said = cells.get("date_text", "").strip()
    cells = _as_moments(reading, with_times(reading, cells, context), context)
    spoilt = len(reading.problems)
    timed = _timed(reading, cells, context, zone)
    if timed is not None or len(reading.problems) > spoilt:
        return timed or UNDATED
    days = _start_and_end(reading, cells, context)
    if not said:
        if days is None:
            return UNDATED
        first, last = days
        words = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
        return When(Mode.DATED, (whole_days(first, last, context.zone),), words)
    when = _read_once(reading.known, said, context)
    if isinstance(when, Unread):
        _say_unread(reading, when)
        return UNDATED
    if has_reserve(said):
        reading.leave_out("date_text", said)
    _compare(reading, when, days)
    return when


_WHOLE_DAY = frozenset({"", "-", "–", "—", "весь день", "целый день", "all day"})


def _with_month_and_time(cells: Mapping[str, str]) -> Mapping[str, str]:
    """The cells with a month and a time of day that stand in columns of their own put to the date."""
    said, month = (cells.get(name, "").strip() for name in ("date_text", "month"))
    if month and not re.search(r"[^\W\d_]|\d[./-]\d+[./-]\d", said):
        said = f"{said} {month}".strip()
    time = cells.get("time", "").strip()
    column = "date_text" if said or not cells.get("start") else "start"
    base = said if column == "date_text" else cells["start"].strip()
    timed = f"{base}, {time}" if base and time.casefold() not in _WHOLE_DAY else base
    return {**cells, "date_text": said, column: timed}


def _as_moments(reading: RowReading, cells: Mapping[str, str], context: Context) -> Mapping[str, str]:
    """The cells with a day and a time of day together in `start` or `end` written as real cells have them."""
    found: dict[str, str] = {}
    for column in ("start", "end"):
        text = cells.get(column, "").strip()
        if ":" not in text or _TIMED.fullmatch(text) is not None:
            continue
        when = _read_once(reading.known, text, context)
        if not isinstance(when, Unread) and len(when.windows) == 1 and when.windows[0].at is not None:
            window = when.windows[0]
            if window.length is None and window.zone == context.zone:
                found[column] = f"{window.first.isoformat()}, {window.at:%H:%M}"
    if all(text.endswith(" 00:00") for text in found.values()):
        return cells  # midnights are how programs write whole days
    return {**cells, **found}


_TIMED = re.compile(r"(\d{4}-\d\d-\d\d),? (\d\d:\d\d)")


_THIS_MACHINE = frozenset({"localtime", "posixrules", "Factory"})
"""Names of zone files that mean whatever clock a machine has."""


def _is_zone(name: str) -> bool:
    try:
        return name not in _THIS_MACHINE and bool(ZoneInfo(name))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False


def _timed(reading: RowReading, cells: Mapping[str, str], context: Context, here: str) -> When | None:
    """The sitting whose columns `start` and `end` have a day and a time each, as real cells and calendars have them.

    A time in UTC is shown by the clock of the place.
    """
    begins, ends = (_TIMED.fullmatch(cells.get(name, "").strip()) for name in ("start", "end"))
    if begins is None or cells.get("date_text", "").strip() or (ends is None and cells.get("end", "").strip()):
        return None
    start = datetime.fromisoformat(f"{begins[1]} {begins[2]}")
    end = start if ends is None else datetime.fromisoformat(f"{ends[1]} {ends[2]}")
    if end < start:
        reading.wrong("end", f"{end:%Y-%m-%d %H:%M} is before the start, {start:%Y-%m-%d %H:%M}", "an end after it")
        return None
    first, last = start.date(), end.date()
    for column, why in (("start", beyond(first)), ("end", beyond(last) or too_long(first, last))):
        if why:
            reading.wrong(column, why, remedy="correct the year")
            return None
    for column, local in (("start", start), ("end", end)):
        fault = what_no_clock_shows(local, context.zone)
        if fault is not None:
            reading.wrong(column, fault[0], remedy="write the time in UTC, or another that comes once")
            return None
    clock = ZoneInfo(context.zone)
    minutes = (end.replace(tzinfo=clock).timestamp() - start.replace(tzinfo=clock).timestamp()) // 60
    tail = "" if end == start else f"–{end:%H:%M}" if end.date() == start.date() else f" – {end:%Y-%m-%d, %H:%M}"
    words = f"{start:%Y-%m-%d, %H:%M}{tail}"
    if context.zone in {"UTC", "Etc/UTC"}:
        words += " (UTC)"
        start, zone = start.replace(tzinfo=UTC).astimezone(ZoneInfo(here)), here
    else:
        zone = context.zone
    length = int(minutes) or None
    return When(Mode.DATED, (Window(start.date(), start.date(), zone, Precision.TIME, start.time(), length),), words)


def _say_unread(reading: RowReading, unread: Unread) -> None:
    if unread.remedy == ORDER:
        _doubt(reading, "date_text", unread)
    else:
        reading.wrong("date_text", f"{unread.text!r}: {unread.why}", unread.expected, unread.remedy)


def _doubt(reading: RowReading, column: str, unread: Unread) -> None:
    remedy = "say --day-first or --month-first"
    choices = tuple(day.isoformat() for day in unread.readings)
    reading.doubt(column, f"{unread.text!r}: {unread.why}", remedy, "day_first", unread.text, choices)


def _start_and_end(reading: RowReading, cells: Mapping[str, str], context: Context) -> tuple[date, date] | None:
    """The days of the columns `start` and `end`; None when there is no start (an end alone is a deadline's day)."""
    ends: dict[str, date] = {}
    for column in ("start", "end"):
        text = cells.get(column, "").strip()
        if not text:
            continue
        when = _read_once(reading.known, text, context)
        if isinstance(when, Unread):
            if when.remedy == ORDER:
                _doubt(reading, column, when)
            else:
                reading.wrong(column, f"{text!r}: {when.why}", when.expected, "write days as 2020-04-30")
            return None
        if not when.is_fixed:
            reading.wrong(column, f"{text!r} is not a day", remedy="write days as 2020-04-30")
            return None
        ends[column] = when.windows[0].first if column == "start" else when.windows[-1].last
    if "start" not in ends:
        return None
    first, last = ends["start"], ends.get("end", ends["start"])
    if last < first:
        reading.wrong("end", f"{last.isoformat()} is before the start, {first.isoformat()}", "an end on or after it")
        return None
    if why := too_long(first, last):
        reading.wrong("end", why, remedy="correct the year")
        return None
    return first, last


def _compare(reading: RowReading, when: When, days: tuple[date, date] | None) -> None:
    """A list that says a date twice must say the same one: neither is guessed to be right."""
    if days is None or not when.is_dated:
        return
    if not when.is_fixed:
        _compare_period(reading, when, days)
        return
    said = (when.windows[0].first, when.windows[-1].last)
    if said != days:
        found = f"{when.words!r} is {said[0].isoformat()} to {said[1].isoformat()}"
        expected = f"the days of the columns start and end, {days[0].isoformat()} to {days[1].isoformat()}"
        reading.wrong("date_text", found, expected, "correct the one that is wrong")


def _compare_period(reading: RowReading, when: When, days: tuple[date, date]) -> None:
    first, last = min(each.first for each in when.windows), max(each.last for each in when.windows)
    if not first <= days[0] <= days[1] <= last:
        found = f"{when.words!r} is within {first.isoformat()} to {last.isoformat()}"
        expected = (
            f"a period round the days of the columns start and end, {days[0].isoformat()} to {days[1].isoformat()}"
        )
        reading.wrong("date_text", found, expected, "correct the one that is wrong")
