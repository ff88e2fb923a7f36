"""`coverage` and `next`: what the year covers, and what comes next."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    as_of_option,
    format_option,
    language_option,
    reading,
    said_language,
    said_today,
    say_json,
    the_programme,
    today_option,
)
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.board import Board
    from planner.domain.coverage import Coverage
    from planner.services.coming import Coming


@click.command()
@language_option
@as_of_option
@format_option("text", "json", "csv")
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
    from rich.console import Console
    from rich.table import Table

    from planner.cli.tables import width
    from planner.domain.texts import text_in
    from planner.wording.coverage import heads, say_cadence, say_cell, say_gaps

    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(heads(found, language)):
        table.add_column(head, overflow="fold", min_width=24 if number == 0 else 6)
    for row in found.rows:
        cells = [say_cell(cell, language) for cell in row.cells]
        table.add_row(f"{row.priority.code}  {text_in(language, row.priority.titles)}", *cells)
    if found.rows:
        Console(width=width(), highlight=False, markup=False).print(table)
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


@click.command("next")
@click.option("--for", "party", default="", metavar="PARTY", help="In which this party takes part, in any role.")
@click.option("--days", type=click.IntRange(0, 3660), default=14, show_default=True, help="How far to look ahead.")
@today_option
@language_option
@as_of_option
@format_option("text", "json", "csv")
@click.pass_obj
def next_events(
    settings: Settings,
    /,
    party: str,
    days: int,
    today: date | None,
    language: str | None,
    as_of: str | None,
    form: str,
) -> None:
    """Show what comes next: events of the days ahead, those that may fall into them, and what is due.

    \b
    planner next
    planner next --for BY --days 30
    """
    from planner.services.checking import load_board
    from planner.services.coming import coming

    said = said_language(settings, language)
    with reading(settings, as_of) as snapshot:
        code = the_programme(settings, snapshot) if settings.programme else ""
        board = load_board(snapshot, said_today(today))
    found = coming(board, days, party, code)
    if form == "json":
        say_json(_coming_data(found, board))
    elif form == "csv":
        _say_coming_csv(found, board, said)
    else:
        _say_coming(found, board, said)


def _say_coming(found: "Coming", board: "Board", language: str) -> None:
    from planner.cli.tables import say_dated
    from planner.wording.dates import write_days

    days = write_days(found.first, found.last, language)
    if found.is_empty:
        click.echo(f"Ничего: {days}." if language == "ru" else f"Nothing on {days}.")
        return
    heads = (
        (days, "Возможно в эти дни", "Срок истекает") if language == "ru" else (days, "May fall into these days", "Due")
    )
    for head, events in zip(heads, (found.fixed, found.open, found.due), strict=True):
        if events:
            click.echo(click.style(head, bold=True))
            say_dated([(board.name(event), event, board.register(event)) for event in events], language)


def _coming_data(found: "Coming", board: "Board") -> dict[str, Any]:
    from planner.cli.tables import event_data

    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        **{
            name: [event_data(event, board.register(event)) for event in events]
            for name, events in (("fixed", found.fixed), ("open", found.open), ("due", found.due))
        },
    }


def _say_coming_csv(found: "Coming", board: "Board", language: str) -> None:
    from planner.cli.tables import write_csv
    from planner.wording.changes import say_place, title_of
    from planner.wording.dates import write_when

    groups = (("fixed", found.fixed), ("open", found.open), ("due", found.due))
    write_csv(
        ("ref", "how", "when", "title", "place", "status"),
        (
            (
                board.name(event),
                how,
                write_when(event.when, language),
                title_of(event, language),
                say_place(event, board.register(event), language),
                event.status.value,
            )
            for how, events in groups
            for event in events
        ),
    )
