"""C05: a named official in two events at once.

Only officials whom an event books by name, or who are given as the leader of a body or of a kind; only what is certain.
Nobody is bound by a commemoration.
"""

from collections.abc import Iterator

from planner.domain.board import Board
from planner.domain.clash import Clash, Resource, clashes
from planner.domain.entries import Family
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.parameter import Parameters
from planner.rules.rule import Need, Rule, at_once, pair


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Pairs of events that need the same official at the same time."""

    def officials(event: Event) -> Iterator[Resource]:
        is_duty = board.occupies(event) and board.family(event) is not Family.COMMEMORATION
        if is_duty and board.applies("C05", event):
            yield from (Resource(name) for name in sorted({*board.officials(event), *board.leaders(event)}))

    for clash in clashes(board, officials):
        if clash.meeting.certainty is Certainty.CERTAIN:
            yield pair("C05", board, clash, _severity(board, clash))


def _severity(board: Board, clash: Clash) -> Severity:
    """An error for those booked by name; a leader who is not may send a deputy."""
    booked = set(board.officials(clash.one)) & set(board.officials(clash.other))
    return Severity.ERROR if booked & set(clash.shared) else Severity.WARNING


def needs(board: Board) -> Need | None:
    """Somebody must be named."""
    is_named = any(board.officials(event) or board.leaders(event) for event in board.events)
    return None if is_named else Need.LEADERS


RULE = Rule("C05", "a named official in two events", find, needs=needs, reach=at_once)
