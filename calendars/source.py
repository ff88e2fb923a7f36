"""The events of a foreign calendar as they stand in the file, each read by the library and by nobody trusted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar

from calendars.lines import Block
from calendars.naming import zone_named
from calendars.recurring import repeats

TEXTS = ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "URL")
TIMES = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_READ = frozenset(
    [
        *TEXTS,
        *TIMES,
        "SEQUENCE",
        "LAST-MODIFIED",
        "CATEGORIES",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "X-MICROSOFT-CDO-ALLDAYEVENT",
    ]
)
_ZONED = frozenset({"DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE"})
_TZID = re.compile(r';\s*TZID\s*=("[^"]*"|[^;]*)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with one property of an event: what stands there, what was expected, and its value as written."""

    name: str
    found: str
    expected: str = ""
    value: str = ""


@dataclass(slots=True)
class Source:
    """One VEVENT as it stands in the file, with what its calendar says of all of them."""

    block: Block
    component: Any
    is_cancelled: bool
    usual_zone: str
    marks: Mapping[str, str]
    broken: list[Trouble]
    uid: str
    is_series: bool

    @property
    def issue(self) -> tuple[int, str]:
        """How new it is: SEQUENCE, and of equal ones when it was last modified."""
        return sequence_of(self.component), modified(self.component)

    @property
    def key(self) -> tuple[object, ...]:
        """What two issues of one event share; an event without UID is like no other."""
        recurrence = self.component.get("RECURRENCE-ID")
        at = getattr(recurrence, "dt", "") if not is_broken(recurrence) else str(recurrence)
        return (self.uid, str(at)) if self.uid else (self.block.line,)


def properties(lines: Sequence[str]) -> Mapping[str, str]:
    """The values of plain properties by their names; the first of each."""
    found: dict[str, str] = {}
    for line in lines:
        head, _, value = line.partition(":")
        found.setdefault(head.partition(";")[0].strip().upper(), value.strip())
    return found


def sources_of(calendar: Block, marked: frozenset[str]) -> Iterator[Source]:
    head = properties(calendar.lines)
    defined = (each for each in calendar.inside if each.name == "VTIMEZONE")
    zones = {properties(each.lines).get("TZID", ""): each for each in defined}
    usual = zone_named(head["X-WR-TIMEZONE"], zones) if "X-WR-TIMEZONE" in head else ""
    for block in calendar.inside:
        if block.name == "VEVENT":
            component, marks, broken = _parsed(block, marked, zones)
            is_cancelled = head.get("METHOD", "").upper() == "CANCEL"
            uid, is_series = text_of(component, "UID"), repeats(component)
            yield Source(block, component, is_cancelled, usual or "", marks, broken, uid, is_series)


def _parsed(
    block: Block, marked: frozenset[str], zones: Mapping[str, Block]
) -> tuple[Any, Mapping[str, str], list[Trouble]]:
    """One event by the library, of the lines that are read; what stands in others does not spoil it."""
    lines, marks, broken = [], {}, []
    for line in block.lines:
        head, colon, value = line.partition(":")
        name = head.partition(";")[0].strip().upper()
        if not colon or not name.replace("-", "").isalnum() or not name.isascii():
            broken.append(Trouble("", f"{short(line)!r} is not a line of iCalendar", "NAME:value"))
        elif name in marked:
            marks[name] = value
        elif name in _ZONED and ";" in head:
            lines.append(_in_known_zone(line, name, zones, broken))
        elif name in _READ:
            lines.append(line)
    try:
        component = icalendar.Event.from_ical("\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        broken.append(Trouble("", f"cannot be read ({error})"))
        component = icalendar.Event()
    for name in component.keys() if component.errors else ():
        broken.extend(_broken(name, each) for each in listed(component[name]) if is_broken(each))
    for name in (*TEXTS, *TIMES):
        values: Any = component.get(name)
        if isinstance(values, list):
            broken.append(Trouble(name, f"stands {len(values)} times", "once"))
            component[name] = values[0]
    broken.extend(_of_another_type(component))
    return component, marks, broken


def _of_another_type(component: Any) -> Iterator[Trouble]:
    """Values that can be read, but are no day or time where one is needed, or no length."""
    for name in TIMES:
        value = component.get(name)
        expected: type = timedelta if name == "DURATION" else date
        if value is not None and not is_broken(value) and not isinstance(getattr(value, "dt", None), expected):
            written: bytes | str = value.to_ical()
            text = written if isinstance(written, str) else written.decode("utf-8", "replace")
            found = f"{short(text)!r} is not what belongs there"
            yield Trouble(name, found, "a length such as PT3H" if name == "DURATION" else "a day or a time")


def _in_known_zone(line: str, name: str, zones: Mapping[str, Block], broken: list[Trouble]) -> str:
    """The line with the IANA name of its zone, which every library understands; without one nobody knows."""
    head, _, value = line.rpartition(":")  # a TZID may have a colon in it: "(UTC+03:00) Moscow"
    found = _TZID.search(head)
    if found is None:
        return line
    rest = head[found.end() :]
    if rest and not rest.startswith(";"):  # what stands behind the closing quotes belongs to nothing
        said, zone, rest = found[1] + rest, None, ""
    else:
        said = found[1].strip('"')
        zone = zone_named(said, zones)
    if zone is None:
        trouble = f"the time zone {short(said)!r} is not known, and the file does not explain it"
        broken.append(Trouble(name, trouble, "a name such as Europe/Moscow", f"{said}:{value}"))
    return f"{head[: found.start()]}{'' if zone is None else f';TZID={zone}'}{rest}:{value}"


def _broken(name: str, value: Any) -> Trouble:
    expected = {
        "SEQUENCE": "a whole number",
        "RRULE": "a rule such as FREQ=WEEKLY;COUNT=5",
        "DURATION": "a length such as PT3H",
    }
    return Trouble(
        name, f"{short(str(value))!r} cannot be read", expected.get(name, "a day such as 20201012"), str(value)
    )


def is_broken(value: Any) -> bool:
    return isinstance(value, icalendar.prop.vBroken)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def text_of(component: Any, name: str) -> str:
    value = component.get(name)
    return "" if value is None else str(value).strip()


def sequence_of(component: Any) -> int:
    """Its SEQUENCE; 0 where it has none."""
    number: Any = component.get("SEQUENCE")
    return int(number) if isinstance(number, int) else 0


def is_of_range(component: Any) -> bool:
    """True for a change of an event of a series and of all behind it."""
    said = getattr(component.get("RECURRENCE-ID"), "params", {})
    return str(said.get("RANGE", "")).upper() == "THISANDFUTURE"


def modified(component: Any) -> str:
    """Its LAST-MODIFIED in ISO 8601, which sorts as it goes; '' where it has none that is a time in UTC."""
    moment = getattr(component.get("LAST-MODIFIED"), "dt", None)
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return ""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


__all__ = [
    "TIMES",
    "Source",
    "Trouble",
    "is_of_range",
    "listed",
    "modified",
    "properties",
    "sequence_of",
    "short",
    "sources_of",
    "text_of",
]
