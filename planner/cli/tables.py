"""Events, histories and proposals as people read them, and as JSON and CSV."""

import csv
import dataclasses
import shutil
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import click

from planner.domain.board import Board
from planner.domain.change import Logged, Revision, Stamp
from planner.domain.entries import Programme
from planner.domain.event import Event
from planner.domain.fields import field_named, field_names, fields_changed
from planner.domain.memory import Since
from planner.domain.register import Register
from planner.domain.report import Report
from planner.readers.inert import inert
from planner.wording.changes import (
    say_change,
    say_difference,
    say_field,
    say_place,
    say_status,
    say_value,
    title_of,
)
from planner.wording.dates import say_day_ahead, say_day_past, write_when
from planner.wording.iso import write_edtf, write_iso
from planner.wording.notes import label, say_note

if TYPE_CHECKING:
    from datetime import date

    from rich.table import Table

    from planner.services.proposal import Proposal
    from planner.store import Snapshot

WIDTH_IN_A_PIPE = 160
MOST_FORECAST = 20
"""Conflicts a change would create, or clear, that a preview names; the gravest come first, the rest is counted."""


def width() -> int:
    """The columns of the terminal; generous in a pipe, where nothing should be cut for want of room."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else WIDTH_IN_A_PIPE


def say_events(events: Sequence[Event], register: Register, language: str) -> None:
    """A table of the dated events, and below it a line that names those without a date."""
    say_dated([(event.ref, event, register) for event in events if event.when.windows], language)
    undated = [event.ref for event in events if not event.when.windows]
    if undated:
        words = "Без даты" if language == "ru" else "Without a date"
        click.echo(f"{words} ({len(undated)}): {', '.join(undated)}")


def say_dated(named: Sequence[tuple[str, Event, Register]], language: str) -> None:
    """A table of dated events, each under that name and in the words of that register; nothing for none."""
    from rich.table import Table

    heads = (
        ("Ref", "Когда", "Мероприятие", "Место", "Статус")
        if language == "ru"
        else ("Ref", "When", "Event", "Place", "Status")
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    # No least widths: the library does not heed them when it makes a table fit, and cuts off what is too much.
    for head in heads:
        table.add_column(head, overflow="fold", no_wrap=head in {heads[0], heads[-1]})
    for name, event, register in named:
        table.add_row(
            name,
            write_when(event.when, language),
            title_of(event, language),
            say_place(event, register, language),
            say_status(event.status, language),
        )
    if named:
        show_table(table)


def show_table(table: "Table") -> None:
    """Writes it as other sentences are: rich itself would end with 1 where nobody reads the pipe any more."""
    from rich.console import Console

    console = Console(width=width(), highlight=False, markup=False)
    with console.capture() as shown:
        console.print(table)
    click.echo(shown.get(), nl=False)


def say_csv(events: Iterable[Event], register: Register, language: str) -> None:
    """The same as CSV, safe to open in a spreadsheet program."""
    heads = ("ref", "title", "when", "first", "last", "place", "kind", "status")
    write_csv(heads, (_csv_row(event, register, language) for event in events))


def _csv_row(event: Event, register: Register, language: str) -> tuple[str, ...]:
    windows = event.when.windows
    return (
        event.ref,
        title_of(event, language),
        write_when(event.when, language),
        windows[0].first.isoformat() if windows else "",
        windows[-1].last.isoformat() if windows else "",
        say_place(event, register, language),
        event.kind,
        event.status.value,
    )


def write_csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """CSV on standard output, no cell of which a spreadsheet program will run."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([inert(cell) for cell in row])


def event_data(event: Event, register: Register, stamp: Stamp | None = None) -> dict[str, Any]:
    """An event as JSON: every field by its name, dates as ISO 8601 and EDTF."""
    from planner.services.keeping import notes_of, papers_of

    data: dict[str, Any] = {field.name: plain(getattr(event, field.name)) for field in dataclasses.fields(event)}
    data["when"]["edtf"] = [write_edtf(window) for window in event.when.windows]
    data["when"]["iso"] = write_iso(event.when)
    recorded = [each for each in register.replies if each.ref == event.ref]
    data["replies"] = {each.party: {"answer": each.answer.value, "note": each.note} for each in recorded}
    data["notes"] = [plain(each) for each in notes_of(register, event)]
    data["papers"] = [plain(each) for each in papers_of(register, event)]
    kind = register.kind(event.kind)
    data["family"] = kind.family.value if kind is not None else None
    if stamp is not None:
        data["revision"], data["sequence"] = stamp.version, stamp.sequence
        data["created"], data["changed"] = stamp.created.isoformat(), stamp.changed.isoformat()
    return data


def plain(value: Any) -> Any:
    """A value as JSON has it: enumerations by their word, texts by language, days as ISO 8601."""
    if isinstance(value, StrEnum):
        return value.value
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        is_texts = bool(value) and all(isinstance(each, tuple) and len(each) == 2 for each in value)
        return dict(value) if is_texts else [plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def say_event(event: Event, register: Register, stamp: Stamp | None, language: str, events: Sequence[Event]) -> None:
    """Everything about one event, a field a line, and what links to it."""
    click.echo(click.style(f"{event.ref}  {title_of(event, language)}", bold=True))
    for name in field_names(event):
        field = field_named(name)
        assert field is not None
        value = field.get(event)
        text = "" if value is False else say_value(name, value, register, language)
        if text:
            click.echo(f"  {say_field(name, language) + ':':<22} {text}")
    if event.when.former:
        word = "прежние сроки:" if language == "ru" else "formerly:"
        click.echo(f"  {word:<22} {event.when.former}")
    if event.when.words:
        word = "в источнике:" if language == "ru" else "in the source:"
        click.echo(f"  {word:<22} {event.when.words}")
    for other in events:
        for link in other.links:
            if link.ref == event.ref:
                click.echo(f"  {'←':<22} {other.ref} {link.relation.value}  {title_of(other, language)}")
    _say_replies(event, register, language)
    _say_kept(event, register, language)
    if stamp is not None:
        word = "ред." if language == "ru" else "revision"
        click.echo(f"  {word} {stamp.version}, SEQUENCE {stamp.sequence}, {stamp.changed:%Y-%m-%d %H:%M} UTC")


def _say_replies(event: Event, register: Register, language: str) -> None:
    """What those who are invited replied, once anybody has."""
    from planner.services.replying import replies_to
    from planner.wording.changes import say_answer

    replies = replies_to(register, event)
    for number, (party, reply) in enumerate(replies.items() if any(replies.values()) else ()):
        word = "" if number else "ответы:" if language == "ru" else "replies:"
        click.echo(f"  {word:<22} {party}: {say_answer(reply, language)}")


def _say_kept(event: Event, register: Register, language: str) -> None:
    """Papers and notes, with the numbers they are removed by."""
    from planner.services.keeping import notes_of, papers_of
    from planner.wording.keeping import say_note, say_paper

    papers, notes = ("документы:", "заметки:") if language == "ru" else ("papers:", "notes:")
    for place, paper in enumerate(papers_of(register, event)):
        click.echo(f"  {'' if place else papers:<22} {paper.number}. {say_paper(paper)}")
    for place, note in enumerate(notes_of(register, event)):
        click.echo(f"  {'' if place else notes:<22} {note.number}. {say_note(note, language)}")


def say_revisions(revisions: Iterable[Revision]) -> None:
    for each in revisions:
        why = f"  {each.why}" if each.why else ""
        click.echo(f"{each.number:>5}  {each.at:%Y-%m-%d %H:%M}  {each.means:<10} {each.who}{why}")


def say_history(logged: Sequence[Logged], register: Register, language: str) -> None:
    """Each change of one record with the fields it changed, oldest first."""
    for before, entry in _with_before(logged):
        revision = entry.revision
        why = f"  ({revision.why})" if revision.why else ""
        head = f"revision {revision.number}  {revision.at:%Y-%m-%d %H:%M}  {revision.means} by {revision.who}{why}"
        click.echo(click.style(head, bold=True))
        for line in _what_changed(before, entry, register, language):
            click.echo(f"    {line}")


def history_data(logged: Sequence[Logged], register: Register, language: str) -> list[dict[str, Any]]:
    """The same as JSON; `changes` are the lines people read."""
    return [
        {
            "revision": entry.revision.number,
            "at": entry.revision.at.isoformat(),
            "who": entry.revision.who,
            "why": entry.revision.why,
            "means": entry.revision.means,
            "sequence": entry.sequence,
            "changes": _what_changed(before, entry, register, language),
        }
        for before, entry in _with_before(logged)
    ]


def _with_before(logged: Sequence[Logged]) -> list[tuple[Logged | None, Logged]]:
    return list(zip((None, *logged), logged, strict=False))


def _what_changed(before: Logged | None, entry: Logged, register: Register, language: str) -> list[str]:
    was = before.after if before is not None else None
    if isinstance(was, Event) and isinstance(entry.after, Event):
        return [say_difference(each, register, language) for each in fields_changed(was, entry.after)]
    if entry.after is None:
        return ["removed"]
    return ["new" if before is None else "restored"]


def say_proposal(snapshot: "Snapshot", proposal: "Proposal", today: "date", language: str) -> None:
    """Every change of a proposal, before → after, what it would break, and its notes."""
    if proposal.is_empty:
        click.echo("Ничего не меняется." if language == "ru" else "Nothing changes.")
    registers = {programme.code: snapshot.register(programme.code) for programme in snapshot.programmes()}
    for change in proposal.changes:
        record = change.after or change.before
        register = registers.get(change.key.programme)
        if register is None and isinstance(record, Programme):
            register = Register(record)
        assert register is not None
        for line in say_change(change, register, language):
            click.echo(line)
    for note in proposal.notes:
        click.echo(f"{label(language)}: {say_note(note, language)}")
    if proposal.changes:
        say_forecast(snapshot, proposal, today, language)


def say_forecast(snapshot: "Snapshot", proposal: "Proposal", today: "date", language: str) -> None:
    """What applying it would do to the conflicts: which would be new, which would be gone."""
    from planner.services.forecasting import Tally, outlook
    from planner.wording.findings import say_finding_line
    from planner.wording.imports import say_tally

    coming = outlook(snapshot, proposal.changes, today)
    if isinstance(coming, Tally):
        click.echo(say_tally(coming.created, coming.cleared, language))
        return
    words = ("новая накладка", "снимается накладка") if language == "ru" else ("would create", "would clear")
    for word, findings in zip(words, (coming.created, coming.cleared), strict=True):
        for finding in findings[:MOST_FORECAST]:
            click.echo(f"{word}: {say_finding_line(finding, coming.board, language)}")
        if len(findings) > MOST_FORECAST:
            click.echo(f"{word}: … +{len(findings) - MOST_FORECAST} (`planner check`)")


def say_standing(board: Board, programme: str, revision: int, language: str) -> None:
    """One programme in a line: how many events, and which comes next."""
    from planner.services.coming import next_event

    count = sum(event.programme == programme for event in board.events)
    if language == "ru":
        line = f"{programme}, ред. {revision}, мероприятий: {count}"
        tail = "; далее: "
    else:
        line = f"{programme}, revision {revision}, {count} event{'' if count == 1 else 's'}"
        tail = "; next: "
    coming = next_event(board, programme)
    if coming is not None:
        ahead = next(window for window in coming.when.windows if window.last >= board.day)
        line += f"{tail}{coming.ref}, {say_day_ahead(ahead.first, language)}"
    click.echo(line)


def say_unsettled(board: Board, language: str) -> None:
    """How many events are over and still planned; nothing when there are none."""
    from planner.domain.unsettled import unsettled

    count = len(unsettled(board))
    if count and language == "ru":
        click.echo(f"прошли и не закрыты: {count}; `planner settle` спросит о них")
    elif count:
        click.echo(f"{count} over and still planned; `planner settle` asks about them")


def say_clashes(report: Report, turned: Since | None, language: str) -> None:
    """How many clashes a check would list now, and how many of them are new since the check that was kept last."""
    count = len(report.listed)
    if not count:
        click.echo("Накладок нет." if language == "ru" else "No conflict.")
        return
    since = ""
    if turned is not None:
        fresh, day = len(turned.pressing), say_day_past(turned.memory.day, report.board.day, language)
        since = f", новых или тяжелее с {day}: {fresh}" if language == "ru" else f", {fresh} new or worse since {day}"
    if language == "ru":
        click.echo(f"накладок: {count}{since}; `planner check` покажет их")
    else:
        click.echo(f"{count} conflict{'' if count == 1 else 's'}{since}; `planner check` lists them")
