"""A calendar to bytes: the same calendar, the same bytes, on any machine, clock, locale and hash seed."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from icalendar import vDuration, vText

from calendars.entry import Calendar, Entry, Timed, WholeDays
from calendars.zones import vtimezone

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]")


def write(calendar: Calendar) -> bytes:
    """The calendar as iCalendar: METHOD:PUBLISH, zones first, entries by start and UID."""
    component = icalendar.Calendar()
    component.add("prodid", clean(calendar.prodid))
    component.add("version", "2.0")
    component.add("calscale", "GREGORIAN")
    component.add("method", "PUBLISH")
    component.add("name", clean_name(calendar.name))
    component.add("x-wr-calname", clean_name(calendar.name))
    refresh = timedelta(hours=calendar.refresh_hours)
    # icalendar leaves the parameter out, which RFC 7986 (5.7) demands.
    component.add("refresh-interval", vDuration(refresh), parameters={"VALUE": "DURATION"})
    component.add("x-published-ttl", f"PT{calendar.refresh_hours}H")
    if calendar.color:
        component.add("color", calendar.color)
    if calendar.modified is not None:
        component.add("last-modified", calendar.modified.astimezone(UTC))
    for zone, years in _zones(calendar.entries):
        component.add_component(vtimezone(zone, min(years), max(years)))
    for entry in sorted(calendar.entries, key=order):
        component.add_component(_vevent(entry))
    content: bytes = component.to_ical()
    return content


def order(entry: Entry) -> tuple[str, str]:
    """By start as the file shows it, then by UID."""
    start = entry.when.first.isoformat() if isinstance(entry.when, WholeDays) else entry.when.start.isoformat()
    return start, entry.uid


def _zones(entries: Iterable[Entry]) -> list[tuple[str, set[int]]]:
    """The zones the entries use, with the years in which they do."""
    found: dict[str, set[int]] = {}
    for entry in entries:
        if isinstance(entry.when, Timed) and entry.when.zone not in {"UTC", "Etc/UTC"}:
            found.setdefault(entry.when.zone, set()).update((entry.when.start.year, entry.when.end.year))
    return sorted(found.items())


def _vevent(entry: Entry) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", clean(entry.uid))
    component.add("sequence", entry.sequence)
    for name, instant in (("dtstamp", entry.stamp), ("created", entry.created), ("last-modified", entry.modified)):
        component.add(name, instant.astimezone(UTC))
    _add_when(component, entry.when)
    language = {"LANGUAGE": entry.language} if entry.language else {}
    for name in ("summary", "description", "location"):
        text = clean(getattr(entry, name))
        if text:
            component.add(name, vText(text), parameters=dict(language))
    if entry.categories:
        component.add("categories", [clean_name(each) for each in entry.categories])
    component.add("status", entry.status.value)
    component.add("transp", "TRANSPARENT" if entry.is_transparent else "OPAQUE")
    if entry.color:
        component.add("color", entry.color)
    if entry.geo is not None:
        component.add("geo", entry.geo)
    for related in entry.related:
        gap = {} if related.gap_days is None else {"GAP": f"P{related.gap_days}D"}
        component.add("related-to", vText(clean(related.uid)), parameters={"RELTYPE": related.reltype, **gap})
    return component


def _add_when(component: icalendar.Event, when: WholeDays | Timed) -> None:
    if isinstance(when, WholeDays):
        component.add("dtstart", when.first)
        # DTEND is exclusive (RFC 5545, 3.6.1): a celebration on 9 May ends on the 10th, or Outlook shows nothing.
        component.add("dtend", when.last + timedelta(days=1))
        return
    component.add("dtstart", _zoned(when.start, when.zone))
    component.add("dtend", _zoned(when.end, when.zone))


def _zoned(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=UTC if zone in {"UTC", "Etc/UTC"} else ZoneInfo(zone))


def clean(text: str) -> str:
    """The text without control characters, which break parsers; its line breaks are \\n.

    A backslash before N becomes a slash: icalendar takes the two for a line break when it writes.
    """
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\\N", "/N")


def clean_name(text: str) -> str:
    """A name or category without the comma and the backslash that several clients mishandle, on one line."""
    return " ".join(clean(text).replace(",", " ").replace("\\", "/").split())


__all__ = ["clean", "clean_name", "order", "write"]
