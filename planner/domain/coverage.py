"""Coverage: which priority has events in which quarter, and how often each body meets against its yearly minimum."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.board import Board
from planner.domain.entries import Body, Family, Priority
from planner.domain.event import Event, Status
from planner.domain.register import Register
from planner.domain.window import Mode, Window

_MEETINGS = frozenset({Family.COUNCIL_SESSION, Family.STATUTORY_MEETING})
_DAYS_OF_A_YEAR = 365


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of the calendar year."""

    year: int
    number: int

    @property
    def name(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        after = date(self.year + self.number // 4, self.number % 4 * 3 + 1, 1)
        return after - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cell:
    """The events of one priority in one quarter, by reference: those that surely lie in it, and those that may."""

    quarter: Quarter
    sure: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def is_gap(self) -> bool:
        return not self.sure and not self.open


@dataclass(frozen=True, slots=True)
class Row:
    """One priority, a cell for each quarter of the term, and its events that stand on no date."""

    priority: Priority
    cells: tuple[Cell, ...]
    undated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a body meets in the term: its sittings (an event once for each), and how many it must have at least."""

    body: Body
    least: int
    refs: tuple[str, ...]

    @property
    def missing(self) -> int:
        return max(0, self.least - len(self.refs))


@dataclass(frozen=True, slots=True)
class Coverage:
    """One programme's priorities by quarter and its bodies with a yearly minimum, in the order of their codes."""

    register: Register
    quarters: tuple[Quarter, ...]
    rows: tuple[Row, ...]
    cadences: tuple[Cadence, ...]

    @property
    def gaps(self) -> tuple[tuple[Priority, Quarter], ...]:
        return tuple((row.priority, cell.quarter) for row in self.rows for cell in row.cells if cell.is_gap)


def coverage_of(board: Board, register: Register) -> Coverage:
    """The same, worked out once for a board."""
    return board.once(f"coverage {register.programme.code}", lambda board: coverage(board, register))


def coverage(board: Board, register: Register) -> Coverage:
    """The coverage of one programme: cancelled, replaced and imported outside events count nowhere, a family once."""
    programme = register.programme
    events = [
        event
        for event in board.events
        if event.programme == programme.code and not event.layer and _counts(board, event)
    ]
    quarters = tuple(quarters_of(programme.first, programme.last))
    rows = tuple(_row(board, priority, quarters, events) for priority in register.priorities)
    cadences = tuple(_cadence(board, register, body, events) for body in register.bodies if body.yearly)
    return Coverage(register, quarters, rows, cadences)


def quarters_of(first: date, last: date) -> Iterator[Quarter]:
    """Every quarter that the days `first`..`last` touch, in order."""
    quarter = _quarter(first)
    while quarter.first <= last:
        yield quarter
        quarter = Quarter(quarter.year + quarter.number // 4, quarter.number % 4 + 1)


def _quarter(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def _counts(board: Board, event: Event) -> bool:
    return event.status is not Status.CANCELLED and not board.is_superseded(event)


def _row(board: Board, priority: Priority, quarters: Iterable[Quarter], events: Iterable[Event]) -> Row:
    under = {event.ref: event for event in events if priority.code in event.priorities}
    its = [event for event in under.values() if board.root(event) == event or board.root(event).ref not in under]
    cells = tuple(_cell(quarter, its) for quarter in quarters)
    return Row(priority, cells, tuple(event.ref for event in its if not event.when.windows))


def _cell(quarter: Quarter, events: Iterable[Event]) -> Cell:
    sure, maybe = [], []
    for event in events:
        touching = [window for window in event.when.windows if _touches(event, window, quarter)]
        if any(_is_sure(event, window, quarter) for window in touching):
            sure.append(event.ref)
        elif touching:
            maybe.append(event.ref)
    return Cell(quarter, tuple(sure), tuple(maybe))


def _touches(event: Event, window: Window, quarter: Quarter) -> bool:
    if event.when.mode is Mode.DEADLINE:
        return quarter.first <= window.last <= quarter.last
    return window.first <= quarter.last and quarter.first <= window.last


def _is_sure(event: Event, window: Window, quarter: Quarter) -> bool:
    """Wherever it is placed, some of it lies in the quarter."""
    is_within = quarter.first <= window.first and window.last <= quarter.last
    return is_within or window.is_fixed or event.when.mode is not Mode.DATED


def _cadence(board: Board, register: Register, body: Body, events: Iterable[Event]) -> Cadence:
    programme = register.programme
    refs = tuple(
        event.ref
        for event in events
        if body.code in event.bodies and board.family(event) in _MEETINGS and event.when.is_dated
        for window in event.when.windows
        if programme.first <= window.last and window.first <= programme.last
    )
    days = (programme.last - programme.first).days + 1
    return Cadence(body, body.yearly * days // _DAYS_OF_A_YEAR, refs)
