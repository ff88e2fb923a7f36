"""The plan as a table of every field: CSV, a workbook (XLSX) and JSON. Each says from which revision it was made."""

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from planner.domain.event import Event, Status
from planner.readers.inert import inert
from planner.readers.plan import FORMAT, VERSION
from planner.services.exporting import COLUMNS, Export, export
from planner.services.telling import cells_worded, name_back
from planner.wording.changes import say_status
from planner.wording.columns import say_heading

_PRINTED = (
    *("date_text", "venue", "host_country", "participants"),
    *("responsible", "forces", "kind", "status"),
)
_WIDTHS: Mapping[str, int] = {
    **{"ref": 15, "title_en": 42, "title_ru": 42, "short_en": 24, "short_ru": 24, "date_text": 24, "venue": 24},
    **{"host_country": 14, "participants": 22, "responsible": 22, "forces": 20, "kind": 20, "status": 14},
    **{"remarks_en": 34, "remarks_ru": 34, "links": 24, "decision": 24},
}
"""In letters; what is printed fills an A3 page on its side at nine tenths of its size."""
_USUAL_WIDTH = 16
_LINE = 15.5
"""Points."""
_FILLED = 0.75
"""Of a line, where words are not broken."""
_A3 = 8
_SHEETS = {"en": ("Plan", "Lists"), "ru": ("План", "Списки")}
_CHOOSE = {
    "en": "Choose one from the list, or leave the cell as it was.",
    "ru": "Выберите из списка или оставьте ячейку, какой она была.",
}
_OTHER = {"en": "ru", "ru": "en"}
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
    """A workbook with drop-downs for kind, status and state; references are locked, and every cell is a text.

    Printed, it has the columns people ask for on A3; the others stand to the right of them.
    """
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    sheet, lists = map(book.add_worksheet, _SHEETS[made.origin.language])
    printed, columns = _arranged(made)
    rows = [_worded(event, made, columns) for event in made.events]
    _fill(book, sheet, columns, rows, len(printed), made.origin.language)
    _offer(book, sheet, lists, columns, len(rows) + _SPARE_ROWS, made)
    _lay_out(sheet, made, len(rows), len(printed))
    book.set_properties(
        {
            "title": made.register.programme.code,
            "comments": made.edition,
            "created": made.at.replace(tzinfo=None),
        }
    )
    for name, text in (("PlannerProgramme", made.register.programme.code), ("PlannerRevision", str(made.revision))):
        book.set_custom_property(name, text)
    book.close()
    return file.getvalue()


def _arranged(made: Export) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that are printed, and all of them, those first."""
    printed = ("ref", *_spoken(made, "title", "titles"), *_PRINTED, *_spoken(made, "remarks", "remarks"))
    return printed, (*printed, *(column for column in COLUMNS if column not in printed))


def _spoken(made: Export, column: str, attribute: str) -> tuple[str, ...]:
    """The column in the language of the workbook; that in the other as well, or instead, where it alone says it."""
    own, other = made.origin.language, _OTHER[made.origin.language]
    texts = [dict(getattr(event, attribute)) for event in made.events]
    only = [f"{column}_{other}"] if any(each.get(other) and not each.get(own) for each in texts) else []
    return tuple([f"{column}_{own}", *only] if not only or any(each.get(own) for each in texts) else only)


def _worded(event: Event, made: Export, columns: Sequence[str]) -> tuple[str, ...]:
    cells = {**cells_worded(event, made.register, made.origin.language), "ref": event.ref}
    cells["revision"] = str(made.revision)
    return tuple(cells[column] for column in columns)


def _lay_out(sheet: Any, made: Export, rows: int, printed: int) -> None:
    """A3 on its side, as many pages as it takes, headings on each; the footer says of which revision."""
    said = made.edition
    code = made.register.programme.code.replace("&", "&&")
    sheet.set_header(f"&L&9{made.organisation.replace('&', '&&')}&R&9{code} · {said}")
    sheet.set_footer("&C&9&P / &N")
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    sheet.print_area(0, 0, max(rows, 1), printed - 1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _fill(
    book: Any, sheet: Any, columns: Sequence[str], rows: Sequence[Sequence[str]], printed: int, language: str
) -> None:
    thin = {"border": 1, "border_color": "#BFBFBF", "text_wrap": True, "valign": "top"}
    head = book.add_format({**thin, "bold": True, "bg_color": "#E7E6E6", "valign": "vcenter", "align": "center"})
    locked = book.add_format({**thin, "font_color": "#7F7F7F", "num_format": "@"})
    free = book.add_format({**thin, "locked": False, "num_format": "@"})
    empty = book.add_format({"locked": False, "num_format": "@", "text_wrap": True, "valign": "top"})
    for column, name in enumerate(columns):
        is_locked = name in _LOCKED
        sheet.set_column(column, column, _WIDTHS.get(name, _USUAL_WIDTH), locked if is_locked else empty)
        sheet.write_string(0, column, say_heading(name, language), head)
        for number, row in enumerate(rows, 1):
            write = sheet.write_string if row[column] else sheet.write_blank
            write(number, column, inert(row[column]), locked if is_locked else free)
    # Set, because not every program fits rows to wrapped texts when it opens a file.
    sheet.set_row(0, 2 * _LINE)
    for number, row in enumerate(rows, 1):
        sheet.set_row(number, _LINE * max(map(_lines, row[:printed], columns)))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.protect("", dict.fromkeys(_MAY, True))  # no password: it keeps from slips, not from people


def _lines(cell: str, column: str) -> int:
    """As many lines as the text takes at the width of its column, rather one too many."""
    room = _WIDTHS.get(column, _USUAL_WIDTH) * _FILLED
    return sum(max(1, math.ceil(len(line) / room)) for line in cell.split("\n"))


def _choices(made: Export) -> Mapping[str, Sequence[str]]:
    register, language = made.register, made.origin.language
    states = [each.code for each in register.parties if len(each.code) == 2]
    return {
        "kind": [name_back("kind", kind.code, register, language) for kind in register.kinds],
        "status": [say_status(status, language) for status in Status],
        "host_country": sorted(name_back("party", code, register, language) for code in states),
    }


def _offer(book: Any, sheet: Any, lists: Any, columns: Sequence[str], last: int, made: Export) -> None:
    """The drop-downs, from lists on a hidden sheet: the cells of one may not say more than 255 letters in all."""
    for column, (name, values) in enumerate(each for each in _choices(made).items() if each[1]):
        for number, value in enumerate(values):
            lists.write_string(number, column, value)
        letter = "ABCDEFGHIJ"[column]
        book.define_name(f"planner_{name}", f"={lists.name}!${letter}$1:${letter}${len(values)}")
        at = columns.index(name)
        sheet.data_validation(
            1,
            at,
            max(last, 1),
            at,
            {
                "validate": "list",
                "source": f"=planner_{name}",
                "error_title": say_heading(name, made.origin.language),
                "error_message": _CHOOSE[made.origin.language],
            },
        )
    lists.hide()
