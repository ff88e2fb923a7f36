"""C07: a milestone of an exercise too late before it, or missing.

Milestones are data of the kind of exercise: so many days before it begins a planning conference must be over. The last
conference that prepares an exercise stands for the last milestone, the one before it for that before, and so on; of
milestones that name a kind of conference only that kind counts. One conference may serve several exercises. Only fixed,
approved exercises are judged.
"""

from collections import defaultdict
from collections.abc import Iterator

from planner.domain.board import Board, Where
from planner.domain.entries import Family, LeadTime
from planner.domain.event import Event, Relation, Status
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.order import lateness
from planner.domain.parameter import Parameters
from planner.rules.rule import Need, Rule, finding, single

_APPROVED = frozenset({Status.APPROVED, Status.CONFIRMED, Status.HELD})


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """A finding for each late milestone, and one note for each exercise that names those nobody planned."""
    preparing = _preparing(board)
    for exercise in board.standing():
        kind = board.kind(exercise)
        is_judged = exercise.when.is_fixed and exercise.status in _APPROVED and board.applies("C07", exercise)
        if kind is None or kind.family is not Family.EXERCISE or not is_judged:
            continue
        missing = []
        for milestone, conference in _assigned(kind.lead_times, preparing[exercise.programme, exercise.ref]):
            if conference is None:
                missing.append(milestone)
            else:
                yield from _late(board, exercise, conference, milestone)
        if missing:
            yield _missing(board, exercise, missing)


def _preparing(board: Board) -> dict[Where, list[Event]]:
    """The planning conferences that prepare each event and may be over before it, by their last day."""
    found: dict[Where, list[Event]] = defaultdict(list)
    for event in board.standing():
        if board.family(event) is Family.PLANNING_CONFERENCE:
            for link in event.links:
                target = board.event(event.programme, link.ref) if link.relation is Relation.PREPARES else None
                late = None if target is None or not board.stands(target) else lateness(board, event, target, 1)
                if target is not None and (late is None or late.certainty is not Certainty.CERTAIN):
                    found[target.programme, target.ref].append(event)
    for conferences in found.values():
        conferences.sort(key=lambda event: (event.when.windows[-1].last, event.ref))
    return found


def _assigned(milestones: tuple[LeadTime, ...], conferences: list[Event]) -> Iterator[tuple[LeadTime, Event | None]]:
    """Each milestone with its conference, from the last backwards; without one where there are too few."""
    left = list(conferences)
    for milestone in sorted(milestones, key=lambda each: (each.days, not each.kind)):
        its = next((each for each in reversed(left) if milestone.kind in {"", each.kind}), None)
        if its is not None:
            left.remove(its)
        yield milestone, its


def _late(board: Board, exercise: Event, conference: Event, milestone: LeadTime) -> Iterator[Finding]:
    late = lateness(board, conference, exercise, milestone.days)
    if late is not None:
        yield finding(
            "C07",
            board,
            (exercise, conference),
            Severity.WARNING,
            late.certainty,
            late.span,
            placements=late.placements,
            facts=[(f"name {language}", text) for language, text in milestone.names] + [("gap", str(late.days))],
            identity=[("exercise", board.name(exercise)), ("days", str(milestone.days))],
        )


def _missing(board: Board, exercise: Event, missing: list[LeadTime]) -> Finding:
    languages = sorted({language for milestone in missing for language, _ in milestone.names})
    named = [
        (f"name {language}", ", ".join(dict(each.names).get(language, "") or each.names[0][1] for each in missing))
        for language in languages
    ]
    first = exercise.when.windows[0].first
    return single(
        "C07", board, exercise, Severity.INFO, Certainty.CERTAIN, Span(first, first), subject="missing", facts=named
    )


def needs(board: Board) -> Need | None:
    """Some kind of exercise must have lead times."""
    kinds = (kind for register in board.registers for kind in register.kinds)
    return None if any(kind.lead_times for kind in kinds) else Need.LEAD_TIMES


RULE = Rule("C07", "a milestone too late before its exercise, or missing", find, needs=needs)
