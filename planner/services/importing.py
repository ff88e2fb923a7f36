"""From a list as read to the changes it means: new, changed, unchanged, to decide and unread rows (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from planner.domain.change import Change, Difference, Key, key_of
from planner.domain.event import Event
from planner.domain.fields import field_named, fields_changed
from planner.domain.listing import ImportRun, ListedRow, Outcome
from planner.domain.register import Register
from planner.domain.status import approved_or_proposed
from planner.domain.texts import Names
from planner.domain.window import When, renumbered
from planner.errors import Problem
from planner.readers.listing import ReadList, ReadRow, Section
from planner.services.history import named_by
from planner.services.identity import identify
from planner.services.proposal import Proposal
from planner.store import Snapshot

Side = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row. `differences` are what applying it would change of the event."""

    number: int
    ref: str
    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan(Proposal):
    """An import before it is applied. All or nothing: with problems there are no changes, unless it is partial.

    `gone` are events that this list named last time and names no more; they stay. Rows without a reference either
    mean an event by its title or item (`matched`), or get a reference now (`given`).
    """

    rows: tuple[PlannedRow, ...] = ()
    gone: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    unread_columns: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for row in self.rows for problem in row.problems)

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)


@dataclass(frozen=True, slots=True)
class Merge:
    """What a three-way merge looks at: the plan, what this list said last time, and whose word counts in doubt."""

    current: Mapping[str, Event]
    base: Mapping[str, Event]
    by_hand: frozenset[str]
    prefer: Side | None = None
    removed: frozenset[str] = frozenset()
    partial: bool = False


def propose_import(
    snapshot: Snapshot,
    listed: ReadList,
    register: Register,
    list_name: str,
    prefer: Side | None = None,
    *,
    partial: bool = False,
) -> ImportPlan:
    """The plan of importing this list into the plan as the snapshot shows it; `partial` leaves bad rows out."""
    programme = register.programme.code
    current = {event.ref: event for event in snapshot.events(programme)}
    base = snapshot.base(programme, list_name)
    by_hand = _changed_by_hand(snapshot, programme, current.keys() - base.keys())
    removed = frozenset(event.ref for event, _ in snapshot.removed(programme))
    merge = Merge(current, base, by_hand, prefer, removed, partial)
    return plan_import(listed, register, list_name, merge, snapshot.revision)


def _changed_by_hand(snapshot: Snapshot, programme: str, refs: Iterable[str]) -> frozenset[str]:
    """Of these events, those that anything but an import has written."""
    return frozenset(
        ref
        for ref in refs
        if any(logged.revision.means != "import" for logged in snapshot.history(Key("event", programme, ref)))
    )


def plan_import(listed: ReadList, register: Register, list_name: str, merge: Merge, revision: int) -> ImportPlan:
    """What applying this list would do, row by row, and the changes if every row can be applied."""
    programme = register.programme.code
    identified = identify(listed.rows, merge.current, merge.base, register, merge.removed)
    rows = [replace(row, ref=identified.refs.get(row.number, "")) for row in listed.rows]
    refs = {row.ref for row in rows} | merge.current.keys()
    planned: list[PlannedRow] = []
    changes: list[Change] = []
    kept: list[ListedRow] = []
    for row in rows:
        problems = [*row.problems, *_dangling_links(row, refs, listed.table.file_name)]
        said = None if problems else _said(row, register, merge)
        outcome, event, clashes = _merge_row(row, said, merge, listed.table.file_name)
        before = merge.current.get(row.ref)
        different = () if event is None else fields_changed(before or _blank(event), event)
        planned.append(PlannedRow(row.number, row.ref, outcome, different, (*problems, *clashes)))
        kept.append(ListedRow(row.number, row.cells, outcome, row.ref, said))
        if event is not None and event != before:
            changes.append(Change(before, event))
    is_applied = bool(changes) and (merge.partial or not any(row.problems for row in planned))
    needed = {key for change in changes if isinstance(change.after, Event) for key in named_by(change.after)}
    additions = [Change(None, entry) for entry in listed.additions if key_of(entry) in needed]
    return ImportPlan(
        revision,
        "import",
        (*additions, *changes) if is_applied else (),
        run=_run(listed, programme, list_name, kept),
        rows=tuple(planned),
        gone=tuple(sorted((merge.base.keys() & merge.current.keys()) - {row.ref for row in rows})),
        matched=tuple(identified.refs[number] for number in identified.matched),
        sections=listed.sections,
        given=tuple(identified.refs[number] for number in identified.given),
        unread_columns=tuple(heading for heading, column in listed.columns if not column),
    )


def _said(row: ReadRow, register: Register, merge: Merge) -> Event | None:
    """The event as the row says it: whole, or as it was exported with what the row changes of it."""
    if row.is_amendment:
        event = merge.base[row.ref]
        for name, value in row.values.items():
            event = _put(event, name, value)
        return event
    return _as_listed(row, register) if "kind" in row.values else None


def _as_listed(row: ReadRow, register: Register) -> Event:
    """The event as the list alone says it; a list without a column of statuses means planned ones."""
    kind, decision = str(row.values["kind"]), str(row.values.get("decision", ""))
    status = approved_or_proposed(register, kind, decision)
    event = Event(row.ref, register.programme.code, kind, status)
    for name, value in row.values.items():
        event = _put(event, name, value)
    return event


def _blank(event: Event) -> Event:
    return Event(event.ref, event.programme, "")


def _put(event: Event, name: str, value: object) -> Event:
    field = field_named(name)
    assert field is not None, name
    return field.put(event, value)


def _merge_row(
    row: ReadRow, said: Event | None, merge: Merge, file_name: str
) -> tuple[Outcome, Event | None, list[Problem]]:
    """What becomes of the row, the event after it (None when it cannot be applied), and the fields to decide."""
    if said is None:
        return Outcome.UNREAD, None, []
    current = merge.current.get(row.ref)
    if current is None and row.is_amendment:
        where = f"{file_name}, row {row.number}"
        found = f"{row.ref} was removed from the plan since this was exported"
        return (
            Outcome.UNDECIDED,
            None,
            [Problem(where, found, remedy="take the row out, or add it anew", row=row.number)],
        )
    if current is None:
        return Outcome.NEW, said, []
    event, clashes = current, []
    for name in row.values:
        taken = _merge_field(name, said, current, merge, row.ref)
        if taken is None:
            clashes.append(_clash(name, row, file_name))
        else:
            event = _put(event, name, taken[0])
    event = replace(event, when=_same_parts(event.when, current.when))
    if clashes:
        return Outcome.UNDECIDED, None, clashes
    return (Outcome.UNCHANGED if event == current else Outcome.CHANGED), event, []


def _same_parts(when: When, before: When) -> When:
    return when if when == before else renumbered(when, before)


def _merge_field(name: str, said: Event, current: Event, merge: Merge, ref: str) -> tuple[object] | None:
    """The value to stand in that field, in a tuple of one; None when a person must decide.

    A local edit survives a list that did not change there. Without a base, a value that no hand has touched gives way,
    but never to an empty cell: a list that says nothing takes nothing away.
    """
    field = field_named(name)
    assert field is not None
    listed, ours, before = field.get(said), field.get(current), merge.base.get(ref)
    if listed == ours or (before is None and not listed):
        return (ours,)
    if before is not None and field.get(before) == listed:
        return (ours,)
    if (field.get(before) == ours) if before is not None else (ref not in merge.by_hand):
        return (listed,)
    if merge.prefer is None:
        return None
    return (ours,) if merge.prefer == "ours" else (listed,)


def _clash(name: str, row: ReadRow, file_name: str) -> Problem:
    found = f"{row.ref} was changed here by hand and in the list as well"
    remedy = "say --theirs to take the list's word, --ours to keep yours"
    return Problem(f'{file_name}, row {row.number}, field "{name}"', found, remedy=remedy, row=row.number, column=name)


def _dangling_links(row: ReadRow, refs: set[str], file_name: str) -> list[Problem]:
    links = row.values.get("links", ())
    assert isinstance(links, tuple)
    where = f'{file_name}, row {row.number}, column "links"'
    found = []
    for link in links:
        if link.ref not in refs:
            near = Names((ref, ()) for ref in refs).nearest(link.ref, most=1)
            remedy = f"did you mean {near[0]!r}?" if near else ""
            text = f"{link.ref!r} is neither in this list nor in the plan"
            found.append(Problem(where, text, remedy=remedy, row=row.number, column="links"))
    return found


def rejects(plan: ImportPlan) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Headings and cells of the rows that were left out, the reasons in a last column: a list to correct and import."""
    assert plan.run is not None
    reasons = {row.number: "; ".join(str(problem) for problem in row.problems) for row in plan.rows if row.problems}
    headings = tuple(heading for heading, _ in plan.run.headings)
    rows = tuple((*row.cells, reasons[row.number]) for row in plan.run.rows if row.number in reasons)
    return (*headings, "reason"), rows


def _run(listed: ReadList, programme: str, list_name: str, rows: list[ListedRow]) -> ImportRun:
    table = listed.table
    return ImportRun(
        programme,
        list_name,
        table.file_name,
        table.sha256,
        sheet=table.sheet,
        encoding=table.encoding,
        header_row=table.header_row,
        headings=listed.columns,
        rows=tuple(rows),
    )
