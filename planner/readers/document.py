"""Word documents (DOCX) to grids, a grid for each table, with tracked changes as accepted.

Insertions and moves count, deletions do not: python-docx leaves insertions, moved text and content controls out of the
text of a paragraph, so the walk through the text is our own.
"""

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from planner.errors import BadInput, Problem
from planner.readers.grid import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Grid, Row
from planner.readers.package import refuse_bombs

FORM = "DOCX"
_GONE = frozenset({qn("w:del"), qn("w:moveFrom")})
_NESTED = qn("w:tbl")
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read_document(content: bytes, file_name: str, sheet: str | None = None) -> list[Grid]:
    """A grid for each table of the document, named `table 1` and so on, or for the one named; merged cells repeat.

    Raises BadInput for a document that is damaged, too large, or has no table.
    """
    refuse_bombs(content, file_name)
    try:
        body = docx.Document(io.BytesIO(content)).element.body
    except (PackageNotFoundError, BadZipFile, SyntaxError, KeyError, ValueError) as error:
        found = "is a Word document that cannot be read"
        raise BadInput(Problem(file_name, found, remedy="open it and save it again")) from error
    tables = [table for table in body.iter(_NESTED) if not any(a.tag == _NESTED for a in table.iterancestors())]
    if not tables:
        raise BadInput(Problem(file_name, "is a Word document without a table", "a table of events"))
    named = {f"table {number}": table for number, table in enumerate(tables, 1)}
    if sheet is not None and sheet not in named:
        raise BadInput(Problem("--sheet", f"{file_name} has no {sheet!r}", f"one of {', '.join(named)}"))
    wanted = named if sheet is None else {sheet: named[sheet]}
    return [Grid(FORM, tuple(_rows(table, file_name)), name) for name, table in wanted.items()]


def _rows(table: Any, file_name: str) -> Iterator[Row]:
    """The rows of a table but those whose deletion was tracked, numbered from 1."""
    above: list[str] = []
    number = 0
    for row in _children(table, "w:tr"):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        number += 1
        above = list(_cells(row, above))
        _refuse_large(number, above, file_name)
        yield Row(number, tuple(above))


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Children of that name, also inside content controls."""
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
            yield from _children(child, tag)


def _cells(row: Any, above: list[str]) -> Iterator[str]:
    """The texts of a row: a cell that spans columns repeats, one merged downwards has the text of that above it."""
    column = 0
    for cell in _children(row, "w:tc"):
        properties = cell.find(qn("w:tcPr"))
        merged = None if properties is None else properties.find(qn("w:vMerge"))
        goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
        text = above[column] if goes_on and column < len(above) else _text(cell)
        for _ in range(_span(properties)):
            yield text
            column += 1


def _span(properties: Any) -> int:
    span = None if properties is None else properties.find(qn("w:gridSpan"))
    said = "1" if span is None else span.get(qn("w:val"), "1")
    return min(int(said), MAX_COLUMNS) if said.isdecimal() and int(said) else 1


def _text(cell: Any) -> str:
    paragraphs = ("".join(_pieces(paragraph)) for paragraph in _children(cell, "w:p"))
    return "\n".join(paragraphs).strip()


def _pieces(element: Any) -> Iterator[str]:
    """The text of an element as it stands when every tracked change is accepted."""
    for child in element:
        if child.tag in _GONE or child.tag == _NESTED:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _pieces(child)


def _refuse_large(number: int, cells: list[str], file_name: str) -> None:
    where = f"{file_name}, row {number}"
    if number > MAX_ROWS:
        raise BadInput(Problem(file_name, f"has more than {MAX_ROWS:,} rows", remedy="split the list"))
    if any(len(cell) > MAX_CELL for cell in cells):
        raise BadInput(Problem(where, f"a cell of more than {MAX_CELL:,} characters", remedy="shorten it", row=number))
