"""A real server process on this machine, and requests to it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
SECONDS = 30.0
"""So long a start, a stop or an answer may take before a test fails."""


class Answer(NamedTuple):
    """Status, headers by their names in small letters, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Server:
    """A running `planner serve`: its process, its port, and where its two logs go."""

    process: subprocess.Popen[bytes]
    port: int
    out: Path
    err: Path

    def ask(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        """The answer to one request over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            response = connection.getresponse()
            body = response.read()
            return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)
        finally:
            connection.close()

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Ends it, by default as an operator would, and gives its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(SECONDS)

    def logs(self) -> str:
        """Everything it has written so far."""
        return self.out.read_text() + self.err.read_text()


def start(
    location: str,
    folder: Path,
    *options: str,
    environ: Mapping[str, str] | None = None,
    module: Sequence[str] = ("planner",),
    port: int = 0,
) -> Server:
    """A server of that database, by default on a free port, ready to answer."""
    number = len(list(folder.glob("server-*.out")))
    out, err = folder / f"server-{number}.out", folder / f"server-{number}.err"
    command = [sys.executable, "-m", *module, "--database", location, "serve", "--port", str(port), *options]
    said = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PLANNER_LOG_LEVEL": "debug",
        "PLANNER_USER": "A. Writer",
        **(environ or {}),
    }
    with out.open("wb") as its_out, err.open("wb") as its_err:
        process = subprocess.Popen(command, stdout=its_out, stderr=its_err, cwd=folder, env=said)
    server = Server(process, 0, out, err)
    server.port = int(_await(server, r"listening on \S+:(\d+)"))
    _await(server, r"Application startup complete")
    _await_connection(server)
    return server


def _await_connection(server: Server) -> None:
    """It says that it started a moment before it listens."""
    ends = time.monotonic() + SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS).close()
        except ConnectionRefusedError:
            assert time.monotonic() < ends, server.err.read_text()
            time.sleep(0.02)
        else:
            return


def _await(server: Server, pattern: str) -> str:
    """The first group of a line of its log, as soon as it stands there."""
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        found = re.search(pattern, server.err.read_text())
        if found:
            return found.group(found.lastindex or 0)
        assert server.process.poll() is None, server.err.read_text()
        time.sleep(0.02)
    server.process.kill()
    raise AssertionError(f"no {pattern!r} in {server.err.read_text()}")
