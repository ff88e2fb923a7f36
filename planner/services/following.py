"""Feeds that were made to follow releases: their SEQUENCE goes on above what calendars saw of the plan (pure).

A release is older than the plan a feed showed until then, and its events have a lower SEQUENCE: a calendar that holds
the newer state would refuse the older. So all that such a feed ever says from then on is lifted, whatever it follows.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from planner.domain.change import Lift, Logged, Revision
from planner.domain.entries import Programme, PublicShows
from planner.domain.feed import Feed, Follows, followed, standing_feed
from planner.domain.release import Release

FOLLOWING = (Programme.sort, Feed.sort)
"""Sorts of records that decide what a feed follows."""


def lifts_of(logged: Sequence[Logged], by_default: Iterable[Feed], releases: Iterable[Release]) -> Mapping[str, Lift]:
    """By name, how far feeds are lifted and when they were last made to follow releases.

    The log is that of one programme's records that decide it, oldest first; the defaults are all that it may ever have
    had, or a feed would fall when the kinds of its family go. An event's SEQUENCE rises by one in a
    revision at most, so the revisions between a release and the change to it are lift enough.
    """
    if not any(_asks_for_releases(each) for each in logged):
        return {}
    seen = _Seen({feed.name: feed for feed in by_default}, sorted(each.revision for each in releases))
    for revision, entries in groupby(logged, key=lambda each: each.revision):
        seen.go_on(revision, entries)
    return seen.lifts


class _Seen:
    """What each feed followed, one revision after another."""

    def __init__(self, by_default: Mapping[str, Feed], released: Sequence[int]) -> None:
        self.lifts: dict[str, Lift] = {}
        self._by_default = by_default
        self._released = released
        self._named = dict(by_default)
        self._programme: Programme | None = None
        self._followed: dict[str, Follows] = {}

    def go_on(self, revision: Revision, entries: Iterable[Logged]) -> None:
        touched: set[str] = set()
        for each in entries:
            if isinstance(each.after, Programme):
                self._programme = each.after
                touched |= self._named.keys()
            elif each.key.sort == Feed.sort:
                self._put(each)
                touched.add(each.key.code)
        touched |= {feed.name for feed in self._named.values() if feed.of in touched}
        for name in touched:
            self._look_at(name, revision)

    def _put(self, logged: Logged) -> None:
        """The feed as it is from there on; one that was taken away is what it is by default."""
        name = logged.key.code
        its = logged.after if isinstance(logged.after, Feed) else self._by_default.get(name)
        if its is None:
            self._named.pop(name, None)
        else:
            self._named[name] = its

    def _look_at(self, name: str, revision: Revision) -> None:
        feed = standing_feed(name, self._named)
        if feed is None or self._programme is None:
            return
        follows = followed(feed, self._programme)
        if (self._followed.get(name), follows) == (Follows.PLAN, Follows.RELEASE):
            # Without a release the feed is empty until the next, which is newer than what was seen.
            shown = max((number for number in self._released if number < revision.number), default=revision.number)
            before = self.lifts[name].by if name in self.lifts else 0
            self.lifts[name] = Lift(before + revision.number - shown, revision.at)
        self._followed[name] = follows


def _asks_for_releases(logged: Logged) -> bool:
    after = logged.after
    if isinstance(after, Programme):
        return after.public_shows is PublicShows.RELEASE
    return isinstance(after, Feed) and after.follows is Follows.RELEASE
