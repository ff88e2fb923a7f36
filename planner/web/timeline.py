"""The small timeline of a conflict: the events around its days, in units of its picture (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.finding import Finding
from planner.domain.window import Window
from planner.web.lettering import text_width
from planner.web.year import theme_of
from planner.wording.months import month_name

WIDTH, LANE, BAR, AXIS = 400.0, 30.0, 24.0, 22.0
LABEL_SIZE, INSET, LEAST_BAR = 12.0, 8.0, 5.0
AROUND, LEAST_DAYS, MOST_DAYS = 3, 11, 190
"""Days shown on either side, the fewest in all, and the most: what lasts longer is cut."""
DAYS_NAMED, WEEKS_NAMED, WEEKS_SHADED = 18, 62, 93
"""Up to so many days each day is named, up to so many each Monday, beyond that each month."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One bar with the reference of its event, in it where it fits, else beside it."""

    x: float
    y: float
    width: float
    theme: str
    ref: str
    text_x: float
    side: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days around a finding: bars, free days, where the events meet (x, width), and days by name."""

    height: float
    strips: tuple[Strip, ...]
    free: tuple[tuple[float, float], ...]
    meeting: tuple[float, float]
    names: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class _Days:
    first: date
    last: date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def unit(self) -> float:
        return WIDTH / self.count

    def each(self) -> Iterable[date]:
        return (self.first + timedelta(days=n) for n in range(self.count))

    def place(self, first: date, last: date) -> tuple[float, float]:
        """Where these days begin, and how wide they are, as much of them as is shown."""
        begins = min(max((first - self.first).days, 0), self.count) * self.unit
        ends = min(max((last - self.first).days + 1, 0), self.count) * self.unit
        return round(begins, 1), round(ends - begins, 1)


def timeline(events: Iterable[Event], finding: Finding, board: Board, language: str) -> Timeline | None:
    """The events of a finding, one lane each, in their order; None when none of them has a day."""
    drawn = [event for event in events if event.when.windows]
    if not drawn:
        return None
    days = _days([window for event in drawn for window in event.when.windows], finding)
    strips = tuple(
        _strip(event, window, lane, days, board)
        for lane, event in enumerate(drawn)
        for window in event.when.windows
        if window.first <= days.last and window.last >= days.first
    )
    free = tuple(days.place(day, day) for day in days.each() if day.weekday() > 4 and days.count <= WEEKS_SHADED)
    meeting = days.place(finding.span.first, finding.span.last)
    return Timeline(len(drawn) * LANE + AXIS, strips, free, meeting, tuple(_names(days, language)))


def _days(windows: list[Window], finding: Finding) -> _Days:
    """The days to be shown: all of the windows and some around them, near the finding when they are too many."""
    first = max(min(w.first for w in windows), finding.span.first - timedelta(days=MOST_DAYS // 2))
    last = min(max(w.last for w in windows), first + timedelta(days=MOST_DAYS))
    lacking = LEAST_DAYS - ((last - first).days + 1 + 2 * AROUND)
    around = AROUND + max(0, (lacking + 1) // 2)
    return _Days(first - timedelta(days=around), last + timedelta(days=around))


def _strip(event: Event, window: Window, lane: int, days: _Days, board: Board) -> Strip:
    x, width = days.place(window.first, window.last)
    width = max(width, LEAST_BAR)
    wide = text_width(event.ref, LABEL_SIZE)
    if wide + 2 * INSET <= width:
        side, text_x = "inside", x + INSET
    elif x + width + INSET + wide <= WIDTH:
        side, text_x = "right", x + width + INSET
    else:
        side, text_x = "left", x - INSET
    theme = theme_of(board, event)
    y = lane * LANE + (LANE - BAR) / 2
    return Strip(x, y, width, theme, event.ref, round(text_x, 1), side, not window.is_fixed)


def _names(days: _Days, language: str) -> Iterable[tuple[float, str]]:
    """Days, Mondays or months by name, each at the middle of its day."""
    for day in days.each():
        x, width = days.place(day, day)
        if days.count <= DAYS_NAMED or (days.count <= WEEKS_NAMED and day.weekday() == 0):
            yield round(x + width / 2, 1), str(day.day)
        elif days.count > WEEKS_NAMED and day.day == 15:
            yield x, month_name(day.month, language)[:3]
