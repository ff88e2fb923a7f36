"""Feeds as the join of rendered pieces: what has not changed is not written again.

A piece is the bytes of one event in one kind of feed. It holds while the event with its past is the same, the register
is, the readers know the same of the events it is linked to, and no day has come on which it says something else. It is
read back from its bytes when it is made. Pieces live in the memory of the process, the least used feeds are let go.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from operator import attrgetter

import calendars
from calendars.content import read_lines
from calendars.lint import Flaw, Severity, lint_piece
from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.feed import Feed, Level, Policy, Selection
from planner.domain.register import Register
from planner.domain.selection import selects
from planner.errors import BrokenFeed, problem
from planner.services.disclosing import Known, may_show, shown, without_links_to
from planner.services.entries import entry, in_utc, sittings, turning_points

MOST_BYTES = 64 * 2**20
"""So much of rendered pieces is kept in memory, over all feeds."""
_ALWAYS = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_OVERHEAD = 400  # octets that a piece takes beside its content, about


@dataclass(frozen=True, slots=True)
class Piece:
    """One rendered entry: where it stands in the feed, its bytes, and the zone and years it needs."""

    order: tuple[str, str]
    content: bytes
    modified: datetime
    zones: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """All pieces of an event, for newest revisions after one instant (UTC) and up to another."""

    known: Known
    pieces: tuple[Piece, ...]
    hidden: frozenset[str] = frozenset()
    after: datetime = _ALWAYS[0]
    until: datetime = _ALWAYS[1]


@dataclass(frozen=True, slots=True)
class Joined:
    """The pieces of a feed in order, with what its head must say of them. `turned` is the last day that changed one."""

    contents: tuple[bytes, ...]
    zones: tuple[tuple[str, int, int], ...]
    modified: datetime | None
    turned: datetime | None

    @property
    def entries(self) -> int:
        return len(self.contents)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes pieces differ between feeds, besides event and register."""

    programme: str
    selection: Selection
    languages: tuple[str, ...]
    level: Level
    policy: Policy
    site: str
    utc: bool
    tzdata: str


@dataclass(slots=True)
class _Shelf:
    """The pieces of one recipe, and how they were last joined."""

    register: Register
    rendered: dict[str, Rendered] = field(default_factory=dict)
    joined: Joined | None = None
    octets: int = 0


class Renderings:
    """Rendered pieces of all feeds of a process, within a bound. May be used from several threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.made = 0
        """How many events were rendered so far, for those who measure."""
        self._shelves: OrderedDict[Recipe, _Shelf] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def octets(self) -> int:
        """About how much memory the pieces take."""
        return sum(shelf.octets for shelf in self._shelves.values())

    def join(
        self, events: Iterable[Known], register: Register, feed: Feed, newest: datetime, *, site: str, utc: bool
    ) -> Joined:
        """The pieces of a feed at the newest revision's instant (UTC). Raises BrokenFeed when one reads back wrong."""
        recipe = Recipe(
            feed.programme, feed.selection, feed.languages, feed.level, feed.policy, site, utc, tzdata_version()
        )
        with self._lock:
            shelf = self._shelf(recipe, register)
            joined = self._joined(shelf, events, _Renderer(register, feed, newest, site, utc))
            self._make_room()
        return joined

    def _shelf(self, recipe: Recipe, register: Register) -> _Shelf:
        shelf = self._shelves.get(recipe)
        if shelf is None or (shelf.register is not register and shelf.register != register):
            shelf = self._shelves[recipe] = _Shelf(register)
        shelf.register = register
        self._shelves.move_to_end(recipe)
        return shelf

    def _joined(self, shelf: _Shelf, events: Iterable[Known], renderer: "_Renderer") -> Joined:
        listed = events if isinstance(events, tuple) else tuple(events)
        rendered, newest = shelf.rendered, renderer.newest
        used, is_same = 0, shelf.joined is not None
        for known in listed:
            its = rendered.get(known.event.ref)
            if (
                its is None
                or (its.known is not known and its.known != known)
                or not its.after < newest <= its.until
                or (known.event.links and its.hidden != renderer.hidden(known, listed))
            ):
                rendered[known.event.ref] = renderer.render(known, listed)
                self.made += 1
                is_same = False
            used += 1
        if used != len(rendered):
            refs = {known.event.ref for known in listed}
            for ref in rendered.keys() - refs:
                del rendered[ref]
            is_same = False
        if shelf.joined is None or not is_same:
            shelf.joined = _join(rendered.values())
            shelf.octets = sum(map(len, shelf.joined.contents)) + _OVERHEAD * len(rendered)
        return shelf.joined

    def _make_room(self) -> None:
        """Lets the least used feeds go; the one just built stays, whatever it takes."""
        while len(self._shelves) > 1 and self.octets > self.most_bytes:
            self._shelves.popitem(last=False)


def _join(rendered: Iterable[Rendered]) -> Joined:
    listed = tuple(rendered)
    pieces = sorted((piece for each in listed for piece in each.pieces), key=attrgetter("order"))
    years: dict[str, list[int]] = {}
    for piece in pieces:
        for zone, first, last in piece.zones:
            years.setdefault(zone, []).extend((first, last))
    zones = tuple((zone, min(its), max(its)) for zone, its in sorted(years.items()))
    turned = max((each.after for each in listed), default=_ALWAYS[0])
    return Joined(
        tuple(piece.content for piece in pieces),
        zones,
        max((piece.modified for piece in pieces), default=None),
        None if turned == _ALWAYS[0] else turned,
    )


class _Renderer:
    """One build of one feed: what stays the same for all its events."""

    def __init__(self, register: Register, feed: Feed, newest: datetime, site: str, utc: bool) -> None:
        self.newest = newest
        self._register = register
        self._feed = feed
        self._site = site
        self._utc = utc
        self._board = Board(newest.date(), (register,), ())
        self._visible: Mapping[str, bool] | None = None

    def hidden(self, known: Known, listed: Iterable[Known]) -> frozenset[str]:
        """The events it is linked to that readers of this feed do not know of."""
        if self._visible is None:
            self._visible = {k.event.ref: may_show(k, self._register, self._feed.level) for k in listed}
        return frozenset(link.ref for link in known.event.links if not self._visible.get(link.ref, False))

    def render(self, known: Known, listed: Iterable[Known]) -> Rendered:
        """The pieces of an event, each read back from its bytes; none where the feed does not take it in."""
        hidden = self.hidden(known, listed) if known.event.links else frozenset()
        if not selects(self._feed.selection, known.event, self._board):
            return Rendered(known, (), hidden)
        told = shown(known, self._register, self._feed.level, self._feed.policy)
        if told is None:
            return Rendered(known, (), hidden)
        told = replace(told, event=without_links_to(told.event, hidden))
        turns = turning_points(told, self._feed.policy)
        pieces = tuple(
            self._piece(entry(told, sitting, self._board, self._feed, self._site), told.event)
            for sitting in sittings(told, self._feed.policy, self.newest, self._register)
        )
        after = max((turn for turn in turns if turn < self.newest), default=_ALWAYS[0])
        until = min((turn for turn in turns if turn >= self.newest), default=_ALWAYS[1])
        return Rendered(known, pieces, hidden, after, until)

    def _piece(self, made: calendars.Entry, event: Event) -> Piece:
        if self._utc:
            made = in_utc(made)
        content = calendars.piece(made)
        lines = tuple(read_lines(content))
        wrong = calendars.misread_lines(made, lines) or first_error(lint_piece(content, lines))
        if wrong:
            where = f"feed {self._feed.name}, event {event.ref}"
            raise BrokenFeed(problem(where, wrong, remedy="the feed before it was left in place; report this"))
        return Piece(calendars.order(made), content, made.modified, calendars.zones_of([made]))


def first_error(flaws: Iterable[Flaw]) -> str:
    """The first flaw that some calendar shows wrong, in words; advice is not in the way of publishing."""
    errors = (flaw for flaw in flaws if flaw.rule.severity is Severity.ERROR)
    return next((f"line {flaw.line}: {flaw.rule.meaning} ({flaw.found})" for flaw in errors), "")


@cache
def tzdata_version() -> str:
    """The version of the time zones that decide, by the package that brings them."""
    return version("tzdata")
