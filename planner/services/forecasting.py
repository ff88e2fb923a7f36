"""What a change would do to the conflicts, before it is made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.approval import approvals_after
from planner.domain.board import Board, Where
from planner.domain.change import Change, Key, Record, key_of
from planner.domain.entries import Programme
from planner.domain.event import Event
from planner.domain.feed import Feed
from planner.domain.finding import Finding
from planner.domain.register import Register, register_of
from planner.domain.window import When
from planner.services.checking import Options, approvals, check
from planner.store import Snapshot


@dataclass(frozen=True, slots=True)
class Forecast:
    """Listed findings that would be new, and those that would be gone; `board` knows the events of both states."""

    created: tuple[Finding, ...]
    cleared: tuple[Finding, ...]
    board: Board


def forecast(snapshot: Snapshot, changes: Sequence[Change]) -> Forecast:
    """What these changes would create and clear, past or to come: a change of the past is a change as well."""
    records = _records(snapshot)
    known = dict(approvals(snapshot))
    before = _board(records.values(), known)
    for change in changes:
        if change.after is None:
            records.pop(change.key, None)
        else:
            records[change.key] = change.after
    after = _board(records.values(), approvals_after(known, changes))
    was, will_be = (_listed(board) for board in (before, after))
    gone = [event for event in before.events if after.event(event.programme, event.ref) is None]
    registers = {register.programme.code: register for register in (*before.registers, *after.registers)}
    both = Board(after.day, tuple(registers.values()), (*after.events, *gone), after.approvals)
    return Forecast(
        tuple(finding for id_, finding in will_be.items() if id_ not in was),
        tuple(finding for id_, finding in was.items() if id_ not in will_be),
        both,
    )


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
