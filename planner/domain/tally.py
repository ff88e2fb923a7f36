"""How often people, forces and places are claimed twice at once: counted pair by pair, and no pair ever made.

A check of tens of thousands of events that change at once would take minutes, and nobody reads what it finds. This
count takes O(n log n), however many pairs there are.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from planner.domain.board import Board
from planner.domain.clash import stretch
from planner.domain.event import BookingSort, Event

Stretch = tuple[int, int]


def double_bookings(board: Board, events: Iterable[Event]) -> int:
    """How many times two of these events, on fixed days, claim one delegation, official, force or hall at once.

    Events of one family are one. A pair that shares two things counts twice. Days are compared as they are written,
    whatever their zones.
    """
    claimed: dict[Hashable, list[Stretch]] = defaultdict(list)
    in_family: dict[Hashable, list[Stretch]] = defaultdict(list)
    for event in events:
        if not board.stands(event):
            continue
        windows = [stretch(window) for window in event.when.windows if window.is_fixed]
        root = board.root(event)
        for resource in _claims(board, event) if windows else ():
            claimed[resource] += windows
            in_family[root.programme, root.ref, resource] += windows
    return sum(map(_meeting, claimed.values())) - sum(map(_meeting, in_family.values()))


def _claims(board: Board, event: Event) -> Iterator[Hashable]:
    register = board.register(event)
    if board.occupies(event):
        yield from board.delegations(event)
        yield from board.officials(event)
        for booking in event.booked(BookingSort.FORCE):
            force = register.force(booking.code)
            if force is not None and not force.general:
                yield "force", booking.code
    for booking in event.booked(BookingSort.PLACE):
        place = register.place(booking.code)
        if place is not None and place.capacity == 1:
            yield "place", booking.code


def _meeting(stretches: list[Stretch]) -> int:
    """How many pairs of these meet: of those that start before the end of one, all that do not come before it."""
    if len(stretches) < 2:
        return 0
    stretches.sort()
    starts = [start for start, _ in stretches]
    return sum(bisect_left(starts, end, at + 1) - at - 1 for at, (_, end) in enumerate(stretches))
