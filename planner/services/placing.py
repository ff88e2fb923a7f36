"""Pages as files for any web server: put in place whole, and taken away when what they told of is public no longer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.feed import Feed, Level
from planner.domain.register import Register
from planner.domain.window import Window
from planner.errors import BadInput, problem
from planner.services.disclosing import shown
from planner.services.published import Published, shown_in
from planner.services.putting import Written, put
from planner.services.regarding import KEPT
from planner.services.showing import visible_of
from planner.store import Snapshot

MARK = '<meta name="generator" content="planner">'
"""In the head of every page we write: only such pages are ever taken away."""


@dataclass(frozen=True, slots=True)
class PublicPlan:
    """What everybody may see, and nothing else: from this alone public pages are made.

    `board` has no other events either. `moved` are the days an event had before, by ref. `changed` is the day of the
    newest change of what is shown, None when nothing is: of the plan, never of today.
    """

    board: Board
    register: Register
    events: tuple[Event, ...]
    moved: Mapping[str, tuple[Window, ...]]
    changed: date | None


def public_plan(snapshot: Snapshot, published: Published) -> PublicPlan:
    """The plan as public feeds show it: as it stands, or as it was released last."""
    state = shown_in(published, Feed(published.programme, "public", level=Level.PUBLIC))
    # Feeds say nothing of days off, so what they are made from has none.
    whole = snapshot.register(published.programme)
    register = replace(
        state.register, holidays=whole.holidays, notes=(), papers=(), contacts=(), replies=(), waivers=()
    )
    events = visible_of(state.events, register, Level.PUBLIC)
    seen = {event.ref for event in events}
    known = [each for each in state.events if each.event.ref in seen and not each.is_removed]
    told = {each.event.ref: shown(each, register, Level.PUBLIC, KEPT) for each in known}
    moved = {ref: its.former for ref, its in told.items() if its is not None and its.former}
    changed = max((each.stamp.changed for each in known), default=None)
    day = changed.date() if changed is not None else register.programme.first
    board = Board(day, (register,), events)
    return PublicPlan(board, register, events, moved, changed.date() if changed is not None else None)


def place(folder: Path, pages: Mapping[str, bytes]) -> tuple[Written, ...]:
    """Puts pages, by path below the folder, in place."""
    return put(folder, ((name, content, 0) for name, content in pages.items()))


def stale(folder: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """Pages of ours below the folder that are none of these: they tell of what is public no longer."""
    wanted = {folder / name for name in names}
    found = sorted(path for path in folder.glob("*/**/*.html") if path not in wanted and path.is_file())
    return tuple(path for path in found if MARK.encode() in path.read_bytes()[:400])


def take_away(paths: Iterable[Path]) -> None:
    """Removes these files. Raises BadInput for one that cannot be removed: it would go on being given out."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            found = f"is public no longer and cannot be removed ({error.strerror})"
            raise BadInput(problem(str(path), found, "a folder you may write")) from error
