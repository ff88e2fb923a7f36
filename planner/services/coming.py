"""What comes next: the events of the days ahead, those with a day first and those that may fall in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.register import names_of_parties
from planner.domain.unsettled import OPEN
from planner.domain.window import Mode
from planner.errors import NotFound, problem
from planner.services.looking import by_day


@dataclass(frozen=True, slots=True)
class Coming:
    """Events of `first`..`last`: `fixed` stand on a day of it, `open` may fall into it, `due` end by a day of it."""

    first: date
    last: date
    fixed: tuple[Event, ...]
    open: tuple[Event, ...]
    due: tuple[Event, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.fixed or self.open or self.due)


def coming(board: Board, days: int, party: str = "", programme: str = "") -> Coming:
    """What comes on the board's day and the `days` after it, for one party, of one programme or of all."""
    first, last = board.day, board.day + timedelta(days=days)
    code = _code(board, party) if party else ""
    wanted = [
        event
        for event in board.events
        if (not programme or event.programme == programme) and (not code or takes_part(board, event, code))
    ]
    dated = [event for event in wanted if board.stands(event) and _touches(event, first, last)]
    due = [e for e in wanted if e.when.mode is Mode.DEADLINE and any(first <= w.last <= last for w in e.when.windows)]
    return Coming(
        first,
        last,
        _in_order(event for event in dated if _has_day(event, first, last)),
        _in_order(event for event in dated if not _has_day(event, first, last)),
        _in_order(event for event in due if event.status in OPEN),
    )


def takes_part(board: Board, event: Event, party: str) -> bool:
    """True when it hosts the event or is named in it in any role."""
    return party in {*board.invited(event), *(booking.code for booking in event.bookings)}


def next_event(board: Board, programme: str) -> Event | None:
    """The next event of a programme that has a day, today's included."""
    ahead = [
        event
        for event in board.standing()
        if event.programme == programme and event.when.is_fixed and event.when.windows[-1].last >= board.day
    ]
    return min(ahead, key=by_day, default=None)


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=by_day))


def _touches(event: Event, first: date, last: date) -> bool:
    return any(window.first <= last and first <= window.last for window in event.when.windows)


def _has_day(event: Event, first: date, last: date) -> bool:
    return any(window.is_fixed and window.first <= last and first <= window.last for window in event.when.windows)


def _code(board: Board, text: str) -> str:
    """The party meant by a code or name in any programme. Raises NotFound with the nearest."""
    names = names_of_parties(board.registers)
    code = names.find(text)
    if code is None:
        raise NotFound(problem("--for", f"no party {text!r} in the programme", remedy=names.did_you_mean(text)))
    return code
