"""A table that a person gives, and what is said of it, to the plan of importing it (pure)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from planner.domain.change import Change, Key, Record, key_of
from planner.domain.decision import Decision, Item
from planner.domain.event import Event, Status
from planner.domain.register import Register, register_of
from planner.domain.texts import texts
from planner.domain.window import When
from planner.errors import BadInput, problem
from planner.limits import USUAL, Limits
from planner.readers.listing import OnRow, ReadList, ReadRow, nobody, read_list
from planner.readers.row import spoken_in
from planner.readers.table import Table, read_table
from planner.services.exporting import cells_of, exported_at
from planner.services.importing import ImportPlan, plan_import
from planner.services.teaching import Answer, changes_between, layout_of, said_columns, taught, with_columns
from planner.services.telling import cells_worded, told
from planner.services.three_way import Merge, Side, merge_with
from planner.store import Snapshot
from planner.wording.columns import language_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said of an import. Without a `list_name` the list is its decision's, else the programme's.

    `columns` pair headings with columns, `answers` names with what they mean, `sides` fields with whose word counts.
    """

    list_name: str | None = None
    decision: str | None = None
    day_first: bool | None = None
    kind: str | None = None
    prefer: Side | None = None
    partial: bool = False
    columns: tuple[tuple[str, str], ...] = ()
    answers: tuple[Answer, ...] = ()
    sides: tuple[tuple[str, Side], ...] = ()
    link_phases: bool = False
    allow_removals: bool = False

    def options(self) -> tuple[tuple[str, str], ...]:
        """What was said that bears on how the list is read, as the import keeps it: sorted, defaults left out."""
        said = {
            "decision": self.decision,
            "day_first": None if self.day_first is None else str(self.day_first).lower(),
            "kind": self.kind,
            "prefer": self.prefer,
            "partial": "true" if self.partial else None,
        }
        pairs = [(name, value) for name, value in said.items() if value]
        pairs += [(f"map {heading}", column) for heading, column in self.columns]
        pairs += [(f"{each.sort} {each.text}", each.code) for each in self.answers]
        return tuple(sorted([*pairs, *((f"side {field}", side) for field, side in self.sides)]))


@dataclass(frozen=True, slots=True)
class File:
    """A file as a person gives it, and where in it the list stands."""

    content: bytes
    name: str
    encoding: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    limits: Limits = USUAL


def propose_file(snapshot: Snapshot, file: File, programme: str, asked: Asked, on_row: OnRow = nobody) -> ImportPlan:
    """The plan of importing this file; headings that were taught before are known."""
    table = _table_of(file, snapshot.register(programme), said_columns(asked.columns))
    return propose_table(snapshot, table, programme, asked, on_row)


def read_file(register: Register, file: File, kind: str | None = None) -> ReadList:
    """The rows of a file with whatever is wrong with them: what a programme can learn from."""
    table = _table_of(file, register, {})
    return read_list(table, register, kind=kind, headings=dict(layout_of(register, table.headings).columns))


def _table_of(file: File, register: Register, said: Mapping[str, str]) -> Table:
    its = register.programme
    return read_table(
        file.content,
        file.name,
        file.encoding,
        sheet=file.sheet,
        header_row=file.header_row,
        term=lambda: (its.first, its.last),
        limits=file.limits,
        also={heading for layout in register.layouts for heading, _ in layout.columns} | said.keys(),
    )


def known_already(snapshot: Snapshot, content: bytes, programme: str, asked: Asked) -> int | None:
    """The revision that imported these very bytes as this list, if nothing since can make them say anything else.

    That is so when the list was not imported in another form since, every row of it went in, and neither the programme
    nor anything but events was changed: a list that says what it said leaves every edit as it is.
    """
    paper = _paper(snapshot.register(programme), asked.decision) if asked.decision else ""  # a register takes a while
    name = asked.list_name or paper or programme
    number = snapshot.last_import(programme, name, hashlib.sha256(content).hexdigest(), asked.options())
    return number if number is not None and snapshot.only_events_changed_since(number) else None


def register_with(snapshot: Snapshot, plan: ImportPlan) -> Register:
    """What the programme will know once the plan is applied: a new place is to be shown by its name."""
    assert plan.run is not None
    register = snapshot.register(plan.run.programme)
    entries: dict[Key, Record] = {key_of(entry): entry for entry in register.entries()}
    for change in plan.changes:
        if change.after is not None and not isinstance(change.after, Event) and change.key.sort != "programme":
            entries[change.key] = change.after
    return register_of(register.programme, entries.values())  # type: ignore[arg-type]


def propose_table(snapshot: Snapshot, table: Table, programme: str, asked: Asked, on_row: OnRow = nobody) -> ImportPlan:
    """The plan of importing this table into a programme."""
    before = snapshot.register(programme)
    register = taught(before, asked.answers)
    if table.programme not in {"", programme}:
        found = f"was exported from the programme {table.programme}"
        raise BadInput(problem(table.file_name, found, f"one of {programme}", "name its programme with --programme"))
    revision = exported_at(table, snapshot, programme)
    if revision is not None and asked.decision is not None:
        expected = "an approved list; this table was exported from the plan"
        raise BadInput(problem("--decision", f"{table.file_name} has a column 'revision'", expected, "leave one out"))
    layout = with_columns(layout_of(register, table.headings), said_columns(asked.columns), table.headings)
    headings = dict(layout.columns)
    if revision is not None:
        plan = _propose_exported(snapshot, table, register, asked, revision, headings, on_row)
    else:
        plan = _propose_listed(snapshot, table, register, asked, headings, on_row)
    learned = changes_between(before, register)
    if layout.columns and layout not in before.layouts:
        was = layout_of(before, table.headings)
        learned = (*learned, Change(was if was.columns else None, layout))
    assert plan.run is not None
    plan = replace(plan, run=replace(plan.run, options=asked.options()), notes=(*table.notes, *plan.notes))
    # What was taught goes in with the rows, or with --partial alone: a list is all or nothing.
    return plan if plan.problems and plan.is_empty else replace(plan, changes=(*learned, *plan.changes))


def _propose_listed(
    snapshot: Snapshot, table: Table, register: Register, asked: Asked, headings: Mapping[str, str], on_row: OnRow
) -> ImportPlan:
    listed = read_list(table, register, day_first=asked.day_first, kind=asked.kind, headings=headings, on_row=on_row)
    paper = None
    if asked.decision is not None:
        code = _paper(register, asked.decision)
        listed = replace(listed, rows=tuple(_under(row, code, number) for number, row in enumerate(listed.rows, 1)))
        paper = _approved(code, listed, register)
    name = asked.list_name or (paper.code if paper is not None else register.programme.code)
    merge = _asked_for(merge_with(snapshot, register, name), asked)
    if table.encoding == "iCalendar":
        merge = replace(merge, issues=snapshot.issues(register.programme.code))
    plan = plan_import(listed, register, name, merge, snapshot.revision)
    if paper is None or plan.problems:
        return plan
    before = register.decision(paper.code)
    others = (change for change in plan.changes if change.key != key_of(paper))
    plan = replace(plan, means="approved import")
    return plan if before == paper else replace(plan, changes=(Change(before, paper), *others))


def _paper(register: Register, decision: str | None) -> str:
    """The code of the decision meant; '' without one."""
    return "" if decision is None else register.names("decision").find(decision) or decision


def _asked_for(merge: Merge, asked: Asked) -> Merge:
    return replace(
        merge,
        prefer=asked.prefer,
        partial=asked.partial,
        sides=asked.sides,
        link_phases=asked.link_phases,
        allow_removals=asked.allow_removals,
    )


def _propose_exported(
    snapshot: Snapshot,
    table: Table,
    register: Register,
    asked: Asked,
    revision: int,
    headings: Mapping[str, str],
    on_row: OnRow,
) -> ImportPlan:
    """The plan of taking back a table that was exported: merged against the plan as it was then."""
    programme = register.programme.code
    base = {event.ref: event for event in snapshot.events_at(revision, programme)}
    language = language_of(table.headings)
    exported = {
        ref: cells_worded(event, register, language) if language else cells_of(event, register)
        for ref, event in base.items()
    }
    if table.origin is not None:
        since = table.origin.since
        former = {} if since is None else {e.ref: e for e in snapshot.events_at(since, programme)}
        exported = {ref: told(event, register, table.origin, former.get(ref)) for ref, event in base.items()}
    listed = read_list(
        table, register, day_first=asked.day_first, kind=asked.kind, exported=exported, headings=headings, on_row=on_row
    )
    current = {event.ref: event for event in snapshot.events(programme)}
    removed = frozenset(event.ref for event, _ in snapshot.removed(programme))
    merge = replace(_asked_for(Merge(current, base, frozenset(), removed=removed), asked), allow_removals=True)
    name = asked.list_name or f"export of revision {revision}"
    return replace(plan_import(listed, register, name, merge, snapshot.revision), gone=())


def _approved(code: str, listed: ReadList, register: Register) -> Decision:
    """The paper with the rows of the list as its numbered items; a new one when nobody knows it."""
    paper = register.decision(code) or Decision(register.programme.code, code, texts(**{spoken_in(code): code}))
    said = ((row, row.values.get("when")) for row in listed.rows)
    items = (Item(str(row.values["item"]), _title(row), when.words) for row, when in said if isinstance(when, When))
    return replace(paper, items=tuple(items))


def _title(row: ReadRow) -> str:
    return next((str(text) for name, text in row.values.items() if name.startswith("title_") and text), "")


def _under(row: ReadRow, decision: str, number: int) -> ReadRow:
    """The row as an item of that paper: its own number or its place in the list; proposed becomes approved."""
    values = {**row.values, "item": row.values.get("item") or str(number)}
    values["decision"] = row.values.get("decision") or decision
    if values.get("status", Status.PROPOSED) is Status.PROPOSED:
        values["status"] = Status.APPROVED
    return replace(row, values=values)
