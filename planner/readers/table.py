"""A file to a table: which row has the headings, and the rows below it."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.origin import Origin
from planner.domain.texts import fold
from planner.errors import BadInput, Problem
from planner.limits import USUAL, Limits
from planner.readers.columns import column_named
from planner.readers.drawn import read_drawn, seems_drawn
from planner.readers.grid import Grid, Row
from planner.readers.guard import Guard
from planner.readers.joined import joined, rows_after
from planner.readers.kinds import Form, form_of
from planner.readers.plan import read_plan
from planner.readers.separated import read_separated
from planner.readers.text import decoded, in_utf_8

LAST_HEADER_ROW = 20
"""Headings stand within so many rows: above them are titles and stamps of approval."""


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and the rows below it. Every row has as many cells as there are headings; blank rows are left out.

    `encoding` is what the file is: an encoding of text, or a kind of workbook. `header_row` is 0 where the form of the
    file names its fields. `notes` are sentences about what was left out; `programme` is that it was exported from,
    and `origin` how, if it is a document that was. `titles` are what stands above its headings, for each of its tables.
    """

    file_name: str
    sha256: str
    encoding: str
    header_row: int
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    sheet: str = ""
    notes: tuple[str, ...] = ()
    programme: str = ""
    origin: Origin | None = None
    titles: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The row of headings, as a person would point at it."""
        return f"{self.file_name}, row {self.header_row}" if self.header_row else self.file_name


Days = tuple[date, date]


def read_table(
    content: bytes,
    file_name: str,
    encoding: str | None = None,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    term: Callable[[], Days | None] = lambda: None,
    also: Collection[str] = (),
    limits: Limits = USUAL,
) -> Table:
    """The table in separated values, a workbook, a Word document, a calendar or a plan of ours, told by its content.

    Of several sheets or tables the one whose headings are known best is read, unless one is named; likewise the row
    of headings among the first 20; headings that somebody taught us are `also` known, folded. `term`, asked only when
    a calendar repeats something, bounds what repeats. Raises BadInput with every problem that concerns the file or the
    shape of its rows.
    """
    guard = Guard(file_name, limits)
    _refuse_size(content, guard)
    grids = _grids(content, guard, encoding, sheet, term)
    filled = [grid for grid in grids if _has_rows(grid)]
    if not filled:
        raise BadInput(Problem(file_name, "has no text in it", "a line of headings and a row for each event"))
    headed = [(_with_row_below(_header(grid, header_row, file_name, also), grid), grid) for grid in filled]
    header, grid = max(headed, key=lambda pair: _known(pair[0], also))
    others = [(head, other) for head, other in headed if other is not grid]
    return _table(header, grid, others, file_name, hashlib.sha256(content).hexdigest())


def _grids(
    content: bytes, guard: Guard, encoding: str | None, sheet: str | None, term: Callable[[], Days | None]
) -> list[Grid]:
    """Every sheet or table of the file, by the reader of its form. The slower libraries are loaded only for theirs."""
    form = form_of(content, guard.file_name, is_text=encoding is not None)
    if form in {Form.XLSX, Form.XLS, Form.ODS}:
        from planner.readers.workbook import read_workbook

        return read_workbook(content, form, guard, sheet)
    if form is Form.DOCX:
        from planner.readers.document import read_document

        return read_document(content, guard, sheet)
    if form is Form.CALENDAR:
        from planner.readers.calendar import read_calendar

        return [read_calendar(in_utf_8(content), guard, encoding, term)]
    if form is Form.JSON:
        return [read_plan(in_utf_8(content), guard, encoding)]
    text, used = decoded(content, guard.file_name, encoding)
    return [read_drawn(text, used, guard) if seems_drawn(text) else read_separated(text, used, guard)]


def _has_rows(grid: Grid) -> bool:
    return len(grid.rows) > 1 if grid.names_its_fields else not all(row.is_blank for row in grid.rows)


def _refuse_size(content: bytes, guard: Guard) -> None:
    most = guard.limits.file_mb * 1_000_000
    if len(content) > most:
        found = f"has {len(content):,} bytes"
        raise BadInput(Problem(guard.file_name, found, f"at most {most:,}", "split the list"))
    if not content.strip():
        raise BadInput(Problem(guard.file_name, "is empty", "a line of headings and a row for each event"))


def _header(grid: Grid, wanted: int | None, file_name: str, also: Collection[str]) -> Row:
    """The row of headings: the one asked for, else the first of those that have most headings we know."""
    if grid.names_its_fields:
        if wanted is not None:
            raise BadInput(
                Problem("--header-row", f"{file_name} is {grid.form} and has no headings", remedy="leave it out")
            )
        return grid.rows[0]
    candidates = [row for row in grid.rows if not row.is_blank and row.number <= LAST_HEADER_ROW]
    if wanted is None:
        rows = candidates or [row for row in grid.rows if not row.is_blank]
        return max(rows, key=lambda row: _known(row, also))
    found = next((row for row in grid.rows if row.number == wanted and not row.is_blank), None)
    if found is None:
        raise BadInput(
            Problem("--header-row", f"{file_name} has nothing in row {wanted}", "the number of a row with text")
        )
    return found


def _with_row_below(header: Row, grid: Grid) -> Row:
    """The headings, where one spans columns that the row below names apart: «Сроки» over «начало» and «окончание»."""
    if grid.names_its_fields:
        return header
    below = next((row for row in grid.rows if row.number == header.number + 1), None)
    if below is None or len(below.cells) != len(header.cells):
        return header
    heads, subs = ([fold(cell) for cell in row.cells] for row in (header, below))
    spans = {
        at for at, head in enumerate(heads) if head and head in (*heads[max(at - 1, 0) : at], *heads[at + 1 : at + 2])
    }
    apart = {at for at in spans if column_named(below.cells[at]) is not None and subs[at] != heads[at]}
    if not apart or any(sub and sub != heads[at] for at, sub in enumerate(subs) if at not in spans):
        return header
    cells = (below.cells[at] if at in spans and subs[at] else cell for at, cell in enumerate(header.cells))
    return replace(header, number=below.number, cells=tuple(cells))


def _known(row: Row, also: Collection[str]) -> int:
    """How many different columns the cells of a row name."""
    named = {column for cell in row.cells if (column := column_named(cell)) is not None}
    return len(named) + sum(fold(cell) in also for cell in row.cells)


def _table(header: Row, grid: Grid, others: Sequence[tuple[Row, Grid]], file_name: str, digest: str) -> Table:
    width = max(n for n, cell in enumerate(header.cells, 1) if cell.strip())
    body, notes = joined(tuple(rows_after(header, grid)), header, grid, others)
    if not _known(header, ()) and any(len(row.cells) > width for row in body):
        found = f"has no row of headings that I know in its first {LAST_HEADER_ROW} rows"
        raise BadInput(Problem(file_name, found, "a row such as 'Мероприятие', 'Сроки', 'Место'", "say --header-row"))
    _refuse_wider(body, width, file_name)
    full = tuple(row if len(row.cells) == width else _filled(row, width) for row in body)
    headings = tuple(cell.strip() for cell in header.cells[:width])
    every = ((header, grid), *(others if grid.form == "DOCX" else ()))
    titles = tuple(filter(None, (_title(head, each) for head, each in every)))
    return Table(
        file_name,
        digest,
        grid.form,
        header.number,
        headings,
        full,
        grid.sheet,
        notes,
        grid.programme,
        grid.origin,
        titles,
    )


def _title(header: Row, grid: Grid) -> str:
    above = (" ".join(row.cells) for row in grid.rows if 0 < row.number < header.number)
    return "\n".join(filter(None, (grid.above, *above)))


def _filled(row: Row, width: int) -> Row:
    return replace(row, cells=(*row.cells[:width], *[""] * (width - len(row.cells))))


def _refuse_wider(body: Sequence[Row], width: int, file_name: str) -> None:
    problems = [
        Problem(
            f"{file_name}, {row.where}",
            f"{len(row.cells)} cells",
            f"at most {width}, as in the headings",
            "look for a separator inside a cell that is not quoted",
            row=row.number,
        )
        for row in body
        if any(cell.strip() for cell in row.cells[width:])
    ]
    if problems:
        raise BadInput(*problems)
