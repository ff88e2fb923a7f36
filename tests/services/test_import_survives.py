"""P1 and P3: an import is all or nothing, and one that was acknowledged survives, whatever happens to its process."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event

from planner.readers.table import read_table
from planner.services.history import propose_undo
from planner.services.importing import ImportPlan
from planner.services.lists import Asked, propose_table
from planner.services.moving import propose_move
from planner.services.proposal import Proposal, apply
from planner.store import Database, check, open_database, upgrade
from tests.boards import sample_register
from tests.plans import AUTHOR, events_of, fill, plan_of, write

ROWS = 300


def a_list(number: int) -> str:
    """A list of its own events, none of which occupies anybody."""
    rows = (f"L{number}-{row:04},Выставка {number}-{row},commemoration,{1 + row % 28}.05.2020" for row in range(ROWS))
    return "\n".join(["ref,title,kind,date_text", *rows])


def prepared(location: str) -> None:
    database = open_database(location, writes=True)
    fill(database, register=sample_register())
    database.close()


def imported(location: str, number: int) -> int:
    database = open_database(location, writes=False)
    with database.snapshot() as snapshot:
        count = sum(each.ref.startswith(f"L{number}-") for each in snapshot.events())
    database.close()
    return count


def killed_at_random(location: str, folder: Path, kills: int) -> tuple[int, int]:
    """Imports list after list, each killed at some instant; how many came through, and how many did not."""
    prepared(location)
    chance = random.Random(kills)
    environ = {**os.environ, "PLANNER_USER": "A. Writer"}
    whole = _seconds_of_one(location, folder, environ)
    through = 0
    for number in range(1, kills + 1):
        (folder / f"{number}.csv").write_text(a_list(number), encoding="utf-8")
        command = [sys.executable, "-m", "planner", "--database", location, "import", f"{number}.csv", "--yes"]
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(chance.uniform(0.7, 1.1) * whole)
        process.kill()
        _, said = process.communicate()
        count = imported(location, number)
        assert count in {0, ROWS}, f"half of an import: {count} of {ROWS}"
        if b"Applied as revision" in said:
            assert count == ROWS, "an acknowledged import was lost"
        through += count == ROWS
        # The plan grows and imports take longer: the kills follow the moment at which they are written.
        whole *= 0.93 if count == ROWS else 1.05
    assert ": whole" in check(location, log=True)
    return through, kills - through


def _seconds_of_one(location: str, folder: Path, environ: dict[str, str]) -> float:
    """How long an import takes here, so that kills fall into it."""
    (folder / "0.csv").write_text(a_list(0), encoding="utf-8")
    began = time.monotonic()
    command = [sys.executable, "-m", "planner", "--database", location, "import", "0.csv", "--yes"]
    subprocess.run(command, cwd=folder, env=environ, check=True, capture_output=True)
    return time.monotonic() - began


def test_import_that_is_killed_is_whole_or_not_there(location: str, tmp_path: Path) -> None:
    through, stopped = killed_at_random(location, tmp_path, 13)

    assert stopped > 0, f"none of the kills fell before the end, {through} after it"


@pytest.mark.soak
def test_import_that_is_killed_anywhere_is_whole_or_not_there(
    empty_locations: Callable[[], str], tmp_path: Path
) -> None:
    # Twenty plans, for a plan that grows with every list makes the next import slower.
    ended = [killed_at_random(made(empty_locations), tmp_path, 10) for _ in range(20)]

    through, stopped = (sum(counts) for counts in zip(*ended, strict=True))
    assert min(through, stopped) > 10, "the kills must fall before the end and behind it, or this proves little"


def made(locations: Callable[[], str]) -> str:
    location = locations()
    upgrade(location)
    return location


class LightsOut(Exception):
    """Raised before the n-th statement of a write."""


def by_import(database: Database) -> ImportPlan:
    table = read_table(a_list(1).encode(), "list.csv")
    with database.snapshot() as snapshot:
        return propose_table(snapshot, table, "CSTO-2020", Asked())


def by_move(database: Database) -> Proposal:
    return propose_move(plan_of(database, "CSTO-2020"), "L0-0001", "1 June 2020")


def by_undo(database: Database) -> Proposal:
    with database.snapshot() as snapshot:
        return propose_undo(snapshot)


@pytest.mark.parametrize("decide", [by_import, by_move, by_undo])
def test_write_that_fails_before_any_statement_leaves_the_plan_as_it_was(
    location: str, decide: Callable[[Database], Proposal]
) -> None:
    """P3: before statement 1, 2, 3 … of a write an exception, until it comes through."""
    prepared(location)
    database = open_database(location, writes=True)
    with database.snapshot() as snapshot:
        first = propose_table(snapshot, read_table(a_list(0).encode(), "list.csv"), "CSTO-2020", Asked())
    write(database, first)
    proposal = decide(database)
    before = events_of(database)
    after = {**before, **{each.key.code: each.after for each in proposal.changes}}

    number = 1
    while not came_through(database, proposal, stop_before=number):
        assert events_of(database) == before
        number += 1

    assert number > 6
    assert events_of(database) == {ref: event for ref, event in after.items() if event is not None}
    database.close()
    assert ": whole" in check(location, log=True)


def came_through(database: Database, proposal: Proposal, stop_before: int) -> bool:
    """True when the write needed fewer statements than that; else it ended before it."""
    writer, count = database._writer, 0
    assert writer is not None

    def look(*_: object) -> None:
        nonlocal count
        count += 1
        if count == stop_before:
            raise LightsOut

    event.listen(writer, "before_cursor_execute", look)
    try:
        apply(database, lambda _: proposal, proposal, AUTHOR)
    except LightsOut:
        return False
    finally:
        event.remove(writer, "before_cursor_execute", look)
    return True
