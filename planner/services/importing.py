"""From a list as read to the changes it means: new, changed, unchanged, to decide and unread rows (pure)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from planner.domain.change import Change, Difference, key_of
from planner.domain.entries import NamedList
from planner.domain.event import Event, Link, Relation
from planner.domain.fields import event_of, field_named, fields_changed, with_values
from planner.domain.listing import ImportRun, ListedRow, Outcome
from planner.domain.register import Register
from planner.domain.status import approved_or_proposed
from planner.domain.texts import Names
from planner.domain.window import When, renumbered
from planner.errors import Doubt, Problem
from planner.readers.listing import ReadList, ReadRow, Section
from planner.services.history import named_by
from planner.services.identity import Identified, identify
from planner.services.proposal import Proposal
from planner.services.reissued import Issue, is_older, notes_of
from planner.store import Snapshot
from planner.wording.imports import say_whole

Side = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row. `differences` are what applying it would change of the event.

    `clashes` are the fields that both sides changed: before is the plan's word, after the list's.
    """

    number: int
    ref: str
    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    clashes: tuple[Difference, ...] = ()
    label: str = ""  # where it stands in a file that has no rows


@dataclass(frozen=True, slots=True)
class ImportPlan(Proposal):
    """An import before it is applied. All or nothing: with problems there are no changes, unless it is partial.

    `gone` are events that this list named last time and names no more; they stay. Rows without a reference either
    mean an event by its title or item (`matched`), or get a reference now (`given`). `phases` pair new events with the
    one whose reference theirs begins with: links to propose. `doubts` are of the list as a whole.
    """

    rows: tuple[PlannedRow, ...] = ()
    gone: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    phases: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (*self.doubts, *(problem for row in self.rows for problem in row.problems))

    @property
    def questions(self) -> tuple[Doubt, ...]:
        """What a person can settle: each doubt once, however many rows share it."""
        found: dict[tuple[str, str], Doubt] = {}
        for each in self.problems:
            if isinstance(each, Doubt) and each.asks:
                # One answer says for every date of the list whether the day comes first.
                found.setdefault((each.asks, "" if each.asks == "day_first" else each.about), each)
        return tuple(found.values())

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(heading, column) of every column that has a heading; the column is '' where it is not read."""
        assert self.run is not None
        return tuple((heading, column) for heading, column in self.run.headings if heading.strip())

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)


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


MOST_GONE = 0.2
"""A list that leaves out more than this part of what it named last time may have been cut off."""


def merge_with(snapshot: Snapshot, register: Register, list_name: str) -> Merge:
    """What a list of that name is merged with, as the snapshot shows it."""
    programme = register.programme.code
    current = {event.ref: event for event in snapshot.events(programme)}
    base = snapshot.base(programme, list_name)
    by_hand = snapshot.written_by_hand(programme) if current.keys() - base.keys() else frozenset()
    removed = frozenset(event.ref for event, _ in snapshot.removed(programme))
    named = snapshot.last_named(programme, list_name)
    return Merge(current, base, by_hand, removed=removed, named=named)


def plan_import(listed: ReadList, register: Register, list_name: str, merge: Merge, revision: int) -> ImportPlan:
    """What applying this list would do, row by row, and the changes if every row can be applied."""
    rows, identified = _identified(listed, register, merge)
    refs = {row.ref for row in rows} | merge.current.keys()
    phases = _phases([row for row in rows if row.ref not in merge.current], refs)
    labels = {row.number: row.label for row in listed.table.rows}
    made = [_plan_row(row, register, merge, refs, listed.table.file_name, labels.get(row.number, "")) for row in rows]
    if merge.link_phases:
        made = [_linked(each, dict(phases)) for each in made]
    changes = [Change(merge.current.get(each.row.ref), each.event) for each in made if each.is_changed]
    gone = _gone(merge, {row.ref for row in rows})
    doubts = () if merge.allow_removals else _cut_off(gone, merge, listed.table.file_name)
    is_applied = not doubts and (merge.partial or not any(each.planned.problems for each in made))
    needed = {key for change in changes if isinstance(change.after, Event) for key in named_by(change.after)}
    additions = [Change(None, entry) for entry in listed.additions if key_of(entry) in needed]
    run = _run(listed, register.programme.code, list_name, [each.kept for each in made])
    if is_applied and not changes and _says_otherwise(made, merge):
        changes = [_now_says(register, run)]
    return ImportPlan(
        revision,
        "import",
        (*additions, *changes) if is_applied else (),
        run=run,
        rows=tuple(each.planned for each in made),
        gone=gone,
        matched=tuple(identified.refs[number] for number in identified.matched),
        sections=listed.sections,
        given=tuple(identified.refs[number] for number in identified.given),
        phases=() if merge.link_phases else phases,
        doubts=doubts,
        notes=(*listed.notes, *notes_of((row for row in rows if is_older(row, merge.issues)), merge.issues)),
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """A row, what becomes of it, the event after it, and what is kept of it."""

    row: ReadRow
    planned: PlannedRow
    event: Event | None
    kept: ListedRow

    @property
    def is_changed(self) -> bool:
        return self.event is not None and self.planned.outcome in {Outcome.NEW, Outcome.CHANGED}


def _identified(listed: ReadList, register: Register, merge: Merge) -> tuple[list[ReadRow], Identified]:
    """The rows, each with the reference of the event it means."""
    merged = {ref: name.event for name in register.known_names for ref in name.refs}
    known = [_named(row, merged.get(row.ref, row.ref)) for row in listed.rows]
    identified = identify(known, merge.current, merge.base, register, merge.removed, merge.named)
    said = (_in_doubt(row, identified.either, listed.table.file_name) for row in known)
    return [_named(row, identified.refs.get(row.number, "")) for row in said], identified


def _named(row: ReadRow, ref: str) -> ReadRow:
    return row if row.ref == ref else replace(row, ref=ref)


def _in_doubt(row: ReadRow, either: Mapping[int, tuple[str, str]], file_name: str) -> ReadRow:
    """The row, which a person must settle where it may be either of two events."""
    if row.number not in either:
        return row
    one, other = either[row.number]
    found, remedy = f"could be either of {one} and {other}", f"write {one} or {other} into a column `ref`"
    doubt = Doubt(f"{file_name}, row {row.number}", found, "", remedy, row.number, "ref")
    return replace(row, problems=(*row.problems, doubt))


def _plan_row(row: ReadRow, register: Register, merge: Merge, refs: set[str], file_name: str, label: str) -> _Made:
    if is_older(row, merge.issues):
        return _left_as_it_is(row, merge, label)
    problems = [*row.problems, *_dangling_links(row, refs, file_name)]
    said = None if problems else _said(row, register, merge)
    outcome, event, clashes, more = _merge_row(row, said, merge, file_name)
    if problems and all(isinstance(each, Doubt) for each in problems):
        outcome = Outcome.UNDECIDED
    before = merge.current.get(row.ref)
    different = () if event is None or before is None else fields_changed(before, event)
    planned = PlannedRow(row.number, row.ref, outcome, different, (*problems, *more), clashes, label)
    return _Made(row, planned, event, ListedRow(row.number, row.cells, outcome, row.ref, said))


def _left_as_it_is(row: ReadRow, merge: Merge, label: str) -> _Made:
    """An older issue of an entry than was imported before: it undoes nothing, and its list said what it said then."""
    planned = PlannedRow(row.number, row.ref, Outcome.UNCHANGED, label=label)
    said = merge.base.get(row.ref) or merge.current.get(row.ref)
    return _Made(row, planned, None, ListedRow(row.number, row.cells, Outcome.UNCHANGED, row.ref, said))


def _phases(new: Iterable[ReadRow], refs: Collection[str]) -> tuple[tuple[str, str], ...]:
    """(phase, whole) for new references that begin with another and a hyphen; the longest such is the whole.

    Those that are linked to it already are left out.
    """
    found = []
    for row in new:
        links = row.values.get("links", ())
        assert isinstance(links, tuple)
        ends = (place for place in range(len(row.ref) - 1, 0, -1) if row.ref[place] == "-")
        whole = next((row.ref[:end] for end in ends if row.ref[:end] in refs), None)
        if whole is not None and whole not in {link.ref for link in links}:
            found.append((row.ref, whole))
    return tuple(found)


def _linked(made: _Made, phases: Mapping[str, str]) -> _Made:
    """The row with its event made a part of its whole."""
    if made.event is None or made.event.ref not in phases:
        return made
    link = Link(Relation.PART_OF, phases[made.event.ref])
    event = replace(made.event, links=tuple(sorted({*made.event.links, link})))
    return replace(made, event=event)


def _gone(merge: Merge, listed: Collection[str]) -> tuple[str, ...]:
    """Events of the last issue that this one does not name; none where they share nothing: that is another list."""
    named = merge.named & merge.current.keys()
    return () if listed and named.isdisjoint(listed) else tuple(sorted(named - set(listed)))


def _cut_off(gone: Sequence[str], merge: Merge, file_name: str) -> tuple[Doubt, ...]:
    """A doubt about a list that leaves out much of what it named last time (promises, P15)."""
    there = len(merge.named & merge.current.keys())
    if len(gone) <= max(1, MOST_GONE * there):
        return ()
    found = f"{len(gone)} of the {there} events that this list named last time are not in it: was it cut off?"
    remedy = "say --allow-removals if it is whole; they stay in the plan either way"
    return (Doubt(file_name, found, remedy=remedy, asks="removals"),)


def _says_otherwise(made: Iterable[_Made], merge: Merge) -> bool:
    """True when this list says something else than last time, although the plan has it already."""
    said = (each.kept.event for each in made)
    return bool(merge.base) and any(event is not None and merge.base.get(event.ref) != event for event in said)


def _now_says(register: Register, run: ImportRun) -> Change:
    """The change by which such a list is kept: else a later one that goes back would seem to say nothing new."""
    before = next((each for each in register.lists if each.code == run.list_name), None)
    return Change(before, NamedList(run.programme, run.list_name, run.file_name, run.sha256))


def _said(row: ReadRow, register: Register, merge: Merge) -> Event | None:
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


def _merge_row(
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


def _dangling_links(row: ReadRow, refs: set[str], file_name: str) -> list[Problem]:
    links = row.values.get("links", ())
    assert isinstance(links, tuple)
    where = f'{file_name}, row {row.number}, column "links"'
    found = []
    for link in links:
        # An event of another programme is named by its UID, REF@PROGRAMME: what a copied event replaces.
        if link.ref not in refs and "@" not in link.ref:
            near = Names((ref, ()) for ref in refs).nearest(link.ref, most=1)
            remedy = f"did you mean {near[0]!r}?" if near else ""
            text = f"{link.ref!r} is neither in this list nor in the plan"
            found.append(Problem(where, text, remedy=remedy, row=row.number, column="links"))
    return found


def rejects(plan: ImportPlan, language: str = "en") -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Headings and cells of the rows that were left out, the reasons in a last column: a list to correct and import."""
    assert plan.run is not None
    reasons = {r.number: "; ".join(say_whole(each, language) for each in r.problems) for r in plan.rows if r.problems}
    headings = tuple(heading for heading, _ in plan.run.headings)
    rows = tuple((*row.cells, reasons[row.number]) for row in plan.run.rows if row.number in reasons)
    return (*headings, "причина" if language == "ru" else "reason"), rows


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
