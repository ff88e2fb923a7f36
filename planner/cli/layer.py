"""Calendars of outside events: `layer list`, `layer new`, `layer refresh`, `layer delete`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    carry_out,
    language_option,
    looking_options,
    previewing,
    reading,
    said_language,
    said_today,
    say_json,
    the_programme,
    today_option,
    writing_options,
)
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.layering import LayerPlan
    from planner.services.lists import File
    from planner.services.proposal import Proposal
    from planner.store import Snapshot


@click.group()
def layer() -> None:
    """Lay calendars of outside events beside the plan: read from files, checked against, never edited here."""


@layer.command("list")
@today_option
@looking_options("text", "json")
@click.pass_obj
def list_layers(settings: Settings, /, today: date | None, as_of: str | None, language: str | None, form: str) -> None:
    """List the layers: how many events each has, from which file, and how long ago it was read.

    \b
    planner layer list
    """
    day, said = said_today(today), said_language(settings, language)
    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
        named = [event.layer for event in snapshot.events(register.programme.code)]
    data = [
        {
            "name": each.code,
            "events": named.count(each.code),
            "kind": each.kind,
            "level": each.level,
            "parties": list(each.parties),
            "avoid": each.avoid,
            "file": each.file_name,
            "sha256": each.sha256,
            "read": each.day.isoformat(),
            "days": (day - each.day).days,
        }
        for each in register.layers
    ]
    if form == "json":
        say_json(data)
        return
    if not data:
        click.echo("Слоёв нет." if said == "ru" else "There is no layer.")
    for each in data:
        if said == "ru":
            free = ", оставлять свободными" if each["avoid"] else ""
            click.echo(f"{each['name']}: мероприятий {each['events']}, {each['file']}, прочитан {each['read']}{free}")
        else:
            free = ", to be kept free" if each["avoid"] else ""
            count = f"{each['events']} event{'' if each['events'] == 1 else 's'}"
            click.echo(f"{each['name']}: {count}, from {each['file']}, read on {each['read']}{free}")


@layer.command("new")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--kind", default="", help="The outside kind its events are of; needed when there are several.")
@click.option("--level", default="", help="The level of those who take part, such as heads or staff.")
@click.option("--for", "parties", multiple=True, metavar="PARTY", help="Who takes part, where the file does not say.")
@click.option("--avoid", is_flag=True, help="Its days are to be kept free of our own events.")
@click.option("--encoding", help="Of the file, when it is not found rightly.")
@today_option
@language_option
@writing_options
@click.pass_obj
def new_layer(settings: Settings, /, name: str, file: Path, encoding: str | None, **given: Any) -> None:
    """Read outside events from a calendar (.ics) or a list (.csv and the like) into a layer of their own.

    What repeats is expanded within the term. `planner check` then finds our events on those days (C14). Rows that
    cannot be read are named and left out. Exit: 0 all is read, 1 a row was left out or nobody agreed, 2 not done.

    \b
    planner layer new "SCO summits" sco.ics --kind external_meeting --level heads --for RU --for KZ --avoid
    planner layer new "Regional exercises" partners.csv --kind external_exercise --yes
    """
    from planner.services.layering import Wanted, propose_new

    day, language = said_today(given.pop("today")), given.pop("language")
    wanted = Wanted(
        name.strip(), given.pop("kind"), given.pop("level"), tuple(given.pop("parties")), given.pop("avoid")
    )
    opened = _opened(file, encoding)

    def plan(snapshot: "Snapshot") -> "LayerPlan":
        return propose_new(snapshot, the_programme(settings, snapshot), wanted, opened, day)

    _carry_out(settings, plan, day, language, given)


@layer.command("refresh")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--encoding", help="Of the file, when it is not found rightly.")
@today_option
@language_option
@writing_options
@click.pass_obj
def refresh_layer(settings: Settings, /, name: str, file: Path | None, encoding: str | None, **given: Any) -> None:
    """Read a layer again, from the same file or from another: what is new, changed and gone is shown first.

    \b
    planner layer refresh "SCO summits"
    planner layer refresh "SCO summits" sco-2021.ics --yes
    """
    from planner.services.layering import layer_named, propose_refresh

    day, language = said_today(given.pop("today")), given.pop("language")
    with previewing(settings) as snapshot:
        known = layer_named(snapshot.register(the_programme(settings, snapshot)), name)
    opened = _opened(file or Path(known.file_name), encoding)

    def plan(snapshot: "Snapshot") -> "LayerPlan":
        return propose_refresh(snapshot, the_programme(settings, snapshot), name, opened, day)

    _carry_out(settings, plan, day, language, given)


@layer.command("delete")
@click.argument("name")
@language_option
@writing_options
@click.pass_obj
def delete_layer(settings: Settings, /, name: str, language: str | None, **given: Any) -> None:
    """Take a layer out, with all its events.

    \b
    planner layer delete "SCO summits"
    """
    from planner.services.layering import propose_delete

    said = said_language(settings, language)

    def propose(snapshot: "Snapshot") -> "Proposal":
        return propose_delete(snapshot, the_programme(settings, snapshot), name)

    carry_out(settings, propose, lambda snapshot, proposal: _show(snapshot, proposal, said_today(None), said), **given)


def _carry_out(settings: Settings, plan: Any, day: date, language: str | None, given: dict[str, Any]) -> None:
    """Shows what would change, what could not be read, and writes it when that is wanted."""
    said = said_language(settings, language)
    with previewing(settings) as snapshot:
        shown = plan(snapshot)
    for each in shown.unread:
        click.echo(f"{'не прочитано' if said == 'ru' else 'not read'}: {each}", err=True)
    if said == "ru":
        click.echo(f"Мероприятий в слое: {shown.events}", err=True)
    else:
        click.echo(f"{shown.events} event{'' if shown.events == 1 else 's'} in the layer", err=True)
    carry_out(
        settings,
        lambda snapshot: plan(snapshot).proposal,
        lambda snapshot, proposal: _show(snapshot, proposal, day, said),
        **given,
    )
    if shown.unread:
        click.get_current_context().exit(1)


def _show(snapshot: "Snapshot", proposal: "Proposal", day: date, language: str) -> None:
    from planner.cli.tables import say_proposal

    say_proposal(snapshot, proposal, day, language)


def _opened(file: Path, encoding: str | None) -> "File":
    """The file with its bytes, under the path it was named by. Raises BadInput when it cannot be read."""
    from planner.services.lists import File

    try:
        return File(file.read_bytes(), str(file), encoding)
    except OSError as error:
        found = f"cannot be read: {error.strerror or error}"
        raise BadInput(problem(str(file), found, remedy="name the file to read the layer from")) from error
