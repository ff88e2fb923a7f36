"""A calendar to bytes: the same calendar, the same bytes, on any machine, clock, locale and hash seed.

A calendar is the join of three: the `head` with its zones, one `piece` for each entry, and the `TAIL`. A piece depends
on nothing but its entry, so whoever writes the same entries again can keep the pieces.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from calendars.content import clean, clean_name, clean_title, clean_uid, clean_uri, escaped, line
from calendars.entry import Calendar, Entry, FreeBusy, Timed, WholeDays
from calendars.zones import UTC_NAMES, vtimezone

TAIL = b"END:VCALENDAR\r\n"
ZoneYears = Iterable[tuple[str, int, int]]
"""Zones with the first and the last year in which they are used."""


def write(calendar: Calendar) -> bytes:
    """The calendar as iCalendar: METHOD:PUBLISH, zones first, entries by start and UID."""
    entries = sorted(calendar.entries, key=order)
    return b"".join((head(calendar, zones_of(entries)), *map(piece, entries), TAIL))


def order(entry: Entry) -> tuple[str, str]:
    """By start as the file shows it, then by UID."""
    start = entry.when.first.isoformat() if isinstance(entry.when, WholeDays) else entry.when.start.isoformat()
    return start, entry.uid


def zones_of(entries: Iterable[Entry]) -> tuple[tuple[str, int, int], ...]:
    """The zones the entries use, sorted, each with the first and the last year in which they do."""
    found: dict[str, list[int]] = {}
    for entry in entries:
        if isinstance(entry.when, Timed) and entry.when.zone not in UTC_NAMES:
            found.setdefault(entry.when.zone, []).extend((entry.when.start.year, entry.when.end.year))
    return tuple((zone, min(years), max(years)) for zone, years in sorted(found.items()))


def head(calendar: Calendar, zones: ZoneYears) -> bytes:
    """What stands before the entries; the calendar's own entries are not looked at."""
    return b"".join((*_head_lines(calendar), *(vtimezone(*each) for each in zones)))


def _head_lines(calendar: Calendar) -> Iterator[bytes]:
    yield b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    yield line("PRODID", escaped(clean_name(calendar.prodid)))
    yield b"CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
    for language, name in calendar.names:
        yield line("NAME", clean_title(name), ("LANGUAGE", language))
    if not calendar.names:
        yield line("NAME", clean_title(calendar.name))
    yield line("X-WR-CALNAME", clean_title(calendar.name))
    # RFC 7986 (5.7) demands the parameter, which icalendar leaves out.
    yield line("REFRESH-INTERVAL", f"PT{calendar.refresh_hours}H", ("VALUE", "DURATION"))
    yield line("X-PUBLISHED-TTL", f"PT{calendar.refresh_hours}H")
    if calendar.source:
        yield line("SOURCE", clean_uri(calendar.source), ("VALUE", "URI"))
    if calendar.color:
        yield line("COLOR", calendar.color)
    if calendar.modified is not None:
        yield line("LAST-MODIFIED", instant(calendar.modified))
    for name, text in calendar.extra:
        yield line(name, escaped(clean(text)))


def piece(entry: Entry) -> bytes:
    """One entry as a VEVENT."""
    return b"".join((b"BEGIN:VEVENT\r\n", *_lines(entry), b"END:VEVENT\r\n"))


def _lines(entry: Entry) -> Iterator[bytes]:
    yield line("UID", escaped(clean_uid(entry.uid)))
    yield line("SEQUENCE", str(entry.sequence))
    yield line("DTSTAMP", instant(entry.stamp))
    yield line("CREATED", instant(entry.created))
    yield line("LAST-MODIFIED", instant(entry.modified))
    yield from _when(entry.when)
    language = (("LANGUAGE", entry.language),) if entry.language else ()
    for name, text in (("SUMMARY", entry.summary), ("DESCRIPTION", entry.description), ("LOCATION", entry.location)):
        if cleaned := clean(text):
            yield line(name, escaped(cleaned), *language)
    if entry.categories:
        yield line("CATEGORIES", ",".join(escaped(clean_name(each)) for each in entry.categories), *language)
    yield line("STATUS", entry.status.value)
    yield line("TRANSP", "TRANSPARENT" if entry.is_transparent else "OPAQUE")
    yield from _extras(entry)


def _extras(entry: Entry) -> Iterator[bytes]:
    if entry.color:
        yield line("COLOR", entry.color)
    if entry.geo is not None:
        yield line("GEO", ";".join(degrees(each) for each in entry.geo))
    for related in entry.related:
        gap = () if related.gap_days is None else (("GAP", f"P{related.gap_days}D"),)
        yield line("RELATED-TO", escaped(clean_uid(related.uid)), ("RELTYPE", related.reltype), *gap)
    if entry.url:
        yield line("URL", clean_uri(entry.url))
    if entry.conference is not None:
        label = (("LABEL", clean_name(entry.conference.label)),) if entry.conference.label else ()
        said = (("VALUE", "URI"), ("FEATURE", "VIDEO"), *label)
        yield line("CONFERENCE", clean_uri(entry.conference.uri), *said)
    for name, text in entry.extra:
        yield line(name, escaped(clean(text)))


def _when(when: WholeDays | Timed) -> Iterator[bytes]:
    if isinstance(when, WholeDays):
        yield line("DTSTART", f"{when.first:%Y%m%d}", ("VALUE", "DATE"))
        # DTEND is exclusive (RFC 5545, 3.6.1): a celebration on 9 May ends on the 10th, or Outlook shows nothing.
        yield line("DTEND", f"{when.last + timedelta(days=1):%Y%m%d}", ("VALUE", "DATE"))
        return
    for name, local in (("DTSTART", when.start), ("DTEND", when.end)):
        if when.zone in UTC_NAMES:
            yield line(name, f"{local:%Y%m%dT%H%M%S}Z")
        else:
            yield line(name, f"{local:%Y%m%dT%H%M%S}", ("TZID", when.zone))


def instant(moment: datetime) -> str:
    """An instant in UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S}Z"


def degrees(value: float) -> str:
    """Six digits behind the point at most (RFC 5545, 3.8.1.6), which is the width of a hand."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def write_free_busy(prodid: str, listed: Iterable[FreeBusy]) -> bytes:
    """A calendar of VFREEBUSY alone, one for each party, by name (RFC 5545, 3.6.4; RFC 5546, 3.3.1)."""
    parts = [b"".join(_free_busy(each)) for each in sorted(listed, key=lambda each: (each.name, each.uid))]
    opening = (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", line("PRODID", escaped(clean_name(prodid))))
    return b"".join((*opening, b"CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n", *parts, TAIL))


def _free_busy(said: FreeBusy) -> Iterator[bytes]:
    yield b"BEGIN:VFREEBUSY\r\n"
    yield line("UID", escaped(clean_uid(said.uid)))
    yield line("DTSTAMP", instant(said.stamp))
    # RFC 5545, 3.8.4.3: ORGANIZER says whose time it is; there is no mailbox, so the address is a name alone.
    yield line("ORGANIZER", f"urn:planner:{clean_name(said.uid)}", ("CN", clean_name(said.name)))
    yield line("DTSTART", instant(said.start))
    yield line("DTEND", instant(said.end))
    for start, end in said.busy:
        yield line("FREEBUSY", f"{instant(start)}/{instant(end)}", ("FBTYPE", "BUSY"))
    yield b"END:VFREEBUSY\r\n"
