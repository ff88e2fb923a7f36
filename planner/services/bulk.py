"""The same done to several events at once: one proposal, one revision, one undo (pure)."""

from collections.abc import Callable, Sequence

from planner.domain.change import Change, Key
from planner.domain.event import Event
from planner.domain.window import When
from planner.errors import BadInput, PlannerError, Problem, problem
from planner.services.moving import propose_postpone, propose_when, shifted
from planner.services.planning import Plan, proposed
from planner.services.proposal import Proposal


def propose_shift(plan: Plan, refs: Sequence[str], days: int) -> Proposal:
    """These events moved by as many days, earlier when negative; each takes its phases along, none moves twice."""
    if not days:
        raise BadInput(problem("", "a shift by 0 days moves nothing", "a number such as 7 or -14"))

    def move(event: Event) -> Proposal:
        return propose_when(plan, event, _moved(event, days, plan))

    return _together(plan, "move", refs, move)


def _moved(event: Event, days: int, plan: Plan) -> When:
    if not event.when.windows:
        raise BadInput(problem(event.ref, "stands on no date", remedy="leave it out, or give it a date"))
    return shifted(event.when, days, plan.register.programme.languages[0])


def propose_postpone_all(plan: Plan, refs: Sequence[str]) -> Proposal:
    """These events taken off their dates."""
    return _together(plan, "postpone", refs, lambda event: propose_postpone(plan, event.ref))


def _together(plan: Plan, means: str, refs: Sequence[str], propose: Callable[[Event], Proposal]) -> Proposal:
    """One proposal of all; raises BadInput with what is wrong with each of them."""
    changes: dict[Key, Change] = {}
    notes: dict[str, None] = {}
    problems: list[Problem] = []
    for ref in dict.fromkeys(refs):
        try:
            one = propose(plan.event(ref))
        except PlannerError as error:
            problems += error.problems
            continue
        changes.update((change.key, change) for change in one.changes)
        notes.update(dict.fromkeys(one.notes))
    if problems:
        raise BadInput(*problems)
    inner = proposed(plan, means, tuple(changes.values()))
    return Proposal(inner.revision, inner.means, inner.changes, tuple(notes))
