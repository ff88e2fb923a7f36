"""What a change would do to the conflicts, before it is made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.approval import approvals_after
from planner.domain.board import Board, Where
from planner.domain.change import Change, Key, Record, key_of
from planner.domain.entries import Programme
from planner.domain.event import Event
from planner.domain.feed import Feed
from planner.domain.finding import Finding
from planner.domain.register import Register, register_of
from planner.domain.tally import double_bookings
from planner.domain.window import When
from planner.services.checking import Options, approvals, check
from planner.store import Snapshot


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


MOST_JUDGED = 1_000
"""Events that change at once up to which every finding is told; of more, only how often they claim one thing twice."""


def outlook(snapshot: Snapshot, changes: Sequence[Change]) -> Forecast | Tally:
    """The forecast of these changes, or what can be counted of it where they are too many to be judged one by one."""
    count = sum(change.key.sort == Event.sort for change in changes)
    return forecast(snapshot, changes) if count <= MOST_JUDGED else tally(snapshot, changes)


def tally(snapshot: Snapshot, changes: Sequence[Change]) -> Tally:
    """Of the double bookings that changed events take part in, how many would be new and how many gone.

    An event that goes on claiming the same things at the same time counts as one that does not change.
    """
    records = _records(snapshot)
    before = _board(records.values(), {})
    after = _board(_changed(records, changes).values(), {})
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


def forecast(snapshot: Snapshot, changes: Sequence[Change]) -> Forecast:
    """What these changes would create and clear, past or to come: a change of the past is a change as well."""
    records = _records(snapshot)
    known = dict(approvals(snapshot))
    before = _board(records.values(), known)
    after = _board(_changed(records, changes).values(), approvals_after(known, changes))
    was, will_be = (_listed(board) for board in (before, after))
    gone = [event for event in before.events if after.event(event.programme, event.ref) is None]
    registers = {register.programme.code: register for register in (*before.registers, *after.registers)}
    both = Board(after.day, tuple(registers.values()), (*after.events, *gone), after.approvals)
    return Forecast(
        tuple(finding for id_, finding in will_be.items() if id_ not in was),
        tuple(finding for id_, finding in was.items() if id_ not in will_be),
        both,
    )


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


def _board(records: Iterable[Record], approved: Mapping[Where, When]) -> Board:
    """A board that stands before the first day, so that nothing on it is past."""
    listed = list(records)
    registers = tuple(_registers(listed))
    known = {register.programme.code for register in registers}
    events = sorted(
        (record for record in listed if isinstance(record, Event) and record.programme in known),
        key=lambda event: (event.programme, event.ref),
    )
    days = [window.first for event in events for window in event.when.windows]
    first = min([register.programme.first for register in registers] + days) if registers else date.min
    return Board(first, registers, tuple(events), tuple(sorted(approved.items(), key=lambda each: each[0])))


def _registers(records: list[Record]) -> Iterable[Register]:
    programmes = sorted((r for r in records if isinstance(r, Programme)), key=lambda programme: programme.code)
    for programme in programmes:
        entries = (r for r in records if not isinstance(r, Event | Programme | Feed) and r.programme == programme.code)
        yield register_of(programme, entries)


def _listed(board: Board) -> dict[str, Finding]:
    return {finding.id: finding for finding in check(board, Options(past=True)).listed}
