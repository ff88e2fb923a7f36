from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from planner.domain.change import Change, key_of
from planner.domain.event import Attendance, Event, Status
from planner.store import Database
from tests.builders import PROGRAMME, a_full_feed, a_programme, an_event, days

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)


def write(database: Database, *changes: Change, now: datetime = NOW, undoes: int | None = None) -> int | None:
    with database.transaction(who="A. Writer", why="asked", means="edit", now=now, undoes=undoes) as transaction:
        transaction.apply(changes)
        return transaction.number if transaction.is_written else None


def sequence(database: Database, ref: str = "EX-2020-A") -> int:
    with database.snapshot() as snapshot:
        stamps = dict(snapshot.stamps(PROGRAMME))
        stamps |= {event.ref: stamp for event, stamp in snapshot.removed(PROGRAMME)}
        return stamps[ref].sequence


def test_revisions_are_numbered_without_holes_and_never_earlier_than_their_predecessor(database: Database) -> None:
    write(database, Change(None, an_event("A-1")), now=NOW)
    write(database, Change(None, an_event("A-2")), now=NOW - timedelta(days=3))
    write(database, Change(None, an_event("A-3")), now=NOW + timedelta(days=1))

    with database.snapshot() as snapshot:
        numbered = [(each.number, each.at) for each in snapshot.revisions()]

    assert numbered == [(1, NOW), (2, NOW), (3, NOW + timedelta(days=1))]


def test_feed_is_a_record_with_history_and_no_part_of_the_register(database: Database) -> None:
    programme, feed = a_programme(), a_full_feed()
    write(database, Change(None, programme), Change(None, feed))
    write(database, Change(feed, None))

    with database.snapshot(as_of=1) as before, database.snapshot() as now:
        assert (before.feeds(PROGRAMME), now.feeds(PROGRAMME)) == ((feed,), ())
        assert [logged.after for logged in now.history(key_of(feed))] == [feed, None]
        assert list(before.register(PROGRAMME).entries()) == []


def test_change_of_nothing_writes_no_revision(database: Database) -> None:
    write(database, Change(None, an_event()))

    number = write(database, Change(an_event(), an_event()))

    with database.snapshot() as snapshot:
        assert (number, snapshot.revision) == (None, 1)


def test_failure_inside_a_transaction_leaves_everything_as_it_was(database: Database) -> None:
    write(database, Change(None, an_event()))

    with (
        pytest.raises(RuntimeError),
        database.transaction(who="A. Writer", why="", means="edit", now=NOW) as transaction,
    ):
        transaction.apply([Change(an_event(), replace(an_event(), people=5))])
        raise RuntimeError("the light went out")

    with database.snapshot() as snapshot:
        assert (snapshot.revision, snapshot.events()) == (1, (an_event(),))


def test_second_write_in_one_transaction_is_refused(database: Database) -> None:
    with database.transaction(who="A. Writer", why="", means="add", now=NOW) as transaction:
        transaction.apply([Change(None, an_event())])
        with pytest.raises(ValueError, match="once"):
            transaction.apply([Change(None, an_event("EX-2020-B"))])


@pytest.mark.parametrize(
    ("after", "raised"),
    [
        (replace(an_event(), people=900), 0),
        (replace(an_event(), status=Status.CONFIRMED), 0),
        (replace(an_event(), when=replace(an_event().when, words="12-16.10.2020")), 0),
        (replace(an_event(), when=days("2020-10-13", "2020-10-16")), 1),
        (replace(an_event(), bookings=an_event(places=["losvido"]).bookings), 1),
        (replace(an_event(), mode=Attendance.VIDEO), 1),
        (replace(an_event(), status=Status.CANCELLED), 1),
    ],
    ids=["people", "confirmed", "words", "days", "place", "mode", "cancelled"],
)
def test_sequence_rises_on_material_change_only(database: Database, after: Event, raised: int) -> None:
    write(database, Change(None, an_event()))

    write(database, Change(an_event(), after))

    assert sequence(database) == raised


def test_sequence_rises_on_undo_also_of_what_is_not_material(database: Database) -> None:
    edited = replace(an_event(), people=900)
    write(database, Change(None, an_event()))
    done = write(database, Change(an_event(), edited))

    write(database, Change(edited, an_event()), undoes=done)

    assert sequence(database) == 1


def test_sequence_goes_on_when_a_removed_event_returns(database: Database) -> None:
    write(database, Change(None, an_event()))
    write(database, Change(an_event(), None))
    assert sequence(database) == 1

    write(database, Change(None, an_event()))

    assert sequence(database) == 2
    with database.snapshot() as snapshot:
        assert snapshot.removed(PROGRAMME) == ()


def test_snapshot_does_not_see_what_is_written_meanwhile(database: Database) -> None:
    write(database, Change(None, an_event()))

    with database.snapshot() as snapshot:
        write(database, Change(an_event(), replace(an_event(), people=900)))
        assert (snapshot.revision, snapshot.events()) == (1, (an_event(),))


def test_state_as_of_a_day_is_the_one_at_its_end(database: Database) -> None:
    write(database, Change(None, an_event()), now=NOW)
    write(database, Change(an_event(), None), now=NOW + timedelta(days=2))

    with database.snapshot() as snapshot:
        found = [snapshot.revision_on((NOW + timedelta(days=d)).date()) for d in (-1, 0, 1, 2)]

    assert found == [0, 1, 1, 2]
