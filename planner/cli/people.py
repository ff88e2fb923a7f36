"""`planner people`: who may use the pages."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from planner.cli.common import agreed, by_option, format_option, say_json, talk, who, writing
from planner.settings import Settings

if TYPE_CHECKING:
    from planner.services.people import Invitation


@click.group()
def people() -> None:
    """List and change who may use the pages: readers look, coordinators change the plan."""


@people.command("list")
@click.option("--all", "everybody", is_flag=True, help="Also those who have left.")
@format_option("text", "json")
@click.pass_obj
def list_people(settings: Settings, everybody: bool, form: str) -> None:
    """List people with their role and their open sessions.

    \b
    planner people list
    planner people list --format json
    """
    from planner.store import open_database

    database = open_database(settings.database, writes=False)
    try:
        with database.operations() as operations:
            found = [person for person in operations.people.all() if everybody or person.left is None]
            sessions = {person.number: len(operations.people.sessions(person.number)) for person in found}
    finally:
        database.close()
    if form == "json":
        say_json(
            [
                {
                    "name": person.name,
                    "role": person.role.value,
                    "since": person.made.isoformat(),
                    "left": person.left.isoformat() if person.left else None,
                    "sessions": sessions[person.number],
                }
                for person in found
            ]
        )
        return
    for person in found:
        state = f"left {person.left:%Y-%m-%d}" if person.left else f"{sessions[person.number]} sessions"
        click.echo(f"{person.name}  {person.role.value}, since {person.made:%Y-%m-%d}, {state}")
    if not found:
        talk('Nobody yet: planner people add "Name" --role coordinator')


@people.command()
@click.argument("name")
@click.option("--role", type=click.Choice(["reader", "coordinator"]), required=True, help="What they may do.")
@by_option("Who lets them in.")
@click.pass_obj
def add(settings: Settings, name: str, role: str, by: str | None) -> None:
    """Let a person in: print a link that signs them in once, within 72 hours.

    \b
    planner people add "Duty officer" --role coordinator
    """
    from planner.domain.person import PersonRole
    from planner.services import people as service

    author = who(settings, by)
    with writing(settings) as database:
        invitation = service.add(database, name, PersonRole(role), datetime.now(UTC), author)
    _say(settings, invitation)


@people.command()
@click.argument("name")
@click.pass_obj
def link(settings: Settings, name: str) -> None:
    """Print another link for a person; the one before it no longer works.

    \b
    planner people link "Duty officer"
    """
    from planner.services import people as service

    with writing(settings) as database:
        invitation = service.link(database, name, datetime.now(UTC))
    _say(settings, invitation)


def _say(settings: Settings, invitation: "Invitation") -> None:
    talk(f"{invitation.person.name}, {invitation.person.role.value}. The link works once, for 72 hours:")
    click.echo(f"{settings.public_url}/in/{invitation.token}")


@people.command()
@click.argument("name")
@click.option("--yes", "-y", is_flag=True, help="Do it without asking.")
@click.pass_obj
def leave(settings: Settings, name: str, yes: bool) -> None:
    """Take a person's access away: their sessions end and the addresses in their name are closed.

    \b
    planner people leave "Duty officer" --yes
    """
    from planner.services import people as service

    if not yes and not agreed():
        talk("Nothing is written.")
        click.get_current_context().exit(1)
    with writing(settings) as database:
        departure = service.leave(database, name, datetime.now(UTC))
    click.echo(f"{departure.person.name} has left: {departure.sessions} sessions ended.")
    for address in departure.addresses:
        click.echo(f"closed: address {address.number} of feed {address.feed}; hand on with `planner address new`")
