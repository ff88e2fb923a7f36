"""`planner publish`: the public feeds and pages as files for any web server."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import as_of_option, format_option, reading, say_json, talk, the_programme
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.putting import Written
    from planner.store import Snapshot


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--prune", is_flag=True, help="Remove feeds there that are public no longer.")
@as_of_option
@format_option("text", "json")
@click.pass_obj
def publish(settings: Settings, folder: Path, prune: bool, as_of: str | None, form: str) -> None:
    """Write every public feed, and the public year, list and event pages, into a folder for any web server.

    Each file is replaced whole, and one that did not change is not touched. Pages of events that are public no longer
    are removed. A feed of ours that lies there but is public no longer is named, and with --prune removed.

    Exit: 0 done, 1 a feed lies there that is public no longer.

    \b
    planner publish /srv/www/calendars
    """
    with reading(settings, as_of) as snapshot:
        out = put_out(settings, snapshot, folder)
    written, left, gone = out.written, out.left, out.gone
    for path in left if prune else ():
        path.unlink()
    if form == "json":
        files = [{"path": str(w.path), "entries": w.entries, "changed": w.is_changed} for w in written]
        say_json(
            {
                "files": files,
                "public_no_longer": [str(path) for path in left],
                "removed": prune,
                "pages_removed": [str(path) for path in gone],
            }
        )
    else:
        for each in written:
            click.echo(f"{each.path}{'' if each.is_changed else '  unchanged'}")
        for path in gone:
            click.echo(f"{path}  public no longer, removed")
        for path in left:
            click.echo(f"{path}  public no longer, {'removed' if prune else 'still there: --prune removes it'}")
    talk(f"{sum(each.is_changed for each in written)} of {len(written)} files changed.")
    if left and not prune:
        click.get_current_context().exit(1)


@dataclass(frozen=True, slots=True)
class PutOut:
    """What stands in the folder now, feeds left there that are public no longer, and pages that were taken away."""

    written: "tuple[Written, ...]"
    left: tuple[Path, ...]
    gone: tuple[Path, ...]


def put_out(settings: Settings, snapshot: "Snapshot", folder: Path) -> PutOut:
    """Writes the public feeds and pages of that state, and takes away pages of what is public no longer."""
    from planner.services.placing import place, public_plan, stale, take_away
    from planner.services.published import load_published
    from planner.services.publishing import feed_bytes, public_feeds, public_no_longer, publish
    from planner.web.public_pages import public_pages
    from planner.web.published import index_page

    published = load_published(snapshot, the_programme(settings, snapshot))
    pages, site = public_pages(public_plan(snapshot, published)), settings.url.rstrip("/")
    built = {feed.name: feed_bytes(published, feed, site=site) for feed in public_feeds(published)}
    index = index_page(published, built)
    written = (*place(folder, pages), *publish(folder, built, index))
    gone = stale(folder, pages)
    take_away(gone)
    return PutOut(written, public_no_longer(folder, built), gone)
