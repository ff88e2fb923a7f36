"""The chain of hashes over the log: no entry, and nothing said of its revision, is altered unseen.

What it cannot tell by itself: that all of it was written anew, or that its end was cut off together with the plan and
the head. Whoever keeps the end of it elsewhere (`End`) can tell that too.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, and_, func, select, update

from planner.domain.beside import Contact
from planner.domain.change import RESTORED, Key
from planner.errors import BadInput, BrokenLog, problem
from planner.store import tables as t

ERASABLE = frozenset({Contact.sort})
"""Sorts of records whose removal takes them out of the log as well: what they say is of persons."""
ERASED = "erased "
"""How what stands in the place of an erased payload begins; its SHA-256 follows. No JSON begins so."""
START = "0" * 64
"""What stands for the hash before the first entry."""
SHOWN = 16
"""So many of the 64 digits of a hash people are shown, and must say at least."""
Entry = tuple[int, str, str, str, int, str | None, int]
"""What is hashed of an entry, as it is kept: position, sort, programme, code, shape, payload, SEQUENCE."""
_REVISION = ("number", "at", "who", "why", "means", "undoes")


class End(NamedTuple):
    """Where a log ended: the revision of its last entry, and that entry's hash or how it begins."""

    revision: int
    hash: str

    def __str__(self) -> str:
        return f"{self.revision}:{self.hash[:SHOWN]}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The end that somebody kept. Raises BadInput."""
        number, _, begins = text.strip().casefold().partition(":")
        if not number.isdecimal() or len(number) > 18 or len(begins) < SHOWN or set(begins) - set("0123456789abcdef"):
            expected = f"a revision, a colon and {SHOWN} digits, as `planner db backup` and `planner release` print it"
            raise BadInput(problem("--ends", f"{text!r} is not the end of a log", expected))
        return cls(int(number), begins)


def facts(revision: Mapping[Any, Any]) -> tuple[str, ...]:
    """What is hashed of a revision: everything that stands of it, as it stands."""
    return tuple(_said(revision[name]) for name in _REVISION)


def entry_hash(previous: str, its_facts: tuple[str, ...], entry: Entry) -> str:
    """SHA-256 of the previous hash, everything said of the revision, and everything said of the record after it.

    Parts are joined by U+001F, which no list and no command lets in, so that no two entries read the same. What can be
    erased is hashed by its own hash, which outlives it.
    """
    position, sort, programme, code, shape, payload, sequence = entry
    parts = (position, sort, programme, code, shape, _sealed(sort, payload), sequence)
    return _digest(("2", previous, *its_facts, *map(_said, parts)))


def _hash_before(previous: str, revision: Mapping[Any, Any], entry: Entry) -> str:
    """The hash of entries written before their SEQUENCE, place and means were hashed too."""
    _, sort, programme, code, shape, payload, _ = entry
    its = (revision["number"], revision["at"], revision["who"], revision["why"])
    parts = (*its, sort, programme, code, shape, _sealed(sort, payload))
    return _digest((previous, *("" if part is None else str(part) for part in parts)))


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _said(value: object) -> str:
    return "-" if value is None else f"={value}"


def _sealed(sort: str, payload: str | None) -> str | None:
    """What the chain says of a payload: itself, or for one that can be erased what would stand in its place."""
    if not isinstance(payload, str) or sort not in ERASABLE or payload.startswith(ERASED):
        return payload
    return ERASED + hashlib.sha256(payload.encode()).hexdigest()


def is_erased(sort: str, payload: str) -> bool:
    """True for what stands in the place of a record that was taken out of the log."""
    return sort in ERASABLE and payload.startswith(ERASED)


def erase(connection: Connection, keys: Iterable[Key]) -> bool:
    """Puts hashes in the place of all that the log says of these records; True when there was anything to erase."""
    found, c = False, t.change.c
    for key in keys:
        its = (c.sort == key.sort, c.programme == key.programme, c.code == key.code, c.payload.is_not(None))
        for row in connection.execute(select(c.revision, c.position, c.sort, c.payload).where(*its)).all():
            there = update(t.change).where(c.revision == row.revision, c.position == row.position)
            connection.execute(there.values(payload=_sealed(row.sort, row.payload)))
            found = True
    return found


def last_hash(connection: Connection) -> str:
    """The hash that the next entry builds on."""
    order = (t.change.c.revision.desc(), t.change.c.position.desc())
    return connection.execute(select(t.change.c.hash).order_by(*order).limit(1)).scalar() or START


def end_of(connection: Connection, up_to: int) -> End | None:
    """Where the log ended when that revision was the newest; None before the first."""
    c = t.change.c
    order = (c.revision.desc(), c.position.desc())
    row = connection.execute(select(c.revision, c.hash).where(c.revision <= up_to).order_by(*order).limit(1)).first()
    return None if row is None else End(row.revision, row.hash)


def verify(connection: Connection) -> int:
    """The number of entries in the log, every one of which is as it was written, and none is missing between them.

    Raises BrokenLog naming the first that is not so.
    """
    c = t.change.c
    joined = select(t.change, t.revision).outerjoin(t.revision, t.revision.c.number == c.revision)
    previous, last, count = START, (0, 0), 0
    its_facts: tuple[str, ...] = ()
    for row in connection.execute(joined.order_by(c.revision, c.position)):
        if row.revision != last[0]:
            its_facts = facts(row._mapping)
        if not (_follows(last, row) and _fits(previous, its_facts, row)):
            found = "does not fit the chain of the log: it or what stands before it was altered outside the planner"
            raise BrokenLog(problem(_where(row), found, remedy="restore a backup from before it"))
        previous, last, count = row.hash, (row.revision, row.position), count + 1
    _verify_erasures(connection)
    _verify_ends(connection, last[0], count)
    return count


def _fits(previous: str, its_facts: tuple[str, ...], row: Any) -> bool:
    entry = (row.position, row.sort, row.programme, row.code, row.shape, row.payload, row.sequence)
    if row.hash == entry_hash(previous, its_facts, entry):
        return True
    return bool(row.hash == _hash_before(previous, row._mapping, entry))


def _follows(last: tuple[int, int], row: Any) -> bool:
    """True when nothing is missing between two entries; a restore leaves numbers out, and says so."""
    revision, position = last
    if row.revision == revision:
        return bool(row.position == position + 1)
    is_next = row.revision == revision + 1 or row.means == RESTORED
    return row.number is not None and is_next and row.position == 0


def _where(row: Any) -> str:
    number = row.position + 1 if isinstance(row.position, int) else row.position
    return f"revision {row.revision}, entry {number}, {Key(row.sort, row.programme, row.code)}"


def _verify_erasures(connection: Connection) -> None:
    """A hash in the place of a record fits the chain: it must have been put there by the removal of that record."""
    c, removed = t.change.c, t.change.alias("removed")
    same = and_(c.sort == removed.c.sort, c.programme == removed.c.programme, c.code == removed.c.code)
    later = select(removed.c.revision).where(same, removed.c.revision > c.revision, removed.c.payload.is_(None))
    statement = select(t.change).where(c.sort.in_(ERASABLE), c.payload.startswith(ERASED), ~later.exists())
    row = connection.execute(statement.order_by(c.revision, c.position).limit(1)).first()
    if row is not None:
        raise BrokenLog(
            problem(_where(row), "was erased outside the planner", remedy="restore a backup from before it")
        )


def _verify_ends(connection: Connection, last: int, count: int) -> None:
    """Entries cut off the end would leave the chain whole: the head and the revisions say how far it must go."""
    head = connection.execute(select(t.head.c.revision)).scalar_one()
    bare = select(t.revision.c.number).where(t.revision.c.number.not_in(select(t.change.c.revision)))
    lone = connection.execute(bare.order_by(t.revision.c.number).limit(1)).scalar()
    entries = connection.execute(select(func.count()).select_from(t.change)).scalar_one()
    if lone is not None:
        raise BrokenLog(problem(f"revision {lone}", "has no entries in the log", remedy="restore a backup"))
    if (last, entries) != (head, count):
        found = f"the log ends at revision {last}, the head counts {head}"
        raise BrokenLog(problem("log", found, remedy="restore a backup"))


def verify_end(connection: Connection, end: End) -> None:
    """Raises BrokenLog unless the log has, or went on from, the end that somebody kept."""
    found = end_of(connection, end.revision)
    if found is None or found.revision != end.revision or not found.hash.startswith(end.hash):
        was = f"ended at {end} when that was kept, and now has {found if found is not None else 'nothing'} there"
        remedy = "the log was cut or written anew since: restore a backup of then"
        raise BrokenLog(problem("log", was, remedy=remedy))
