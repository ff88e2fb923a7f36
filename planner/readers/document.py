"""Word documents (DOCX) to grids, a grid for each table, with tracked changes as accepted.

Insertions and moves count, deletions do not: python-docx leaves insertions, moved text and content controls out of the
text of a paragraph, so the walk through the text is our own.
"""

import io
from collections.abc import Iterator, Mapping
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from planner.errors import BadInput, Problem
from planner.readers.exported import custom_properties, exported_grid
from planner.readers.grid import Grid, Row
from planner.readers.guard import Guard
from planner.readers.numbering import Numbering
from planner.readers.package import opened, refuse_bombs, refuse_declarations

FORM = "DOCX"
_TABLE = qn("w:tbl")
# What was deleted or moved away, and the second telling of a drawing for programs that cannot show the first.
_GONE = frozenset(
    {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_WRAPS = frozenset({qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")})
_MOST_ABOVE = 20
"""Paragraphs that are looked at above a table."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS = {"F0FC": "✓", "F0FE": "✓", "F052": "✓", "F050": "✓", "F0FB": "✗", "F0FD": "✗", "F04F": "✗", "F0A8": "☐"}
"""Marks of the fonts Wingdings and Wingdings 2, with which people tick cells."""


def read_document(content: bytes, guard: Guard, sheet: str | None = None) -> list[Grid]:
    """A grid for each table of the document, named `table 1` and so on, or for the one named; merged cells repeat.

    A table inside a cell is one of its own. Raises BadInput for a document that is damaged, too large, or has no table.
    """
    file_name = guard.file_name
    package = opened(content, file_name)
    refuse_bombs(package, file_name, guard.limits)
    refuse_declarations(package, file_name)
    try:
        document = docx.Document(io.BytesIO(content))
        body, numbering = document.element.body, Numbering.of(document)
    except (PackageNotFoundError, BadZipFile, SyntaxError, KeyError, ValueError, AttributeError, TypeError) as error:
        found = "is a Word document that cannot be read"
        raise BadInput(Problem(file_name, found, remedy="open it and save it again")) from error
    named = {f"table {number}": table for number, table in enumerate(_tables(body), 1)}
    if not named:
        raise BadInput(Problem(file_name, "is a Word document without a table", "a table of events"))
    if sheet is not None and sheet not in named:
        raise BadInput(Problem("--sheet", f"{file_name} has no {sheet!r}", f"one of {', '.join(named)}"))
    wanted = named if sheet is None else {sheet: named[sheet]}
    properties = custom_properties(document)
    return [
        exported_grid(Grid(FORM, tuple(_rows(table, guard, name, numbering)), name, above=_above(table)), properties)
        for name, table in wanted.items()
    ]


def _tables(body: Any) -> Iterator[Any]:
    """Every table that is not deleted, in the order of the document."""
    for table in body.iter(_TABLE):
        if not any(above.tag in _GONE for above in table.iterancestors()):
            yield table


def _above(table: Any) -> str:
    """The paragraphs between this table and the one before it: where a document says what year a table is of."""
    said: list[str] = []
    for element in table.itersiblings(preceding=True):
        if element.tag == _TABLE or len(said) >= _MOST_ABOVE:
            break
        said.append("".join(_pieces(element)))
    return "\n".join(reversed(said))


def _rows(table: Any, guard: Guard, name: str, numbering: Numbering) -> Iterator[Row]:
    """The rows of a table but those whose deletion was tracked, numbered from 1."""
    above: list[str] = []
    number = 0
    for row in _children(table, "w:tr"):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        number += 1
        guard.count(number)
        above = list(_cells(row, above, guard.limits.columns, numbering))
        yield guard.check(Row(number, tuple(above)), name)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Children of that name, also inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == qn(tag):
            yield child
        elif child.tag in _WRAPS:
            yield from _children(child, tag)


def _cells(row: Any, above: list[str], most: int, numbering: Numbering) -> Iterator[str]:
    """The texts of a row: a cell that spans columns repeats, one merged downwards has the text of that above it."""
    yield from [""] * _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0, most)
    column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0, most)
    text = ""
    for cell in _children(row, "w:tc"):
        properties = cell.find(qn("w:tcPr"))
        said: Mapping[str, Any] = {} if properties is None else {child.tag: child for child in properties}
        if qn("w:cellDel") in said:
            continue
        if _goes_on(said.get(qn("w:vMerge"))):
            text = above[column] if column < len(above) else ""
        elif not _goes_on(said.get(qn("w:hMerge"))):
            text = _text(cell, numbering)
        for _ in range(_number(said.get(qn("w:gridSpan")), 1, most)):
            yield text
            column += 1


def _goes_on(merged: Any) -> bool:
    """True for a cell that belongs to the one before it: the first of them says `restart`."""
    return merged is not None and merged.get(qn("w:val")) != "restart"


def _number(element: Any, unsaid: int, most: int) -> int:
    said = "" if element is None else element.get(qn("w:val"), "")
    return min(int(said[:9]), most + 1) if said.isascii() and said.isdecimal() else unsaid


def _text(cell: Any, numbering: Numbering) -> str:
    paragraphs = []
    for paragraph in _children(cell, "w:p"):
        text = "".join(_pieces(paragraph))
        # Word does not write the numbers it counts itself: the column № of many lists is empty in the file.
        paragraphs.append(text if text.strip() else numbering.next_of(paragraph))
    return "\n".join(paragraphs).strip()


def _is_raised(run: Any) -> bool:
    """True for a run in superscript: «2020» with the mark of a footnote behind it is not the year 20201."""
    properties = run.find(qn("w:rPr"))
    raised = None if properties is None else properties.find(qn("w:vertAlign"))
    return raised is not None and raised.get(qn("w:val")) == "superscript"


def _pieces(element: Any) -> Iterator[str]:
    """The text of an element as it stands when every tracked change is accepted."""
    for child in element:
        if child.tag in _GONE or child.tag == _TABLE:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == qn("w:r") and _is_raised(child):
            yield "".join(_pieces(child)).translate(_RAISED)
        elif child.tag == qn("w:sym"):
            yield _MARKS.get(str(child.get(qn("w:char"), "")).upper(), "")
        else:
            yield from _pieces(child)
