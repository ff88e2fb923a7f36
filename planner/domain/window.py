"""When: windows of time, fixed and approximate, and how two of them meet.

Whole days are counted `first`..`last`, both included. A window with zero slack is a fixed date, so there is
one type for "12-16 October" and for "some week of October" (decision 5 of the architecture).
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Mode(StrEnum):
    """What the words say: only DATED windows occupy anything."""

    DATED = "dated"
    THROUGHOUT = "throughout"  # "в течение года": a period nobody is busy in; "постоянно" has no windows at all
    DEADLINE = "deadline"  # "до 1 июня": one window, `last` is the day, which is included
    UNDATED = "undated"  # "по отдельному плану", and everything postponed without a new date


class Precision(StrEnum):
    """How exactly the source said it; the finest word that is true of the whole period."""

    TIME = "time"
    DAY = "day"
    ABOUT = "about"  # "on or about 15 May"
    WEEK = "week"
    THIRD = "third"  # a third of a month: декада, "late October"
    HALF_MONTH = "half_month"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Window:
    """A period of local days in which one sitting takes place.

    `length` is as stated: days, or minutes when `at` is given; None when the source does not say. A length that is
    not stated is assumed when judged and never stored. With `at`, the sitting starts at that wall time of some day
    of the period. `part` numbers the sittings of one event from 1 and is never reused.
    """

    first: date
    last: date
    zone: str
    precision: Precision = Precision.DAY
    at: time | None = None
    length: int | None = None
    part: int = 1

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a window ends {self.last} before it starts {self.first}")
        if self.length is not None and self.length < 1:
            raise ValueError(f"a window lasts {self.length}; it must last at least 1")
        if self.at is None and self.length is not None and self.length > self.period_days:
            raise ValueError(f"{self.length} days do not fit into {self.period_days}")

    @property
    def period_days(self) -> int:
        """How many days the period has, both ends counted."""
        return (self.last - self.first).days + 1

    @property
    def is_fixed(self) -> bool:
        """True when there is only one day on which it can start."""
        return self.period_days == 1 if self.at is not None else self.length == self.period_days


@dataclass(frozen=True, slots=True)
class When:
    """When an event takes place: the words of the source and what was read in them.

    Several windows are sittings, every one of which takes place, in order of their days. `former` are the words of
    the date it had before ("первоначально 16 апреля 2020 г."), `former_windows` what was read in those.
    """

    mode: Mode = Mode.UNDATED
    windows: tuple[Window, ...] = ()
    words: str = ""
    former: str = ""
    former_windows: tuple[Window, ...] = ()

    @property
    def is_dated(self) -> bool:
        """True when it stands on the calendar, fixed or approximate."""
        return self.mode is Mode.DATED and bool(self.windows)

    @property
    def is_fixed(self) -> bool:
        """True when every sitting has its day."""
        return self.is_dated and all(window.is_fixed for window in self.windows)


UNDATED = When()
"""The When of an event that stands on no day."""


def whole_days(first: date, last: date, zone: str, *, part: int = 1) -> Window:
    """A fixed window of whole days, both ends included."""
    return Window(first, last, zone, Precision.DAY, length=(last - first).days + 1, part=part)


def local_end(window: Window, minutes: int, day: date | None = None) -> datetime:
    """What the clock shows so many minutes after a window with a clock time has started, on the first day or `day`.

    Minutes are those that pass: where clocks go forward in between, the clock shows an hour more. Without tzinfo.
    """
    assert window.at is not None
    zone = ZoneInfo(window.zone)
    starts = datetime.combine(day or window.first, window.at, zone)
    return (starts.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone).replace(tzinfo=None, fold=0)


def without_date(when: When) -> When:
    """The same with its date as the former one: a postponed event stands on no day until it is given one."""
    if not when.windows:
        return when
    return When(Mode.UNDATED, (), when.words, when.words, when.windows)


def renumbered(when: When, before: When) -> When:
    """The windows with the part numbers they had before, where they stand on the same days: parts are permanent."""
    had = {replace(window, part=1): window.part for window in before.windows}
    if not had or len(when.windows) < 2:
        return when
    taken = set(had.values())
    fresh = iter(number for number in range(1, 1000) if number not in taken)
    windows = tuple(replace(w, part=had.get(replace(w, part=1)) or next(fresh)) for w in when.windows)
    return replace(when, windows=windows)
