"""Looking back, and taking back: what happened to an event, and the changes that undo a revision (pure)."""

from collections.abc import Iterable, Mapping

from planner.domain.beside import Contact
from planner.domain.change import Change, Key, Record, key_of
from planner.domain.event import BookingSort, Event
from planner.domain.fields import field_named, fields_changed
from planner.domain.release import Notice, Release
from planner.errors import NotFound, problem
from planner.services.proposal import Proposal
from planner.store import Snapshot


def propose_undo(snapshot: Snapshot, number: int | None = None) -> Proposal:
    """The changes that take that revision back (the newest without a number). An undo is itself a change.

    Fields that later revisions touched stay as they are, and a note names them. Raises NotFound.
    """
    meant = snapshot.revision if number is None else number
    if not 1 <= meant <= snapshot.revision:
        found = f"there is no revision {meant}" if snapshot.revision else "nothing has been written yet"
        raise NotFound(problem("", found, f"1 to {snapshot.revision}" if snapshot.revision else ""))
    notes: list[str] = []
    changes = [
        change
        for done in snapshot.changes_of(meant)
        if (change := _taken_back(done, snapshot.record(done.key), notes)) is not None
    ]
    kept, still_used = _without_used(changes, snapshot)
    notes.extend(f"{key} stays: events still name it" for key in still_used)
    return Proposal(snapshot.revision, "undo", tuple(kept), tuple(notes), undoes=meant)


def _taken_back(done: Change, now: Record | None, notes: list[str]) -> Change | None:
    """The change from what stands now to what stood before, or None where nothing is left to take back."""
    if any(isinstance(each, Contact) and each.is_erased for each in (done.before, done.after)):
        notes.append(f"{done.key} was erased for good and stays so")
        return None
    if isinstance(done.after, Release | Notice):
        notes.append(f"{done.key} stays: what people were told cannot be taken back")
        return None
    if now == done.after:
        return None if now == done.before else Change(now, done.before)
    if isinstance(done.before, Event) and isinstance(done.after, Event) and isinstance(now, Event):
        back = _fields_taken_back(done.before, done.after, now, notes)
        return None if back == now else Change(now, back)
    notes.append(f"{done.key} was changed later and stays as it is")
    return None


def _fields_taken_back(before: Event, after: Event, now: Event, notes: list[str]) -> Event:
    """What stands now, with the fields that the revision changed as they were before it."""
    for name, was, became in fields_changed(before, after):
        field = field_named(name)
        assert field is not None
        if field.get(now) == became:
            now = field.put(now, was)
        elif field.get(now) != was:
            notes.append(f"{now.ref}: {name} was changed later and stays as it is")
    return now


def _without_used(changes: Iterable[Change], snapshot: Snapshot) -> tuple[list[Change], list[Key]]:
    """The changes, less the removal of entries that an event would still name."""
    listed = list(changes)
    gone = {change.key for change in listed if change.after is None}
    events = {key_of(event): event for event in snapshot.events()}
    for change in listed:
        if isinstance(change.after, Event):
            events[change.key] = change.after
    used = {key for event_key, event in events.items() if event_key not in gone for key in named_by(event)}
    kept = [change for change in listed if change.after is not None or change.key not in used]
    return kept, sorted(gone & used)


_SORTS: Mapping[BookingSort, str] = {
    BookingSort.PARTY: "party",
    BookingSort.FORCE: "force",
    BookingSort.PLACE: "place",
    BookingSort.FACILITY: "facility",
}


def named_by(event: Event) -> set[Key]:
    """The records an event needs: its programme, and the entries it names."""
    named = {("programme", event.programme), ("kind", event.kind), ("party", event.host), ("decision", event.decision)}
    named.add(("layer", event.layer))
    named |= {("body", code) for code in event.bodies} | {("priority", code) for code in event.priorities}
    named |= {(_SORTS[booking.sort], booking.code) for booking in event.bookings}
    return {Key(sort, event.programme, code) for sort, code in named if code}
