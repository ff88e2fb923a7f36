"""C01: one delegation required at two events at once.

A delegation is a state at a level. At one level a certain clash is an error and a possible one a warning; across levels
a certain one is information, for other people go. Where no level is known it may be the same people: a warning.
"""

from collections.abc import Iterator

from planner.domain.board import Board
from planner.domain.clash import Clash, Resource, clashes
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.parameter import Parameters
from planner.rules.rule import Rule, pair


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Pairs of events that need people of the same state at the same time."""

    def states(event: Event) -> Iterator[Resource]:
        if board.occupies(event) and board.applies("C01", event):
            yield from (Resource(state) for state in board.states(event))

    for clash in clashes(board, states):
        yield from _findings(board, clash)


def _findings(board: Board, clash: Clash) -> Iterator[Finding]:
    ours, theirs = set(board.delegations(clash.one)), set(board.delegations(clash.other))
    same = sorted({(each.level, each.state) for each in ours & theirs})
    is_certain = clash.meeting.certainty is Certainty.CERTAIN
    if same:
        level = same[-1][0]
        shared = tuple(state for its_level, state in same if its_level == level)
        severity = Severity.ERROR if is_certain and level else Severity.WARNING
        yield pair("C01", board, clash, severity, [("level", level)], shared)
    elif is_certain:
        yield pair("C01", board, clash, Severity.INFO, [("levels", "different")])


RULE = Rule("C01", "one delegation required in two places", find)
