"""A table that a person gives, and what is said of it, to the plan of importing it (pure)."""

from dataclasses import dataclass, replace

from planner.domain.change import Change, key_of
from planner.domain.decision import Decision, Item
from planner.domain.event import Status
from planner.domain.register import Register
from planner.domain.texts import texts
from planner.domain.window import When
from planner.errors import BadInput, problem
from planner.readers.listing import ReadList, ReadRow, read_list
from planner.readers.row import spoken_in
from planner.readers.table import Table
from planner.services.exporting import cells_of, exported_at
from planner.services.importing import ImportPlan, Merge, Side, plan_import, propose_import
from planner.store import Snapshot


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said of an import. Without a `list_name` the list is its decision's, else the programme's."""

    list_name: str | None = None
    decision: str | None = None
    day_first: bool | None = None
    kind: str | None = None
    prefer: Side | None = None
    partial: bool = False


def propose_table(snapshot: Snapshot, table: Table, programme: str, asked: Asked) -> ImportPlan:
    """The plan of importing this table into a programme."""
    register = snapshot.register(programme)
    if table.programme not in {"", programme}:
        found = f"was exported from the programme {table.programme}"
        raise BadInput(problem(table.file_name, found, f"one of {programme}", "name its programme with --programme"))
    revision = exported_at(table, snapshot.revision)
    if revision is not None and asked.decision is not None:
        expected = "an approved list; this table was exported from the plan"
        raise BadInput(problem("--decision", f"{table.file_name} has a column 'revision'", expected, "leave one out"))
    if revision is not None:
        return _propose_exported(snapshot, table, register, asked, revision)
    listed = read_list(table, register, day_first=asked.day_first, kind=asked.kind)
    paper = None
    if asked.decision is not None:
        code = register.names("decision").find(asked.decision) or asked.decision
        numbered = enumerate(listed.rows, 1)
        listed = replace(listed, rows=tuple(_under(row, code, number) for number, row in numbered))
        paper = _approved(code, listed, register)
    name = asked.list_name or (paper.code if paper is not None else programme)
    plan = propose_import(snapshot, listed, register, name, asked.prefer, partial=asked.partial)
    before = None if paper is None else register.decision(paper.code)
    if paper is None or before == paper or plan.problems:
        return plan
    others = (change for change in plan.changes if change.key != key_of(paper))
    return replace(plan, changes=(Change(before, paper), *others))


def _propose_exported(snapshot: Snapshot, table: Table, register: Register, asked: Asked, revision: int) -> ImportPlan:
    """The plan of taking back a table that was exported: merged against the plan as it was then."""
    programme = register.programme.code
    base = {event.ref: event for event in snapshot.events_at(revision, programme)}
    exported = {ref: cells_of(event, register) for ref, event in base.items()}
    listed = read_list(table, register, day_first=asked.day_first, kind=asked.kind, exported=exported)
    current = {event.ref: event for event in snapshot.events(programme)}
    removed = frozenset(event.ref for event, _ in snapshot.removed(programme))
    merge = Merge(current, base, frozenset(), asked.prefer, removed, asked.partial)
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
