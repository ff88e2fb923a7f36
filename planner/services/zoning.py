"""Clock times that a change of zone rules has moved: which, and writing them again as they are (pure)."""

from datetime import UTC, date, datetime, time

from planner.domain.change import Change
from planner.domain.shift import Shift
from planner.services.proposal import Proposal
from planner.store import Snapshot


def coming_shifts(snapshot: Snapshot, today: date) -> tuple[Shift, ...]:
    """The shifted sittings from that day (UTC) on, by programme and ref; what is over stays as it was."""
    begins = datetime.combine(today, time(), UTC)
    return tuple(shift for shift in snapshot.shifts() if max(shift.was, shift.now) >= begins)


def propose_zones(snapshot: Snapshot, today: date) -> Proposal:
    """Every event of those written again: the same local time, today's instant, and a higher SEQUENCE."""
    shifted = {(shift.programme, shift.ref) for shift in coming_shifts(snapshot, today)}
    events = [snapshot.event(*where) for where in sorted(shifted)]
    changes = tuple(Change(event, event) for event in events if event is not None)
    return Proposal(snapshot.revision, "zones", changes, anew=True)
