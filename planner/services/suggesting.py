"""Days that would help: candidates are sieved by the rules that look at few events, and verified by all the rules."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from planner.domain.board import Board, Where
from planner.domain.event import BookingSort, Event, Status
from planner.domain.finding import Finding
from planner.domain.handles import handles
from planner.domain.memory import Memory, Since, compare, remember
from planner.domain.occupancy import Occupancy
from planner.domain.report import Checked, Report
from planner.domain.suggestion import Suggestion
from planner.domain.vicinity import narrowed
from planner.domain.window import Mode, When, Window
from planner.errors import BadInput, problem
from planner.rules import RULES
from planner.services.checking import find_with, judged
from planner.services.forecasting import neighbourhood
from planner.services.moving import propose_when
from planner.services.other_days import other_days
from planner.services.trying import WHOLE, board_after, plan_of

WITHIN_DAYS = 30
MOST_LISTED = 8
MOST_EVENTS = 1_000
"""A larger plan is checked without looking for a move for each finding: `planner suggest` does it for one event."""

_MOST_TRIED = 3
"""Verified candidates per event of a finding; if the best three do not hold, the sieve is blind to what is wrong."""

_COST: Mapping[Status, int] = {Status.DRAFT: 1, Status.PROPOSED: 2, Status.APPROVED: 3, Status.CONFIRMED: 4}
_LOCAL = frozenset({"C01", "C02", "C04", "C05", "C08", "C09", "C10", "C11", "C12", "C13", "C14", "C20"})
"""Rules that look at one event or a pair: a few events are enough to know what they say of one of them."""

_NEAR = tuple(rule for rule in RULES if rule.reach is not None)
_FAR = tuple(rule for rule in RULES if rule.reach is None)
"""Rules that look at what lies near one another, and those that count or look far around."""

_NOT_BY_MOVING = frozenset({"C15", "C17", "C22", "C24", "C25", "C26", "C27"})
_MARGIN_DAYS = 3


def suggest(board: Board, revision: int, event: Event, within: int = WITHIN_DAYS) -> tuple[Suggestion, ...]:
    """The best days for it, the ones that break least and clear most first, then the nearest. Raises BadInput."""
    why = why_not(board, event)
    if why:
        raise BadInput(problem("", f"{event.ref} {why}"))
    tried = Trying(board, revision)
    sieved = sorted(tried.candidates(event, within), key=lambda each: (each.created_rank_counts, each.distance))
    found = [tried.verified(event, each.when) for each in sieved[: 3 * MOST_LISTED]]
    return tuple(sorted(found, key=_merit)[:MOST_LISTED])


def _merit(each: Suggestion) -> tuple[object, ...]:
    ranks = [created.finding.severity.rank for created in each.created]
    # Of two as far away the later one: it leaves more time to prepare.
    return ranks.count(0), ranks.count(1), -len(each.cleared), each.days_moved, -each.when.windows[0].first.toordinal()


def best_moves(report: Report, revision: int, shown: Iterable[Checked]) -> dict[str, Suggestion]:
    """By finding id, the cheapest single move that clears it and creates nothing as grave; verified one by one.

    Findings that no single move clears, and those that are not settled by moving, have none.
    """
    board = report.board
    if report.is_over or len(board.events) > MOST_EVENTS:
        return {}
    tried = Trying(board, revision)
    found = ((each.id, tried.best_for(each)) for each in shown if each.finding.rule not in _NOT_BY_MOVING)
    return {id_: best for id_, best in found if best is not None}


def why_not(board: Board, event: Event) -> str:
    """Why an event is never proposed for moving, '' when it may be."""
    if event.fixed_by_nature:
        return "is fixed by nature and never moves"
    if event.approximate_by_nature:
        return "is approximate by nature and gets no day"
    if board.is_outside(event):
        return "is an outside event, not ours to move"
    if event.status in {Status.HELD, Status.CANCELLED}:
        return f"is {event.status.value}"
    if event.when.mode is not Mode.DATED:
        return "has no day; give it one with `planner move`, or a period to choose from"
    return ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Days that may do, with what the sieve says they would create and leave, and how far they lie."""

    when: When
    found: Mapping[tuple[object, ...], Finding]
    created: tuple[Finding, ...]
    distance: int

    @property
    def created_rank_counts(self) -> tuple[int, int]:
        ranks = [each.severity.rank for each in self.created]
        return ranks.count(0), ranks.count(1)


class Trying:
    """One board on which moves are tried. What was worked out for one finding is kept for the next."""

    def __init__(self, board: Board, revision: int) -> None:
        self._board = board
        self._revision = revision
        self._rules = tuple(rule for rule in RULES if rule.code in _LOCAL)
        self._standing = tuple(board.standing())
        self._index = Occupancy(
            (resource, *_days(window), owner)
            for owner, event in enumerate(self._standing)
            for resource in _resources(board, event)
            for window in event.when.windows
        )
        self._near, self._far = find_with(board, _NEAR), find_with(board, _FAR)
        standing = judged(board, [*self._near, *self._far], WHOLE)
        self._now = Memory(revision, board.day, remember(standing), is_trial=True)
        self._sieved: dict[tuple[str, str, int], tuple[list[Candidate], Iterator[Candidate]]] = {}
        self._verified: dict[tuple[str, str, When], Suggestion] = {}

    def best_for(self, each: Checked) -> Suggestion | None:
        """The cheapest move of one of its events that clears it and creates nothing as grave."""
        movable = [event for event in map(self._board.named, each.finding.refs) if not why_not(self._board, event)]
        for event in sorted(movable, key=lambda event: (_COST.get(event.status, 9), event.ref)):
            best = self._best_of(event, each)
            if best is not None:
                return best
        return None

    def _best_of(self, event: Event, each: Checked) -> Suggestion | None:
        rank, key = each.finding.severity.rank, _key(each.finding)
        good = (
            candidate
            for candidate in self.candidates(event, WITHIN_DAYS)
            if key not in candidate.found and all(created.severity.rank > rank for created in candidate.created)
        )
        for _, candidate in zip(range(_MOST_TRIED), good, strict=False):
            suggestion = self.verified(event, candidate.when)
            if each.id in suggestion.cleared and suggestion.worst_rank > rank:
                return suggestion
        return None

    def candidates(self, event: Event, within: int) -> Iterator[Candidate]:
        """Days on which it may work, nearest first, each as the sieve sees it; sieved as they are asked for."""
        key = event.programme, event.ref, within
        if key not in self._sieved:
            self._sieved[key] = [], self._sieve(event, within)
        known, coming = self._sieved[key]
        yield from known
        for candidate in coming:
            known.append(candidate)
            yield candidate

    def _sieve(self, event: Event, within: int) -> Iterator[Candidate]:
        before = self._found_about(event, event.when)
        for when in other_days(self._board, event, within):
            yield self._candidate(event, when, before)

    def _candidate(self, event: Event, when: When, before: Mapping[tuple[object, ...], Finding]) -> Candidate:
        found = self._found_about(event, when)
        created = tuple(
            finding
            for key, finding in found.items()
            if key not in before or finding.severity.rank < before[key].severity.rank
        )
        return Candidate(when, found, created, abs((when.windows[0].first - event.when.windows[0].first).days))

    def _found_about(self, event: Event, when: When) -> Mapping[tuple[object, ...], Finding]:
        """What the rules of few events say of it and its family, on those days, among whom they would meet."""
        proposal = propose_when(plan_of(self._board, self._revision, event.programme), event, when)
        moved = {
            (change.after.programme, change.after.ref): change.after
            for change in proposal.changes
            if isinstance(change.after, Event)
        } or {(event.programme, event.ref): event}
        around = {(each.programme, each.ref): each for each in self._around(moved.values())}
        events = tuple(each for _, each in sorted((around | moved).items()))
        board = self._board.with_events(events, self._board.approvals)
        names = {board.name(each) for each in moved.values()}
        found = find_with(board, self._rules)
        return {_key(finding): finding for finding in found if names & set(finding.refs)}

    def _around(self, moved: Iterable[Event]) -> Iterator[Event]:
        """Those they might meet, and the families of all of them."""
        met = {
            owner
            for event in moved
            for resource in _resources(self._board, event)
            for window in event.when.windows
            for owner in self._index.during(resource, *_days(window, _MARGIN_DAYS))
        }
        for event in (*moved, *(self._standing[owner] for owner in sorted(met))):
            yield event
            root = self._board.root(event)
            yield root
            yield from self._board.parts(root)

    def verified(self, event: Event, when: When) -> Suggestion:
        """The move made on the board, and what a check would find then that it does not find now, and the reverse."""
        key = event.programme, event.ref, when
        if key not in self._verified:
            proposal = propose_when(plan_of(self._board, self._revision, event.programme), event, when)
            after = board_after(self._board, proposal.changes)
            moved = {(change.key.programme, change.key.code) for change in proposal.changes}
            self._verified[key] = Suggestion(event, when, *self._checked(after, moved))
        return self._verified[key]

    def _checked(self, after: Board, moved: Collection[Where]) -> tuple[Report, Since]:
        """A check of what lies near those that move, compared with one of the same as it stands; handles as of all."""
        near = neighbourhood(self._board, after, moved)
        found = find_with(after, _NEAR, narrowed(after, near))
        was = judged(self._board, [*self._standing_near(near, moved, found), *self._far], WHOLE)
        report = judged(after, [*found, *find_with(after, _FAR)], WHOLE)
        known = self._now.findings
        before = {id_: replace(each, handle=known.get(id_, each).handle) for id_, each in remember(was).items()}
        named = handles({*known.keys() - before.keys(), *(each.id for each in report.checked)})
        checked = tuple(replace(each, handle=named[each.id]) for each in report.checked)
        report = replace(report, checked=checked)
        return report, compare(replace(self._now, findings=before), report)

    def _standing_near(
        self, near: Collection[Where], moved: Collection[Where], found: Iterable[Finding]
    ) -> list[Finding]:
        """What is found now among these events: known already, unless something else changes than what moves."""
        board = self._board
        names = {board.name(event) for event in board.events if (event.programme, event.ref) in near}
        moving = {board.name(event) for where in moved if (event := board.event(*where)) is not None}
        standing = [finding for finding in self._near if names.issuperset(finding.refs)]
        others = [{each for each in side if moving.isdisjoint(each.refs)} for side in (standing, found)]
        return standing if others[0] == others[1] else find_with(board, _NEAR, narrowed(board, near))


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.refs, finding.subject


def _days(window: Window, margin: int = 0) -> tuple[int, int]:
    """Day numbers, the end excluded, with a day on both sides for the zones and so many more."""
    return window.first.toordinal() - 1 - margin, window.last.toordinal() + 2 + margin


def _resources(board: Board, event: Event) -> tuple[tuple[str, str], ...]:
    """What it needs: states, and forces and places with those they lie in."""
    register = board.register(event)
    found = {("party", state) for state in board.states(event)}
    for sort, look_up in ((BookingSort.FORCE, register.force), (BookingSort.PLACE, register.place)):
        for booking in event.booked(sort):
            code = booking.code
            while code and (sort.value, code) not in found:
                found.add((sort.value, code))
                entry = look_up(code)
                code = entry.within if entry is not None else ""
    return tuple(sorted(found))
