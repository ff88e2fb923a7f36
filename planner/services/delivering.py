"""Delivering: what all feeds are made from at one revision, and one of them in bytes, ready to be sent."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from planner.domain.feed import Feed, Level
from planner.errors import BrokenFeed, NotFound, problem
from planner.services.published import Published, load_published, shown_in
from planner.services.publishing import Built, feed_bytes, free_busy_bytes
from planner.store import Snapshot


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feed in one form: with local times or with all of them in UTC, or who is busy when and nothing else."""

    programme: str
    name: str
    as_utc: bool = False
    is_free_busy: bool = False

    @property
    def file_name(self) -> str:
        """What the file is called where it is kept."""
        return f"{self.name}.{'ifb' if self.is_free_busy else 'ics'}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A feed in bytes, whole and packed. `etag` is theirs; `changed` is the instant of the plan's newest revision.

    `shows` is the revision of the state it says, an older one where the feed follows releases.
    Not that of the newest event: a kind's name or a day gone by changes the bytes as well.
    """

    feed: Feed
    file_name: str
    content: bytes
    packed: bytes
    etag: str
    changed: datetime
    revision: int
    shows: int


@dataclass(frozen=True, slots=True)
class Directory:
    """Every programme as feeds see it as of one revision, by code, and every feed by programme and name."""

    revision: int
    programmes: Mapping[str, Published]
    feeds: Mapping[tuple[str, str], Feed]

    def feed(self, programme: str, name: str) -> Feed:
        """The feed of that name. Raises NotFound."""
        feed = self.feeds.get((programme, name))
        if feed is None:
            raise NotFound(problem("", f"{programme} has no feed {name!r}"))
        return feed

    def public(self, name: str, programme: str = "") -> Feed:
        """The public feed of that name; without a programme, of whichever has one alone. Raises NotFound."""
        codes = [programme] if programme else self.programmes
        named = (self.feeds.get((code, name)) for code in codes)
        found = [feed for feed in named if feed is not None and feed.level is Level.PUBLIC and not feed.owner]
        if len(found) != 1:
            raise NotFound(problem("", f"there is no one public feed {name!r}"))
        return found[0]


def read_directory(snapshot: Snapshot) -> Directory:
    """What all feeds are made from, at that snapshot's revision."""
    programmes = {each.code: load_published(snapshot, each.code) for each in snapshot.programmes()}
    feeds = {(feed.programme, feed.name): feed for each in programmes.values() for feed in each.feeds}
    return Directory(snapshot.revision, programmes, feeds)


def deliver(directory: Directory, wanted: Wanted, site: str = "") -> Delivery:
    """That feed in that form. Raises NotFound, and BrokenFeed when it does not read back as it was meant."""
    feed = directory.feed(wanted.programme, wanted.name)
    published = directory.programmes[wanted.programme]
    if wanted.is_free_busy:
        content = _whole(free_busy_bytes(published, feed), feed, b"VFREEBUSY")
    else:
        content = _whole(feed_bytes(published, feed, site=site, utc=wanted.as_utc), feed, b"VEVENT")
    return Delivery(
        feed,
        wanted.file_name,
        content,
        # No time of packing in it: the same feed is packed into the same bytes.
        gzip.compress(content, 6, mtime=0),
        hashlib.sha256(content).hexdigest()[:32],
        published.newest,
        directory.revision,
        shown_in(published, feed).revision,
    )


def _whole(built: Built, feed: Feed, component: bytes) -> bytes:
    """The bytes, with as many components as were meant: programs take half a calendar for all. Raises BrokenFeed."""
    content = built.content
    is_closed = content.startswith(b"BEGIN:VCALENDAR\r\n") and content.endswith(b"END:VCALENDAR\r\n")
    if not is_closed or content.count(b"\r\nBEGIN:%b\r\n" % component) != built.entries:
        raise BrokenFeed(problem(feed.name, "is not whole", f"a calendar of {built.entries} entries"))
    return content
