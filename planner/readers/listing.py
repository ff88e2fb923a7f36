"""A table of events to rows of field values, every problem with its row and column."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.entries import Entry
from planner.domain.register import Register
from planner.domain.status import settle_status
from planner.errors import Problem
from planner.readers.cells import read_cells
from planner.readers.grid import Row
from planner.readers.headings import map_headings
from planner.readers.row import Known, RowReading
from planner.readers.table import Table


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as read: field values by name, as far as they could be read, and what could not."""

    number: int
    cells: tuple[str, ...]
    ref: str
    values: Mapping[str, object]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as read. `columns` pair each heading with its column; `additions` are entries the list brings with it."""

    table: Table
    columns: tuple[tuple[str, str], ...]
    rows: tuple[ReadRow, ...]
    additions: tuple[Entry, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in all rows, in their order."""
        return tuple(problem for row in self.rows for problem in row.problems)


def read_list(table: Table, register: Register, *, day_first: bool | None = None) -> ReadList:
    """Every row of the table. Raises BadInput for the headings only; what is wrong in a row stays with the row."""
    columns = map_headings(table)
    known = Known(register, day_first)
    first_seen: dict[str, int] = {}
    rows = tuple(_read_row(row, columns, known, table.file_name, first_seen) for row in table.rows)
    return ReadList(table, columns, rows, tuple(known.additions.values()))


def _read_row(
    row: Row, columns: tuple[tuple[str, str], ...], known: Known, file_name: str, first_seen: dict[str, int]
) -> ReadRow:
    cells = {column: cell for (_, column), cell in zip(columns, row.cells, strict=True) if column}
    reading = RowReading(known, f"{file_name}, row {row.number}", row.number)
    ref = cells.pop("ref").strip()
    _check_ref(ref, reading, first_seen)
    if not any(cells.get(column, "").strip() for column in ("title", "title_en", "title_ru")):
        reading.wrong("title", "has no title", "a title in at least one language")
    values = read_cells(cells, reading)
    kind, decision = str(values.get("kind", "")), str(values.get("decision", ""))
    settled = settle_status(values, known.register, kind, decision)
    return ReadRow(row.number, row.cells, ref, settled, tuple(reading.problems))


def _check_ref(ref: str, reading: RowReading, first_seen: dict[str, int]) -> None:
    if not ref:
        reading.wrong("ref", "has no reference", "one that stays the same for ever, such as EX-2020-UB")
    elif "/" in ref or "@" in ref:
        reading.wrong("ref", f"{ref!r} has '/' or '@' in it", "letters, digits and hyphens")
    elif ref in first_seen:
        reading.wrong("ref", f"{ref!r} is already in row {first_seen[ref]}", "each reference once", "remove one row")
    else:
        first_seen[ref] = reading.row
