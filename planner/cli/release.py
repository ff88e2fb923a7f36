"""Releases: `release` freezes a numbered state of the plan, `release list` shows them all."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    as_of_option,
    carry_out,
    format_option,
    language_option,
    reading,
    said_language,
    said_today,
    say_json,
    talk,
    the_programme,
    today_option,
    writing_options,
)
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.proposal import Proposal
    from planner.store import Snapshot


_ENDS = {"en": "Keep this with it, the log ends at", "ru": "Сохраните вместе с ним: журнал кончается на"}


@click.group(invoke_without_command=True)
@click.option("--note", default="", help="What this release is, for the list of releases.")
@today_option
@language_option
@writing_options
@click.pass_context
def release(ctx: click.Context, /, note: str, today: date | None, language: str | None, **given: Any) -> None:
    """Freeze the plan as it stands under a number: the state people are told about.

    Feeds that follow releases show it from then on. A programme whose file says `release_clean = true` is released
    only while no clash is open. A release is not undone: release again.

    \b
    planner release --note "as approved on 27 May" --yes
    planner release list
    """
    if ctx.invoked_subcommand is not None:
        return
    from planner.services.releasing import propose_release

    settings: Settings = ctx.obj
    said, day = said_language(settings, language), said_today(today)
    number = carry_out(
        settings,
        lambda snapshot: propose_release(snapshot, the_programme(settings, snapshot), note, day),
        lambda snapshot, proposal: _show(snapshot, proposal, said),
        **given,
    )
    if number is not None:
        with reading(settings, str(number)) as snapshot:
            talk(f"{_ENDS[said]} {snapshot.log_end()}")


def _show(snapshot: "Snapshot", proposal: "Proposal", language: str) -> None:
    from planner.domain.release import Release, newest_release
    from planner.services.comparing import compared
    from planner.services.releasing import programme_releases
    from planner.wording.changes import say_change
    from planner.wording.turns import count_turns

    for change in proposal.changes:
        assert isinstance(change.after, Release)
        register = snapshot.register(change.after.programme)
        click.echo(say_change(change, register, language)[0])
        last = newest_release(programme_releases(snapshot, change.after.programme))
        if last is not None:
            told = compared(snapshot, change.after.programme, last.revision).turned
            click.echo(f"    {last.name} → {change.after.name}: {count_turns(told, language)}")


@release.command("list")
@as_of_option
@format_option("text", "json")
@click.pass_obj
def list_releases(settings: Settings, as_of: str | None, form: str) -> None:
    """List the releases: number, when, by whom, of which revision, and the note.

    \b
    planner release list
    """
    from planner.domain.change import key_of
    from planner.services.releasing import programme_releases

    with reading(settings, as_of) as snapshot:
        its = programme_releases(snapshot, the_programme(settings, snapshot))
        made = [(each, snapshot.history(key_of(each))[-1].revision) for each in its]
    if form == "json":
        say_json([
            {"release": each.name, "number": each.number, "revision": each.revision, "note": each.note,
             "at": at.at.isoformat(), "who": at.who}
            for each, at in made
        ])  # fmt: skip
        return
    for each, at in made:
        day = at.at.astimezone(UTC)
        click.echo(f"{each.name:<5} {_minute(day)}  revision {each.revision:<5} {at.who}  {each.note}".rstrip())
    if not made:
        click.echo("Nothing has been released yet: `planner release --note …`")


def _minute(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")
