"""C13: a force needed again before the days it recovers in are over. A general one is a description and never tires.

Exercises, and their phases; a course before or after one is information.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from planner.domain.board import Board
from planner.domain.clash import Resource, neighbours
from planner.domain.entries import Family
from planner.domain.event import BookingSort, Event
from planner.domain.finding import Finding, Severity
from planner.domain.nearness import Nearness, Placed, too_near
from planner.domain.parameter import Parameters
from planner.domain.register import Register
from planner.rules.rule import Need, Rule, finding

_TIRING = frozenset({Family.EXERCISE, Family.EXERCISE_PHASE, Family.EXTERNAL, Family.TRAINING})


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Pairs of events that need a force, or a part of it, with too few days between them."""

    def forces(event: Event) -> Iterator[Resource]:
        if board.family(event) in _TIRING and board.applies("C13", event) and board.occupies(event):
            for booking in event.booked(BookingSort.FORCE):
                around = board.register(event).with_forces_around(booking.code)
                yield from (Resource(force.code, booking.code) for force in around if not force.general)

    for one, other, _ in neighbours(board, forces, _reach(board, parameters)):
        days, shared = _recovery(board, one, other)
        if days:
            near = too_near(board, one, other, partial(_is_tired, days))
            if near is not None and not all(board.family(event) is Family.TRAINING for event in (one, other)):
                yield _said(board, near, days, shared)


def _reach(board: Board, parameters: Parameters) -> timedelta:
    longest = max((_longest(register) for register in board.registers), default=0)
    return timedelta(days=longest + 1)


def _is_tired(days: int, end: Placed, begin: Placed) -> bool:
    return (begin.start - end.days[1]).days <= days


def _booked_forces(board: Board, event: Event) -> dict[str, set[str]]:
    """The forces it books, each with itself and those it is a part of."""
    register = board.register(event)
    codes = [booking.code for booking in event.booked(BookingSort.FORCE)]
    return {code: {force.code for force in register.with_forces_around(code)} for code in codes}


def _recovery(board: Board, one: Event, other: Event) -> tuple[int, tuple[str, ...]]:
    """The most recovery days of the forces both need, and those forces: of a whole and its part it is the part."""
    needed: dict[str, int] = {}
    mine, theirs = _booked_forces(board, one), _booked_forces(board, other)
    for ours, around_ours in mine.items():
        for their, around_theirs in theirs.items():
            if their in around_ours:
                needed[ours] = _days(board.register(one), ours)
            elif ours in around_theirs:
                needed[their] = _days(board.register(other), their)
    days = max(needed.values(), default=0)
    return days, tuple(sorted(code for code, its in needed.items() if its == days))


def _days(register: Register, code: str) -> int:
    """The recovery days of a force: its own, else those of the nearest force around it; none of a general one."""
    around = register.with_forces_around(code)
    return 0 if around[0].general else next((force.recovery_days for force in around if force.recovery_days), 0)


def _longest(register: Register) -> int:
    return max((force.recovery_days for force in register.forces), default=0)


def _said(board: Board, near: Nearness, days: int, shared: tuple[str, ...]) -> Finding:
    end, begin = near.nearest
    is_course = Family.TRAINING in {board.family(near.earlier), board.family(near.later)}
    free = (begin.start - end.days[1]).days - 1
    return finding(
        "C13",
        board,
        (near.earlier, near.later),
        Severity.INFO if is_course else Severity.WARNING,
        near.meeting.certainty,
        near.meeting.span,
        shared=shared,
        placements=near.meeting.placements,
        facts=[("free", str(free)), ("from", (end.days[1] + timedelta(days=days + 1)).isoformat())],
        identity=[("earlier", board.name(near.earlier)), ("days", str(days))],
    )


def needs(board: Board) -> Need | None:
    """Some force must have recovery days."""
    return None if any(_longest(register) for register in board.registers) else Need.RECOVERY_DAYS


RULE = Rule("C13", "a force again before its recovery days are over", find, needs=needs, reach=_reach)
