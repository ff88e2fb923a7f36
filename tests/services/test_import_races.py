"""P8: two imports of one list at once: one wins, the other is told why, and no event is there twice."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.readers.table import read_table
from planner.services.importing import ImportPlan
from planner.services.lists import Asked, propose_table
from planner.services.proposal import Outrun, apply
from planner.store import Database, Snapshot, open_database
from tests.boards import sample_register
from tests.plans import AUTHOR, fill

CODE, ROWS = "CSTO-2020", 40


def a_list(number: int) -> bytes:
    """Rows without references: only their titles say that two of them are one."""
    rows = (f"Выставка {number}-{row},commemoration,{1 + row % 28}.05.2020" for row in range(ROWS))
    return "\n".join(["title,kind,date_text", *rows]).encode()


def race(location: str, number: int) -> list[str]:
    """What became of two imports that were both decided before either was written."""
    table = read_table(a_list(number), "list.csv")
    together = threading.Barrier(2)
    ended: list[str] = []

    def propose(snapshot: Snapshot) -> ImportPlan:
        return propose_table(snapshot, table, CODE, Asked(list_name=f"list {number}"))

    def one() -> None:
        database = open_database(location, writes=True)
        try:
            with database.snapshot() as snapshot:
                plan = propose(snapshot)
            together.wait()
            ended.append(f"revision {apply(database, propose, plan, AUTHOR)}")
        except Outrun as error:
            ended.append(str(error))
        finally:
            database.close()

    racers = [threading.Thread(target=one) for _ in range(2)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return sorted(ended)


def races_leave_no_duplicate(location: str, times: int) -> None:
    database = open_database(location, writes=True)
    fill(database, register=sample_register())
    for number in range(times):
        won, outrun = race(location, number)
        assert won == f"revision {number + 2}"
        assert f"the plan went from revision {number + 1} to {number + 2} while you looked" in outrun
    titles = _titles(database)
    database.close()
    assert len(titles) == len(set(titles)) == times * ROWS


def _titles(database: Database) -> list[str]:
    with database.snapshot() as snapshot:
        return [text for event in snapshot.events() for _, text in event.titles]


def test_two_imports_at_once_leave_no_duplicate(location: str) -> None:
    races_leave_no_duplicate(location, 4)


@pytest.mark.soak
def test_two_imports_at_once_leave_no_duplicate_in_a_hundred_races(location: str) -> None:
    races_leave_no_duplicate(location, 100)


def test_two_people_who_import_one_list_at_once_are_both_told(
    empty_locations: Callable[[], str], tmp_path: Path
) -> None:
    from planner.store import upgrade

    location = empty_locations()
    upgrade(location)
    database = open_database(location, writes=True)
    fill(database, register=sample_register())
    (tmp_path / "list.csv").write_bytes(a_list(0))
    environ = {**os.environ, "PLANNER_USER": "A. Writer"}
    command = [sys.executable, "-m", "planner", "--database", location, "import", "list.csv", "--yes"]

    both = [subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=-1, stderr=-1, text=True) for _ in range(2)]
    said = [process.communicate()[1] for process in both]

    titles = _titles(database)
    database.close()
    assert len(titles) == len(set(titles)) == ROWS
    assert sum("Applied as revision 2" in each for each in said) == 1
    other = next(each for each in said if "Applied as revision 2" not in each)
    assert "while you looked" in other or "Nothing to do" in other
