"""Calendars: `feed write`."""

from pathlib import Path

import click

from planner.cli.common import as_of_option, format_option, reading, say_json, talk, the_programme
from planner.settings import Settings


@click.group()
def feed() -> None:
    """Write the calendars people subscribe to."""


@feed.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--feed", "names", metavar="NAME", multiple=True, help="Only this one; may be repeated.")
@as_of_option
@format_option("text", "json")
@click.pass_obj
def write(settings: Settings, folder: Path, names: tuple[str, ...], as_of: str | None, form: str) -> None:
    """Write the feeds into a folder, each as NAME.ics. One that did not change is not touched.

    These are files for those who may see them: `planner publish` writes only what is public.

    \b
    planner feed write calendars/
    planner feed write calendars/ --feed all.ru
    """
    from planner.services.publishing import write_feeds

    with reading(settings, as_of) as snapshot:
        written = write_feeds(snapshot, the_programme(settings, snapshot), folder, names)
    if form == "json":
        say_json([{"path": str(w.path), "entries": w.entries, "changed": w.is_changed} for w in written])
        return
    for each in written:
        click.echo(f"{each.path}  {each.entries} entries{'' if each.is_changed else ', unchanged'}")
    changed = sum(each.is_changed for each in written)
    talk(f"{changed} of {len(written)} feeds changed; every one was read back before it was put in place.")
