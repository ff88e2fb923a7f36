"""C19: an approximate date that is not fixed although its window opens soon, or has opened.

Not for kinds that need no day (media, outside events), nor for what is approximate by nature. What is over is not vague
any more but unsettled (C27).
"""

from collections.abc import Iterator
from datetime import timedelta

from planner.domain.board import Board
from planner.domain.entries import Family
from planner.domain.event import Event, Status
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.rules.rule import Rule, at_once, single

_NEED_NO_DAY = frozenset({Family.MEDIA, Family.EXTERNAL})


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each event with an open window, about the first of its windows that is late."""
    for event in board.standing():
        if _is_judged(board, event):
            latest = board.day + timedelta(days=parameters.number(event.programme, "days"))
            open_ = (w for w in event.when.windows if not w.is_fixed and w.last >= board.day and w.first <= latest)
            window = min(open_, key=lambda each: each.first, default=None)
            if window is not None:
                facts = [("opens", window.first.isoformat()), ("is_open", "yes" if window.first <= board.day else "")]
                span = Span(window.first, window.last)
                yield single("C19", board, event, Severity.WARNING, Certainty.CERTAIN, span, facts=facts)


def _is_judged(board: Board, event: Event) -> bool:
    return (
        board.applies("C19", event)
        and not board.is_outside(event)
        and board.family(event) not in _NEED_NO_DAY
        and not event.approximate_by_nature
        and event.status is not Status.HELD
    )


RULE = Rule("C19", "an approximate date not fixed in time", find, (Parameter("days", 90, most=3650),), reach=at_once)
