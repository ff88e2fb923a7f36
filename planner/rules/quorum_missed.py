"""C16: fewer members than a body needs. Only recorded replies count: a holiday is not an absence."""

from collections.abc import Iterator, Mapping
from datetime import date

from planner.domain.board import Board
from planner.domain.entries import Body
from planner.domain.event import Event, Status
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.domain.reply import Answer
from planner.rules.rule import Need, Rule, at_once, single

_COMING = frozenset({Answer.COMING, Answer.VIDEO, Answer.DEPUTY})
Answers = Mapping[tuple[str, str], Answer]
"""The recorded answers of one programme by reference and party."""


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each body of an event that too few members attend, even if all who are awaited come."""
    answers = {
        register.programme.code: {(each.ref, each.party): each.answer for each in register.replies}
        for register in board.registers
    }
    for event in board.standing():
        if board.applies("C16", event) and event.status is not Status.HELD:
            its = answers[event.programme]
            deputies_count = parameters.flag(event.programme, "deputies_count")
            for body in _bodies(board, event):
                yield from _finding(board, event, body, its, deputies_count)


def _bodies(board: Board, event: Event) -> Iterator[Body]:
    for code in event.bodies:
        body = board.register(event).body(code)
        if body is not None and body.quorum:
            yield body


def _finding(board: Board, event: Event, body: Body, answers: Answers, deputies_count: bool) -> Iterator[Finding]:
    states = board.states(event)
    said = {state: answers[event.ref, state] for state in states if (event.ref, state) in answers}
    absent = sorted(state for state, answer in said.items() if _is_absent(answer, deputies_count))
    if not absent or len(states) - len(absent) >= body.quorum:
        return
    coming = sum(answer in _COMING and not _is_absent(answer, deputies_count) for answer in said.values())
    yield single(
        "C16",
        board,
        event,
        Severity.ERROR,
        Certainty.CERTAIN,
        _span(event),
        subject=body.code,
        shared=tuple(absent),
        facts=[
            ("body", body.code),
            ("quorum", str(body.quorum)),
            ("coming", str(coming)),
            ("awaited", str(len(states) - len(absent) - coming)),
        ],
    )


def _is_absent(answer: Answer, deputies_count: bool) -> bool:
    return answer is Answer.NOT_COMING or (answer is Answer.DEPUTY and not deputies_count)


def _span(event: Event) -> Span:
    firsts: list[date] = [window.first for window in event.when.windows]
    return Span(min(firsts), max(window.last for window in event.when.windows))


def _needs(board: Board) -> Need | None:
    can_judge = any(register.replies and any(b.quorum for b in register.bodies) for register in board.registers)
    return None if can_judge else Need.REPLIES


RULE = Rule(
    "C16", "fewer members than the body needs", find, (Parameter("deputies_count", True),), _needs, reach=at_once
)
