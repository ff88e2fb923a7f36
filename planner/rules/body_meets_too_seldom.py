"""C26: a body below its yearly minimum, when too few days of the term are left to make up for it."""

from collections.abc import Iterator

from planner.domain.board import Board
from planner.domain.coverage import Cadence, coverage_of
from planner.domain.finding import Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.domain.register import Register
from planner.rules.rule import Need, Rule, of_programme


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each body whose missing meetings need more days than are left, `days` for each of them."""
    for register in board.registers:
        programme = register.programme
        left = max(0, (programme.last - max(board.day, programme.first)).days + 1)
        days = parameters.number(programme.code, "days")
        has_events = any(event.programme == programme.code for event in board.events)
        for cadence in coverage_of(board, register).cadences if has_events else ():
            if cadence.missing * days > left:
                yield _finding(board, register, cadence)


def _finding(board: Board, register: Register, cadence: Cadence) -> Finding:
    programme = register.programme
    day = min(max(board.day, programme.first), programme.last)
    return of_programme(
        "C26",
        board,
        register,
        (),
        Severity.WARNING,
        Span(day, programme.last),
        subject=cadence.body.code,
        shared=(cadence.body.code,),
        facts=[("least", str(cadence.least)), ("planned", str(len(cadence.refs)))],
    )


def _needs(board: Board) -> Need | None:
    has_any = any(body.yearly for register in board.registers for body in register.bodies)
    return None if has_any else Need.MINIMUM


RULE = Rule("C26", "a body below its yearly minimum", find, (Parameter("days", 60, least=1, most=366),), _needs)
