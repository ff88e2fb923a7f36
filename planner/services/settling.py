"""Settling what is over: each past event that still stands as planned was held, postponed or cancelled (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from planner.domain.board import Board
from planner.domain.change import Change
from planner.domain.event import Event, Status
from planner.domain.unsettled import unsettled, with_heads
from planner.errors import BadInput, Problem
from planner.services.moving import undated
from planner.services.planning import Plan, proposed
from planner.services.proposal import Proposal

Outcome = Literal["held", "postponed", "cancelled"]
Answers = dict[str, Outcome]
"""What became of each event, by reference."""


@dataclass(frozen=True, slots=True)
class Open:
    """An event to be settled, with its phases and what lies around it, which share its answer."""

    event: Event
    along: tuple[Event, ...] = ()


def to_settle(plan: Plan, today: date) -> tuple[Open, ...]:
    """What is over and still planned, by day; the phases of an exercise with their exercise."""
    board = Board(today, (plan.register,), tuple(plan.events.values()))
    return tuple(Open(head, along) for head, along in with_heads(board, unsettled(board)).items())


def settled_so_far(plan: Plan, today: date, said: Mapping[Outcome, Sequence[str]], rest: Outcome | None) -> Answers:
    """The answers given as options: events by outcome, and what the remaining ones were.

    Raises BadInput for an event that has two answers, or that is not to be settled.
    """
    waiting = to_settle(plan, today)
    by_ref = {each.ref: one for one in waiting for each in (one.event, *one.along)}
    answers: dict[str, Outcome] = {}
    problems = []
    for outcome, refs in said.items():
        for text in refs:
            event = plan.event(text)
            if event.ref not in by_ref:
                found = f"is {event.status.value}" if event.when.windows else "stands on no date"
                problems.append(
                    Problem(event.ref, f"{found} and not to be settled on {today}", "an event that is over")
                )
            elif answers.get(event.ref, outcome) != outcome:
                problems.append(Problem(event.ref, f"is said to be {answers[event.ref]} and {outcome}", "one of them"))
            answers[event.ref] = outcome
    if problems:
        raise BadInput(*problems)
    for one in waiting:
        answer = answers.get(one.event.ref, rest)
        for each in (one.event, *one.along):
            if answer is not None:
                answers.setdefault(each.ref, answer)
    return answers


def propose_settle(plan: Plan, answers: Mapping[str, Outcome]) -> Proposal:
    """The events as they came out. A postponed one stands on no date until it gets one."""
    changes = []
    for ref, outcome in answers.items():
        event = plan.events[ref]
        changes.append(Change(event, _settled(event, outcome)))
    return proposed(plan, "settle", changes)


def _settled(event: Event, outcome: Outcome) -> Event:
    if outcome == "postponed":
        return replace(event, status=Status.POSTPONED, when=undated(event.when))
    return replace(event, status=Status(outcome))
