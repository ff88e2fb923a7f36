"""Events that are over and still stand as planned: somebody must say whether they were held."""

from collections.abc import Iterable
from datetime import date

from planner.domain.board import Board
from planner.domain.event import Event, Status

OPEN = frozenset({Status.DRAFT, Status.PROPOSED, Status.APPROVED, Status.CONFIRMED})


def unsettled(board: Board) -> tuple[Event, ...]:
    """Our own events whose last day is before the board's day and that are still planned, by that day."""
    found = [
        event
        for event in board.events
        if event.status in OPEN
        and event.when.windows
        and last_day(event) < board.day
        and not (board.is_outside(event) or board.is_superseded(event))
    ]
    return tuple(sorted(found, key=lambda event: (last_day(event), event.programme, event.ref)))


def with_heads(board: Board, events: Iterable[Event]) -> dict[Event, tuple[Event, ...]]:
    """The events by the one of them that speaks for them: an exercise for its phases, if it is among them."""
    listed = tuple(events)
    found: dict[Event, tuple[Event, ...]] = {}
    for event in listed:
        root = board.root(event)
        head = root if root in listed else event
        found[head] = (*found.get(head, ()), *(() if head == event else (event,)))
    return found


def last_day(event: Event) -> date:
    """The last day of its last sitting."""
    return max(window.last for window in event.when.windows)
