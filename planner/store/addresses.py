"""Addresses and the ledger of what was served: operations, which take no revision and no lock of the head."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Dialect, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from planner.domain.address import KEPT_SERVED, Address, NewAddress, Served
from planner.store import tables as t
from planner.store.log import stamped
from planner.store.people import People


class Operations:
    """What goes on around the plan. Nothing here is history, and nothing here queues behind an import's revision."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.people = People(connection)

    def addresses(self, programme: str | None = None) -> tuple[Address, ...]:
        """The addresses of one programme, or of all, by number."""
        statement = select(t.address).order_by(t.address.c.number)
        if programme is not None:
            statement = statement.where(t.address.c.programme == programme)
        return tuple(_address(row) for row in self._connection.execute(statement))

    def add_address(self, new: NewAddress) -> Address:
        """Keeps a new address and gives it its number."""
        row = {
            "digest": new.digest,
            "programme": new.programme,
            "feed": new.feed,
            "holder": new.holder,
            "made": stamped(new.made),
            "made_by": new.made_by,
            "expires": None if new.expires is None else stamped(new.expires),
            "program": "",
        }
        statement = insert(t.address).returning(t.address)
        return _address(self._connection.execute(statement, row).one())

    def revoke_address(self, number: int, at: datetime) -> None:
        """Closes an address for good; one that was closed before keeps the instant it was."""
        where = (t.address.c.number == number, t.address.c.revoked.is_(None))
        self._connection.execute(update(t.address).where(*where).values(revoked=stamped(at)))

    def replace_address(self, number: int, by: int) -> None:
        """Says which address took the place of that one."""
        self._connection.execute(update(t.address).where(t.address.c.number == number).values(replaced_by=by))

    def served(self, number: int) -> tuple[Served, ...]:
        """What was served at that address, the newest last."""
        statement = select(t.served).where(t.served.c.address == number).order_by(t.served.c.last, t.served.c.etag)
        return tuple(_served(row) for row in self._connection.execute(statement))

    def keep_served(self, notes: Iterable[Served]) -> None:
        """Adds to the ledger: known contents get a later `last`, new ones a row; the oldest beyond the bound go.

        Any number of servers may do this at once; the later instant stands. Addresses that are not here are passed
        over, for a restored database may lack the newest.
        """
        known = set(self._connection.execute(select(t.address.c.number)).scalars())
        # Always in the same order: two servers would else wait for one another's rows.
        for note in sorted(notes, key=lambda each: (each.address, each.etag)):
            if note.address in known:
                self._keep(note)
                self._forget_oldest(note.address)

    def _keep(self, note: Served) -> None:
        row = {
            "address": note.address,
            "etag": note.etag,
            "revision": note.revision,
            "first": stamped(note.first),
            "last": stamped(note.last),
        }
        upsert = _insert(self._connection.dialect)(t.served).values(row)
        later = {
            "last": _later(self._connection.dialect)(t.served.c.last, upsert.excluded.last),
            "revision": _later(self._connection.dialect)(t.served.c.revision, upsert.excluded.revision),
        }
        self._connection.execute(upsert.on_conflict_do_update(index_elements=["address", "etag"], set_=later))
        fetched = t.address.c.fetched
        where = (t.address.c.number == note.address, fetched.is_(None) | (fetched <= row["last"]))
        seen = {"fetched": row["last"], "program": note.program}
        self._connection.execute(update(t.address).where(*where).values(seen))

    def _forget_oldest(self, number: int) -> None:
        order = (t.served.c.last.desc(), t.served.c.etag)
        kept = select(t.served.c.etag).where(t.served.c.address == number).order_by(*order).limit(KEPT_SERVED)
        beyond = (t.served.c.address == number, t.served.c.etag.not_in(kept))
        self._connection.execute(delete(t.served).where(*beyond))


def _insert(dialect: Dialect) -> Any:
    """INSERT that knows ON CONFLICT: both databases have it, each in a construct of its own."""
    return postgresql.insert if dialect.name == "postgresql" else sqlite.insert


def _later(dialect: Dialect) -> Any:
    """The greater of two: SQLite calls max with two arguments what SQL calls greatest."""
    return func.greatest if dialect.name == "postgresql" else func.max


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _address(row: Any) -> Address:
    return Address(
        row.number,
        row.programme,
        row.feed,
        row.holder,
        datetime.fromisoformat(row.made),
        row.made_by,
        _instant(row.expires),
        _instant(row.revoked),
        row.replaced_by,
        _instant(row.fetched),
        row.program,
    )


def _served(row: Any) -> Served:
    return Served(
        row.address, row.etag, row.revision, datetime.fromisoformat(row.first), datetime.fromisoformat(row.last)
    )
