"""Several tables of one document to one list; what is left out is said."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.domain.texts import fold
from planner.readers.columns import column_named, is_loose
from planner.readers.grid import Grid, Row

_WORTH_A_NOTE = 2
"""How many headings of ours a table must have to be named when it is not read."""


def rows_after(header: Row, grid: Grid) -> Iterator[Row]:
    """The rows below the headings: not the blank ones, the headings repeated, the numbers of columns, the totals."""
    if grid.names_its_fields:
        yield from grid.rows[1:]
        return
    numbers = tuple(str(n) for n in range(1, len(header.cells) + 1))
    heads = _folded(header)
    for row in grid.rows:
        if row.number <= header.number or row.is_blank or _same(row, heads):
            continue
        if row.number == header.number + 1 and tuple(cell.strip(" .()") for cell in row.cells) == numbers:
            continue  # official tables number their columns under the headings
        if not _is_total(row):
            yield row


def _folded(row: Row) -> tuple[str, ...]:
    return tuple(map(fold, row.cells))


def _same(row: Row, heads: tuple[str, ...]) -> bool:
    """True when the row has these headings; told by the first letter of its first cell in nearly every row."""
    first = row.cells[0].strip()[:1].casefold() if row.cells else ""
    if first.isalnum() and not heads[0].startswith(first) and first.isascii():
        return False
    return len(row.cells) == len(heads) and all(fold(cell) == head for cell, head in zip(row.cells, heads, strict=True))


_TOTALS = frozenset(
    {"итого", "всего", "итого мероприятий", "всего мероприятий", "total", "totals", "grand total", "total events"}
)


_MOST_IN_A_TOTAL = 4
"""How many different cells a row of totals has, empty ones among them."""


def _is_total(row: Row) -> bool:
    """True for a row that only says how many there are: "Итого: 12"."""
    said = set(row.cells)
    if len(said) > _MOST_IN_A_TOTAL:
        return False
    first = next((cell for cell in row.cells if cell.strip()), "")
    return fold(first.strip(" .:0123456789")) in _TOTALS


def joined(
    rows: Sequence[Row], header: Row, grid: Grid, others: Sequence[tuple[Row, Grid]]
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows of the main table and of those that go on from it, and sentences about those that were not read.

    In a document a table with the same headings goes on, and so does one behind it of the same width without headings.
    Sheets of a workbook are often issues of one list: of these only one is read.
    """
    found, notes, heads = list(rows), list(grid.notes), _folded(header)
    is_behind = False
    for head, other in _in_order(header, grid, others):
        if other is grid:
            is_behind = True
            continue
        known = sum(column_named(cell) is not None and not is_loose(cell) for cell in set(head.cells))
        more: list[Row] = []
        if grid.form == "DOCX" and _same(head, heads):
            more = list(rows_after(head, other))
        elif grid.form == "DOCX" and is_behind and not known and _width(other) == len(header.cells):
            more = [row for row in other.rows if not row.is_blank and not _same(row, heads) and not _is_total(row)]
            notes.append(f"{other.sheet} has no headings: read as going on from {grid.sheet}")
        elif known >= _WORTH_A_NOTE:
            notes.append(f"{other.sheet} has headings of a list too and was not read: say --sheet {other.sheet!r}")
        last = found[-1].number if found else header.number
        for number, row in enumerate(more, last + 1):
            found.append(replace(row, number=number, label=f"{other.sheet}, {row.where}"))
    return tuple(found), tuple(notes)


def _in_order(header: Row, grid: Grid, others: Sequence[tuple[Row, Grid]]) -> list[tuple[Row, Grid]]:
    def place(pair: tuple[Row, Grid]) -> int:
        digits = "".join(char for char in pair[1].sheet if char.isdecimal())
        return int(digits) if grid.form == "DOCX" and digits else 0

    return sorted([(header, grid), *others], key=place)


def _width(grid: Grid) -> int:
    return max((len(row.cells) for row in grid.rows), default=0)
