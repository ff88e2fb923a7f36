"""When an event was approved to take place: as its paper says, else as it stood when the paper was attached (pure)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from planner.domain.board import Board, Where
from planner.domain.change import Change, Logged, Revision, material
from planner.domain.dates import read_when
from planner.domain.dating import context_of
from planner.domain.decision import Item
from planner.domain.event import Event
from planner.domain.register import Register
from planner.domain.window import When, Window
from planner.domain.zone import zone_of

APPROVED = "approved "
"""How the means of a revision begin that a paper allowed: "approved move", "approved import"."""


def approved_when(board: Board, event: Event) -> When | None:
    """When a paper has it that has an item for this very event, else its decision; None when nobody knows."""
    register = board.register(event)
    allowed = [when for when in _allowed(event, register) if not is_moved(when, event.when)]
    if allowed:
        return allowed[0]
    decision = register.decision(event.decision)
    item = next((each for each in decision.items if each.number == event.item), None) if decision is not None else None
    said = None if item is None else item_when(item, event, register)
    return said or board.approval(event)


def _allowed(event: Event, register: Register) -> Iterator[When]:
    """The days that papers allowed this event since: their items are numbered by its reference."""
    items = (item for decision in register.decisions for item in decision.items if item.number == event.ref)
    return (when for item in items if (when := item_when(item, event, register)) is not None)


def item_when(item: Item, event: Event, register: Register) -> When | None:
    """The words of an approved item read where the event takes place; None when they say no date."""
    read = read_when(item.when, context_of(register, zone_of(event, register)))
    return read if isinstance(read, When) else None


def approved_at(logged: Sequence[Logged]) -> int | None:
    """Which entry of an event's log a paper stands behind: the last that named another, or was made under one.

    None when nothing ever approved it; the log is oldest first.
    """
    found, paper = None, ""
    for number, entry in enumerate(logged):
        if not isinstance(entry.after, Event):
            continue
        said = entry.after.decision
        if said and (said != paper or _is_allowed(entry.revision)):
            found = number
        paper = said
    return found


def _is_allowed(revision: Revision) -> bool:
    return revision.means == "approve" or revision.means.startswith(APPROVED)


def is_moved(approved: When, now: When) -> bool:
    """True when it stands outside what was approved; words, zones and part numbers do not matter.

    A period that was approved leaves the day open: fixing one inside it, as rule C19 asks, is no move.
    """
    if approved.mode is not now.mode or len(approved.windows) != len(now.windows):
        return True
    pairs = zip(sorted(approved.windows, key=_place), sorted(now.windows, key=_place), strict=True)
    return not all(_keeps(was, window) for was, window in pairs)


def _keeps(approved: Window, now: Window) -> bool:
    if _place(approved) == _place(now):
        return True
    is_inside = approved.first <= now.first and now.last <= approved.last
    is_as_long = approved.length in (None, now.length) or (approved.at is None and now.at is not None)
    return not approved.is_fixed and is_inside and is_as_long and approved.at in (None, now.at)


def _place(window: Window) -> tuple[date, date, str, int]:
    return window.first, window.last, str(window.at), window.length or 0


def departing(approved: Event, now: Event) -> tuple[str, ...]:
    """The names of the material fields in which an event no longer stands as it was approved."""
    return tuple(name for name in material(approved, now) if name != "when" or is_moved(approved.when, now.when))


def approvals_after(known: Mapping[Where, When], changes: Iterable[Change]) -> Mapping[Where, When]:
    """What was approved, with these changes made: a paper that stays stands for the days it was attached to."""
    found = dict(known)
    for change in changes:
        was, now = change.before, change.after
        if isinstance(was, Event) and isinstance(now, Event) and now.decision:
            where = now.programme, now.ref
            found[where] = found.get(where, was.when) if was.decision == now.decision else now.when
    return found
