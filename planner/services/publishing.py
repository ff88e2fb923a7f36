"""Publishing: feeds as bytes, and as files that nobody ever sees half-written or wrong."""

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import calendars
from planner.domain.feed import Feed, Level, default_feeds, standing_feeds
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.errors import BadInput, NotFound, problem
from planner.services.disclosing import Known
from planner.services.entries import COLORS
from planner.services.known import known_events
from planner.services.rendering import Renderings
from planner.store import Snapshot
from planner.wording.changes import say_family

PRODID = "-//council-planner//planner//EN"
RENDERINGS = Renderings()
"""The rendered pieces of this process."""


@dataclass(frozen=True)
class Published:
    """One programme as feeds see it, at one revision: its events, those removed as well, and its feeds.

    `newest` is the instant (UTC) of the newest revision, `modified` of the newest that touched this programme.
    """

    revision: int
    register: Register
    events: tuple[Known, ...]
    stored: tuple[Feed, ...]
    newest: datetime
    modified: datetime

    @property
    def programme(self) -> str:
        return self.register.programme.code

    @cached_property
    def feeds(self) -> tuple[Feed, ...]:
        """Every feed that is published, by name: those made, and those a programme has by default."""
        families = {kind.family for kind in self.register.kinds}
        return standing_feeds(default_feeds(self.programme, self.register.programme.languages, families), self.stored)

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


def load_published(snapshot: Snapshot, programme: str) -> Published:
    """What the feeds of a programme are made from, removed events and the past of moved ones included."""
    revisions = snapshot.revisions()
    newest = revisions[-1].at if revisions else datetime(1970, 1, 1, tzinfo=UTC)
    known = known_events(snapshot, programme)
    # Neither holidays nor waivers are said in a feed: what changes in them makes no piece anew.
    register = replace(snapshot.register(programme), holidays=(), waivers=())
    modified = max((each.stamp.changed for each in known), default=newest)
    return Published(snapshot.revision, register, known, snapshot.feeds(programme), newest, modified)


def feed_bytes(
    published: Published, feed: Feed, *, site: str = "", utc: bool = False, renderings: Renderings | None = None
) -> Built:
    """One feed as iCalendar: the same for the same revision, feed and `site`, on any machine and at any time.

    `site` is the address of our pages without a slash at its end, '' where there are none; `utc` writes clock times in
    UTC, for calendars that cannot read zones. Raises BrokenFeed when a part of it does not read back as it was meant.
    """
    pieces = renderings or RENDERINGS
    joined = pieces.join(published.events, published.register, feed, published.newest, site=site, utc=utc)
    calendar = _calendar(published.register, feed, joined.modified or _second(published.modified), site)
    content = b"".join((calendars.head(calendar, joined.zones), *joined.contents, calendars.TAIL))
    modified = max(published.modified, joined.turned or published.modified)
    return Built(content, _second(modified), joined.entries)


def _second(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


def _calendar(register: Register, feed: Feed, modified: datetime, site: str) -> calendars.Calendar:
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
    name = f"{organisation}, {register.programme.code}"
    families = ", ".join(say_family(family, language) for family in feed.selection.families)
    return f"{name}: {families}" if families else name


def write_feeds(snapshot: Snapshot, programme: str, folder: Path, names: Iterable[str] = ()) -> tuple[Written, ...]:
    """Writes the feeds of these names, or all, into the folder as NAME.ics.

    All are made before the first is put in place, and one with the same bytes is not touched. Raises NotFound,
    BrokenFeed with the files before it left in place, and BadInput when the folder cannot be written.
    """
    published = load_published(snapshot, programme)
    wanted = [published.feed(name) for name in names] or list(published.feeds)
    made = [(f"{feed.name}.ics", feed_bytes(published, feed)) for feed in wanted]
    return put(folder, made)


def put(folder: Path, made: Iterable[tuple[str, Built]]) -> tuple[Written, ...]:
    """Puts files into a folder, which is made when it is missing. Raises BadInput when it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_write(folder / name, built.content, built.entries) for name, built in made)
    except OSError as error:
        raise BadInput(
            problem(str(folder), f"cannot be written ({error.strerror})", "a folder you may write")
        ) from error


def _write(path: Path, content: bytes, count: int) -> Written:
    """Writes a file so that a reader sees the old bytes or the new, never a part."""
    if path.exists() and path.read_bytes() == content:
        return Written(path, count, is_changed=False)
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
