"""Where a value came from: the change that set it, and for an import the file, sheet, row and cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from planner.domain.change import Logged, Revision, key_of
from planner.domain.event import Event
from planner.domain.fields import PER_LANGUAGE, field_named, field_names
from planner.domain.listing import ImportRun, ListedRow
from planner.store import Snapshot

COLUMNS_OF: Mapping[str, tuple[str, ...]] = {
    "when": ("date_text", "month", "time", "start", "end"),
    "places": ("venue", "city"),
    "mode": ("venue", "city"),
    "bodies": ("body",),
    "host": ("host_country",),
    "parties": ("participants",),
    "levels": ("level",),
    "priorities": ("priority",),
}
"""The columns a field is read from, where they are not called as it is."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stood in a list: under which heading, and the words."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Origin:
    """One field of an event: its value, the revision that set it, and what the list said, if it came from one."""

    field: str
    value: object
    revision: Revision
    run: ImportRun | None = None
    row: ListedRow | None = None
    cells: tuple[Cell, ...] = ()


def origins(snapshot: Snapshot, event: Event, only: str | None = None) -> tuple[Origin, ...]:
    """Where each field that says something came from, in the order people read them; or one field alone."""
    logged = snapshot.history(key_of(event))
    return tuple(
        _origin(snapshot, event, name, value, logged)
        for name, value in _said(event)
        if only is None or name == only or name.rpartition("_")[0] == only
    )


def _said(event: Event) -> Iterator[tuple[str, object]]:
    for name in field_names(event):
        field = field_named(name)
        assert field is not None
        value = field.get(event)
        if value not in ("", (), None, False):
            yield name, value


def _origin(snapshot: Snapshot, event: Event, name: str, value: object, logged: tuple[Logged, ...]) -> Origin:
    entry = set_by(name, logged)
    run = snapshot.run_of(entry.revision.number)
    row = None if run is None else next((row for row in run.rows if row.ref == event.ref), None)
    if run is None or row is None:
        return Origin(name, value, entry.revision)
    return Origin(name, value, entry.revision, run, row, tuple(_cells(name, run, row)))


def set_by(name: str, logged: tuple[Logged, ...]) -> Logged:
    """The last change in which that field differs from what stood before it."""
    field = field_named(name)
    assert field is not None
    for before, after in reversed(list(pairwise(logged))):
        was = field.get(before.after) if isinstance(before.after, Event) else None
        became = field.get(after.after) if isinstance(after.after, Event) else None
        if was != became:
            return after
    return logged[0]


def _cells(name: str, run: ImportRun, row: ListedRow) -> Iterator[Cell]:
    """The cells of the row that the field was read from, and that say something."""
    base, _, language = name.rpartition("_")
    columns = (name, base) if base in PER_LANGUAGE and language else COLUMNS_OF.get(name, (name,))
    for (heading, column), words in zip(run.headings, row.cells, strict=False):
        if column in columns and words.strip():
            yield Cell(heading, words)
