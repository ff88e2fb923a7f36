"""Publishing: feeds as bytes, and as files that nobody ever sees half-written or wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

import calendars
from calendars.lint import lint
from planner.domain.board import Board
from planner.domain.feed import Feed, Level
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.errors import BrokenFeed, problem
from planner.services.entries import COLORS
from planner.services.free_busy import busy_of_parties
from planner.services.published import Published, load_published, shown_in
from planner.services.putting import Written, put
from planner.services.rendering import Renderings, first_error
from planner.store import Snapshot
from planner.wording.changes import name_of, say_family

PRODID = "-//council-planner//planner//EN"
RENDERINGS = Renderings()
"""The rendered pieces of this process."""


@dataclass(frozen=True, slots=True)
class Built:
    """A feed as bytes. `modified` (UTC, whole seconds) never falls from one revision to the next."""

    content: bytes
    modified: datetime
    entries: int


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
    return tuple(path for path in found if path.is_file() and mark in path.read_bytes()[:200])


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
