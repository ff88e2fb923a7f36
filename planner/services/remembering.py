"""Checks that were kept, and checks of a past state, to compare with."""

from datetime import date, datetime

from planner.domain.board import Board
from planner.domain.memory import Memory, Since, compare, remember
from planner.domain.run import CheckRun
from planner.services.checking import Options, check, load_board
from planner.store import Database, Snapshot

__all__ = ["keep", "last_kept", "since", "state_then"]


def last_kept(snapshot: Snapshot) -> Memory | None:
    """The check that was kept last, or None when none ever was."""
    run = snapshot.last_check()
    return None if run is None else Memory(run.revision, run.day, {each.id: each for each in run.findings}, run.number)


def state_then(snapshot: Snapshot, day: date) -> Memory:
    """What a check of that state of the plan says, judged from that day."""
    return Memory(snapshot.revision, day, remember(check(load_board(snapshot, day))))


def since(memory: Memory, board: Board) -> Since:
    """What became of the findings; always by the usual check, so that options never look like changes."""
    return compare(memory, check(board, Options()))


def keep(database: Database, board: Board, revision: int, now: datetime, who: str) -> int:
    """Keeps the usual check of this board, and gives back the number of the run. It is no revision of the plan."""
    report = check(board, Options())
    run = CheckRun(0, revision, board.day, now, who, report.rules, tuple(remember(report).values()))
    return database.keep_check(run)
