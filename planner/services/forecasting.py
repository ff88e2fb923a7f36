"""What a change would do to the conflicts, before it is made."""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.domain.board import Board
from planner.domain.change import Change, key_of
from planner.domain.event import Event
from planner.domain.finding import Finding
from planner.services.checking import check, load_board
from planner.store import Snapshot


@dataclass(frozen=True, slots=True)
class Forecast:
    """Listed findings that would be new, and those that would be gone; `board` knows both states' events."""

    created: tuple[Finding, ...]
    cleared: tuple[Finding, ...]
    board: Board
