"""C24: a priority without an event in a quarter of the term. Information; `planner coverage` shows the whole."""

from collections.abc import Iterator

from planner.domain.board import Board
from planner.domain.coverage import coverage_of
from planner.domain.finding import Finding, Severity, Span
from planner.domain.parameter import Parameters
from planner.rules.rule import Need, Rule, of_programme


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each priority and quarter; none for a programme that has no events yet."""
    for register in board.registers:
        if any(event.programme == register.programme.code for event in board.events):
            for priority, quarter in coverage_of(board, register).gaps:
                yield of_programme(
                    "C24",
                    board,
                    register,
                    (),
                    Severity.INFO,
                    Span(quarter.first, quarter.last),
                    subject=f"{priority.code} {quarter.name}",
                    shared=(priority.code,),
                    facts=[("year", str(quarter.year)), ("quarter", str(quarter.number))],
                )


def _needs(board: Board) -> Need | None:
    return None if any(register.priorities for register in board.registers) else Need.PRIORITIES


RULE = Rule("C24", "a priority without an event in a quarter", find, needs=_needs)
