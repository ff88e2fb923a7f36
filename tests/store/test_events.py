"""An event with every field set goes through store, log, as-of and undo, on both databases."""

from dataclasses import MISSING, fields, replace
from datetime import UTC, datetime

from sqlalchemy import create_engine, text

from planner.domain.change import Change, Key
from planner.domain.event import Event
from planner.services.history import propose_undo
from planner.services.proposal import Author, apply
from planner.store import Database
from planner.store.engine import parse
from tests.builders import PROGRAMME, a_full_event, a_register, an_event, day, hours

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
AUTHOR = Author("A. Writer", "asked", NOW)


def write(database: Database, *changes: Change) -> None:
    with database.transaction(who="A. Writer", why="asked", means="edit", now=NOW) as transaction:
        transaction.apply(changes)


def test_full_event_has_no_field_at_its_default() -> None:
    event = a_full_event()

    left_out = [each.name for each in fields(Event) if each.default is not MISSING]

    assert [name for name in left_out if getattr(event, name) == getattr(Event("X", PROGRAMME, "k"), name)] == []


def test_full_event_comes_back_from_store_log_and_as_of(database: Database) -> None:
    event = a_full_event()
    write(database, Change(None, event))
    plain = Event(event.ref, PROGRAMME, "operation")
    write(database, Change(event, plain))

    with database.snapshot() as now, database.snapshot(as_of=1) as then:
        stored, logged, past = now.events(), now.history(Key("event", PROGRAMME, event.ref)), then.events()

    assert stored == (plain,)
    assert [entry.after for entry in logged] == [event, plain]
    assert past == (event,)


def test_full_event_is_whole_again_after_undo(database: Database) -> None:
    event = a_full_event()
    write(database, Change(None, event))
    write(database, Change(event, Event(event.ref, PROGRAMME, "operation")))

    with database.snapshot() as snapshot:
        proposal = propose_undo(snapshot)
    apply(database, propose_undo, proposal, AUTHOR)

    with database.snapshot() as snapshot:
        assert snapshot.events() == (event,)
        assert snapshot.revisions()[-1].means == "undo"


def test_undo_of_an_undo_brings_the_change_back(database: Database) -> None:
    edited = replace(an_event(), people=900)
    write(database, Change(None, an_event()))
    write(database, Change(an_event(), edited))
    for _ in range(2):
        with database.snapshot() as snapshot:
            proposal = propose_undo(snapshot)
        apply(database, propose_undo, proposal, AUTHOR)

    with database.snapshot() as snapshot:
        assert (snapshot.revision, snapshot.events()) == (4, (edited,))


def test_register_comes_back_as_it_was_written(database: Database) -> None:
    register = a_register()
    write(database, *(Change(None, record) for record in (register.programme, *register.entries())))

    with database.snapshot() as snapshot:
        found = snapshot.register(PROGRAMME)

    assert found == register


def test_clock_time_is_stored_with_its_instant_and_the_rules_that_gave_it(database: Database, location: str) -> None:
    write(database, Change(None, an_event(when=hours("2020-11-06", 9, zone="Asia/Dushanbe"))))

    engine = create_engine(parse(location))
    with engine.connect() as connection:
        row = connection.execute(text("SELECT first, starts, tzdata FROM event_window")).one()
    engine.dispose()

    assert (row.first, row.starts) == (day("2020-11-06").isoformat(), "2020-11-06T04:00:00.000000+00:00")
    assert row.tzdata[:2] == "20"
