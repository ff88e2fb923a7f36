"""How two events that never meet may lie too near to one another, and in which of their placements."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.finding import Certainty, Placements, Span
from planner.domain.meeting import (
    Meeting,
    Usual,
    begins_before,
    instants,
    last_start_of,
    length_of,
    meet,
    occupied,
    starts_of,
)
from planner.domain.window import Window


@dataclass(frozen=True, slots=True)
class Placed:
    """A window put on a start day, of so many days (or minutes, with a clock time)."""

    window: Window
    start: date
    length: int

    @property
    def days(self) -> tuple[date, date]:
        """Its first and last local day."""
        return occupied(self.window, self.start, self.length)


IsTooNear = Callable[[Placed, Placed], bool]
"""Judges an earlier and a later placement; the farther they lie apart the less it may be true."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """The earlier and the later event, how surely they lie too near, and their nearest placements."""

    earlier: Event
    later: Event
    meeting: Meeting
    nearest: tuple[Placed, Placed]


def too_near(board: Board, one: Event, other: Event, is_too_near: IsTooNear) -> Nearness | None:
    """How near the two may come over all their sittings, the surest first; None when they may meet or never are near.

    Events that may meet are another matter. Certain is judged with the least lengths, possible with the usual ones.
    """
    usual = {id(one): board.usual(one), id(other): board.usual(other)}
    pairs = [(a, b) for a in one.when.windows for b in other.when.windows]
    if any(meet(a, b, usual[id(one)], usual[id(other)]) is not None for a, b in pairs):
        return None
    found = []
    for a, b in pairs:
        first, second = (one, other) if begins_before(a, b) else (other, one)
        earlier, later = (a, b) if first is one else (b, a)
        near = _near(earlier, later, usual[id(first)], usual[id(second)], is_too_near)
        if near is not None:
            found.append(Nearness(first, second, *near))
    return min(found, key=_sureness, default=None)


def _sureness(near: Nearness) -> tuple[bool, float, date]:
    placements = near.meeting.placements
    is_possible = near.meeting.certainty is Certainty.POSSIBLE
    return is_possible, -placements.clash / placements.of, near.meeting.span.first


def _near(
    earlier: Window, later: Window, usual: Usual, later_usual: Usual, is_too_near: IsTooNear
) -> tuple[Meeting, tuple[Placed, Placed]] | None:
    length, later_length = length_of(earlier, usual), length_of(later, later_usual)
    nearest = Placed(earlier, last_start_of(earlier, length), length), Placed(later, later.first, later_length)
    if not _is_in_order(*nearest) or not is_too_near(*nearest):
        return None
    ends = [Placed(earlier, day, length) for day in starts_of(earlier, length)]
    begins = [Placed(later, day, later_length) for day in starts_of(later, later_length)]
    clashes = _clashes(ends, begins, is_too_near)
    span = Span(min(end.days[1] for end, _ in clashes), max(begin.start for _, begin in clashes))
    certainty = Certainty.CERTAIN if _is_certain(earlier, later, is_too_near) else Certainty.POSSIBLE
    return Meeting(certainty, span, _placements(ends, begins, clashes)), nearest


def _is_in_order(end: Placed, begin: Placed) -> bool:
    """False for open windows with clock times that never meet and yet may take place in either order."""
    if end.window.at is None or begin.window.at is None:
        return True
    starts = (instants(each.window, each.start, each.length, each.window.zone)[0] for each in (end, begin))
    return next(starts) < next(starts)


def _clashes(ends: list[Placed], begins: list[Placed], is_too_near: IsTooNear) -> list[tuple[Placed, Placed]]:
    """Every pair of placements that is too near: those around the gap, for nearness fades with it."""
    found = []
    for end in reversed(ends):
        if not is_too_near(end, begins[0]):
            break
        for begin in begins:
            if not is_too_near(end, begin):
                break
            found.append((end, begin))
    return found


def _is_certain(earlier: Window, later: Window, is_too_near: IsTooNear) -> bool:
    """True when even the placements farthest apart, each of its least length, are too near."""
    least, later_least = earlier.length or 1, later.length or 1
    first = Placed(earlier, earlier.first, least)
    last = Placed(later, last_start_of(later, later_least), later_least)
    return is_too_near(first, last)


def _placements(ends: list[Placed], begins: list[Placed], clashes: list[tuple[Placed, Placed]]) -> Placements:
    clear: tuple[date, ...] = ()
    if len(begins) == 1:
        clashing = {end.start for end, _ in clashes}
        clear = tuple(end.start for end in ends if end.start not in clashing)
    elif len(ends) == 1:
        clashing = {begin.start for _, begin in clashes}
        clear = tuple(begin.start for begin in begins if begin.start not in clashing)
    return Placements(len(clashes), len(ends) * len(begins), clear)
