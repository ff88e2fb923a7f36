"""The demonstration: the sample programme and its list, by the same services as the commands."""

import os
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import click

from planner import sample
from planner.cli.findings import say_report_text
from planner.domain.listing import Outcome
from planner.errors import BadInput
from planner.readers.table import read_table
from planner.services import programmes
from planner.services.checking import check, load_board
from planner.services.importing import ImportPlan
from planner.services.lists import Asked, propose_table
from planner.services.proposal import Author, Proposal, apply
from planner.services.publishing import write_feeds
from planner.services.putting import put_file
from planner.services.year import By
from planner.store import Database, Snapshot, open_database
from planner.web.road import Road, write
from planner.wording.dates import write_day

LANGUAGES = ("en", "ru")


def run(folder: Path, today: date, language: str) -> None:
    """Loads, imports, checks and publishes the sample into that folder, and says what to try next."""
    folder.mkdir(parents=True, exist_ok=True)
    database = open_database(str(folder / "planner.db"), writes=True)
    try:
        code = _load(database)
        _import(database, code)
        _check(database, today, language)
        _publish(database, code, folder / "calendars")
        _picture(database, code, folder, today)
    finally:
        database.close()
    _next_steps(folder)


def _write(database: Database, propose: Callable[[Snapshot], Proposal], why: str) -> tuple[Proposal, int | None]:
    with database.snapshot() as snapshot:
        proposal = propose(snapshot)
    number = apply(database, propose, proposal, Author("planner demo", why, datetime.now(UTC)))
    return proposal, number


def _load(database: Database) -> str:
    register = programmes.read(sample.content(sample.PROGRAMME), sample.PROGRAMME)
    code = register.programme.code
    with database.snapshot() as snapshot:
        is_there = code in {programme.code for programme in snapshot.programmes()}
    if is_there:
        click.echo(f"Programme {code}: already there")
        return code
    proposal, number = _write(
        database, lambda snapshot: programmes.propose_load(snapshot, register), "sample programme"
    )
    click.echo(f"Programme {code}: {len(proposal.changes)} entries loaded as revision {number}")
    return code


def _import(database: Database, code: str) -> None:
    """Imports the list once; what a person changed in the demonstration since then is not touched."""
    table = read_table(sample.content(sample.LIST), sample.LIST)
    with database.snapshot() as snapshot:
        if snapshot.base(code, code):
            click.echo(f"List {sample.LIST}: already imported")
            return

    def propose(snapshot: Snapshot) -> ImportPlan:
        plan = propose_table(snapshot, table, code, Asked())
        if plan.problems:
            raise BadInput(*plan.problems)
        return plan

    plan, number = _write(database, propose, "sample list")
    assert isinstance(plan, ImportPlan)
    click.echo(f"List {sample.LIST}: {len(plan.rows)} rows, {plan.count(Outcome.NEW)} new events, revision {number}")


def _check(database: Database, today: date, language: str) -> None:
    with database.snapshot() as snapshot:
        report, revision = check(load_board(snapshot, today)), snapshot.revision
    click.echo(f"Check as of {write_day(today, language)} {today.year}:\n")
    say_report_text(report, revision, language)


def _publish(database: Database, code: str, folder: Path) -> None:
    with database.snapshot() as snapshot:
        written = write_feeds(snapshot, code, folder)
    entries, changed = sum(each.entries for each in written), sum(each.is_changed for each in written)
    click.echo(f"\n{len(written)} feeds in {folder}, {entries} entries read back, {changed} changed")


def _picture(database: Database, code: str, folder: Path, today: date) -> None:
    """The year as one file in each language, with the marks of conflicts."""
    with database.snapshot() as snapshot:
        board = load_board(snapshot, today)
        events, newest = snapshot.events(code), snapshot.revisions()[-1]
    register = next(each for each in board.registers if each.programme.code == code)
    road = Road(board, register, events, newest.number, newest.at, By.BODIES, check(board).listed)
    for language, name in zip(LANGUAGES, ("year-2020.html", "year-2020.ru.html"), strict=True):
        put_file(folder / name, write(road, language))
    click.echo(f"The year at a glance: {folder / 'year-2020.html'}")


def _next_steps(folder: Path) -> None:
    command = f"{_how_we_were_called()} --database {folder / 'planner.db'}"
    click.echo("\nTry next:")
    click.echo(f"  {command} show EX-2020-UB")
    click.echo(f'  {command} move OP-2020-CH2 "19–23 October 2020" --dry-run')
    click.echo(f"  {command} check --past --all")


def _how_we_were_called() -> str:
    """What a person can type here: in a checkout the command is not on the path but in .venv."""
    called = Path(sys.argv[0])
    if shutil.which("planner"):
        return "planner"
    if called.stem == "planner":
        return os.path.relpath(called)
    return "python -m planner"
