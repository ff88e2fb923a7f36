"""The plan as one level sees it, read once a revision and kept in this process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock, RLock
from typing import TypeVar, cast

from planner.domain.board import Board
from planner.domain.change import Revision
from planner.domain.event import Event
from planner.domain.feed import Level
from planner.domain.register import Register
from planner.domain.release import newest_release
from planner.domain.report import Checked, Report
from planner.domain.suggestion import Suggestion
from planner.errors import NotFound, problem
from planner.services.checking import check, load_board
from planner.services.releasing import moved_since
from planner.services.showing import visible
from planner.services.states import revision_meant
from planner.services.suggesting import best_moves
from planner.store import Database, Snapshot

MOST_KEPT = 12

MadeT = TypeVar("MadeT")


@dataclass(frozen=True)
class Seen:
    """The plan at one revision as one level sees it. `board` has everything and is for deciding, never for showing."""

    board: Board
    register: Register
    events: tuple[Event, ...]
    programmes: tuple[str, ...]
    newest: Revision | None
    revision: int
    level: Level
    moved: frozenset[str] = frozenset()
    """The events that stand on other days than in the latest release, as that level saw it."""

    _made: dict[tuple[object, ...], object] = field(default_factory=dict, repr=False, compare=False)
    _making: RLock = field(default_factory=RLock, repr=False, compare=False)

    @property
    def report(self) -> Report:
        """What a check of everything says; only coordinators are shown it."""
        return self.once(("report",), lambda: check(self.board))

    def moves(self, shown: Sequence[Checked]) -> Mapping[str, Suggestion]:
        """By the id of each of these findings, the best single move that clears it."""
        key = ("moves", *(each.id for each in shown))
        return self.once(key, lambda: best_moves(self.report, self.revision, shown))

    def once(self, key: tuple[object, ...], make: Callable[[], MadeT]) -> MadeT:
        """What depends on this state alone, by key: made once; whoever asks meanwhile waits rather than make it too."""
        with self._making:
            if key not in self._made:
                self._made[key] = make()
            return cast(MadeT, self._made[key])

    @cached_property
    def by_ref(self) -> Mapping[str, Event]:
        return {event.ref: event for event in self.events}


class Views:
    """The newest states that were looked at, kept in this process: the same revision is read once a level."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], Seen] = {}
        self._lock = Lock()
        self._reading = Lock()

    def look(self, database: Database, wanted: str, level: Level, day: date, as_of: str = "") -> Seen:
        """The plan as it now stands, or as of a revision, day or release.

        Raises NotFound when there is no such programme or state, or no programme at all, and BadInput.
        """
        with database.snapshot() as newest_state:
            is_now = not as_of
            snapshot = newest_state if is_now else newest_state.at(revision_meant(newest_state, as_of, "as_of"))
            key = (snapshot.revision, wanted, level, day)
            if seen := self._kept_at(key):
                return seen
            with self._reading:  # one reads it, the others wait
                if seen := self._kept_at(key):
                    return seen
                seen = _read(newest_state, snapshot, wanted, level, day)
                self._keep(key, seen)
                return seen

    def _kept_at(self, key: tuple[object, ...]) -> Seen | None:
        with self._lock:
            return self._kept.get(key)

    def _keep(self, key: tuple[object, ...], seen: Seen) -> None:
        with self._lock:
            self._kept[key] = seen
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]


def _read(newest_state: Snapshot, snapshot: Snapshot, wanted: str, level: Level, day: date) -> Seen:
    board = load_board(snapshot, day)
    register = _register(board, wanted)
    events = visible(snapshot, register, level)
    codes = tuple(each.programme.code for each in board.registers)
    released = newest_release(register.releases)
    then = () if released is None else visible(newest_state.at(released.revision), register, level)
    return Seen(board, register, events, codes, snapshot.newest(), snapshot.revision, level, moved_since(events, then))


def _register(board: Board, wanted: str) -> Register:
    """The programme asked for, else the one that begins last."""
    found = {each.programme.code: each for each in board.registers}
    if wanted and wanted not in found:
        raise NotFound(problem("", f"there is no programme {wanted!r}", f"known: {', '.join(found) or 'none'}"))
    if not found:
        remedy = "make one with `planner programme new FILE.toml` and `planner programme load FILE.toml`"
        raise NotFound(problem("", "the database has no programme yet", remedy=remedy))
    return found[wanted] if wanted else max(found.values(), key=lambda each: each.programme.first)
