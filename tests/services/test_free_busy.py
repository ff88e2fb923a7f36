"""Free/busy: instants at which a party's people are taken, and nothing of what for."""

from collections.abc import Iterator
from datetime import UTC, datetime

import icalendar
import pytest

from planner.domain.event import Attendance, Event, Status
from planner.domain.feed import Feed, Level
from planner.services.published import load_published
from planner.services.publishing import free_busy_bytes
from planner.store import Database, open_database
from tests.builders import PROGRAMME, an_event, days, hours, some_time
from tests.plans import fill

FEED = Feed(PROGRAMME, "busy", level=Level.BUSY)


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database("sqlite://", writes=True)
    yield opened
    opened.close()


def busy(database: Database, *events: Event) -> dict[str, list[tuple[datetime, datetime]]]:
    """By party, the periods that icalendar reads."""
    fill(database, *events)
    with database.snapshot() as snapshot:
        content = free_busy_bytes(load_published(snapshot, PROGRAMME), FEED).content
    read = icalendar.Calendar.from_ical(content)
    found = {}
    for each in read.walk("VFREEBUSY"):
        periods = each.get("freebusy", [])
        listed = periods if isinstance(periods, list) else [periods]
        found[str(each["organizer"].params["CN"])] = [(p.dt[0], p.dt[1]) for each in listed for p in _periods(each)]
    return found


def _periods(value: object) -> list[icalendar.vPeriod]:
    its = getattr(value, "dts", None) or [value]
    return [each for each in its if isinstance(each, icalendar.vPeriod)]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 10, day, hour, minute, tzinfo=UTC)


def test_whole_days_run_from_midnight_to_midnight_of_their_zone(database: Database) -> None:
    found = busy(database, an_event(states=["AM"], when=days("2020-10-12", "2020-10-13", "Asia/Yerevan")))

    assert found == {"AM": [(at(11, 20), at(13, 20))]}


def test_sittings_that_meet_are_joined_and_each_party_has_its_own(database: Database) -> None:
    morning = an_event("A", states=["AM", "BY"], when=hours("2020-10-12", 9, 12))
    noon = an_event("B", states=["BY"], when=hours("2020-10-12", 12, 14))
    evening = an_event("C", states=["BY"], when=hours("2020-10-12", 18, 19))

    assert busy(database, morning, noon, evening) == {
        "AM": [(at(12, 6), at(12, 9))],
        "BY": [(at(12, 6), at(12, 11)), (at(12, 15), at(12, 16))],
    }


def test_what_leaves_people_free_or_is_not_known_is_not_said(database: Database) -> None:
    found = busy(
        database,
        an_event("A", status=Status.DRAFT),
        an_event("B", status=Status.CANCELLED),
        an_event("C", when=some_time("2020-10-01", "2020-10-31")),
        an_event("D", kind="commemoration"),
        an_event("E", states=["KG"], mode=Attendance.VIDEO, when=hours("2020-10-12", 9, 10)),
    )

    assert {code: spans for code, spans in found.items() if spans} == {"KG": [(at(12, 6), at(12, 7))]}


def test_nothing_but_times_and_parties_stands_in_the_file(database: Database) -> None:
    fill(database, an_event("EX-SECRET", places=["losvido"], forces=["CPF"]))
    with database.snapshot() as snapshot:
        content = free_busy_bytes(load_published(snapshot, PROGRAMME), FEED).content

    assert not any(word in content for word in (b"SECRET", b"Losvido", b"losvido", b"CPF", b"exercise"))
