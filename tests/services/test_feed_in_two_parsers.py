"""A programme's feed in icalendar and in ical.js: every instant is ours, and no text of an event adds anything."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from calendars.lint import lint
from planner.domain.decision import Decision
from planner.domain.entries import Disclosure, Family, Place
from planner.domain.event import Attendance, Event
from planner.domain.feed import Feed, FeedLanguage, Level, Policy, Undated
from planner.domain.register import Register
from planner.domain.texts import texts
from planner.domain.window import Mode, Precision, When, Window, whole_days
from planner.services.published import load_published
from planner.services.publishing import feed_bytes
from planner.services.rendering import Renderings
from planner.store import open_database
from tests.boards import sample_register
from tests.builders import PROGRAMME, a_kind, a_register, an_event
from tests.calendars.other_parser import read_otherwise
from tests.calendars.test_injection import check_lines, text_of
from tests.plans import fill

ALSO = {"Europe/Vienna", "America/New_York", "Asia/Almaty", "Asia/Qostanay", "Asia/Tehran", "Europe/Chisinau"}


def zones() -> list[str]:
    """Every zone of the sample's register, and some whose clocks change or did."""
    register = sample_register()
    named = {party.zone for party in register.parties} | {place.zone for place in register.places}
    return sorted((named | {register.programme.zone} | ALSO) - {""})


def turning(zone: str, years: range) -> set[date]:
    """The days on which the zone's clock changes, with those before and after."""
    rules = ZoneInfo(zone)
    found: set[date] = set()
    day = date(years.start, 1, 1)
    while day.year < years.stop:
        noon, before = (datetime.combine(each, time(12), rules) for each in (day, day - timedelta(days=1)))
        if noon.utcoffset() != before.utcoffset():
            found |= {day + timedelta(days=n) for n in (-1, 0, 1)}
        day += timedelta(days=1)
    return found


def timed_events(years: range, chance: random.Random) -> list[Event]:
    """Clock times of all hours in every zone, on ordinary days and around every change; some over midnight."""
    events: list[Event] = []
    for zone in zones():
        days = {date(year, chance.randint(1, 12), chance.randint(1, 28)) for year in years}
        for day in sorted(days | turning(zone, years)):
            at = time(chance.randrange(24), chance.choice([0, 15, 30]))
            window = Window(day, day, zone, Precision.TIME, at, chance.choice([30, 90, 600]))
            events.append(an_event(f"T-{len(events)}", when=When(Mode.DATED, (window,))))
        first = date(years.start, 5, 9)
        whole = whole_days(first, first + timedelta(days=2), zone)
        events.append(an_event(f"D-{len(events)}", when=When(Mode.DATED, (whole,))))
    return events


def ours(event: Event) -> tuple[int | str, int | str]:
    """When it begins and ends: seconds since 1970, or days as ISO 8601, the end excluded."""
    [window] = event.when.windows
    if window.at is None:
        return window.first.isoformat(), (window.last + timedelta(days=1)).isoformat()
    start = datetime.combine(window.first, window.at, ZoneInfo(window.zone))
    assert window.length is not None
    return int(start.timestamp()), int(start.timestamp()) + window.length * 60


def seconds(value: date | datetime) -> int | str:
    return int(value.timestamp()) if isinstance(value, datetime) else value.isoformat()


def published(events: Iterable[Event], feed: Feed, register: Register | None = None, *, utc: bool = False) -> bytes:
    database = open_database("sqlite://", writes=True)
    fill(database, *events, register=register)
    with database.snapshot() as snapshot:
        content = feed_bytes(load_published(snapshot, PROGRAMME), feed, utc=utc, renderings=Renderings()).content
    database.close()
    return content


@pytest.mark.parametrize(
    "years", [pytest.param(range(2023, 2025), id="suite"), pytest.param(range(2019, 2031), marks=pytest.mark.soak)]
)
@pytest.mark.parametrize("utc", [False, True])
def test_every_start_and_end_is_ours_in_both_parsers(years: range, utc: bool, tmp_path: Path) -> None:
    events = timed_events(years, random.Random(years.start))
    wanted = {f"{event.ref}@{PROGRAMME}": ours(event) for event in events}
    path = tmp_path / "feed.ics"
    path.write_bytes(published(events, Feed(PROGRAMME, "all"), utc=utc))

    read: Any = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    python = {str(each["uid"]): (seconds(each["dtstart"].dt), seconds(each["dtend"].dt)) for each in read}
    [javascript] = read_otherwise(path)

    assert lint(path.read_bytes()) == ()
    assert python == wanted
    assert {event["uid"]: (event["start"], event["end"]) for event in javascript["events"]} == wanted


@pytest.mark.parametrize("count", [pytest.param(60, id="suite"), pytest.param(1_000, marks=pytest.mark.soak)])
@pytest.mark.parametrize("level", Level)
def test_no_text_of_an_event_adds_a_component_or_breaks_a_line(count: int, level: Level, tmp_path: Path) -> None:
    chance = random.Random(count)

    def words() -> str:
        return text_of(chance).replace("\ud800", "")  # the store takes none that is no Unicode

    def both() -> tuple[tuple[str, str], ...]:
        return texts(en=words(), ru=words())

    kind = a_kind(Family.EXERCISE, names=both())
    paper = Decision(PROGRAMME, "paper", both(), day=date(2020, 2, 1))
    place = Place(PROGRAMME, "place", both(), latitude=55.754, longitude=37.62)
    register = replace(a_register(), kinds=(kind,), decisions=(paper,), places=(place,))
    events = [
        an_event(
            f"E-{number}", titles=both(), shorts=both() if number % 3 else (), responsible=words(),
            remarks=texts(en=f"{words()} https://example.org/{words()}"), financing=words(),
            internal=texts(en="SECRET"), mode=chance.choice(list(Attendance)), decision="paper", places=["place"],
            item=words(), when=chance.choice([When(), an_event().when]), disclosure=Disclosure.PUBLIC,
        )
        for number in range(count)
    ]  # fmt: skip
    feed = Feed(
        PROGRAMME,
        "all",
        both(),
        language=chance.choice(list(FeedLanguage)),
        level=level,
        policy=Policy(undated=Undated.NOTE),
    )
    path = tmp_path / "feed.ics"
    path.write_bytes(published(events, feed, register))

    check_lines(path.read_bytes())
    [found] = read_otherwise(path)
    read = icalendar.Calendar.from_ical(path.read_bytes()).walk()
    assert found["components"] == ["vevent"] * count
    assert [component.name for component in read] == ["VCALENDAR", *["VEVENT"] * count]
    assert {event["inside"] for event in found["events"]} == {0}
    assert {flaw.code for flaw in lint(path.read_bytes())} <= {"html"}
    assert b"SECRET" not in path.read_bytes()
