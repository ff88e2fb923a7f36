"""Runs of imports: what was read, row by row and cell by cell, for it cannot be had later."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, func, insert, select

from planner.domain.event import Event
from planner.domain.listing import ImportRun, ListedRow, Outcome
from planner.store import tables as t
from planner.store.bulk import insert_rows
from planner.store.codec import canonical, decode, shape_of


def keep(connection: Connection, run: ImportRun, revision: int, encoded: Callable[[Event], str]) -> None:
    """Keeps the run that led to that revision; `encoded` gives the payloads, most of which the log has already."""
    plain = ("programme", "list_name", "file_name", "sha256", "sheet", "encoding", "header_row")
    row: dict[str, Any] = {name: getattr(run, name) for name in plain}
    row |= {"revision": revision, "headings": canonical(run.headings), "options": canonical(run.options)}
    connection.execute(insert(t.import_run), row)
    shape = shape_of(Event.sort)
    rows = [
        (
            revision,
            position,
            listed.number,
            listed.ref,
            listed.outcome.value,
            canonical(listed.cells),
            shape,
            None if listed.event is None else encoded(listed.event),
        )
        for position, listed in enumerate(run.rows)
    ]
    insert_rows(connection, t.listed, rows)


def run_of(connection: Connection, revision: int) -> ImportRun | None:
    """The run that led to that revision, or None when it was no import."""
    row = connection.execute(select(t.import_run).where(t.import_run.c.revision == revision)).first()
    if row is None:
        return None
    statement = select(t.listed).where(t.listed.c.revision == revision).order_by(t.listed.c.position)
    return ImportRun(
        row.programme,
        row.list_name,
        row.file_name,
        row.sha256,
        row.sheet,
        row.encoding,
        row.header_row,
        _pairs(row.headings),
        _pairs(row.options),
        tuple(_read_back(each) for each in connection.execute(statement)),
    )


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(text))


def _read_back(row: Any) -> ListedRow:
    event = None if row.payload is None else decode(Event.sort, row.shape, row.payload)
    assert event is None or isinstance(event, Event)
    return ListedRow(row.number, tuple(json.loads(row.cells)), Outcome(row.outcome), row.ref, event)


def last_run(connection: Connection, programme: str, list_name: str, up_to: int) -> int | None:
    """The revision of the last import of that list that was not undone."""
    return max(_runs(connection, programme, list_name, up_to), default=None)


def _runs(connection: Connection, programme: str, list_name: str, up_to: int) -> list[int]:
    """The revisions of every import of that list that was not undone."""
    undone = _undone(connection, up_to)
    statement = (
        select(t.import_run.c.revision)
        .where(t.import_run.c.programme == programme, t.import_run.c.list_name == list_name)
        .where(t.import_run.c.revision <= up_to)
    )
    return [number for number in connection.execute(statement).scalars() if number not in undone]


def base(connection: Connection, programme: str, list_name: str, up_to: int) -> dict[str, Event]:
    """By ref, what the last not undone import of that list that names the event says of it (model, *Revisions*).

    A row that was left undecided was not applied, so it is asked about again: the base stays what it was.
    """
    c, runs = t.listed.c, _runs(connection, programme, list_name, up_to)
    if not runs:
        return {}
    applied = c.payload.is_not(None) & (c.outcome != Outcome.UNDECIDED.value)
    last = (
        select(c.ref, func.max(c.revision).label("revision"))
        .where(c.revision.in_(runs), applied)
        .group_by(c.ref)
        .subquery()
    )
    statement = select(t.listed).join(last, (c.ref == last.c.ref) & (c.revision == last.c.revision))
    said = (_read_back(row) for row in connection.execute(statement.where(applied)))
    return {row.ref: row.event for row in said if row.event is not None}


def named(connection: Connection, programme: str, list_name: str, up_to: int) -> frozenset[str]:
    """The refs that the last not undone import of that list names."""
    number = last_run(connection, programme, list_name, up_to)
    c = t.listed.c
    statement = select(c.ref).where(c.revision == (number or 0), c.payload.is_not(None))
    return frozenset(connection.execute(statement).scalars())


def issues(connection: Connection, programme: str, up_to: int) -> dict[str, tuple[int, str]]:
    """By ref, the newest issue of an entry that went in from any calendar: its SEQUENCE, and when it was last modified.

    Imports that were undone do not count.
    """
    run, undone = t.import_run.c, _undone(connection, up_to)
    calendars = select(run.revision, run.headings).where(
        run.programme == programme, run.revision <= up_to, run.encoding == "iCalendar"
    )
    newest: dict[str, tuple[int, str]] = {}
    for revision, headings in connection.execute(calendars).all():
        at = {column: place for place, (_, column) in enumerate(_pairs(headings))}
        if revision in undone or not {"sequence", "modified"} <= at.keys():
            continue
        c = t.listed.c
        rows = select(c.ref, c.cells).where(c.revision == revision, c.payload.is_not(None))
        for ref, text in connection.execute(rows):
            cells = json.loads(text)
            number = cells[at["sequence"]]
            issue = (int(number) if number.isdecimal() else 0, cells[at["modified"]])
            newest[ref] = max(issue, newest.get(ref, issue))
    return newest


def is_whole(connection: Connection, revision: int, sha256: str, options: tuple[tuple[str, str], ...]) -> bool:
    """True when that run read these bytes under these options, and every row of it went in."""
    run, row = t.import_run.c, t.listed.c
    same = select(run.revision).where(run.revision == revision, run.sha256 == sha256, run.options == canonical(options))
    if connection.execute(same).first() is None:
        return False
    out = (Outcome.UNDECIDED.value, Outcome.UNREAD.value)
    left = select(row.revision).where(row.revision == revision, row.payload.is_(None) | row.outcome.in_(out)).limit(1)
    return connection.execute(left).first() is None


def _undone(connection: Connection, up_to: int) -> set[int]:
    """Revisions taken back by one that was not itself taken back."""
    statement = (
        select(t.revision.c.number, t.revision.c.undoes)
        .where(t.revision.c.undoes.is_not(None), t.revision.c.number <= up_to)
        .order_by(t.revision.c.number.desc())
    )
    undone: set[int] = set()
    for number, undoes in connection.execute(statement):
        if number not in undone:
            undone.add(undoes)
    return undone
