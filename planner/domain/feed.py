"""A feed: which events it publishes, in which language, how much of them, and what becomes of those without a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from planner.domain.entries import Family, Programme, PublicShows
from planner.domain.event import Status
from planner.domain.texts import Texts


class Level(StrEnum):
    """How much a feed shows, from everything to times and parties alone."""

    FULL = "full"
    MEMBER = "member"
    PUBLIC = "public"
    BUSY = "busy"


class FeedLanguage(StrEnum):
    """The language of a feed's texts; BOTH puts English and Russian side by side."""

    EN = "en"
    RU = "ru"
    BOTH = "both"


class Approximate(StrEnum):
    """What stands for an event without an exact day."""

    MARKER = "marker"  # the first day of its period
    SPAN = "span"  # the whole period where it has at most ten days, else a marker
    LEAVE = "leave"  # nothing


class Follows(StrEnum):
    """What a feed is made from."""

    PLAN = "plan"  # the plan as it stands
    RELEASE = "release"  # what was released last


class Undated(StrEnum):
    """What stands for an event without any date."""

    LEAVE = "leave"  # nothing
    NOTE = "note"  # a note on the day of the decision that approved it


class Cancelled(StrEnum):
    """What becomes of cancelled, postponed and withdrawn events."""

    KEEP_DAYS = "keep_days"  # shown as cancelled for `cancelled_days`, counted to the newest revision
    DROP = "drop"  # gone at once
    KEEP = "keep"  # shown as cancelled for ever


@dataclass(frozen=True, slots=True)
class Selection:
    """Which events: those that fit each field that says anything, in at least one of its values; () is no limit.

    `forces` and `places` take in what lies within them; `states` those that host or take part, the members by name.
    """

    kinds: tuple[str, ...] = ()
    families: tuple[Family, ...] = ()
    bodies: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """What a feed makes of events without a day, and of those that were moved or cancelled.

    Days are counted to the newest revision, never to the clock: the same revision, the same bytes.
    """

    approximate: Approximate = Approximate.MARKER
    undated: Undated = Undated.LEAVE
    cancelled: Cancelled = Cancelled.KEEP_DAYS
    cancelled_days: int = 90
    moved_days: int = 14

    def __post_init__(self) -> None:
        for name in ("cancelled_days", "moved_days"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} is {getattr(self, name)}; it must be 0 or more")


@dataclass(frozen=True, slots=True)
class Feed:
    """A published selection of one programme's events, in one language or both, at one level of disclosure.

    One that `is_off` is published nowhere; it takes away a feed that the programme would have by default. One with an
    `owner` is that person's own and shown to nobody else; `of` names the feed whose selection it follows.
    `follows` is what it is made from; None is what the programme says for the public, and the plan for all others.
    """

    sort: ClassVar[str] = "feed"

    programme: str
    name: str
    titles: Texts = ()
    selection: Selection = Selection()
    language: FeedLanguage = FeedLanguage.EN
    level: Level = Level.MEMBER
    policy: Policy = Policy()
    is_off: bool = False
    owner: str = ""
    of: str = ""
    follows: Follows | None = None

    def __post_init__(self) -> None:
        if not self.name or not self.name.replace("-", "").replace("_", "").replace(".", "").isalnum():
            raise ValueError(f"{self.name!r} cannot name a feed: use letters, digits, '-', '_' and '.'")

    @property
    def code(self) -> str:
        """The key among the programme's records."""
        return self.name

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its texts, the first before the second."""
        return ("en", "ru") if self.language is FeedLanguage.BOTH else (self.language.value,)


def default_feeds(programme: str, languages: Iterable[str], families: Iterable[Family]) -> tuple[Feed, ...]:
    """The feeds a programme has before anybody makes one, by name, in each of its languages.

    For members everything, and each family of kinds by itself; for the public what it may see.
    """
    ours = {FeedLanguage.EN.value, FeedLanguage.RU.value}
    spoken = [FeedLanguage(language) for language in languages if language in ours] or [FeedLanguage.EN]
    found = []
    for language in spoken:
        found.append(Feed(programme, f"all.{language}", language=language))
        found.append(Feed(programme, f"public.{language}", language=language, level=Level.PUBLIC))
        for family in set(families):
            its = Selection(families=(family,))
            found.append(Feed(programme, f"{family}.{language}", selection=its, language=language))
    return tuple(sorted(found, key=lambda feed: feed.name))


def followed(feed: Feed, programme: Programme) -> Follows:
    """What the feed is made from: as it says, else for the public as the programme says, else the plan."""
    if feed.follows is not None:
        return feed.follows
    is_told = feed.level is Level.PUBLIC and programme.public_shows is PublicShows.RELEASE
    return Follows.RELEASE if is_told else Follows.PLAN


def standing_feeds(by_default: Iterable[Feed], stored: Iterable[Feed]) -> tuple[Feed, ...]:
    """The feeds that are published, by name: a stored one stands in place of a default of the same name.

    One of another has its selection and titles while that one stands, and keeps its last ones after; it is made from
    what that one is made from.
    """
    named = {feed.name: feed for feed in (*by_default, *stored)}
    found = (standing_feed(name, named) for name in sorted(named))
    return tuple(feed for feed in found if feed is not None)


def standing_feed(name: str, named: Mapping[str, Feed]) -> Feed | None:
    """The feed of that name as it is published among these by name, or None where it is not."""
    feed = named.get(name)
    if feed is None or feed.is_off:
        return None
    other = named.get(feed.of)
    if other is None or other.is_off:
        return feed
    follows = feed.follows or other.follows
    return replace(feed, selection=other.selection, titles=other.titles, follows=follows)
