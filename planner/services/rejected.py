"""The rows an import left out, as a table to correct and import: each with its reasons in a last column."""

import csv
import io
from collections.abc import Sequence

from planner.errors import BadInput, problem
from planner.readers.inert import inert
from planner.services.importing import ImportPlan
from planner.wording.imports import say_whole


def table_of_rejects(plan: ImportPlan, suffix: str, language: str = "en") -> tuple[bytes, int]:
    """The content of the file, and how many rows it has. Raises BadInput for a form it cannot have."""
    heads, rows = rejects(plan, language)
    make = {".csv": _csv, ".xlsx": _xlsx}.get(suffix)
    if make is None:
        raise BadInput(problem("--rejects", f"{suffix or 'no suffix'} is not a table I write", ".csv or .xlsx"))
    return make([heads, *rows]), len(rows)


def rejects(plan: ImportPlan, language: str = "en") -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Headings and cells of the rows that were left out, the reasons in a last column: a list to correct and import."""
    assert plan.run is not None
    reasons = {r.number: "; ".join(say_whole(each, language) for each in r.problems) for r in plan.rows if r.problems}
    headings = tuple(heading for heading, _ in plan.run.headings)
    rows = tuple((*row.cells, reasons[row.number]) for row in plan.run.rows if row.number in reasons)
    return (*headings, "причина" if language == "ru" else "reason"), rows


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Rejects")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    reason = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#9C0006"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            style = bold if number == 0 else reason if column == len(row) - 1 else wrapped
            sheet.write_string(number, column, cell, style)
    sheet.set_column(0, max(len(rows[0]) - 2, 0), 24)
    sheet.set_column(len(rows[0]) - 1, len(rows[0]) - 1, 60)
    sheet.freeze_panes(1, 0)
    book.close()
    return file.getvalue()
