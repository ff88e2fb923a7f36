"""Pairs of events that claim the same thing at the same time."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.finding import Certainty
from planner.domain.meeting import Meeting, meet
from planner.domain.sweep import overlapping
from planner.domain.window import Window

_HOURS = timedelta(hours=14)
"""Zones reach from UTC-12 to UTC+14: so far may a local day lie off one in UTC. The sweep proposes, `meet` decides."""

_DAY_ZERO = datetime(1970, 1, 1)  # noqa: DTZ001 - a local time, compared only after both ends were widened


@dataclass(frozen=True, slots=True)
class Resource:
    """Something an event claims because it books it, or books a part of it: two parts of one thing do not clash."""

    code: Hashable
    booked: Hashable = None

    @property
    def is_direct(self) -> bool:
        return self.booked is None or self.booked == self.code


@dataclass(frozen=True, slots=True)
class Clash:
    """Two events, the earlier ref first, what they share (sorted), and how they meet."""

    one: Event
    other: Event
    shared: tuple[str, ...]
    meeting: Meeting


def clashes(board: Board, claims_of: Callable[[Event], Iterable[Resource]]) -> Iterator[Clash]:
    """Every pair of unlinked events that claim the same resource at the same time, each once, by refs."""
    for one, other, shared in neighbours(board, claims_of):
        meeting = meeting_of(board, one, other)
        if meeting is not None:
            yield Clash(one, other, tuple(str(code) for code in shared), meeting)


def neighbours(
    board: Board, claims_of: Callable[[Event], Iterable[Resource]], apart: timedelta = timedelta()
) -> Iterator[tuple[Event, Event, tuple[Hashable, ...]]]:
    """Pairs of unlinked events that claim the same resource and may lie less than so long apart, each once, by refs.

    Each pair comes with what it shares, sorted. Zones are not looked at, so some of the pairs lie farther apart.
    """
    claimed = [
        (resource, event, window)
        for event in board.standing()
        for resource in claims_of(event)
        for window in event.when.windows
    ]
    shared: dict[tuple[int, int], set[Hashable]] = defaultdict(set)
    pairs: dict[tuple[int, int], tuple[Event, Event]] = {}
    for i, j in overlapping((resource.code, *_stretch(window, apart)) for resource, _, window in claimed):
        (resource, one, _), (other_resource, other, _) = claimed[i], claimed[j]
        if one is other or not (resource.is_direct or other_resource.is_direct) or board.are_linked(one, other):
            continue
        first, second = sorted((one, other), key=_order)
        key = id(first), id(second)
        pairs[key] = first, second
        shared[key].add(resource.code)
    for key, (one, other) in sorted(pairs.items(), key=lambda each: (_order(each[1][0]), _order(each[1][1]))):
        yield one, other, tuple(sorted(shared[key], key=str))


def _order(event: Event) -> tuple[str, str]:
    return event.programme, event.ref


def meeting_of(board: Board, one: Event, other: Event) -> Meeting | None:
    """How two events meet, over all their sittings: the surest meeting, with the span of all that are as sure."""
    found = [
        meeting
        for a in one.when.windows
        for b in other.when.windows
        if (meeting := meet(a, b, board.usual(one), board.usual(other))) is not None
    ]
    if not found:
        return None
    certain = [meeting for meeting in found if meeting.certainty is Certainty.CERTAIN]
    best = max(certain or found, key=lambda meeting: meeting.placements.clash / meeting.placements.of)
    spans = [meeting.span for meeting in certain or [best]]
    return replace(best, span=replace(best.span, first=min(s.first for s in spans), last=max(s.last for s in spans)))


def _stretch(window: Window, apart: timedelta) -> tuple[int, int]:
    """Minutes in which it may lie, by any zone, and so long after it."""
    start = datetime.combine(window.first, window.at or time()) - _HOURS
    minutes = (window.length or 24 * 60) if window.at is not None else 24 * 60
    end = datetime.combine(window.last, window.at or time()) + timedelta(minutes=minutes) + _HOURS + apart
    return int((start - _DAY_ZERO).total_seconds() // 60), int((end - _DAY_ZERO).total_seconds() // 60)
