"""`planner publish`: the public feeds as files for any web server."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import as_of_option, format_option, reading, say_json, talk, the_programme
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.publishing import Written
    from planner.store import Snapshot


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--prune", is_flag=True, help="Remove feeds there that are public no longer.")
@as_of_option
@format_option("text", "json")
@click.pass_obj
def publish(settings: Settings, folder: Path, prune: bool, as_of: str | None, form: str) -> None:
    """Write every public feed and a page that leads to them into a folder, for any web server.

    Each file is replaced whole, and one that did not change is not touched. A feed of ours that lies there but is
    public no longer is named, and with --prune removed.

    Exit: 0 done, 1 a feed lies there that is public no longer.

    \b
    planner publish /srv/www/calendars
    """
    with reading(settings, as_of) as snapshot:
        written, left = put_out(settings, snapshot, folder)
    for path in left if prune else ():
        path.unlink()
    if form == "json":
        files = [{"path": str(w.path), "entries": w.entries, "changed": w.is_changed} for w in written]
        say_json({"files": files, "public_no_longer": [str(path) for path in left], "removed": prune})
    else:
        for each in written:
            click.echo(f"{each.path}{'' if each.is_changed else '  unchanged'}")
        for path in left:
            click.echo(f"{path}  public no longer, {'removed' if prune else 'still there: --prune removes it'}")
    talk(f"{sum(each.is_changed for each in written)} of {len(written)} files changed.")
    if left and not prune:
        click.get_current_context().exit(1)


def put_out(settings: Settings, snapshot: "Snapshot", folder: Path) -> "tuple[tuple[Written, ...], tuple[Path, ...]]":
    """Writes the public feeds of that state, and gives back the files, and those there that are public no longer."""
    from planner.services.publishing import feed_bytes, load_published, public_feeds, public_no_longer, publish
    from planner.web.published import index_page

    published = load_published(snapshot, the_programme(settings, snapshot))
    site = settings.url.rstrip("/")
    built = {feed.name: feed_bytes(published, feed, site=site) for feed in public_feeds(published)}
    return publish(folder, built, index_page(published, built)), public_no_longer(folder, built)
