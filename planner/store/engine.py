"""One engine factory for the program and for migrations, and database errors in plain words."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool, StaticPool

from planner.errors import BadInput, PlannerError, Unavailable, WrongDatabase, problem
from planner.store.places import is_still

APPLICATION_ID = 0x504C414E  # "PLAN" in the header of a SQLite file says it is ours
WAIT_SECONDS = 30


def parse(location: str) -> URL:
    """The URL of a path or URL; `postgresql://` means the psycopg driver. Raises BadInput."""
    if "://" not in location:
        return URL.create("sqlite", database=location)
    try:
        url = make_url(location)
    except (ArgumentError, ValueError) as error:
        expected = "a path, or a URL like postgresql://user@host/name"
        raise BadInput(problem("--database", "is not a URL I can read", expected)) from error
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise BadInput(problem("--database", f"{url.drivername} is not supported", "SQLite or PostgreSQL"))
    return url


def shown(url: URL) -> str:
    """The database as it may be shown: a path, or a URL with its password masked."""
    if url.get_backend_name() == "sqlite":
        return url.database or "memory"
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def make_engine(url: URL, *, writes: bool, makes: bool = True) -> Engine:
    """An engine whose transactions begin as they must: writers queue at once, readers see one state.

    With `makes` a writer makes the file of a SQLite database; without, one that was taken away is not made anew.
    """
    try:
        return _sqlite(url, writes, makes) if url.get_backend_name() == "sqlite" else _postgresql(url, writes)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        remedy = "pip install 'council-planner[postgres]'"
        raise Unavailable(
            problem(shown(url), "needs the PostgreSQL driver, which is not installed", remedy=remedy)
        ) from error


def _sqlite(url: URL, writes: bool, makes: bool) -> Engine:
    in_memory = url.database in {None, "", ":memory:"}
    # mode=ro: an ordinary reader would checkpoint a log that a killed writer left, and so change the file.
    way = "ro" if not writes else "rwc" if makes else "rw"

    def connect() -> sqlite3.Connection:
        path = Path(str(url.database)).absolute()
        still = "&immutable=1" if way == "ro" and not in_memory and is_still(path) else ""
        target = ":memory:" if in_memory else f"{path.as_uri()}?mode={way}{still}"
        return sqlite3.connect(target, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool if in_memory else NullPool)
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        if writes and not in_memory:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def take_turn(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgresql(url: URL, writes: bool) -> Engine:
    options: dict[str, Any] = {"isolation_level": "READ COMMITTED" if writes else "REPEATABLE READ"}
    # A connection to a server costs more than most statements: they are kept, and tried before they are used again.
    engine = create_engine(
        url,
        pool_size=2,
        pool_pre_ping=True,
        connect_args={"connect_timeout": WAIT_SECONDS, "options": f"-c lock_timeout={WAIT_SECONDS}s -c timezone=UTC"},
        **options,
    )
    return engine if writes else engine.execution_options(postgresql_readonly=True)


def rewrite(engine: Engine, tables: Iterable[str]) -> None:
    """Writes these tables anew (SQLite: the whole file), so that nothing deleted lies in the space they leave.

    Raises Unavailable when others read what was erased for so long that SQLite could not give up its journal.
    """
    connection = engine.raw_connection()
    try:
        if engine.dialect.name == "sqlite":
            connection.execute("VACUUM")
            (is_busy, *_), *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            if is_busy:
                found = "is being read: what was erased is out of the plan, but its bytes are still in the journal"
                raise Unavailable(problem("", found, remedy="close other programs, then `planner db compact`"))
            return
        connection.dbapi_connection.autocommit = True  # type: ignore[union-attr]
        connection.cursor().execute(f"VACUUM (FULL) {', '.join(tables)}")
        connection.dbapi_connection.autocommit = False  # type: ignore[union-attr]
    finally:
        connection.close()


@contextmanager
def plain_words(url: URL) -> Iterator[None]:
    """Turns what drivers raise into one sentence of ours."""
    try:
        yield
    except PlannerError:
        raise
    except DBAPIError as error:
        raise _translated(error, url) from error
    except sqlite3.Error as error:
        raise _sqlite_words(error, url) from error
    except PermissionError as error:
        found = "may not be reached by this account"
        raise Unavailable(problem(shown(url), found, remedy="see who owns it and its folder")) from error


def _translated(error: DBAPIError, url: URL) -> PlannerError:
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_words(error.orig, url)
    if not isinstance(error, DatabaseError):
        return Unavailable(problem(shown(url), "did not answer as a database does", remedy="try again"))
    state = getattr(error.orig, "sqlstate", None)
    reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "no reason given"
    if state is None or state.startswith("08"):
        return Unavailable(problem(shown(url), f"cannot be reached ({reason})", remedy="see that the server runs"))
    if state in {"55P03", "57014"}:
        found = f"is busy: another write has not finished within {WAIT_SECONDS} seconds"
        return Unavailable(problem(shown(url), found, remedy="try again"))
    return Unavailable(problem(shown(url), f"refused ({reason})"))


_SQLITE_WORDS = (
    ("locked", f"is busy: another write has not finished within {WAIT_SECONDS} seconds", "try again"),
    ("not a database", "is not a database of the planner", "name another with --database"),
    ("malformed", "is damaged", "restore a backup; `planner db check` says more"),
    ("full", "could not be written: the disk is full", "make room and try again"),
    ("readonly", "may only be read", "see who owns the file and its folder"),
    ("unable to open", "cannot be opened", "see that its folder exists and who owns it"),
    ("disk i/o", "could not be read or written by this disk", "see that the disk is well, and not a network share"),
)


def _sqlite_words(error: sqlite3.Error, url: URL) -> PlannerError:
    text = str(error).casefold()
    for sign, found, remedy in _SQLITE_WORDS:
        if sign in text:
            kind = WrongDatabase if sign in {"not a database", "malformed"} else Unavailable
            return kind(problem(shown(url), found, remedy=remedy))
    return Unavailable(problem(shown(url), f"refused ({error})"))
