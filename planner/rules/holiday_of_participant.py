"""C09: a working event on a public holiday or decreed day off of a state that takes part.

Statutory meetings are warnings, others information; by video alike. The host's own days off are C08's.
"""

from collections.abc import Iterator

from planner.domain.board import Board
from planner.domain.days_off import certainty_of, days_off
from planner.domain.entries import Family, Holiday
from planner.domain.event import Event
from planner.domain.finding import Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.rules.rule import Rule, at_once, single

_AT_LEISURE = frozenset({Family.COMMEMORATION, Family.MEDIA})
_STATUTORY = frozenset({Family.STATUTORY_MEETING, Family.COUNCIL_SESSION})


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each event, the states whose days off it falls on named together."""
    for event in board.standing():
        if board.family(event) in _AT_LEISURE or not board.applies("C09", event) or not event.when.is_fixed:
            continue
        found = _days(board, event, parameters.number(event.programme, "most_days"))
        if found:
            states = tuple(sorted({holiday.state for holiday in found}))
            yield single(
                "C09",
                board,
                event,
                Severity.WARNING if board.family(event) in _STATUTORY else Severity.INFO,
                certainty_of(found),
                Span(min(each.day for each in found), max(each.day for each in found)),
                subject="+".join(states),
                shared=states,
                facts=[("days", " ".join(holiday.code for holiday in found))],
            )


def _days(board: Board, event: Event, most_days: int) -> list[Holiday]:
    states = (state for state in board.states(event) if state != event.host)
    return [holiday for state in states for holiday in days_off(board, event, state, most_days)]


RULE = Rule(
    "C09", "a working event on a day off of a participant", find, (Parameter("most_days", 10, least=1),), reach=at_once
)
