"""Separated values (CSV and its family) to a grid: comma, semicolon, tab or bar, in the usual encodings."""

import csv
import io
from collections.abc import Iterator

from planner.errors import BadInput, Problem
from planner.readers.grid import Grid, Row
from planner.readers.guard import Guard

_DELIMITERS = ",;\t|"


def read_separated(text: str, encoding: str, guard: Guard) -> Grid:
    """The rows of a text. Raises BadInput when it is cut off, or is no such file."""
    return Grid(encoding, tuple(_rows(text, guard)))


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
    """The separator, and the text to separate: what a line `sep=;` says, else what the first line with text has most.

    Spreadsheet programs write and read that line; it counts as a row, so that the others keep their numbers.
    """
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    if len(said) == 5 and said[:4].casefold() == "sep=":
        return said[4], f"\n{rest}"
    if said.casefold() == "sep=":
        return "\t", f"\n{rest}"
    line = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=outside.count), text
