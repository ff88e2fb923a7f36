"""Plan against approval: what of an approved list is missing, what is extra, and what has drifted since (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.approval import is_moved, item_when
from planner.domain.change import Revision, key_of
from planner.domain.decision import Decision, Item
from planner.domain.event import Event, Status
from planner.domain.register import Register
from planner.domain.window import When
from planner.errors import NotFound, problem
from planner.services.provenance import set_by
from planner.store import Snapshot


class Departure(StrEnum):
    """How the plan departs from an approved item."""

    MISSING = "missing"  # no event stands for it
    EXTRA = "extra"  # an event names the paper, but no item of it
    DRIFTED = "drifted"  # it stands on other days than were approved
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure: the item, the event, the approved and the present date in words, and the revision that did it."""

    departure: Departure
    item: str
    ref: str
    title: str
    approved: str = ""
    now: When | None = None
    revision: Revision | None = None


def decision_named(register: Register, text: str) -> Decision:
    """The decision known by that code, title or alias. Raises NotFound with the nearest."""
    code = register.names("decision").find(text)
    found = None if code is None else register.decision(code)
    if found is None:
        near = ", ".join(map(repr, register.names("decision").nearest(text)))
        remedy = f"did you mean {near}?" if near else "planner decision list"
        raise NotFound(problem("", f"no decision {text!r} in the programme", remedy=remedy))
    return found


def conform(snapshot: Snapshot, register: Register, decision: Decision) -> tuple[Finding, ...]:
    """Where the plan departs from that decision's list, item by item, extra events last."""
    events = [event for event in snapshot.events(register.programme.code) if event.decision == decision.code]
    by_item = {event.item: event for event in events if event.item}
    findings = [
        found for item in decision.items if (found := _of_item(snapshot, register, item, by_item.get(item.number)))
    ]
    return (*findings, *_extra(events, decision))


def _of_item(snapshot: Snapshot, register: Register, item: Item, event: Event | None) -> Finding | None:
    if event is None:
        return Finding(Departure.MISSING, item.number, "", item.title, item.when)
    departure = _departure(register, item, event)
    if departure is None:
        return None
    field = "when" if departure is Departure.DRIFTED else "status"
    revision = set_by(field, snapshot.history(key_of(event))).revision
    return Finding(departure, item.number, event.ref, item.title, item.when, event.when, revision)


def _departure(register: Register, item: Item, event: Event) -> Departure | None:
    if event.status in {Status.CANCELLED, Status.POSTPONED}:
        return Departure(event.status.value)
    approved = item_when(item, event, register)
    return Departure.DRIFTED if approved is not None and is_moved(approved, event.when) else None


def _extra(events: Iterable[Event], decision: Decision) -> Iterable[Finding]:
    numbers = {item.number for item in decision.items}
    if numbers:
        for event in events:
            if event.item not in numbers:
                title = next((text for _, text in event.titles), event.ref)
                yield Finding(Departure.EXTRA, event.item, event.ref, title, now=event.when)
