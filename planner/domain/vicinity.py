"""Which events a change can touch: itself, what belongs to it, and what lies near it in time or in one crowd.

A rule that looks at events near one another (planner.rules.rule) finds the same about the changed events among these as
among all. Of the others it may find less, but the same before the change as after it: a difference of the two is exact.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from datetime import timedelta

from planner.domain.board import Board, Where
from planner.domain.clash import Resource, stretch
from planner.domain.event import Event

_ZONES = 28 * 60
"""Minutes by which two local clocks can differ, and some more: UTC-12 to UTC+14."""
Claims = Callable[[Board, Event], Iterable[Resource]]


def vicinity(boards: Collection[Board], changed: Collection[Where], reach: timedelta, claims: Claims) -> set[Where]:
    """Where those events are that rules of this reach look at to judge the changed ones, on any of these boards.

    `claims` are what events can be crowded over: each set of events with an open date that compete for one thing.
    """
    kin = _Kin(boards)
    core = kin.of(changed)
    stretches = _merged(_reaching(each, reach) for each in _states(boards, core))
    near = {where for board in boards for where, event in _placed(board) if _meets(event, stretches)}
    return kin.of(core | near | _crowded(boards, core, claims))


def narrowed(board: Board, near: Collection[Where]) -> Board:
    """The board with no other events than these."""
    return board.with_events(tuple(e for e in board.events if (e.programme, e.ref) in near), board.approvals)


class _Kin:
    """What belongs together: families, and whatever is linked to one another."""

    def __init__(self, boards: Collection[Board]) -> None:
        self._linked: dict[Where, set[Where]] = defaultdict(set)
        for board in boards:
            for event in board.events:
                for link in event.links:
                    one, other = (event.programme, event.ref), (event.programme, link.ref)
                    self._linked[one].add(other)
                    self._linked[other].add(one)

    def of(self, wheres: Iterable[Where]) -> set[Where]:
        """These and all that is linked to them, directly or through others."""
        found, left = set(wheres), list(wheres)
        while left:
            for other in self._linked.get(left.pop(), ()):
                if other not in found:
                    found.add(other)
                    left.append(other)
        return found


def _states(boards: Iterable[Board], wheres: Iterable[Where]) -> Iterator[Event]:
    listed = list(wheres)
    for board in boards:
        yield from (event for where in listed if (event := board.event(*where)) is not None)


def _placed(board: Board) -> Iterator[tuple[Where, Event]]:
    return (((event.programme, event.ref), event) for event in board.events if event.when.windows)


def _reaching(event: Event, reach: timedelta) -> list[tuple[int, int]]:
    apart = int(reach.total_seconds() // 60) + _ZONES
    return [(start - apart, end + apart) for start, end in map(stretch, event.when.windows)]


def _merged(of_events: Iterable[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The stretches in order, those that meet made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(each for stretches in of_events for each in stretches):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _meets(event: Event, stretches: list[tuple[int, int]]) -> bool:
    for start, end in map(stretch, event.when.windows):
        at = bisect_left(stretches, (end,))
        if at and stretches[at - 1][1] > start:
            return True
    return False


def _crowded(boards: Collection[Board], core: Collection[Where], claims: Claims) -> set[Where]:
    """Who competes with these events for one thing, one date running into the next, where any of the dates is open."""
    found: set[Where] = set()
    for board in boards:
        if not any(_is_open(event) for event in board.standing()):
            continue
        claimed: dict[Hashable, list[Event]] = defaultdict(list)
        for event in board.standing():
            for resource in claims(board, event):
                claimed[resource.code].append(event)
        wanted = {r.code for event in _states(boards, core) for r in claims(board, event)}
        for code in wanted:
            for run in _runs(claimed.get(code, [])):
                if any(map(_is_open, run)) and any((e.programme, e.ref) in core for e in run):
                    found.update((event.programme, event.ref) for event in run)
    return found


def _runs(events: Iterable[Event]) -> Iterator[list[Event]]:
    """The events in groups between which there is a gap in time."""
    placed = [(*each, event) for event in events for each in map(stretch, event.when.windows)]
    run: list[Event] = []
    until = 0
    for start, end, event in sorted(placed, key=lambda each: each[:2]):
        if run and start > until + _ZONES:
            yield run
            run, until = [], 0
        run.append(event)
        until = max(until, end)
    if run:
        yield run


def _is_open(event: Event) -> bool:
    return any(not window.is_fixed for window in event.when.windows)
