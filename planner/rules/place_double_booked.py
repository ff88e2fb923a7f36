"""C02: a place booked twice. Only places with a capacity of 1 (ranges, halls); a city or a head office never.

A place and one that lies in it clash; two that lie in the same place do not.
"""

from collections.abc import Iterator

from planner.domain.board import Board
from planner.domain.clash import Resource, clashes
from planner.domain.crowding import crowds
from planner.domain.event import BookingSort, Event
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.parameter import Parameters
from planner.domain.zone import with_places_around
from planner.rules.rule import Rule, at_once, joint, pair


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Pairs of events that book the same range or hall at the same time."""

    def places(event: Event) -> Iterator[Resource]:
        if not board.applies("C02", event):
            return
        for booking in event.booked(BookingSort.PLACE):
            around = with_places_around(booking.code, board.register(event))
            yield from (Resource(place.code, booking.code) for place in around if place.capacity == 1)

    met = list(clashes(board, places))
    for clash in met:
        severity = Severity.ERROR if clash.meeting.certainty is Certainty.CERTAIN else Severity.WARNING
        yield pair("C02", board, clash, severity)
    for crowd in crowds(board, places, met):
        yield joint("C02", board, crowd, Severity.ERROR)


RULE = Rule("C02", "a place booked twice", find, reach=at_once)
