"""What would break, and what would help; nothing is written."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    fail_on_option,
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
    from planner.domain.suggestion import Suggestion
    from planner.services.trying import Trial
    from planner.wording.layout import Layout


@click.command()
@click.argument("ref")
@click.argument("when", nargs=-1, required=True)
@click.option(
    "--with",
    "along",
    type=click.Choice(["phases", "all", "none"]),
    default="phases",
    show_default=True,
    help="What comes along, as in `planner move`.",
)
@fail_on_option
@today_option
@looking_options("text", "json", "csv")
@click.pass_obj
def can(
    settings: Settings,
    /,
    ref: str,
    when: tuple[str, ...],
    along: Any,
    fail_on: Any,
    today: date | None,
    as_of: str | None,
    language: str | None,
    form: str,
) -> None:
    """Say exactly what would break, and what would clear, if an event were moved. Nothing is written.

    Its phases and what lies around it come along, as they would with `planner move`.
    Exit: 0 nothing would break, 1 something as grave as --fail-on would, 2 could not tell.

    \b
    planner can EX-2020-UB "19-23 October 2020"
    planner can EX-2020-UB 19–23 октября --language ru
    """
    from planner.cli.findings import say
    from planner.services.checking import load_board
    from planner.services.trying import try_moves

    said = said_language(settings, language)
    with reading(settings, as_of) as snapshot:
        board, revision = load_board(snapshot, said_today(today)), snapshot.revision
        programme = the_programme(settings, snapshot)
    trial = try_moves(board, revision, programme, [(ref, " ".join(when))], along)
    if form == "text":
        say_moves(trial, said)
    say(trial.report, trial.since, revision, form, said)
    if trial.report.fails(fail_on, trial.since.pressing):
        click.get_current_context().exit(1)


def say_moves(trial: "Trial", language: str) -> None:
    """The moves that are tried, and what is worth knowing of them."""
    from planner.wording.changes import say_change
    from planner.wording.notes import label, say_note

    for change in trial.changes:
        register = next(r for r in trial.report.board.registers if r.programme.code == change.key.programme)
        for line in say_change(change, register, language):
            click.echo(line)
    for note in trial.notes:
        click.echo(f"{label(language)}: {say_note(note, language)}")
    if not trial.changes:
        click.echo("Ничего не меняется." if language == "ru" else "Nothing changes.")
    click.echo()


@click.command()
@click.argument("ref")
@click.option("--within", metavar="DAYS", default="30d", show_default=True, help="How far from where it stands.")
@today_option
@looking_options("text", "json")
@click.pass_obj
def suggest(
    settings: Settings,
    /,
    ref: str,
    within: str,
    today: date | None,
    as_of: str | None,
    language: str | None,
    form: str,
) -> None:
    """Suggest days for an event, each with what it would clear and create. Nothing is written.

    Each day was tried on the whole plan, its phases and what lies around it along with it. Working days only, none on a
    day off of the host; an event with an open window gets days of its window. What is fixed by nature is never moved.

    \b
    planner suggest EX-2020-UB
    planner suggest EX-2020-UB --within 14d
    """
    from planner.cli.findings import suggestion_data
    from planner.cli.tables import width
    from planner.services.checking import load_board
    from planner.services.looking import the_event
    from planner.services.suggesting import suggest as suggest_days
    from planner.wording.layout import Layout

    days = _days_within(within)
    with reading(settings, as_of) as snapshot:
        board, revision = load_board(snapshot, said_today(today)), snapshot.revision
        programme = the_programme(settings, snapshot)
    event = the_event((each for each in board.events if each.programme == programme), ref)
    found = suggest_days(board, revision, event, days)
    layout = Layout(board, said_language(settings, language), width())
    if form == "json":
        say_json({"event": event.ref, "revision": revision, "days": [suggestion_data(each, layout) for each in found]})
    else:
        _say_suggestions(found, event.ref, days, layout)


def _days_within(text: str) -> int:
    """ "30d" or "30" as a number of days, at most a year."""
    number = text.strip().lower().removesuffix("d")
    if not number.isdecimal() or not 1 <= int(number) <= 366:
        raise click.BadParameter(f"{text!r} is not a number of days; write it as 30d", param_hint="--within")
    return int(number)


def _say_suggestions(found: "tuple[Suggestion, ...]", ref: str, days: int, layout: "Layout") -> None:
    from planner.wording.suggestions import say_suggestions

    if not found:
        english = f"No working day within {days} days will do for {ref}; look farther with --within"
        click.echo(layout.pick(english, f"В пределах {days} дн. для {ref} нет рабочих дней; шире: --within"))
    for line in say_suggestions(found, layout):
        click.echo(line)
