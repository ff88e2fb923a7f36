"""P29 and manners: a database that is missing, old, newer or not ours gets one sentence and is not touched."""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from planner.domain.change import Change
from planner.errors import BadInput, MissingDatabase, Unavailable, WrongDatabase
from planner.store import check, current, open_database, upgrade
from planner.store.engine import parse
from planner.store.schema import KNOWN
from tests.builders import an_event

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def open_to_write(location: str) -> None:
    open_database(location, writes=True)


def run(location: str, *statements: str) -> None:
    engine = create_engine(parse(location))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_missing_file_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(MissingDatabase, match="there is no database"):
        open_database(str(tmp_path / "plan.db"), writes=False)

    assert list(tmp_path.iterdir()) == []


def test_missing_file_is_made_by_writing_and_said(tmp_path: Path) -> None:
    made = open_database(str(tmp_path / "план на год.db"), writes=True)
    again = open_database(str(tmp_path / "план на год.db"), writes=True)

    assert (made.created, again.created) == (True, False)
    made.close()
    again.close()


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongDatabase, match="its folder does not exist; make"):
        open_database(str(tmp_path / "none" / "plan.db"), writes=True)


def test_database_in_memory_is_ready_to_write() -> None:
    database = open_database("sqlite://", writes=True)
    with database.transaction(who="A. Writer", why="", means="add", now=NOW) as transaction:
        transaction.apply([Change(None, an_event())])

    with database.snapshot() as snapshot:
        assert snapshot.events() == (an_event(),)
    database.close()


@pytest.mark.parametrize("writes", [False, True])
def test_file_that_is_no_database_is_refused_and_not_touched(tmp_path: Path, writes: bool) -> None:
    (tmp_path / "plan.db").write_text("ref,title\nA,B\n" * 100)
    before = digests(tmp_path)

    with pytest.raises(WrongDatabase, match="is not a database of the planner"):
        open_database(str(tmp_path / "plan.db"), writes=writes)

    assert digests(tmp_path) == before


@pytest.mark.parametrize("act", [open_to_write, upgrade, current], ids=["open", "upgrade", "current"])
def test_database_of_another_program_is_refused_and_not_touched(tmp_path: Path, act) -> None:  # type: ignore[no-untyped-def]
    other = sqlite3.connect(tmp_path / "plan.db")
    other.execute("CREATE TABLE head (id INTEGER)")
    other.commit()
    other.close()
    before = digests(tmp_path)

    with pytest.raises(WrongDatabase, match="is a database of another program"):
        act(str(tmp_path / "plan.db"))

    assert digests(tmp_path) == before


@pytest.mark.parametrize("act", [open_to_write, upgrade, current], ids=["open", "upgrade", "current"])
def test_newer_database_is_refused(location: str, act) -> None:  # type: ignore[no-untyped-def]
    run(location, "UPDATE alembic_version SET version_num = '0999'")

    with pytest.raises(WrongDatabase, match="of form 0999, which this program does not know"):
        act(location)


def test_older_database_is_refused_and_names_what_to_run(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.store.schema.KNOWN", (*KNOWN, "9999"))

    with pytest.raises(
        WrongDatabase, match=f"is of form {KNOWN[-1]}, this program needs 9999; planner --database .* db upgrade"
    ):
        open_database(location, writes=True)

    assert current(location).endswith(f"form {KNOWN[-1]}; this program needs form 9999")


def test_database_without_tables_names_what_to_run(postgresql_location: str) -> None:
    with pytest.raises(WrongDatabase, match=r"has no tables of the planner yet; planner --database .* db upgrade"):
        open_database(postgresql_location, writes=True)


def test_upgrade_makes_the_tables_once(empty_location: str) -> None:
    first, second = upgrade(empty_location), upgrade(empty_location)

    assert "made, " in first
    assert second.endswith(f"already at form {KNOWN[-1]}")
    assert current(empty_location).endswith(f"form {KNOWN[-1]}, as this program needs it")
    assert check(empty_location).endswith(": whole")


@pytest.mark.parametrize("location", ["mysql://host/plan", "postgresql://host:port/plan", "://"])
def test_location_that_cannot_be_used_is_said(location: str) -> None:
    with pytest.raises(BadInput, match="--database"):
        open_database(location, writes=False)


def test_server_that_does_not_answer_is_said() -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        open_database("postgresql://planner@127.0.0.1:1/plan", writes=False)


def test_reading_leaves_the_file_byte_for_byte(tmp_path: Path) -> None:
    place = str(tmp_path / "plan.db")
    database = open_database(place, writes=True)
    with database.transaction(who="A. Writer", why="", means="add", now=NOW) as transaction:
        transaction.apply([Change(None, an_event())])
    database.close()
    before = digests(tmp_path)["plan.db"]

    assert check(place, log=True)

    assert digests(tmp_path)["plan.db"] == before


KILLED = """
import os, sys
from datetime import UTC, datetime
from planner.domain.change import Change
from planner.store import open_database
from tests.builders import an_event

database = open_database(sys.argv[1], writes=True)
reader = open_database(sys.argv[1], writes=True)  # a second connection keeps the write-ahead log from being folded in
with reader.snapshot() as snapshot:
    snapshot.events()
    with database.transaction(who="A. Writer", why="", means="add", now=datetime.now(UTC)) as transaction:
        transaction.apply([Change(None, an_event())])
    os._exit(9)
"""


def test_reading_after_a_writer_was_killed_leaves_the_file_byte_for_byte(tmp_path: Path) -> None:
    place = tmp_path / "plan.db"
    upgrade(str(place))
    subprocess.run([sys.executable, "-c", KILLED, str(place)], check=False)
    log = tmp_path / "plan.db-wal"
    assert log.stat().st_size > 0, "the killed writer must leave its log behind, or this proves nothing"
    before = place.read_bytes(), log.read_bytes()

    database = open_database(str(place), writes=False)
    with database.snapshot() as snapshot:
        assert snapshot.events() == (an_event(),)
    database.close()

    assert (place.read_bytes(), log.read_bytes()) == before


def test_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    place = tmp_path / "plan.db"
    database = open_database(str(place), writes=True)
    with database.transaction(who="A. Writer", why="", means="add", now=NOW) as transaction:
        transaction.apply([Change(None, replace(an_event(f"A-{n:03}"), people=n)) for n in range(200)])
    database.close()
    content = bytearray(place.read_bytes())
    content[20000:60000] = bytes(40000)
    shutil.copy(place, tmp_path / "whole.db")
    place.write_bytes(content)

    with pytest.raises(WrongDatabase, match="damaged|restore a backup"):
        check(str(place), log=True)
