"""C15: one event twice, under other names: another office sent it in its own words."""

from collections.abc import Iterator

from planner.domain.board import Board
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.parameter import Parameters
from planner.domain.twins import has_names, twins
from planner.rules.rule import Need, Rule, finding


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Pairs of events of one family, body and time that bear one name."""
    for each in twins(board):
        if board.applies("C15", each.first) and board.applies("C15", each.later):
            yield finding(
                "C15",
                board,
                (each.first, each.later),
                Severity.WARNING,
                Certainty.CERTAIN,
                each.span,
                shared=each.names,
                facts=[("later", board.name(each.later))],
            )


def needs(board: Board) -> Need | None:
    """Some event must bear a name."""
    return None if has_names(board) else Need.NAMES


RULE = Rule("C15", "one event twice under other names", find, needs=needs)
