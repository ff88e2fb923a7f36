"""The year at a glance: who is busy when, as rows of events, a load by week, and what has no date (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.board import Board
from planner.domain.entries import Family
from planner.domain.event import BookingSort, Event, Status
from planner.domain.register import Register
from planner.domain.window import Mode
from planner.services.looking import by_day


class By(StrEnum):
    """What the rows of the year stand for."""

    BODIES = "bodies"
    STATES = "states"
    FORCES = "forces"
    KINDS = "kinds"


@dataclass(frozen=True, slots=True)
class YearRow:
    """A row: what it stands for (`sort` and `code`, '' for what has none), and its events by day."""

    sort: str
    code: str
    events: tuple[Event, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """How many events stand in a week: on a fixed day of it, or only somewhere around it."""

    first: date
    fixed: int
    approximate: int


@dataclass(frozen=True, slots=True)
class Year:
    """The rows, the load of each week, the events without a date, and the days off that most members share."""

    first: date
    last: date
    rows: tuple[YearRow, ...]
    weeks: tuple[Week, ...]
    undated: tuple[Event, ...]
    shared_days_off: tuple[date, ...]


ALL_MEMBERS = "members"


def year(board: Board, register: Register, events: Iterable[Event], by: By, first: date, last: date) -> Year:
    """These events of one programme over `first`..`last`, in rows. Withdrawn ones must have been left out."""
    shown = sorted(events, key=by_day)
    dated = [event for event in shown if any(w.first <= last and w.last >= first for w in event.when.windows)]
    undated = tuple(event for event in shown if not event.when.windows)
    rows = tuple(row for row in _ROWS[by](board, register, dated) if row.events)
    return Year(first, last, rows, tuple(_load(dated, first, last)), undated, _shared(register, first, last))


def _by_bodies(board: Board, register: Register, events: list[Event]) -> Iterable[YearRow]:
    for body in register.bodies:
        yield YearRow("body", body.code, tuple(event for event in events if body.code in event.bodies))
    known = {body.code for body in register.bodies}
    others = sorted({code for event in events for code in event.bodies} - known)
    for code in others:
        yield YearRow("body", code, tuple(event for event in events if code in event.bodies))
    yield YearRow("body", "", tuple(event for event in events if not event.bodies))


def _by_states(board: Board, register: Register, events: list[Event]) -> Iterable[YearRow]:
    """What all members attend first, then for each state only what differs from that."""
    members = set(register.programme.members)
    invited = {event.ref: set(board.invited(event)) for event in events}
    yield YearRow("party", ALL_MEMBERS, tuple(event for event in events if invited[event.ref] >= members > set()))
    rest = [event for event in events if not invited[event.ref] >= members]
    for state in [*register.programme.members, *sorted({s for e in rest for s in invited[e.ref]} - members)]:
        yield YearRow("party", state, tuple(event for event in rest if state in invited[event.ref]))
    yield YearRow("party", "", tuple(event for event in rest if not invited[event.ref]))


def _by_forces(board: Board, register: Register, events: list[Event]) -> Iterable[YearRow]:
    booked = {event.ref: {booking.code for booking in event.booked(BookingSort.FORCE)} for event in events}
    for force in register.forces:
        yield YearRow("force", force.code, tuple(event for event in events if force.code in booked[event.ref]))
    yield YearRow("force", "", tuple(event for event in events if not booked[event.ref]))


def _by_kinds(board: Board, register: Register, events: list[Event]) -> Iterable[YearRow]:
    for family in Family:
        for kind in register.kinds:
            if kind.family is family:
                chosen = tuple(event for event in events if event.kind == kind.code)
                yield YearRow("kind", kind.code, chosen, family.value)
    known = {kind.code for kind in register.kinds}
    yield YearRow("kind", "", tuple(event for event in events if event.kind not in known))


_ROWS = {By.BODIES: _by_bodies, By.STATES: _by_states, By.FORCES: _by_forces, By.KINDS: _by_kinds}


def _load(events: list[Event], first: date, last: date) -> Iterable[Week]:
    """Each week of the time, by its Monday, with the events in it; what goes on throughout counts nowhere."""
    fixed: Counter[date] = Counter()
    approximate: Counter[date] = Counter()
    for event in events:
        if event.when.mode is Mode.DATED and event.status not in {Status.CANCELLED, Status.POSTPONED}:
            for window in event.when.windows:
                weeks = _mondays(max(window.first, first), min(window.last, last))
                (fixed if window.is_fixed else approximate).update(weeks)
    for monday in _mondays(first, last):
        yield Week(monday, fixed[monday], approximate[monday])


def _mondays(first: date, last: date) -> list[date]:
    monday = first - timedelta(days=first.weekday())
    return [monday + timedelta(days=7 * n) for n in range(((last - monday).days // 7) + 1)] if first <= last else []


def _shared(register: Register, first: date, last: date) -> tuple[date, ...]:
    """The days on which at least half of the members do not work."""
    members: Mapping[str, None] = dict.fromkeys(register.programme.members)
    free = Counter(
        holiday.day
        for holiday in register.holidays
        if holiday.state in members and holiday.kind != "working" and first <= holiday.day <= last
    )
    return tuple(sorted(day for day, states in free.items() if states * 2 >= len(members)))
