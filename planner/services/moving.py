"""Moving, postponing and cancelling: what becomes of an event's days, and what comes along (pure decisions)."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from planner.domain.change import Change
from planner.domain.dates import Unread, read_when
from planner.domain.dating import context_of
from planner.domain.event import Event, Relation, Status
from planner.domain.status import approved_or_proposed
from planner.domain.window import Mode, When, renumbered, without_date
from planner.domain.zone import zone_of
from planner.errors import BadInput, problem
from planner.services.planning import Plan, must_be_open, proposed
from planner.services.proposal import Proposal
from planner.wording.dates import write_when

Along = Literal["phases", "all", "none"]
"""Which linked events come along: phases and what lies around, those held together too, or nothing."""


def propose_move(plan: Plan, ref: str, words: str, along: Along = "phases") -> Proposal:
    """The event on other days, its phases and what lies around it by as many days; its former date is kept."""
    event = plan.event(ref)
    must_be_open(event, "moved")
    return propose_when(plan, event, _read_days(plan, event, words), along)


def propose_when(plan: Plan, event: Event, when: When, along: Along = "phases") -> Proposal:
    """The same to days that are already read."""
    if when.windows == event.when.windows and when.mode == event.when.mode:
        return proposed(plan, "move", [])
    status = event.status
    if status is Status.POSTPONED:
        status = approved_or_proposed(plan.register, event.kind, event.decision)
    moved = replace(event, status=status, when=_formerly(when, event.when))
    changes = [Change(event, moved)]
    days = _days_between(event.when, moved.when)
    language = plan.register.programme.languages[0]
    if days is not None:
        changes.extend(
            Change(each, replace(each, when=_formerly(shifted(each.when, days, language), each.when)))
            for each in _coming_along(plan, event, along)
        )
    return proposed(plan, "move", changes, notes=(*_late(plan, moved), *_left(plan, event, along)))


def propose_postpone(plan: Plan, ref: str, along: Along = "phases") -> Proposal:
    """The event without a date until it is given one; the date it had is kept as its former one."""
    event = plan.event(ref)
    must_be_open(event, "postponed")
    changes = [
        Change(each, replace(each, status=Status.POSTPONED, when=undated(each.when)))
        for each in (event, *_coming_along(plan, event, along))
        if each.status is not Status.POSTPONED
    ]
    return proposed(plan, "postpone", changes, notes=_left(plan, event, along))


def propose_cancel(plan: Plan, ref: str, along: Along = "phases") -> Proposal:
    """The event cancelled; it keeps its date, so that calendars can show what does not take place."""
    event = plan.event(ref)
    if event.status is Status.HELD:
        raise BadInput(problem(event.ref, "was held", "an event that has not taken place"))
    changes = [
        Change(each, replace(each, status=Status.CANCELLED))
        for each in (event, *_coming_along(plan, event, along))
        if each.status is not Status.CANCELLED
    ]
    return proposed(plan, "cancel", changes, notes=_left(plan, event, along))


def _read_days(plan: Plan, event: Event, words: str) -> When:
    when = read_when(words, context_of(plan.register, zone_of(event, plan.register)))
    if isinstance(when, Unread):
        raise BadInput(problem("", f"{words!r}: {when.why}", when.expected, when.remedy))
    if when.mode is not Mode.DATED:
        remedy = f"planner postpone {event.ref}"
        raise BadInput(problem("", f"{words!r} is not a day to move to", "a day or a period", remedy))
    return renumbered(when, event.when)


def _formerly(when: When, before: When) -> When:
    """The new When with the old date as its former one; a date that was former already stays so while undated."""
    if not before.windows:
        return replace(when, former=before.former, former_windows=before.former_windows)
    return replace(when, former=before.words, former_windows=before.windows)


def undated(when: When) -> When:
    """Without its days and words, which become the former ones."""
    dateless = without_date(when)
    return replace(dateless, words="") if dateless != when else when


def _days_between(before: When, after: When) -> int | None:
    """By how many days it moved, None where one of them stands on no day."""
    if not (before.is_fixed and after.is_fixed):
        return None
    return (after.windows[0].first - before.windows[0].first).days


def shifted(when: When, days: int, language: str) -> When:
    """Every window by as many days, in words of that language."""
    by = timedelta(days=days)
    windows = tuple(replace(w, first=w.first + by, last=w.last + by) for w in when.windows)
    later = replace(when, windows=windows)
    return replace(later, words=write_when(replace(later, words="", former="", former_windows=()), language))


def _coming_along(plan: Plan, event: Event, along: Along) -> tuple[Event, ...]:
    """Open events that go where this one goes, each once, by reference."""
    relations = {
        "none": set(),
        "phases": {Relation.PART_OF, Relation.AROUND},
        "all": {Relation.PART_OF, Relation.AROUND, Relation.WITH},
    }[along]
    found: dict[str, Event] = {event.ref: event}
    while True:
        more = [
            each
            for each in plan.events.values()
            if each.ref not in found and any(link.relation in relations and link.ref in found for link in each.links)
        ]
        if along == "all":
            held_with = {link.ref for each in found.values() for link in each.links if link.relation is Relation.WITH}
            more.extend(plan.events[ref] for ref in sorted(held_with - found.keys()) if ref in plan.events)
        if not more:
            break
        found.update((each.ref, each) for each in more)
    del found[event.ref]
    closed = {Status.HELD, Status.CANCELLED}
    return tuple(found[ref] for ref in sorted(found) if found[ref].status not in closed and found[ref].when.windows)


def _left(plan: Plan, event: Event, along: Along) -> tuple[str, ...]:
    """Says which linked events stay where they are although they belong to this one."""
    stays = {each.ref for each in _coming_along(plan, event, "all")}
    stays -= {each.ref for each in _coming_along(plan, event, along)}
    return tuple(f"{ref} is held together with {event.ref} or belongs to it, and stays" for ref in sorted(stays))


def _late(plan: Plan, moved: Event) -> tuple[str, ...]:
    """Says which preparing events no longer come before the one that moved."""
    starts = moved.when.windows[0].first if moved.when.windows else None
    preparing = (
        each
        for each in plan.events.values()
        if any(link.relation is Relation.PREPARES and link.ref == moved.ref for link in each.links)
    )
    return tuple(
        f"{each.ref} prepares {moved.ref} and would end after it starts"
        for each in sorted(preparing, key=lambda each: each.ref)
        if starts is not None and each.when.windows and each.when.windows[-1].last >= starts
    )
