"""C08: a working event on a public holiday or decreed day off of its host.

For kinds that work, up to `most_days` long; approximate events only when no clear working day is left.
"""

from collections.abc import Iterator

from planner.domain.board import Board
from planner.domain.days_off import certainty_of, days_off
from planner.domain.entries import Family
from planner.domain.finding import Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.rules.rule import Rule, at_once, single

_AT_LEISURE = frozenset({Family.COMMEMORATION, Family.MEDIA})


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each event that works on a day off of its host."""
    for event in board.standing():
        if not event.host or board.family(event) in _AT_LEISURE or not board.applies("C08", event):
            continue
        found = days_off(board, event, event.host, parameters.number(event.programme, "most_days"))
        if found:
            yield single(
                "C08",
                board,
                event,
                Severity.WARNING,
                certainty_of(found),
                Span(found[0].day, found[-1].day),
                subject=event.host,
                shared=(event.host,),
                facts=[("days", " ".join(holiday.code for holiday in found))],
            )


RULE = Rule(
    "C08", "a working event on a day off of its host", find, (Parameter("most_days", 10, least=1),), reach=at_once
)
