"""What a list says of an event, merged three ways with the plan and with what that list said last (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from planner.domain.change import Difference
from planner.domain.event import Event
from planner.domain.fields import event_of, field_named, with_values
from planner.domain.listing import Outcome
from planner.domain.register import Register
from planner.domain.status import approved_or_proposed
from planner.domain.window import When, renumbered
from planner.errors import Doubt, Problem
from planner.readers.listing import ReadRow
from planner.services.reissued import Issue
from planner.store import Snapshot

Side = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Merge:
    """What a three-way merge looks at: the plan, what this list said last of each event, whose word counts in doubt.

    `named` are the events that the last issue of the list names; the base knows those of earlier issues as well.
    `issues` are SEQUENCE and last modification of the entry of a calendar that was imported as an event, by reference.
    """

    current: Mapping[str, Event]
    base: Mapping[str, Event]
    by_hand: frozenset[str]
    prefer: Side | None = None
    removed: frozenset[str] = frozenset()
    partial: bool = False
    sides: tuple[tuple[str, Side], ...] = ()
    link_phases: bool = False
    allow_removals: bool = False
    named: frozenset[str] = frozenset()
    issues: Mapping[str, Issue] = field(default_factory=dict)

    def side_of(self, field: str) -> Side | None:
        """Whose word counts in that field where both sides changed it; None when nobody said."""
        said = dict(self.sides)
        return said.get(field) or said.get(field.rpartition("_")[0]) or self.prefer


def merge_with(snapshot: Snapshot, register: Register, list_name: str) -> Merge:
    """What a list of that name is merged with, as the snapshot shows it."""
    programme = register.programme.code
    current = {event.ref: event for event in snapshot.events(programme)}
    base = snapshot.base(programme, list_name)
    by_hand = snapshot.written_by_hand(programme) if current.keys() - base.keys() else frozenset()
    removed = frozenset(event.ref for event, _ in snapshot.removed(programme))
    named = snapshot.last_named(programme, list_name)
    return Merge(current, base, by_hand, removed=removed, named=named)


def said_by(row: ReadRow, register: Register, merge: Merge) -> Event | None:
    """The event as the row says it: whole, or as it was exported with what the row changes of it."""
    if row.is_amendment:
        return with_values(merge.base[row.ref], row.values)
    return _as_listed(row, register) if "kind" in row.values else None


def _as_listed(row: ReadRow, register: Register) -> Event:
    """The event as the list alone says it; a list without a column of statuses means planned ones."""
    kind, decision = str(row.values["kind"]), str(row.values.get("decision", ""))
    values = {"status": approved_or_proposed(register, kind, decision), **row.values}
    return event_of(row.ref, register.programme.code, values)


def _put(event: Event, name: str, value: object) -> Event:
    field = field_named(name)
    assert field is not None, name
    return field.put(event, value)


def merge_row(
    row: ReadRow, said: Event | None, merge: Merge, file_name: str
) -> tuple[Outcome, Event | None, tuple[Difference, ...], list[Problem]]:
    """What becomes of the row, the event after it (None when it cannot be applied), and the fields to decide."""
    if said is None:
        return Outcome.UNREAD, None, (), []
    current = merge.current.get(row.ref)
    if current is None and row.is_amendment:
        return Outcome.UNDECIDED, None, (), [_removed_since(row, file_name)]
    if current is None:
        return Outcome.NEW, said, (), []
    event, clashes = current, []
    for name in row.values:
        taken = _merge_field(name, said, current, merge, row.ref)
        if taken is None:
            clashes.append(Difference(name, _get(name, current), _get(name, said)))
        else:
            event = _put(event, name, taken[0])
    event = replace(event, when=_same_parts(event.when, current.when))
    if clashes:
        return Outcome.UNDECIDED, None, tuple(clashes), [_clash(each.field, row, file_name) for each in clashes]
    return (Outcome.UNCHANGED if event == current else Outcome.CHANGED), event, (), []


def _removed_since(row: ReadRow, file_name: str) -> Problem:
    found = f"{row.ref} was removed from the plan since this was exported"
    remedy = "take the row out, or add it anew"
    return Problem(f"{file_name}, row {row.number}", found, remedy=remedy, row=row.number)


def _get(name: str, event: Event) -> object:
    field = field_named(name)
    assert field is not None, name
    return field.get(event)


def _same_parts(when: When, before: When) -> When:
    return when if when == before else renumbered(when, before)


def _merge_field(name: str, said: Event, current: Event, merge: Merge, ref: str) -> tuple[object] | None:
    """The value to stand in that field, in a tuple of one; None when a person must decide.

    A local edit survives a list that did not change there. Without a base, a value that no hand has touched gives way,
    but never to an empty cell: a list that says nothing takes nothing away.
    """
    field = field_named(name)
    assert field is not None
    if name == "foreign_uid":
        return (field.get(said),)  # nobody's word but that calendar's
    listed, ours, before = field.get(said), field.get(current), merge.base.get(ref)
    if listed == ours or (before is None and not listed):
        return (ours,)
    if before is not None and field.get(before) == listed:
        return (ours,)
    if (field.get(before) == ours) if before is not None else (ref not in merge.by_hand):
        return (listed,)
    side = merge.side_of(name)
    if side is None:
        return None
    return (ours,) if side == "ours" else (listed,)


def _clash(name: str, row: ReadRow, file_name: str) -> Problem:
    where = f'{file_name}, row {row.number}, field "{name}"'
    found = f"{row.ref} was changed here by hand and in the list as well"
    remedy = f"say --theirs {name} to take the list's word, --ours {name} to keep yours"
    return Doubt(where, found, "", remedy, row.number, name, "side", name, ("theirs", "ours"))
