"""C17: an event of a kind that needs a decision has none, or stands on other days than were approved.

From status approved on. A move is said once, until a decision for the new days is attached. Where nobody knows what was
approved, a list that names a former date (*moved from 9 May*) makes it possible: the paper may have approved that one.
"""

from collections.abc import Iterator

from planner.domain.approval import approved_when, is_moved
from planner.domain.board import Board
from planner.domain.event import Event, Status
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameters
from planner.domain.window import Mode, When
from planner.rules.rule import Need, Rule, at_once, single

_APPROVED = frozenset({Status.APPROVED, Status.CONFIRMED, Status.HELD})


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each such event: without a paper first, else moved away from what the paper says."""
    for event in board.standing():
        if event.status in _APPROVED and _needs_decision(board, event) and board.applies("C17", event):
            yield from _without_paper(board, event) if not event.decision else _away_from_paper(board, event)


def _without_paper(board: Board, event: Event) -> Iterator[Finding]:
    yield _finding(board, event, "none", Certainty.CERTAIN)


def _away_from_paper(board: Board, event: Event) -> Iterator[Finding]:
    approved = approved_when(board, event)
    if approved is not None:
        if is_moved(approved, event.when):
            yield _finding(board, event, "moved", Certainty.CERTAIN, approved.words)
    elif event.when.former_windows and is_moved(When(Mode.DATED, event.when.former_windows), event.when):
        yield _finding(board, event, "former", Certainty.POSSIBLE, event.when.former)


def _needs_decision(board: Board, event: Event) -> bool:
    kind = board.kind(event)
    return kind is not None and kind.needs_decision


def _finding(board: Board, event: Event, what: str, certainty: Certainty, approved: str = "") -> Finding:
    windows = event.when.windows
    span = Span(min(window.first for window in windows), max(window.last for window in windows))
    facts = [("what", what), ("decision", event.decision), ("item", event.item), ("approved", approved)]
    return single("C17", board, event, Severity.WARNING, certainty, span, subject=what, facts=facts)


def _needs(board: Board) -> Need | None:
    has_any = any(kind.needs_decision for register in board.registers for kind in register.kinds)
    return None if has_any else Need.DECISIONS


RULE = Rule("C17", "an event without the decision it needs, or moved away from it", find, needs=_needs, reach=at_once)
