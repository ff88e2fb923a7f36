"""Importing a list: what it would change, and doing exactly that."""

import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    carry_out,
    language_option,
    previewing,
    said_language,
    talk,
    the_programme,
    writing_options,
)
from planner.errors import BadInput, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from datetime import date

    from planner.domain.change import Difference
    from planner.domain.register import Register
    from planner.readers.table import Table
    from planner.services.importing import ImportPlan
    from planner.services.proposal import Proposal
    from planner.store import Snapshot

STDIN = Path("-")
SHOWN = 20
"""Rows of one group that a preview names before it only counts them; `--all` names every one."""
READ_AS = ("list_name", "decision", "day_first", "kind", "prefer", "partial")
WEIGHTY = frozenset({"when", "places", "mode"})
"""Fields whose change people must see first."""


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--list",
    "list_name",
    metavar="NAME",
    help="The list this is an issue of.  [default: its decision, else the programme]",
)
@click.option("--decision", help="The paper that approved the list: its rows become the paper's numbered items.")
@click.option("--encoding", help="Of the file, when it is not found rightly.")
@click.option("--sheet", help="Of a workbook, or `table 2` of a document.  [default: whose headings are known best]")
@click.option("--header-row", type=click.IntRange(min=1), help="The row of the headings.  [default: found]")
@click.option("--kind", help="Of rows whose kind neither a column nor a title nor a section says.")
@click.option("--day-first/--month-first", default=None, help="How to read 12/10/2020.")
@click.option("--ours", "prefer", flag_value="ours", help="Where both sides changed a field, keep the plan's.")
@click.option("--theirs", "prefer", flag_value="theirs", help="Where both sides changed a field, take the list's.")
@click.option("--partial", is_flag=True, help="Apply the rows that can be; the others go to FILE.rejects.csv.")
@click.option("--all", "everything", is_flag=True, help="Name every row, however many.")
@language_option
@writing_options
@click.pass_context
def import_list(ctx: click.Context, /, file: Path, everything: bool, language: str | None, **given: Any) -> None:
    """Import a list of events (CSV, workbook, Word document, calendar), shown as a change first.

    All or nothing: a row that cannot be read stops the list, unless you say --partial. The same file again changes
    nothing. FILE may be - for standard input.
    Exit: 0 applied or nothing to do, 1 rows to decide or unread (or nobody said yes), 2 could not run.

    \b
    planner import plan-2020.csv
    planner import plan-2020.csv --yes --by "Protocol" --reason "list of 28 November"
    planner import plan-2020.xlsx --sheet План --dry-run
    planner import victory75.docx --kind commemoration --decision "CSC 2019-11-28 No 5"
    """
    from planner.readers.table import read_table
    from planner.services.lists import Asked, propose_table

    settings: Settings = ctx.obj
    said = said_language(settings, language)
    reading = {name: given.pop(name) for name in ("encoding", "sheet", "header_row")}
    asked = Asked(**{name: given.pop(name) for name in READ_AS})
    table = read_table(_content(file), _name(file), term=lambda: _term(settings), **reading)
    plans: list[ImportPlan] = []

    def propose(snapshot: "Snapshot") -> "Proposal":
        plans.append(propose_table(snapshot, table, the_programme(settings, snapshot), asked))
        return plans[-1]

    def show(snapshot: "Snapshot", proposal: "Proposal") -> None:
        _show_table(table, plans[-1])
        _show_plan(snapshot, plans[-1], said, everything)

    carry_out(settings, propose, show, **given)
    if plans[-1].problems:
        if asked.partial and not given["dry_run"]:
            _write_rejects(plans[-1], file)
        ctx.exit(1)


def _term(settings: Settings) -> "tuple[date, date]":
    """The first and last day of the programme: what a calendar repeats for ever is read as far as these."""
    with previewing(settings) as snapshot:
        programme = snapshot.register(the_programme(settings, snapshot)).programme
    return programme.first, programme.last


def _show_table(table: "Table", plan: "ImportPlan") -> None:
    """What the file was taken for, so that a person can say otherwise."""
    sheet = f" · sheet «{table.sheet}»" if table.sheet else ""
    rows = f"{len(table.rows)} rows" if table.header_row else f"{len(table.rows)} events"
    where = f"headings in row {table.header_row} · {rows}" if table.header_row else rows
    talk(f"Reading {table.file_name} · {table.encoding}{sheet} · {where}")
    for note in table.notes:
        talk(f"  {note}")
    for section in plan.sections:
        talk(f"Section in row {section.number}: {section.text}{f' → {section.kind}' if section.kind else ''}")


def _write_rejects(plan: "ImportPlan", file: Path) -> None:
    """Writes the rows that were left out, with their reasons, beside the list."""
    from planner.services.importing import rejects

    heads, rows = rejects(plan)
    path = Path(f"{file.stem if file != STDIN else 'list'}.rejects.csv")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((heads, *rows))
    try:
        path.write_text(text.getvalue(), encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(problem(str(path), f"cannot be written ({error.strerror})")) from error
    talk(f"{len(rows)} row{'' if len(rows) == 1 else 's'} left out, with the reasons: {path}. Correct and import it.")


def _content(file: Path) -> bytes:
    if file == STDIN:
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(
            problem(str(file), f"cannot be read ({error.strerror})", "a CSV file, a workbook or a Word document")
        ) from error


def _name(file: Path) -> str:
    return "standard input" if file == STDIN else file.name


def _show_plan(snapshot: "Snapshot", plan: "ImportPlan", language: str, everything: bool) -> None:
    from planner.cli.tables import say_forecast
    from planner.domain.listing import Outcome

    assert plan.run is not None
    register = snapshot.register(plan.run.programme)
    if plan.unread_columns:
        click.echo(f"Columns not read (kept with the import): {', '.join(plan.unread_columns)}")
    groups = (
        ("+", Outcome.NEW, "new"),
        ("~", Outcome.CHANGED, "changed"),
        ("=", Outcome.UNCHANGED, "unchanged"),
        ("?", Outcome.UNDECIDED, "to decide"),
        ("!", Outcome.UNREAD, "I could not read"),
    )
    for sign, outcome, words in groups:
        count = plan.count(outcome)
        if count:
            click.echo(f"  {sign} {count:>3} {words}")
            _show_rows(plan, outcome, register, language, everything)
    if plan.given:
        click.echo(f"  get a reference now: {_some(plan.given, everything)}")
    if plan.matched:
        click.echo(f"  matched by title or item: {_some(plan.matched, everything)}")
    for change in plan.changes:
        if change.before is None and change.key.sort != "event":
            click.echo(f"  + {change.key.sort} {change.key.code!r} comes into the programme with this list")
    if plan.gone:
        some = ", ".join(plan.gone)
        talk(
            f"{len(plan.gone)} of last time's events are not in this list: {some}. They stay."
            " If they are cancelled: planner cancel …"
        )
    if plan.problems and plan.is_empty:
        talk("Nothing is written: a list is all or nothing. Correct these rows and import it again (or say --partial).")
    elif plan.is_empty:
        talk("Nothing to do: the plan already says what this list says.")
    else:
        say_forecast(snapshot, plan, language)


def _show_rows(plan: "ImportPlan", outcome: Any, register: "Register", language: str, everything: bool) -> None:
    from planner.domain.listing import Outcome
    from planner.wording.changes import say_difference

    rows = [row for row in plan.rows if row.outcome is outcome]
    if outcome is Outcome.UNCHANGED:
        return
    if outcome is Outcome.NEW and not everything:
        refs = ", ".join(row.ref for row in rows[:SHOWN])
        click.echo(f"        {refs}{_more(rows)}")
        return
    if outcome is Outcome.CHANGED and not everything:
        # What moves, is cancelled or changes its place is seen first, however many remarks were added.
        rows.sort(key=lambda row: not any(_is_weighty(each) for each in row.differences))
    for row in rows if everything or outcome is not Outcome.CHANGED else rows[:SHOWN]:
        for each in row.problems:
            click.echo(f"        {each}")
        for different in row.differences if outcome is Outcome.CHANGED else ():
            click.echo(f"        row {row.number}  {row.ref}  {say_difference(different, register, language)}")
        if outcome is Outcome.NEW:
            click.echo(f"        row {row.number}  {row.ref}")
    if outcome is Outcome.CHANGED and not everything and len(rows) > SHOWN:
        click.echo(f"       {_more(rows)}")


def _is_weighty(difference: "Difference") -> bool:
    return difference.field in WEIGHTY or difference.after in {"cancelled", "postponed"}


def _some(refs: tuple[str, ...], everything: bool) -> str:
    return ", ".join(refs if everything else refs[:SHOWN]) + ("" if everything else _more(list(refs)))


def _more(rows: list[Any]) -> str:
    return f" … and {len(rows) - SHOWN} more (--all)" if len(rows) > SHOWN else ""
