"""How long people travel from one event to another, door to door."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from planner.domain.board import Board
from planner.domain.entries import Place
from planner.domain.event import BookingSort, Event
from planner.domain.register import Register
from planner.domain.zone import with_places_around

_EARTH_KM = 6371

CLASSES: tuple[tuple[int, int], ...] = ((20, 0), (150, 3), (1000, 6), (3500, 9), (7000, 14))
"""Up to so many kilometres as the crow flies it takes so many hours: the same town, by road, by air with transfers."""

FARTHEST_HOURS = 20
SAME_DAY_HOURS = 3
"""So short a journey is made on the day; only a longer one asks for a rest."""


@dataclass(frozen=True, slots=True)
class Journey:
    """From one place to another: codes, and hours door to door."""

    start: str
    end: str
    hours: int


def journey(board: Board, one: Event, other: Event) -> Journey | None:
    """The way between two events in person; None when nobody knows where one of them takes place.

    Hours said of a pair of places (or of the places around them) go before the class of their distance.
    """
    here, there = _places(board, one), _places(board, other)
    if not here or not there:
        return None
    hours = _said(here, there)
    if hours is None:
        distance = _distance(here, there)
        hours = None if distance is None else hours_for(distance)
    return None if hours is None else Journey(here[0].code, there[0].code, hours)


def hours_for(kilometres: float) -> int:
    """The hours of the class of that distance."""
    return next((hours for most, hours in CLASSES if kilometres <= most), FARTHEST_HOURS)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great circle between two points in degrees of latitude and longitude."""
    (a, b), (c, d) = ((radians(x), radians(y)) for x, y in (one, other))
    haversine = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(haversine))


def longest_hours(board: Board) -> int:
    """The longest journey anybody may have."""
    said = (hours for register in board.registers for place in register.places for _, hours in place.travel)
    return max([FARTHEST_HOURS, *said])


def _places(board: Board, event: Event) -> tuple[Place, ...]:
    """Its main place and those around it, from the inside out; else its host's capital."""
    register = board.register(event)
    for booking in event.booked(BookingSort.PLACE):
        around = with_places_around(booking.code, register)
        if around:
            return around
    return _capital(event.host, register)


def _capital(host: str, register: Register) -> tuple[Place, ...]:
    party = register.party(host)
    names = register.names("place")
    codes = (names.find(text) for _, text in party.capital) if party is not None else ()
    code = next((code for code in codes if code), "")
    return with_places_around(code, register)


def _said(here: tuple[Place, ...], there: tuple[Place, ...]) -> int | None:
    if here[0].code == there[0].code:
        return 0
    for one in here:
        for other in there:
            hours = dict(one.travel).get(other.code, dict(other.travel).get(one.code))
            if hours is not None:
                return hours
    return None


def _distance(here: tuple[Place, ...], there: tuple[Place, ...]) -> float | None:
    points = _point(here), _point(there)
    return None if points[0] is None or points[1] is None else kilometres(points[0], points[1])


def _point(places: tuple[Place, ...]) -> tuple[float, float] | None:
    """The coordinates of the innermost place that has them."""
    for place in places:
        if place.latitude is not None and place.longitude is not None:
            return place.latitude, place.longitude
    return None
