"""Pairs of events that claim the same thing at the same time."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.finding import Certainty
from planner.domain.meeting import Meeting, Usual, length_of, meet
from planner.domain.sweep import Claim, overlapping
from planner.domain.window import Window

_DAY = 24 * 60
_HOURS = 14 * 60
"""Minutes. Zones reach from UTC-12 to UTC+14: so far may a local day lie off one in UTC.

The sweep proposes, `meet` decides.
"""


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
    standing = sorted(board.standing(), key=lambda event: (event.programme, event.ref))
    claims: list[Claim] = []
    claimed: list[tuple[int, bool]] = []  # the event of each claim, and whether it books the resource itself
    for place, event in enumerate(standing):
        stretches: tuple[tuple[int, int], ...] = ()
        for resource in claims_of(event):
            stretches = stretches or board.once_for(_stretches, (event,), int(apart.total_seconds() // 60))
            for start, end in stretches:
                claims.append((resource.code, start, end))
                claimed.append((place, resource.is_direct))
    shared: dict[tuple[int, int], list[Hashable]] = {}
    for i, j in overlapping(claims):
        (one, is_direct), (other, is_other_direct) = claimed[i], claimed[j]
        if one != other and (is_direct or is_other_direct):
            shared.setdefault((one, other) if one < other else (other, one), []).append(claims[i][0])
    for (one, other), codes in sorted(shared.items(), key=lambda each: each[0]):
        if not board.are_linked(standing[one], standing[other]):
            yield standing[one], standing[other], tuple(sorted(set(codes), key=str)) if codes[1:] else tuple(codes)


def meeting_of(board: Board, one: Event, other: Event) -> Meeting | None:
    """How two events meet, over all their sittings: the surest meeting, with the span of all that are as sure."""
    return board.once_for(_meeting_of, (one, other))


def _meeting_of(board: Board, one: Event, other: Event) -> Meeting | None:
    usual, other_usual = board.usual(one), board.usual(other)
    found = [
        meeting
        for a in one.when.windows
        for b in other.when.windows
        if (meeting := meet(a, b, usual, other_usual)) is not None
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        return None
    certain = [meeting for meeting in found if meeting.certainty is Certainty.CERTAIN]
    best = max(certain or found, key=lambda meeting: meeting.placements.clash / meeting.placements.of)
    spans = [meeting.span for meeting in certain or [best]]
    return replace(best, span=replace(best.span, first=min(s.first for s in spans), last=max(s.last for s in spans)))


def meeting_from(board: Board, day: date, one: Event, other: Event) -> Meeting | None:
    """The same of what is left on that day: of a window that is open, the starts from then on."""
    return meeting_of(board, _from(board, day, one), _from(board, day, other))


def _from(board: Board, day: date, event: Event) -> Event:
    windows = tuple(_left(window, board.usual(event), day) for window in event.when.windows)
    return event if windows == event.when.windows else replace(event, when=replace(event.when, windows=windows))


def _left(window: Window, usual: Usual, day: date) -> Window:
    if window.is_fixed or not window.first < day <= window.last:
        return window
    days = length_of(window, usual) if window.at is None else 1
    return replace(window, first=min(day, window.last - timedelta(days=days - 1)))


def stretch(window: Window) -> tuple[int, int]:
    """Minutes in which it may lie as it is written, whatever its zone; the end excluded."""
    at, minutes = 0, _DAY
    if window.at is not None:
        at, minutes = window.at.hour * 60 + window.at.minute, (window.length or _DAY)
    return window.first.toordinal() * _DAY + at, window.last.toordinal() * _DAY + at + minutes


def _stretches(board: Board, event: Event, apart: int) -> tuple[tuple[int, int], ...]:
    """Minutes in which each of its sittings may lie, by any zone, and so long after it."""
    written = map(stretch, event.when.windows)
    return tuple((start - _HOURS, end + _HOURS + apart) for start, end in written)
