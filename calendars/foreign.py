"""Calendars that other programs made, to dated events: every trap of theirs answered, every loss said.

RFC 5545 is read as people write it. An event that cannot be read keeps its place among the others, with its troubles.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from calendars.lines import blocks
from calendars.moments import Moment, local, when
from calendars.recurring import Refused, Term, occurrences
from calendars.source import (
    Source,
    Trouble,
    is_of_range,
    listed,
    modified,
    properties,
    sequence_of,
    short,
    sources_of,
    text_of,
)

_STATES = frozenset({"", "TENTATIVE", "CONFIRMED", "CANCELLED"})


@dataclass(frozen=True, slots=True)
class Foreign:
    """One event on its days. `start` and `end` are both days (included), or both local times in `zone` (end excluded).

    `recurrence` is the day or local time that an event of a series had by its rule: with `uid` it names that event,
    wherever it moved. `modified` is ISO 8601 in UTC, '' where the file does not say.
    `zone` is '' for floating times and whole days. `line` is where the file begins to speak of it; `of_series` tells a
    day of a series. `marks` are the extensions asked for, as written.
    """

    line: int
    uid: str = ""
    sequence: int = 0
    modified: str = ""
    recurrence: str = ""
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
    sources: list[Source] = []
    for calendar in calendars:
        for source in sources_of(calendar, frozenset(marked)):
            sources.append(source)
            going(len(sources))
    kept, notes = _newest(sources)
    events: list[Foreign] = []
    for event in _dated(kept, term, notes):
        events.append(event)
        going(len(events))
    heads = [properties(calendar.lines) for calendar in calendars]
    names = tuple(name for head in heads if (name := head.get("NAME") or head.get("X-WR-CALNAME")))
    others = [each.name for calendar in calendars for each in calendar.inside if each.name in {"VTODO", "VJOURNAL"}]
    notes.extend(f"{others.count(name)} {name} left out: only events are read" for name in dict.fromkeys(others))
    marks = {name: value for head in heads for name, value in head.items() if name in marked}
    return ForeignCalendar(names, tuple(events), marks, tuple(notes))


def _newest(sources: Sequence[Source]) -> tuple[list[Source], list[str]]:
    """One issue of each event: that with the highest SEQUENCE, of several the last modified (RFC 5546, 2.1.5)."""
    newest: dict[tuple[object, ...], Source] = {}
    notes: list[str] = []
    for source in sources:
        before = newest.get(source.key)
        if before is None or source.issue >= before.issue:
            newest[source.key] = source
        if before is not None:
            older, newer = sorted((before, source), key=lambda each: each.issue)
            issue = f"SEQUENCE {older.issue[0]}, line {newer.block.line} has {newer.issue[0]}"
            notes.append(f"line {older.block.line}: an earlier issue of {source.uid!r} left out ({issue})")
    return list(newest.values()), notes


def _dated(sources: Sequence[Source], term: Callable[[], Term | None], notes: list[str]) -> Iterator[Foreign]:
    masters = {source.uid for source in sources if source.uid and source.is_series}
    changed: dict[str, list[Source]] = {}
    for source in sources:
        if source.uid in masters and "RECURRENCE-ID" in source.component:
            changed.setdefault(source.uid, []).append(source)
    bounds = term() if any(source.is_series for source in sources) else None
    for source in sources:
        if source.is_series:
            yield from _expanded(source, changed.get(source.uid, []), bounds, notes)
        elif source.uid not in masters or "RECURRENCE-ID" not in source.component:
            yield _event(source, source.component)


def _expanded(master: Source, changed: Sequence[Source], term: Term | None, notes: list[str]) -> Iterator[Foreign]:
    """The events of a series. One that cannot be expanded is one event with that trouble."""
    alone = _event(master, master.component)
    others = [(other, _event(other, other.component)) for other in changed]
    spoilt = [trouble for _, event in others for trouble in event.troubles]
    ranges = {each.recurrence: each.start for other, each in others if is_of_range(other.component)}
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
        notes.append(f"line {master.block.line}: no day of the series {short(alone.summary)!r} falls into the term")
    for component in found:
        event = _event(master, component)
        yield replace(event, of_series=True, recurrence=_by_rule(event, ranges))


def _recurrence(source: Source, component: Any) -> str:
    """What RECURRENCE-ID says, by the clock of the event."""
    said = component.get("RECURRENCE-ID")
    return _moment(local(said, source)[0]) if isinstance(getattr(said, "dt", None), date) else ""


def _by_rule(event: Foreign, ranges: Mapping[str, Moment | None]) -> str:
    """The day an event of a series had by its rule; those changed from one day on all name that day, and follow it."""
    first = ranges.get(event.recurrence)
    if not event.recurrence or event.start is None:
        return _moment(event.start)
    if isinstance(first, datetime) and isinstance(event.start, datetime):
        return _moment(datetime.fromisoformat(event.recurrence) + (event.start - first))
    if first is not None and not isinstance(first, datetime) and not isinstance(event.start, datetime):
        return _moment(date.fromisoformat(event.recurrence) + (event.start - first))
    return event.recurrence


def _moment(moment: date | datetime | None) -> str:
    return "" if moment is None else moment.isoformat()


def _event(source: Source, component: Any) -> Foreign:
    troubles = list(source.broken)
    start, end, zone = when(source, component, troubles)
    status = "CANCELLED" if source.is_cancelled else text_of(component, "STATUS").upper()
    if status not in _STATES:
        troubles.append(Trouble("STATUS", f"{status!r} is no state of an event", "TENTATIVE, CONFIRMED or CANCELLED"))
    return Foreign(
        source.block.line,
        source.uid,
        sequence_of(component),
        modified(component),
        _recurrence(source, component),
        start,
        end,
        zone,
        text_of(component, "SUMMARY"),
        text_of(component, "DESCRIPTION"),
        text_of(component, "LOCATION"),
        status,
        text_of(component, "URL"),
        tuple(_categories(component)),
        marks=source.marks,
        troubles=tuple(troubles),
    )


def _categories(component: Any) -> Iterator[str]:
    for value in listed(component.get("CATEGORIES", [])):
        yield from (str(each).strip() for each in getattr(value, "cats", ()) if str(each).strip())


__all__ = ["Foreign", "ForeignCalendar", "Term", "Trouble", "read_foreign"]
