"""The plan as a table of every field: CSV, a workbook (XLSX) and JSON. Each says from which revision it was made."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from planner.domain.event import Status
from planner.readers.inert import inert
from planner.readers.plan import FORMAT, VERSION
from planner.services.exporting import Export, export

_WIDE = ("title", "remarks", "participants", "date_text", "venue", "responsible")
_LOCKED = frozenset({"ref", "revision"})
_SPARE_ROWS = 200
"""Rows below the last in which a colleague may add events and still has the drop-downs."""
_MAY = ("insert_rows", "format_cells", "format_columns", "format_rows", "sort", "autofilter", "select_locked_cells")


def write_csv(made: Export) -> bytes:
    """UTF-8 with a mark that spreadsheet programs need, lines as RFC 4180 has them."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([inert(cell) for cell in row] for row in _rows(made))
    return text.getvalue().encode("utf-8-sig")


def write_json(made: Export) -> bytes:
    """An object of docs/plan.schema.json: for each event the cells that say something, by the names of the columns."""
    heads, *rows = _rows(made)
    plan = {
        "format": FORMAT,
        "version": int(VERSION),
        "programme": made.register.programme.code,
        "revision": made.revision,
        "events": [
            {name: cell for name, cell in zip(heads, row, strict=True) if cell and name != "revision"} for row in rows
        ],
    }
    return (json.dumps(plan, ensure_ascii=False, indent=1) + "\n").encode()


def _rows(made: Export) -> tuple[tuple[str, ...], ...]:
    return export(made.events, made.register, made.revision)


def write_workbook(made: Export) -> bytes:
    """A workbook with drop-downs for kind, status and state; references are locked, and every cell is a text."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    sheet, lists = book.add_worksheet("Plan"), book.add_worksheet("Lists")
    heads, *rows = _rows(made)
    _fill(book, sheet, heads, rows)
    _offer(book, sheet, lists, heads, len(rows) + _SPARE_ROWS, _choices(made))
    programme, said = made.register.programme.code, f"revision {made.revision}"
    sheet.set_header(f"&R&8{programme.replace('&', '&&')} · {said} · {made.at:%Y-%m-%d}")
    sheet.set_footer("&C&8&P / &N")
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.set_properties({"title": programme, "comments": said, "created": made.at.replace(tzinfo=None)})
    for name, text in (("PlannerProgramme", programme), ("PlannerRevision", str(made.revision))):
        book.set_custom_property(name, text)
    book.close()
    return file.getvalue()


def _fill(book: Any, sheet: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#DDDDDD", "valign": "top"})
    locked = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#7F7F7F", "num_format": "@"})
    free = book.add_format({"text_wrap": True, "valign": "top", "locked": False, "num_format": "@"})
    for column, name in enumerate(heads):
        sheet.set_column(column, column, 38 if name.startswith(_WIDE) else 16, locked if name in _LOCKED else free)
        sheet.write_string(0, column, name, bold)
    for number, row in enumerate(rows, 1):
        for column, (name, cell) in enumerate(zip(heads, row, strict=True)):
            if cell:
                sheet.write_string(number, column, inert(cell), locked if name in _LOCKED else free)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    sheet.protect("", dict.fromkeys(_MAY, True))  # no password: it keeps from slips, not from people


def _choices(made: Export) -> Mapping[str, Sequence[str]]:
    register = made.register
    states = sorted({each.code for each in register.parties if len(each.code) == 2})
    return {
        "kind": [kind.code for kind in register.kinds],
        "status": [status.value for status in Status],
        "host_country": states,
    }


def _offer(
    book: Any, sheet: Any, lists: Any, heads: Sequence[str], last: int, choices: Mapping[str, Sequence[str]]
) -> None:
    """The drop-downs, from lists on a hidden sheet: the cells of one may not say more than 255 letters in all."""
    for column, (name, values) in enumerate((name, values) for name, values in choices.items() if values):
        for number, value in enumerate(values):
            lists.write_string(number, column, value)
        letter = "ABCDEFGHIJ"[column]
        book.define_name(f"planner_{name}", f"=Lists!${letter}$1:${letter}${len(values)}")
        at = heads.index(name)
        sheet.data_validation(
            1,
            at,
            max(last, 1),
            at,
            {
                "validate": "list",
                "source": f"=planner_{name}",
                "error_title": name,
                "error_message": "Choose one from the list, or leave the cell as it was.",
            },
        )
    lists.hide()
