"""P22: nothing fetches by URL. No module can, and no address given in a file's place makes one connect."""

import ast
import socket
import sys
from pathlib import Path

import pytest

from tests.cli.running import Planner

ROOT = Path(__file__).parent.parent.parent
CLIENTS = {
    *("aiohttp", "ftplib", "http.client", "httpcore", "httpx", "imaplib", "niquests", "paramiko", "poplib", "pycurl"),
    *("requests", "smtplib", "socket", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "xmlrpc.client"),
}
MAY = {
    "planner/web": {"socket"},
    "planner/cli/serve.py": {"socket"},
}
"""The server listens; it too asks nobody."""

# P22's table: names and numbers of machines inside and outside, in the forms by which filters are passed by.
INSIDE = (
    *("127.0.0.1", "127.1", "127.0.0.1.nip.io", "localhost", "LOCALHOST.", "0.0.0.0", "0", "2130706433", "0x7f000001"),
    *("0177.0.0.1", "017700000001", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]"),
    *("10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "100.127.255.254"),
    *("169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", "[fc00::1]", "192.0.0.1", "198.18.0.1", "224.0.0.1"),
    *(
        "255.255.255.255",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "metadata.google.internal",
        "127。0。0。1",
        "①②⑦.⓪.⓪.①",
    ),
)
ADDRESSES = (
    *(f"http://{host}/calendar.ics" for host in INSIDE),
    *(f"https://{host}:8020/f/token/all.ics" for host in INSIDE[:12]),
    *(
        "https://example.org/calendar.ics",
        "https://user:word@example.org/c.ics",
        "HTTPS://EXAMPLE.ORG/C.ICS",
        "http://example.org@127.0.0.1/c.ics",
        "https://example.org#@127.0.0.1/c.ics",
    ),
    *("webcal://example.org/c.ics", "webcals://example.org/c.ics", "ftp://127.0.0.1/c.ics", "gopher://127.0.0.1:25/_"),
    *("file:///etc/passwd", "data:text/calendar,BEGIN:VCALENDAR", "//127.0.0.1/c.ics", "dict://127.0.0.1:11211/stat"),
)


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("top", ["planner", "calendars", "migrations"])
def test_no_module_can_ask_another_machine(top: str) -> None:
    found = {}
    for path in sorted((ROOT / top).rglob("*.py")):
        name = str(path.relative_to(ROOT))
        may = {module for place, modules in MAY.items() if name.startswith(place) for module in modules}
        clients = {module for module in imported(path) for client in CLIENTS if module == client} - may
        if clients:
            found[name] = clients

    assert found == {}


def test_no_address_in_the_place_of_a_file_makes_it_connect(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **_: asked.append(given))
    monkeypatch.setattr(socket.socket, "connect", lambda *given: asked.append(given))
    watch = Watch(asked)
    planner.load_sample()

    assert len(ADDRESSES) >= 60
    watch.is_on = True
    for address in ADDRESSES:
        for command in (
            ("import", address, "--yes"),
            ("layer", "new", "outside", address, "--yes"),
            ("programme", "load", address, "--yes"),
            ("feed", "lint", address),
        ):
            ran = planner(*command)
            assert (ran.status, "error" in ran.err.casefold()) == (2, True), (command, ran)
    watch.is_on = False

    assert asked == []


class Watch:
    """Notes every connection and every look-up of a name in this process, whatever library makes it."""

    def __init__(self, asked: list[object]) -> None:
        self.is_on = False
        self._asked = asked
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: object) -> None:
        if self.is_on and event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}:
            self._asked.append((event, arguments))
