"""P30: the log gives any past state. Every service that writes is tried in `tests/services/test_replay.py`."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine

from planner.domain.change import Change, Record
from planner.domain.event import Event, Status
from planner.services.history import propose_undo
from planner.services.proposal import Author, apply
from planner.store import Database, check, open_database, restoring, upgrade
from planner.store.engine import parse
from tests.builders import PROGRAMME, a_programme, an_event, days

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)


def write(database: Database, *changes: Change) -> None:
    with database.transaction(who="A. Writer", why="asked", means="edit", now=NOW) as transaction:
        transaction.apply(changes)


def act(database: Database, chance: random.Random, at: datetime) -> None:
    """One thing somebody does: add, edit, move, cancel, remove, or take back an earlier revision."""
    with database.snapshot() as snapshot:
        events = snapshot.events()
        revision = snapshot.revision
        if revision and chance.random() < 0.25:
            number = chance.randint(1, revision)
            proposal = propose_undo(snapshot, number)
            author = Author("A. Writer", "thought again", at)
            apply(database, lambda now: propose_undo(now, number), proposal, author)
            return
    with database.transaction(who="A. Writer", why="", means="edit", now=at) as transaction:
        transaction.apply([_change(events, chance)])


def _change(events: tuple[Event, ...], chance: random.Random) -> Change:
    ref = f"A-{chance.randrange(8)}"
    before = next((event for event in events if event.ref == ref), None)
    if before is None:
        return Change(None, an_event(ref, people=chance.randrange(100)))
    first = chance.randrange(1, 20)
    choices: list[Record | None] = [
        replace(before, people=chance.randrange(100)),
        replace(before, when=days(f"2020-10-{first:02}", f"2020-10-{first + 5:02}")),
        replace(before, status=chance.choice(list(Status))),
        None,
    ]
    return Change(before, chance.choice(choices))


def any_past_state_is_rebuilt(location: str, seed: int, actions: int) -> None:
    upgrade(location)
    database = open_database(location, writes=True)
    chance = random.Random(seed)
    states: dict[int, tuple[Event, ...]] = {}
    for action in range(actions):
        act(database, chance, NOW + timedelta(minutes=action))
        with database.snapshot() as snapshot:
            states[snapshot.revision] = snapshot.events()
    for number, events in states.items():
        with database.snapshot(as_of=number) as past:
            assert past.events(PROGRAMME) == events
    database.close()
    assert check(location, log=True)


@pytest.mark.parametrize("seed", [1, 2])
def test_log_rebuilds_any_past_state(empty_location: str, seed: int) -> None:
    any_past_state_is_rebuilt(empty_location, seed, actions=30)


@pytest.mark.soak
def test_log_rebuilds_any_past_state_in_the_long_run(empty_locations: Callable[[], str]) -> None:
    for seed in range(500):
        any_past_state_is_rebuilt(empty_locations(), seed, actions=50)


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
