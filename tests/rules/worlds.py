"""Random programmes with every kind of window, tree, role, mode, level, link and zone; the same for the same number."""

import random
from dataclasses import replace
from datetime import date, time, timedelta

from planner.domain.entries import Body, Family, Force, Party, PartySort, Place, Standing
from planner.domain.event import MEMBERS, Attendance, Booking, BookingSort, Event, Link, Relation, Role, Status
from planner.domain.texts import texts
from planner.domain.window import Mode, Precision, When, Window
from tests.builders import PROGRAMME, ZONES, a_kind, a_register, an_event

FORCES = {"CF": "", "CRRF": "CF", "SOF": "CRRF", "CPF": "CF", "POLICE": ""}
GENERAL = "POLICE"
PLACES = {"centre": "", "hall-1": "centre", "hall-2": "centre", "city": ""}
WITHOUT_CAPACITY = "city"
OFFICIAL = "SECGEN"
LEVELS = {"CFM": "foreign", "JS": "staff", "CSC": "heads"}
USUAL_DAYS, USUAL_MINUTES = 3, 150
JOINED = {"AM": date(2020, 10, 8)}
"""States that are members only from that day on."""

REGISTER = a_register(
    parties=(
        *(
            Party(PROGRAMME, state, standing=Standing.MEMBER, zone=zone, first=JOINED.get(state))
            for state, zone in sorted(ZONES.items())
        ),
        Party(PROGRAMME, OFFICIAL, party_sort=PartySort.OFFICIAL),
    ),
    kinds=tuple(
        a_kind(family, usual_days=USUAL_DAYS, usual_minutes=USUAL_MINUTES, level=level)
        for family, level in (
            (Family.EXERCISE, ""),
            (Family.EXTERNAL, ""),
            (Family.STATUTORY_MEETING, "envoys"),
            (Family.TRAINING, ""),
        )
    ),
    bodies=tuple(Body(PROGRAMME, code, texts(en=code), level=level) for code, level in sorted(LEVELS.items())),
    forces=tuple(Force(PROGRAMME, code, within=within, general=code == GENERAL) for code, within in FORCES.items()),
    places=tuple(
        Place(PROGRAMME, code, within=within, capacity=None if code == WITHOUT_CAPACITY else 1)
        for code, within in PLACES.items()
    ),
)
_ZONES = ("Europe/Minsk", "Asia/Bishkek", "America/New_York")
_ROLES = (Role.REQUIRED, Role.REQUIRED, Role.REQUIRED, Role.HOST, Role.CHAIR, Role.OPTIONAL, Role.OBSERVER)
_STATUSES = (
    Status.APPROVED,
    Status.APPROVED,
    Status.APPROVED,
    Status.DRAFT,
    Status.HELD,
    Status.CANCELLED,
    Status.POSTPONED,
)
_RELATIONS = (Relation.PART_OF, Relation.AROUND, Relation.WITH, Relation.REPLACES, Relation.PREPARES)


def a_world(number: int) -> list[Event]:
    """Three to eight events around the first half of October, the end of the year, or 29 February."""
    chance = random.Random(number)
    starts = chance.choice((date(2020, 10, 1), date(2020, 10, 1), date(2020, 12, 24), date(2020, 2, 22)))
    events: list[Event] = []
    for n in range(chance.randint(3, 8)):
        events.append(_event(chance, f"E{n}", starts, events))
    return events


def _event(chance: random.Random, ref: str, starts: date, before: list[Event]) -> Event:
    kind = chance.choice(("exercise", "exercise", "statutory_meeting", "training", "external"))
    windows = [_window(chance, starts) for _ in range(chance.choice((1, 1, 1, 2)))]
    link = Link(chance.choice(_RELATIONS), chance.choice(before).ref) if before and chance.random() < 0.2 else None
    return an_event(
        ref,
        kind=kind,
        status=chance.choice(_STATUSES),
        bodies=tuple(chance.sample(sorted(LEVELS), chance.choice((0, 1, 1, 2)))),
        mode=chance.choice(tuple(Attendance)),
        bookings=tuple(_bookings(chance)),
        when=When(Mode.DATED, tuple(replace(window, part=part) for part, window in enumerate(windows, 1))),
        links=(link,) if link is not None else (),
        blocks=chance.choice((None, None, None, None, True, False)),
    )


def _bookings(chance: random.Random) -> list[Booking]:
    parties = chance.sample(["AM", "BY", "RU", MEMBERS, OFFICIAL], chance.choice((1, 2, 3)))
    forces = chance.sample(sorted(FORCES), chance.choice((0, 1, 1, 2)))
    places = chance.sample(sorted(PLACES), chance.choice((0, 1)))
    levels = ("", "", "", "experts")
    return [
        *(Booking(BookingSort.PARTY, code, chance.choice(levels), chance.choice(_ROLES)) for code in parties),
        *(Booking(BookingSort.FORCE, code) for code in forces),
        *(Booking(BookingSort.PLACE, code) for code in places),
    ]


def _window(chance: random.Random, starts: date) -> Window:
    first = starts + timedelta(days=chance.randrange(10))
    zone = chance.choice(_ZONES)
    if chance.random() < 0.3:
        last = first + timedelta(days=chance.choice((0, 0, 0, 1, 3)))
        at = time(chance.choice((0, 8, 9, 14, 23)), chance.choice((0, 30)))
        return Window(first, last, zone, Precision.TIME, at=at, length=chance.choice((None, 60, 180, 1500)))
    period = chance.randint(1, 9)
    length = chance.choice((period, period, period, None, 1, min(2, period)))
    return Window(first, first + timedelta(days=period - 1), zone, Precision.DAY, length=length)
