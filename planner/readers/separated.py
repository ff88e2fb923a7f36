"""Separated values (CSV and its family) to a grid: comma, semicolon, tab or bar, in the usual encodings."""

import csv
import io

from planner.errors import BadInput, Problem
from planner.readers.grid import MAX_CELL, MAX_ROWS, Grid, Row
from planner.readers.text import decoded

_DELIMITERS = ",;\t|"


def read_separated(content: bytes, file_name: str, encoding: str | None = None) -> Grid:
    """The rows of a file with or without BOM in UTF-8, UTF-16, cp1251, or the encoding named.

    Raises BadInput when it is in none of these, is cut off, or is no such file.
    """
    text, used = decoded(content, file_name, encoding)
    return Grid(used, tuple(_rows(text, file_name)))


def _rows(text: str, file_name: str) -> list[Row]:
    delimiter = _delimiter(text)
    csv.field_size_limit(MAX_CELL)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            rows.append(Row(len(rows) + 1, tuple(cells)))
            if len(rows) > MAX_ROWS:
                raise BadInput(Problem(file_name, f"more than {MAX_ROWS:,} rows", remedy="split the list"))
    except csv.Error as error:
        raise BadInput(_csv_problem(error, file_name, len(rows) + 1)) from error
    return rows


def _csv_problem(error: csv.Error, file_name: str, row: int) -> Problem:
    where = f"{file_name}, row {row}"
    if "unexpected end of data" in str(error):
        found = "the file ends inside a quoted cell that begins in this row"
        return Problem(where, found, "a closing quotation mark", "it may be cut off: send the whole file", row=row)
    if "field larger" in str(error):
        return Problem(where, f"a cell of more than {MAX_CELL:,} characters", remedy="shorten it", row=row)
    expected = "cells separated by comma, semicolon, tab or bar, quotation marks doubled inside quotes"
    return Problem(where, f"not CSV ({error})", expected, row=row)


def _delimiter(text: str) -> str:
    """The separator that the first line with text has most of, outside quotes."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)
