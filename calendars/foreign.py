"""Calendars that other programs made, to dated events: every trap of theirs answered, every loss said.

RFC 5545 is read as people write it. An event that cannot be read keeps its place among the others, with its troubles.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from calendars.lines import Block, blocks
from calendars.naming import zone_named
from calendars.recurring import Refused, Term, occurrences, repeats

TEXTS = ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "URL")
_TIMES = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_READ = frozenset(
    [*TEXTS, *_TIMES, "SEQUENCE", "CATEGORIES", "RRULE", "RDATE", "EXDATE", "EXRULE", "X-MICROSOFT-CDO-ALLDAYEVENT"]
)
_ZONED = frozenset({"DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE"})
_TZID = re.compile(r';\s*TZID\s*=("[^"]*"|[^;]*)', re.IGNORECASE)
_STATES = frozenset({"", "TENTATIVE", "CONFIRMED", "CANCELLED"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with one property of an event: what stands there, what was expected, and its value as written."""

    name: str
    found: str
    expected: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """One event on its days. `start` and `end` are both days (included), or both local times in `zone` (end excluded).

    `zone` is '' for floating times and whole days. `line` is where the file begins to speak of it; `of_series` tells a
    day of a series. `marks` are the extensions asked for, as written.
    """

    line: int
    uid: str = ""
    sequence: int = 0
    start: date | datetime | None = None
    end: date | datetime | None = None
    zone: str = ""
    summary: str = ""
    description: str = ""
    location: str = ""
    status: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    of_series: bool = False
    marks: Mapping[str, str] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignCalendar:
    """The events of a file in its order, the extensions of its heads, and sentences about what was left out."""

    names: tuple[str, ...]
    events: tuple[Foreign, ...]
    marks: Mapping[str, str]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Source:
    """One VEVENT as it stands in the file, with what its calendar says of all of them."""

    block: Block
    component: Any
    is_cancelled: bool
    usual_zone: str
    marks: Mapping[str, str]
    broken: list[Trouble]
    uid: str
    sequence: int
    is_series: bool

    @property
    def key(self) -> tuple[object, ...]:
        """What two issues of one event share; an event without UID is like no other."""
        recurrence = self.component.get("RECURRENCE-ID")
        at = getattr(recurrence, "dt", "") if not _is_broken(recurrence) else str(recurrence)
        return (self.uid, str(at)) if self.uid else (self.block.line,)


def read_foreign(
    text: str,
    edges: tuple[int, ...],
    *,
    term: Callable[[], Term | None] = lambda: None,
    marked: Sequence[str] = (),
    going: Callable[[int], None] = lambda number: None,
) -> ForeignCalendar:
    """The events in unfolded text (see `unfold`). Raises ValueError when it is no whole iCalendar file.

    `term` is asked once, when something repeats. `marked` names extension properties to keep, of calendars and events.
    `going` is told how many events there are so far, and may stop the reading by raising.
    """
    outer = blocks(text, edges)
    calendars = [block for block in outer if block.name == "VCALENDAR"]
    if not calendars:
        raise ValueError("it has no VCALENDAR" + (f" but {outer[0].name}" if outer else ""))
    if not any(block.inside for block in calendars):
        raise ValueError("its calendar is empty")
    going(sum(block.name == "VEVENT" for calendar in calendars for block in calendar.inside))
    sources: list[_Source] = []
    for calendar in calendars:
        for source in _sources(calendar, frozenset(marked)):
            sources.append(source)
            going(len(sources))
    kept, notes = _newest(sources)
    events: list[Foreign] = []
    for event in _dated(kept, term, notes):
        events.append(event)
        going(len(events))
    heads = [_properties(calendar.lines) for calendar in calendars]
    names = tuple(name for head in heads if (name := head.get("NAME") or head.get("X-WR-CALNAME")))
    others = [each.name for calendar in calendars for each in calendar.inside if each.name in {"VTODO", "VJOURNAL"}]
    notes.extend(f"{others.count(name)} {name} left out: only events are read" for name in dict.fromkeys(others))
    marks = {name: value for head in heads for name, value in head.items() if name in marked}
    return ForeignCalendar(names, tuple(events), marks, tuple(notes))


def _properties(lines: Sequence[str]) -> Mapping[str, str]:
    """The values of plain properties by their names; the first of each."""
    found: dict[str, str] = {}
    for line in lines:
        head, _, value = line.partition(":")
        found.setdefault(head.partition(";")[0].strip().upper(), value.strip())
    return found


def _sources(calendar: Block, marked: frozenset[str]) -> Iterator[_Source]:
    head = _properties(calendar.lines)
    defined = (each for each in calendar.inside if each.name == "VTIMEZONE")
    zones = {_properties(each.lines).get("TZID", ""): each for each in defined}
    usual = zone_named(head["X-WR-TIMEZONE"], zones) if "X-WR-TIMEZONE" in head else ""
    for block in calendar.inside:
        if block.name == "VEVENT":
            component, marks, broken = _parsed(block, marked, zones)
            is_cancelled = head.get("METHOD", "").upper() == "CANCEL"
            number: Any = component.get("SEQUENCE")
            sequence = int(number) if isinstance(number, int) else 0
            uid, is_series = _text(component, "UID"), repeats(component)
            yield _Source(block, component, is_cancelled, usual or "", marks, broken, uid, sequence, is_series)


def _parsed(
    block: Block, marked: frozenset[str], zones: Mapping[str, Block]
) -> tuple[Any, Mapping[str, str], list[Trouble]]:
    """One event by the library, of the lines that are read; what stands in others does not spoil it."""
    lines, marks, broken = [], {}, []
    for line in block.lines:
        head, colon, value = line.partition(":")
        name = head.partition(";")[0].strip().upper()
        if not colon or not name.replace("-", "").isalnum() or not name.isascii():
            broken.append(Trouble("", f"{_short(line)!r} is not a line of iCalendar", "NAME:value"))
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
        broken.extend(_broken(name, each) for each in _listed(component[name]) if _is_broken(each))
    for name in (*TEXTS, *_TIMES):
        values: Any = component.get(name)
        if isinstance(values, list):
            broken.append(Trouble(name, f"stands {len(values)} times", "once"))
            component[name] = values[0]
    broken.extend(_of_another_type(component))
    return component, marks, broken


def _of_another_type(component: Any) -> Iterator[Trouble]:
    """Values that can be read, but are no day or time where one is needed, or no length."""
    for name in _TIMES:
        value = component.get(name)
        expected: type = timedelta if name == "DURATION" else date
        if value is not None and not _is_broken(value) and not isinstance(getattr(value, "dt", None), expected):
            written: bytes | str = value.to_ical()
            text = written if isinstance(written, str) else written.decode("utf-8", "replace")
            found = f"{_short(text)!r} is not what belongs there"
            yield Trouble(name, found, "a length such as PT3H" if name == "DURATION" else "a day or a time")


def _in_known_zone(line: str, name: str, zones: Mapping[str, Block], broken: list[Trouble]) -> str:
    """The line with the IANA name of its zone, which every library understands; without one nobody knows."""
    head, _, value = line.rpartition(":")  # a TZID may have a colon in it: "(UTC+03:00) Moscow"
    found = _TZID.search(head)
    if found is None:
        return line
    said = found[1].strip('"')
    zone = zone_named(said, zones)
    if zone is None:
        trouble = f"the time zone {_short(said)!r} is not known, and the file does not explain it"
        broken.append(Trouble(name, trouble, "a name such as Europe/Moscow", f"{said}:{value}"))
    return f"{head[: found.start()]}{'' if zone is None else f';TZID={zone}'}{head[found.end() :]}:{value}"


def _broken(name: str, value: Any) -> Trouble:
    expected = {
        "SEQUENCE": "a whole number",
        "RRULE": "a rule such as FREQ=WEEKLY;COUNT=5",
        "DURATION": "a length such as PT3H",
    }
    return Trouble(
        name, f"{_short(str(value))!r} cannot be read", expected.get(name, "a day such as 20201012"), str(value)
    )


def _is_broken(value: Any) -> bool:
    return isinstance(value, icalendar.prop.vBroken)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _text(component: Any, name: str) -> str:
    value = component.get(name)
    return "" if value is None else str(value).strip()


def _newest(sources: Sequence[_Source]) -> tuple[list[_Source], list[str]]:
    """One issue of each event: that with the highest SEQUENCE, of several the last (RFC 5546, 2.1.5)."""
    newest: dict[tuple[object, ...], _Source] = {}
    notes: list[str] = []
    for source in sources:
        before = newest.get(source.key)
        if before is None or source.sequence >= before.sequence:
            newest[source.key] = source
        if before is not None:
            older, newer = sorted((before, source), key=lambda each: each.sequence)
            issue = f"SEQUENCE {older.sequence}; line {newer.block.line} has {newer.sequence}"
            notes.append(f"line {older.block.line}: an earlier issue of {source.uid!r} left out ({issue})")
    return list(newest.values()), notes


def _dated(sources: Sequence[_Source], term: Callable[[], Term | None], notes: list[str]) -> Iterator[Foreign]:
    masters = {source.uid for source in sources if source.uid and source.is_series}
    changed: dict[str, list[_Source]] = {}
    for source in sources:
        if source.uid in masters and "RECURRENCE-ID" in source.component:
            changed.setdefault(source.uid, []).append(source)
    bounds = term() if any(source.is_series for source in sources) else None
    for source in sources:
        if source.is_series:
            yield from _expanded(source, changed.get(source.uid, []), bounds, notes)
        elif source.uid not in masters or "RECURRENCE-ID" not in source.component:
            yield _event(source, source.component)


def _expanded(master: _Source, changed: Sequence[_Source], term: Term | None, notes: list[str]) -> Iterator[Foreign]:
    """The events of a series. One that cannot be expanded is one event with that trouble."""
    alone = _event(master, master.component)
    spoilt = [trouble for other in changed for trouble in _event(other, other.component).troubles]
    if alone.troubles or spoilt:
        yield replace(alone, troubles=(*alone.troubles, *spoilt))
        return
    try:
        found = occurrences(master.component, [other.component for other in changed], term)
    except Refused as refused:
        yield replace(alone, troubles=(Trouble("RRULE", refused.found, refused.expected),))
        return
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError, IndexError) as error:
        yield replace(alone, troubles=(Trouble("RRULE", f"cannot be expanded ({error})"),))
        return
    if not found:
        notes.append(f"line {master.block.line}: no day of the series {_short(alone.summary)!r} falls into the term")
    for component in found:
        yield replace(_event(master, component), of_series=True)


def _event(source: _Source, component: Any) -> Foreign:
    troubles = list(source.broken)
    start, end, zone = _when(source, component, troubles)
    status = "CANCELLED" if source.is_cancelled else _text(component, "STATUS").upper()
    if status not in _STATES:
        troubles.append(Trouble("STATUS", f"{status!r} is no state of an event", "TENTATIVE, CONFIRMED or CANCELLED"))
    return Foreign(
        source.block.line,
        source.uid,
        source.sequence,
        start,
        end,
        zone,
        _text(component, "SUMMARY"),
        _text(component, "DESCRIPTION"),
        _text(component, "LOCATION"),
        status,
        _text(component, "URL"),
        tuple(_categories(component)),
        marks=source.marks,
        troubles=tuple(troubles),
    )


def _categories(component: Any) -> Iterator[str]:
    for value in _listed(component.get("CATEGORIES", [])):
        yield from (str(each).strip() for each in getattr(value, "cats", ()) if str(each).strip())


Moment = date | datetime


def _when(source: _Source, component: Any, troubles: list[Trouble]) -> tuple[Moment | None, Moment | None, str]:
    if any(name in {trouble.name for trouble in troubles} for name in _TIMES):
        return None, None, ""
    if "DTSTART" not in component:
        troubles.append(Trouble("DTSTART", "is missing", "the day or time it starts"))
        return None, None, ""
    start, zone = _local(component["DTSTART"], source)
    end, _ = _end(component, start, zone, source, troubles)
    if isinstance(start, datetime) and _is_whole_day(component, start, end):
        start, zone = start.date(), ""
        end = end.date() if isinstance(end, datetime) else start + timedelta(days=1)
    if end is not None and end < start:
        troubles.append(Trouble("DTEND", f"{_said(end)} is before the start, {_said(start)}", "an end after it"))
        return start, None, zone
    if not isinstance(start, datetime):
        # Some programs write DTEND on the day itself, which is the day after by the letter: a day is meant.
        return start, start if end is None or end == start else end - timedelta(days=1), ""
    return start, end, zone


def _said(moment: Moment) -> str:
    return moment.isoformat(" ", "minutes") if isinstance(moment, datetime) else moment.isoformat()


def _is_whole_day(component: Any, start: datetime, end: Moment | None) -> bool:
    is_marked = _text(component, "X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    return is_marked and start.time() == time() and (not isinstance(end, datetime) or end.time() == time())


def _end(
    component: Any, start: Moment, zone: str, source: _Source, troubles: list[Trouble]
) -> tuple[Moment | None, str]:
    if "DTEND" in component:
        end, its_zone = _local(component["DTEND"], source)
        if isinstance(end, datetime) is not isinstance(start, datetime):
            troubles.append(Trouble("DTEND", "is a day and the start a time, or the other way round", "both alike"))
            return None, ""
        if isinstance(end, datetime) and its_zone != zone and zone and its_zone:
            end = end.replace(tzinfo=ZoneInfo(its_zone)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return end, its_zone
    if "DURATION" not in component:
        return None, ""
    length: timedelta = component["DURATION"].dt
    if length <= timedelta(0):
        troubles.append(Trouble("DURATION", f"{length} is not a length of time", "such as PT3H"))
        return None, ""
    try:
        return start + length, zone
    except OverflowError:
        troubles.append(Trouble("DURATION", f"{length} is too long", "such as PT3H"))
        return None, ""


def _local(value: Any, source: _Source) -> tuple[Moment, str]:
    """The time on the wall and its zone; UTC is shown by the clock of the calendar's zone, where it names one."""
    moment: Moment = value.dt
    if not isinstance(moment, datetime):
        return moment, ""
    named = value.params.get("TZID")
    wall = moment.replace(tzinfo=None)
    if named is None and moment.tzinfo is not None:
        zone = getattr(moment.tzinfo, "key", None) or "Etc/UTC"
        if zone not in {"UTC", "Etc/UTC"} or not source.usual_zone:
            return wall, "Etc/UTC" if zone == "UTC" else zone
        try:
            return moment.astimezone(ZoneInfo(source.usual_zone)).replace(tzinfo=None), source.usual_zone
        except OverflowError:
            return wall, "Etc/UTC"
    if named is None:
        return wall, source.usual_zone
    return wall, str(named)


__all__ = ["Foreign", "ForeignCalendar", "Term", "Trouble", "read_foreign"]
