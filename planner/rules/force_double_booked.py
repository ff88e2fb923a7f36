"""C04: a force, or a part of it, needed in two events. A general one is a description and never clashes.

Certain clashes are errors, but for deployments and staff courses, which are warnings: a part of the people is enough.
"""

from collections.abc import Iterable, Iterator

from planner.domain.board import Board
from planner.domain.clash import Resource, clashes
from planner.domain.crowding import crowds
from planner.domain.entries import Family
from planner.domain.event import BookingSort, Event, Relation
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.parameter import Parameters
from planner.rules.rule import Rule, at_once, joint, pair


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Pairs of events that need the same force, or a force and a part of it, at the same time."""

    def forces(event: Event) -> Iterator[Resource]:
        if not (board.applies("C04", event) and board.occupies(event)):
            return
        for booking in event.booked(BookingSort.FORCE):
            for force in board.register(event).with_forces_around(booking.code):
                if not force.general:
                    yield Resource(force.code, booking.code)

    met = list(clashes(board, forces))
    for clash in met:
        is_sure = clash.meeting.certainty is Certainty.CERTAIN
        yield pair("C04", board, clash, _severity(board, (clash.one, clash.other), is_sure))
    for crowd in crowds(board, forces, met):
        yield joint("C04", board, crowd, _severity(board, crowd.events, True))


def _severity(board: Board, events: Iterable[Event], is_sure: bool) -> Severity:
    is_error = is_sure and not any(_is_minor(board, event) for event in events)
    return Severity.ERROR if is_error else Severity.WARNING


def _is_minor(board: Board, event: Event) -> bool:
    is_around = any(link.relation is Relation.AROUND for link in event.links)
    return is_around or board.family(event) is Family.TRAINING


RULE = Rule("C04", "a force, or a part of it, in two events", find, reach=at_once)
