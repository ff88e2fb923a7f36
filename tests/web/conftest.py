from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

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
