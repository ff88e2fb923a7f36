"""Approval and departure from it: which state of an event a paper approved, and whether it still stands so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.approval import APPROVED, approved_at, departing
from planner.domain.change import Change, Logged, Revision, key_of
from planner.domain.decision import Decision, Item
from planner.domain.event import Event, Status
from planner.domain.texts import text_in, texts
from planner.readers.row import spoken_in
from planner.services.planning import Plan
from planner.services.proposal import Proposal
from planner.store import Snapshot
from planner.wording.dates import write_when


@dataclass(frozen=True, slots=True)
class Departed:
    """An approved event that no longer stands as its paper has it: in which material fields, since which revision."""

    ref: str
    decision: str
    fields: tuple[str, ...]
    approved: Event
    since: Revision


def departed(logged: Sequence[Logged]) -> Departed | None:
    """Whether the newest state in the log of one event departs from the one a paper approved last (pure).

    None when nothing ever approved it, it was removed, or it stands as approved; the log is oldest first.
    """
    now = logged[-1].after if logged else None
    at = approved_at(logged)
    if not isinstance(now, Event) or not now.decision or at is None:
        return None
    approved = logged[at].after
    assert isinstance(approved, Event)
    fields = departing(approved, now)
    since = next((entry for entry in logged[at + 1 :] if _departs(approved, entry)), None)
    return Departed(now.ref, now.decision, fields, approved, since.revision) if fields and since is not None else None


def _departs(approved: Event, entry: Logged) -> bool:
    return isinstance(entry.after, Event) and bool(departing(approved, entry.after))


def departures(snapshot: Snapshot, programme: str) -> Mapping[str, Departed]:
    """By ref, the events of a programme that depart from what was approved of them: what rule C17 is fed with."""
    approved = [event.ref for event in snapshot.events(programme) if event.decision]
    found = map(departed, snapshot.histories(programme, approved).values())
    return {each.ref: each for each in found if each is not None}


def departed_of(snapshot: Snapshot, event: Event) -> Departed | None:
    return departed(snapshot.history(key_of(event)))


def under(plan: Plan, proposal: Proposal, decision: str | None) -> Proposal:
    """The proposal as that paper allows it: its events become items of the paper, and depart from nothing.

    An event keeps the paper that first approved it; one that had none gets this one. Without a paper the proposal is
    as it was, with a note for each event that departs from its approval by it.
    """
    if decision is None:
        return replace(proposal, notes=(*proposal.notes, *_departing(proposal)))
    if proposal.is_empty:
        return proposal
    code = plan.register.names("decision").find(decision) or decision
    programme = plan.register.programme.code
    before = plan.register.decision(code)
    paper = before or Decision(programme, code, texts(**{spoken_in(code): code}))
    changes = [_approved(change, code) for change in proposal.changes if change.key != key_of(paper)]
    said = (change.after for change in changes if isinstance(change.after, Event))
    items = {item.number: item for item in paper.items} | {event.ref: _item(event, plan) for event in said}
    after = replace(paper, items=tuple(items.values()))
    entry = () if after == before else (Change(before, after),)
    return replace(proposal, means=f"{APPROVED}{proposal.means}", changes=(*entry, *changes))


def _departing(proposal: Proposal) -> tuple[str, ...]:
    both = ((change.before, change.after) for change in proposal.changes)
    events = ((was, now) for was, now in both if isinstance(was, Event) and isinstance(now, Event))
    return tuple(
        f"{now.ref} departs from what {was.decision} approved; say --decision if another paper allows it"
        for was, now in events
        if was.decision and was.decision == now.decision and departing(was, now)
    )


def _approved(change: Change, code: str) -> Change:
    event = change.after
    if not isinstance(event, Event) or event.decision:
        return change
    status = Status.APPROVED if event.status is Status.PROPOSED else event.status
    return replace(change, after=replace(event, decision=code, status=status))


def _item(event: Event, plan: Plan) -> Item:
    """The event as an item of the paper that allows its change: numbered by its reference."""
    language = plan.register.programme.languages[0]
    when = event.when.words or write_when(event.when, language)
    return Item(event.ref, text_in(language, event.titles), when)
