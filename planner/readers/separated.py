"""Separated values (CSV and its family) to a grid: comma, semicolon, tab or bar, in the usual encodings."""

import csv
import io
import itertools

import charset_normalizer

from planner.errors import BadInput, Problem
from planner.readers.grid import MAX_CELL, MAX_ROWS, Grid, Row

_DELIMITERS = ",;\t|"

_RARE_IN_RUSSIAN = frozenset("ЂЃѓ†‡‰ЉЊЌЋЏђљњќћџЎўЈҐ")
"""Characters of cp1251 that other Cyrillic code pages use for capitals."""


def read_separated(content: bytes, file_name: str, encoding: str | None = None) -> Grid:
    """The rows of a file with or without BOM in UTF-8, UTF-16, cp1251, or the encoding named.

    Raises BadInput when it is in none of these, is cut off, or is no such file.
    """
    text, used = _decoded(content, file_name, encoding)
    return Grid(used, tuple(_rows(text, file_name)))


def _decoded(content: bytes, file_name: str, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        text = _as(content, encoding)
        if text is None:
            remedy = "leave --encoding out to have it found"
            raise BadInput(Problem(file_name, f"is not {encoding} text", remedy=remedy))
        return _checked(text, file_name), encoding
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _as(content, "utf-16")
        if text is not None:
            return _checked(text, file_name), "utf-16"
    text = _as(content, "utf-8-sig")
    if text is not None:
        return _checked(text, file_name), "utf-8"
    text = _as(content, "cp1251")
    if text is not None and _reads_as_russian(text):
        return _checked(text, file_name), "cp1251"
    guess = charset_normalizer.from_bytes(content).best()
    seems = f" (it looks like {guess.encoding})" if guess is not None else ""
    found = f"is text in an encoding that is neither UTF-8 nor cp1251{seems}"
    raise BadInput(Problem(file_name, found, "UTF-8", "save it as UTF-8, or name its encoding with --encoding"))


def _as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _reads_as_russian(text: str) -> bool:
    """True when the letters beyond ASCII are Cyrillic and written as people write: capitals stand first in words.

    Almost any byte means something in cp1251; KOI8-R, cp866 and Latin-1 texts come out as other letters or with
    capitals inside words.
    """
    beyond = [char for char in text if ord(char) > 127 and char.isalpha()]
    cyrillic = sum("а" <= char.lower() <= "я" or char in "ёЁ" for char in beyond)
    capitals_inside = sum(a.islower() and b.isupper() and ord(b) > 127 for a, b in itertools.pairwise(text))
    strange = sum(char in _RARE_IN_RUSSIAN for char in text)
    return cyrillic >= 0.9 * len(beyond) and capitals_inside + strange <= 0.02 * len(beyond)


def _checked(text: str, file_name: str) -> str:
    """The text, unless it has characters no list has: they would travel on into databases and feeds."""
    line = 1
    for char in text:
        if char == "\n":
            line += 1
        elif char < " " and char not in "\t\r":
            found = f"control character U+{ord(char):04X}"
            raise BadInput(Problem(f"{file_name}, line {line}", found, "plain text", "remove it", row=line))
    return text


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
