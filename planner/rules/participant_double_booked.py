"""C01: one delegation required at two events at once.

A delegation is a state at a level. At one level a certain clash is an error and a possible one a warning; across levels
a certain one is information, for other people go. Where no level is known it may be the same people: a warning.
"""

from collections.abc import Iterator

from planner.domain.board import Board, Delegation
from planner.domain.clash import Clash, Resource, clashes
from planner.domain.crowding import Crowd, crowds
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.parameter import Parameters
from planner.rules.rule import Rule, at_once, joint, pair


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Pairs of events that need people of the same state at the same time."""

    def states(event: Event) -> Iterator[Resource]:
        if board.occupies(event) and board.applies("C01", event):
            yield from (Resource(state) for state in board.states(event))

    def delegations(event: Event) -> Iterator[Resource]:
        if board.occupies(event) and board.applies("C01", event):
            yield from (Resource(each) for each in board.delegations(event))

    met = list(clashes(board, states))
    for clash in met:
        yield from _findings(board, clash)
    for crowd in crowds(board, delegations, met):
        yield from _joint(board, crowd)


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


def _joint(board: Board, crowd: Crowd) -> Iterator[Finding]:
    shared = [each for each in crowd.shared if isinstance(each, Delegation)]
    level = max(each.level for each in shared)
    states = tuple(sorted(each.state for each in shared if each.level == level))
    severity = Severity.ERROR if level else Severity.WARNING
    yield joint("C01", board, crowd, severity, [("level", level)], states)


RULE = Rule("C01", "one delegation required in two places", find, reach=at_once)
