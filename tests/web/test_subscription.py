"""A subscription as people have it: vdirsyncer pulls from a running server, khal shows what it pulled."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.domain.change import Change
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


@pytest.mark.slow
def test_subscriber_sees_a_move_at_the_next_pull(
    plan: Served, serving: Callable[..., Server], clients: Path, tmp_path: Path
) -> None:
    server = serving(plan.location)
    settings, pulled = tmp_path / "vdirsyncer.ini", tmp_path / "pulled"
    settings.write_text(
        f"""
[general]
status_path = "{tmp_path}/status"
[pair plan]
a = "server"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage server]
type = "http"
url = "http://127.0.0.1:{server.port}{plan.address().path()}"
[storage here]
type = "filesystem"
path = "{pulled}"
fileext = ".ics"
"""
    )
    (tmp_path / "khal.ini").write_text(
        f"""
[calendars]
[[plan]]
path = {pulled}
[locale]
local_timezone = Europe/Moscow
default_timezone = Europe/Moscow
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {tmp_path}/khal.db
"""
    )

    def run(program: str, *arguments: str) -> str:
        done = subprocess.run(
            [str(clients / program), *arguments], check=False, capture_output=True, text=True, input="y\n", timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def pull() -> list[str]:
        run("vdirsyncer", "-c", str(settings), "sync")
        # Not the UID: vdirsyncer puts the digest of each entry in its place.
        form = "{start-date} {start-time} {title}"
        said = run(
            "khal", "-c", f"{tmp_path}/khal.ini", "list", "--day-format", "", "--format", form, "2020-10-01", "60d"
        )
        return sorted(line for line in said.splitlines() if line.strip())

    run("vdirsyncer", "-c", str(settings), "discover")
    first = pull()
    move(plan, "EX-2020-A", 20)
    second = pull()

    assert first == ["2020-10-12 10:00 Event EX-2020-A", "2020-10-13 10:00 Event EX-2020-B"]
    assert second == ["2020-10-13 10:00 Event EX-2020-B", "2020-10-20 10:00 Moved: Event EX-2020-A"]
    assert len(list(pulled.glob("*.ics"))) == 2


def move(plan: Served, ref: str, day: int) -> None:
    from dataclasses import replace

    with plan.write() as transaction:
        event = transaction.event(PROGRAMME, ref)
        assert event is not None
        transaction.apply([Change(event, replace(event, when=hours(f"2020-10-{day}", 10)))])
