"""What would break if events were moved: decided on the board alone, nothing is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planner.domain.approval import approvals_after
from planner.domain.board import Board
from planner.domain.change import Change, Key
from planner.domain.event import Event
from planner.domain.memory import Memory, Since, compare, remember
from planner.domain.report import Report
from planner.errors import BadInput, PlannerError, Problem, problem
from planner.services.checking import Options, check
from planner.services.moving import Along, propose_move
from planner.services.planning import Plan


@dataclass(frozen=True, slots=True)
class Trial:
    """Moves that were tried: their changes, the check that would follow, and what becomes of every finding."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    report: Report
    since: Since


WHOLE = Options(past=True)
"""A trial looks at everything: a move into the past, or of what is over, breaks things as well."""


def try_moves(
    board: Board,
    revision: int,
    programme: str,
    wanted: Sequence[tuple[str, str]],
    along: Along = "phases",
    options: Options = WHOLE,
) -> Trial:
    """These events (reference, when) moved one after the other, their families with them.

    Raises BadInput or NotFound with every move that cannot be made.
    """
    after = board
    changes: dict[Key, Change] = {}
    notes: list[str] = []
    problems: list[Problem] = []
    for ref, words in wanted:
        try:
            proposal = propose_move(plan_of(after, revision, programme), ref, words, along)
        except PlannerError as error:
            problems += [replace(each, where=each.where or ref) for each in error.problems]
            continue
        after = board_after(after, proposal.changes)
        for change in proposal.changes:
            first = changes.get(change.key, change)
            changes[change.key] = Change(first.before, change.after)
        notes += proposal.notes
    if problems:
        raise BadInput(*problems)
    memory = Memory(revision, board.day, remember(check(board, WHOLE)), is_trial=True)
    return Trial(tuple(changes.values()), tuple(notes), check(after, options), compare(memory, check(after, WHOLE)))


def read_wanted(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """ "REF=WHEN" as pairs. Raises BadInput naming those that are not."""
    parts = [(text, *(part.strip() for part in text.partition("="))) for text in texts]
    wrong = [
        problem("--if", f"{text!r} is not a move", 'a reference and days, as "EX-2020-UB=19-23 October"')
        for text, ref, _, words in parts
        if not (ref and words)
    ]
    if wrong:
        raise BadInput(*wrong)
    return tuple((ref, words) for _, ref, _, words in parts)


def plan_of(board: Board, revision: int, programme: str) -> Plan:
    """The plan of one programme as it stands on the board."""
    register = next(each for each in board.registers if each.programme.code == programme)
    return Plan(register, {event.ref: event for event in board.events if event.programme == programme}, revision)


def board_after(board: Board, changes: Sequence[Change]) -> Board:
    """The board with these events changed."""
    events = {(event.programme, event.ref): event for event in board.events}
    for change in changes:
        if isinstance(change.after, Event):
            events[change.key.programme, change.key.code] = change.after
    approved = approvals_after(dict(board.approvals), changes)
    return board.with_events(
        tuple(events[where] for where in sorted(events)), tuple(sorted(approved.items(), key=lambda each: each[0]))
    )
