"""What a change would do to the conflicts, before it is made."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.approval import approvals_after
from planner.domain.beside import Contact, Note
from planner.domain.board import Board, Where
from planner.domain.change import Change, Key, Record, key_of
from planner.domain.clash import Resource
from planner.domain.entries import Programme
from planner.domain.event import BookingSort, Event
from planner.domain.feed import Feed
from planner.domain.finding import Finding
from planner.domain.register import Register, register_of
from planner.domain.sources import Layout, NamedList
from planner.domain.tally import double_bookings
from planner.domain.vicinity import narrowed, vicinity
from planner.domain.window import When
from planner.domain.zone import with_places_around
from planner.rules import RULES
from planner.services.checking import Options, approvals, check, parameters
from planner.store import Snapshot

_JUDGED_ALIKE = frozenset({Event.sort, Layout.sort, NamedList.sort, Note.sort, Contact.sort})
"""Sorts of records of which a change leaves what rules know of a programme as it is."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Listed findings that would be new, and those that would be gone; `board` knows the events of both states."""

    created: tuple[Finding, ...]
    cleared: tuple[Finding, ...]
    board: Board


@dataclass(frozen=True, slots=True)
class Tally:
    """How many double bookings so many changed events would create and clear: counted, not judged."""

    events: int
    created: int
    cleared: int


WHOLE = Options(past=True)
MOST_JUDGED = 1_000
"""Events that change at once up to which every finding is told; of more, only how often they claim one thing twice."""


def outlook(snapshot: Snapshot, changes: Sequence[Change], today: date) -> Forecast | Tally:
    """The forecast of these changes, or what can be counted of it where they are too many to be judged one by one."""
    count = sum(change.key.sort == Event.sort for change in changes)
    return forecast(snapshot, changes, today) if count <= MOST_JUDGED else tally(snapshot, changes)


def tally(snapshot: Snapshot, changes: Sequence[Change]) -> Tally:
    """Of the double bookings that changed events take part in, how many would be new and how many gone.

    An event that goes on claiming the same things at the same time counts as one that does not change.
    """
    records = _records(snapshot)
    before = _board(records.values(), {}, date.min)
    after = _board(_changed(records, changes).values(), {}, date.min)
    was = {(event.programme, event.ref): event for event in before.events}
    same = [
        event
        for event in after.events
        if (old := was.get((event.programme, event.ref))) is not None and _claims_alike(old, event)
    ]
    standing = double_bookings(after, same)
    created, cleared = (double_bookings(board, board.events) - standing for board in (after, before))
    return Tally(sum(change.key.sort == Event.sort for change in changes), created, cleared)


def _claims_alike(one: Event, other: Event) -> bool:
    claims = (replace(event, titles=(), shorts=(), remarks=(), internal=(), item="") for event in (one, other))
    return next(claims) == next(claims)


def forecast(snapshot: Snapshot, changes: Sequence[Change], today: date) -> Forecast:
    """What these changes would create and clear as a check would say it today.

    Past or to come: a change of the past is a change as well.
    """
    records, known = _records(snapshot), dict(approvals(snapshot))
    after = _changed(records, changes)
    before = _board(records.values(), known, today)
    if any(change.key.sort not in _JUDGED_ALIKE for change in changes):
        return _compared(before, _board(after.values(), approvals_after(known, changes), today), None)
    moved = _standing_on(before, after.values(), approvals_after(known, changes))
    keys = (change.key for change in changes)
    return compared(before, moved, {(key.programme, key.code) for key in keys if key.sort == Event.sort})


def compared(before: Board, after: Board, changed: Collection[Where], options: Options = WHOLE) -> Forecast:
    """What a check finds on one board and not on the other, which differ in these events alone.

    Rules that look at what lies near one another look at the vicinity of the changed events on both.
    """
    return _compared(before, after, neighbourhood(before, after, changed), options)


def neighbourhood(before: Board, after: Board, changed: Collection[Where]) -> Collection[Where]:
    """The events that rules of some reach must look at to judge the changed ones."""
    return vicinity((before, after), changed, _reach(before), _crowded_over)


def _compared(before: Board, after: Board, near: Collection[Where] | None, options: Options = WHOLE) -> Forecast:
    was, will_be = (_found(board, near, options) for board in (before, after))
    gone = tuple(event for event in before.events if after.event(event.programme, event.ref) is None)
    registers = {register.programme.code: register for register in (*before.registers, *after.registers)}
    both = Board(after.day, tuple(registers.values()), (*after.events, *gone), after.approvals)
    return Forecast(
        tuple(finding for id_, finding in will_be.items() if id_ not in was),
        tuple(finding for id_, finding in was.items() if id_ not in will_be),
        both,
    )


def _found(board: Board, near: Collection[Where] | None, options: Options) -> dict[str, Finding]:
    """The listed findings by their ids; with `near`, of rules of some reach those about these events."""
    within = None if near is None else narrowed(board, near)
    return {finding.id: finding for finding in check(board, options, within=within).listed}


def _reach(board: Board) -> timedelta:
    """The farthest that any rule with a reach looks."""
    return max((rule.reach(board, parameters(rule, board)) for rule in RULES if rule.reach), default=timedelta())


def _crowded_over(board: Board, event: Event) -> Iterator[Resource]:
    """What events with an open date may compete for: the claims of the rules that look for crowds, and some more."""
    register = board.register(event)
    yield from map(Resource, board.delegations(event))
    for booking in event.bookings:
        if booking.sort is BookingSort.FORCE:
            yield from (Resource(("force", each.code)) for each in register.with_forces_around(booking.code))
        elif booking.sort is BookingSort.PLACE:
            yield from (Resource(("place", each.code)) for each in with_places_around(booking.code, register))


def _changed(records: Mapping[Key, Record], changes: Sequence[Change]) -> dict[Key, Record]:
    """The records after these changes."""
    found = dict(records)
    for change in changes:
        if change.after is None:
            found.pop(change.key, None)
        else:
            found[change.key] = change.after
    return found


def _records(snapshot: Snapshot) -> dict[Key, Record]:
    found: dict[Key, Record] = {key_of(event): event for event in snapshot.events()}
    for programme in snapshot.programmes():
        found[key_of(programme)] = programme
        found.update((key_of(entry), entry) for entry in snapshot.register(programme.code).entries())
    return found


def _board(records: Iterable[Record], approved: Mapping[Where, When], day: date) -> Board:
    listed = list(records)
    empty = Board(day, tuple(_registers(listed)), ())
    return _standing_on(empty, listed, approved)


def _standing_on(board: Board, records: Iterable[Record], approved: Mapping[Where, When]) -> Board:
    """A board with the same registers and these events."""
    known = {register.programme.code for register in board.registers}
    events = sorted(
        (record for record in records if isinstance(record, Event) and record.programme in known),
        key=lambda event: (event.programme, event.ref),
    )
    return board.with_events(tuple(events), tuple(sorted(approved.items(), key=lambda each: each[0])))


def _registers(records: list[Record]) -> Iterable[Register]:
    programmes = sorted((r for r in records if isinstance(r, Programme)), key=lambda programme: programme.code)
    for programme in programmes:
        entries = (r for r in records if not isinstance(r, Event | Programme | Feed) and r.programme == programme.code)
        yield register_of(programme, entries)
