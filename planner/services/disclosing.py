"""What a feed may show of an event: whether at all, which of its fields, and how much of its past (pure).

What a level must not show is taken out of the event before anything is written of it: what is not there cannot leak.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from planner.domain.change import Stamp
from planner.domain.entries import Disclosure
from planner.domain.event import BookingSort, Event, Status
from planner.domain.feed import Approximate, Level, Policy
from planner.domain.register import Register
from planner.domain.window import Mode, Window
from planner.wording.entries import is_exact

GONE = frozenset({Status.CANCELLED, Status.POSTPONED})
_APPROVED = frozenset({Status.APPROVED, Status.CONFIRMED, Status.HELD})
_SEEN_BY = {
    Level.FULL: frozenset(Disclosure),
    Level.MEMBER: frozenset({Disclosure.MEMBER, Disclosure.PUBLIC}),
    Level.BUSY: frozenset({Disclosure.MEMBER, Disclosure.PUBLIC}),
    Level.PUBLIC: frozenset({Disclosure.PUBLIC}),
}
_FOR_ALL = frozenset({BookingSort.PARTY, BookingSort.PLACE})
"""Bookings that the public may see: forces and what is counted are for members."""


@dataclass(frozen=True, slots=True)
class Past:
    """A state an event was in, and the instant (UTC) at which the next one took its place."""

    event: Event
    until: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """An event and what feeds must know of its past, oldest first. A removed one is as it last stood."""

    event: Event
    stamp: Stamp
    past: tuple[Past, ...] = ()
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as one level may see it.

    `former` are the days it was moved from, at `moved` if the log tells. `lost` are sittings that it had and has no
    longer, each with the instant at which it went.
    """

    event: Event
    stamp: Stamp
    is_removed: bool = False
    former: tuple[Window, ...] = ()
    moved: datetime | None = None
    lost: tuple[tuple[Window, datetime], ...] = ()

    @property
    def is_gone(self) -> bool:
        """True when calendars must show that it does not take place then."""
        return self.is_removed or self.event.status in GONE


def shown(known: Known, register: Register, level: Level, policy: Policy) -> Shown | None:
    """The event as a feed of that level may show it, or None when it may not show it at all."""
    if not may_show(known, register, level):
        return None
    former, moved = _moved(known, register, level)
    lost = tuple(_lost(known, register, level, policy))
    return Shown(disclosed(known.event, level), known.stamp, known.is_removed, former, moved, lost)


def may_show(known: Known, register: Register, level: Level) -> bool:
    """True when a feed of that level may show the event."""
    return _may_show(known.event, {past.event.status for past in known.past}, register, level)


def may_show_now(event: Event, register: Register, level: Level) -> bool:
    """The same of an event whose past is not looked at."""
    return _may_show(event, (), register, level)


def _may_show(event: Event, was: Iterable[Status], register: Register, level: Level) -> bool:
    """The same of an event that had these statuses before.

    Members see no drafts; the public only what is approved, confirmed or held, or was so and is postponed or cancelled.
    """
    if not is_for(event, register, level):
        return False
    if level is Level.FULL:
        return True
    before = set(was) - GONE
    if level is Level.PUBLIC:
        was_approved = bool(before & _APPROVED or event.decision)
        return event.status in _APPROVED or (event.status in GONE and was_approved)
    only_drafted = before == {Status.DRAFT}
    return event.status is not Status.DRAFT and not (event.status in GONE and only_drafted)


def disclosure_of(event: Event, register: Register) -> Disclosure:
    """Who may see the event: as it says, else as its kind says, else the members."""
    kind = register.kind(event.kind)
    return event.disclosure or (kind.disclosure if kind is not None else Disclosure.MEMBER)


def is_for(event: Event, register: Register, level: Level) -> bool:
    """True when the event's disclosure lets that level see it, whatever its status."""
    return disclosure_of(event, register) in _SEEN_BY[level]


def disclosed(event: Event, level: Level) -> Event:
    """The event without what that level must not show. Internal remarks leave in no feed."""
    if level in {Level.FULL, Level.MEMBER}:
        return replace(event, internal=())
    bookings = tuple(replace(each, quantity=None) for each in event.bookings if each.sort in _FOR_ALL)
    return replace(event, internal=(), remarks=(), financing="", people=None, bookings=bookings)


def without_links_to(event: Event, hidden: Iterable[str]) -> Event:
    """The event without links to events that its readers do not know of."""
    unknown = set(hidden)
    links = tuple(link for link in event.links if link.ref not in unknown)
    return event if links == event.links else replace(event, links=links)


def _stood(past: Past, register: Register, level: Level) -> bool:
    """True when readers of that level saw the event stand in that state."""
    return past.event.status not in GONE and _may_show(past.event, (), register, level)


def _moved(known: Known, register: Register, level: Level) -> tuple[tuple[Window, ...], datetime | None]:
    """The days before the last move and when it was written: as logged, else as the list said."""
    now, at = known.event.when.windows, None
    for past in reversed(known.past):
        was = past.event.when.windows
        if was == now and at is not None:  # there and back again
            break
        if was != now:
            at = at or past.until
        if was and was != now:
            return (was, at) if _stood(past, register, level) else ((), None)
    return known.event.when.former_windows, None


def is_drawn(event: Event, window: Window, policy: Policy) -> bool:
    """True when the feed shows something for that window."""
    is_day = is_exact(event, window) or event.when.mode is Mode.DEADLINE
    return is_day or policy.approximate is not Approximate.LEAVE


def _lost(known: Known, register: Register, level: Level, policy: Policy) -> Iterator[tuple[Window, datetime]]:
    """Sittings, by part, that stood once, each on the last days it had; and the day a postponed event had."""
    standing = {window.part for window in known.event.when.windows if is_drawn(known.event, window, policy)}
    gone: dict[int, tuple[Window, datetime]] = {}
    for past in known.past:
        if _stood(past, register, level):
            drawn = (window for window in past.event.when.windows if is_drawn(past.event, window, policy))
            gone |= {window.part: (window, past.until) for window in drawn}
    if not standing and not gone and known.event.status in GONE:
        gone = {window.part: (window, known.stamp.raised) for window in known.event.when.former_windows}
    yield from (gone[part] for part in sorted(gone.keys() - standing))
