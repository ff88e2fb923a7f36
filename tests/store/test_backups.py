"""P4: a backup made while others write is one committed state, whole, and comes back to either kind of database."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.domain.address import NewAddress, digest_of
from planner.domain.change import Change, Lift, Record, key_of
from planner.domain.person import PersonRole
from planner.domain.release import Release
from planner.errors import BadInput, BrokenLog, MissingDatabase, Unavailable, WrongDatabase
from planner.services.published import load_published
from planner.store import Database, Snapshot, check, open_database, upgrade
from planner.store.backups import Backup, back_up, outlived, verify
from planner.store.restoring import Author, Outlook, Place, keep_present, outlook, restore
from tests.builders import PROGRAMME, a_full_event, a_full_feed, a_programme, a_register, an_event, days

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
AUTHOR = Author("A. Restorer", "the backup", LATER)
WRITERS = 8


def write(database: Database, *changes: Change, now: datetime = NOW) -> int:
    with database.transaction(who="A. Writer", why="", means="edit", now=now) as transaction:
        transaction.apply(changes)
        return transaction.number


def fill(database: Database) -> None:
    """Something in every family of tables."""
    register = a_register()
    kept = (register.programme, *register.entries(), a_full_feed(), a_full_event("EX-1"), an_event(), an_event("GONE"))
    write(database, *(Change(None, each) for each in kept))
    write(database, Change(an_event("GONE"), None))
    with database.operations() as operations:
        first = operations.add_address(NewAddress(digest_of("one"), PROGRAMME, "all.en", "Embassy", NOW, "A. Writer"))
        second = operations.add_address(NewAddress(digest_of("two"), PROGRAMME, "all.en", "Embassy", NOW, "A. Writer"))
        operations.replace_address(first.number, second.number)
        reader = operations.people.add("A reader", PersonRole.READER, NOW, "a test")
        operations.people.begin_session("c" * 64, reader.number, NOW, LATER, "a browser")


def records(snapshot: Snapshot) -> dict[object, Record]:
    """Every record the plan has."""
    events = [event for programme in snapshot.programmes() for event in snapshot.events(programme.code)]
    entries = [entry for p in snapshot.programmes() for entry in snapshot.register(p.code).entries()]
    feeds = [feed for p in snapshot.programmes() for feed in snapshot.feeds(p.code)]
    return {key_of(each): each for each in (*snapshot.programmes(), *entries, *feeds, *events)}


def state(location: str, as_of: int | None = None) -> dict[object, Record]:
    database = open_database(location, writes=False)
    with database.snapshot(as_of=as_of) as snapshot:
        found = records(snapshot)
    database.close()
    return found


def brought_back(path: Path, location: str, author: Author = AUTHOR) -> int:
    return restore(outlook(path, location), location, author)


def test_backup_is_verified_and_says_what_it_holds(database: Database, location: str, tmp_path: Path) -> None:
    fill(database)

    made = back_up(location, tmp_path / "kept.db", LATER)

    entries = len(state(location)) + 2
    assert made == Backup(tmp_path / "kept.db", LATER, database.shown, made.form, 2, entries, made.bytes, made.ends)
    assert verify(tmp_path / "kept.db") == made
    assert state(str(made.path)) == state(location)
    assert [path.name for path in tmp_path.iterdir() if "kept" in path.name or "unfinished" in path.name] == ["kept.db"]


def test_backup_can_be_read_but_not_written(database: Database, location: str, tmp_path: Path) -> None:
    fill(database)
    path = back_up(location, tmp_path / "kept.db", LATER).path
    before = path.read_bytes()

    with pytest.raises(
        WrongDatabase, match="is a backup, and kept as it was made; planner --database PLACE db restore"
    ):
        open_database(str(path), writes=True)

    assert state(str(path)) == state(location)
    assert path.read_bytes() == before


def test_backups_beyond_the_newest_are_named_and_other_files_never(
    database: Database, location: str, tmp_path: Path
) -> None:
    fill(database)
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "notes.db").write_text("ours")
    (folder / "another-20200101T000000Z-r1.db").write_text("of another database")

    made = [back_up(location, folder, NOW + timedelta(hours=hours)).path for hours in (2, 0, 1)]

    assert [path.name[-23:] for path in made] == [f"-20200301T{hour}0000Z-r2.db" for hour in (14, 12, 13)]
    assert outlived(folder, location, 2) == (made[1],)
    assert outlived(folder, location, 3) == ()


def test_backup_is_never_written_over_a_file(database: Database, location: str, tmp_path: Path) -> None:
    (tmp_path / "kept.db").write_text("precious")

    with pytest.raises(BadInput, match="is there already; name another file"):
        back_up(location, tmp_path / "kept.db", NOW)
    with pytest.raises(BadInput, match="its folder does not exist"):
        back_up(location, tmp_path / "none" / "kept.db", NOW)

    assert (tmp_path / "kept.db").read_text() == "precious"


@pytest.mark.parametrize("writes_to", ["sqlite", "postgresql"])
def test_restore_into_an_empty_place_gives_every_row_back(
    database: Database, location: str, tmp_path: Path, writes_to: str, request: pytest.FixtureRequest
) -> None:
    fill(database)
    path = back_up(location, tmp_path / "kept.db", NOW).path
    place = str(tmp_path / "new.db") if writes_to == "sqlite" else request.getfixturevalue("postgresql_location")

    number = brought_back(path, place)

    assert number == 1002
    assert state(place) == state(location)
    assert ": whole; " in check(place, log=True)
    restored = open_database(place, writes=True)
    with restored.operations() as operations:
        assert [(a.number, a.replaced_by) for a in operations.addresses()] == [(1, 2), (2, None)]
        new = NewAddress(digest_of("three"), PROGRAMME, "all.en", "Embassy", NOW, "A. Writer")
        assert operations.add_address(new).number == 3, "the counter of the database must go on behind what was copied"
        assert operations.people.signed_in("c" * 64, NOW) is None, "sessions end, for one may have been ended meanwhile"
    assert write(restored, Change(None, an_event("NEW"))) == 1003
    restored.close()


def test_restore_lifts_sequence_and_modified_of_what_stands_and_what_is_gone(
    database: Database, location: str, tmp_path: Path
) -> None:
    fill(database)
    path = back_up(location, tmp_path / "kept.db", NOW).path
    with database.snapshot() as snapshot:
        before = {ref: (stamp.sequence, gone) for ref, stamp, gone in snapshot.all_stamps(PROGRAMME)}
    moved = replace(an_event(), when=days("2020-11-01", "2020-11-02"))
    write(database, Change(an_event(), moved))
    write(database, Change(None, an_event("GONE")))

    number = brought_back(path, location)

    # Two revisions are lost, so numbers rise by two more than where nobody knows how many were.
    assert number == 2 + 1002
    with database.snapshot() as snapshot:
        stamps = {ref: (stamp.sequence, gone) for ref, stamp, gone in snapshot.all_stamps(PROGRAMME)}
        modified = {stamp.changed for _, stamp, _ in snapshot.all_stamps(PROGRAMME)}
        assert snapshot.last_changed(PROGRAMME) == snapshot.newest()
        assert snapshot.newest().who == "A. Restorer"  # type: ignore[union-attr]
        assert snapshot.written_by_hand(PROGRAMME) == frozenset({"EX-1", "EX-2020-A", "GONE"})
    assert stamps == {ref: (sequence + 1002, gone) for ref, (sequence, gone) in before.items()}
    assert modified == {LATER}
    assert ": whole; " in check(location, log=True)
    assert state(location) == state(str(path))


def test_restore_keeps_what_was_there_and_names_addresses_that_live_again(
    database: Database, location: str, tmp_path: Path
) -> None:
    fill(database)
    path = back_up(location, tmp_path / "kept.db", NOW).path
    write(database, Change(None, an_event("LOST")))
    with database.operations() as operations:
        operations.revoke_address(2, LATER)
    lost = state(location)

    seen = outlook(path, location)
    kept = keep_present(seen, location, LATER)
    restore(seen, location, AUTHOR)

    assert (seen.place, seen.revision, [each.number for each in seen.alive_again]) == (Place.PLAN, 3, [2])
    assert kept is not None
    assert kept.parent == tmp_path
    assert state(str(kept)) == lost
    assert "LOST" not in {getattr(each, "ref", "") for each in state(location).values()}


def test_restore_is_refused_when_somebody_wrote_meanwhile(database: Database, location: str, tmp_path: Path) -> None:
    fill(database)
    path = back_up(location, tmp_path / "kept.db", NOW).path
    seen = outlook(path, location)
    write(database, Change(None, an_event("NEWER")))
    before = state(location)

    with pytest.raises(Unavailable, match="was written meanwhile: it is at revision 3, and was at 2; try again"):
        restore(seen, location, AUTHOR)

    assert state(location) == before


def test_restore_that_fails_leaves_the_plan_as_it_was(
    database: Database, location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database)
    seen = outlook(back_up(location, tmp_path / "kept.db", NOW).path, location)
    write_nothing: Callable[..., None] = lambda *_: (_ for _ in ()).throw(RuntimeError("lights out"))  # noqa: E731
    monkeypatch.setattr("planner.store.restoring._end_sessions", write_nothing)
    before = state(location)

    with pytest.raises(RuntimeError, match="lights out"):
        restore(seen, location, AUTHOR)

    assert state(location) == before
    assert ": whole; " in check(location, log=True)


def test_damaged_file_is_moved_aside_and_the_backup_put_in_its_place(tmp_path: Path) -> None:
    place = str(tmp_path / "plan.db")
    database = open_database(place, writes=True)
    fill(database)
    database.close()
    path = back_up(place, tmp_path / "kept.db", NOW).path
    before = state(place)
    content = bytearray(Path(place).read_bytes())
    content[8192:60000] = bytes(60000 - 8192)
    Path(place).write_bytes(content)

    seen = outlook(path, place)
    kept = keep_present(seen, place, LATER)
    restore(seen, place, AUTHOR)

    assert seen.place is Place.DAMAGED
    assert kept is not None
    assert kept.read_bytes() == bytes(content)
    assert state(place) == before


def test_restore_over_another_program_is_refused(database: Database, location: str, tmp_path: Path) -> None:
    fill(database)
    path = back_up(location, tmp_path / "kept.db", NOW).path
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE customers (id INTEGER)")
        other.commit()

    with pytest.raises(WrongDatabase, match="is a database of another program"):
        outlook(path, str(tmp_path / "other.db"))
    with pytest.raises(WrongDatabase, match="is the backup itself"):
        outlook(path, str(path))
    with pytest.raises(WrongDatabase, match="memory keeps nothing"):
        outlook(path, "sqlite://")


def test_backup_that_is_missing_cut_or_altered_is_not_restored(
    database: Database, location: str, tmp_path: Path
) -> None:
    fill(database)
    path = back_up(location, tmp_path / "kept.db", NOW).path
    whole = path.read_bytes()

    with pytest.raises(MissingDatabase, match="there is no backup"):
        verify(tmp_path / "none.db")
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(WrongDatabase, match="damaged|restore a backup"):
        verify(path)
    path.write_bytes(whole)
    _sql(path, "UPDATE change SET payload = replace(payload, 'EX-2020-A', 'EX-2020-B') WHERE sort = 'event'")
    with pytest.raises(BrokenLog, match="does not fit the chain"):
        verify(path)
    path.write_bytes(whole)
    _sql(path, "UPDATE event SET status = 'cancelled'")
    with pytest.raises(WrongDatabase, match="the plan as it stands differs from its log"):
        outlook(path, location)
    path.write_bytes(whole)
    _sql(path, "UPDATE event SET sequence = sequence + 1")
    with pytest.raises(WrongDatabase, match="differs from its log in the SEQUENCE of EX-1"):
        verify(path)


def _sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_log_with_a_revision_left_out_is_noticed_although_a_restore_leaves_some_out(tmp_path: Path) -> None:
    place = str(tmp_path / "plan.db")
    upgrade(place)
    database = open_database(place, writes=True)
    fill(database)
    database.close()
    brought_back(back_up(place, tmp_path / "kept.db", NOW).path, place)
    assert ": whole; " in check(place, log=True)

    _sql(Path(place), "UPDATE revision SET means = 'edit' WHERE number = 1002")

    with pytest.raises(BrokenLog, match="revision 1002, entry 1, EX-1: does not fit the chain"):
        check(place, log=True)


def database_revision(database: Database) -> int:
    with database.snapshot() as snapshot:
        return snapshot.revision


def backups_while_others_write(location: str, places: Callable[[], str], tmp_path: Path, count: int) -> None:
    """Makes that many while eight write, restores each, and compares it with the revision it says it is."""
    database = open_database(location, writes=True)
    register = a_register()
    hot = [an_event(f"HOT-{number:02}", people=0) for number in range(20)]
    write(database, *(Change(None, each) for each in (register.programme, *register.entries(), *hot)))
    command = [sys.executable, "-m", "tests.store.writer", location]
    writers = [subprocess.Popen([*command, str(n), "1000000"], stdout=subprocess.PIPE) for n in range(WRITERS)]
    made: list[Backup] = []
    for number in range(count):
        # Each after another edit than the one before.
        while database_revision(database) == (made[-1].revision if made else 1):
            assert all(writer.poll() is None for writer in writers)
            time.sleep(0.02)
        made.append(back_up(location, tmp_path / f"backup-{number}.db", datetime.now(UTC)))
    assert [writer.poll() for writer in writers] == [None] * WRITERS
    for writer in writers:
        writer.kill()
        writer.communicate()
    place = places()
    for backup in made:
        brought_back(backup.path, place)
        assert state(place) == state(location, as_of=backup.revision) == state(str(backup.path))
        assert ": whole; " in check(place, log=True)
    database.close()
    assert len({backup.revision for backup in made}) == count


def test_backup_while_eight_write_is_one_committed_revision(
    location: str, empty_locations: Callable[[], str], tmp_path: Path
) -> None:
    backups_while_others_write(location, empty_locations, tmp_path, 3)


@pytest.mark.soak
def test_backup_while_eight_write_is_one_committed_revision_fifty_times(
    location: str, empty_locations: Callable[[], str], tmp_path: Path
) -> None:
    backups_while_others_write(location, empty_locations, tmp_path, 50)


def test_outlook_of_an_empty_place_lifts_by_a_thousand(database: Database, location: str, tmp_path: Path) -> None:
    write(database, Change(None, a_programme()))
    backup = back_up(location, tmp_path / "kept.db", NOW)

    seen = outlook(backup.path, str(tmp_path / "new.db"))

    assert seen == Outlook(backup, str(tmp_path / "new.db"), Place.EMPTY, 0, ())
    assert seen.lift == 1000


def test_state_kept_from_before_a_restore_is_not_gone_on_from(
    database: Database, location: str, tmp_path: Path
) -> None:
    fill(database)
    write(database, Change(None, Release(PROGRAMME, 1, 2)))
    path = back_up(location, tmp_path / "kept.db", NOW).path
    write(database, Change(None, an_event("LOST")))
    with database.snapshot() as snapshot:
        before = load_published(snapshot, PROGRAMME)

    brought_back(path, location)

    with database.snapshot() as snapshot:
        published = load_published(snapshot, PROGRAMME, before)
        assert published == load_published(snapshot, PROGRAMME)
        assert snapshot.lifted_since(4) == Lift(1002 - 1, LATER)
    assert "LOST" not in {known.event.ref for known in published.events}
    assert published.released is not None
    assert min(known.stamp.sequence for known in published.released.events) >= 1000
