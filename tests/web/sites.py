"""The pages of the sample programme, asked without a network."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.testclient import TestClient

from planner import sample
from planner.domain.person import PersonRole
from planner.readers.table import read_table
from planner.services import people, programmes
from planner.services.lists import Asked, propose_table
from planner.services.proposal import Author, Proposal, apply
from planner.settings import Settings
from planner.store import Snapshot, open_database
from planner.web.application import application

NOW = datetime(2020, 4, 1, 8, tzinfo=UTC)


def sample_database(folder: Path, name: str = sample.LIST) -> str:
    """A database with the sample programme and its list, as revisions 1 and 2."""
    path = folder / "plan.db"
    path.write_bytes(_imported(name))
    return str(path)


@cache
def _imported(name: str) -> bytes:
    """What is in that database, made once for each process of the tests."""
    table = read_table(sample.content(name), name)
    with TemporaryDirectory() as folder:
        location = programme_database(Path(folder))
        _apply(location, lambda snapshot: propose_table(snapshot, table, "CSTO-2020", Asked()))
        return Path(location).read_bytes()


def programme_database(folder: Path) -> str:
    """A database with the sample programme and no event, as revision 1."""
    location = str(folder / "plan.db")
    register = programmes.read(sample.content(sample.PROGRAMME), sample.PROGRAMME)
    _apply(location, lambda snapshot: programmes.propose_load(snapshot, register))
    return location


def _apply(location: str, propose: Callable[[Snapshot], Proposal]) -> None:
    database = open_database(location, writes=True)
    try:
        with database.snapshot() as snapshot:
            proposal = propose(snapshot)
        assert apply(database, propose, proposal, Author("a test", "", NOW)) is not None
    finally:
        database.close()


def site_of(location: str, **settings: Any) -> TestClient:
    """A browser without cookies before the pages of that database."""
    return TestClient(application(Settings(location, **settings)), base_url=settings.get("url", "http://testserver"))


def invite(location: str, name: str, role: PersonRole) -> str:
    """The token of a link for a new person."""
    database = open_database(location, writes=True)
    try:
        return people.add(database, name, role, datetime.now(UTC), "a test").token
    finally:
        database.close()


def signed_in(location: str, name: str, role: PersonRole) -> TestClient:
    """A browser in which that new person is signed in."""
    client = site_of(location)
    assert client.post(f"/in/{invite(location, name, role)}", follow_redirects=False).status_code == 303
    return client
