"""Exactly when two events with clock times are both under way."""

from dataclasses import dataclass
from datetime import datetime

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.meeting import instants, length_of


@dataclass(frozen=True, slots=True)
class Overlap:
    """From `start` to `end` (excluded), in UTC, and the zones in which the two count their time, sorted."""

    start: datetime
    end: datetime
    zones: tuple[str, ...]


def overlap_of(board: Board, one: Event, other: Event) -> Overlap | None:
    """The first time that fixed sittings of both share, where one has a clock time; None where days say it all.

    A whole day against a clock time is one in its own zone (model, *Whole days across zones*).
    """
    found = [
        Overlap(max(starts), min(ends), tuple(sorted({a.zone, b.zone})))
        for a in one.when.windows
        for b in other.when.windows
        if a.is_fixed and b.is_fixed and not (a.at is None and b.at is None)
        for starts, ends in [
            zip(
                instants(a, a.first, length_of(a, board.usual(one)), a.zone),
                instants(b, b.first, length_of(b, board.usual(other)), b.zone),
                strict=True,
            )
        ]
        if max(starts) < min(ends)
    ]
    return min(found, key=lambda each: each.start, default=None)
