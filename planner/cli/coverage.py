"""`coverage`: which priority has events when, and how often each body meets."""

from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import looking_options, reading, said_language, said_today, say_json, the_programme
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.coverage import Coverage


@click.command()
@looking_options("text", "json", "csv")
@click.pass_obj
def coverage(settings: Settings, /, language: str | None, as_of: str | None, form: str) -> None:
    """Show which priority has events in which quarter, and which body meets too seldom.

    A number counts events that surely lie in the quarter, one with a question mark those that may. Gaps are quarters
    in which a priority has neither.

    \b
    planner coverage
    planner coverage --format csv
    """
    from planner.domain import coverage as covering
    from planner.services.checking import load_board

    with reading(settings, as_of) as snapshot:
        code = the_programme(settings, snapshot)
        board = load_board(snapshot, said_today(None))
    register = next(each for each in board.registers if each.programme.code == code)
    found, said = covering.coverage(board, register), said_language(settings, language)
    if form == "json":
        say_json(_coverage_data(found, said))
    elif form == "csv":
        _say_coverage_csv(found, said)
    else:
        _say_coverage(found, said)


def _say_coverage(found: "Coverage", language: str) -> None:
    from rich.table import Table

    from planner.cli.tables import show_table
    from planner.domain.texts import text_in
    from planner.wording.coverage import heads, say_cadence, say_cell, say_gaps

    table = Table(box=None, pad_edge=False, header_style="bold")
    first, *quarters = heads(found, language)
    table.add_column("", no_wrap=True)
    table.add_column(first, overflow="fold")
    for quarter in quarters:
        table.add_column(quarter, no_wrap=True)
    for row in found.rows:
        cells = [say_cell(cell, language) for cell in row.cells]
        table.add_row(row.priority.code, text_in(language, row.priority.titles), *cells)
    if found.rows:
        show_table(table)
        click.echo(say_gaps(found, language))
    else:
        click.echo("В программе нет приоритетов." if language == "ru" else "The programme has no priorities.")
    for one in found.cadences:
        click.echo(say_cadence(one, language))


def _coverage_data(found: "Coverage", language: str) -> dict[str, Any]:
    from planner.domain.texts import text_in

    return {
        "programme": found.register.programme.code,
        "quarters": [quarter.name for quarter in found.quarters],
        "priorities": [
            {
                "priority": row.priority.code,
                "title": text_in(language, row.priority.titles),
                "quarters": [
                    {"quarter": c.quarter.name, "sure": list(c.sure), "open": list(c.open), "gap": c.is_gap}
                    for c in row.cells
                ],
                "undated": list(row.undated),
            }
            for row in found.rows
        ],
        "bodies": [
            {"body": one.body.code, "least": one.least, "events": list(one.refs), "missing": one.missing}
            for one in found.cadences
        ],
    }


def _say_coverage_csv(found: "Coverage", language: str) -> None:
    from planner.cli.tables import write_csv
    from planner.domain.texts import text_in

    write_csv(
        ("priority", "title", "quarter", "sure", "open", "gap"),
        (
            (
                row.priority.code,
                text_in(language, row.priority.titles),
                cell.quarter.name,
                " ".join(cell.sure),
                " ".join(cell.open),
                "yes" if cell.is_gap else "",
            )
            for row in found.rows
            for cell in row.cells
        ),
    )
