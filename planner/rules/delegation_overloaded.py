"""C21: more events of one delegation in a stretch of days than its people can carry. Information.

An exercise counts once with its phases; campaigns occupy nobody. Delegations with the same events share a finding.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.board import Board, Delegation
from planner.domain.event import Event
from planner.domain.finding import Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.rules.rule import Rule, of_programme


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting of an event, on these days."""

    first: date
    last: date
    event: Event


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in which too many sittings lie, and how many days were looked at."""

    sittings: tuple[Sitting, ...]
    days: int

    @property
    def span(self) -> Span:
        return Span(min(each.first for each in self.sittings), max(each.last for each in self.sittings))


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each level and stretch, its states named together; a month says nothing its weeks say."""
    shared: dict[tuple[str, str, Stretch], list[str]] = defaultdict(list)
    for (programme, delegation), sittings in sorted(_sittings(board).items(), key=lambda each: _key(*each[0])):
        for stretch in _stretches(sittings, programme, parameters):
            shared[programme, delegation.level, stretch].append(delegation.state)
    for (programme, level, stretch), states in shared.items():
        yield _finding(board, programme, level, stretch, tuple(sorted(states)))


def _key(programme: str, delegation: Delegation) -> tuple[str, str, str]:
    return programme, delegation.level, delegation.state


def _sittings(board: Board) -> dict[tuple[str, Delegation], list[Sitting]]:
    """The fixed sittings of each delegation, by day, those of a phase left out where the exercise has them."""
    found: dict[tuple[str, Delegation], list[Sitting]] = defaultdict(list)
    for event in board.standing():
        if board.occupies(event) and board.applies("C21", event):
            root = board.root(event)
            of_root = set(board.delegations(root)) if root != event and board.stands(root) else set()
            for delegation in board.delegations(event):
                if delegation not in of_root:
                    its = (Sitting(w.first, w.last, event) for w in event.when.windows if w.is_fixed)
                    found[event.programme, delegation].extend(its)
    return {key: sorted(each, key=lambda s: (s.first, s.last, s.event.ref)) for key, each in found.items()}


def _stretches(sittings: list[Sitting], programme: str, parameters: Parameters) -> list[Stretch]:
    weeks = _too_many(
        sittings, parameters.number(programme, "short_days"), parameters.number(programme, "short_events")
    )
    months = _too_many(sittings, parameters.number(programme, "long_days"), parameters.number(programme, "long_events"))
    said = {sitting for stretch in weeks for sitting in stretch.sittings}
    return [*weeks, *(stretch for stretch in months if not said.intersection(stretch.sittings))]


def _too_many(sittings: list[Sitting], days: int, most: int) -> list[Stretch]:
    """The longest runs of days from each of which, looking `days` ahead, more than `most` sittings are met."""
    marks: dict[date, int] = defaultdict(int)
    for each in sittings:
        marks[each.first - timedelta(days=days - 1)] += 1
        marks[each.last + timedelta(days=1)] -= 1
    near = _Near(sittings)
    count, begun, found = 0, None, []
    for day in sorted(marks):
        count += marks[day]
        if count > most and begun is None:
            begun = day
        elif count <= most and begun is not None:
            found.append(Stretch(tuple(near.met(begun, day + timedelta(days=days - 2))), days))
            begun = None
    return found


class _Near:
    """Sittings in order of their first days, found by days without looking at all of them."""

    def __init__(self, sittings: list[Sitting]) -> None:
        self._sittings = sittings
        self._firsts = [each.first for each in sittings]
        self._longest = max((each.last - each.first for each in sittings), default=timedelta())

    def met(self, first: date, last: date) -> Iterator[Sitting]:
        """Those that share a day with `first`..`last`, in their order."""
        low, high = bisect_left(self._firsts, first - self._longest), bisect_right(self._firsts, last)
        return (each for each in self._sittings[low:high] if each.last >= first)


def _finding(board: Board, programme: str, level: str, stretch: Stretch, states: tuple[str, ...]) -> Finding:
    events = dict.fromkeys(sitting.event for sitting in stretch.sittings)
    register = next(each for each in board.registers if each.programme.code == programme)
    return of_programme(
        "C21",
        board,
        register,
        events,
        Severity.INFO,
        stretch.span,
        subject=f"{'+'.join(states)} {level} {stretch.span.first} {stretch.days}",
        shared=states,
        facts=[("level", level), ("count", str(len(stretch.sittings))), ("days", str(stretch.days))],
    )


RULE = Rule(
    "C21",
    "more events of one delegation than it can carry",
    find,
    (
        Parameter("short_events", 4, least=1),
        Parameter("short_days", 7, least=1, most=366),
        Parameter("long_events", 10, least=1),
        Parameter("long_days", 30, least=1, most=366),
    ),
)
