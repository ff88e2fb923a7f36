"""`export`: the plan as a table for colleagues, which may come back."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from planner.cli.common import Day, as_of_option, reading, talk, the_programme
from planner.errors import BadInput, problem
from planner.settings import Settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", "kinds", multiple=True, help="Of this kind.")
@click.option("--family", "families", multiple=True, help="Of a kind in this family.")
@click.option("--for", "parties", multiple=True, metavar="PARTY", help="In which this party takes part.")
@click.option("--from", "first", type=Day(), help="On or after this day.")
@click.option("--to", "last", type=Day(), help="On or before this day.")
@as_of_option
@click.pass_obj
def export(settings: Settings, /, file: Path, as_of: str | None, **given: Any) -> None:
    """Write the plan as a table (.csv or .xlsx) that a colleague may change and send back.

    Every row carries the revision it was made from: `planner import` takes back only what was changed in the table,
    merged with what was changed here since. Internal remarks are left out.

    \b
    planner export plan.xlsx
    planner export autumn.csv --from 2020-09-01 --family exercise
    """
    from planner.services.exporting import export as rows_of
    from planner.services.looking import Filters, narrowed

    make = {".csv": _csv, ".xlsx": _xlsx}.get(file.suffix.lower())
    if make is None:
        raise BadInput(problem(str(file), f"{file.suffix or 'no suffix'} is not a table I write", ".csv or .xlsx"))
    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
        events = narrowed(snapshot.events(register.programme.code), register, Filters(**given))
        rows = rows_of(events, register, snapshot.revision)
    kinds = [kind.code for kind in register.kinds]
    try:
        file.write_bytes(make(rows, kinds))
    except OSError as error:
        raise BadInput(problem(str(file), f"cannot be written ({error.strerror})")) from error
    talk(f"Wrote {len(rows) - 1} events of revision {rows[1][-1] if len(rows) > 1 else '–'} to {file}.")


def _csv(rows: Sequence[Sequence[str]], kinds: Sequence[str]) -> bytes:
    from planner.cli.tables import inert

    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[str]], kinds: Sequence[str]) -> bytes:
    """A workbook with drop-downs for kind and status; every cell is a text, so none is ever a formula."""
    import xlsxwriter

    from planner.domain.event import Status

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Plan")
    bold = book.add_format({"bold": True, "bg_color": "#DDDDDD"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, bold if number == 0 else wrapped)
    heads = list(rows[0])
    choices = {"kind": list(kinds), "status": [status.value for status in Status]}
    for name, values in choices.items():
        if len(",".join(values)) <= 255:  # the most a list may have in a cell's validation
            column = heads.index(name)
            sheet.data_validation(1, column, max(len(rows), 200), column, {"validate": "list", "source": values})
    for column, name in enumerate(heads):
        sheet.set_column(column, column, 40 if name.startswith(("title", "remarks")) else 18)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(heads) - 1)
    book.close()
    return file.getvalue()
