"""Path B: a feed from rendered pieces, and built cold, against icalendar, ics and vobject on the same entries.

The rivals are given finished texts, days and times and only write them; ours cold is everything: what may be shown, the
words of each entry, its bytes, reading them back, judging them, and joining. All in one run.

Targets: from pieces at least 500 times as fast as icalendar; one change in a feed of 1,000 at least 100 times as fast
as a full build by icalendar; cold at most 1.2 times icalendar's own time.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.util import find_spec
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

import calendars
from benchmarks.table import show, timed
from calendars import Entry
from planner.domain.change import Stamp
from planner.domain.entries import Family, Kind, Party, Place, Programme, Standing
from planner.domain.event import MEMBERS, Booking, BookingSort, Event, Status
from planner.domain.feed import Feed
from planner.domain.register import Register
from planner.domain.texts import texts
from planner.domain.window import Mode, Precision, When, Window, whole_days
from planner.services.disclosing import Known
from planner.services.published import Published
from planner.services.publishing import feed_bytes
from planner.services.rendering import Renderings

CODE = "BENCH-2020"
FEED = Feed(CODE, "all")
NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
SIZES = (100, 1_000, 10_000)


def run() -> None:
    """Prints the tables."""
    rivals = _rivals()
    rows = [_row(size, rivals) for size in SIZES]
    heads = ("events", "from pieces, µs an event", "cold, µs an event", *(f"{name}, µs an event" for name, _ in rivals))
    show("A feed (path B); times as fast as icalendar in brackets", heads, rows)
    show("One change in a feed of 1,000", ("what", "ms"), _one_change())


def _row(size: int, rivals: list[tuple[str, Callable[[list[Entry]], bytes]]]) -> tuple[str, ...]:
    published = _plan(size)
    warm = Renderings()
    built = feed_bytes(published, FEED, renderings=warm)
    entries = list(calendars.read(built.content).calendar.entries)
    times = 5 if size < 10_000 else 1
    pieces, _ = timed(lambda: feed_bytes(published, FEED, renderings=warm), 9)
    cold, _ = timed(lambda: feed_bytes(published, FEED, renderings=Renderings()), times)
    theirs = [timed(lambda write=write: write(entries), times)[0] for _, write in rivals]  # type: ignore[misc]

    def said(milliseconds: float) -> str:
        return f"{milliseconds * 1000 / size:.2f} ({theirs[0] / milliseconds:.2f} ×)"

    return f"{size:,}", said(pieces), said(cold), *(said(each) for each in theirs)


def _one_change() -> list[tuple[str, str]]:
    """One event of 1,000 changed, in a plan that is in memory: rendered, read back, judged and joined with the rest."""
    published, warm = _plan(1_000), Renderings()
    entries = list(calendars.read(feed_bytes(published, FEED, renderings=warm).content).calendar.entries)
    taken = []
    for number in range(9):
        known = published.events[number]
        event = replace(known.event, titles=texts(en=f"Changed {number}"))
        changed = replace(known, event=event, stamp=replace(known.stamp, version=number + 2))
        others = (*published.events[:number], changed, *published.events[number + 1 :])
        published = replace(published, events=others)
        taken.append(timed(lambda its=published: feed_bytes(its, FEED, renderings=warm), 1)[0])  # type: ignore[misc]
    ours = sorted(taken)[len(taken) // 2]
    theirs, _ = timed(lambda: _by_icalendar(entries), 3)
    return [
        ("ours", f"{ours:.2f} ({theirs / ours:.0f} × as fast; target 100 ×)"),
        ("a full build by icalendar", f"{theirs:.0f}"),
    ]


def _plan(size: int) -> Published:
    """So many events: one in five by the clock, the others whole days, with places, participants and remarks."""
    zones = {"AM": "Asia/Yerevan", "BY": "Europe/Minsk", "KZ": "Asia/Almaty", "RU": "Europe/Moscow"}
    programme = Programme(
        CODE, texts(en="Organisation"), "RU", date(2020, 1, 1), date(2020, 12, 31), "Europe/Moscow", tuple(zones)
    )
    parties = tuple(
        Party(
            CODE, code, texts(en=f"State {code}"), standing=Standing.MEMBER, zone=zone, capital=texts(en=f"City {code}")
        )
        for code, zone in zones.items()
    )
    places = (Place(CODE, "range", texts(en="Losvido training range"), latitude=55.4, longitude=30.2),)
    kinds = (Kind(CODE, "exercise", Family.EXERCISE, texts(en="Exercise")),)
    stamp = Stamp(1, 0, NOW, NOW, NOW)
    events = tuple(Known(_event(number), stamp) for number in range(size))
    register = Register(programme, parties=parties, kinds=kinds, places=places)
    return Published(1, register, events, (), NOW, NOW)


def _event(number: int) -> Event:
    day = date(2020, 1, 1) + timedelta(days=number % 366)
    zone = ("Europe/Moscow", "Asia/Almaty")[number % 2]
    timed_window = Window(day, day, zone, Precision.TIME, time(9 + number % 8), 90)
    window = timed_window if number % 5 == 0 else whole_days(day, day + timedelta(days=number % 4), zone)
    return Event(
        f"EX-{number:05}", CODE, "exercise", Status.APPROVED,
        texts(en=f"Joint exercise number {number} with the Collective Peacekeeping Forces"),
        when=When(Mode.DATED, (window,)), host="BY", decision="CSC 2019-11-28", responsible="Joint Staff",
        bookings=(Booking(BookingSort.PARTY, MEMBERS), Booking(BookingSort.PLACE, "range")),
        remarks=texts(en="With the approval of the ministries of defence; see the plan of joint training"),
    )  # fmt: skip


def _rivals() -> list[tuple[str, Callable[[list[Entry]], bytes]]]:
    """Those that are installed, icalendar first."""
    listed: list[tuple[str, Callable[[list[Entry]], bytes]]] = [("icalendar", _by_icalendar)]
    listed += [(name, write) for name, write in (("ics", _by_ics), ("vobject", _by_vobject)) if find_spec(name)]
    return listed


def _ends(entry: Entry) -> tuple[Any, Any]:
    if isinstance(entry.when, calendars.WholeDays):
        return entry.when.first, entry.when.last + timedelta(days=1)
    zone = ZoneInfo(entry.when.zone)
    return entry.when.start.replace(tzinfo=zone), entry.when.end.replace(tzinfo=zone)


def _by_icalendar(entries: list[Entry]) -> bytes:
    calendar = icalendar.Calendar()
    for entry in entries:
        event = icalendar.Event()
        start, end = _ends(entry)
        said = {
            "uid": entry.uid, "sequence": entry.sequence, "dtstamp": entry.stamp, "created": entry.created,
            "last-modified": entry.modified, "dtstart": start, "dtend": end, "summary": entry.summary,
            "description": entry.description, "location": entry.location, "categories": list(entry.categories),
            "status": entry.status.value, "transp": "OPAQUE", "color": entry.color,
        }  # fmt: skip
        for name, value in said.items():
            event.add(name, value)
        if entry.geo is not None:
            event.add("geo", entry.geo)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _by_ics(entries: list[Entry]) -> bytes:
    import ics

    calendar = ics.Calendar()
    for entry in entries:
        start, end = _ends(entry)
        event = ics.Event(
            name=entry.summary, begin=start, end=end, uid=entry.uid, description=entry.description,
            created=entry.created, last_modified=entry.modified, location=entry.location,
            categories=set(entry.categories), status=entry.status.value,
        )  # fmt: skip
        calendar.events.add(event)
    return str(calendar.serialize()).encode()


def _by_vobject(entries: list[Entry]) -> bytes:
    import vobject
    from dateutil import tz

    def known(moment: Any) -> Any:
        """It can only name zones of dateutil."""
        if not isinstance(moment, datetime):
            return moment
        return moment.replace(tzinfo=tz.UTC if moment.tzinfo is UTC else tz.gettz(str(moment.tzinfo)))

    calendar = vobject.iCalendar()
    for entry in entries:
        event = calendar.add("vevent")
        start, end = _ends(entry)
        said = {
            "uid": entry.uid, "sequence": str(entry.sequence), "dtstamp": entry.stamp, "created": entry.created,
            "last-modified": entry.modified, "dtstart": start, "dtend": end, "summary": entry.summary,
            "description": entry.description, "location": entry.location, "categories": list(entry.categories),
            "status": entry.status.value, "transp": "OPAQUE", "color": entry.color,
        }  # fmt: skip
        for name, value in said.items():
            event.add(name).value = known(value)
    return str(calendar.serialize()).encode()
