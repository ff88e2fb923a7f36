"""C23: an exercise so large that others must be told of it in time, and the day for telling them is near or past.

`notices` are the thresholds, each as people:days. The Vienna Document 2011 (chapter V) asks for notice of 42 days from
9,000 people on. That notice was given is accepted with a reason; if the exercise is moved then, the question is new.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.domain.board import Board
from planner.domain.entries import Family
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.rules.rule import Need, Rule, at_once, single

_EXERCISES = frozenset({Family.EXERCISE, Family.EXERCISE_PHASE})


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each exercise still to come, from `warn_days` before the last day for giving notice."""
    for event in board.standing():
        if board.family(event) not in _EXERCISES or not board.applies("C23", event) or event.people is None:
            continue
        days = _notice_days(event.people, parameters.words(event.programme, "notices"))
        first = min(window.first for window in event.when.windows)
        due = first - timedelta(days=days)
        warn = due - timedelta(days=parameters.number(event.programme, "warn_days"))
        if days and warn <= board.day <= first:
            yield _finding(board, event, days, due)


def _notice_days(people: int, notices: tuple[str, ...]) -> int:
    """The longest notice that so many people ask for; 0 for none."""
    said = (notice.split(":") for notice in notices)
    return max((int(days) for least, days in said if people >= int(least)), default=0)


def _finding(board: Board, event: Event, days: int, due: date) -> Finding:
    windows = event.when.windows
    return single(
        "C23",
        board,
        event,
        Severity.WARNING,
        Certainty.CERTAIN if event.when.is_fixed else Certainty.POSSIBLE,
        Span(min(window.first for window in windows), max(window.last for window in windows)),
        facts=[
            ("what", "late" if due < board.day else "due"),
            ("due", due.isoformat()),
            ("days", str(days)),
            ("people", str(event.people)),
        ],
    )


def _needs(board: Board) -> Need | None:
    return None if any(event.people is not None for event in board.events) else Need.PEOPLE


RULE = Rule(
    "C23",
    "notice of a large exercise due or late",
    find,
    (Parameter("notices", ("9000:42",), like=r"\d+:\d+"), Parameter("warn_days", 30, most=3650)),
    _needs,
    reach=at_once,
)
