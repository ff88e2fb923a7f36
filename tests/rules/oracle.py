"""What the rules about pairs must find, by comparing every pair in every placement, with no sweep and no index.

Written from the design alone: nothing here calls what it is compared with. Three sentences decide whether two placed
windows meet: whole days by their local dates; clock times as instants; a whole day against a clock time by the dates
the clock time has in the zone of the whole day.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

from planner.domain.event import MEMBERS, BookingSort, Event, Relation, Role, Status
from planner.domain.window import Window
from tests.builders import ZONES
from tests.rules.worlds import (
    FORCES,
    GENERAL,
    JOINED,
    LEVELS,
    OFFICIAL,
    PLACES,
    USUAL_DAYS,
    USUAL_MINUTES,
    WITHOUT_CAPACITY,
)

_CLAIM = {Role.CHAIR, Role.HOST, Role.REQUIRED}


class Said(NamedTuple):
    """What a rule says of a pair; `share` of the placements that clash, 1 for what is certain."""

    rule: str
    refs: tuple[str, ...]
    severity: str
    certainty: str
    shared: tuple[str, ...]
    share: Fraction


def starts(window: Window, days: int) -> list[date]:
    return [window.first + timedelta(days=n) for n in range((window.last - window.first).days + 2 - days)]


def placements(window: Window, least: bool) -> list[tuple[date, int]]:
    """(start day, length) of every placement: with the least length, or the stated or usual one."""
    if window.at is not None:
        length = window.length or (1 if least else USUAL_MINUTES)
        return [(day, length) for day in starts(window, 1)]
    length = window.length or (1 if least else min(USUAL_DAYS, (window.last - window.first).days + 1))
    return [(day, length) for day in starts(window, length)]


def placed_meet(a: Window, x: tuple[date, int], b: Window, y: tuple[date, int]) -> bool:
    if a.at is None and b.at is None:
        return bool(whole(x) & whole(y))
    if a.at is None:
        return bool(whole(x) & local_dates(b, y, a.zone))
    if b.at is None:
        return bool(whole(y) & local_dates(a, x, b.zone))
    one, other = clock(a, x), clock(b, y)
    return max(one[0], other[0]) < min(one[1], other[1])


def whole(placed: tuple[date, int]) -> set[date]:
    return {placed[0] + timedelta(days=n) for n in range(placed[1])}


def clock(window: Window, placed: tuple[date, int]) -> tuple[datetime, datetime]:
    assert window.at is not None
    begins = datetime.combine(placed[0], window.at, ZoneInfo(window.zone)).astimezone(UTC)
    return begins, begins + timedelta(minutes=placed[1])


def local_dates(window: Window, placed: tuple[date, int], zone: str) -> set[date]:
    begins, ends = clock(window, placed)
    first = begins.astimezone(ZoneInfo(zone)).date()
    last = (ends - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date()
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def meeting(one: Event, other: Event) -> tuple[str, Fraction] | None:
    """How surely some sittings of them meet, and in which share of the placements of those that most likely do."""
    shares = []
    for a in one.when.windows:
        for b in other.when.windows:
            if all(placed_meet(a, x, b, y) for x in placements(a, True) for y in placements(b, True)):
                return "certain", Fraction(1)
            tried = [placed_meet(a, x, b, y) for x in placements(a, False) for y in placements(b, False)]
            shares.append(Fraction(sum(tried), len(tried)))
    return ("possible", max(shares)) if max(shares) else None


def head(event: Event, events: dict[str, Event]) -> str:
    for link in event.links:
        if link.relation in {Relation.PART_OF, Relation.AROUND}:
            return head(events[link.ref], events)
    return event.ref


def belong_together(one: Event, other: Event, events: dict[str, Event]) -> bool:
    heads = {head(one, events), head(other, events)}
    held = {frozenset((e.ref, k.ref)) for e in events.values() for k in e.links if k.relation is Relation.WITH}
    return len(heads) == 1 or frozenset(heads) in held or frozenset((one.ref, other.ref)) in held


def above(code: str, tree: dict[str, str]) -> set[str]:
    return {code} | (above(tree[code], tree) if tree[code] else set())


def common(one: Event, other: Event, sort: BookingSort, tree: dict[str, str]) -> set[str]:
    """The outer one of two things booked where they are the same, or one lies in the other."""
    mine, theirs = ([each.code for each in event.bookings if each.sort is sort] for event in (one, other))
    found = {b for a in mine for b in theirs if b in above(a, tree)}
    return found | {a for a in mine for b in theirs if a in above(b, tree)}


def delegations(event: Event) -> set[tuple[str, str]]:
    """(state, level) of all who must be there."""
    levels = [LEVELS[body] for body in event.bodies] or ["envoys" if event.kind == "statutory_meeting" else ""]
    found = set()
    for booking in event.bookings:
        if booking.sort is BookingSort.PARTY and booking.role in _CLAIM:
            day = event.when.windows[0].first
            members = [state for state in ZONES if JOINED.get(state, day) <= day]
            states = members if booking.code == MEMBERS else [booking.code] if booking.code in ZONES else []
            found |= {(state, level) for state in states for level in ([booking.level] if booking.level else levels)}
    return found


def needed_officials(event: Event) -> set[str]:
    """Those booked by name who must be there."""
    parties = (each for each in event.bookings if each.sort is BookingSort.PARTY and each.role in _CLAIM)
    return {each.code for each in parties if each.code == OFFICIAL}


def is_outside(event: Event) -> bool:
    return event.kind == "external"


def standing(listed: list[Event]) -> list[Event]:
    gone = {
        link.ref
        for event in listed
        for link in event.links
        if link.relation is Relation.REPLACES and event.status is not Status.CANCELLED
    }
    off = {Status.CANCELLED, Status.POSTPONED}
    return [event for event in listed if event.status not in off and event.ref not in gone]


def expected(listed: list[Event]) -> set[Said]:
    """What the rules must say of the pairs of these events."""
    events = {event.ref: event for event in listed}
    return {
        said
        for one, other in combinations(sorted(standing(listed), key=lambda event: event.ref), 2)
        if not belong_together(one, other, events)
        for met in [meeting(one, other)]
        if met is not None
        for said in _of_pair(one, other, *met)
    }


def _of_pair(one: Event, other: Event, certainty: str, share: Fraction) -> Iterator[Said]:
    refs = one.ref, other.ref
    is_certain = certainty == "certain"

    def said(rule: str, severity: str, shared: set[str]) -> Said:
        both_outside = is_outside(one) and is_outside(other)
        return Said(rule, refs, "info" if both_outside else severity, certainty, tuple(sorted(shared)), share)

    grave = "error" if is_certain else "warning"
    places = common(one, other, BookingSort.PLACE, PLACES) - {WITHOUT_CAPACITY}
    if places:
        yield said("C02", grave, places)
    if one.blocks is False or other.blocks is False:
        return
    officials = needed_officials(one) & needed_officials(other)
    if is_certain and officials:
        yield said("C05", "error", officials)
    forces = common(one, other, BookingSort.FORCE, FORCES) - {GENERAL}
    if forces:
        minor = any(e.kind == "training" or any(k.relation is Relation.AROUND for k in e.links) for e in (one, other))
        yield said("C04", "warning" if minor else grave, forces)
    if is_certain and is_outside(one) != is_outside(other):
        yield from _outside_date(one, other, said)
    same = delegations(one) & delegations(other)
    if same:
        level = max(level for _, level in same)
        yield said("C01", grave if level else "warning", {state for state, its in same if its == level})
    elif is_certain and {state for state, _ in delegations(one)} & {state for state, _ in delegations(other)}:
        yield said("C01", "info", {state for state, _ in delegations(one)} & {state for state, _ in delegations(other)})


def _outside_date(one: Event, other: Event, said: Callable[[str, str, set[str]], Said]) -> Iterator[Said]:
    """One of ours on a fixed outside date, with people of one known level or the very same force."""
    outside = one if is_outside(one) else other
    if not all(window.is_fixed for window in outside.when.windows):
        return
    people = {state for state, level in delegations(one) & delegations(other) if level}
    forces = [{each.code for each in event.bookings if each.sort is BookingSort.FORCE} for event in (one, other)]
    shared = people | (forces[0] & forces[1]) - {GENERAL}
    if shared:
        yield said("C14", "error", shared)
