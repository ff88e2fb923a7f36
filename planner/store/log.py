"""The append-only log: any past state can be had from it. How its entries are chained stands in `chain.py`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select

from planner.domain.beside import Contact
from planner.domain.change import RESTORED, Change, Key, Logged, Record, Revision
from planner.domain.event import Event
from planner.store import chain
from planner.store import tables as t
from planner.store.bulk import insert_rows
from planner.store.codec import decode, encode, shape_of
from planner.store.events import batches


def stamped(instant: datetime) -> str:
    """An instant in UTC as the tables keep it."""
    return instant.isoformat(timespec="microseconds")


Kept = tuple[Key, int, str | None, int]
"""A record as the log keeps it: key, shape, payload and SEQUENCE."""


def kept(change: Change, key: Key, sequence: int) -> Kept:
    """The entry that a change of that record becomes, with the SEQUENCE it leads to."""
    return key, shape_of(key.sort), None if change.after is None else encode(change.after), sequence


def append(connection: Connection, revision: Revision, entries: Sequence[Kept]) -> None:
    """Writes these entries behind the last one of the log, each bound to the one before it.

    Their revision is written before them: what stands of it is hashed.
    """
    previous = chain.last_hash(connection)
    its = connection.execute(select(t.revision).where(t.revision.c.number == revision.number)).one()
    facts = chain.facts(its._mapping)
    rows: list[tuple[Any, ...]] = []
    for position, (key, shape, payload, sequence) in enumerate(entries):
        entry = (position, *key, shape, payload, sequence)
        previous = chain.entry_hash(previous, facts, entry)
        rows.append((revision.number, *entry, previous))
    insert_rows(connection, t.change, rows)


def newest_entries(connection: Connection, sorts: Iterable[str]) -> Sequence[Any]:
    """Of every record of these sorts there ever was its newest entry: key, shape, payload, SEQUENCE."""
    c, last = t.change.c, _newest(connection.execute(select(t.head.c.revision)).scalar_one())
    columns = (c.sort, c.programme, c.code, c.shape, c.payload, c.sequence)
    order = (c.sort, c.programme, c.code)
    return connection.execute(
        select(*columns).join(last, _same_entry(last)).where(c.sort.in_(list(sorts))).order_by(*order)
    ).all()


def write_revision(connection: Connection, revision: Revision, undoes: int | None) -> None:
    row = {
        "number": revision.number,
        "at": stamped(revision.at),
        "who": revision.who,
        "why": revision.why,
        "means": revision.means,
        "undoes": undoes,
    }
    connection.execute(insert(t.revision), row)


def revisions(connection: Connection, up_to: int) -> tuple[Revision, ...]:
    """Every revision up to that one, oldest first."""
    rows = connection.execute(select(t.revision).where(t.revision.c.number <= up_to).order_by(t.revision.c.number))
    return tuple(_revision(row) for row in rows)


def revision(connection: Connection, number: int) -> Revision | None:
    """One revision, or None where there is none of that number."""
    row = connection.execute(select(t.revision).where(t.revision.c.number == number)).first()
    return None if row is None else _revision(row)


def _revision(row: Any) -> Revision:
    return Revision(row.number, datetime.fromisoformat(row.at), row.who, row.why, row.means)


def history(connection: Connection, up_to: int, key: Key | None = None) -> tuple[Logged, ...]:
    """The entries of one record, or all, up to a revision, oldest first."""
    statement = (
        select(t.change, t.revision)
        .join(t.revision, t.revision.c.number == t.change.c.revision)
        .where(t.change.c.revision <= up_to)
        .order_by(t.change.c.revision, t.change.c.position)
    )
    if key is not None:
        statement = statement.where(*_is(key))
    return tuple(_logged(row) for row in connection.execute(statement))


def history_of_sorts(connection: Connection, up_to: int, programme: str, sorts: Iterable[str]) -> tuple[Logged, ...]:
    """The entries of all records of these sorts in a programme, up to a revision, oldest first."""
    c = t.change.c
    statement = (
        select(t.change, t.revision)
        .join(t.revision, t.revision.c.number == c.revision)
        .where(c.sort.in_(list(sorts)), c.programme == programme, c.revision <= up_to)
        .order_by(c.revision, c.position)
    )
    return tuple(_logged(row) for row in connection.execute(statement))


def histories(connection: Connection, up_to: int, programme: str, refs: Iterable[str]) -> dict[str, list[Logged]]:
    """By ref, the entries of these events up to a revision, oldest first."""
    c = t.change.c
    found: dict[str, list[Logged]] = {}
    for _, batch in batches((programme, ref) for ref in refs):
        statement = (
            select(t.change, t.revision)
            .join(t.revision, t.revision.c.number == c.revision)
            .where(c.sort == "event", c.programme == programme, c.code.in_(batch), c.revision <= up_to)
            .order_by(c.code, c.revision)
        )
        for row in connection.execute(statement):
            found.setdefault(row.code, []).append(_logged(row))
    return found


def changed_events(connection: Connection, up_to: int) -> Iterator[list[Logged]]:
    """The entries of every event with a decision that was changed since it was made, up to a revision, oldest first."""
    its = (t.change.c.programme, t.change.c.code)
    often = (
        select(*its)
        .where(t.change.c.sort == Event.sort, t.change.c.revision <= up_to)
        .group_by(*its)
        .having(func.count() > 1)
        .subquery()
    )
    statement = (
        select(t.change, t.revision)
        .join(t.revision, t.revision.c.number == t.change.c.revision)
        .join(often, (often.c.programme == t.change.c.programme) & (often.c.code == t.change.c.code))
        .where(t.change.c.sort == Event.sort, t.change.c.revision <= up_to)
        .order_by(*its, t.change.c.revision, t.change.c.position)
    )
    rows = connection.execute(statement)
    for _, of_one in groupby(rows, key=lambda row: (row.programme, row.code)):
        logged = [_logged(row) for row in of_one]
        newest = logged[-1].after
        if isinstance(newest, Event) and newest.decision:
            yield logged


def _is(key: Key) -> tuple[Any, ...]:
    return t.change.c.sort == key.sort, t.change.c.programme == key.programme, t.change.c.code == key.code


def _logged(row: Any) -> Logged:
    return Logged(_revision(row), _key(row), _record(row), row.sequence)


def _record(row: Any) -> Record | None:
    if row.payload is None:
        return None
    if chain.is_erased(row.sort, row.payload):
        return Contact.erased(row.programme, row.code)
    return decode(row.sort, row.shape, row.payload)


def state(connection: Connection, up_to: int) -> dict[Key, Record]:
    """Every record as it stood at that revision: the last change of each, up to it."""
    return {key: record for key, record in _last_changes(connection, up_to) if record is not None}


def _last_changes(connection: Connection, up_to: int) -> Iterator[tuple[Key, Record | None]]:
    last = _newest(up_to)
    for row in connection.execute(select(t.change).join(last, _same_entry(last)).order_by(t.change.c.code)):
        yield Key(row.sort, row.programme, row.code), _record(row)


def _newest(up_to: int) -> Any:
    """Per record, its newest revision up to that one."""
    c = t.change.c
    columns = (c.sort, c.programme, c.code, func.max(c.revision).label("newest"))
    return select(*columns).where(c.revision <= up_to).group_by(c.sort, c.programme, c.code).subquery()


def _same_entry(last: Any) -> Any:
    c = t.change.c
    return and_(
        c.sort == last.c.sort, c.programme == last.c.programme, c.code == last.c.code, c.revision == last.c.newest
    )


def changed_since(connection: Connection, revision: int, up_to: int, programme: str) -> set[Key]:
    """The records of a programme that changed after one revision and up to another."""
    c = t.change.c
    statement = select(c.sort, c.code).where(c.programme == programme, c.revision > revision, c.revision <= up_to)
    return {Key(row.sort, programme, row.code) for row in connection.execute(statement.distinct())}


def last_changed(connection: Connection, up_to: int, programme: str, but: Iterable[str]) -> Revision | None:
    """The newest revision up to that one with a change in the programme, records of these sorts not counted."""
    c = t.change.c
    newest = select(func.max(c.revision)).where(c.programme == programme, c.revision <= up_to, c.sort.not_in(list(but)))
    return revision(connection, connection.execute(newest).scalar() or 0)


def before(connection: Connection, key: Key, revision: int) -> Record | None:
    """The record as it stood before that revision, None when it was not there."""
    statement = (
        select(t.change).where(*_is(key), t.change.c.revision < revision).order_by(t.change.c.revision.desc()).limit(1)
    )
    row = connection.execute(statement).first()
    return None if row is None else _record(row)


def changes(connection: Connection, revision: int) -> tuple[Change, ...]:
    """What that revision changed, in its order: each record before and after it."""
    c, mine = t.change.c, t.change.alias("mine")
    same = and_(c.sort == mine.c.sort, c.programme == mine.c.programme, c.code == mine.c.code)
    columns = (c.sort, c.programme, c.code, func.max(c.revision).label("newest"))
    last = (
        select(*columns)
        .join(mine, and_(same, mine.c.revision == revision))
        .where(c.revision < revision)
        .group_by(c.sort, c.programme, c.code)
        .subquery()
    )
    was = {_key(row): _record(row) for row in connection.execute(select(t.change).join(last, _same_entry(last)))}
    done = connection.execute(select(t.change).where(c.revision == revision).order_by(c.position)).all()
    pairs = ((was.get(_key(row)), _record(row)) for row in done)
    # A restore says once more of what was removed that it is gone.
    return tuple(Change(before, after) for before, after in pairs if (before, after) != (None, None))


def _key(row: Any) -> Key:
    return Key(row.sort, row.programme, row.code)


def only_events_changed(connection: Connection, since: int, up_to: int) -> bool:
    """True when the revisions after that one neither removed an event nor touched any other record.

    A restore writes again what stood, and touches nothing.
    """
    c = t.change.c
    later = (
        select(c.revision)
        .join(t.revision, t.revision.c.number == c.revision)
        .where(c.revision > since, c.revision <= up_to, t.revision.c.means != RESTORED)
    )
    return connection.execute(later.where((c.sort != "event") | c.payload.is_(None)).limit(1)).first() is None


def written_by_hand(connection: Connection, programme: str, up_to: int) -> frozenset[str]:
    """The refs of the events of a programme that anything but an import ever wrote."""
    c = t.change.c
    statement = (
        select(c.code)
        .join(t.revision, t.revision.c.number == c.revision)
        .where(c.sort == "event", c.programme == programme, c.revision <= up_to)
        .where(t.revision.c.means.not_like("%import"), t.revision.c.means != RESTORED)
        .distinct()
    )
    return frozenset(connection.execute(statement).scalars())
