"""Backing up and restoring as a person does it."""

import json
from pathlib import Path

from planner import sample
from tests.cli.running import Planner


def test_plan_comes_back_with_what_a_person_must_know(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    Path("kept").mkdir()
    address = planner("address", "new", "all.en", "--for", "Embassy, counsellor")
    made = json.loads(planner("db", "backup", "kept", "--format", "json").out)
    planner("address", "revoke", "1")
    assert planner("edit", "EX-2020-UB", "--set", "status=planned", "--yes").status == 0

    asked = planner("db", "restore", made["path"])
    tried = planner("db", "restore", made["path"], "--dry-run")
    done = planner("db", "restore", made["path"], "--yes", "--reason", "a mistake")
    history = planner("history")
    verified = planner("db", "verify", made["path"])

    assert address.status == 0
    assert (asked.status, tried.status, done.status) == (1, 0, 0)
    assert "Nothing is written" in asked.err
    assert "address 1 (Embassy, counsellor) was revoked after it and lives again" in done.out
    assert "planner address revoke 1" in done.out
    assert f"made {made['made'][:19].replace('T', ' ')} UTC of planner.db, revision 2" in verified.out
    assert "Restored as revision 1003." in done.err
    assert "planner-before-restore-" in done.err
    assert history.out.splitlines()[-1].endswith("UTC; a mistake")
    assert "1003" in history.out.splitlines()[-1]


def test_older_backups_beyond_those_kept_are_removed(planner: Planner) -> None:
    planner.load_sample()
    Path("kept").mkdir()
    Path("kept", "planner-20200101T000000Z-r1.db").write_bytes(b"old")

    kept = planner("db", "backup", "kept", "--keep", "1")
    wrong = planner("db", "backup", "one.db", "--keep", "1")

    assert "planner-20200101T000000Z-r1.db: removed, 1 newer ones are kept" in kept.out
    assert len(list(Path("kept").iterdir())) == 1
    assert (wrong.status, "one.db is not a folder" in wrong.err) == (2, True)


def test_way_back_asks_before_it_loses(planner: Planner) -> None:
    planner.load_sample()
    assert planner("people", "add", "A. Reader", "--role", "reader").status == 0

    asked = planner("db", "downgrade", "0003")
    done = planner("db", "downgrade", "0003", "--accept-loss")
    old = planner("list")
    back = planner("db", "upgrade")

    assert (asked.status, done.status, old.status, back.status) == (2, 0, 2, 0)
    assert "this migration would lose rows: 1 of person" in asked.err
    assert "say --accept-loss" in asked.err
    assert "is of form 0003, this program needs" in old.err
