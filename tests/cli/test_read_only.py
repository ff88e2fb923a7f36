"""Commands that only look leave the database byte for byte as it was, whatever state they find it in."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from planner import sample
from tests.cli.running import Planner

TODAY = ("--today", "2020-02-01")
LOOKING = (
    ("check", *TODAY),
    ("check", *TODAY, "--since", "2", "--all", "--past"),
    ("check", *TODAY, "--if", "EX-2020-THU=3-5 September 2020", "--format", "json"),
    ("can", "EX-2020-THU", "3-5 September 2020", *TODAY),
    ("suggest", "PKO-2020-1", *TODAY, "--within", "7d"),
    ("rule",),
    ("next", *TODAY),
    ("coverage",),
    ("waiver", "list", *TODAY),
)
PLANNED = "programme_2020_as_planned.csv"

WRITER = """
import sys
from datetime import UTC, datetime
from planner.domain.change import Change
from planner.store import open_database
from tests.builders import an_event
database = open_database(sys.argv[1], writes=True)
for number in range(40):
    event = an_event(f"W{number:03}", programme="CSTO-2020", kind="training", states=())
    with database.transaction(who="w", why="", means="add", now=datetime.now(UTC)) as transaction:
        transaction.apply([Change(None, event)])
"""


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("planner.db*")}


@pytest.mark.parametrize("arguments", LOOKING, ids=" ".join)
def test_looking_leaves_the_database_as_it_was(planner: Planner, arguments: tuple[str, ...]) -> None:
    planner.load_sample(PLANNED)
    before = digests(planner.folder)

    ran = planner(*arguments)

    assert ran.status in {0, 1}, ran.err
    assert digests(planner.folder)["planner.db"] == before["planner.db"]


def test_looking_leaves_what_a_killed_writer_left(planner: Planner) -> None:
    planner.load_sample(PLANNED)
    path = planner.folder / "planner.db"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("UPDATE event SET responsible = 'in the log only' WHERE ref = 'EX-2020-THU'")
    left = planner.folder / "left"
    left.mkdir()
    for name in ("planner.db", "planner.db-wal"):  # as a killed process leaves them: the log not yet in the file
        shutil.copy(planner.folder / name, left / name)
    writer.close()
    assert (left / "planner.db-wal").stat().st_size > 0
    before = digests(left)

    for arguments in LOOKING:
        ran = planner("--database", str(left / "planner.db"), *arguments)
        assert ran.status in {0, 1}, (arguments, ran.err)

    after = digests(left)
    assert {name: after[name] for name in before} == before
    shown = planner("--database", str(left / "planner.db"), "show", "EX-2020-THU", "--format", "json")
    assert json.loads(shown.out)["responsible"] == "in the log only"


@pytest.mark.slow
def test_looking_while_another_process_writes_sees_one_whole_revision(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    first = json.loads(planner("check", *TODAY, "--format", "json").out)
    root = Path(__file__).parents[2]
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(planner.folder / "planner.db")], cwd=root)

    seen = set()
    while writer.poll() is None:
        data = json.loads(planner("check", *TODAY, "--rule", "C20", "--format", "json").out)
        assert data["events"] - first["events"] == data["revision"] - first["revision"]
        seen.add(data["revision"])

    assert writer.returncode == 0
    assert len(seen) > 1
    assert json.loads(planner("check", *TODAY, "--format", "json").out)["revision"] == first["revision"] + 40
