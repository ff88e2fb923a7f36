"""Many rows at once, past SQLAlchemy's own INSERT: the same rows, the same constraints, the same transaction."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from planner.domain.change import Change
from planner.domain.event import Event
from planner.errors import PlannerError
from planner.store import bulk, check, events, open_database
from tests.builders import a_full_event, a_programme, an_event

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
MANY = bulk.FEW + 1


def awkward(number: int) -> Event:
    """Everything an event can have, and letters that a format of rows could stumble over."""
    said = f'tab\t, line\n, back\\slash \\N, "quotes", «{number}»'
    return replace(a_full_event(f"EX-2020-{number}"), titles=(("en", said),), responsible="\\.")


def test_many_events_come_back_as_they_were_written(location: str) -> None:
    written = sorted((awkward(number) for number in range(MANY)), key=lambda event: event.ref)
    database = open_database(location, writes=True)

    with database.transaction(who="A", why="", means="import", now=NOW) as transaction:
        transaction.apply([Change(None, a_programme()), *(Change(None, event) for event in written)])

    with database.snapshot() as snapshot:
        assert list(snapshot.events()) == written
    database.close()
    assert f"{MANY + 1} entries of the log fit their chain" in check(location, log=True)


def test_rows_that_break_a_constraint_leave_nothing_behind(location: str) -> None:
    database = open_database(location, writes=True)
    with database.transaction(who="A", why="", means="import", now=NOW) as transaction:
        transaction.apply([Change(None, a_programme())])
    twice = [(an_event("EX-2020-A"), 0)] * MANY

    with (
        pytest.raises(PlannerError, match="refused .*(UNIQUE|unique)"),
        database.transaction(who="A", why="", means="import", now=NOW) as transaction,
    ):
        events.save(transaction._connection, twice, 1)

    with database.snapshot() as snapshot:
        assert (snapshot.revision, list(snapshot.events())) == (1, [])
    database.close()
