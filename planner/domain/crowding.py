"""Sets of events that cannot all take place, though each pair of them could: jointly certain clashes.

Energy of an interval of days: what must lie inside it, each with its least length, against the days it has. An
interval that is asked for more days than it has exists exactly when one machine that works on whatever must be
finished first, and may interrupt it, misses a deadline (Horn 1974); so one run in O(n log n) looks at every interval.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import chain

from planner.domain.board import Board, Where
from planner.domain.clash import Clash, Resource
from planner.domain.event import Event
from planner.domain.finding import Certainty, Span


@dataclass(frozen=True, slots=True)
class Task:
    """Something that needs `days` whole days of a resource between `first` and `last`, both included."""

    event: Event
    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """Events, in order, that together need more days of what they share than the span has."""

    events: tuple[Event, ...]
    shared: tuple[Hashable, ...]
    span: Span
    needed: int


def crowds(board: Board, claims_of: Callable[[Event], Iterable[Resource]], met: Iterable[Clash]) -> list[Crowd]:
    """Smallest sets of events that need more days of a resource than there are, each set once, in order.

    `met` are the clashes of pairs. Of events that belong together, or that clash for certain anyway, the longest
    stands for all.
    """
    if not any(board.once_for(_is_open, (event,)) for event in board.standing()):
        return []
    apart: dict[Where, list[Event]] = defaultdict(list)
    for clash in met:
        if clash.meeting.certainty is Certainty.CERTAIN:
            apart[_where(clash.one)].append(clash.other)
    found: dict[tuple[Where, ...], list[tuple[Hashable, tuple[Task, ...]]]] = defaultdict(list)
    for code, events in _claimants(board, claims_of):
        if any(board.once_for(_is_open, (event,)) for event in events):
            chosen = _one_for_all(board, events, apart)
            tasks = [task for event in chosen for task in board.once_for(_tasks, (event,))]
            for crowd in overfull(tasks):
                found[tuple(_where(event) for event in _events(crowd))].append((code, crowd))
    return [_crowd(same) for _, same in sorted(found.items())]


def _crowd(same: list[tuple[Hashable, tuple[Task, ...]]]) -> Crowd:
    tasks = same[0][1]
    span = Span(min(task.first for task in tasks), max(task.last for task in tasks))
    shared = sorted({code for code, _ in same}, key=str)
    return Crowd(_events(tasks), tuple(shared), span, sum(task.days for task in tasks))


def _events(tasks: Iterable[Task]) -> tuple[Event, ...]:
    return tuple({_where(task.event): task.event for task in tasks}.values())


def overfull(tasks: Iterable[Task]) -> Iterator[tuple[Task, ...]]:
    """Smallest sets of tasks that do not fit into the days from their first to their last.

    After each, the task that could not be finished is taken out, and the rest is looked at again.
    """
    left = sorted(tasks, key=lambda task: (task.first, task.last, _where(task.event)))
    while (missed := _missed(left)) is not None:
        index, start = missed
        late = left[index]
        inside = [task for task in left if start <= task.first and task.last <= late.last]
        yield tuple(sorted(_shrunk(inside), key=lambda task: (*_where(task.event), task.first)))
        del left[index]


def _missed(tasks: list[Task]) -> tuple[int, date] | None:
    """The task that misses its last day when the most urgent goes first, and where the interval begins; else None."""
    waiting: list[tuple[date, int, int]] = []  # last day, index, days that are left
    now, next_index = date.min, 0
    while waiting or next_index < len(tasks):
        if not waiting:
            now = max(now, tasks[next_index].first)
        while next_index < len(tasks) and tasks[next_index].first <= now:
            heappush(waiting, (tasks[next_index].last, next_index, tasks[next_index].days))
            next_index += 1
        last, index, days = heappop(waiting)
        until = tasks[next_index].first if next_index < len(tasks) else date.max
        worked = min(days, (until - now).days)
        now += timedelta(days=worked)
        if now - timedelta(days=1) > last:
            return index, _begin(tasks, last)
        if worked < days:
            heappush(waiting, (last, index, days - worked))
    return None


def _begin(tasks: list[Task], last: date) -> date:
    """The latest day from which on what must be done by `last` is more than the days there are."""
    needed = 0
    inside = sorted((task for task in tasks if task.last <= last), key=lambda task: task.first, reverse=True)
    for position, task in enumerate(inside):
        needed += task.days
        is_whole = position + 1 == len(inside) or inside[position + 1].first < task.first
        if is_whole and needed > (last - task.first).days + 1:
            return task.first
    return inside[-1].first


def _shrunk(tasks: list[Task]) -> list[Task]:
    """Without the shortest that are not needed for the set to be too much."""
    kept = sorted(tasks, key=lambda task: (task.days, _where(task.event)))
    for task in list(kept):
        rest = [each for each in kept if each is not task]
        if rest and sum(each.days for each in rest) > _room(rest):
            kept = rest
    return kept


def _room(tasks: list[Task]) -> int:
    return (max(task.last for task in tasks) - min(task.first for task in tasks)).days + 1


def _claimants(
    board: Board, claims_of: Callable[[Event], Iterable[Resource]]
) -> Iterator[tuple[Hashable, list[Event]]]:
    """Per resource the events that need all of it: those that book it, and those that book what it is a part of."""
    direct: dict[Hashable, list[Event]] = defaultdict(list)
    around: dict[Hashable, set[Hashable]] = defaultdict(set)
    for event in board.standing():
        for claim in claims_of(event):
            if claim.is_direct:
                direct[claim.code].append(event)
            else:
                around[claim.booked].add(claim.code)
    for code in sorted(direct, key=str):
        its = {_where(event): event for holder in (code, *around[code]) for event in direct.get(holder, ())}
        yield code, [event for _, event in sorted(its.items())]


def _one_for_all(board: Board, events: list[Event], apart: Mapping[Where, list[Event]]) -> list[Event]:
    """One event of each group that belongs together or clashes for certain: the one that needs most days."""
    heads: dict[Where, Where] = {}

    def head(event: Event) -> Where:
        where = _where(board.root(event))
        while heads.get(where, where) != where:
            where = heads[where]
        return where

    here = {_where(event) for event in events}
    pairs = ((one, other) for one in events for other in apart.get(_where(one), ()) if _where(other) in here)
    held = ((event, other) for event in events for other in board.held_with(event))
    for one, other in chain(pairs, held):
        heads[head(one)] = head(other)
    chosen: dict[Where, Event] = {}
    for event in events:
        chosen.setdefault(head(event), event)
        if _least_days(board, event) > _least_days(board, chosen[head(event)]):
            chosen[head(event)] = event
    return list(chosen.values())


def _tasks(board: Board, event: Event) -> list[Task]:
    """Its sittings of whole days that cannot fall on one another."""
    windows = sorted((window for window in event.when.windows if window.at is None), key=lambda window: window.first)
    found: list[Task] = []
    for window in windows:
        if not found or found[-1].last < window.first:
            found.append(Task(event, window.first, window.last, window.length or 1))
    return found


def _least_days(board: Board, event: Event) -> int:
    return sum(task.days for task in board.once_for(_tasks, (event,)))


def _is_open(board: Board, event: Event) -> bool:
    return any(not window.is_fixed for window in event.when.windows)


def _where(event: Event) -> Where:
    return event.programme, event.ref
