"""Whether one event is over long enough before another begins, in which of their placements."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.finding import Certainty, Placements, Span
from planner.domain.meeting import Usual, length_of, occupied, starts_of
from planner.domain.window import Window


@dataclass(frozen=True, slots=True)
class Lateness:
    """How surely an event ends too late before another, between which days, and the fewest days it leaves."""

    certainty: Certainty
    placements: Placements
    span: Span
    days: int


def lateness(board: Board, event: Event, target: Event, least: int | None) -> Lateness | None:
    """How an event may end less than so many days before the first sitting of another begins; None when it never does.

    Without `least` it must only be over: the day before, or, where both have clock times, by the minute.
    """
    window, first = event.when.windows[-1], target.when.windows[0]
    if least is None and window.at is not None and first.at is not None and window.is_fixed and first.is_fixed:
        least = 0 if _is_over(window, first, board.usual(event)) else 1
    needed = 1 if least is None else least
    starts = starts_of(window, length_of(window, board.usual(event)))
    ends = _ends(window, board.usual(event))
    begins = starts_of(first, length_of(first, board.usual(target)))
    late = {start for start, end in zip(starts, ends, strict=True) if (begins[0] - end).days < needed}
    if not late:
        return None
    bad = sum(_before(begins, end + timedelta(days=needed)) for end in ends)
    is_certain = (starts_of(first, first.length or 1)[-1] - _ends(window, Usual(1, 1))[0]).days < needed
    clear = tuple(day for day in starts if day not in late) if len(begins) == 1 else ()
    return Lateness(
        Certainty.CERTAIN if is_certain else Certainty.POSSIBLE,
        Placements(bad, len(starts) * len(begins), clear),
        Span(min(ends[0], begins[0]), max(ends[-1], begins[-1])),
        (begins[0] - ends[-1]).days,
    )


def in_time(board: Board, event: Event, earliest: date, latest: date) -> Placements:
    """In how many of its placements no sitting of an event ends between these days, and how many it has."""
    usual = board.usual(event)
    sittings = [[earliest <= end <= latest for end in _ends(window, usual)] for window in event.when.windows]
    if any(all(sitting) for sitting in sittings):
        return Placements(0, 1)
    return Placements(sum(not each for sitting in sittings for each in sitting), sum(map(len, sittings)))


def _ends(window: Window, usual: Usual) -> list[date]:
    """The last local day of every placement, in order."""
    length = length_of(window, usual)
    return [occupied(window, start, length)[1] for start in starts_of(window, length)]


def _before(days: list[date], day: date) -> int:
    """How many of these days without a gap lie before that day."""
    return min(max((day - days[0]).days, 0), len(days))


def _is_over(window: Window, other: Window, usual: Usual) -> bool:
    assert window.at is not None
    assert other.at is not None
    end = datetime.combine(window.first, window.at, ZoneInfo(window.zone)).astimezone(UTC)
    end += timedelta(minutes=length_of(window, usual))
    return end <= datetime.combine(other.first, other.at, ZoneInfo(other.zone)).astimezone(UTC)
