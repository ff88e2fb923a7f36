"""`note`, `paper` and `contact`: small things kept beside events and parties."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any

import click

from planner.cli.common import (
    as_of_option,
    format_option,
    language_option,
    reading,
    said_today,
    say_json,
    the_programme,
    today_option,
    who,
    writing_options,
)
from planner.cli.deciding import write_decided
from planner.errors import BadInput, problem
from planner.settings import Settings

remove_option = click.option("--remove", type=int, metavar="NUMBER", help="Take that one away; the history keeps it.")


@click.command()
@click.argument("ref")
@click.argument("text", required=False)
@remove_option
@today_option
@language_option
@writing_options
@click.pass_obj
def note(
    settings: Settings,
    /,
    ref: str,
    text: str | None,
    remove: int | None,
    today: date | None,
    language: str | None,
    **given: Any,
) -> None:
    """Write a note on an event: dated, signed, for coordinators only, in no calendar and on no public page.

    \b
    planner note EX-2020-UB "Minsk asks for a day more; answer by Friday"
    planner note EX-2020-UB --remove 1
    """
    from planner.services.keeping import propose_no_note, propose_note

    _either(text, remove, 'planner note REF "TEXT"')
    if remove is not None:
        write_decided(settings, lambda plan: propose_no_note(plan, ref, remove), language, given)
        return
    by, day, said = who(settings, given["by"]), said_today(today), text or ""
    write_decided(settings, lambda plan: propose_note(plan, ref, said, by, day), language, given)


@click.command()
@click.argument("ref")
@click.argument("title", required=False)
@click.argument("address", required=False)
@click.option(
    "--file", "path", type=click.Path(path_type=Path), help="The file as it is now: its SHA-256 is kept, it is not."
)
@remove_option
@language_option
@writing_options
@click.pass_obj
def paper(
    settings: Settings,
    /,
    ref: str,
    title: str | None,
    address: str | None,
    path: Path | None,
    remove: int | None,
    language: str | None,
    **given: Any,
) -> None:
    """Keep where a paper for an event lies: its title, its web address and, with --file, its SHA-256.

    \b
    planner paper CSC-2020 "Draft agenda" https://files.example.org/agenda.pdf --file agenda.pdf
    planner paper CSC-2020 --remove 1
    """
    from planner.services.keeping import propose_no_paper, propose_paper

    _either(address, remove, 'planner paper REF "TITLE" https://…')
    if remove is not None:
        write_decided(settings, lambda plan: propose_no_paper(plan, ref, remove), language, given)
        return
    digest = _digest(path) if path is not None else ""
    write_decided(settings, lambda plan: propose_paper(plan, ref, title or "", address or "", digest), language, given)


def _digest(path: Path) -> str:
    import hashlib

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadInput(problem(str(path), f"cannot be read ({error.strerror})", "a file")) from error


def _either(said: str | None, remove: int | None, example: str) -> None:
    if (said is None) == (remove is None):
        found = "nothing to keep is said" if said is None else "one is added and another removed at once"
        raise BadInput(problem("", found, "one of the two", f"{example}, or --remove NUMBER"))


@click.group()
def contact() -> None:
    """Keep whom to ask at a party: for coordinators only, never published, erasable from the history too."""


def _about(command: Any) -> Any:
    """The options that say something of a person."""
    for name, says in (
        ("--phone", "Telephone number."),
        ("--email", "Address for mail."),
        ("--for", "What to ask them about, such as protocol."),
    ):
        command = click.option(name, "tasks" if name == "--for" else name.lstrip("-"), help=says)(command)
    return command


@contact.command("list")
@click.argument("parties", metavar="[PARTY]...", nargs=-1)
@as_of_option
@format_option("text", "json")
@click.pass_obj
def list_contacts(settings: Settings, parties: tuple[str, ...], as_of: str | None, form: str) -> None:
    """List the contacts of these parties, or of all.

    \b
    planner contact list Belarus
    """
    from planner.services.keeping import contacts_of, party_named
    from planner.wording.keeping import say_contact

    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
    found = contacts_of(register, [party_named(register, each) for each in parties])
    if form == "json":
        names = ("party", "number", "name", "tasks", "email", "phone")
        say_json([{name: getattr(each, name) for name in names} for each in found])
        return
    for each in found:
        click.echo(f"{each.party:<4} {each.number:>2}  {say_contact(each)}")


@contact.command("add")
@click.argument("party")
@click.argument("name")
@_about
@language_option
@writing_options
@click.pass_obj
def add_contact(settings: Settings, /, party: str, name: str, language: str | None, **given: Any) -> None:
    """Keep a contact of a party.

    \b
    planner contact add Belarus "Duty officer" --for protocol --phone "+375 17 000-00-00"
    """
    from planner.services.keeping import Person, propose_contact

    # Made once, so that what is written is what was shown; it hides an erased contact behind its hash.
    salt = secrets.token_hex(16)
    said = Person(name, given.pop("tasks"), given.pop("email"), given.pop("phone"))
    write_decided(settings, lambda plan: propose_contact(plan, party, said, salt), language, given)


@contact.command("edit")
@click.argument("party")
@click.argument("number", type=int)
@click.option("--name", help="What they are called.")
@_about
@language_option
@writing_options
@click.pass_obj
def edit_contact(settings: Settings, /, party: str, number: int, language: str | None, **given: Any) -> None:
    """Change a contact: what is not said stays.

    \b
    planner contact edit BY 1 --email protocol@example.org
    """
    from planner.services.keeping import Person, propose_contact_edit

    said = Person(given.pop("name"), given.pop("tasks"), given.pop("email"), given.pop("phone"))
    write_decided(settings, lambda plan: propose_contact_edit(plan, party, number, said), language, given)


@contact.command("erase")
@click.argument("party")
@click.argument("number", type=int)
@language_option
@writing_options
@click.pass_obj
def erase_contact(settings: Settings, /, party: str, number: int, language: str | None, **given: Any) -> None:
    """Erase a contact for good, from the history and the database file too; that there was one stays known.

    Backups made before still have it: they are yours to delete. The log remains verifiable (`planner db check --log`).

    \b
    planner contact erase BY 1
    """
    from planner.services.keeping import propose_erasure

    write_decided(settings, lambda plan: propose_erasure(plan, party, number), language, given)
