"""A subscription as people have it: vdirsyncer pulls from a running server, khal shows what it pulled."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest

from planner.domain.change import Change
from planner.store.backups import back_up
from planner.store.restoring import Author, outlook, restore
from tests.builders import PROGRAMME, hours
from tests.web.plans import Served
from tests.web.running import ROOT, Server

CLIENTS = ROOT / ".make" / "clients"
"""An environment of their own: they bring two dozen packages that the planner has no use for."""


@pytest.fixture(scope="module")
def clients() -> Path:
    """The folder with vdirsyncer and khal, installed once."""
    if not (CLIENTS / "bin" / "khal").exists():
        _install()
    return CLIENTS / "bin"


def _install() -> None:
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(CLIENTS)], check=True)
    command = [str(CLIENTS / "bin" / "python"), "-m", "pip", "install", "--quiet", "vdirsyncer>=0.19", "khal>=0.11"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode and not os.environ.get("CI"):
        pytest.skip(f"vdirsyncer and khal cannot be installed here: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr


class Subscriber:
    """A person's calendar: vdirsyncer pulls an address of a running server, khal lists what it pulled."""

    def __init__(self, folder: Path, clients: Path, url: str) -> None:
        self.pulled = folder / "pulled"
        self._folder, self._clients = folder, clients
        (folder / "vdirsyncer.ini").write_text(VDIRSYNCER.format(folder=folder, url=url))
        (folder / "khal.ini").write_text(KHAL.format(folder=folder))
        self._run("vdirsyncer", "-c", f"{folder}/vdirsyncer.ini", "discover")

    def pull(self) -> list[str]:
        """What the calendar shows after another pull."""
        self._run("vdirsyncer", "-c", f"{self._folder}/vdirsyncer.ini", "sync")
        # Not the UID: vdirsyncer puts the digest of each entry in its place.
        form = ("--day-format", "", "--format", "{start-date} {start-time} {title}")
        said = self._run("khal", "-c", f"{self._folder}/khal.ini", "list", *form, "2020-10-01", "60d")
        return sorted(line for line in said.splitlines() if line.strip())

    def _run(self, program: str, *arguments: str) -> str:
        command = [str(self._clients / program), *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, input="y\n", timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


VDIRSYNCER = """
[general]
status_path = "{folder}/status"
[pair plan]
a = "server"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage server]
type = "http"
url = "{url}"
[storage here]
type = "filesystem"
path = "{folder}/pulled"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[plan]]
path = {folder}/pulled
[locale]
local_timezone = Europe/Moscow
default_timezone = Europe/Moscow
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


@pytest.mark.slow
def test_subscriber_sees_a_move_at_the_next_pull(
    plan: Served, serving: Callable[..., Server], clients: Path, tmp_path: Path
) -> None:
    server = serving(plan.location)
    subscriber = Subscriber(tmp_path, clients, f"http://127.0.0.1:{server.port}{plan.address().path()}")

    first = subscriber.pull()
    move(plan, "EX-2020-A", 20)
    second = subscriber.pull()

    assert first == ["2020-10-12 10:00 Event EX-2020-A", "2020-10-13 10:00 Event EX-2020-B"]
    assert second == ["2020-10-13 10:00 Event EX-2020-B", "2020-10-20 10:00 Moved: Event EX-2020-A"]
    assert len(list(subscriber.pulled.glob("*.ics"))) == 2


@pytest.mark.slow
def test_subscriber_who_saw_the_lost_days_takes_the_restored_plan(
    plan: Served, serving: Callable[..., Server], clients: Path, tmp_path: Path
) -> None:
    server = serving(plan.location)
    subscriber = Subscriber(tmp_path, clients, f"http://127.0.0.1:{server.port}{plan.address().path()}")
    first = subscriber.pull()
    backup = back_up(plan.location, tmp_path / "kept.db", datetime.now(UTC))
    for day in range(15, 25):
        move(plan, "EX-2020-A", day)
        assert f"2020-10-{day} 10:00 Moved: Event EX-2020-A" in subscriber.pull()

    restore(outlook(backup.path, plan.location), plan.location, Author("A. Admin", "a drill", datetime.now(UTC)))
    restored = subscriber.pull()
    move(plan, "EX-2020-B", 27)
    after = subscriber.pull()

    assert restored == first
    assert after == ["2020-10-12 10:00 Event EX-2020-A", "2020-10-27 10:00 Moved: Event EX-2020-B"]


class Program:
    """A calendar program that goes by the rules: an older issue of an entry never takes the place of a newer one.

    SEQUENCE decides, and where it is the same LAST-MODIFIED (RFC 5546, 2.1.5; RFC 5545, 3.8.7.3). It follows the whole
    file: what is not in it goes.
    """

    def __init__(self) -> None:
        self.held: dict[str, tuple[int, datetime, datetime, str]] = {}
        self.refused = 0

    def take(self, content: bytes) -> None:
        found = {str(entry["UID"]): entry for entry in icalendar.Calendar.from_ical(content).walk("VEVENT")}
        self.held = {uid: held for uid, held in self.held.items() if uid in found}
        for uid, entry in found.items():
            issue = int(entry["SEQUENCE"]), entry["LAST-MODIFIED"].dt, entry["DTSTART"].dt, str(entry["STATUS"])
            held = self.held.get(uid)
            if held is not None and issue[:2] < held[:2]:
                self.refused += 1
            else:
                self.held[uid] = issue

    def days(self) -> dict[str, int]:
        return {uid.split("@")[0]: start.day for uid, (_, _, start, _) in self.held.items()}


@pytest.mark.parametrize("is_lifted", [True, False])
def test_program_that_goes_by_sequence_takes_the_restored_plan_only_because_it_is_lifted(
    plan: Served, serving: Callable[..., Server], tmp_path: Path, is_lifted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, path = serving(plan.location), plan.address().path()
    program = Program()
    program.take(server.ask(path).body)
    first = program.days()
    backup = back_up(plan.location, tmp_path / "kept.db", datetime.now(UTC))
    for day in range(15, 25):
        move(plan, "EX-2020-A", day)
        program.take(server.ask(path).body)
    lost = program.days()
    if not is_lifted:
        monkeypatch.setattr("planner.store.restoring.lift", lambda *_: 0)

    restore(outlook(backup.path, plan.location), plan.location, Author("A. Admin", "a drill", datetime.now(UTC)))
    move(plan, "EX-2020-B", 27)
    program.take(server.ask(path).body)

    a, b = sorted(first)
    assert lost == {a: 24, b: 13}
    assert program.days() == {a: 12 if is_lifted else 24, b: 27}
    assert program.refused == (0 if is_lifted else 1)


def move(plan: Served, ref: str, day: int) -> None:
    from dataclasses import replace

    with plan.write() as transaction:
        event = transaction.event(PROGRAMME, ref)
        assert event is not None
        transaction.apply([Change(event, replace(event, when=hours(f"2020-10-{day}", 10)))])
