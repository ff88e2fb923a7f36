"""What feeds are made from: one programme as it stands and as it was released, with what is known of each event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

from planner.domain.beside import Contact, Note, Paper
from planner.domain.change import Lift, Revision, Stamp
from planner.domain.entries import Family, Holiday
from planner.domain.event import Event
from planner.domain.feed import Feed, FeedLanguage, Follows, default_feeds, followed, standing_feeds
from planner.domain.register import Register
from planner.domain.release import Notice, Release, newest_release
from planner.domain.reply import Reply
from planner.domain.waiver import Waiver
from planner.errors import NotFound, problem
from planner.services.disclosing import Known, is_for
from planner.services.following import FOLLOWING, lifts_of
from planner.services.known import known_events
from planner.store import Snapshot

_UNSAID = (Holiday.sort, Waiver.sort, Reply.sort, Note.sort, Paper.sort, Contact.sort, Release.sort, Notice.sort)
"""Sorts of records that no feed says anything of."""


@dataclass(frozen=True)
class Published:
    """One programme as feeds see it, at one revision: its events, those removed as well, and its feeds.

    `newest` is the instant (UTC) of the newest revision, `modified` of the newest that touched this programme.
    `released` is the same at the latest release, for feeds that follow releases; None before the first. `lifts` are
    by name of the feeds that were once made to follow them.
    """

    revision: int
    register: Register
    events: tuple[Known, ...]
    stored: tuple[Feed, ...]
    newest: datetime
    modified: datetime
    released: "Published | None" = None
    lifts: Mapping[str, Lift] = field(default_factory=dict)

    @property
    def programme(self) -> str:
        return self.register.programme.code

    @cached_property
    def feeds(self) -> tuple[Feed, ...]:
        """Every feed that is published, by name: those made, and those a programme has by default."""
        return feeds_of(self.register, self.stored)

    def feed(self, name: str) -> Feed:
        """The feed of that name. Raises NotFound."""
        found = next((feed for feed in self.feeds if feed.name == name), None)
        if found is None:
            raise NotFound(problem("", f"there is no feed {name!r}", remedy="`planner feed list` shows them all"))
        return found


def feeds_of(register: Register, stored: Sequence[Feed]) -> tuple[Feed, ...]:
    """Every feed that is published, by name: those made, and those a programme has by default."""
    return standing_feeds(feeds_by_default(register), stored)


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
    return replace(published, released=released if lift is None else _restored(released, lift))


def _restored(past: Published, lift: Lift) -> Published:
    """A state of before a restore as calendars must be told of it after: they may have seen a later release."""
    lifted = _lifted(past, lift)
    events = tuple(replace(known, stamp=replace(known.stamp, raised=lift.at)) for known in lifted.events)
    return replace(lifted, events=events, newest=lift.at)


def _lifted(past: Published, lift: Lift) -> Published:
    """The same with every SEQUENCE so much higher, and changed at that instant if not later."""

    def raised(stamp: Stamp) -> Stamp:
        return replace(stamp, sequence=stamp.sequence + lift.by, changed=max(stamp.changed, lift.at))

    events = tuple(replace(known, stamp=raised(known.stamp)) for known in past.events)
    return replace(past, events=events, modified=max(past.modified, lift.at))


def _loaded(snapshot: Snapshot, programme: str) -> Published:
    newest = _instant(snapshot.newest())
    modified = _instant(snapshot.last_changed(programme, _UNSAID))
    known = known_events(snapshot, programme)
    register, stored = _register(snapshot, programme), snapshot.feeds(programme)
    lifts = _lifts(snapshot, programme)
    return Published(snapshot.revision, register, known, stored, newest, modified, lifts=lifts)


def _lifts(snapshot: Snapshot, programme: str) -> Mapping[str, Lift]:
    """The lifts of its feeds, with each default it may ever have had: kinds and languages of today decide no past."""
    by_default = default_feeds(programme, FeedLanguage, Family)
    its = (release for release in snapshot.releases() if release.programme == programme)
    return lifts_of(snapshot.history_of_sorts(programme, FOLLOWING), by_default, its)


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
    if any(key.sort in FOLLOWING for key in changed):
        before = replace(before, lifts=_lifts(snapshot, before.programme))
    return before


def shown_in(published: Published, feed: Feed) -> Published:
    """The state a feed is made from: the plan, or the latest release; before the first of these it is empty.

    What has become too secret for the feed since the release is not in it any more.
    """
    state, lift = _followed(published, feed), published.lifts.get(feed.name)
    return state if lift is None else _lifted(state, lift)


def _followed(published: Published, feed: Feed) -> Published:
    if followed(feed, published.register.programme) is Follows.PLAN:
        return published
    released = published.released
    if released is None:
        return replace(published, events=())
    secret = {k.event.ref for k in published.events if not is_for(k.event, published.register, feed.level)}
    return replace(released, events=tuple(k for k in released.events if k.event.ref not in secret))
