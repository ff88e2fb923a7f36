"""C18: a body that the chair hosts meets elsewhere, or outside the term of the chair. Information."""

from collections.abc import Iterator
from datetime import timedelta

from planner.domain.board import Board
from planner.domain.entries import Family
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.rules.rule import Need, Rule, at_once, single

_MEETINGS = frozenset({Family.COUNCIL_SESSION, Family.STATUTORY_MEETING})


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each session of such a body: outside the term first, else elsewhere."""
    for event in board.standing():
        if board.family(event) in _MEETINGS and board.applies("C18", event) and _is_chaired(board, event):
            free_days = parameters.number(event.programme, "free_days")
            what = _what(board, event, free_days)
            if what:
                yield _finding(board, event, what)


def _is_chaired(board: Board, event: Event) -> bool:
    bodies = (board.register(event).body(code) for code in event.bodies)
    return any(body is not None and body.host == "chair" for body in bodies)


def _what(board: Board, event: Event, free_days: int) -> str:
    """What is wrong: 'term', 'elsewhere', or ''. The days just before the term belong to the chair before."""
    programme = board.register(event).programme
    first, last = _period(event).first, _period(event).last
    handover = programme.first - timedelta(days=free_days)
    if last < handover or first > programme.last:
        return "term"
    is_in_term = programme.first <= first
    return "elsewhere" if is_in_term and event.host and event.host != programme.chair else ""


def _finding(board: Board, event: Event, what: str) -> Finding:
    chair = board.register(event).programme.chair
    facts = [("what", what), ("chair", chair), ("host", event.host)]
    return single("C18", board, event, Severity.INFO, Certainty.CERTAIN, _period(event), shared=(chair,), facts=facts)


def _period(event: Event) -> Span:
    windows = event.when.windows
    return Span(min(window.first for window in windows), max(window.last for window in windows))


def _needs(board: Board) -> Need | None:
    has_any = any(body.host == "chair" for register in board.registers for body in register.bodies)
    return None if has_any else Need.CHAIRED_BODIES


RULE = Rule(
    "C18",
    "a body of the chair elsewhere, or outside the term",
    find,
    (Parameter("free_days", 60, most=366),),
    _needs,
    reach=at_once,
)
