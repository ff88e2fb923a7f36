"""C10: a short working event that starts or ends on a weekend. A weekend day the host works by decree is none."""

from collections.abc import Iterator
from datetime import date

from planner.domain.board import Board
from planner.domain.entries import DayKind, Family
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.rules.rule import Rule, at_once, single

_AT_LEISURE = frozenset({Family.COMMEMORATION, Family.MEDIA})
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One note for each event with a fixed day that begins or ends on a weekend."""
    for event in board.standing():
        if board.family(event) in _AT_LEISURE or not board.applies("C10", event) or not event.when.is_fixed:
            continue
        most_days = parameters.number(event.programme, "most_days")
        weekend = {DAYS.index(name) for name in parameters.words(event.programme, "weekend")}
        days = [
            day for day in _ends(event, most_days) if day.weekday() in weekend and not _is_worked(board, event, day)
        ]
        if days:
            yield single(
                "C10",
                board,
                event,
                Severity.INFO,
                Certainty.CERTAIN,
                Span(days[0], days[-1]),
                facts=[("days", " ".join(day.isoformat() for day in days))],
            )


def _ends(event: Event, most_days: int) -> list[date]:
    """First and last days of its sittings of up to so many days, sorted."""
    short = (window for window in event.when.windows if window.period_days <= most_days)
    return sorted({day for window in short for day in (window.first, window.last)})


def _is_worked(board: Board, event: Event, day: date) -> bool:
    return any(each.day == day and each.kind is DayKind.WORKING for each in board.holidays(event, event.host))


RULE = Rule(
    "C10",
    "an event that starts or ends on a weekend",
    find,
    (Parameter("most_days", 5, least=1, most=60), Parameter("weekend", ("Sat", "Sun"), among=DAYS)),
    reach=at_once,
)
