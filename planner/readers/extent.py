"""How large the sheets of a workbook are, and which of their cells show an error, before anybody lays them out.

A sheet of two cells at opposite corners is a few hundred bytes in the file and gigabytes once it is laid out, which is
what the library does: it would end the program, not raise an error. So the corners are found first.
"""

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from planner.errors import BadInput, Problem
from planner.readers.guard import Guard
from planner.readers.kinds import Form
from planner.readers.package import opened, part, refuse_bombs, refuse_declarations

Spoilt = Mapping[tuple[int, int], str]
"""By row and column, both from 0, the words of a cell that shows an error or a formula nobody calculated."""

_COLUMN = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)\d""")
_ROW = re.compile(rb"""\sr\s*=\s*["'][A-Za-z]*(\d+)["']""")
_ODD = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*\br=["']([A-Za-z]+)(\d+)["'])([^>]*[^/>])>(.*?)</(?:\w+:)?c>""", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)</(?:\w+:)?v>|<(?:\w+:)?is>")
_COUNT = re.compile(rb"""\buniqueCount\s*=\s*["']([^"']*)["']""")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MAIN = re.compile(r"\{[^}]*\}sheet$")


def measure(content: bytes, form: Form, guard: Guard) -> Mapping[str, Spoilt]:
    """By sheet, the cells that show no value. Raises BadInput when a sheet is too large or the package a bomb."""
    if form is Form.XLS:
        guard.area(*_corner_of_records(content, guard))
        return {}
    package = opened(content, guard.file_name)
    refuse_bombs(package, guard.file_name, guard.limits)
    refuse_declarations(package, guard.file_name)
    if form is Form.ODS:
        guard.area(*_corner_of_open_document(part(package, "content.xml", guard.file_name), guard))
        return {}
    _refuse_false_counts(package, guard.file_name)
    return {name: _measure_sheet(xml, name, guard) for name, xml in _sheets(package, guard)}


def _refuse_false_counts(package: zipfile.ZipFile, file_name: str) -> None:
    """Raises BadInput for more texts than fit into their part: the library makes room for as many as are said."""
    for name in package.namelist():
        xml = part(package, name, file_name) if name.endswith(".xml") else b""
        for said in _COUNT.findall(xml):
            if not said.isdigit() or int(said[:18]) > len(xml) // len("<si/>"):
                count = said[:18].decode("ascii", "replace")
                found = f"is a workbook whose part {name!r} says that it holds {count} texts, which it cannot"
                raise BadInput(Problem(file_name, found, remedy="open it and save it again"))


def _sheets(package: zipfile.ZipFile, guard: Guard) -> Iterator[tuple[str, bytes]]:
    """Every part with cells, under the name of its sheet, or its own when no sheet claims it."""
    named = _names_of_sheets(package, guard.file_name)
    for name in package.namelist():
        if name.startswith("xl/") and name.endswith(".xml") and ("sheet" in name or name in named):
            yield named.get(name, name), part(package, name, guard.file_name)


def _names_of_sheets(package: zipfile.ZipFile, file_name: str) -> Mapping[str, str]:
    """By part, the name of its sheet."""
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in package.namelist():
        return {}
    try:
        targets = {
            each.get("Id", ""): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))).lstrip("/")
            for each in ElementTree.fromstring(part(package, relations, file_name))  # noqa: S314 (no declarations in it)
        }
        workbook = ElementTree.fromstring(part(package, "xl/workbook.xml", file_name))  # noqa: S314 (likewise)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        found = "is a workbook that cannot be read (its list of sheets is damaged)"
        raise BadInput(Problem(file_name, found, remedy="open it and save it again")) from error
    return {
        targets.get(next((value for key, value in sheet.items() if key.endswith("}id")), ""), ""): sheet.get("name", "")
        for sheet in workbook.iter()
        if _MAIN.match(str(sheet.tag))
    }


def _measure_sheet(xml: bytes, name: str, guard: Guard) -> Spoilt:
    columns = max(map(_number, set(_COLUMN.findall(xml))), default=0)
    rows = max((int(row[:9]) for row in set(_ROW.findall(xml))), default=0)
    guard.area(rows, columns, name)
    guard.in_time()
    if not any(mark in xml for mark in (b't="e"', b"t='e'", b"<f", b":f")):
        return {}
    return dict(_odd_cells(xml))


def _odd_cells(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for letters, number, attributes, inside in _ODD.findall(xml):
        at = int(number) - 1, _number(letters) - 1
        value, formula = _VALUE.search(inside), _FORMULA.search(inside)
        if b't="e"' in attributes or b"t='e'" in attributes:
            yield at, (value[1] or b"#").decode("utf-8", "replace") if value else "#ERROR!"
        elif formula is not None and value is None and b't="str"' not in attributes:
            yield at, f"={(formula[1] or b'').decode('utf-8', 'replace')}"


def _number(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters[:6].upper():
        number = number * 26 + letter - 64
    return number


def _corner_of_open_document(xml: bytes, guard: Guard) -> tuple[int, int]:
    """The last row and column with something in them, of the largest sheet; repeated cells are counted, not made."""
    corner = (0, 0)
    rows = columns = last_row = last_column = 0
    in_row, filled = 0, False
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(xml), ("start", "end")):  # noqa: S314 (no declarations)
            if event == "start" and element.tag == f"{_TABLE}table":
                rows = columns = last_row = last_column = 0
            elif event == "start" and element.tag == f"{_TABLE}table-row":
                in_row, filled = 0, False
            elif event == "end" and element.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                in_row += _times(element, "columns")
                if len(element) or element.get(f"{_OFFICE}value-type") is not None:
                    filled, columns = True, max(columns, in_row)
                element.clear()
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                rows += _times(element, "rows")
                if filled:
                    last_row, last_column = rows, max(last_column, columns)
                    guard.in_time()
                element.clear()
            elif event == "end" and element.tag == f"{_TABLE}table":
                corner = max(corner, (last_row, last_column), key=lambda each: each[0] * each[1])
                element.clear()
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        found = f"is a workbook that cannot be read ({str(error)[:80]})"
        raise BadInput(Problem(guard.file_name, found, remedy="open it and save it again")) from error
    return corner


def _times(element: ElementTree.Element, of: str) -> int:
    said = element.get(f"{_TABLE}number-{of}-repeated", "1")
    return int(said[:9]) if said.isdecimal() else 1


def _corner_of_records(content: bytes, guard: Guard) -> tuple[int, int]:
    """The last row and column of any record with cells, in any sheet of an old workbook ([MS-XLS], 2.4)."""
    import olefile  # only for old workbooks

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            name = next((each for each in ("Workbook", "Book") if ole.exists(each)), "")
            stream = ole.openstream(name).read() if name else b""
    except (OSError, ValueError, IndexError, TypeError, struct.error, AttributeError) as error:
        found = "is an old workbook that is damaged or was cut off"
        raise BadInput(Problem(guard.file_name, found, remedy="send the whole file, or save it as XLSX")) from error
    rows = columns = at = 0
    while at + 8 <= len(stream):
        kind, length, row, column = struct.unpack_from("<HHHH", stream, at)
        if kind in _CELL_RECORDS and length >= 4:
            rows = max(rows, row + 1)
            columns = max(columns, column + 1 + (length // 6 if kind in _SEVERAL else 0))
        at += 4 + length
    guard.in_time()
    return rows, columns


_SEVERAL = frozenset({0x00BD, 0x00BE})
"""MULRK and MULBLANK have a cell for every six or two bytes."""
_CELL_RECORDS = _SEVERAL | {0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204}
_CELL_RECORDS |= {0x0205, 0x0206, 0x0406, 0x027E}
"""BLANK, INTEGER, NUMBER, LABEL, BOOLERR, FORMULA, RSTRING, LABELSST, RK, in the issues of several versions."""
