"""Checking the plan for conflicts."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    Day,
    as_of_option,
    format_option,
    language_option,
    reading,
    said_language,
    said_today,
    say_json,
    today_option,
)
from planner.errors import BadInput, NotFound, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.board import Board


@click.command()
@click.option("--from", "first", type=Day(), help="Findings on or after this day.")
@click.option("--to", "last", type=Day(), help="Findings on or before this day.")
@click.option("--event", "refs", multiple=True, metavar="REF", help="About this event.")
@click.option("--rule", "rules", multiple=True, metavar="CODE", help="Of this rule, such as C04.")
@click.option("--for", "parties", multiple=True, metavar="PARTY", help="About events in which this party takes part.")
@click.option("--all", "everything", is_flag=True, help="List notes and thin possibilities as well.")
@click.option("--past", is_flag=True, help="List what is over, and clashes among held events, as well.")
@click.option(
    "--fail-on",
    type=click.Choice(["certain", "possible", "never"]),
    default="certain",
    show_default=True,
    help="What makes the exit status 1.",
)
@today_option
@as_of_option
@language_option
@format_option("text", "json", "csv")
@click.pass_obj
def check(
    settings: Settings,
    /,
    today: date | None,
    as_of: str | None,
    language: str | None,
    form: str,
    fail_on: Any,
    **asked: Any,
) -> None:
    """Check the plan for conflicts. Nothing is written.

    Certain clashes, and possible ones that matter, are listed; notes and thin possibilities are counted.
    Exit: 0 clean, 1 findings as grave as --fail-on, 2 could not check.

    \b
    planner check
    planner check --for BY --from 2020-09-01
    planner check --format json --past --all
    """
    from planner.cli.findings import report_data, say_report_csv, say_report_text
    from planner.services import checking

    with reading(settings, as_of) as snapshot:
        board = checking.load_board(snapshot, said_today(today))
        revision = snapshot.revision
    _refuse_unknown(board, asked["refs"], asked["rules"], asked["parties"])
    report = checking.check(board, checking.Options(**asked))
    said = said_language(settings, language)
    if form == "json":
        say_json(report_data(report, revision, said))
    elif form == "csv":
        say_report_csv(report, said)
    else:
        say_report_text(report, said)
    if report.fails(fail_on):
        click.get_current_context().exit(1)


def _refuse_unknown(board: "Board", refs: tuple[str, ...], rules: tuple[str, ...], parties: tuple[str, ...]) -> None:
    """What is asked about must exist: a mistyped reference would otherwise look like a clean plan."""
    from planner.domain.texts import Names
    from planner.rules import RULES

    if not board.registers:
        raise NotFound(problem("", "the database has no programme yet", remedy="planner programme load FILE.toml"))
    known = (
        ("--event", refs, {event.ref for event in board.events}),
        ("--rule", rules, {rule.code for rule in RULES}),
        ("--for", parties, {party.code for register in board.registers for party in register.parties}),
    )
    problems = []
    for option, asked, codes in known:
        for code in asked:
            if code not in codes:
                near = Names((each, ()) for each in codes).nearest(code)
                problems.append(problem(option, f"{code!r} is not known", remedy=_did_you_mean(near)))
    if problems:
        raise BadInput(*problems)


def _did_you_mean(near: tuple[str, ...]) -> str:
    return f"did you mean {', '.join(near)}?" if near else ""
