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

from planner.errors import PlannerError
from planner.readers.table import read_table
from planner.services.lists import Asked, propose_table
from planner.services.proposal import apply
from planner.store import check, open_database, upgrade
from tests.boards import sample_register
from tests.plans import AUTHOR, fill

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
    through, stopped = killed_at_random(location, tmp_path, 8)

    assert through + stopped == 8


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


def test_import_that_fails_before_any_statement_leaves_the_plan_as_it_was(location: str) -> None:
    prepared(location)
    database = open_database(location, writes=True)
    with database.snapshot() as snapshot:
        table = read_table(a_list(1).encode(), "list.csv")
        plan = propose_table(snapshot, table, "CSTO-2020", Asked())
    writer = database._writer
    assert writer is not None
    number = 1
    while True:
        count = 0

        def look(*_: object, stop_before: int = number) -> None:
            nonlocal count
            count += 1
            if count == stop_before:
                raise LightsOut

        event.listen(writer, "before_cursor_execute", look)
        try:
            apply(database, lambda _: plan, plan, AUTHOR)
        except LightsOut:
            assert imported(location, 1) == 0
        except PlannerError as error:
            raise AssertionError(f"statement {number} was not the one that failed: {error}") from error
        else:
            break
        finally:
            event.remove(writer, "before_cursor_execute", look)
        number += 1
    database.close()

    assert number > 8
    assert imported(location, 1) == ROWS
    assert ": whole" in check(location, log=True)
