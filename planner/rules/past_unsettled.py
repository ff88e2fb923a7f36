"""C27: what is over and still stands as planned. One note for each programme; `planner settle` asks about them."""

from collections.abc import Iterator

from planner.domain.board import Board
from planner.domain.finding import Finding, Severity, Span
from planner.domain.parameter import Parameters
from planner.domain.unsettled import last_day, unsettled
from planner.rules.rule import Rule, of_programme


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each programme that has such events."""
    waiting = [event for event in unsettled(board) if board.applies("C27", event)]
    for register in board.registers:
        its = [event for event in waiting if event.programme == register.programme.code]
        if its:
            span = Span(last_day(its[0]), board.day)
            yield of_programme("C27", board, register, its, Severity.INFO, span, subject="")


RULE = Rule("C27", "events that are over and still planned", find)
