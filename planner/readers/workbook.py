"""Workbooks (XLSX, XLS, ODS) to grids: the values of their cells as a person would type them."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from planner.domain.texts import Names
from planner.errors import BadInput, Problem
from planner.readers.grid import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Grid, Row

MAX_UNPACKED = 64_000_000
MAX_ENTRIES = 1_000
MAX_RATIO = 100

_OLD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
Cell = str | int | float | bool | date | time | datetime | timedelta


def seems_workbook(content: bytes) -> bool:
    """True for an old binary workbook, and a zip package with the parts of a new one."""
    if content.startswith(_OLD):
        return True
    return content.startswith(_ZIP) and _form(content) != ""


def _form(content: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return ""
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "XLSX"
    return "ODS" if {"content.xml", "mimetype"} <= names else ""


def read_workbook(content: bytes, file_name: str, sheet: str | None = None) -> list[Grid]:
    """A grid for each sheet, or for the one named. Raises BadInput for one that is protected, damaged or too large.

    Merged cells repeat; a day is written as 2020-10-12, with its time behind a comma if it has one.
    """
    form = "XLS" if content.startswith(_OLD) else _form(content)
    if form != "XLS":
        _refuse_bombs(content, file_name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [meta.name for meta in workbook.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
        wanted = names if sheet is None else [_meant(sheet, names, file_name)]
        return [_grid(workbook.get_sheet_by_name(name), form, file_name) for name in wanted]
    except PasswordError as error:
        raise BadInput(Problem(file_name, "is protected by a password", remedy="save it without one")) from error
    except CalamineError as error:
        found = f"is a workbook that cannot be read ({error})"
        raise BadInput(Problem(file_name, found, remedy="open it and save it again")) from error


def _meant(sheet: str, names: list[str], file_name: str) -> str:
    found = Names((name, ()) for name in names).find(sheet)
    if found is None:
        has = f"sheets: {', '.join(names)}"
        raise BadInput(Problem("--sheet", f"{file_name} has no sheet {sheet!r}", has))
    return found


def _refuse_bombs(content: bytes, file_name: str) -> None:
    """Limits are checked in the directory of the package, before anything is unpacked."""
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    unpacked = sum(entry.file_size for entry in entries)
    ratio = max((entry.file_size // max(entry.compress_size, 1) for entry in entries), default=0)
    names = [entry.filename for entry in entries]
    checks = (
        (len(entries) > MAX_ENTRIES, f"has {len(entries):,} parts", f"at most {MAX_ENTRIES:,}"),
        (unpacked > MAX_UNPACKED, f"unpacks to {unpacked:,} bytes", f"at most {MAX_UNPACKED:,}"),
        (
            unpacked > 1_000_000 and ratio > MAX_RATIO,
            f"unpacks to {ratio} times its size",
            f"at most {MAX_RATIO} times",
        ),
        (len(names) != len(set(names)), "has two parts of one name", "each part once"),
    )
    for is_wrong, found, expected in checks:
        if is_wrong:
            raise BadInput(Problem(file_name, found, expected, "save the table alone in a new workbook"))


def _grid(sheet: CalamineSheet, form: str, file_name: str) -> Grid:
    if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
        found = f"sheet {sheet.name!r} has {sheet.total_height:,} rows and {sheet.total_width:,} columns"
        raise BadInput(Problem(file_name, found, f"at most {MAX_ROWS:,} and {MAX_COLUMNS:,}", "delete what is empty"))
    values: list[list[str]] = []
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        values.append([_checked(_written(cell), file_name, sheet.name, number) for cell in cells])
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in values[top : bottom + 1]:
            row[left : right + 1] = [values[top][left]] * len(row[left : right + 1])
    return Grid(form, tuple(Row(number, tuple(cells)) for number, cells in enumerate(values, 1)), sheet.name)


def _written(cell: Cell) -> str:
    """A value as a person would type it: the grammar reads dates, so a real date becomes one in words it knows."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        day = cell.date().isoformat()
        return day if cell.time() == time() else f"{day}, {cell:%H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _checked(text: str, file_name: str, sheet: str, row: int) -> str:
    """The text without the marks Excel has for characters, unless it has some that no list has."""
    plain = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    where = f"{file_name}, sheet {sheet!r}, row {row}"
    if len(plain) > MAX_CELL:
        raise BadInput(
            Problem(where, f"a cell of {len(plain):,} characters", f"at most {MAX_CELL:,}", "shorten it", row)
        )
    control = next((char for char in plain if char < " " and char not in "\t\n"), None)
    if control is not None:
        raise BadInput(Problem(where, f"control character U+{ord(control):04X}", "plain text", "remove it", row=row))
    return plain
