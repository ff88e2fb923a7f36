"""What the log gives of one revision. Past states, after every service that writes: `services/test_replay.py`."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import create_engine

from planner.domain.change import Change
from planner.store import Database, check, open_database, restoring
from planner.store.engine import parse
from tests.builders import a_programme, an_event

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)


def write(database: Database, *changes: Change) -> None:
    with database.transaction(who="A. Writer", why="asked", means="edit", now=NOW) as transaction:
        transaction.apply(changes)


def test_changes_of_a_revision_that_brings_a_record_back_begin_with_nothing(database: Database) -> None:
    event = an_event()
    for change in (Change(None, event), Change(event, None), Change(None, event)):
        with database.transaction(who="A. Writer", why="", means="edit", now=NOW) as transaction:
            transaction.apply([change])

    with database.snapshot() as snapshot:
        assert [snapshot.changes_of(number) for number in (1, 2, 3)] == [
            (Change(None, event),),
            (Change(event, None),),
            (Change(None, event),),
        ]


def test_restore_touches_nothing_that_a_known_list_may_rest_on(location: str) -> None:
    database = open_database(location, writes=True)
    write(database, Change(None, a_programme()), Change(None, an_event("A")), Change(None, an_event("B")))
    write(database, Change(an_event("B"), None))
    write(database, Change(an_event("A"), replace(an_event("A"), people=900)))
    engine = create_engine(parse(location))
    with engine.begin() as connection:
        lifted = restoring.lift(connection, 1000, restoring.Author("A. Writer", "the disk", NOW))
    engine.dispose()

    with database.snapshot() as snapshot:
        assert (snapshot.revision, snapshot.lifted_since(3) is not None) == (lifted, True)
        assert snapshot.only_events_changed_since(2)
        assert not snapshot.only_events_changed_since(1)
    database.close()
    assert check(location, log=True)
