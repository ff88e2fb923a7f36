"""C25: an event that names nobody responsible, or no financing, in a programme whose lists do. Information.

A column counts as kept when at least `least_percent` of the programme's own events fill it. A phase has what its
exercise says.
"""

from collections.abc import Iterator

from planner.domain.board import Board
from planner.domain.event import Event, Status
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.rules.rule import Need, Rule, single

_COLUMNS = ("responsible", "financing")


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each event that stands on a date, with what it lacks."""
    for register in board.registers:
        code = register.programme.code
        own = [event for event in board.events if event.programme == code and not board.is_outside(event)]
        kept = _kept(own, parameters.number(code, "least_percent"))
        for event in own:
            missing = tuple(column for column in kept if not _says(board, event, column))
            if missing and _is_judged(board, event):
                yield _finding(board, event, missing)


def _kept(events: list[Event], least_percent: int) -> tuple[str, ...]:
    """The columns that so many of the events fill."""
    filled = {column: sum(bool(getattr(event, column)) for event in events) for column in _COLUMNS}
    return tuple(column for column, count in filled.items() if count and count * 100 >= least_percent * len(events))


def _says(board: Board, event: Event, column: str) -> bool:
    return bool(getattr(event, column) or getattr(board.root(event), column))


def _is_judged(board: Board, event: Event) -> bool:
    return board.stands(event) and event.status is not Status.HELD and board.applies("C25", event)


def _finding(board: Board, event: Event, missing: tuple[str, ...]) -> Finding:
    windows = event.when.windows
    return single(
        "C25",
        board,
        event,
        Severity.INFO,
        Certainty.CERTAIN,
        Span(min(window.first for window in windows), max(window.last for window in windows)),
        subject="+".join(missing),
        facts=[("missing", " ".join(missing))],
    )


def _needs(board: Board) -> Need | None:
    has_any = any(getattr(event, column) for event in board.events for column in _COLUMNS)
    return None if has_any else Need.ACCOUNTABLE


RULE = Rule(
    "C25",
    "an event without anybody responsible, or financing",
    find,
    (Parameter("least_percent", 50, least=1, most=100),),
    _needs,
)
