"""A file of separated values to a table of cells, with the row numbers people see."""

import csv
import hashlib
import io
import itertools
from dataclasses import dataclass

import charset_normalizer

from planner.errors import BadInput, Problem

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
MAX_CELL = 32_768

_DELIMITERS = ",;\t|"
# What a file seems to be, by its first bytes: said to the person who sent a wrong one.
_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip package (an .xlsx, .docx or .ods file, perhaps)"),
    (b"\xd0\xcf\x11\xe0", "an old binary Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"begin:vcalendar", "an iCalendar file"),
    (b"{\\rtf", "an RTF document"),
    (b"{", "a JSON file"),
)

_RARE_IN_RUSSIAN = frozenset("ЂЃѓ†‡‰ЉЊЌЋЏђљњќћџЎўЈҐ")
"""Characters of cp1251 that other Cyrillic code pages use for capitals."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells; `number` counts the heading line, as spreadsheet programs do."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and the rows below it. Every row has as many cells as there are headings; blank rows are left out."""

    file_name: str
    sha256: str
    encoding: str
    header_row: int
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(content: bytes, file_name: str, encoding: str | None = None) -> Table:
    """The table in a CSV file: comma, semicolon, tab or bar, with or without BOM, UTF-8, UTF-16 or cp1251.

    Raises BadInput with every problem that concerns the file as a whole or the shape of its rows.
    """
    _refuse_other_files(content, file_name)
    text, used = _decoded(content, file_name, encoding)
    rows = _rows(text, file_name)
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise BadInput(Problem(file_name, "has no text in it", "a line of headings and a row for each event"))
    header, *body = filled
    width = len(header.cells)
    problems = [
        Problem(
            f"{file_name}, row {row.number}",
            f"{len(row.cells)} cells",
            f"at most {width}, as in the headings",
            "look for a separator inside a cell that is not quoted",
            row=row.number,
        )
        for row in body
        if len(row.cells) > width and any(cell.strip() for cell in row.cells[width:])
    ]
    if problems:
        raise BadInput(*problems)
    full = tuple(Row(row.number, (*row.cells[:width], *[""] * (width - len(row.cells)))) for row in body)
    digest = hashlib.sha256(content).hexdigest()
    return Table(file_name, digest, used, header.number, tuple(cell.strip() for cell in header.cells), full)


def _refuse_other_files(content: bytes, file_name: str) -> None:
    if not content.strip():
        raise BadInput(Problem(file_name, "is empty", "a line of headings and a row for each event"))
    if len(content) > MAX_BYTES:
        found = f"has {len(content):,} bytes"
        raise BadInput(Problem(file_name, found, f"at most {MAX_BYTES:,}", "split the list"))
    start = content[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for signature, kind in _SIGNATURES:
        if start.startswith(signature.lower()):
            raise BadInput(
                Problem(file_name, f"seems to be {kind}", "a CSV list", "save the table as CSV and try again")
            )


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
