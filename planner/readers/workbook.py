"""Workbooks (XLSX, XLS, ODS) to grids: the values of their cells as a person would type them."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from planner.domain.texts import Names
from planner.errors import BadInput, Problem
from planner.readers.extent import Spoilt, measure
from planner.readers.grid import Grid, Row
from planner.readers.guard import Guard
from planner.readers.isolated import read_apart, unplain
from planner.readers.kinds import Form

Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last of merged cells, each as row and column from 0."""
Cell = str | int | float | bool | date | time | datetime | timedelta


def read_workbook(content: bytes, form: Form, guard: Guard, sheet: str | None = None) -> list[Grid]:
    """A grid for each visible sheet, or for the one named. Raises BadInput for one that is damaged or too large.

    Merged cells repeat; a day is written as 2020-10-12, with its time behind a comma if it has one. Cells that show an
    error, or a formula nobody calculated, keep the words of it.
    """
    spoilt = measure(content, form, guard)
    if form is Form.XLS:
        return _old(content, guard, sheet)
    file_name = guard.file_name
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [meta for meta in workbook.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
        shown = [meta.name for meta in sheets if meta.visible is SheetVisibleEnum.Visible]
        names = [meta.name for meta in sheets]
        wanted = (shown or names) if sheet is None else [_meant(sheet, names, file_name)]
        return [_grid_of(workbook.get_sheet_by_name(name), form, guard, spoilt.get(name, {})) for name in wanted]
    except PasswordError as error:
        raise BadInput(Problem(file_name, "is protected by a password", remedy="save it without one")) from error
    except (CalamineError, ValueError, OverflowError, OSError, KeyError, IndexError) as error:
        raise _unread(file_name, error) from error
    except BaseException as error:
        # The library is compiled; where it gives up on a damaged file it raises what is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _unread(file_name, "it is too damaged") from error


def _old(content: bytes, guard: Guard, sheet: str | None) -> list[Grid]:
    """The same for an old workbook, which another process reads."""
    read = read_apart(content, guard, sheet)
    if "error" in read:
        raise _unread(guard.file_name, read["error"])
    found = {each["name"]: each for each in read["sheets"]}
    wanted = [*found] if sheet is None else [_meant(sheet, [*found], guard.file_name)]
    return [
        _grid(name, [[*map(unplain, row)] for row in found[name]["rows"]], found[name]["merged"], Form.XLS, guard, {})
        for name in wanted
    ]


def _unread(file_name: str, why: object) -> BadInput:
    found = f"is a workbook that cannot be read ({_short(why)})"
    return BadInput(Problem(file_name, found, remedy="open it and save it again"))


def _short(why: object) -> str:
    text = " ".join(str(why).split())
    return text if len(text) <= 120 else f"{text[:119]}…"


def _meant(sheet: str, names: list[str], file_name: str) -> str:
    found = Names.of(names).find(sheet)
    if found is None:
        has = f"sheets: {', '.join(names)}"
        raise BadInput(Problem("--sheet", f"{file_name} has no sheet {sheet!r}", has))
    return found


def _grid_of(sheet: CalamineSheet, form: Form, guard: Guard, spoilt: Spoilt) -> Grid:
    guard.area(sheet.total_height, sheet.total_width, sheet.name)
    rows = sheet.to_python(skip_empty_area=False)
    return _grid(sheet.name, rows, sheet.merged_cell_ranges or (), form, guard, spoilt)


def _grid(
    name: str, rows: Sequence[Sequence[Cell]], merged: Sequence[Range], form: Form, guard: Guard, spoilt: Spoilt
) -> Grid:
    values: list[list[str]] = []
    for number, cells in enumerate(rows, 1):
        guard.count(number)
        # Nearly every cell is text without any of that, and a call for each is a third of the time.
        values.append(
            [
                cell if cell.__class__ is str and "\r" not in cell and "_x" not in cell else _written(cell)
                for cell in cells
            ]
        )
    for (row, column), text in spoilt.items():
        if row < len(values) and column < len(values[row]):
            values[row][column] = text
    _repeat_merged(values, merged, guard, name)
    return Grid(form.value, tuple(_rows(values, name, guard)), name)


def _repeat_merged(values: list[list[str]], ranges: Sequence[Range], guard: Guard, sheet: str) -> None:
    width = max(map(len, values), default=0)
    merged = [
        (top, left, min(bottom, len(values) - 1), min(right, width - 1))
        for (top, left), (bottom, right) in ranges
        if top < len(values) and left < width
    ]
    # Merged ranges cannot overlap: together they never cover more than there is.
    if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merged) > len(values) * width:
        where = f"{guard.file_name}, sheet {sheet!r}"
        raise BadInput(Problem(where, "has merged cells that overlap", remedy="open it and save it again"))
    for top, left, bottom, right in merged:
        for row in values[top : bottom + 1]:
            row[left : right + 1] = [values[top][left]] * len(row[left : right + 1])


def _rows(values: Sequence[list[str]], sheet: str, guard: Guard) -> Iterator[Row]:
    for number, cells in enumerate(values, 1):
        yield guard.check(Row(number, tuple(cells)), sheet)


def _written(cell: Cell) -> str:
    """A value as a person would type it: the grammar reads dates, so a real date becomes one in words it knows."""
    if isinstance(cell, str):
        # _x000D_ is how Excel writes the half of a line break that XML does not keep.
        return cell.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n") if _has_breaks(cell) else cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if cell.__class__ is date:
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        day = cell.date().isoformat()
        return day if cell.time() == time() else f"{day}, {cell:%H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _has_breaks(text: str) -> bool:
    return "\r" in text or "_x000D_" in text
