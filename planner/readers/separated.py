"""Separated values (CSV and its family) to a grid: comma, semicolon, tab or bar, in the usual encodings."""

import csv
import io
import itertools
from collections.abc import Iterator, Sequence

from planner.errors import BadInput, Problem
from planner.readers.columns import column_named
from planner.readers.grid import Grid, Row
from planner.readers.guard import Guard

_DELIMITERS = ",;\t|"
_FIRST = 20
"""Headings stand within so many lines."""


def read_separated(text: str, encoding: str, guard: Guard) -> Grid:
    """The rows of a text. Raises BadInput when it is cut off, or is no such file."""
    rows = tuple(_rows(text, guard))
    if not text.endswith(("\n", "\r")):
        _refuse_cut(rows, guard)
    return Grid(encoding, rows)


def _refuse_cut(rows: Sequence[Row], guard: Guard) -> None:
    """Raises BadInput where the last line has no end and fewer cells than the one above it: its row lost some."""
    above, last = (len(row.cells) for row in rows[-2:]) if len(rows) > 2 else (0, 0)
    if 1 < last < above:
        where, found = f"{guard.file_name}, {rows[-1].where}", f"the file ends inside this row, after {last} cells"
        remedy = "it may be cut off: send the whole file, or end its last line"
        raise BadInput(Problem(where, found, f"{above}, as in the row above", remedy, row=rows[-1].number))


def _rows(text: str, guard: Guard) -> Iterator[Row]:
    delimiter, text = _delimiter(text)
    csv.field_size_limit(guard.limits.cell_letters)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            guard.count(number)
            yield guard.check(Row(number, tuple(cells)))
    except csv.Error as error:
        raise BadInput(_csv_problem(error, guard, number + 1)) from error


def _csv_problem(error: csv.Error, guard: Guard, row: int) -> Problem:
    where = f"{guard.file_name}, row {row}"
    if "unexpected end of data" in str(error):
        found = "the file ends inside a quoted cell that begins in this row"
        return Problem(where, found, "a closing quotation mark", "it may be cut off: send the whole file", row=row)
    if "field larger" in str(error):
        return Problem(
            where, f"a cell of more than {guard.limits.cell_letters:,} characters", remedy="shorten it", row=row
        )
    expected = "cells separated by comma, semicolon, tab or bar, quotation marks doubled inside quotes"
    return Problem(where, f"not CSV ({error})", expected, row=row)


def _delimiter(text: str) -> tuple[str, str]:
    """The separator, and the text to separate: what a line `sep=;` says, else what parts headings we know.

    Where that tells nothing, what the first line with text has most.

    Spreadsheet programs write and read that line; it counts as a row, so that the others keep their numbers.
    """
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    if len(said) == 5 and said[:4].casefold() == "sep=":
        return said[4], f"\n{rest}"
    if said.casefold() == "sep=":
        return "\t", f"\n{rest}"
    lines = [line for line in itertools.islice(text.splitlines(), _FIRST) if line.strip()]
    outside = "".join(lines[0].split('"')[::2]) if lines else ""
    return max(_DELIMITERS, key=lambda each: (_headings(lines, each), outside.count(each))), text


def _headings(lines: Sequence[str], delimiter: str) -> int:
    """How many columns the best of the lines names when it is separated so; 0 where that may be chance."""
    named = ({column_named(cell.strip(' "')) for cell in line.split(delimiter)} - {None} for line in lines)
    most = max(map(len, named), default=0)
    return most if most > 1 else 0
