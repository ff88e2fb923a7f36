"""Plan against approval: what of an approved list is missing, what is extra, and what has drifted since (pure)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.approval import is_moved, item_when
from planner.domain.change import Logged, Revision, key_of
from planner.domain.decision import Decision, Item
from planner.domain.event import Event, Status
from planner.domain.fields import field_named
from planner.domain.register import Register
from planner.errors import NotFound, problem
from planner.services.provenance import set_by
from planner.store import Snapshot


class Departure(StrEnum):
    """How the plan departs from an approved item."""

    MISSING = "missing"  # no event stands for it
    EXTRA = "extra"  # an event names the paper, but no item of it
    DRIFTED = "drifted"  # it stands on other days, at another place or with others than was approved
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure: the item, the event, the field, what was approved and what stands now, and who made it so.

    `approved` is in the words of the paper for a date; for other fields `was` and `now` are the values. `allowed` is
    the paper that allowed the last change of the event, if there is one.
    """

    departure: Departure
    item: str
    ref: str
    title: str
    approved: str = ""
    now: object = None
    revision: Revision | None = None
    field: str = ""
    was: object = None
    allowed: str = ""


def decision_named(register: Register, text: str) -> Decision:
    """The decision known by that code, title or alias. Raises NotFound with the nearest."""
    code = register.names("decision").find(text)
    found = None if code is None else register.decision(code)
    if found is None:
        remedy = register.names("decision").did_you_mean(text, "planner decision list")
        raise NotFound(problem("", f"no decision {text!r} in the programme", remedy=remedy))
    return found


def conform(snapshot: Snapshot, register: Register, decision: Decision) -> tuple[Finding, ...]:
    """Where the plan departs from that decision's list, item by item, extra events last.

    An item numbered by a reference is a change that the paper allowed of that event.
    """
    all_events = {event.ref: event for event in snapshot.events(register.programme.code)}
    events = [event for event in all_events.values() if event.decision == decision.code]
    by_item = {**all_events, **{event.item: event for event in events if event.item}}
    findings = [
        found
        for item in decision.items
        for found in _of_item(snapshot, register, decision, item, by_item.get(item.number))
    ]
    return (*findings, *_extra(events, decision))


def _of_item(
    snapshot: Snapshot, register: Register, decision: Decision, item: Item, event: Event | None
) -> Iterator[Finding]:
    if event is None:
        yield Finding(Departure.MISSING, item.number, "", item.title, item.when)
        return
    logged = snapshot.history(key_of(event))
    allowed = _allowed_by(event, register, decision)
    if event.status in {Status.CANCELLED, Status.POSTPONED}:
        revision = set_by("status", logged).revision
        departure = Departure(event.status.value)
        yield Finding(
            departure, item.number, event.ref, item.title, item.when, event.when, revision, "status", allowed=allowed
        )
        return
    if _is_elsewhen(register, item, event):
        revision = set_by("when", logged).revision
        yield Finding(
            Departure.DRIFTED,
            item.number,
            event.ref,
            item.title,
            item.when,
            event.when,
            revision,
            "when",
            allowed=allowed,
        )
    for name, was, now in _drifted(logged, decision, event):
        revision = set_by(name, logged).revision
        yield Finding(
            Departure.DRIFTED, item.number, event.ref, item.title, "", now, revision, name, was, allowed=allowed
        )


def _allowed_by(event: Event, register: Register, decision: Decision) -> str:
    """Another paper that has an item for this very event: it allowed a change."""
    others = (each for each in register.decisions if each.code != decision.code)
    return next((each.code for each in others if any(item.number == event.ref for item in each.items)), "")


def _is_elsewhen(register: Register, item: Item, event: Event) -> bool:
    approved = item_when(item, event, register)
    return approved is not None and is_moved(approved, event.when)


def _drifted(logged: Sequence[Logged], decision: Decision, event: Event) -> Iterator[tuple[str, object, object]]:
    """(field, as approved, now) of places, form and participants that changed since the event came under the paper."""
    named = (entry.after for entry in logged if isinstance(entry.after, Event))
    approved = next((state for state in named if state.decision == decision.code), event)
    for name in ("places", "mode", "parties"):
        field = field_named(name)
        assert field is not None
        was, now = field.get(approved), field.get(event)
        if was != now:
            yield name, was, now


def _extra(events: Iterable[Event], decision: Decision) -> Iterable[Finding]:
    numbers = {item.number for item in decision.items}
    if numbers:
        for event in events:
            if event.item not in numbers:
                title = next((text for _, text in event.titles), event.ref)
                yield Finding(Departure.EXTRA, event.item, event.ref, title, now=event.when)
