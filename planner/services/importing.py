"""From a list as read to the changes it means: new, changed, unchanged, to decide and unread rows (pure)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.change import Change, Difference, key_of
from planner.domain.event import BookingSort, Event, Link, Relation
from planner.domain.fields import fields_changed
from planner.domain.listing import ImportRun, ListedRow, Outcome
from planner.domain.register import Register
from planner.domain.sources import NamedList
from planner.domain.texts import Names
from planner.errors import Doubt, Problem
from planner.readers.listing import ReadList, ReadRow, Section
from planner.services.history import named_by
from planner.services.identity import Identified, identify
from planner.services.proposal import Proposal
from planner.services.reissued import is_older, notes_of
from planner.services.three_way import Merge, merge_row, said_by


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
    event: Event | None = None  # as the row would leave it, where it can be read


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


MOST_GONE = 0.2
"""A list that leaves out more than this part of what it named last time may have been cut off."""


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
        notes=(
            *listed.notes,
            *notes_of((row for row in rows if is_older(row, merge.issues)), merge.issues),
            *_renamed(made, gone, merge),
        ),
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
    said = None if problems else said_by(row, register, merge)
    outcome, event, clashes, more = merge_row(row, said, merge, file_name)
    if problems and all(isinstance(each, Doubt) for each in problems):
        outcome = Outcome.UNDECIDED
    before = merge.current.get(row.ref)
    different = () if event is None or before is None else fields_changed(before, event)
    planned = PlannedRow(row.number, row.ref, outcome, different, (*problems, *more), clashes, label, event)
    return _Made(row, planned, event, ListedRow(row.number, row.cells, outcome, row.ref, said))


def _left_as_it_is(row: ReadRow, merge: Merge, label: str) -> _Made:
    """An older issue of an entry than was imported before: it undoes nothing, and its list says what it said before.

    Nothing, where only other lists named the event: what the plan says is no word of this one.
    """
    planned = PlannedRow(row.number, row.ref, Outcome.UNCHANGED, label=label)
    said = merge.base.get(row.ref)
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


def _renamed(made: Iterable[_Made], gone: Iterable[str], merge: Merge) -> tuple[str, ...]:
    """Sentences about new rows that may be events this list names no more, under another name: nothing else differs."""
    left = [merge.current[ref] for ref in gone]
    return tuple(
        f"row {each.planned.number}: {each.event.ref} is new, and {event.ref}, which the list names no more,"
        f" has its kind, days and places: if it was renamed, write {event.ref} into a column `ref`"
        for each in made
        if each.event is not None and each.planned.outcome is Outcome.NEW
        for event in left
        if event.when.windows and _stands_as(event) == _stands_as(each.event)
    )


def _stands_as(event: Event) -> tuple[object, ...]:
    return event.kind, event.when.mode, event.when.windows, event.booked(BookingSort.PLACE)


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


def _dangling_links(row: ReadRow, refs: set[str], file_name: str) -> list[Problem]:
    links = row.values.get("links", ())
    assert isinstance(links, tuple)
    where = f'{file_name}, row {row.number}, column "links"'
    found = []
    for link in links:
        # An event of another programme is named by its UID, REF@PROGRAMME: what a copied event replaces.
        if link.ref not in refs and "@" not in link.ref:
            remedy = Names.of(refs).did_you_mean(link.ref, most=1)
            text = f"{link.ref!r} is neither in this list nor in the plan"
            found.append(Problem(where, text, remedy=remedy, row=row.number, column="links"))
    return found


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
