"""Checking the plan for conflicts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    by_option,
    days_options,
    fail_on_option,
    lasting_values,
    looking_options,
    reading,
    said_language,
    said_today,
    talk,
    the_programme,
    today_option,
    who,
    writing,
)
from planner.errors import BadInput, NotFound, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.board import Board
    from planner.domain.memory import Since
    from planner.services.checking import Options
    from planner.services.trying import Trial


@click.command()
@days_options("Findings on or after this day.", "Findings on or before this day.")
@click.option("--event", "refs", multiple=True, metavar="REF", help="About this event.")
@click.option("--rule", "rules", multiple=True, metavar="CODE", help="Of this rule, such as C04.")
@click.option("--for", "parties", multiple=True, metavar="PARTY", help="About events in which this party takes part.")
@click.option("--all", "everything", is_flag=True, help="List notes and thin possibilities as well.")
@click.option("--past", is_flag=True, help="List what is over, and clashes among held events, as well.")
@fail_on_option
@click.option(
    "--if", "moves", multiple=True, metavar='"REF=WHEN"', help="As if these events were moved; nothing is stored."
)
@click.option("--since", metavar="last|REVISION|DAY", help="Only what changed since a kept check, or an earlier plan.")
@click.option("--record", is_flag=True, help="Keep this check, for a later `--since last`.")
@by_option("Who keeps it.")
@today_option
@looking_options("text", "json", "csv")
@click.pass_obj
def check(
    settings: Settings,
    /,
    today: date | None,
    as_of: str | None,
    language: str | None,
    form: str,
    fail_on: Any,
    since: str | None,
    moves: tuple[str, ...],
    record: bool,
    by: str | None,
    **asked: Any,
) -> None:
    """Check the plan for conflicts. Nothing is written, unless --record keeps the check.

    Certain clashes, and possible ones that matter, are listed; notes and thin possibilities are counted.
    With --since what is new, worse or no longer accepted is listed, what eased, was accepted or is gone is named.
    Exit: 0 clean, 1 findings as grave as --fail-on (with --since: new, worse or lapsed ones), 2 could not check.

    \b
    planner check
    planner check --for BY --from 2020-09-01
    planner check --since last --record
    planner check --if "EX-2020-UB=19-23 October" --if "PKO-2020-1=21 September - 2 October"
    planner check --format json --past --all
    """
    from planner.cli.findings import say
    from planner.cli.trying import say_moves
    from planner.services import checking
    from planner.services.asked import meant

    context = click.get_current_context()
    context.with_resource(lasting_values())
    options, said = checking.Options(**asked), said_language(settings, language)
    _refuse_together(moves, since, record)
    keeper = _keeper(settings, by, options, as_of) if record else ""
    with reading(settings, as_of) as snapshot:
        board = checking.load_board(snapshot, said_today(today))
        revision = snapshot.revision
        programme = the_programme(settings, snapshot) if moves else ""
    options = meant(board, options)
    trial = _tried(board, revision, programme, moves, options) if moves else None
    report = trial.report if trial else checking.check(board, options)
    turned = trial.since if trial else _turned(settings, since, board) if since else None
    if trial and form == "text":
        say_moves(trial, said)
    say(report, turned, revision, form, said)
    if keeper:
        _keep(settings, board, revision, keeper)
    if report.fails(fail_on, turned.pressing if turned else None):
        context.exit(1)


def _refuse_together(moves: tuple[str, ...], since: str | None, record: bool) -> None:
    """What is only supposed is neither kept nor compared with an earlier check."""
    others = [option for option, is_said in (("--since", since), ("--record", record)) if is_said]
    if moves and others:
        raise BadInput(problem("--if", f"cannot stand beside {' and '.join(others)}", remedy="ask them one by one"))


def _tried(board: "Board", revision: int, programme: str, moves: tuple[str, ...], options: "Options") -> "Trial":
    from planner.services.trying import read_wanted, try_moves

    return try_moves(board, revision, programme, read_wanted(moves), options=options)


def _keeper(settings: Settings, by: str | None, options: "Options", as_of: str | None) -> str:
    """Who keeps the check. What is kept is the whole plan as it stands, or later comparisons would go wrong."""
    from planner.services.checking import Options

    if as_of is not None or replace(options, everything=False, past=False) != Options():
        remedy = "leave --from, --to, --event, --rule, --for and --as-of away"
        raise BadInput(problem("--record", "keeps a check of the whole plan as it stands", remedy=remedy))
    return who(settings, by)


def _keep(settings: Settings, board: "Board", revision: int, keeper: str) -> None:
    from planner.services.remembering import keep

    with writing(settings) as database:
        number = keep(database, board, revision, datetime.now(UTC), keeper)
    talk(f"Kept as check {number}.")


def _turned(settings: Settings, text: str, board: "Board") -> "Since":
    """What became of the findings since the check meant: the last one kept, or one of the plan as it was."""
    from planner.domain.release import release_number
    from planner.services.remembering import last_kept, since, state_then
    from planner.services.states import revision_meant

    with reading(settings) as snapshot:
        if text == "last":
            memory = last_kept(snapshot)
            if memory is None:
                remedy = "planner check --record keeps one"
                raise NotFound(problem("--since", "no check has been kept yet", remedy=remedy))
            return since(memory, board)
        revision_meant(snapshot, text, "--since", "'last', a number, a day as 2020-10-12, or a release as R2")
    with reading(settings, text) as then:
        # Of a day, as it looked on that day; of a revision or release, with today's eyes: only the plan differs.
        is_state = text.isdecimal() or release_number(text) is not None
        day = board.day if is_state else date.fromisoformat(text)
        return since(state_then(then, day), board)
