"""How two windows meet: certainly, possibly, or not at all.

Three sentences (model, *Whole days across zones*): two whole-day windows meet when their local dates meet, whatever
the zones; two clock times are compared as instants; a whole day meets a clock time in the zone of the whole day.
*Possible* is judged with the assumed length, *certain* with the least: one day, one minute.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.domain.finding import Certainty, Placements, Span
from planner.domain.window import Window


@dataclass(frozen=True, slots=True)
class Usual:
    """What a kind of event usually takes, assumed where a window does not say."""

    days: int = 1
    minutes: int = 180


@dataclass(frozen=True, slots=True)
class Meeting:
    """That two windows meet: how certainly, in which placements, and on which local days of the first."""

    certainty: Certainty
    span: Span
    placements: Placements


def length_of(window: Window, usual: Usual) -> int:
    """Days of a whole-day window, or minutes of one with a clock time: as stated, else the usual, cut to the period."""
    if window.length is not None:
        return window.length
    return usual.minutes if window.at is not None else min(usual.days, window.period_days)


def meet(one: Window, other: Window, usual: Usual, other_usual: Usual) -> Meeting | None:
    """How the two windows meet, or None when no placement of one meets any of the other.

    Placements count the start days that clash: of the open window when the other is fixed, else pairs of them. Clear
    days are given in the first case only.
    """
    lengths = length_of(one, usual), length_of(other, other_usual)
    starts, other_starts = _starts(one, lengths[0]), _starts(other, lengths[1])
    runs = _runs(one, starts, lengths[0], other, other_starts, lengths[1])
    if not runs:
        return None
    span = _span(one, other, lengths, runs)
    return Meeting(_certainty(one, other), span, _placements(starts, other_starts, runs))


Run = tuple[date, date, date]
"""A start day of one window, and a stretch of start days of the other that clash with it, first and last."""


def _runs(
    one: Window, starts: list[date], length: int, other: Window, others: list[date], other_length: int
) -> list[Run]:
    """Every start day of the one with the start days of the other that clash with it."""
    if one.at is None and other.at is None:
        before, after = timedelta(days=other_length - 1), timedelta(days=length - 1)
        found = ((day, max(others[0], day - before), min(others[-1], day + after)) for day in starts)
        return [run for run in found if run[1] <= run[2]]
    return [
        (day, each, each) for day in starts for each in others if _overlap(one, day, length, other, each, other_length)
    ]


def _starts(window: Window, length: int) -> list[date]:
    """Every day on which it can start."""
    days = length if window.at is None else 1
    return [window.first + timedelta(days=n) for n in range(window.period_days - days + 1)]


def _certainty(one: Window, other: Window) -> Certainty:
    """Certain when every placement meets, each with its least length."""
    least = one.length or 1, other.length or 1
    ends = [_ends_of(_starts(window, length)) for window, length in ((one, least[0]), (other, least[1]))]
    # The placements that lie farthest apart decide: if those meet, all between them do.
    meets = all(_overlap(one, a, least[0], other, b, least[1]) for a in ends[0] for b in ends[1])
    return Certainty.CERTAIN if meets else Certainty.POSSIBLE


def _ends_of(starts: list[date]) -> tuple[date, date]:
    return starts[0], starts[-1]


def _overlap(one: Window, start: date, length: int, other: Window, other_start: date, other_length: int) -> bool:
    """True when the two meet, placed on these start days. Ends are excluded: touching is not meeting."""
    if one.at is None and other.at is None:
        return start < other_start + timedelta(days=other_length) and other_start < start + timedelta(days=length)
    if one.at is not None and other.at is not None:
        zones = one.zone, other.zone
    else:
        zone = one.zone if one.at is None else other.zone
        zones = (zone if one.at is None else one.zone), (zone if other.at is None else other.zone)
    a, b = _instants(one, start, length, zones[0]), _instants(other, other_start, other_length, zones[1])
    return a[0] < b[1] and b[0] < a[1]


def _instants(window: Window, start: date, length: int, zone: str) -> tuple[datetime, datetime]:
    """Start and end (excluded) in UTC of a window placed on that day; whole days run from midnight to midnight."""
    local = ZoneInfo(zone)
    if window.at is None:
        first = datetime(start.year, start.month, start.day, tzinfo=local)
        after = start + timedelta(days=length)
        return first.astimezone(UTC), datetime(after.year, after.month, after.day, tzinfo=local).astimezone(UTC)
    begins = datetime.combine(start, window.at, local).astimezone(UTC)
    return begins, begins + timedelta(minutes=length)


def occupied(window: Window, start: date, length: int) -> tuple[date, date]:
    """First and last local day of a window placed on that day."""
    if window.at is None:
        return start, start + timedelta(days=length - 1)
    begins = datetime.combine(start, window.at)
    return start, (begins + timedelta(minutes=length, microseconds=-1)).date()


def _span(one: Window, other: Window, lengths: tuple[int, int], runs: list[Run]) -> Span:
    """From the first to the last local day on which any clashing placement meets."""
    firsts, lasts = [], []
    for start, first_other, last_other in runs:
        ours = occupied(one, start, lengths[0])
        first = max(ours[0], occupied(other, first_other, lengths[1])[0])
        last = min(ours[1], occupied(other, last_other, lengths[1])[1])
        firsts.append(min(first, last))
        lasts.append(max(first, last))
    return Span(min(firsts), max(lasts))


def _placements(starts: list[date], others: list[date], runs: list[Run]) -> Placements:
    pairs = sum((last - first).days + 1 for _, first, last in runs)
    clear: tuple[date, ...] = ()
    if len(others) == 1:
        clashing = {day for day, _, _ in runs}
        clear = tuple(day for day in starts if day not in clashing)
    elif len(starts) == 1:
        clear = tuple(day for day in others if not any(first <= day <= last for _, first, last in runs))
    return Placements(pairs, len(starts) * len(others), clear)
