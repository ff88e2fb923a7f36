"""Whether a feed's selection takes in an event."""

from collections.abc import Iterator

from planner.domain.board import Board
from planner.domain.event import BookingSort, Event
from planner.domain.feed import Selection
from planner.domain.register import Register
from planner.domain.zone import with_places_around


def selects(selection: Selection, event: Event, board: Board) -> bool:
    """True when the event fits each field of the selection that says anything, in at least one of its values."""
    register, family = board.register(event), board.family(event)
    said: tuple[tuple[tuple[str, ...], set[str]], ...] = (
        (selection.kinds, {event.kind}),
        (selection.families, set() if family is None else {family}),
        (selection.bodies, set(event.bodies)),
        (selection.states, set(board.invited(event))),
        (selection.forces, set(_forces(event, register))),
        (selection.places, set(_places(event, register))),
        (selection.priorities, set(event.priorities)),
        (selection.statuses, {event.status}),
    )
    return all(not wanted or not its.isdisjoint(wanted) for wanted, its in said)


def _forces(event: Event, register: Register) -> Iterator[str]:
    """The forces it books and those they belong to; a tree with a circle in it ends where it would repeat."""
    for booking in event.booked(BookingSort.FORCE):
        seen: list[str] = []
        force = register.force(booking.code)
        while force is not None and force.code not in seen:
            seen.append(force.code)
            force = register.force(force.within)
        yield from seen


def _places(event: Event, register: Register) -> Iterator[str]:
    for booking in event.booked(BookingSort.PLACE):
        yield from (place.code for place in with_places_around(booking.code, register))
