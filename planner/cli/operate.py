"""Running it: the demonstration, what is installed, and the database itself."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from planner.cli.backups import backup, restore, verify
from planner.cli.common import (
    Day,
    format_option,
    language_option,
    said_language,
    said_reach,
    said_today,
    say_json,
    talk,
    today_option,
    writing_options,
)
from planner.settings import Settings


@click.command()
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path), default=Path("demo"), show_default=True, help="Where."
)
@click.option("--today", type=Day(), help="Check as if it were this day.  [default: today]")
@language_option
@click.pass_obj
def demo(settings: Settings, folder: Path, today: date | None, language: str | None) -> None:
    """Make a finished example in ./demo: programme, list, check, calendars.

    A second run changes nothing. What was there under the same names is used, not thrown away.

    \b
    planner demo
    planner demo --dir /tmp/try --today 2020-04-01
    """
    from planner.cli.demonstration import run

    run(folder, said_today(today), said_language(settings, language))


@click.command()
@click.option("--zones", is_flag=True, help="Coming events that a change of zone rules has moved, and settle them.")
@today_option
@language_option
@writing_options
@format_option("text", "json")
@click.pass_obj
def doctor(
    settings: Settings, /, zones: bool, today: date | None, language: str | None, form: str, **given: Any
) -> None:  # fmt: skip
    """Say which versions, time zones, database and optional parts are in use.

    With --zones it lists every coming event whose clock time is another instant than when it was written, because a
    state changed its clock. Once you say yes the local time stays, and calendars are told by a higher SEQUENCE.

    Exit: 0 all is well, 1 something should be looked at.

    \b
    planner doctor
    planner doctor --zones
    """
    if zones:
        from planner.cli.zones import settle_zones

        settle_zones(settings, said_today(today), said_language(settings, language), form, given)
        return
    from planner.services.diagnosing import examine

    report = examine(settings.database, said_reach(settings))
    if form == "json":
        say_json([{"what": each.what, "found": each.found, "remedy": each.remedy} for each in report])
    else:
        for each in report:
            click.echo(f"{each.what:<20} {each.found}")
            if each.remedy:
                click.echo(f"{'':<20} → {each.remedy}")
    if any(each.remedy for each in report):
        click.get_current_context().exit(1)


@click.group()
def db() -> None:
    """Make, check, upgrade, back up and restore the database itself."""


for command in (backup, verify, restore):
    db.add_command(command)


@db.command()
@click.pass_obj
def upgrade(settings: Settings) -> None:
    """Bring the database to the form this program needs; on PostgreSQL this also makes the tables.

    \b
    planner --database postgresql://planner@localhost/plan db upgrade
    """
    from planner import store

    report = store.upgrade(settings.database)
    talk(report)


@db.command()
@click.argument("form_wanted", metavar="FORM")
@click.option("--accept-loss", is_flag=True, help="Go back although what the older form cannot hold is lost.")
@click.pass_obj
def downgrade(settings: Settings, form_wanted: str, accept_loss: bool) -> None:
    """Take the database back to an older form, before an older program is put in again.

    What that form cannot hold is named and nothing is done, unless --accept-loss gives it up. Make a backup first.

    \b
    planner db backup before.db
    planner db downgrade 0003 --accept-loss
    """
    from planner import store

    talk(store.downgrade(settings.database, form_wanted, accept_loss=accept_loss))


@db.command()
@click.pass_obj
def current(settings: Settings) -> None:
    """Say which form the database has, and which this program needs.

    \b
    planner db current
    """
    from planner import store

    click.echo(store.current(settings.database))


@db.command()
@click.option("--log", is_flag=True, help="Verify the chain of hashes of the change log as well.")
@click.option(
    "--ends", metavar="END", default="", help="And that the log goes on from an end somebody kept: 14:3f2ab1…"
)
@click.pass_obj
def check(settings: Settings, log: bool, ends: str) -> None:
    """Check that the database is whole.

    Backups and releases print where the log ends. Kept elsewhere, on paper or in a letter, it proves later that nothing
    up to there was cut off or written anew, which the chain cannot tell by itself.

    \b
    planner db check --log
    planner db check --ends 14:3f2ab1c09d5e6f70
    """
    from planner import store

    click.echo(store.check(settings.database, log=log, ends=ends))


@db.command()
@click.pass_obj
def compact(settings: Settings) -> None:
    """Write the database anew, without the bytes of what was deleted from it.

    Erasing a contact does so by itself; this is for when other programs had the database open.

    \b
    planner db compact
    """
    from planner.cli.common import writing

    with writing(settings) as database:
        database.overwrite_erased()
    talk("Written anew.")
