"""The calendar and its entries, each by itself."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from calendars.content import Line, values
from calendars.lint.outline import Component
from calendars.lint.rules import Flaw
from calendars.lint.values import day_of, duration_of, moment_of, time_of

_COMPONENTS = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY")
_ONCE = frozenset({
    "UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "CREATED", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DESCRIPTION",
    "LOCATION", "STATUS", "TRANSP", "CLASS", "GEO", "URL", "ORGANIZER", "PRIORITY", "COLOR", "RECURRENCE-ID",
})  # fmt: skip
_TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "COMMENT", "CONTACT")
_ALLOWED = {
    "STATUS": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "TRANSP": {"OPAQUE", "TRANSPARENT"},
    "CLASS": {"PUBLIC", "PRIVATE", "CONFIDENTIAL"},
}
_HTML = re.compile(r"<(?:br|p|div|b|i|a|span|html|body|table|ul|li)\b[^>]*>|&(?:nbsp|amp|lt|gt);", re.IGNORECASE)
_MARKS = re.compile(r"\\[\\;,nN]|(?P<escape>\\.?)|(?P<plain>[;,])")
"""What has a meaning in a TEXT: escapes that are right, escapes that are not, marks that should be escaped."""
_MIDNIGHT = "T000000"


def judge_calendar(calendar: Component) -> Iterator[Flaw]:
    """Flaws of the calendar's own properties and of every component in it."""
    yield from _head(calendar)
    entries = [each for each in calendar.inside if each.name in _COMPONENTS]
    is_published = calendar.value("METHOD").upper() == "PUBLISH"
    yield from _uids(entries)
    yield from _noise(entries)
    for entry in entries:
        yield from judge_entry(entry, is_published=is_published)


def _head(calendar: Component) -> Iterator[Flaw]:
    at = calendar.number
    if calendar.value("VERSION") != "2.0":
        yield Flaw("no-version", _line(calendar, "VERSION"), calendar.value("VERSION"))
    if not calendar.value("PRODID"):
        yield Flaw("no-prodid", at)
    if calendar.value("METHOD").upper() != "PUBLISH":
        yield Flaw("method", _line(calendar, "METHOD"), calendar.value("METHOD"))
    if calendar.first("UID") is not None:
        yield Flaw("calendar-uid", _line(calendar, "UID"), calendar.value("UID"))
    if not (calendar.value("NAME") or calendar.value("X-WR-CALNAME")):
        yield Flaw("no-name", at)
    interval = calendar.first("REFRESH-INTERVAL")
    if interval is not None and interval.parameter("VALUE").upper() != "DURATION":
        yield Flaw("refresh-interval", interval.number)
    if interval is not None and duration_of(interval.value.strip()) is None:
        yield Flaw("bad-value", interval.number, f"REFRESH-INTERVAL {interval.value}")
    sorts = {each.name for each in calendar.inside if each.name in _COMPONENTS}
    if len(sorts) > 1 and calendar.value("METHOD"):
        yield Flaw("mixed-components", at, ", ".join(sorted(sorts)))
    yield from _texts(calendar)


def _line(component: Component, name: str) -> int:
    found = component.first(name)
    return component.number if found is None else found.number


def _uids(entries: list[Component]) -> Iterator[Flaw]:
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        key = entry.value("UID"), entry.value("RECURRENCE-ID")
        if not key[0]:
            yield Flaw("no-uid", entry.number, entry.value("SUMMARY"))
        elif key in seen:
            yield Flaw("uid-twice", _line(entry, "UID"), uid=key[0])
        seen.add(key)


def _noise(entries: list[Component]) -> Iterator[Flaw]:
    """One DTSTAMP for all, while they changed at different times: it is when the file was made."""
    stamps = Counter(entry.value("DTSTAMP") for entry in entries)
    changed = {entry.value("LAST-MODIFIED") for entry in entries} - {""}
    if len(entries) > 1 and len(stamps) == 1 and len(changed) > 1:
        yield Flaw("dtstamp-noise", _line(entries[0], "DTSTAMP"), f"{entries[0].value('DTSTAMP')} in all entries")


def judge_entry(entry: Component, *, is_published: bool) -> Iterator[Flaw]:
    """Flaws of one entry by itself."""
    for flaw in _of_entry(entry, is_published=is_published):
        yield Flaw(flaw.code, flaw.line, flaw.found, entry.value("UID"))


def _of_entry(entry: Component, *, is_published: bool) -> Iterator[Flaw]:
    if entry.first("DTSTAMP") is None:
        yield Flaw("no-dtstamp", entry.number)
    if entry.name == "VEVENT":
        yield from _when(entry)
        if not entry.value("SUMMARY"):
            yield Flaw("no-summary", entry.number)
    yield from _properties(entry)
    yield from _texts(entry)
    for name, code in (("RDATE", "rdate"), ("RRULE", "rrule")):
        yield from (Flaw(code, each.number, each.value[:40]) for each in entry.all(name))
    if is_published:
        yield from (Flaw("attendee", each.number) for each in entry.all("ATTENDEE"))
    yield from (Flaw("alarm", each.number) for each in entry.inside if each.name == "VALARM")


def _properties(entry: Component) -> Iterator[Flaw]:
    counts = Counter(each.name for each in entry.lines)
    seen: set[str] = set()
    for each in entry.lines:
        if each.name in seen and each.name in _ONCE and counts[each.name] > 1:
            yield Flaw("property-twice", each.number, each.name)
        seen.add(each.name)
        wrong = _wrong(each)
        if wrong:
            yield Flaw("bad-value", each.number, f"{each.name} {each.value[:40]}")
    for each in entry.all("CATEGORIES"):
        yield from (
            Flaw("comma-in-category", each.number, name) for name in values(each.value) if "," in name or "\\" in name
        )


def _wrong(line: Line) -> bool:
    """True when the value is not what the property takes."""
    value = line.value.strip()
    match line.name:
        case "STATUS" | "TRANSP" | "CLASS":
            return value.upper() not in _ALLOWED[line.name] and not value.upper().startswith("X-")
        case "SEQUENCE" | "PRIORITY":
            return not (value.isascii() and value.isdecimal())
        case "DTSTAMP" | "CREATED" | "LAST-MODIFIED":
            moment = time_of(value)
            return moment is None or moment.tzinfo is None
        case "DURATION":
            return duration_of(value) is None
        case "GEO":
            return not _is_place(value)
        case _:
            return False


def _is_place(value: str) -> bool:
    parts = value.split(";")
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError:
        return False
    return -90 <= latitude <= 90 and -180 <= longitude <= 180


def _when(entry: Component) -> Iterator[Flaw]:
    starts, ends, lasts = entry.first("DTSTART"), entry.first("DTEND"), entry.first("DURATION")
    if starts is None:
        yield Flaw("no-dtstart", entry.number)
        return
    if ends is not None and lasts is not None:
        yield Flaw("property-twice", lasts.number, "DTEND and DURATION")
    wrong = list(_moments([each for each in (starts, ends) if each is not None]))
    yield from wrong
    if ends is None or any(flaw.code == "bad-value" for flaw in wrong):
        return
    start, end = moment_of(starts), moment_of(ends)
    if isinstance(start, datetime) is not isinstance(end, datetime):
        yield Flaw("mixed-start-and-end", ends.number)
    elif starts.parameter("TZID") == ends.parameter("TZID") and _is_not_after(end, start):
        yield Flaw("ends-before-start", ends.number, f"{starts.value} – {ends.value}")
    elif starts.value.strip().endswith(_MIDNIGHT) and ends.value.strip().endswith(_MIDNIGHT):
        yield Flaw("midnights", starts.number, f"{starts.value} – {ends.value}")


def _is_not_after(end: date | datetime | None, start: date | datetime | None) -> bool:
    """True when the end is on the start or before it; times in different forms are not compared."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return (start.tzinfo is None) is (end.tzinfo is None) and end <= start
    return start is not None and end is not None and end <= start


def _moments(lines: list[Line]) -> Iterator[Flaw]:
    for each in lines:
        moment = moment_of(each)
        if moment is None:
            hint = ", which needs VALUE=DATE" if day_of(each.value.strip()) is not None else ""
            yield Flaw("bad-value", each.number, f"{each.name} {each.value[:40]}{hint}")
        elif isinstance(moment, datetime) and moment.tzinfo is None and not each.parameter("TZID"):
            yield Flaw("floating-time", each.number, each.value)


def _texts(component: Component) -> Iterator[Flaw]:
    for each in component.lines:
        if each.name not in _TEXTS:
            continue
        marks = list(_MARKS.finditer(each.value))
        for group, code in (("escape", "bad-escape"), ("plain", "unescaped")):
            wrong = next((mark[group] for mark in marks if mark[group]), None)
            if wrong is not None:
                yield Flaw(code, each.number, f"{wrong} in {each.name}")
        if each.name == "DESCRIPTION" and _HTML.search(each.value):
            yield Flaw("html", each.number)
