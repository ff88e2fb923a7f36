"""Old workbooks (XLS) read in a process of their own: a damaged one can end the process that reads it.

The compiled library asks for as much memory as the file claims to need, and is ended, not refused, when that is more
than there is; so it is done where nothing else is lost: with a limit on memory and on time.
"""

import io
import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from planner.errors import BadInput, Problem
from planner.readers.guard import Guard

MOST_BYTES = 1_000_000_000
"""What the process may take, its own libraries and the stack of every thread counted."""


def read_apart(content: bytes, guard: Guard, sheet: str | None) -> Mapping[str, Any]:
    """What `_read` gives of the workbook. Raises BadInput when the process was ended or took too long."""
    command = [sys.executable, "-m", __name__, *([] if sheet is None else [sheet])]
    try:
        ran = subprocess.run(  # noqa: S603 (ourselves)
            command, input=content, capture_output=True, timeout=guard.limits.seconds, check=False
        )
        if ran.returncode == 0:
            read: Mapping[str, Any] = json.loads(ran.stdout)
            return read
    except (subprocess.TimeoutExpired, ValueError):
        guard.in_time()
    found = "is an old workbook that is too damaged to be read"
    raise BadInput(Problem(guard.file_name, found, remedy="send the whole file, or save it as XLSX"))


def _read(content: bytes, wanted: str | None) -> Mapping[str, Any]:
    """The visible sheets, or the one named: their names, cells and merged ranges; or what is wrong, as `error`."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [meta for meta in workbook.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
    names = [meta.name for meta in sheets]
    shown = [meta.name for meta in sheets if meta.visible is SheetVisibleEnum.Visible] or names
    read = []
    for name in names if wanted is not None else shown:
        sheet = workbook.get_sheet_by_name(name)
        rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        read.append({"name": name, "rows": rows, "merged": sheet.merged_cell_ranges or []})
    return {"sheets": read}


def _plain(cell: Any) -> Any:
    """A cell as JSON has it: days and times with the word of what they are."""
    for sort in (datetime, date, time):
        if isinstance(cell, sort):
            return {sort.__name__: cell.isoformat()}
    return cell if isinstance(cell, str | int | float | bool) else str(cell)


def unplain(cell: Any) -> Any:
    """The cell again."""
    if not isinstance(cell, dict):
        return cell
    [(sort, text)] = cell.items()
    sorts: Mapping[str, Any] = {"datetime": datetime, "date": date, "time": time}
    return sorts[sort].fromisoformat(text)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the process is still apart
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_memory()
    try:
        answer = _read(sys.stdin.buffer.read(), sys.argv[1] if len(sys.argv) > 1 else None)
    except Exception as failure:
        answer = {"error": f"{type(failure).__name__}: {failure}"}
    sys.stdout.write(json.dumps(answer))
