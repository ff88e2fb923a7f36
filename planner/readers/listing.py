"""A table of events to rows of field values, every problem with its row and column."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.entries import Entry
from planner.domain.register import Register, all_names
from planner.domain.status import settle_status
from planner.domain.texts import fold
from planner.errors import BadInput, Problem
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
class Section:
    """A row that spans the table and heads those below it."""

    number: int
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as read. `columns` pair each heading with its column; `additions` are entries the list brings with it."""

    table: Table
    columns: tuple[tuple[str, str], ...]
    rows: tuple[ReadRow, ...]
    additions: tuple[Entry, ...]
    sections: tuple[Section, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in all rows, in their order."""
        return tuple(problem for row in self.rows for problem in row.problems)


def read_list(table: Table, register: Register, *, day_first: bool | None = None, kind: str | None = None) -> ReadList:
    """Every row of the table. Raises BadInput for the headings only; what is wrong in a row stays with the row.

    A row that does not say its kind has the one its title names, else the one its section names, else `kind`.
    """
    columns = map_headings(table)
    known = Known(register, day_first)
    if kind is not None and known.code("kind", kind) is None:
        near = ", ".join(map(repr, register.names("kind").nearest(kind)))
        raise BadInput(
            Problem("--kind", f"{kind!r} is not a kind I know", remedy=f"did you mean {near}?" if near else "")
        )
    first_seen: dict[str, int] = {}
    rows: list[ReadRow] = []
    sections: list[Section] = []
    for row in table.rows:
        spanning = _spanning(row)
        if spanning:
            sections.append(Section(row.number, spanning, kind_in(spanning, register) or ""))
            continue
        usual = (sections[-1].kind if sections else "") or kind or ""
        rows.append(_read_row(row, columns, known, table.file_name, first_seen, usual))
    return ReadList(table, columns, tuple(rows), tuple(known.additions.values()), tuple(sections))


def _spanning(row: Row) -> str:
    """The text of a row that says one thing across a table of several columns, else ''."""
    said = {cell.strip() for cell in row.cells if cell.strip()}
    is_alone = sum(bool(cell.strip()) for cell in row.cells) == 1 or len(row.cells) > 1
    return said.pop() if len(said) == 1 and is_alone and len(row.cells) > 2 else ""


def kind_in(text: str, register: Register) -> str | None:
    """The kind whose name, or a word for it, stands in the text; the longest of them; None when two are as long."""
    words = f" {fold(text)} "
    found: dict[str, int] = {}
    for kind in register.kinds:
        names = (fold(name) for name in all_names(kind))
        longest = max((len(name) for name in names if name and f" {name} " in words), default=0)
        if longest:
            found[kind.code] = longest
    best = [code for code, length in found.items() if length == max(found.values())]
    return best[0] if len(best) == 1 else None


def _read_row(
    row: Row,
    columns: tuple[tuple[str, str], ...],
    known: Known,
    file_name: str,
    first_seen: dict[str, int],
    usual_kind: str,
) -> ReadRow:
    cells = {column: cell for (_, column), cell in zip(columns, row.cells, strict=True) if column}
    reading = RowReading(known, f"{file_name}, row {row.number}", row.number)
    ref = cells.pop("ref", "").strip()
    _check_ref(ref, reading, first_seen)
    titles = [cells[column] for column in ("title", "title_en", "title_ru") if cells.get(column, "").strip()]
    if not titles:
        reading.wrong("title", "has no title", "a title in at least one language")
    if not cells.get("kind", "").strip():
        cells["kind"] = _kind_of(titles, usual_kind, known.register)
    if not cells["kind"]:
        del cells["kind"]
        expected = "a column `kind`, a section or a title that names one"
        reading.wrong("kind", "no kind is said, and the title names none", expected, "say --kind")
    values = read_cells(cells, reading)
    kind, decision = str(values.get("kind", "")), str(values.get("decision", ""))
    settled = settle_status(values, known.register, kind, decision)
    return ReadRow(row.number, row.cells, ref, settled, tuple(reading.problems))


def _kind_of(titles: list[str], usual: str, register: Register) -> str:
    named = (kind_in(title, register) for title in titles)
    return next((kind for kind in named if kind), usual)


def _check_ref(ref: str, reading: RowReading, first_seen: dict[str, int]) -> None:
    if not ref:
        return  # it means an event by its title, or gets a reference
    if "/" in ref or "@" in ref:
        reading.wrong("ref", f"{ref!r} has '/' or '@' in it", "letters, digits and hyphens")
    elif ref in first_seen:
        reading.wrong("ref", f"{ref!r} is already in row {first_seen[ref]}", "each reference once", "remove one row")
    else:
        first_seen[ref] = reading.row
