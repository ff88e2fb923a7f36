"""`export`: the plan as a document, a table or a calendar for colleagues, which may come back."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    as_of_option,
    days_options,
    language_option,
    reading,
    said_language,
    talk,
    the_programme,
)
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.services.exporting import Export
    from planner.store import Snapshot

FORMS = ("docx", "xlsx", "csv", "json", "ics")
MORE = ("kind", "status", "host_country", "level", "forces", "body", "priority", "decision", "financing", "people")
"""Columns that a document may have beside those of an approved table."""
STDOUT = Path("-")


def _columns(context: click.Context, option: click.Parameter, text: str | None) -> tuple[str, ...]:
    """The columns said, each once, in the order of `MORE`."""
    said = {each.strip() for each in (text or "").split(",")} - {""}
    unknown = sorted(said - set(MORE))
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is not one of {', '.join(MORE)}", context, param_hint="--columns")
    return tuple(each for each in MORE if each in said)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMS), help="Of the file.  [default: what its name ends in]")
@click.option("--kind", "kinds", multiple=True, help="Of this kind.")
@click.option("--family", "families", multiple=True, help="Of a kind in this family.")
@click.option("--for", "parties", multiple=True, metavar="PARTY", help="In which this party takes part.")
@days_options("On or after this day.", "On or before this day.")
@click.option(
    "--changes-since",
    "since",
    metavar="REVISION|DAY|RELEASE",
    help="In a document: mark what changed since then, with former dates.",
)
@click.option(
    "--columns",
    metavar="NAMES",
    callback=_columns,
    help=f"In a document: also these columns, by commas: {', '.join(MORE)}.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--official-dates", "official", is_flag=True, help="In a document: not in the words of their source.")
@language_option
@as_of_option
@click.pass_obj
def export(settings: Settings, /, file: Path, form: str | None, as_of: str | None, force: bool, **given: Any) -> None:
    """Write the plan as a document (.docx), a table (.xlsx, .csv), data (.json) or a calendar (.ics).

    A document has the form of an approved table, and more columns with --columns; the others have every field. Each
    may be changed by a colleague and sent back: it carries its references and the revision it was made from, so that
    `planner import` takes back only what was changed in it, merged with what was changed here since. Internal remarks
    are left out.
    FILE may be - with --format. Over a file that is there it is written with your yes or --force.

    \b
    planner export plan.docx --language ru
    planner export plan.docx --changes-since R2
    planner export plan.docx --columns kind,status,level,forces
    planner export plan.xlsx
    planner export autumn.csv --from 2020-09-01 --family exercise
    planner export - --format json
    """
    from planner.domain.origin import Origin
    from planner.services.exporting import gather
    from planner.services.looking import Filters, narrowed
    from planner.services.putting import put_file
    from planner.services.states import revision_meant

    write = _writer(file, form)
    language = said_language(settings, given.pop("language"))
    since, official, columns = (given.pop(name) for name in ("since", "official", "columns"))
    if write is not _document:
        _refuse_idle({"--changes-since": since, "--official-dates": official, "--columns": columns})
    _may_write(file, is_forced=force)
    with reading(settings, as_of) as snapshot:
        register = snapshot.register(the_programme(settings, snapshot))
        events = narrowed(snapshot.events(register.programme.code), register, Filters(**given))
        marked = None if since is None else revision_meant(snapshot, since, "--changes-since")
        made = gather(snapshot, register, events, Origin(language, marked, official, columns))
        content = write(made, snapshot)
    if file == STDOUT:
        sys.stdout.buffer.write(content)
        return
    put_file(file, content)
    count = len(made.events)
    talk(f"Wrote {count} event{'' if count == 1 else 's'} of revision {made.revision} to {file}.")


def _refuse_idle(given: Mapping[str, object]) -> None:
    """Refuses what only a document heeds."""
    idle = [name for name, value in given.items() if value]
    if idle:
        raise BadInput(*(problem(name, "only a document has that", remedy="export a .docx") for name in idle))


def _may_write(file: Path, *, is_forced: bool) -> None:
    """Asks before a file is lost, which a colleague may have worked on; off a terminal it takes --force."""
    if file == STDOUT and sys.stdout.isatty():
        raise BadInput(problem("-", "is a terminal here", "a pipe, or the name of a file"))
    if is_forced or file == STDOUT or not file.is_file():
        return
    if not sys.stdin.isatty():
        raise BadInput(problem(str(file), "is there already", remedy="choose another name, or say --force"))
    click.confirm(f"{file} is there already. Write over it?", abort=True, err=True)


def _writer(file: Path, form: str | None) -> "Callable[[Export, Snapshot], bytes]":
    """What writes that form. Raises BadInput when nobody said which it is."""
    named = form or file.suffix.lower().removeprefix(".")
    write = _WRITERS.get(named)
    if write is None:
        found = f"{file.suffix or 'no suffix'} is not a form I write" if file != STDOUT else "needs --format"
        raise BadInput(problem(str(file), found, ", ".join(f".{each}" for each in FORMS), "say --format"))
    return write


def _document(made: "Export", snapshot: "Snapshot") -> bytes:
    from planner.services.export_document import write_document  # python-docx takes longer to load than a plan to read

    return write_document(made)


def _workbook(made: "Export", snapshot: "Snapshot") -> bytes:
    from planner.services.export_table import write_workbook

    return write_workbook(made)


def _csv(made: "Export", snapshot: "Snapshot") -> bytes:
    from planner.services.export_table import write_csv

    return write_csv(made)


def _json(made: "Export", snapshot: "Snapshot") -> bytes:
    from planner.services.export_table import write_json

    return write_json(made)


def _calendar(made: "Export", snapshot: "Snapshot") -> bytes:
    from planner.services.export_calendar import write_calendar

    return write_calendar(made, snapshot)


_WRITERS: "Mapping[str, Callable[[Export, Snapshot], bytes]]" = {
    "docx": _document,
    "xlsx": _workbook,
    "csv": _csv,
    "json": _json,
    "ics": _calendar,
}
