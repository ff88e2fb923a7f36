"""How two windows meet: certainly, possibly, or not at all.

Three sentences (model, *Whole days across zones*): two whole-day windows meet when their local dates meet, whatever
the zones; two clock times are compared as instants; a whole day meets a clock time in the zone of the whole day.
*Possible* is judged with the assumed length, *certain* with the least: one day, one minute.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from planner.domain.finding import Certainty, Placements, Span
from planner.domain.window import Window, local_end


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
    if one.at is None and other.at is None:
        return _meet_in_whole_days(one, lengths[0], other, lengths[1])
    if one.at is not None and other.at is not None and one.is_fixed and other.is_fixed and one.length and other.length:
        return _meet_at_fixed_times(one, other)
    return _meet_by_the_clock(one, lengths[0], other, lengths[1])


def _meet_at_fixed_times(one: Window, other: Window) -> Meeting | None:
    """The same for two stated clock times, which have one placement each: most pairs of meetings are such."""
    starts, ends, *ours = _fixed_time(one)
    other_starts, other_ends, *theirs = _fixed_time(other)
    if ends <= other_starts or other_ends <= starts:
        return None
    first, last = max(ours[0], theirs[0]), min(ours[1], theirs[1])
    return Meeting(Certainty.CERTAIN, Span(min(first, last), max(first, last)), _ONE_OF_ONE)


_ONE_OF_ONE = Placements(1, 1)


@lru_cache(maxsize=1 << 17)
def _fixed_time(window: Window) -> tuple[datetime, datetime, date, date]:
    """Start and end in UTC, first and last local day; each window is asked about once for every pair it is in."""
    assert window.length is not None
    begins, ends = instants(window, window.first, window.length, window.zone)
    return begins, ends, *occupied(window, window.first, window.length)


# An open window with a clock time has many placements, and checks of what is only tried ask for the same ones again.
@lru_cache(maxsize=1 << 12)
def _meet_by_the_clock(one: Window, length: int, other: Window, other_length: int) -> Meeting | None:
    lengths = length, other_length
    starts, other_starts = starts_of(one, lengths[0]), starts_of(other, lengths[1])
    runs = _runs(one, starts, lengths[0], other, other_starts, lengths[1])
    if not runs:
        return None
    span = _span(one, other, lengths, runs)
    return Meeting(_certainty(one, other), span, _placements(starts, other_starts, runs))


def _meet_in_whole_days(one: Window, length: int, other: Window, other_length: int) -> Meeting | None:
    """The same without trying placements, in day numbers: most pairs are of whole days, and some of whole years."""
    first, last = one.first.toordinal(), one.last.toordinal() - length + 1
    other_first, other_last = other.first.toordinal(), other.last.toordinal() - other_length + 1
    if first > other_last + other_length - 1 or other_first > last + length - 1:
        return None
    span = Span(
        date.fromordinal(max(first, other_first)),
        date.fromordinal(min(last + length, other_last + other_length) - 1),
    )
    starts, others = range(first, last + 1), range(other_first, other_last + 1)
    clash = _no_later(starts, others, length - 1) - _no_later(starts, others, -other_length)
    clear: Iterable[int] = ()
    if len(others) == 1:
        clear = (day for day in starts if not other_first - length < day < other_first + other_length)
    elif len(starts) == 1:
        clear = (day for day in others if not first - other_length < day < first + length)
    of = len(starts) * len(others)
    return Meeting(_certainty(one, other), span, Placements(clash, of, tuple(map(date.fromordinal, clear))))


def _no_later(starts: range, others: range, days: int) -> int:
    """How many pairs of starts there are in which the other comes at most so many days after the one."""
    count = len(others)
    from_here = starts[0] + days - others[0] + 1  # so many others are early enough for the first of the starts

    def up_to(number: int) -> int:
        """The sum of 0, 1, 2 … over so many starts, none more than the others there are."""
        rising = min(max(number, 0), count + 1)
        return rising * (rising - 1) // 2 + max(number - count - 1, 0) * count

    return up_to(from_here + len(starts)) - up_to(from_here)


Run = tuple[date, date, date]
"""A start day of one window, and a stretch of start days of the other that clash with it, first and last."""


def _runs(
    one: Window, starts: list[date], length: int, other: Window, others: list[date], other_length: int
) -> list[Run]:
    """Every start day of the one with the start days of the other that clash with it."""
    if one.at is None:
        taken = ((each, *local_days(other, each, other_length, one.zone)) for each in others)
        before = timedelta(days=length)
        return [(day, each, each) for each, first, last in taken for day in starts if first - before < day <= last]
    if other.at is None:
        return [(day, each, each) for each, day, _ in _runs(other, others, other_length, one, starts, length)]
    return [
        (day, each, each) for day in starts for each in others if _overlap(one, day, length, other, each, other_length)
    ]


def local_days(window: Window, start: date, minutes: int, zone: str) -> tuple[date, date]:
    """First and last day in that zone of a window with a clock time, placed on that day of its own zone."""
    begins, ends = instants(window, start, minutes, window.zone)
    local = ZoneInfo(zone)
    return begins.astimezone(local).date(), (ends - timedelta(microseconds=1)).astimezone(local).date()


def starts_of(window: Window, length: int) -> list[date]:
    """Every day on which it can start."""
    days = length if window.at is None else 1
    return [window.first + timedelta(days=n) for n in range(window.period_days - days + 1)]


def last_start_of(window: Window, length: int) -> date:
    """The last of these days."""
    return window.last - timedelta(days=length - 1) if window.at is None else window.last


def _certainty(one: Window, other: Window) -> Certainty:
    """Certain when every placement meets, each with its least length."""
    least = one.length or 1, other.length or 1
    if one.at is None and other.at is None:
        farthest = one.last - timedelta(days=least[0] - 1), other.last - timedelta(days=least[1] - 1)
        meets = farthest[0] < other.first + timedelta(days=least[1]) and farthest[1] < one.first + timedelta(
            days=least[0]
        )
        return Certainty.CERTAIN if meets else Certainty.POSSIBLE
    ends = [_ends_of(starts_of(window, length)) for window, length in ((one, least[0]), (other, least[1]))]
    # The placements that lie farthest apart decide: if those meet, all between them do.
    meets = all(_overlap(one, a, least[0], other, b, least[1]) for a in ends[0] for b in ends[1])
    return Certainty.CERTAIN if meets else Certainty.POSSIBLE


def _ends_of(starts: list[date]) -> tuple[date, date]:
    return starts[0], starts[-1]


def _overlap(one: Window, start: date, length: int, other: Window, other_start: date, other_length: int) -> bool:
    """True when the two meet, placed on these start days. Ends are excluded: touching is not meeting."""
    if one.at is not None and other.at is not None:
        zones = one.zone, other.zone
    else:
        zone = one.zone if one.at is None else other.zone
        zones = (zone if one.at is None else one.zone), (zone if other.at is None else other.zone)
    a, b = instants(one, start, length, zones[0]), instants(other, other_start, other_length, zones[1])
    return a[0] < b[1] and b[0] < a[1]


def begins_before(one: Window, other: Window) -> bool:
    """True when the earliest start of the one is before that of the other, by the same three sentences."""
    if one.at is None and other.at is None:
        return one.first < other.first
    zone = one.zone if one.at is None else other.zone
    zones = (one.zone, other.zone) if one.at is not None and other.at is not None else (zone, zone)
    return instants(one, one.first, 1, zones[0])[0] < instants(other, other.first, 1, zones[1])[0]


def instants(window: Window, start: date, length: int, zone: str) -> tuple[datetime, datetime]:
    """Start and end (excluded) in UTC of a window placed on that day; whole days run from midnight to midnight."""
    if window.at is None:
        return _utc(start, time(), zone), _utc(start + timedelta(days=length), time(), zone)
    begins = _utc(start, window.at, zone)
    return begins, begins + timedelta(minutes=length)


@lru_cache(maxsize=1 << 16)
def _utc(day: date, at: time, zone: str) -> datetime:
    """That wall time as an instant; the same ones are asked for again and again."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def occupied(window: Window, start: date, length: int) -> tuple[date, date]:
    """First and last local day of a window placed on that day."""
    if window.at is None:
        return start, start + timedelta(days=length - 1)
    return start, (local_end(window, length, start) - timedelta(microseconds=1)).date()


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
