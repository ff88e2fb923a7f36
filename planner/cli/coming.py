"""`next`: what comes in the days ahead."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    looking_options,
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
    from planner.domain.event import Event
    from planner.services.coming import Coming


@click.command("next")
@click.option("--for", "party", default="", metavar="PARTY", help="In which this party takes part, in any role.")
@click.option("--days", type=click.IntRange(0, 3660), default=14, show_default=True, help="How far to look ahead.")
@today_option
@looking_options("text", "json", "csv")
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
    for how, events in _groups(found):
        if events:
            click.echo(click.style(_HEADS[how][language == "ru"] if how in _HEADS else days, bold=True))
            say_dated([(board.name(event), event, board.register(event)) for event in events], language)


_HEADS = {"open": ("May fall into these days", "Возможно в эти дни"), "due": ("Due", "Срок истекает")}


def _groups(found: "Coming") -> "tuple[tuple[str, tuple[Event, ...]], ...]":
    return ("fixed", found.fixed), ("open", found.open), ("due", found.due)


def _coming_data(found: "Coming", board: "Board") -> dict[str, Any]:
    from planner.cli.tables import event_data

    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        **{how: [event_data(event, board.register(event)) for event in events] for how, events in _groups(found)},
    }


def _say_coming_csv(found: "Coming", board: "Board", language: str) -> None:
    from planner.cli.tables import write_csv
    from planner.wording.changes import say_place, title_of
    from planner.wording.dates import write_when

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
            for how, events in _groups(found)
            for event in events
        ),
    )
