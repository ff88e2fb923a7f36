"""Accepting what a check found, with a reason and an end."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    Day,
    carry_out,
    language_option,
    looking_options,
    reading,
    said_language,
    said_today,
    say_json,
    today_option,
    who,
    writing_options,
)
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.board import Board
    from planner.domain.report import Report
    from planner.services.proposal import Proposal
    from planner.services.waiving import Standings
    from planner.store import Snapshot


@click.command()
@click.argument("handles", metavar="HANDLE...", nargs=-1, required=True)
@click.option("--until", type=Day(), help="The last day it holds.  [default: the end of the later event]")
@today_option
@language_option
@writing_options
@click.pass_obj
def waive(
    settings: Settings,
    /,
    handles: tuple[str, ...],
    until: date | None,
    today: date | None,
    language: str | None,
    **given: Any,
) -> None:
    """Accept findings of a check, named by their handles, with a reason.

    What is accepted is counted and no longer listed, until its day passes or the facts change: days, places, forces,
    levels. A mended title changes nothing.

    \b
    planner waive K7QF --reason "deputy attends"
    planner waive K7QF A8QF --reason "agreed with the host" --until 2020-10-20
    """
    from planner.services.waiving import propose_waive

    name = who(settings, given["by"])

    def propose(snapshot: "Snapshot") -> "Proposal":
        report = _whole(snapshot, today)
        return propose_waive(report, snapshot.revision, handles, given["reason"], name, until)

    carry_out(settings, propose, _preview(settings, today, language), **given)


@click.group()
def waiver() -> None:
    """List what was accepted, or end it."""


@waiver.command(name="list")
@today_option
@looking_options("text", "json", "csv")
@click.pass_obj
def list_waivers(settings: Settings, /, today: date | None, language: str | None, as_of: str | None, form: str) -> None:
    """List what was accepted, by the day it lapses, and whether it still holds.

    \b
    planner waiver list
    """
    from planner.services.waiving import waivers

    said = said_language(settings, language)
    with reading(settings, as_of) as snapshot:
        report = _whole(snapshot, today)
    listed = waivers(report)
    if form == "json":
        say_json([_data(each) for each in listed])
    elif form == "csv":
        _say_csv(listed)
    elif not listed:
        click.echo(_pick("Nothing is accepted.", "Ничего не принято.", said))
    else:
        for each in listed:
            _say(each, report.board, said)


@waiver.command()
@click.argument("handles", metavar="HANDLE...", nargs=-1, required=True)
@today_option
@language_option
@writing_options
@click.pass_obj
def end(
    settings: Settings, /, handles: tuple[str, ...], today: date | None, language: str | None, **given: Any
) -> None:
    """End waivers: what they accepted is listed again.

    \b
    planner waiver end K7QF --reason "the deputy is ill"
    """
    from planner.services.waiving import propose_end

    def propose(snapshot: "Snapshot") -> "Proposal":
        return propose_end(_whole(snapshot, today), snapshot.revision, handles)

    carry_out(settings, propose, _preview(settings, today, language), **given)


def _preview(settings: Settings, today: date | None, language: str | None) -> "Callable[[Snapshot, Proposal], None]":
    """Shows the findings a proposal accepts, or lists again."""
    from planner.domain.waiver import Waiver
    from planner.services.waiving import standings

    said = said_language(settings, language)

    def show(snapshot: "Snapshot", proposal: "Proposal") -> None:
        report = _whole(snapshot, today)
        if any(change.after for change in proposal.changes):
            click.echo(_pick("accepted:", "принимается:", said))
        elif proposal.changes:
            click.echo(_pick("no longer accepted:", "больше не принимается:", said))
        meant = (change.after or change.before for change in proposal.changes)
        for each in standings(report, [record for record in meant if isinstance(record, Waiver)]):
            _say(each, report.board, said)

    return show


def _pick(english: str, russian: str, language: str) -> str:
    return russian if language == "ru" else english


def _whole(snapshot: "Snapshot", today: date | None) -> "Report":
    """A check without filters: every finding has its handle there."""
    from planner.services.checking import Options, check, load_board

    return check(load_board(snapshot, said_today(today)), Options(past=True))


def _say(each: "Standings", board: "Board", language: str) -> None:
    from planner.cli.tables import width
    from planner.wording.layout import Layout
    from planner.wording.report import say_waiver

    layout = Layout(board, language, width())
    for line in say_waiver(each.handle, each.waiver, each.standing.value, each.checked, layout):
        click.echo(line)


def _say_csv(listed: "tuple[Standings, ...]") -> None:
    from planner.cli.tables import write_csv

    heads = ("handle", "id", "until", "who", "reason", "standing")
    write_csv(heads, (tuple(str(value) for value in _data(each).values()) for each in listed))


def _data(each: "Standings") -> dict[str, Any]:
    waiver = each.waiver
    return {
        "handle": each.handle,
        "id": waiver.code,
        "until": waiver.until.isoformat(),
        "who": waiver.who,
        "reason": waiver.reason,
        "standing": each.standing.value,
    }
