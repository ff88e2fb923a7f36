"""Programmes as people read them, and as JSON."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from planner.cli.tables import plain
from planner.domain.change import differences
from planner.domain.entries import Holiday
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.wording.changes import say_change, say_sort
from planner.wording.dates import write_days
from planner.wording.notes import label, say_note

if TYPE_CHECKING:
    from planner.services.proposal import Proposal


def say_programme_changes(proposal: "Proposal", register: Register, language: str) -> None:
    """What loading a programme file would change: counts by sort for a new programme, else every entry."""
    if proposal.is_empty:
        click.echo("Nothing changes: the programme is as the file says.")
    is_new = any(change.before is None and change.key.sort == "programme" for change in proposal.changes)
    if is_new:
        sorts = Counter(change.key.sort for change in proposal.changes)
        counted = ", ".join(f"{count} {sort}" for sort, count in sorts.items() if sort != "programme")
        click.echo(f"+ programme {register.programme.code}  {text_in(language, register.programme.organisation)}")
        click.echo(f"    {counted}")
    else:
        for change in proposal.changes:
            for line in say_change(change, register, language):
                click.echo(line)
            if change.before is not None and change.after is not None:
                for name, _, after in differences(change.before, change.after):
                    click.echo(f"    {name} → {after}")
    for note in proposal.notes:
        click.echo(f"{label(language)}: {say_note(note, language)}")


def register_data(register: Register) -> dict[str, Any]:
    """A programme as JSON: itself, and its entries by sort."""
    data: dict[str, Any] = {"programme": plain(register.programme)}
    for entry in register.entries():
        data.setdefault(entry.sort, []).append({"code": entry.code} | plain(entry))
    return data


def say_register(register: Register, language: str) -> None:
    """A programme and its entries, a line each; holidays only counted by state."""
    programme = register.programme
    click.echo(click.style(f"{programme.code}  {text_in(language, programme.organisation)}", bold=True))
    term = write_days(programme.first, programme.last, language)
    click.echo(f"  {term}, chair {programme.chair}, {programme.zone}, rules {programme.profile!r}")
    sort = ""
    for entry in register.entries():
        if isinstance(entry, Holiday):
            continue
        if entry.sort != sort:
            sort = entry.sort
            click.echo(click.style(say_sort(sort, language), bold=True))
        named = text_in(language, getattr(entry, "names", ()) or getattr(entry, "titles", ()))
        click.echo(f"  {entry.code:<24} {named}")
    states = Counter(holiday.state for holiday in register.holidays)
    counted = ", ".join(f"{state} {count}" for state, count in sorted(states.items()))
    click.echo(f"{say_sort('holiday', language)}: {counted or '–'}")
