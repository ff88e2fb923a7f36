from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.store import upgrade
from tests.web.plans import Served, a_served_plan
from tests.web.running import Server, start


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers of a database; those still running are killed at the end."""
    servers: list[Server] = []

    def another(location: str, *options: str, **fields: Any) -> Server:
        servers.append(start(location, tmp_path, *options, **fields))
        return servers[-1]

    yield another
    for server in servers:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Served]:
    """A plan to serve, in a file."""
    location = str(tmp_path / "plan.db")
    upgrade(location)
    yield from _kept_secret(location, tmp_path)


@pytest.fixture
def plan_on_each(location: str, tmp_path: Path) -> Iterator[Served]:
    """A plan to serve, on each of the two databases."""
    yield from _kept_secret(location, tmp_path)


def _kept_secret(location: str, folder: Path) -> Iterator[Served]:
    """A plan to serve. After the test no token may stand in the database, nor in any log at DEBUG (P19, P20)."""
    served = a_served_plan(location)
    yield served
    logs = "".join(path.read_text() for path in folder.glob("server-*"))
    files = b"".join(path.read_bytes() for path in folder.glob("*.db*"))
    stored = served.everything_stored()
    for issued in served.issued:
        assert (logs.count(issued.token), stored.count(issued.token), files.count(issued.token.encode())) == (0, 0, 0)
