"""The events of a programme with their past, as feeds must know them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from planner.domain.change import Logged, Stamp
from planner.domain.event import Event
from planner.services.disclosing import GONE, Known, Past
from planner.store import Snapshot


def known_events(snapshot: Snapshot, programme: str, refs: Iterable[str] | None = None) -> tuple[Known, ...]:
    """Every event there is and was, or these, by ref. Only of those that moved, went or are gone is the past asked."""
    events = snapshot.events(programme) if refs is None else snapshot.some_events(programme, refs)
    standing = {event.ref: event for event in events}
    stamps = snapshot.all_stamps(programme, refs)
    asked = [ref for ref, stamp, _ in stamps if _has_past(standing.get(ref), stamp)]
    logged = snapshot.histories(programme, asked)
    return tuple(_known(standing.get(ref), stamp, logged.get(ref, ())) for ref, stamp, _ in stamps)


def _has_past(event: Event | None, stamp: Stamp) -> bool:
    """True where a feed may need more than what stands now; SEQUENCE has risen with every move and cancellation."""
    return event is None or stamp.sequence > 0 or event.status in GONE


def _known(event: Event | None, stamp: Stamp, logged: Sequence[Logged]) -> Known:
    past = tuple(
        Past(earlier.after, later.revision.at)
        for earlier, later in pairwise(logged)
        if isinstance(earlier.after, Event) and earlier.after != later.after
    )
    if event is not None:
        return Known(event, stamp, past)
    return Known(past[-1].event, stamp, past[:-1], is_removed=True)
