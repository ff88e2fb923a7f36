"""The append-only log, chained by hashes: any past state can be had from it, and no entry is altered unseen."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from planner.domain.beside import Contact
from planner.domain.change import RESTORED, Change, Key, Lift, Logged, Record, Revision, Stamp
from planner.domain.event import Event
from planner.errors import BrokenLog, problem
from planner.store import tables as t
from planner.store.bulk import insert_rows
from planner.store.codec import decode, encode, shape_of
from planner.store.events import batches

ERASABLE = frozenset({Contact.sort})
"""Sorts of records whose removal takes them out of the log as well: what they say is of persons."""
ERASED = "erased "
"""How what stands in the place of an erased payload begins; its SHA-256 follows. No JSON begins so."""
START = "0" * 64
"""What stands for the hash before the first entry."""


def entry_hash(previous: str, revision: Revision, key: Key, shape: int, payload: str | None) -> str:
    """SHA-256 of the previous hash, the revision's facts, and the record after the change (model, *Revisions*).

    Parts are joined by U+001F, which no list and no command lets in, so that no two entries read the same.
    What can be erased is hashed by its own hash, which outlives it.
    """
    sealed = "" if payload is None else _sealed(key.sort, payload)
    said = (previous, *_facts(revision), *key, str(shape), sealed)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


@lru_cache(maxsize=1)  # the entries of one revision follow one another
def _facts(revision: Revision) -> tuple[str, str, str, str]:
    return str(revision.number), stamped(revision.at), revision.who, revision.why


def _sealed(sort: str, payload: str) -> str:
    """What the chain says of a payload: itself, or for one that can be erased what would stand in its place."""
    if sort not in ERASABLE or payload.startswith(ERASED):
        return payload
    return ERASED + hashlib.sha256(payload.encode()).hexdigest()


def erase(connection: Connection, keys: Iterable[Key]) -> bool:
    """Puts hashes in the place of all that the log says of these records; True when there was anything to erase."""
    found = False
    for key in keys:
        c = t.change.c
        statement = select(c.revision, c.position, c.payload).where(*_is(key), c.payload.is_not(None))
        for row in connection.execute(statement).all():
            its = update(t.change).where(c.revision == row.revision, c.position == row.position)
            connection.execute(its.values(payload=_sealed(key.sort, row.payload)))
            found = True
    return found


def stamped(instant: datetime) -> str:
    """An instant in UTC as the tables keep it."""
    return instant.isoformat(timespec="microseconds")


Kept = tuple[Key, int, str | None, int]
"""A record as the log keeps it: key, shape, payload and SEQUENCE."""


def kept(change: Change, key: Key, sequence: int) -> Kept:
    """The entry that a change of that record becomes, with the SEQUENCE it leads to."""
    return key, shape_of(key.sort), None if change.after is None else encode(change.after), sequence


def append(connection: Connection, revision: Revision, entries: Sequence[Kept]) -> None:
    """Writes these entries behind the last one of the log, each bound to the one before it."""
    previous = _last_hash(connection)
    rows: list[tuple[Any, ...]] = []
    for position, (key, shape, payload, sequence) in enumerate(entries):
        previous = entry_hash(previous, revision, key, shape, payload)
        rows.append((revision.number, position, *key, shape, payload, sequence, previous))
    insert_rows(connection, t.change, rows)


def newest_entries(connection: Connection, sorts: Iterable[str]) -> Sequence[Any]:
    """Of every record of these sorts there ever was its newest entry: key, shape, payload, SEQUENCE."""
    c, last = t.change.c, _newest(connection.execute(select(t.head.c.revision)).scalar_one())
    columns = (c.sort, c.programme, c.code, c.shape, c.payload, c.sequence)
    order = (c.sort, c.programme, c.code)
    return connection.execute(
        select(*columns).join(last, _same_entry(last)).where(c.sort.in_(list(sorts))).order_by(*order)
    ).all()


def _last_hash(connection: Connection) -> str:
    order = (t.change.c.revision.desc(), t.change.c.position.desc())
    return connection.execute(select(t.change.c.hash).order_by(*order).limit(1)).scalar() or START


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
    if row.sort in ERASABLE and row.payload.startswith(ERASED):
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


def stamps(
    connection: Connection, programme: str, up_to: int, refs: Iterable[str] | None = None
) -> Iterator[tuple[str, Stamp, bool]]:
    """(ref, stamp, whether it was removed) of every event there ever was, or of these, by ref."""
    c = t.change.c
    statement = (
        select(c.code, c.revision, c.sequence, c.payload.is_(None).label("is_removed"), t.revision.c.at)
        .join(t.revision, t.revision.c.number == c.revision)
        .where(c.sort == "event", c.programme == programme, c.revision <= up_to)
        .order_by(c.code, c.revision)
    )
    if refs is None:
        yield from _stamps(connection.execute(statement))
        return
    for _, batch in batches((programme, ref) for ref in sorted(set(refs))):
        yield from _stamps(connection.execute(statement.where(c.code.in_(batch))))


def _stamps(changes_of_all: Iterable[Any]) -> Iterator[tuple[str, Stamp, bool]]:
    for ref, rows in groupby(changes_of_all, key=lambda row: row.code):
        changes = list(rows)
        last = changes[-1]
        raised = next(row for row in changes if row.sequence == last.sequence)
        instants = (datetime.fromisoformat(row.at) for row in (changes[0], last, raised))
        yield ref, Stamp(last.revision, last.sequence, *instants), bool(last.is_removed)


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


def lifted_since(connection: Connection, since: int, up_to: int) -> Lift | None:
    """What the restores after one revision and up to another did: numbers they left out are how far they lifted."""
    r = t.revision.c
    restores = select(r.number, r.at).where(r.means == RESTORED, r.number > since, r.number <= up_to)
    found = connection.execute(restores.order_by(r.number)).all()
    if not found:
        return None
    by = 0
    for row in found:
        before = connection.execute(select(func.max(r.number)).where(r.number < row.number)).scalar() or 0
        by += row.number - before
    return Lift(by, datetime.fromisoformat(found[-1].at))


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


def removed_sequences(connection: Connection, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """SEQUENCE of those of these events (programme, ref) that were removed once: it goes on when they return."""
    c = t.change.c
    found = {}
    for programme, refs in batches(keys):
        statement = select(c.code, c.sequence).where(
            c.sort == "event", c.programme == programme, c.code.in_(refs), c.payload.is_(None)
        )
        for row in connection.execute(statement.order_by(c.revision)):
            found[programme, row.code] = row.sequence
    return found


def verify(connection: Connection) -> int:
    """The number of entries in the log, every hash of which is right. Raises BrokenLog naming the first that is not."""
    statement = (
        select(t.change, t.revision)
        .join(t.revision, t.revision.c.number == t.change.c.revision)
        .order_by(t.change.c.revision, t.change.c.position)
    )
    previous, count = START, 0
    for row in connection.execute(statement):
        key = Key(row.sort, row.programme, row.code)
        if entry_hash(previous, _revision(row), key, row.shape, row.payload) != row.hash:
            where = f"revision {row.revision}, entry {row.position + 1}, {key}"
            found = "does not fit the chain of the log: it or what stands before it was altered outside the planner"
            raise BrokenLog(problem(where, found, remedy="restore a backup from before it"))
        previous, count = row.hash, count + 1
    _verify_erasures(connection)
    _verify_revisions(connection, count)
    return count


def _verify_erasures(connection: Connection) -> None:
    """A hash in the place of a record fits the chain: it must have been put there by the removal of that record."""
    c, removed = t.change.c, t.change.alias("removed")
    same = and_(c.sort == removed.c.sort, c.programme == removed.c.programme, c.code == removed.c.code)
    later = select(removed.c.revision).where(same, removed.c.revision > c.revision, removed.c.payload.is_(None))
    statement = select(t.change).where(c.sort.in_(ERASABLE), c.payload.startswith(ERASED), ~later.exists())
    row = connection.execute(statement.order_by(c.revision, c.position).limit(1)).first()
    if row is not None:
        where = f"revision {row.revision}, entry {row.position + 1}, {_key(row)}"
        raise BrokenLog(problem(where, "was erased outside the planner", remedy="restore a backup from before it"))


def _verify_revisions(connection: Connection, count: int) -> None:
    """Entries cut off the end would leave the chain whole: the head says how many revisions there must be."""
    head = connection.execute(select(t.head.c.revision)).scalar_one()
    numbers = select(t.change.c.revision).distinct().order_by(t.change.c.revision)
    logged = connection.execute(numbers).scalars().all()
    entries = connection.execute(select(func.count()).select_from(t.change)).scalar_one()
    # A restore leaves numbers out, and says so: what the lost days may have shown must not be numbered alike.
    restored = set(connection.execute(select(t.revision.c.number).where(t.revision.c.means == RESTORED)).scalars())
    is_whole = all(b == a + 1 or b in restored for a, b in pairwise([0, *logged]))
    if not is_whole or (max(logged, default=0), entries) != (head, count):
        found = f"the log has {len(logged)} revisions up to {max(logged, default=0)}, the head counts {head}"
        raise BrokenLog(problem("log", found, remedy="restore a backup"))
