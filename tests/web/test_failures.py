"""Whatever breaks, subscribers keep the last good calendar or are told to come back: never an empty one, never a half.

A calendar program that is answered 200 with anything else empties itself without a word.
"""

import signal
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from planner.domain.feed import Feed, Level
from planner.services.subscribing import revoke
from tests.builders import PROGRAMME
from tests.web.plans import Served
from tests.web.running import Answer, Server
from tests.web.test_feeds import calendar

Serving = Callable[..., Server]


@pytest.fixture
def breaks(tmp_path: Path) -> Path:
    """The folder whose files break the server."""
    folder = tmp_path / "breaks"
    folder.mkdir()
    return folder


@pytest.fixture
def breakable(serving: Serving, breaks: Path) -> Serving:
    return lambda location, **fields: serving(location, module=("tests.web.breaking", str(breaks)), **fields)


@pytest.mark.parametrize("way", ["raise", "memory", "half", "read"])
def test_generator_that_breaks_leaves_the_last_good_calendar(
    plan: Served, breakable: Serving, breaks: Path, way: str
) -> None:
    path, new = plan.address().path(), plan.address("exercise.en").path()
    server = breakable(plan.location)
    good = server.ask(path)

    (breaks / way).touch()
    plan.rename("Another name")
    broken, never_made = [server.ask(path) for _ in range(3)], server.ask(new)
    (breaks / way).unlink()
    plan.rename("A third name")

    assert [(calendar(each), each.headers["etag"]) for each in broken] == [(calendar(good), good.headers["etag"])] * 3
    # Where only reading is broken, what was read last is still good for a feed that nobody asked for before.
    assert (never_made.status, never_made.headers.get("retry-after")) == ((200, None) if way == "read" else (503, "60"))
    assert ("A third name" in calendar(server.ask(path)), server.ask(new).status) == (True, 200)
    said = server.logs()
    assert said.count("failed") >= 1
    assert said.count('"trace"') <= 4  # a build that failed is not tried again with each request


def test_feed_that_was_narrowed_is_not_served_as_it_was_when_it_cannot_be_made_anew(
    plan: Served, breakable: Serving, breaks: Path
) -> None:
    made = Feed(PROGRAMME, "staff", level=Level.FULL)
    plan.save(None, made)
    path = plan.address("staff").path()
    server = breakable(plan.location)
    assert "EX-2020-C@" in calendar(server.ask(path))

    (breaks / "raise").touch()
    plan.save(made, replace(made, level=Level.PUBLIC))

    assert server.ask(path).status == 503


@pytest.mark.soak
def test_builds_are_made_once_per_revision_and_those_who_ask_meanwhile_wait(
    plan: Served, breakable: Serving, breaks: Path
) -> None:
    path = plan.address().path()
    server = breakable(plan.location)
    (breaks / "slow").touch()
    answers: list[Answer] = []
    asking = [Thread(target=lambda: answers.append(server.ask(path))) for _ in range(8)]

    began = time.monotonic()
    for each in asking:
        each.start()
    while server.ask("/health").status != 200:
        pass
    alive_after = time.monotonic() - began
    for each in asking:
        each.join()

    assert len({calendar(each) for each in answers}) == 1
    assert alive_after < 4  # the others are answered meanwhile
    assert time.monotonic() - began < 14  # one build of 8 seconds, not two

    plan.rename("Another name")
    began = time.monotonic()
    late = server.ask(path)
    assert "Another name" not in calendar(late)  # it takes too long: the last good one
    assert 4 < time.monotonic() - began < 7.5


def test_full_disk_keeps_feeds_going_and_the_ledger_for_later(plan: Served, breakable: Serving, breaks: Path) -> None:
    issued = plan.address()
    server = breakable(plan.location)
    (breaks / "full").touch()
    answered = server.ask(issued.path())

    status = server.stop()

    assert (answered.status, status) == (200, 0)
    assert "the disk is full" in server.logs()
    with plan.database() as database, database.operations() as operations:
        assert operations.addresses()[0].fetched is None


def test_server_that_is_killed_serves_the_same_bytes_when_it_is_back(plan: Served, serving: Serving) -> None:
    path = plan.address().path()
    server = serving(plan.location)
    before = server.ask(path)

    server.stop(signal.SIGKILL)
    with pytest.raises(OSError):
        server.ask(path)
    again = serving(plan.location, port=server.port)

    after = again.ask(path, {"If-None-Match": before.headers["etag"]})
    assert (after.status, again.ask(path).body) == (304, before.body)


def test_file_that_is_gone_and_back_leaves_the_last_good_calendar(plan: Served, serving: Serving) -> None:
    issued, never_asked = plan.address(), plan.address()
    server = serving(plan.location)
    good = server.ask(issued.path())
    away = Path(f"{plan.location}.away")

    Path(plan.location).rename(away)
    gone = [server.ask(issued.path()) for _ in range(3)]
    unknown = server.ask(never_asked.path())
    is_made_anew = Path(plan.location).exists()
    away.rename(plan.location)
    plan.rename("Another name")

    assert [each.body for each in gone] == [good.body] * 3
    assert (unknown.status, is_made_anew) == (503, False)
    assert "Another name" in calendar(server.ask(issued.path()))


def test_backup_that_is_put_in_place_is_served_though_its_revision_is_the_same(plan: Served, serving: Serving) -> None:
    path = plan.address().path()
    backup = Path(f"{plan.location}.backup")
    with plan.database() as database, database.operations():
        pass
    backup.write_bytes(Path(plan.location).read_bytes())
    plan.rename("After the backup")
    server = serving(plan.location)
    assert "After the backup" in calendar(server.ask(path))

    live, plan.location = plan.location, str(backup)
    plan.rename("Restored")
    plan.location = live
    for ending in ("-wal", "-shm"):
        Path(f"{live}{ending}").unlink(missing_ok=True)
    backup.replace(live)

    assert "Restored" in calendar(server.ask(path))


def test_database_server_that_is_gone_and_back_leaves_the_last_good_calendar(
    postgresql_location: str, serving: Serving, tmp_path: Path
) -> None:
    from planner.store import upgrade
    from tests.web.plans import a_served_plan

    upgrade(postgresql_location)
    plan = a_served_plan(postgresql_location)
    path = plan.address().path()
    server = serving(postgresql_location)
    good = server.ask(path)
    url = make_url(postgresql_location)
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def allow(allowed: bool) -> None:
        with engine.connect() as connection:
            connection.execute(text(f"ALTER DATABASE {url.database} ALLOW_CONNECTIONS {allowed}"))
            ends = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
            connection.execute(ends, {"name": url.database})

    allow(False)
    gone, ready = [server.ask(path) for _ in range(3)], server.ask("/ready")
    fresh = serving(postgresql_location)
    without_any = fresh.ask(path)
    allow(True)
    plan.rename("Another name")

    assert [each.body for each in gone] == [good.body] * 3
    assert (ready.status, without_any.status, without_any.headers["retry-after"]) == (503, 503, "60")
    assert ["Another name" in calendar(each.ask(path)) for each in (server, fresh)] == [True, True]
    engine.dispose()


def test_address_is_closed_while_the_database_is_there_and_stays_so(plan: Served, serving: Serving) -> None:
    issued = plan.address()
    server = serving(plan.location)
    server.ask(issued.path())
    with plan.database() as database:
        revoke(database, PROGRAMME, [issued.address.number], datetime.now(UTC))
    assert server.ask(issued.path()).status == 404

    away = Path(f"{plan.location}.away")
    Path(plan.location).rename(away)
    gone = server.ask(issued.path())
    away.rename(plan.location)

    assert gone.status == 503


def test_requests_that_are_none_harm_nobody(plan: Served, serving: Serving) -> None:
    path = plan.address().path()
    server = serving(plan.location)
    sent = (
        b"GET /f/secret HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
        b"GET " + b"/" * 200_000,
        b"GET / HTTP/1.1\r\nHost",
    )

    answers = [_answer_to(server, each) for each in sent]

    assert [each for each in answers if each.startswith(b"HTTP/1.1 2")] == []
    assert server.ask(path).status == 200


def _answer_to(server: Server, sent: bytes) -> bytes:
    """What comes back for these bytes; b'' when the server hangs up."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            return connection.recv(100)
        except OSError:
            return b""
