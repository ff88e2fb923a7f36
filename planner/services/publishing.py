"""Publishing: feeds as bytes, and as files that nobody ever sees half-written or wrong."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property, lru_cache
from pathlib import Path

import calendars
from calendars.lint import lint
from planner.domain.beside import Contact, Note, Paper
from planner.domain.board import Board
from planner.domain.change import Lift, Revision, Stamp
from planner.domain.entries import Holiday, Reply
from planner.domain.event import Event
from planner.domain.feed import Feed, Follows, Level, default_feeds, followed, standing_feeds
from planner.domain.register import Register
from planner.domain.release import Notice, Release, newest_release
from planner.domain.texts import text_in
from planner.domain.waiver import Waiver
from planner.errors import BadInput, BrokenFeed, NotFound, problem
from planner.services.disclosing import Known, is_for
from planner.services.entries import COLORS
from planner.services.free_busy import busy_of_parties
from planner.services.known import known_events
from planner.services.rendering import Renderings, first_error
from planner.store import Snapshot
from planner.wording.changes import name_of, say_family

PRODID = "-//council-planner//planner//EN"
_UNSAID = (Holiday.sort, Waiver.sort, Reply.sort, Note.sort, Paper.sort, Contact.sort, Release.sort, Notice.sort)
"""Sorts of records that no feed says anything of."""
RENDERINGS = Renderings()
"""The rendered pieces of this process."""


@dataclass(frozen=True)
class Published:
    """One programme as feeds see it, at one revision: its events, those removed as well, and its feeds.

    `newest` is the instant (UTC) of the newest revision, `modified` of the newest that touched this programme.
    `released` is the same at the latest release, for feeds that follow releases; None before the first.
    """

    revision: int
    register: Register
    events: tuple[Known, ...]
    stored: tuple[Feed, ...]
    newest: datetime
    modified: datetime
    released: "Published | None" = None

    @property
    def programme(self) -> str:
        return self.register.programme.code

    @cached_property
    def feeds(self) -> tuple[Feed, ...]:
        """Every feed that is published, by name: those made, and those a programme has by default."""
        return standing_feeds(feeds_by_default(self.register), self.stored)

    def feed(self, name: str) -> Feed:
        """The feed of that name. Raises NotFound."""
        found = next((feed for feed in self.feeds if feed.name == name), None)
        if found is None:
            raise NotFound(problem("", f"there is no feed {name!r}", remedy="`planner feed list` shows them all"))
        return found


@dataclass(frozen=True, slots=True)
class Built:
    """A feed as bytes. `modified` (UTC, whole seconds) never falls from one revision to the next."""

    content: bytes
    modified: datetime
    entries: int


@dataclass(frozen=True, slots=True)
class Written:
    """One feed file, how many entries it has, and whether its bytes changed."""

    path: Path
    entries: int
    is_changed: bool


def feeds_by_default(register: Register) -> tuple[Feed, ...]:
    """The feeds a programme has before anybody makes one, by name."""
    families = {kind.family for kind in register.kinds}
    return default_feeds(register.programme.code, register.programme.languages, families)


def load_published(snapshot: Snapshot, programme: str, before: Published | None = None) -> Published:
    """What the feeds of a programme are made from, removed events and the past of moved ones included.

    With what was loaded `before`, at this revision or an earlier one of the same database, only what changed since is
    read. Raises NotFound when there is no such programme.
    """
    newest = _instant(snapshot.newest())
    modified = _instant(snapshot.last_changed(programme, _UNSAID))
    if before is not None and before.programme == programme and _goes_on_from(before, snapshot):
        fresh = replace(_refreshed(snapshot, before), revision=snapshot.revision, newest=newest, modified=modified)
        return _with_release(snapshot, fresh)
    return _with_release(snapshot, _loaded(snapshot, programme))


def _goes_on_from(before: Published, snapshot: Snapshot) -> bool:
    """True where the changes since lead from there to here; a restore put another plan in its place."""
    return before.revision <= snapshot.revision and snapshot.lifted_since(before.revision) is None


def _with_release(snapshot: Snapshot, published: Published) -> Published:
    """The same with the state that was released last; it is read again only when there is a newer one."""
    its = [release for release in snapshot.releases() if release.programme == published.programme]
    newest, known = newest_release(its), published.released
    if newest is None:
        return published if known is None else replace(published, released=None)
    if known is not None and known.revision == newest.revision:
        return published
    past = snapshot.at(newest.revision)
    # Without its own release: what is released is the plan of that day, not what had been released before it.
    released = _loaded(past, published.programme)
    lift = snapshot.lifted_since(newest.revision)
    return replace(published, released=released if lift is None else _lifted(released, lift))


def _lifted(past: Published, lift: Lift) -> Published:
    """A state of before a restore as calendars must be told of it after: they may have seen a later release."""

    def raised(stamp: Stamp) -> Stamp:
        return replace(stamp, sequence=stamp.sequence + lift.by, changed=lift.at, raised=lift.at)

    events = tuple(replace(known, stamp=raised(known.stamp)) for known in past.events)
    return replace(past, events=events, newest=lift.at, modified=lift.at)


def _loaded(snapshot: Snapshot, programme: str) -> Published:
    newest = _instant(snapshot.newest())
    modified = _instant(snapshot.last_changed(programme, _UNSAID))
    known = known_events(snapshot, programme)
    register, stored = _register(snapshot, programme), snapshot.feeds(programme)
    return Published(snapshot.revision, register, known, stored, newest, modified)


def _instant(revision: Revision | None) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) if revision is None else revision.at


def _register(snapshot: Snapshot, programme: str) -> Register:
    """The register without holidays and waivers, which no feed says: what changes in them makes no piece anew."""
    return replace(snapshot.register(programme), holidays=(), waivers=(), releases=(), notices=())


def _refreshed(snapshot: Snapshot, before: Published) -> Published:
    """What was loaded before, with the records that changed since."""
    changed = snapshot.changed_since(before.revision, before.programme)
    refs = {key.code for key in changed if key.sort == "event"}
    if refs:
        fresh = {known.event.ref: known for known in known_events(snapshot, before.programme, refs)}
        merged = {known.event.ref: known for known in before.events} | fresh
        before = replace(before, events=tuple(known for _, known in sorted(merged.items())))
    if any(key.sort == Feed.sort for key in changed):
        before = replace(before, stored=snapshot.feeds(before.programme))
    if any(key.sort not in {Event.sort, Feed.sort, *_UNSAID} for key in changed):
        before = replace(before, register=_register(snapshot, before.programme))
    return before


def feed_bytes(
    published: Published, feed: Feed, *, site: str = "", utc: bool = False, renderings: Renderings | None = None
) -> Built:
    """One feed as iCalendar: the same for the same revision, feed and `site`, on any machine and at any time.

    `site` is the address of our pages without a slash at its end, '' where there are none; `utc` writes clock times in
    UTC, for calendars that cannot read zones. Raises BrokenFeed when a part of it does not read back as it was meant.
    """
    published = shown_in(published, feed)
    pieces = renderings or RENDERINGS
    joined = pieces.join(published.events, published.register, feed, published.newest, site=site, utc=utc)
    calendar = _calendar(published.register, feed, joined.modified, site)
    head = calendars.head(calendar, joined.zones)
    if wrong := _wrong_with(head):
        raise BrokenFeed(
            problem(f"feed {feed.name}", wrong, remedy="the feed before it was left in place; report this")
        )
    content = b"".join((head, *joined.contents, calendars.TAIL))
    modified = max(published.modified, joined.turned or published.modified)
    return Built(content, _second(modified), joined.entries)


def read_entries(built: Built) -> list[tuple[str, str, str, str, str]]:
    """(start, end, status, summary, uid) of each entry, as another reader finds it in the bytes; days are included."""
    entries = calendars.read(built.content).calendar.entries
    return [(*_ends(each.when), each.status.value, each.summary, each.uid) for each in entries]


def _ends(when: calendars.WholeDays | calendars.Timed) -> tuple[str, str]:
    if isinstance(when, calendars.WholeDays):
        return when.first.isoformat(), when.last.isoformat()
    return when.start.isoformat(" ", "minutes"), when.end.isoformat(" ", "minutes")


def shown_in(published: Published, feed: Feed) -> Published:
    """The state a feed is made from: the plan, or the latest release; before the first of these it is empty.

    What has become too secret for the feed since the release is not in it any more.
    """
    if followed(feed, published.register.programme) is Follows.PLAN:
        return published
    released = published.released
    if released is None:
        return replace(published, events=())
    secret = {k.event.ref for k in published.events if not is_for(k.event, published.register, feed.level)}
    return replace(released, events=tuple(k for k in released.events if k.event.ref not in secret))


def free_busy_bytes(published: Published, feed: Feed) -> Built:
    """When each party of a feed's events is busy, as VFREEBUSY for each (RFC 5545, 3.6.4), over the programme's term.

    Only fixed sittings that stand and occupy people count; nothing of what they are is said.
    """
    published = shown_in(published, feed)
    register, programme = published.register, published.register.programme
    board = Board(published.newest.date(), (register,), ())
    spans = busy_of_parties(published.events, feed, board)
    first = datetime.combine(programme.first, time(), UTC) - timedelta(days=1)
    last = datetime.combine(programme.last, time(), UTC) + timedelta(days=2)
    listed = [
        calendars.FreeBusy(
            f"busy-{code}@{programme.code}",
            _second(published.modified),
            first,
            last,
            name_of(register, "party", code, feed.languages[0]),
            tuple(each for each in busy if each[0] < last and each[1] > first),
        )
        for code, busy in spans.items()
    ]
    content = calendars.write_free_busy(PRODID, listed)
    return Built(content, _second(published.modified), len(listed))


def public_feeds(published: Published) -> tuple[Feed, ...]:
    """The feeds that are for everybody, by name: no person's own."""
    return tuple(feed for feed in published.feeds if feed.level is Level.PUBLIC and not feed.owner)


def public_no_longer(folder: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """Feeds of ours that lie in the folder but are none of these names: a server would go on giving them out."""
    wanted = {f"{name}.ics" for name in names}
    mark = f"PRODID:{PRODID}\r\n".encode()
    found = sorted(path for path in folder.glob("*.ics") if path.name not in wanted) if folder.is_dir() else []
    return tuple(path for path in found if mark in path.read_bytes()[:200])


@lru_cache(maxsize=64)
def _wrong_with(head: bytes) -> str:
    """What is wrong with the head of a feed: it is the same for many builds, so it is judged once."""
    return first_error(lint(head + calendars.TAIL))


def _second(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


def _calendar(register: Register, feed: Feed, modified: datetime | None, site: str) -> calendars.Calendar:
    """The calendar's head: its entries are rendered apart."""
    titles = [(language, title_of_feed(register, feed, language)) for language in feed.languages]
    shown = " / ".join(dict.fromkeys(title for _, title in titles))
    its = feed.selection.families
    color = COLORS[its[0]] if len(its) == 1 else "darkslateblue"
    # A private address stays out of the bytes: whoever passes the file on does not pass on the key.
    source = f"{site}/public/{feed.name}.ics" if site and feed.level is Level.PUBLIC else ""
    return calendars.Calendar(PRODID, shown, (), color, modified, names=tuple(titles), source=source)


def title_of_feed(register: Register, feed: Feed, language: str) -> str:
    """What a feed is called: as it says, else by organisation, programme, and the families it is of."""
    said = text_in(language, feed.titles)
    if said:
        return said
    organisation = text_in(language, register.programme.organisation)
    name = f"{organisation} · {register.programme.code}"
    families = ", ".join(say_family(family, language) for family in feed.selection.families)
    return f"{name}: {families}" if families else name


def write_feeds(snapshot: Snapshot, programme: str, folder: Path, names: Iterable[str] = ()) -> tuple[Written, ...]:
    """Writes the feeds of these names, or all, into the folder as NAME.ics.

    All are made before the first is put in place, and one with the same bytes is not touched. Raises NotFound,
    BrokenFeed with the files before it left in place, and BadInput when the folder cannot be written.
    """
    published = load_published(snapshot, programme)
    wanted = [published.feed(name) for name in names] or list(published.feeds)
    built = {feed.name: feed_bytes(published, feed) for feed in wanted}
    return put(folder, [(f"{name}.ics", its.content, its.entries) for name, its in built.items()])


def publish(folder: Path, built: Mapping[str, Built], page: str) -> tuple[Written, ...]:
    """Puts feeds by name, and after them the page that leads to them, into a folder for a static server."""
    files = [(f"{name}.ics", its.content, its.entries) for name, its in built.items()]
    return put(folder, [*files, ("index.html", page.encode(), 0)])


def put(folder: Path, files: Iterable[tuple[str, bytes, int]]) -> tuple[Written, ...]:
    """Puts (name, content, entries) into a folder, made when it is missing. Raises BadInput when it cannot be written.

    A reader sees the old bytes of a file or the new, never a part; one with the same bytes is not touched.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_write(folder / name, content, entries) for name, content, entries in files)
    except OSError as error:
        raise BadInput(
            problem(str(folder), f"cannot be written ({error.strerror})", "a folder you may write")
        ) from error


def _write(path: Path, content: bytes, count: int) -> Written:
    """Writes a file so that a reader sees the old bytes or the new, never a part."""
    if path.exists() and path.read_bytes() == content:
        return Written(path, count, is_changed=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return Written(path, count, is_changed=True)
