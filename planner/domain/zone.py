"""Which zone an event's days are counted in: the place's, else the host's capital's, else the programme's."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from planner.domain.entries import Place
from planner.domain.event import BookingSort, Event
from planner.domain.register import Register


def zone_of(event: Event, register: Register) -> str:
    """The IANA zone of an event (model, *When*)."""
    return zone_at((booking.code for booking in event.booked(BookingSort.PLACE)), event.host, register)


def zone_at(places: Iterable[str], host: str, register: Register) -> str:
    """The IANA zone of the first of these places that has one, else of the host, else of the programme."""
    for code in places:
        zone = zone_of_place(code, register)
        if zone:
            return zone
    party = register.party(host)
    return party.zone if party is not None and party.zone else register.programme.zone


def zone_of_place(code: str, register: Register) -> str:
    """The zone of a place: its own, else of the place around it, else of its state's capital, else ''."""
    for place in with_places_around(code, register):
        if place.zone:
            return place.zone
        party = register.party(place.state)
        if party is not None and party.zone:
            return party.zone
    return ""


def with_places_around(code: str, register: Register) -> tuple[Place, ...]:
    """The place and those it lies in, from the inside out. A tree with a circle in it ends where it would repeat."""
    found: list[Place] = []
    place = register.place(code)
    while place is not None and place not in found:
        found.append(place)
        place = register.place(place.within)
    return tuple(found)


def ends_of(day: date) -> datetime:
    """The instant at which a day is over in UTC, by which days of the history are told."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)
