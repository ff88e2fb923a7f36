"""Lists as they really arrive: one situation in each file, named by it; what is read in it stands beside it as JSON.

`asked` in that JSON is what a person says with the file (a kind, a sheet, an encoding).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from planner.domain.event import Booking, Link
from planner.domain.window import When, Window
from planner.errors import BadInput
from planner.readers.listing import ReadRow, read_list
from planner.readers.table import Table, read_table
from tests.boards import sample_register

FOLDER = Path(__file__).parent
EXPECTED = ".expected.json"
LISTS = tuple(
    path
    for path in sorted(FOLDER.iterdir())
    if path.is_file() and path.suffix != ".py" and not path.name.endswith(EXPECTED)
)
TERM = (date(2020, 1, 1), date(2020, 12, 31))

_OF_FILE = frozenset({"encoding", "sheet", "header_row"})


def expected_path(path: Path) -> Path:
    return path.with_name(path.name + EXPECTED)


def asked_of(path: Path) -> Mapping[str, Any]:
    beside = expected_path(path)
    asked: Mapping[str, Any] = (
        json.loads(beside.read_text(encoding="utf-8")).get("asked", {}) if beside.exists() else {}
    )
    return asked


def written(path: Path, read: Mapping[str, Any]) -> str:
    asked = asked_of(path)
    whole = {"asked": asked, **read} if asked else read
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def reading(path: Path) -> Mapping[str, Any]:
    """Everything that is read in a list with the programme of 2020, in words that JSON has."""
    asked = asked_of(path)
    of_file = {name: value for name, value in asked.items() if name in _OF_FILE}
    of_rows = {name: value for name, value in asked.items() if name not in _OF_FILE}
    try:
        table = read_table(path.read_bytes(), path.name, term=lambda: TERM, **of_file)
        listed = read_list(table, sample_register(), **of_rows)
    except BadInput as refused:
        return {"refused": [str(problem) for problem in refused.problems]}
    return {
        **_head(table, listed.notes),
        "columns": {heading: column for heading, column in listed.columns if column},
        "not read": [heading for heading, column in listed.columns if not column],
        "sections": [f"row {each.number}: {each.text} → {each.kind or 'no kind'}" for each in listed.sections],
        "new to the register": [f"{entry.sort} {entry.code}" for entry in listed.additions],
        "rows": [_row(row) for row in listed.rows],
    }


def _head(table: Table, notes: Sequence[str]) -> Mapping[str, Any]:
    found = {
        "form": table.encoding,
        "sheet": table.sheet,
        "header_row": table.header_row,
        "notes": [*table.notes, *notes],
    }
    return {**found, **({"programme": table.programme} if table.programme else {})}


def _row(row: ReadRow) -> Mapping[str, Any]:
    values = {name: _said(value) for name, value in row.values.items()}
    filled = {name: value for name, value in values.items() if value not in ("", [], None, False)}
    ref = {"ref": row.ref} if row.ref else {}
    problems = {"problems": [str(problem) for problem in row.problems]} if row.problems else {}
    return {"row": row.number, **ref, **filled, **problems}


def _said(value: Any) -> Any:
    if isinstance(value, When):
        former = f" · formerly {value.former}" if value.former else ""
        spans = "; ".join(map(_window, value.windows))
        return f"{value.mode.value}: {spans or '—'} · «{value.words}»{former}"
    if isinstance(value, Booking):
        return f"{value.sort.value} {value.code} {value.role.value}"
    if isinstance(value, Link):
        return f"{value.relation.value}:{value.ref}"
    if isinstance(value, tuple):
        return [_said(each) for each in value]
    return value if value is None or isinstance(value, bool | int) else str(value)


def _window(window: Window) -> str:
    days = f"{window.first}" if window.first == window.last else f"{window.first}/{window.last}"
    at = f" {window.at:%H:%M}" if window.at is not None else ""
    length = "" if window.length is None else f" for {window.length} {'days' if window.at is None else 'minutes'}"
    return f"{days}{at}{length} {window.zone} ({window.precision.value})"
