"""When each party is busy, from its fixed sittings (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.domain.board import Board
from planner.domain.entries import PartySort
from planner.domain.event import BookingSort, Event, Role
from planner.domain.feed import Feed
from planner.domain.selection import selects
from planner.domain.window import Mode, Window
from planner.services.disclosing import Known, Shown, shown

Span = tuple[datetime, datetime]
"""Two instants in UTC, the second excluded."""
_CLAIMING = frozenset({Role.CHAIR, Role.HOST, Role.REQUIRED})


def busy_of_parties(events: Iterable[Known], feed: Feed, board: Board) -> Mapping[str, tuple[Span, ...]]:
    """By code, for each party that the feed's events need, when it is busy: sorted, what meets joined."""
    found: dict[str, list[Span]] = defaultdict(list)
    for known in events:
        register = board.register(known.event)
        told = shown(known, register, feed.level, feed.policy)
        if told is not None and selects(feed.selection, known.event, board):
            spans = list(busy_spans(told, board))
            for code in _parties(known.event, board):
                found[code].extend(spans)
    return {code: tuple(_united(spans)) for code, spans in sorted(found.items())}


def _parties(event: Event, board: Board) -> set[str]:
    """The states it needs, the group of members by name, and the other parties."""
    register = board.register(event)
    claimed = {each.code for each in event.booked(BookingSort.PARTY) if each.role in _CLAIMING}
    others = {party.code for party in register.parties if party.party_sort is not PartySort.STATE}
    return set(board.states(event)) | (claimed & others)


def _united(spans: Iterable[Span]) -> Iterator[Span]:
    pending: Span | None = None
    for start, end in sorted(spans):
        if pending is not None and start <= pending[1]:
            pending = pending[0], max(pending[1], end)
            continue
        if pending is not None:
            yield pending
        pending = start, end
    if pending is not None:
        yield pending


def busy_spans(shown: Shown, board: Board) -> Iterator[tuple[datetime, datetime]]:
    """The instants (UTC) between which its people are busy: only fixed sittings that stand and occupy anybody."""
    event = shown.event
    if shown.is_gone or not board.occupies(event):
        return
    for window in event.when.windows:
        if event.when.mode is Mode.DATED and window.is_fixed:
            yield _span(window, board.usual(event).minutes)


def _span(window: Window, usual_minutes: int) -> tuple[datetime, datetime]:
    zone = ZoneInfo(window.zone)
    if window.at is not None:
        start = datetime.combine(window.first, window.at, zone).astimezone(UTC)
        return start, start + timedelta(minutes=window.length or usual_minutes)
    return _midnight(window.first, zone), _midnight(window.last + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
