"""What was written, read back from its bytes and compared: how a piece is verified before anybody is given it.

`reading` reads any calendar through icalendar. Here only what `writing` may write is read, line by line, at a tenth of
the price: anything else in the bytes is a difference.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from calendars.content import Line, Unreadable, clean, clean_name, clean_uid, clean_uri, read_lines, unescaped, values
from calendars.entry import Conference, Entry, Related, Status, Timed, WholeDays
from calendars.writing import degrees

_ONCE = frozenset({
    "UID", "SEQUENCE", "DTSTAMP", "CREATED", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION",
    "CATEGORIES", "STATUS", "TRANSP", "COLOR", "GEO", "URL", "CONFERENCE",
})  # fmt: skip


def misread(entry: Entry, content: bytes) -> str:
    """What the bytes of one VEVENT do not say as the entry does; '' when they say the same."""
    return misread_lines(entry, tuple(read_lines(content)))


def misread_lines(entry: Entry, listed: Sequence[Line | Unreadable]) -> str:
    """The same of bytes that were already read as lines."""
    try:
        found = read_piece(listed)
    except (ValueError, KeyError) as error:
        return str(error)
    wanted = _as_published(entry)
    names = (name for name in Entry.__dataclass_fields__ if getattr(found, name) != getattr(wanted, name))
    return "" if found == wanted else f"{', '.join(names)} of {entry.uid} read back otherwise than written"


def _as_published(entry: Entry) -> Entry:
    """The entry with its texts as they can be published at all."""
    return replace(
        entry,
        uid=clean_uid(entry.uid),
        summary=clean(entry.summary),
        description=clean(entry.description),
        location=clean(entry.location),
        categories=tuple(clean_name(each) for each in entry.categories),
        url=clean_uri(entry.url),
        conference=_as_conference(entry.conference),
        related=tuple(replace(each, uid=clean_uid(each.uid)) for each in entry.related),
        geo=None if entry.geo is None else (float(degrees(entry.geo[0])), float(degrees(entry.geo[1]))),
    )


def _as_conference(said: Conference | None) -> Conference | None:
    return None if said is None else Conference(clean_uri(said.uri), clean_name(said.label))


def read_piece(listed: Sequence[Line | Unreadable]) -> Entry:
    """The entry of one VEVENT as `writing.piece` writes it; raises ValueError for anything else."""
    read = [each for each in listed if isinstance(each, Line)]
    if len(read) < len(listed):
        raise ValueError("a line of it is no property")
    if [(each.name, each.value) for each in (read[0], read[-1])] != [("BEGIN", "VEVENT"), ("END", "VEVENT")]:
        raise ValueError("it does not begin and end as one entry")
    return _entry(read[1:-1])


def _entry(read: Sequence[Line]) -> Entry:
    said: dict[str, Line] = {}
    for each in read:
        if each.name in said or each.name not in _ONCE:
            if each.name != "RELATED-TO":
                raise ValueError(f"line {each.number}: {each.name} does not belong there")
            continue
        said[each.name] = each

    def text(name: str) -> str:
        return unescaped(said[name].value) if name in said else ""

    return Entry(
        text("UID"),
        int(said["SEQUENCE"].value),
        _instant(said["DTSTAMP"]),
        _instant(said["CREATED"]),
        _instant(said["LAST-MODIFIED"]),
        _when(said["DTSTART"], said["DTEND"]),
        text("SUMMARY"),
        text("DESCRIPTION"),
        text("LOCATION"),
        _language(said),
        tuple(values(said["CATEGORIES"].value)) if "CATEGORIES" in said else (),
        Status(said["STATUS"].value),
        said["TRANSP"].value == "TRANSPARENT",
        text("COLOR"),
        _geo(said.get("GEO")),
        tuple(_related(each) for each in read if each.name == "RELATED-TO"),
        said["URL"].value if "URL" in said else "",
        _conference(said.get("CONFERENCE")),
    )


def _language(said: dict[str, Line]) -> str:
    found = {said[name].parameter("LANGUAGE") for name in ("SUMMARY", "DESCRIPTION", "LOCATION") if name in said}
    if len(found) > 1:
        raise ValueError(f"its texts are in {len(found)} languages")
    return found.pop() if found else ""


def _instant(read: Line) -> datetime:
    return datetime.fromisoformat(_stamp(read, "Z")).replace(tzinfo=UTC)


def _stamp(read: Line, ends_with: str) -> str:
    """A DATE-TIME in the form in which it is written, and in no other that Python would take."""
    if len(read.value) != 15 + len(ends_with) or not read.value.endswith(ends_with) or read.value[8] != "T":
        raise ValueError(f"line {read.number}: {read.value!r} is no date with a time")
    return read.value[:15]


def _when(starts: Line, ends: Line) -> WholeDays | Timed:
    if starts.parameter("VALUE") == "DATE":
        return WholeDays(_day(starts), _day(ends) - timedelta(days=1))
    zone = starts.parameter("TZID")
    if ends.parameter("TZID") != zone:
        raise ValueError("it begins in one zone and ends in another")
    return Timed(_local(starts, zone), _local(ends, zone), zone or "Etc/UTC")


def _day(read: Line) -> date:
    return date.fromisoformat(read.value)


def _local(read: Line, zone: str) -> datetime:
    return datetime.fromisoformat(_stamp(read, "" if zone else "Z"))


def _geo(read: Line | None) -> tuple[float, float] | None:
    if read is None:
        return None
    latitude, longitude = read.value.split(";")
    return float(latitude), float(longitude)


def _related(read: Line) -> Related:
    gap = read.parameter("GAP")
    days = int(gap.removeprefix("P").removesuffix("D")) if gap else None
    return Related(read.parameter("RELTYPE"), unescaped(read.value), days)


def _conference(read: Line | None) -> Conference | None:
    return None if read is None else Conference(read.value, read.parameter("LABEL"))
