"""An open database: snapshots to read, transactions to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.engine import URL

from planner.domain.run import CheckRun
from planner.store import runs
from planner.store import tables as t
from planner.store.addresses import Operations
from planner.store.engine import make_engine, plain_words, rewrite, shown
from planner.store.snapshot import Snapshot
from planner.store.transaction import Transaction, next_revision


class Database:
    """A database of the right form. `created` says whether opening it made it."""

    def __init__(self, url: URL, writer: Engine | None, reader: Engine | None, *, created: bool = False) -> None:
        self.created = created
        self.shown = shown(url)
        self._url = url
        self._writer = writer
        self._reader = reader or make_engine(url, writes=False)

    @contextmanager
    def snapshot(self, as_of: int | None = None) -> Iterator[Snapshot]:
        """One committed state, the newest or as of a revision; nothing written meanwhile shows in it."""
        with plain_words(self._url), self._reader.connect() as connection, connection.begin():
            newest: int = connection.execute(select(t.head.c.revision)).scalar_one()
            if as_of is None or as_of == newest:
                yield Snapshot(connection, newest)
            else:
                yield Snapshot(connection, as_of, is_past=True)

    @contextmanager
    def transaction(
        self,
        *,
        who: str,
        why: str,
        means: str,
        now: datetime,
        read_at: int | None = None,
        undoes: int | None = None,
    ) -> Iterator[Transaction]:
        """One revision, written when the block ends well; without changes there is none.

        Writers queue for the head. Raises Stale, and Unavailable when the queue does not move.
        """
        if self._writer is None:
            raise ValueError("this database was opened for reading")
        with plain_words(self._url), self._writer.connect() as connection, connection.begin() as commit:
            revision = next_revision(connection, who, why, means, now)
            transaction = Transaction(connection, revision, read_at, undoes)
            yield transaction
            if not transaction.is_written:
                commit.rollback()
        if transaction.has_erased:
            self.overwrite_erased()

    def overwrite_erased(self) -> None:
        """Writes the database anew without what was erased from it. Raises Unavailable when somebody stands in the way.

        A deleted row's bytes otherwise lie in the file until something is written over them.
        """
        if self._writer is None:
            raise ValueError("this database was opened for reading")
        with plain_words(self._url):
            rewrite(self._writer, ("change", "register", "name"))

    @contextmanager
    def operations(self) -> Iterator[Operations]:
        """What goes on around the plan, kept when the block ends well; it takes no revision and no lock of the head."""
        engine = self._writer or self._reader
        with plain_words(self._url), engine.connect() as connection, connection.begin():
            yield Operations(connection)

    def keep_check(self, run: CheckRun) -> int:
        """Keeps a check to compare later ones with, and gives back its number; the plan takes no revision from it."""
        if self._writer is None:
            raise ValueError("this database was opened for reading")
        with plain_words(self._url), self._writer.connect() as connection, connection.begin():
            return runs.keep(connection, run).number

    def close(self) -> None:
        """Gives its connections back."""
        for engine in (self._writer, self._reader):
            if engine is not None:
                engine.dispose()
