"""P6, P7, and that a reader who sees revision n sees all up to n."""

import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from planner.domain.change import Change
from planner.domain.event import Status
from planner.errors import Stale
from planner.store import Database, open_database
from tests.builders import PROGRAMME, a_register, an_event, days

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
WRITERS = 8


def write(database: Database, *changes: Change, read_at: int | None = None, means: str = "edit") -> int:
    with database.transaction(who="A. Writer", why="", means=means, now=NOW, read_at=read_at) as transaction:
        transaction.apply(changes)
        return transaction.number


def add_hot_events(database: Database) -> None:
    register = a_register()
    hot = [an_event(f"HOT-{number:02}", people=0) for number in range(20)]
    write(database, *(Change(None, each) for each in (register.programme, *register.entries(), *hot)))


def race(location: str, edits: int) -> tuple[float, list[int]]:
    """Eight writers at once, read meanwhile; the longest wait, and the revisions a reader saw."""
    commands = [[sys.executable, "-m", "tests.store.writer", location, str(n), str(edits)] for n in range(WRITERS)]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    seen = []
    database = open_database(location, writes=False)
    while any(writer.poll() is None for writer in writers):
        with database.snapshot() as snapshot:
            seen.append(len(snapshot.revisions()) - snapshot.revision)
        time.sleep(0.05)  # the processors belong to the writers
    database.close()
    reports = [json.loads(writer.communicate()[0]) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * WRITERS
    return max(report["worst"] for report in reports), seen


def no_edit_is_lost(location: str, edits: int) -> None:
    database = open_database(location, writes=True)
    add_hot_events(database)

    worst, gaps = race(location, edits)

    with database.snapshot() as snapshot:
        assert sum(event.people or 0 for event in snapshot.events(PROGRAMME)) == WRITERS * edits
        assert [each.number for each in snapshot.revisions()] == list(range(1, WRITERS * edits + 2))
        assert all(earlier.at <= later.at for earlier, later in pairwise(snapshot.revisions()))
    assert set(gaps) == {0}, "a reader saw a revision before an earlier one"
    assert worst < 5
    database.close()


def test_eight_writers_on_twenty_events_lose_no_edit(location: str) -> None:
    no_edit_is_lost(location, 40)


@pytest.mark.soak
def test_eight_writers_on_twenty_events_lose_no_edit_in_the_long_run(location: str) -> None:
    no_edit_is_lost(location, 1000)


def test_stale_edit_is_refused_with_the_difference_field_by_field(database: Database) -> None:
    event = an_event()
    read_at = write(database, Change(None, event))
    moved = replace(event, when=days("2020-10-19", "2020-10-23"), people=900)
    now_at = write(database, Change(event, moved))

    with pytest.raises(Stale) as refused:
        write(database, Change(event, replace(event, status=Status.CONFIRMED)), read_at=read_at)

    assert (refused.value.key, refused.value.read_at, refused.value.now_at) == ("EX-2020-A", read_at, now_at)
    assert refused.value.differences == (
        "when was ['2020-10-12..2020-10-16'], is ['2020-10-19..2020-10-23']",
        "people was None, is 900",
    )
    assert "EX-2020-A changed since you read it at revision 1 (it is now at 2)" in str(refused.value)
    with database.snapshot() as snapshot:
        assert (snapshot.revision, snapshot.events()) == (now_at, (moved,))


def test_event_added_by_two_at_once_is_stale_for_the_second(database: Database) -> None:
    write(database, Change(None, an_event()))

    with pytest.raises(Stale):
        write(database, Change(None, an_event(people=5)), read_at=0)
