"""Whether a database is whole: its file, its log, and its plan, which must be what the log says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import Connection, and_, select, text
from sqlalchemy.engine import URL

from planner.domain.change import Key, Record, key_of
from planner.domain.event import Event
from planner.errors import WrongDatabase, problem
from planner.store import chain, entries, events, log
from planner.store import tables as t
from planner.store.chain import End
from planner.store.engine import parse, plain_words, shown
from planner.store.schema import an_engine, open_database


class Whole(NamedTuple):
    """What a log has that was found whole: so many entries, and its end."""

    entries: int
    end: End | None


def check(location: str, *, log: bool = False, ends: str = "") -> str:
    """Says that the database is whole. Raises WrongDatabase or BrokenLog naming what is not.

    With `ends`, an end of the log that somebody kept, its log must have that end or go on from it. Raises BadInput.
    """
    kept = End.read(ends) if ends else None
    url = parse(location)
    with _opened(location) as connection, plain_words(url):
        if not log and kept is None:
            _check_file(connection, url)
            return f"{shown(url)}: whole"
        whole = _whole(connection, url)
        if kept is not None:
            chain.verify_end(connection, kept)
    said = f"{whole.entries} entries of the log fit their chain and give the plan as it stands"
    return f"{shown(url)}: whole; {said}; the log ends at {whole.end or 'nothing'}"


def checked(location: str) -> Whole:
    """The log of a database that was found whole. Raises as `check` does."""
    url = parse(location)
    with _opened(location) as connection, plain_words(url):
        return _whole(connection, url)


def is_sound(url: URL) -> bool:
    """True for a file that SQLite finds whole, whatever stands in it."""
    try:
        with plain_words(url), an_engine(url, writes=False) as engine, engine.connect() as connection:
            _check_file(connection, url)
    except WrongDatabase:
        return False
    return True


@contextmanager
def _opened(location: str) -> Iterator[Connection]:
    """One view of a database of today's form."""
    database = open_database(location, writes=False)
    database.close()
    url = parse(location)
    with plain_words(url), an_engine(url, writes=False) as engine, engine.connect() as connection, connection.begin():
        yield connection


def _check_file(connection: Connection, url: URL) -> None:
    """Lets SQLite look at its file; a server looks after its own."""
    if connection.dialect.name != "sqlite":
        return
    found = [row[0] for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    found += [f"a row of {row[0]} points nowhere" for row in connection.execute(text("PRAGMA foreign_key_check"))]
    if found:
        raise WrongDatabase(*(problem(shown(url), each, remedy="restore a backup") for each in found))


def _whole(connection: Connection, url: URL) -> Whole:
    """Verifies the chain, the file, and that the latest state is what the log says it is.

    The chain first: it names the entry that is bad, the file only that something is.
    """
    count = chain.verify(connection)
    _check_file(connection, url)
    newest = connection.execute(select(t.head.c.revision)).scalar_one()
    logged = log.state(connection, newest)
    stored = _stored(connection, url)
    different = sorted(str(key) for key in logged.keys() | stored.keys() if logged.get(key) != stored.get(key))
    different += _other_sequences(connection)
    if different:
        found = f"the plan as it stands differs from its log in {', '.join(different[:5])}"
        raise WrongDatabase(problem(shown(url), found, remedy="restore a backup"))
    return Whole(count, chain.end_of(connection, newest))


def _stored(connection: Connection, url: URL) -> dict[Key, Record]:
    """Every record of the latest state. Raises WrongDatabase for rows that no record can be read from."""
    try:
        return {key_of(record): record for record in (*entries.load(connection), *events.load(connection))}
    except (LookupError, ValueError, TypeError, AttributeError, ExceptionGroup) as error:
        found = f"holds a record that cannot be read ({type(error).__name__}: {error})"
        raise WrongDatabase(problem(shown(url), found, remedy="restore a backup")) from error


def _other_sequences(connection: Connection) -> list[str]:
    """The events that stand with another SEQUENCE than their log gave them last."""
    e, c = t.event.c, t.change.c
    logged = and_(c.sort == Event.sort, c.programme == e.programme, c.code == e.ref, c.revision == e.version)
    other = select(e.ref).outerjoin(t.change, logged).where(c.sequence.is_distinct_from(e.sequence))
    return [f"the SEQUENCE of {ref}" for ref in connection.execute(other.order_by(e.ref)).scalars()]
