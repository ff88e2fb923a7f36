"""`planner db backup`, `verify` and `restore`: everything there is, kept in a file and brought back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import agreed, format_option, say_json, talk, who, writing_options
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.store.backups import Backup
    from planner.store.restoring import Outlook


@click.command()
@click.argument("place", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(min=1), help="Of this database keep so many in DIR, and remove older ones.")
@format_option("text", "json")
@click.pass_obj
def backup(settings: Settings, place: Path, keep: int | None, form: str) -> None:
    """Copy everything into one file while work goes on, and verify the copy.

    The file is a SQLite database, also of a plan on PostgreSQL, and can be restored to either. It holds the plan with
    its whole history, lists, checks, addresses and people. In a folder it gets a name with the instant and revision.

    \b
    planner db backup backups/ --keep 30
    planner db backup before-upgrade.db
    """
    from planner.store.backups import back_up, outlived

    if keep is not None and not place.is_dir():
        raise BadInput(problem("--keep", f"{place} is not a folder", "a folder of backups"))
    made = back_up(settings.database, place, datetime.now(UTC))
    gone = () if keep is None else outlived(place, settings.database, keep)
    for path in gone:
        path.unlink()
    if form == "json":
        say_json(_data(made) | {"removed": [str(path) for path in gone]})
        return
    click.echo(_said(made))
    for path in gone:
        click.echo(f"{path}: removed, {keep} newer ones are kept")


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@format_option("text", "json")
@click.pass_obj
def verify(settings: Settings, file: Path, form: str) -> None:
    """Say what a backup holds, after finding its file, its log and its plan whole.

    \b
    planner db verify backups/planner-20201012T031500Z-r17.db
    """
    from planner.store.backups import verify as verified

    found = verified(file)
    if form == "json":
        say_json(_data(found))
    else:
        click.echo(_said(found))


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@writing_options
@click.pass_obj
def restore(settings: Settings, /, file: Path, **given: Any) -> None:
    """Bring a backup back, into an empty place or over what is there, which is kept in a file beside it.

    Revision, SEQUENCE and LAST-MODIFIED are lifted, so that calendars which saw the lost days take the restored plan.
    Addresses revoked after the backup live again: they are named, revoke them anew. Everybody signs in anew.

    \b
    planner db restore backups/planner-20201012T031500Z-r17.db
    planner --database postgresql://planner@localhost/plan db restore plan.db --yes
    """
    from planner.store.restoring import Author, keep_present, outlook
    from planner.store.restoring import restore as put_back

    name = "" if given["dry_run"] else who(settings, given["by"])
    seen = outlook(file, settings.database)
    _show(seen)
    if given["dry_run"]:
        talk("Dry run: nothing is written.")
        return
    if not given["yes"] and not agreed():
        talk("Nothing is written.")
        click.get_current_context().exit(1)
    now = datetime.now(UTC)
    kept = keep_present(seen, settings.database, now)
    if kept is not None:
        talk(f"What was there is kept as {kept}")
    why = f"the backup {file.name}, made {_made(seen.backup)}{'; ' if given['reason'] else ''}{given['reason']}"
    number = put_back(seen, settings.database, Author(name, why, now))
    talk(f"Restored as revision {number}.")


def _show(seen: "Outlook") -> None:
    click.echo(_said(seen.backup))
    there = f"revision {seen.revision}" if seen.place.name == "PLAN" else seen.place.value
    click.echo(f"to {seen.where}: {there}; what was written after {_made(seen.backup)} is not in the backup")
    for each in seen.alive_again:
        click.echo(f"address {each.number} ({each.holder}) was revoked after it and lives again")
    if seen.alive_again:
        click.echo(f"  planner address revoke {' '.join(str(each.number) for each in seen.alive_again)}")
    elif seen.place.name != "PLAN":
        click.echo("addresses revoked after it live again: revoke them anew")


def _said(found: "Backup") -> str:
    of = f" of {found.source}" if found.source else ""
    counted = f"revision {found.revision}, {found.entries} entries of the log, {found.bytes / 1e6:.1f} MB"
    ends = f"; the log ends at {found.ends}" if found.ends else ""
    return f"{found.path}: whole; made {_made(found)}{of}, {counted}{ends}"


def _made(found: "Backup") -> str:
    return f"{found.made:%Y-%m-%d %H:%M:%S} UTC" if found.made else "by another way, nobody knows when"


def _data(found: "Backup") -> dict[str, Any]:
    return {
        "path": str(found.path),
        "made": found.made.isoformat() if found.made else None,
        "source": found.source,
        "form": found.form,
        "revision": found.revision,
        "entries": found.entries,
        "bytes": found.bytes,
        "log_ends": found.ends or None,
    }
