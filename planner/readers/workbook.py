"""Workbooks (XLSX, XLS, ODS) to grids: the values of their cells as a person would type them."""

import io
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from planner.domain.texts import Names
from planner.errors import BadInput, Problem
from planner.readers.grid import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Grid, Row
from planner.readers.package import parts_of, refuse_bombs

_OLD = b"\xd0\xcf\x11\xe0"
Cell = str | int | float | bool | date | time | datetime | timedelta


def seems_workbook(content: bytes) -> bool:
    """True for an old binary workbook, and a zip package with the parts of a new one."""
    return content.startswith(_OLD) or _form(content) != ""


def _form(content: bytes) -> str:
    names = parts_of(content)
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "XLSX"
    return "ODS" if {"content.xml", "mimetype"} <= names else ""


def read_workbook(content: bytes, file_name: str, sheet: str | None = None) -> list[Grid]:
    """A grid for each sheet, or for the one named. Raises BadInput for one that is protected, damaged or too large.

    Merged cells repeat; a day is written as 2020-10-12, with its time behind a comma if it has one.
    """
    form = "XLS" if content.startswith(_OLD) else _form(content)
    if form != "XLS":
        refuse_bombs(content, file_name)
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
