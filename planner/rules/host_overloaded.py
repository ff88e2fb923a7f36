"""C03: a state that hosts more large events in a week than it can.

Large are exercises with all that belongs to them, operations, and councils of heads of state. A family counts once, and
only with fixed days; the sessions of the chair's own term never count.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from planner.domain.board import Board
from planner.domain.entries import Family
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.domain.twins import later_twins
from planner.rules.rule import Rule, finding

_LARGE = frozenset({Family.EXERCISE, Family.EXERCISE_PHASE, Family.OPERATION, Family.COUNCIL_SESSION})
Week = tuple[str, str, date]  # programme, state, its Monday


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each set of families that meet in a week, or several weeks, in one state."""
    weeks: dict[Week, dict[str, Event]] = defaultdict(dict)
    twins = later_twins(board)
    for event in board.standing():
        if _is_large(board, event) and board.applies("C03", event) and (event.programme, event.ref) not in twins:
            for monday in _mondays(event):
                _put(weeks[event.programme, event.host, monday], board, event)
    loads: dict[tuple[str, tuple[str, ...]], list[Week]] = defaultdict(list)
    for week, events in sorted(weeks.items()):
        if len(events) > parameters.number(week[0], "most"):
            loads[week[1], tuple(sorted(board.name(event) for event in events.values()))].append(week)
    for (state, names), same in sorted(loads.items()):
        if not any(state == other and set(names) < set(more) for other, more in loads):
            yield _said(board, state, names, [monday for _, _, monday in same])


def _is_large(board: Board, event: Event) -> bool:
    family = board.family(event)
    if family not in _LARGE or not event.host or not event.when.is_fixed:
        return False
    return family is not Family.COUNCIL_SESSION or event.host != board.register(event).programme.chair


def _mondays(event: Event) -> set[date]:
    days = (window.first + timedelta(days=n) for window in event.when.windows for n in range(window.period_days))
    return {day - timedelta(days=day.weekday()) for day in days}


def _put(families: dict[str, Event], board: Board, event: Event) -> None:
    """The head of a family speaks for it in a week in which it stands itself, else the first of its parts."""
    head = board.root(event)
    held = families.setdefault(board.name(head), event)
    if held is not event and event == head:
        families[board.name(head)] = event


def _said(board: Board, state: str, names: tuple[str, ...], mondays: list[date]) -> Finding:
    return finding(
        "C03",
        board,
        [board.named(name) for name in names],
        Severity.WARNING,
        Certainty.CERTAIN,
        Span(min(mondays), max(mondays) + timedelta(days=6)),
        subject=state,
        shared=(state,),
    )


RULE = Rule("C03", "a host of too many large events in a week", find, (Parameter("most", 1, least=1, most=50),))
