"""The tables of a programme file, one reader for each sort of entry."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import available_timezones

from planner.domain.decision import Decision, Item
from planner.domain.entries import (
    Body,
    DayKind,
    Disclosure,
    Facility,
    Family,
    Force,
    Holiday,
    Kind,
    KnownName,
    LeadTime,
    Party,
    PartySort,
    Place,
    Preparation,
    Priority,
    Standing,
)
from planner.readers import states
from planner.readers.defaults import BLOCKING, disclosure_of, usual_days
from planner.readers.toml import TableReader


def priority(table: TableReader, programme: str) -> Priority:
    return Priority(programme, table.text("id", needed=True), table.texts("title", needed=True))


def party(table: TableReader, programme: str) -> Party:
    """A state has its names and zone built in; what the file says goes before it."""
    code = table.text("code", needed=True)
    sort = table.choice("sort", PartySort, None)
    state = states.state_named(code) if code and sort in {None, PartySort.STATE} else None
    built_in = states.party_of(programme, state) if state is not None and state.code == code else None
    base = built_in or Party(programme, code, party_sort=sort or PartySort.ORGANISATION)
    names = table.texts("name", needed=built_in is None)
    return replace(
        base,
        names=names or base.names,
        aliases=table.words("aliases") or base.aliases,
        standing=table.choice("role", Standing, Standing.OTHER) or Standing.OTHER,
        zone=_zone(table) or base.zone,
        capital=table.texts("capital") or base.capital,
        first=table.day("from"),
        last=table.day("until"),
    )


def as_member(one: Party) -> Party:
    return replace(one, standing=Standing.MEMBER)


def _zone(table: TableReader) -> str:
    zone = table.text("zone")
    if zone and zone not in available_timezones():
        table.wrong("zone", f"{zone!r} is not a time zone", "an IANA name such as 'Europe/Moscow'")
        return ""
    return zone


def body(table: TableReader, programme: str) -> Body:
    prepares: list[Preparation] = []

    def prepared(inner: TableReader) -> None:
        prepares.append(Preparation(inner.text("body", needed=True), inner.number("least_days", 1)))

    table.tables("prepares", prepared)
    return Body(
        programme,
        table.text("code", needed=True),
        table.texts("name"),
        table.texts("short"),
        table.words("aliases"),
        table.text("level"),
        tuple(prepares),
        table.text("host"),
        table.number("yearly"),
        table.text("leader"),
        table.number("quorum"),
    )


def kind(table: TableReader, programme: str) -> Kind:
    """What is not said is what is usual for its family."""
    if not table.has("family"):
        table.wrong("family", "is missing", f"one of {', '.join(each.value for each in Family)}")
    family = table.choice("family", Family, None) or Family.CONFERENCE
    return Kind(
        programme,
        table.text("code", needed=True),
        family,
        table.texts("name"),
        table.words("words"),
        table.text("prefix"),
        table.text("level"),
        table.flag("needs_decision"),
        table.number("usual_days", usual_days(family), least=1),
        table.number("usual_minutes", 180, least=1),
        table.words("not_for"),
        table.flag("blocks", family in BLOCKING),
        table.choice("disclosure", Disclosure, disclosure_of(family)) or Disclosure.MEMBER,
        table.flag("avoid"),
        table.text("leader"),
        _lead_times(table),
    )


def _lead_times(table: TableReader) -> tuple[LeadTime, ...]:
    """The milestones of a kind, the earliest first."""
    found: list[LeadTime] = []

    def lead_time(inner: TableReader) -> None:
        names = inner.texts("name", needed=True)
        found.append(LeadTime(names, inner.number("days", 1, least=1), inner.text("kind")))

    table.tables("lead_times", lead_time)
    return tuple(sorted(found, key=lambda each: (-each.days, each.names)))


def name(table: TableReader, programme: str) -> KnownName:
    """Names of one thing in titles; an event's own are written by merging, not by a file."""
    return KnownName(programme, table.text("name", needed=True), table.words("also"))


def force(table: TableReader, programme: str) -> Force:
    return Force(
        programme,
        table.text("code", needed=True),
        table.texts("name"),
        table.words("aliases"),
        table.text("within"),
        table.number("recovery_days"),
        table.flag("general"),
    )


def place(table: TableReader, programme: str) -> Place:
    latitude, longitude = _coordinates(table)
    return Place(
        programme,
        table.text("code", needed=True),
        table.texts("name", needed=True),
        table.words("aliases"),
        table.text("state"),
        _zone(table),
        latitude,
        longitude,
        table.optional_number("capacity", least=1),
        table.text("within"),
        table.numbers("travel", least=0, what="hours of travel to a place"),
    )


def _coordinates(table: TableReader) -> tuple[float | None, float | None]:
    at = table.raw("at")
    if at is None:
        return None, None
    is_pair = isinstance(at, list) and len(at) == 2 and all(isinstance(each, int | float) for each in at)
    if not is_pair or not (-90 <= at[0] <= 90 and -180 <= at[1] <= 180):
        table.wrong("at", f"{at!r} is not a place on earth", "[latitude, longitude] in degrees, such as [55.4, 30.2]")
        return None, None
    return float(at[0]), float(at[1])


def facility(table: TableReader, programme: str) -> Facility:
    return Facility(
        programme,
        table.text("code", needed=True),
        table.texts("name"),
        table.words("aliases"),
        table.optional_number("supply"),
    )


def decision(table: TableReader, programme: str) -> Decision:
    items: list[Item] = []
    table.tables("items", lambda inner: items.append(_item(inner)))
    return Decision(
        programme,
        table.text("code", needed=True),
        table.texts("title"),
        table.words("aliases"),
        table.text("body"),
        table.text("number"),
        table.day("day"),
        tuple(items),
    )


def _item(table: TableReader) -> Item:
    return Item(table.text("number", needed=True), table.text("title", needed=True), table.text("when"))


def holiday(table: TableReader, programme: str) -> Holiday | None:
    day = table.day("day", needed=True)
    state = table.text("state", needed=True)
    names, estimated = table.texts("name"), table.flag("estimated")
    sort = table.choice("kind", DayKind, DayKind.PUBLIC) or DayKind.PUBLIC
    source = table.text("source", "programme file")
    return None if day is None else Holiday(programme, state, day, names, sort, estimated, source)


READERS: Mapping[str, Callable[..., Any]] = {
    "priority": priority,
    "party": party,
    "body": body,
    "kind": kind,
    "force": force,
    "place": place,
    "facility": facility,
    "decision": decision,
    "holiday": holiday,
    "name": name,
}
