"""Setting up: `programme new`, `programme load`, `programme show`."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.closing import close, reopen
from planner.cli.common import (
    carry_out,
    language_option,
    looking_options,
    reading,
    said_language,
    say_json,
    talk,
    the_programme,
    writing_options,
)
from planner.cli.copying import copy
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.proposal import Proposal
    from planner.store import Snapshot


@click.group()
def programme() -> None:
    """Begin a programme, load its file, show what it knows; go on to the next year, and close this one."""


for command in (copy, close, reopen):
    programme.add_command(command)


@programme.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--code", prompt="Code of the programme (such as CSTO-2020)", help="Its code, for ever.")
@click.option("--organisation", prompt="Name of the organisation", help="The organisation's name.")
@click.option("--members", prompt="Member states (ISO codes, such as AM BY KZ)", help="ISO codes, by blanks or commas.")
@click.option("--chair", prompt="Chair (one of them)", help="The ISO code of the chair.")
@click.option("--year", prompt="Year", type=click.IntRange(1950, 2100), help="The year it covers.")
def new(file: Path, code: str, organisation: str, members: str, chair: str, year: int) -> None:
    """Write a programme file to start from, after five questions (or their options).

    \b
    planner programme new my.toml
    planner programme new my.toml --code ORG-2027 --organisation Org --members "AM BY" --chair AM --year 2027
    """
    from planner.services.programmes import read, starter
    from planner.services.putting import put_file

    if file.exists():
        raise BadInput(problem(str(file), "is there already", remedy="choose another name"))
    states = tuple(each.upper() for each in re.split(r"[\s,;]+", members) if each)
    text = starter(code, organisation, states, chair.upper(), year)
    read(text.encode(), str(file))
    put_file(file, text)
    talk(f"Wrote {file}. Next: planner programme load {file}")


@programme.command()
@click.argument("file", type=click.Path(path_type=Path))
@language_option
@writing_options
@click.pass_obj
def load(settings: Settings, /, file: Path, language: str | None, **given: Any) -> None:
    """Load a programme file, after showing what it changes. The same file again changes nothing.

    \b
    planner programme load my.toml
    """
    from planner.cli.registers import say_programme_changes
    from planner.services.programmes import propose_load, read

    try:
        register = read(file.read_bytes(), file.name)
    except OSError as error:
        raise BadInput(problem(str(file), f"cannot be read ({error.strerror})", "a programme file (TOML)")) from error
    said = said_language(settings, language)

    def propose(snapshot: "Snapshot") -> "Proposal":
        return propose_load(snapshot, register)

    def show_changes(snapshot: "Snapshot", proposal: "Proposal") -> None:
        say_programme_changes(proposal, register, said)

    carry_out(settings, propose, show_changes, **given)


@programme.command()
@click.argument("file", metavar="LIST", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write the piece of a programme file there as well.")
@click.option("--sheet", help="Of a workbook, or `table 2` of a document.")
@click.option("--kind", help="Of rows whose kind nothing says; without it a kind is proposed from their titles.")
@writing_options
@click.pass_obj
def learn(
    settings: Settings, /, file: Path, out: Path | None, sheet: str | None, kind: str | None, **given: Any
) -> None:
    """Propose the kinds, bodies, forces, places and parties that a list names and the programme does not know.

    Shown as a piece of a programme file; with your yes they come into the programme at once. Put the piece into the
    file too, corrected where you know better, or the next `programme load` takes out what no event names.

    \b
    planner programme learn plan-2020.xlsx
    planner programme learn plan-2020.xlsx --out learned.toml --yes
    """
    from planner.cli.lists import content_of
    from planner.services.learning import as_toml, lessons, propose_lessons
    from planner.services.lists import File, read_file
    from planner.services.putting import put_file

    opened = File(content_of(file, settings.limits.file_mb * 1_000_000), file.name, sheet=sheet, limits=settings.limits)
    piece = ""

    def propose(snapshot: "Snapshot") -> "Proposal":
        nonlocal piece
        register = snapshot.register(the_programme(settings, snapshot))
        learned = lessons(read_file(register, opened, kind), register)
        piece = as_toml(learned, register)
        return propose_lessons(snapshot.revision, learned)

    def show(snapshot: "Snapshot", proposal: "Proposal") -> None:
        click.echo(piece, nl=False)
        if proposal.is_empty:
            talk("Nothing to learn: the programme knows everything that this list names.")

    carry_out(settings, propose, show, **given)
    if out is not None and piece:
        put_file(out, piece)
        talk(f"Wrote {out}.")


@programme.command()
@looking_options("text", "json")
@click.pass_obj
def show(settings: Settings, language: str | None, as_of: str | None, form: str) -> None:
    """Show what a programme knows: bodies, kinds, parties, forces, places, decisions, holidays.

    \b
    planner programme show
    planner programme show --format json
    """
    from planner.cli import registers

    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
    if form == "json":
        say_json(registers.register_data(register))
    else:
        registers.say_register(register, said_language(settings, language))
