"""Bytes to a calendar, and what is wrong with it: how a feed is verified before anybody sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar

from calendars.entry import Calendar, Conference, Entry, Related, Status, Timed, WholeDays
from calendars.writing import order

_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the calendar, its entries by start and UID, and a sentence for each entry that could not be."""

    calendar: Calendar
    problems: tuple[str, ...] = ()


def read(content: bytes) -> Reading:
    """The calendar in these bytes. Raises ValueError when they are no iCalendar file at all."""
    try:
        component = icalendar.Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError, UnicodeDecodeError) as error:
        raise ValueError(f"not an iCalendar file: {error}") from error
    if component.name != "VCALENDAR":
        raise ValueError(f"not an iCalendar file: it begins with {component.name}")
    entries, problems = [], []
    for number, vevent in enumerate(component.walk("VEVENT"), 1):
        try:
            entries.append(_entry(vevent))
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            problems.append(f"entry {number} ({vevent.get('uid', 'without UID')}): {error}")
    calendar = Calendar(
        _text(component.get("prodid")),
        _text(component.get("x-wr-calname") or next(iter(_list(component.get("name"))), None)),
        tuple(sorted(entries, key=order)),
        _text(component.get("color")),
        _instant(component, "last-modified") if "last-modified" in component else None,
        _hours(component),
        tuple(_names(component)),
        _text(component.get("source")),
    )
    return Reading(calendar, tuple(problems))


def _names(component: Any) -> Iterable[tuple[str, str]]:
    """What it is called in each language that is named."""
    for name in _list(component.get("name")):
        if language := str(name.params.get("LANGUAGE", "")):
            yield language, str(name)


def _hours(component: Any) -> int:
    interval = component.get("refresh-interval")
    return int(interval.dt.total_seconds() // 3600) if interval is not None else 1


def _entry(vevent: Any) -> Entry:
    summary = vevent.get("summary")
    geo = vevent.get("geo")
    return Entry(
        _text(vevent["uid"]),
        int(vevent.get("sequence", 0)),
        _instant(vevent, "dtstamp"),
        _instant(vevent, "created"),
        _instant(vevent, "last-modified"),
        _when(vevent),
        _text(summary),
        _text(vevent.get("description")),
        _text(vevent.get("location")),
        str(summary.params.get("LANGUAGE", "")) if summary is not None else "",
        tuple(_categories(vevent.get("categories"))),
        Status(_text(vevent.get("status")) or "CONFIRMED"),
        _text(vevent.get("transp")) == "TRANSPARENT",
        _text(vevent.get("color")),
        None if geo is None else (geo.latitude, geo.longitude),
        tuple(_related(each) for each in _list(vevent.get("related-to"))),
        _text(vevent.get("url")),
        _conference(vevent.get("conference")),
    )


def _conference(value: Any) -> Conference | None:
    first = next(iter(_list(value)), None)
    return None if first is None else Conference(str(first), str(first.params.get("LABEL", "")))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _instant(component: Any, name: str) -> datetime:
    value = component.get(name)
    if value is None:
        return _NO_TIME
    found: datetime = value.dt
    return found.astimezone(UTC)


def _when(vevent: Any) -> WholeDays | Timed:
    start, end = vevent["dtstart"].dt, vevent["dtend"].dt if "dtend" in vevent else None
    if not isinstance(start, datetime):
        last: date = start if end is None else end - timedelta(days=1)
        if last < start:
            raise ValueError(f"DTEND {end} is not after DTSTART {start}")
        return WholeDays(start, last)
    if start.tzinfo is None:
        raise ValueError("DTSTART is a floating time, without a zone")
    zone = str(vevent["dtstart"].params.get("TZID", "Etc/UTC"))
    stop = start if end is None else end
    if stop < start:
        raise ValueError(f"DTEND {end} is before DTSTART {start}")
    return Timed(start.replace(tzinfo=None), stop.replace(tzinfo=None), zone)


def _categories(value: Any) -> Iterable[str]:
    for each in _list(value):
        yield from (str(category) for category in each.cats)


def _related(value: Any) -> Related:
    gap = value.params.get("GAP")
    days = None if gap is None else int(str(gap).removeprefix("P").removesuffix("D"))
    return Related(str(value.params.get("RELTYPE", "PARENT")), str(value), days)


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
