"""The year planner as geometry: events in, boxes out (pure; web.md, "The chart").

Every bar has its label: inside where it fits, else to its right, else to its left. Lanes are packed by the wider of bar
and label, so that text never meets text; there are as few of them as that allows. Units are those of the viewBox.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from planner.web.lettering import cut, in_lines, text_width

WIDTH = 1392.0
LANE, BAR, CAPTION, HEADER, LOAD, AXIS = 26.0, 18.0, 28.0, 34.0, 34.0, 24.0
LEAST_BAR = 7.0
LABEL_SIZE, ROW_SIZE = 12.0, 13.0
GAP, INSET, MARK, PAD = 5.0, 6.0, 17.0, 8.0
"""Between bar and label, from a bar's edge to a label in it, room for a mark, and between neighbours in a lane."""
WEEK_NAME = 46.0
"""Room for the name of a week."""
LABEL_COLUMN_MOST = 236.0
LINE = 15.0
"""From one line of a row's name to the next."""


class Side(StrEnum):
    """Where a label stands."""

    INSIDE = "inside"
    RIGHT = "right"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Item:
    """An event to be drawn in a row: its stretches of days (both ends included, in order), and its label.

    `is_marked` asks for room for a mark between bar and label, `is_thin` draws a line instead of a bar.
    """

    key: str
    stretches: tuple[tuple[date, date], ...]
    label: str
    is_marked: bool = False
    is_thin: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the chart; `caption` is shown above the first of the rows that share it."""

    key: str
    label: str
    items: tuple[Item, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float

    @property
    def end(self) -> float:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Placed:
    """An item in its place. `text_x` is where its label starts (`end` of the text for a label on the left)."""

    item: Item
    y: float
    bars: tuple[Bar, ...]
    label: str
    side: Side
    text_x: float
    mark_x: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row in its place; its name in up to three lines, cut where even that does not do."""

    row: Row
    label: tuple[str, ...]
    y: float
    height: float
    items: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole chart: months, the weeks to be named, captions (text, y), and rows, from top to bottom."""

    first: date
    last: date
    width: float
    height: float
    left: float
    top: float
    months: tuple[Month, ...]
    weeks: tuple[tuple[int, float], ...]
    captions: tuple[tuple[str, float], ...]
    rows: tuple[PlacedRow, ...]

    def x(self, day: date) -> float:
        """Where that day begins."""
        return self.left + (day - self.first).days * self.day

    @property
    def day(self) -> float:
        """The width of a day."""
        return (self.width - self.left) / ((self.last - self.first).days + 1)


def draw(rows: Sequence[Row], first: date, last: date, width: float = WIDTH) -> Chart:
    """The chart of these rows over `first`..`last`; rows without anything in that time keep an empty lane."""
    column = max((text_width(row.label, ROW_SIZE) for row in rows), default=0.0)
    left = round(min(column, LABEL_COLUMN_MOST) + 22, 1)
    scale = (width - left) / ((last - first).days + 1)
    top = HEADER + LOAD
    y, caption, captions, placed = top, "", [], []
    for row in rows:
        if row.caption and row.caption != caption:
            caption = row.caption
            captions.append((caption, y + CAPTION - 9))
            y += CAPTION
        items = _place(row.items, first, last, left, scale, width)
        lanes = 1 + max((lane for _, lane in items), default=0)
        moved = tuple(replace(item, y=y + lane * LANE) for item, lane in items)
        label = in_lines(row.label, LABEL_COLUMN_MOST, ROW_SIZE)
        height = max(lanes * LANE, 23.0 + (len(label) - 1) * LINE)
        placed.append(PlacedRow(row, label, y, height, moved))
        y += height
    months = tuple(_months(first, last, left, scale))
    weeks = tuple(_weeks(first, last, left, scale, width))
    return Chart(first, last, width, y + AXIS, left, top, months, weeks, tuple(captions), tuple(placed))


def fit(rows: Sequence[Row], first: date, last: date, aspect: float) -> Chart:
    """The chart at the least width at which it is no higher than `aspect` times that: drawn to fill a sheet of paper.

    Wider, it has fewer lanes and is lower by comparison; text keeps its size in the units of the viewBox.
    """
    narrow, wide = 600, 6000
    while wide - narrow > wide // 250:
        middle = (narrow + wide) // 2
        chart = draw(rows, first, last, float(middle))
        narrow, wide = (narrow, middle) if chart.height <= aspect * middle else (middle, wide)
    return draw(rows, first, last, float(wide))


def _place(
    items: Iterable[Item], first: date, last: date, left: float, scale: float, width: float
) -> list[tuple[Placed, int]]:
    """The items that have a day in `first`..`last`, each with its lane, by where they start."""
    laid = [
        _lay(item, bars, left, width) for item in items if (bars := tuple(_bars(item, first, last, left, scale, width)))
    ]
    laid.sort(key=lambda each: (each.start, each.end, each.item.key))
    return list(zip(laid, lanes([(each.start, each.end) for each in laid]), strict=True))


def lanes(extents: Sequence[tuple[float, float]]) -> list[int]:
    """A lane for each extent, sorted by start, so that none meets another there; as few lanes as can be.

    >>> lanes([(0, 10), (5, 20), (12, 30)])
    [0, 1, 0]
    """
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    given = []
    for start, end in extents:
        while busy and busy[0][0] <= start:
            heapq.heappush(free, heapq.heappop(busy)[1])
        lane = heapq.heappop(free) if free else len(busy)
        given.append(lane)
        heapq.heappush(busy, (end, lane))
    return given


def _bars(item: Item, first: date, last: date, left: float, scale: float, width: float) -> Iterable[Bar]:
    for begins, ends in item.stretches:
        if begins <= last and ends >= first:
            x = left + (max(begins, first) - first).days * scale
            wide = max(((min(ends, last) - max(begins, first)).days + 1) * scale, LEAST_BAR)
            yield Bar(round(min(x, width - wide), 1), round(wide, 1))


def _lay(item: Item, bars: tuple[Bar, ...], left: float, width: float) -> Placed:
    """An item with the place of its label: inside its first bar, else right of all, else left, else cut to fit."""
    mark = MARK if item.is_marked else 0.0
    begins, ends = bars[0].x, max(bar.end for bar in bars)
    wide = text_width(item.label, LABEL_SIZE)
    inside = bars[0].width - 2 * INSET - mark
    right, before = width - ends - GAP - mark, begins - left - GAP - mark
    if wide <= inside:
        side, label = Side.INSIDE, item.label
    elif wide <= right:
        side, label = Side.RIGHT, item.label
    elif wide <= before:
        side, label = Side.LEFT, item.label
    else:
        room, side = max((inside, Side.INSIDE), (right, Side.RIGHT), (before, Side.LEFT))
        label = cut(item.label, room, LABEL_SIZE)
    return _with_label(item, bars, label, side, mark, (begins, ends))


def _with_label(
    item: Item, bars: tuple[Bar, ...], label: str, side: Side, mark: float, reach: tuple[float, float]
) -> Placed:
    begins, ends = reach
    wide = text_width(label, LABEL_SIZE)
    if side is Side.INSIDE:
        mark_x, text_x, start, end = bars[0].x + INSET, bars[0].x + INSET + mark, begins, ends
    elif side is Side.RIGHT:
        mark_x, text_x = ends + GAP, ends + GAP + mark
        start, end = begins, text_x + wide
    else:
        mark_x, text_x = begins - mark, begins - GAP - mark
        start, end = text_x - wide, ends
    return Placed(item, 0.0, bars, label, side, round(text_x, 1), round(mark_x, 1), start, end + PAD)


def _months(first: date, last: date, left: float, scale: float) -> Iterable[Month]:
    begins = first
    while begins <= last:
        following = (begins.replace(day=1) + timedelta(days=32)).replace(day=1)
        days = (min(following, last + timedelta(days=1)) - begins).days
        yield Month(begins, round(left + (begins - first).days * scale, 1), round(days * scale, 1))
        begins = following


def _weeks(first: date, last: date, left: float, scale: float, width: float) -> Iterable[tuple[int, float]]:
    """Every fourth ISO week of a long stretch, every week of one of up to four months, with where its Monday lies."""
    every = 4 if (last - first).days > 123 else 1
    monday = first + timedelta(days=-first.weekday() % 7)
    while monday <= last:
        number = monday.isocalendar().week
        if number % every == 1 % every and left + (monday - first).days * scale <= width - WEEK_NAME:
            yield number, round(left + (monday - first).days * scale, 1)
        monday += timedelta(days=7)
