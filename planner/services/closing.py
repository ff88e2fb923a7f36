"""Closing a programme: what is still unsettled in it, the freezing of the rest, and opening it again (pure)."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from planner.domain.change import Change
from planner.domain.event import Event, Status
from planner.domain.unsettled import OPEN
from planner.domain.window import Mode
from planner.errors import BadInput, problem
from planner.services.planning import Plan
from planner.services.proposal import Proposal
from planner.services.settling import to_settle


class Why(StrEnum):
    """Why nobody can say yet what became of an event."""

    OVER = "over"  # and still planned
    COMING = "coming"  # its days are not over
    UNDATED = "undated"  # planned or postponed, without a date


@dataclass(frozen=True, slots=True)
class Unsettled:
    event: Event
    why: Why


def unsettled_at_close(plan: Plan, today: date) -> tuple[Unsettled, ...]:
    """Our own events of which nobody has said what became of them, those that are over first, then by ref."""
    over = {each.ref for one in to_settle(plan, today) for each in (one.event, *one.along)}
    found = [
        Unsettled(event, Why.OVER if event.ref in over else Why.COMING if event.when.windows else Why.UNDATED)
        for event in plan.events.values()
        if event.ref in over or _is_open(event, today)
    ]
    return tuple(sorted(found, key=lambda each: (list(Why).index(each.why), each.event.ref)))


def _is_open(event: Event, today: date) -> bool:
    if event.layer or event.status not in OPEN | {Status.POSTPONED}:
        return False
    if event.when.mode is Mode.THROUGHOUT and not event.when.windows:
        return False  # permanent: it has no end to wait for
    return not event.when.windows or max(window.last for window in event.when.windows) >= today


def propose_close(plan: Plan) -> Proposal:
    """The programme closed: from this revision on nothing in it changes, until it is reopened."""
    programme = plan.register.programme
    if programme.is_closed:
        return Proposal(plan.revision, "close", ())
    return Proposal(plan.revision, "close", (Change(programme, replace(programme, is_closed=True)),))


def propose_reopen(plan: Plan) -> Proposal:
    """The programme open again. Raises BadInput when it is open."""
    programme = plan.register.programme
    if not programme.is_closed:
        raise BadInput(problem(programme.code, "is open", "a programme that was closed"))
    return Proposal(plan.revision, "reopen", (Change(programme, replace(programme, is_closed=False)),))
