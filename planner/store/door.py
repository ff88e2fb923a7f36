"""The one look-up of each request: the newest revision, and whose address a token is, through a kept connection.

It speaks to the driver itself. Through the engine the same question costs many times as much, and it is asked for every
request of every subscriber.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString, NamedTuple, Protocol

from sqlalchemy.engine import URL

from planner.errors import Unavailable, problem
from planner.store.engine import parse, shown

if TYPE_CHECKING:
    from psycopg import Connection

SECONDS = 5
"""So long a look-up may take. A subscriber gets the last good bytes then, which is better than waiting."""

_COLUMNS: LiteralString = "h.revision, a.digest, a.number, a.programme, a.feed, a.expires, a.replaced_by"
_REVISION: LiteralString = "SELECT revision FROM head"
# Revoked addresses are not even found: they answer as those that never were, in the same time.
_FROM: LiteralString = f"SELECT {_COLUMNS} FROM head h LEFT JOIN address a ON a.revoked IS NULL AND a.digest"  # noqa: S608
_OF_ANY: LiteralString = f"{_FROM} = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Holding:
    """An address that was not revoked, as far as a request must know it."""

    number: int
    programme: str
    feed: str
    expires: datetime | None
    is_replaced: bool


class Seen(NamedTuple):
    """What one look-up saw: the newest revision, and by digest the addresses asked for that are open or replaced.

    `opening` counts the connections there have been: behind another one may lie another plan with the same numbers.
    """

    opening: int
    revision: int
    holdings: Mapping[str, Holding]


class Door(Protocol):
    """A kept connection. `is_instant` says that it answers from this machine's memory: nobody need wait aside."""

    is_instant: bool

    def look(self, digests: Sequence[str]) -> Seen:
        """The newest revision, and the addresses of these digests. Raises Unavailable; the next look connects anew."""

    def close(self) -> None:
        """Gives the connection back."""


def open_door(location: str) -> Door:
    """The door of the database at a path or URL. It connects at the first look. Raises BadInput."""
    url = parse(location)
    return SqliteDoor(url) if url.get_backend_name() == "sqlite" else PostgresqlDoor(url)


class SqliteDoor:
    """The look-up in a file. It notices when another file was put in its place, as a restored backup is."""

    is_instant = True

    def __init__(self, url: URL) -> None:
        self._url = url
        self._path = Path(str(url.database)).absolute()
        self._connection: sqlite3.Connection | None = None
        self._opening = 0
        self._file: tuple[int, int] | None = None

    def look(self, digests: Sequence[str]) -> Seen:
        try:
            connection = self._current()
            if not digests:
                return Seen(self._opening, connection.execute(_REVISION).fetchone()[0], {})
            marks = ", ".join("?" * len(digests))
            rows = connection.execute(f"{_FROM} IN ({marks})", digests).fetchall()
        except (OSError, sqlite3.Error, TypeError) as error:
            self.close()
            raise Unavailable(problem(shown(self._url), f"cannot be read ({error})")) from error
        return _seen(self._opening, rows)

    def _current(self) -> sqlite3.Connection:
        """The kept connection, or a new one when the path leads to another file than it did."""
        status = self._path.stat()
        file = (status.st_dev, status.st_ino)
        if self._connection is None or file != self._file:
            self.close()
            target = f"{self._path.as_uri()}?mode=ro"
            self._connection = sqlite3.connect(
                target, uri=True, timeout=1, isolation_level=None, check_same_thread=False
            )
            self._file = file
            self._opening += 1
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class PostgresqlDoor:
    """The look-up on a server, prepared once. It connects anew after any failure."""

    is_instant = False

    def __init__(self, url: URL) -> None:
        self._url = url
        self._connection: Connection[Any] | None = None
        self._opening = 0

    def look(self, digests: Sequence[str]) -> Seen:
        import psycopg  # an extra: only those who keep the plan on a server have it

        try:
            rows = self._current().execute(_OF_ANY, (list(digests),), prepare=True).fetchall()
        except (OSError, psycopg.Error) as error:
            self.close()
            raise Unavailable(problem(shown(self._url), "cannot be reached", remedy="see that it runs")) from error
        if not rows:
            raise Unavailable(problem(shown(self._url), "has no plan of ours"))
        return _seen(self._opening, rows)

    def _current(self) -> "Connection[Any]":
        import psycopg

        if self._connection is None:
            location = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
            options = f"-c statement_timeout={SECONDS}s -c timezone=UTC -c default_transaction_read_only=on"
            self._connection = psycopg.connect(
                location,
                autocommit=True,
                connect_timeout=SECONDS,
                tcp_user_timeout=SECONDS * 1000,
                options=options,
            )
            self._opening += 1
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _seen(opening: int, rows: Sequence[Any]) -> Seen:
    """From rows of revision and address, the address None in all its columns where none was found."""
    found = {row[1]: _holding(*row[2:]) for row in rows if row[1] is not None}
    return Seen(opening, rows[0][0], found)


@lru_cache(maxsize=10_000)
def _holding(number: int, programme: str, feed: str, expires: str | None, replaced_by: int | None) -> Holding:
    ends = None if expires is None else datetime.fromisoformat(expires)
    return Holding(number, programme, feed, ends, replaced_by is not None)
