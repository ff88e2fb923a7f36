"""`planner daily`: what a timer runs every morning, and whether a person should look."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import (
    by_option,
    format_option,
    language_option,
    reading,
    said_language,
    said_today,
    say_json,
    today_option,
    who,
    writing,
)
from planner.errors import PlannerError, Unavailable, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.board import Board
    from planner.services.daily import Outcome
    from planner.store import Snapshot

STEPS = ("backup", "check", "publish", "zones", "layers", "addresses", "unsettled")


@click.command()
@click.option("--backup-to", type=click.Path(path_type=Path), help="Folder of backups.  [default: PLANNER_BACKUPS]")
@click.option("--keep", type=click.IntRange(min=1), help="Keep so many there.  [default: PLANNER_KEEP_BACKUPS]")
@click.option(
    "--publish-to", type=click.Path(path_type=Path), help="Folder to publish to.  [default: PLANNER_PUBLISH_TO]"
)
@click.option("--skip", multiple=True, type=click.Choice(STEPS), help="Leave a step out; may be said several times.")
@by_option("Who keeps the check.")
@today_option
@language_option
@format_option("text", "json")
@click.pass_obj
def daily(
    settings: Settings,
    /,
    backup_to: Path | None,
    keep: int | None,
    publish_to: Path | None,
    skip: tuple[str, ...],
    by: str | None,
    today: date | None,
    language: str | None,
    form: str,
) -> None:
    """Do what is due every day, and say in ten lines whether a person should look.

    It backs up, checks and keeps the check, publishes, and looks for events that zone rules moved, for layers and
    addresses that fell silent, and for events without an outcome. A step that fails does not stop the others.

    Exit: 0 all is well, 1 a person should look.

    \b
    planner daily
    planner daily --backup-to /var/backups/planner --publish-to /srv/www/calendars --by timer
    planner daily --skip backup --format json
    """
    chosen = replace(
        settings,
        backups=str(backup_to or settings.backups),
        keep_backups=keep or settings.keep_backups,
        publish_to=str(publish_to or settings.publish_to),
    )
    day, now = said_today(today), datetime.now(UTC)
    keeper = "" if "check" in skip else who(settings, by)
    with reading(chosen) as snapshot:
        revision = snapshot.revision
        done = [*_steps(chosen, snapshot, day, now, keeper, skip)]
    _say(done, day, revision, said_language(settings, language), form)
    if any(each.needs_person for each in done):
        click.get_current_context().exit(1)


def _steps(
    settings: Settings, snapshot: "Snapshot", today: date, now: datetime, keeper: str, skip: tuple[str, ...]
) -> "Iterator[Outcome]":
    """Each step in turn; one that cannot be done says why and leaves the others to go on."""
    from planner.services import daily as day
    from planner.services.checking import load_board

    board = load_board(snapshot, today)
    codes = [settings.programme] if settings.programme else [each.code for each in snapshot.programmes()]
    days = settings.stale_days
    steps: dict[day.Step, Callable[[], Outcome]] = {
        day.Step.BACKUP: lambda: _back_up(settings, now),
        day.Step.CHECK: lambda: _check(settings, snapshot, board, now, keeper),
        day.Step.PUBLISH: lambda: _publish(settings, snapshot),
        day.Step.ZONES: lambda: day.judged(day.Step.ZONES, day.moved_by_zones(snapshot, codes, today)),
        day.Step.LAYERS: lambda: day.judged(day.Step.LAYERS, day.stale_layers(snapshot, codes, today, days), str(days)),
        day.Step.ADDRESSES: lambda: _addresses(settings, codes, now),
        day.Step.UNSETTLED: lambda: day.judged(day.Step.UNSETTLED, day.to_be_settled(board, codes)),
    }
    for step, act in steps.items():
        try:
            yield day.Outcome(step, day.State.OFF, note="skipped") if step in skip else act()
        except PlannerError as error:
            yield day.Outcome(step, day.State.FAILED, note="; ".join(str(each) for each in error.problems))


def _back_up(settings: Settings, now: datetime) -> "Outcome":
    from planner.services.daily import Outcome, State, Step
    from planner.store.backups import back_up, outlived

    if not settings.backups:
        return Outcome(Step.BACKUP, State.OFF)
    folder = _folder(settings.backups)
    made = back_up(settings.database, folder, now)
    for path in outlived(folder, settings.database, settings.keep_backups):
        path.unlink()
    return Outcome(Step.BACKUP, State.WELL, 1, (str(made.path),))


def _check(settings: Settings, snapshot: "Snapshot", board: "Board", now: datetime, keeper: str) -> "Outcome":
    from planner.services.daily import Step, judged, new_findings
    from planner.services.remembering import keep

    found = judged(Step.CHECK, new_findings(snapshot, board))
    with writing(settings) as database:
        keep(database, board, snapshot.revision, now, keeper)
    return found


def _publish(settings: Settings, snapshot: "Snapshot") -> "Outcome":
    from planner.cli.publish import put_out
    from planner.services.daily import Outcome, State, Step

    if not settings.publish_to:
        return Outcome(Step.PUBLISH, State.OFF)
    out = put_out(settings, snapshot, _folder(settings.publish_to))
    names = tuple(path.name for path in out.left)
    changed = sum(each.is_changed for each in out.written)
    return Outcome(
        Step.PUBLISH,
        State.LOOK if out.left else State.WELL,
        changed,
        names,
        f"{changed}/{len(out.written)} → {settings.publish_to}",
    )


def _addresses(settings: Settings, codes: list[str], now: datetime) -> "Outcome":
    from planner.services.daily import Step, judged, silent_addresses
    from planner.services.subscribing import addresses

    every = [each for code in codes for each in addresses(settings.database, code)]
    return judged(Step.ADDRESSES, silent_addresses(every, now, settings.silent_days), str(settings.silent_days))


def _folder(name: str) -> Path:
    """The folder, made where only it is missing."""
    folder = Path(name)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise Unavailable(problem(name, f"cannot be made as a folder ({error.strerror})")) from error
    return folder


def _say(done: "list[Outcome]", day: date, revision: int, language: str, form: str) -> None:
    from planner.wording.daily import say_end, say_step

    count = sum(each.needs_person for each in done)
    if form == "json":
        steps = [
            {"step": e.step.value, "state": e.state.value, "count": e.count, "names": list(e.names), "note": e.note}
            for e in done
        ]
        say_json({"day": day.isoformat(), "revision": revision, "needs_person": count > 0, "steps": steps})
        return
    click.echo(f"{day}   {'редакция' if language == 'ru' else 'revision'} {revision}")
    for each in done:
        click.echo(say_step(each.step, each.state, each.count, each.names, each.note, language))
    click.echo(say_end(count, language))
