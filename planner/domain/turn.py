"""What became of an event between two states of the plan: those changes that people must be told about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.change import Revision
from planner.domain.event import BookingSort, Event, Status
from planner.domain.feed import Level
from planner.domain.register import Register


class Turn(StrEnum):
    """What became of an event, the most telling first."""

    NEW = "new"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    REINSTATED = "reinstated"
    MOVED = "moved"
    PLACE = "place"
    MODE = "mode"
    STATUS = "status"
    TITLE = "title"
    PARTIES = "participants"


@dataclass(frozen=True, slots=True)
class Turned:
    """An event whose readers must know of a change, before and after it, and what turned. One of both is always there.

    `revision` wrote the last of it; `reason` is that revision's, '' where it also speaks of what they may not see.
    """

    before: Event | None
    after: Event | None
    turns: tuple[Turn, ...]
    revision: Revision | None = None
    reason: str = ""

    @property
    def event(self) -> Event:
        event = self.after or self.before
        assert event is not None
        return event


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states of a programme as one level sees them, by ref, and the revisions they are of."""

    register: Register
    level: Level
    party: str
    since: int
    revision: int
    turned: tuple[Turned, ...]


_FACETS: tuple[tuple[Turn, Callable[[Event], object]], ...] = (
    (Turn.MOVED, lambda event: (event.when.mode, event.when.windows)),
    (Turn.PLACE, lambda event: event.booked(BookingSort.PLACE)),
    (Turn.MODE, lambda event: event.mode),
    (Turn.STATUS, lambda event: event.status),
    (Turn.TITLE, lambda event: event.titles),
    (Turn.PARTIES, lambda event: (event.host, event.booked(BookingSort.PARTY))),
)
_GONE: Mapping[Status, Turn] = {Status.CANCELLED: Turn.CANCELLED, Status.POSTPONED: Turn.POSTPONED}


def turns_of(before: Event | None, after: Event | None) -> tuple[Turn, ...]:
    """What turned between two states of an event; () when it is nothing that people must be told."""
    if before is None:
        return (Turn.NEW,)
    if after is None:
        return (Turn.WITHDRAWN,)
    found = [turn for turn, facet in _FACETS if facet(before) != facet(after)]
    if is_held(before, after):
        found.remove(Turn.STATUS)  # that it took place as planned is no change of the plan
    elif Turn.STATUS in found:
        found[found.index(Turn.STATUS)] = _status_turn(before, after)
    if Turn.POSTPONED in found and Turn.MOVED in found and not after.when.windows:
        found.remove(Turn.MOVED)  # that is what postponing means
    order = list(Turn)
    return tuple(sorted(found, key=order.index))


def is_held(before: Event, after: Event) -> bool:
    """True when all that came of it is that it took place as planned."""
    return after.status is Status.HELD and before.status not in {Status.HELD, *_GONE}


def _status_turn(before: Event, after: Event) -> Turn:
    if after.status in _GONE:
        return _GONE[after.status]
    return Turn.REINSTATED if before.status in _GONE else Turn.STATUS
