"""C22: more of a counted facility booked at one time than there is, or more events at a place than it has room for.

Only fixed dates; an exercise and its phases claim the same things once.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.domain.board import Board
from planner.domain.event import BookingSort, Event
from planner.domain.finding import Finding, Severity, Span
from planner.domain.meeting import length_of, occupied
from planner.domain.parameter import Parameters
from planner.domain.register import Register
from planner.domain.window import Window
from planner.rules.rule import Need, Rule, of_programme


@dataclass(frozen=True, slots=True)
class Claim:
    """So many of something from `start` to `end` (excluded, UTC), for one event of a family, on these local days."""

    start: datetime
    end: datetime
    first: date
    last: date
    quantity: int
    event: Event
    family: Event


@dataclass(frozen=True, slots=True)
class Excess:
    """Claims that together come to more than there is, the most they come to, and on which local days."""

    claims: tuple[Claim, ...]
    most: int
    span: Span


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each facility or place and stretch of time in which more is claimed than there is."""
    for register in board.registers:
        claims = _claims(board, register)
        for (sort, code), (supply, its) in sorted(claims.items()):
            for excess in _beyond(its, supply):
                yield _finding(board, register, sort, code, supply, excess)


Counted = dict[tuple[str, str], tuple[int, list[Claim]]]
"""By sort and code of a facility or place: how many there are, and what is claimed."""


def _claims(board: Board, register: Register) -> Counted:
    found: Counted = {("facility", f.code): (f.supply, []) for f in register.facilities if f.supply is not None}
    # A place for one event is C02's, which knows the halls of a centre.
    found |= {("place", p.code): (p.capacity, []) for p in register.places if p.capacity is not None and p.capacity > 1}
    for event in board.standing():
        if event.programme != register.programme.code or not board.applies("C22", event):
            continue
        for booking in event.bookings:
            key = booking.sort.value, booking.code
            if booking.sort in {BookingSort.FACILITY, BookingSort.PLACE} and key in found:
                quantity = booking.quantity or 1
                found[key][1].extend(
                    _claim(board, event, window, quantity) for window in event.when.windows if window.is_fixed
                )
    return found


def _claim(board: Board, event: Event, window: Window, quantity: int) -> Claim:
    length = length_of(window, board.usual(event))
    start = datetime.combine(window.first, window.at or time(), ZoneInfo(window.zone))
    first, last = occupied(window, window.first, length)
    if window.at is None:
        end = datetime.combine(window.last + timedelta(days=1), time(), ZoneInfo(window.zone)).astimezone(UTC)
    else:
        end = start.astimezone(UTC) + timedelta(minutes=length)
    return Claim(start.astimezone(UTC), end, first, last, quantity, event, board.root(event))


def _beyond(claims: list[Claim], supply: int) -> Iterator[Excess]:
    """Each stretch of time in which the claims come to more than the supply."""
    marks = sorted((at, is_start, n) for n, c in enumerate(claims) for at, is_start in ((c.start, 1), (c.end, 0)))
    active: dict[int, Claim] = {}
    group: dict[int, Claim] = {}
    most, begun = 0, date.min
    for _, is_start, number in marks:
        if is_start:
            active[number] = claims[number]
        else:
            del active[number]
        total = _total(active)
        if total > supply:
            begun = begun if group else claims[number].first
            group.update(active)
            most = max(most, total)
        elif group:
            # Local days of several zones: what ends in the west may end a day before what began in the east.
            yield Excess(tuple(group.values()), most, Span(begun, max(begun, claims[number].last)))
            group, most = {}, 0


def _total(active: dict[int, Claim]) -> int:
    by_family: dict[Event, int] = defaultdict(int)
    for claim in active.values():
        by_family[claim.family] = max(by_family[claim.family], claim.quantity)
    return sum(by_family.values())


def _finding(board: Board, register: Register, sort: str, code: str, supply: int, excess: Excess) -> Finding:
    return of_programme(
        "C22",
        board,
        register,
        dict.fromkeys(claim.event for claim in excess.claims),
        Severity.ERROR,
        excess.span,
        subject=f"{sort} {code}",
        shared=(code,),
        facts=[("sort", sort), ("needed", str(excess.most)), ("supply", str(supply))],
    )


def _needs(board: Board) -> Need | None:
    counted = any(
        [f.supply for f in r.facilities if f.supply is not None] or [p for p in r.places if (p.capacity or 0) > 1]
        for r in board.registers
    )
    return None if counted else Need.SUPPLY


RULE = Rule("C22", "more of a facility booked than there is", find, needs=_needs)
