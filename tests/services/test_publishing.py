"""Feeds: what an event becomes in a calendar, and that a file is only ever replaced by a right one."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import calendars
from calendars import Entry, Related, Timed, WholeDays
from planner.domain.change import Change
from planner.domain.entries import Disclosure, Family, PublicShows
from planner.domain.event import Attendance, Event, Link, Relation, Status
from planner.domain.feed import Feed, FeedLanguage, Level
from planner.domain.texts import texts
from planner.domain.window import Mode, Precision, When
from planner.errors import BadInput, BrokenFeed
from planner.services import publishing
from planner.services.published import load_published
from planner.services.publishing import feed_bytes, write_feeds
from planner.services.rendering import Renderings
from planner.store import Database, open_database
from tests.builders import PROGRAMME, a_programme, a_register, an_event, day, days, hours, some_time
from tests.plans import NOW, fill

DAY = timedelta(days=1)


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database("sqlite://", writes=True)
    yield opened
    opened.close()


def change(database: Database, before: Event | None, after: Event | None, later: timedelta = DAY) -> None:
    with database.transaction(who="A. Writer", why="", means="edit", now=NOW + later) as transaction:
        transaction.apply([Change(before, after)])


def entries(database: Database, language: str = "en", **fields: Any) -> list[Entry]:
    """The entries of a feed as icalendar reads them from its bytes."""
    feed = replace(Feed(PROGRAMME, "all", language=FeedLanguage(language)), **fields)
    with database.snapshot() as snapshot:
        reading = calendars.read(feed_bytes(load_published(snapshot, PROGRAMME), feed, renderings=Renderings()).content)
    assert reading.problems == ()
    return list(reading.calendar.entries)


def entry_of(database: Database, event: Event, language: str = "en") -> Entry:
    fill(database, event)
    [entry] = entries(database, language)
    return entry


def test_fixed_days_are_an_entry_of_whole_days(database: Database) -> None:
    event = an_event("EX-1", places=["losvido"], titles=texts(en="Drill", ru="Учение «Рубеж-2020»"), host="BY")

    entry = entry_of(database, event)

    assert entry == Entry(
        "EX-1@TEST-2020", 0, NOW, NOW, NOW,
        WholeDays(day("2020-10-12"), day("2020-10-16")),
        "Drill", "Drill\nLosvido range\nParticipants: AM, BY\nEX-1", "Losvido range", "en", ("exercise",),
        calendars.Status.TENTATIVE, False, "darkolivegreen",
    )  # fmt: skip


def test_clock_time_is_an_entry_in_its_zone_with_the_time_in_every_capital(database: Database) -> None:
    register = a_register()
    parties = tuple(
        replace(p, capital=texts(en={"AM": "Yerevan", "RU": "Moscow"}.get(p.code, ""))) for p in register.parties
    )
    event = an_event("A", when=hours("2020-11-06", 9, zone="Europe/Moscow"), host="RU", states=["AM", "BY", "RU"])
    fill(database, event, register=replace(register, parties=parties))

    [entry] = entries(database)

    assert entry.when == Timed(datetime(2020, 11, 6, 9), datetime(2020, 11, 6, 12), "Europe/Moscow")
    assert entry.description.split("\n")[0] == "09:00 Moscow · 10:00 Yerevan"


LATE = some_time("2020-10-21", "2020-10-31", precision=Precision.THIRD)
ALL_YEAR = replace(some_time("2020-01-01", "2020-12-31", precision=Precision.YEAR), mode=Mode.THROUGHOUT)


@pytest.mark.parametrize(
    ("when", "language", "summary", "first"),
    [
        (LATE, "en", "≈ late Oct: Event A", "2020-10-21"),
        (LATE, "ru", "≈ конец октября: Мероприятие A", "2020-10-21"),
        (When(Mode.DEADLINE, days("2020-06-01").windows), "en", "by 1 Jun: Event A", "2020-06-01"),
        (ALL_YEAR, "en", "≈ 2020: Event A", "2020-01-01"),
    ],
)
def test_what_has_no_day_is_a_free_tentative_marker(
    database: Database, when: When, language: str, summary: str, first: str
) -> None:
    entry = entry_of(database, an_event("A", when=when, status=Status.CONFIRMED), language)

    assert (entry.summary, entry.when) == (summary, WholeDays(day(first), day(first)))
    assert (entry.status, entry.is_transparent) == (calendars.Status.TENTATIVE, True)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.PROPOSED, "TENTATIVE"),
        (Status.APPROVED, "TENTATIVE"),
        (Status.CONFIRMED, "CONFIRMED"),
        (Status.HELD, "CONFIRMED"),
        (Status.CANCELLED, "CANCELLED"),
    ],
)
def test_status_is_what_calendars_call_it(database: Database, status: Status, expected: str) -> None:
    assert entry_of(database, an_event(status=status)).status.value == expected


def test_draft_and_what_is_for_coordinators_only_is_not_published(database: Database) -> None:
    fill(database, an_event("A", status=Status.DRAFT), an_event("B", disclosure=Disclosure.FULL), an_event("C"))

    assert [entry.uid for entry in entries(database)] == ["C@TEST-2020"]


def test_internal_remarks_are_published_nowhere(database: Database, tmp_path: Path) -> None:
    fill(database, an_event(internal=texts(en="SECRET", ru="СЕКРЕТ"), remarks=texts(en="open")))
    with database.snapshot() as snapshot:
        write_feeds(snapshot, PROGRAMME, tmp_path)

    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"open" in content
    assert b"SECRET" not in content
    assert "СЕКРЕТ".encode() not in content


def test_sittings_have_uids_of_their_own_by_their_permanent_part(database: Database) -> None:
    both = days("2020-10-12").windows + tuple(replace(w, part=3) for w in days("2020-11-02").windows)
    fill(database, an_event("A", when=When(Mode.DATED, both)))

    assert [entry.uid for entry in entries(database)] == ["A@TEST-2020", "A/3@TEST-2020"]


def moved(event: Event) -> Event:
    when = days("2020-10-19", "2020-10-23")
    return replace(event, when=replace(when, former="12-16.10.2020", former_windows=event.when.windows))


def test_moved_event_keeps_its_uid_and_says_from_when_it_moved(database: Database) -> None:
    fill(database, an_event("A"))
    change(database, an_event("A"), moved(an_event("A")))

    [entry] = entries(database)

    assert (entry.uid, entry.sequence, entry.summary) == ("A@TEST-2020", 1, "Moved: Event A")
    assert "Moved from 12–16 Oct 2020, 2 Mar 2020" in entry.description
    assert (entry.stamp, entry.created) == (NOW + DAY, NOW)


def test_move_by_a_list_that_does_not_say_so_is_told_from_the_history(database: Database) -> None:
    fill(database, an_event("A"))
    change(database, an_event("A"), an_event("A", when=days("2020-10-19", "2020-10-23")))
    change(
        database, an_event("A", when=days("2020-10-19", "2020-10-23")), an_event("A", when=days("2020-10-20")), 3 * DAY
    )

    [entry] = entries(database, "ru")

    assert entry.summary == "Перенесено: Мероприятие A"
    assert "Перенесено с: 19–23 октября 2020 г., 4 марта 2020" in entry.description


def test_former_date_of_a_new_row_is_said_without_a_day_of_the_move(database: Database) -> None:
    entry = entry_of(database, moved(an_event("A")))

    assert entry.summary == "Event A"
    assert "Moved from 12–16 Oct 2020\n" in entry.description


def test_title_says_moved_for_a_fortnight_counted_to_the_newest_revision(database: Database) -> None:
    fill(database, an_event("A"))
    change(database, an_event("A"), moved(an_event("A")))
    change(database, None, an_event("B", status=Status.DRAFT), 16 * DAY)

    assert [entry.summary for entry in entries(database)] == ["Event A"]


@pytest.mark.parametrize(("later", "count"), [(2 * DAY, 1), (91 * DAY, 1), (92 * DAY, 0)])
def test_cancelled_event_stays_for_ninety_days_of_revisions(database: Database, later: timedelta, count: int) -> None:
    fill(database, an_event("A"))
    change(database, an_event("A"), an_event("A", status=Status.CANCELLED))
    change(database, None, an_event("B", status=Status.DRAFT), later)

    assert [(e.summary, e.status.value) for e in entries(database)] == [("Cancelled: Event A", "CANCELLED")] * count


def test_removed_event_is_published_as_cancelled(database: Database) -> None:
    fill(database, an_event("A"))
    change(database, an_event("A"), None)

    [entry] = entries(database, "ru")

    assert (entry.summary, entry.status.value, entry.sequence) == ("Отменено: Мероприятие A", "CANCELLED", 1)


def test_postponed_event_is_shown_cancelled_on_the_day_it_had(database: Database) -> None:
    postponed = an_event("A", status=Status.POSTPONED, when=When(former_windows=days("2020-10-12").windows))

    entry = entry_of(database, postponed)

    assert (entry.summary, entry.status.value) == ("Postponed: Event A", "CANCELLED")
    assert entry.when == WholeDays(day("2020-10-12"), day("2020-10-12"))


def test_meeting_by_video_has_no_coordinates_and_says_so(database: Database) -> None:
    entry = entry_of(database, an_event(mode=Attendance.VIDEO, places=["losvido"]))

    assert (entry.geo, entry.categories, entry.location) == (None, ("exercise", "By video"), "Losvido range, by video")


def test_links_are_relations_of_rfc_9253(database: Database) -> None:
    links = (Link(Relation.PART_OF, "EX"), Link(Relation.PREPARES, "CSC", 7), Link(Relation.REPLACES, "OLD"))

    fill(database, an_event("A", links=links), an_event("CSC"), an_event("EX"), an_event("OLD"))

    [related] = [entry.related for entry in entries(database) if entry.related]
    assert related == (Related("PARENT", "EX@TEST-2020"), Related("FINISHTOSTART", "CSC@TEST-2020", 7))


def test_link_to_what_readers_do_not_know_of_is_left_out(database: Database) -> None:
    links = (Link(Relation.PART_OF, "EX"), Link(Relation.PREPARES, "CSC"), Link(Relation.PREPARES, "NOWHERE"))
    hidden = (an_event("CSC", status=Status.DRAFT), an_event("EX", disclosure=Disclosure.FULL))
    fill(database, an_event("A", links=links), *hidden)

    assert [(entry.uid, entry.related) for entry in entries(database)] == [("A@TEST-2020", ())]


def test_commemoration_leaves_people_free(database: Database) -> None:
    fill(database, an_event("A", kind="commemoration"), an_event("B", kind="commemoration", blocks=True))

    assert [entry.is_transparent for entry in entries(database)] == [True, False]


def test_each_family_has_a_feed_and_they_share_all_entries(database: Database, tmp_path: Path) -> None:
    fill(database, an_event("A"), an_event("B", kind="media"))
    with database.snapshot() as snapshot:
        written = write_feeds(snapshot, PROGRAMME, tmp_path)

    assert {each.path.name: each.entries for each in written if each.entries and ".en." in each.path.name} == {
        "all.en.ics": 2,
        "exercise.en.ics": 1,
        "media.en.ics": 1,
    }
    assert len(written) == 2 * (2 + len(Family))


def test_feed_with_the_same_bytes_is_not_touched(database: Database, tmp_path: Path) -> None:
    fill(database, an_event())
    with database.snapshot() as snapshot:
        write_feeds(snapshot, PROGRAMME, tmp_path)
        before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
        again = write_feeds(snapshot, PROGRAMME, tmp_path)

    assert not any(each.is_changed for each in again)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_feed_that_does_not_read_back_leaves_the_old_one(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database, an_event())
    (tmp_path / "all.en.ics").write_text("the old one")
    written = calendars.piece

    def cut_short(entry: Entry) -> bytes:
        return written(entry).replace(b"DTEND;VALUE=DATE:20201017", b"DTEND;VALUE=DATE:20201018")

    monkeypatch.setattr(calendars, "piece", cut_short)
    monkeypatch.setattr(publishing, "RENDERINGS", Renderings())
    with database.snapshot() as snapshot, pytest.raises(BrokenFeed, match="when of EX-2020-A@TEST-2020 read back"):
        write_feeds(snapshot, PROGRAMME, tmp_path)

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("all.en.ics", "the old one")]


def test_folder_that_cannot_be_written_is_named(database: Database, tmp_path: Path) -> None:
    fill(database, an_event())
    (tmp_path / "file").write_text("")

    with database.snapshot() as snapshot, pytest.raises(BadInput, match="cannot be written"):
        write_feeds(snapshot, PROGRAMME, tmp_path / "file" / "folder")


STABLE = """
import sys, zoneinfo
from pathlib import Path
from typing import Any
zoneinfo.reset_tzpath(())
from planner.services.publishing import write_feeds
from planner.store import open_database
database = open_database(sys.argv[1], writes=False)
with database.snapshot() as snapshot:
    write_feeds(snapshot, snapshot.programmes()[0].code, Path(sys.argv[2]))
"""


def test_feeds_are_the_same_bytes_in_any_zone_locale_and_hash_seed(tmp_path: Path) -> None:
    """P26, on the programme of 2020 as the demonstration makes it."""
    from tests.boards import sample_events, sample_register

    place = str(tmp_path / "plan.db")
    database = open_database(place, writes=True)
    fill(database, *sample_events(), register=sample_register())
    database.close()
    surroundings = (
        {"TZ": "UTC", "LANG": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "LANG": "ru_RU.UTF-8", "PYTHONHASHSEED": "2"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "en_GB.UTF-8", "PYTHONHASHSEED": "777"},
    )
    digests = []
    for number, around in enumerate(surroundings):
        folder = tmp_path / str(number)
        subprocess.run([sys.executable, "-c", STABLE, place, str(folder)], env={**os.environ, **around}, check=True)
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})

    assert digests[0] == digests[1] == digests[2]
    assert len(digests[0]) == 28


def test_sequence_and_stamp_do_not_fall_when_the_clock_goes_back(database: Database) -> None:
    fill(database, an_event("A"))
    change(database, an_event("A"), moved(an_event("A")), 5 * DAY)
    change(database, moved(an_event("A")), an_event("A"), -5 * DAY)

    [entry] = entries(database)

    assert (entry.sequence, entry.stamp) == (2, NOW + 5 * DAY)
    assert entry.stamp.tzinfo is UTC


def test_public_of_a_programme_that_shows_releases_sees_nothing_before_the_first(database: Database) -> None:
    event = an_event("A", disclosure=Disclosure.PUBLIC)
    register = a_register(replace(a_programme(), public_shows=PublicShows.RELEASE))
    fill(database, event, register=register)

    assert entries(database, level=Level.PUBLIC) == []
    assert [entry.uid for entry in entries(database)] == ["A@TEST-2020"]
