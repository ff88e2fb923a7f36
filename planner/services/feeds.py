"""Making, changing and taking away feeds: pure proposals over a snapshot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from planner.domain.change import Change
from planner.domain.entries import Family
from planner.domain.event import Status
from planner.domain.feed import (
    Approximate,
    Cancelled,
    Feed,
    FeedLanguage,
    Follows,
    Level,
    Policy,
    Selection,
    Undated,
    standing_feeds,
)
from planner.domain.register import Register
from planner.domain.texts import Names, Texts
from planner.errors import BadInput, NotFound, Problem, problem
from planner.services.proposal import Proposal
from planner.services.published import feeds_by_default
from planner.store import Snapshot

FIELDS: Mapping[str, str] = {
    "kinds": "kind",
    "families": "",
    "bodies": "body",
    "states": "party",
    "forces": "force",
    "places": "place",
    "priorities": "priority",
    "statuses": "",
}
"""The fields of a selection, and the sort of register entries that each names."""
_WORDS: Mapping[str, type[Family] | type[Status]] = {"families": Family, "statuses": Status}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said of a feed; None or nothing leaves it as it is.

    `limits` are (field of the selection, names as typed); those in `unlimited` take everything again.
    """

    limits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unlimited: tuple[str, ...] = ()
    titles: Texts = ()
    language: FeedLanguage | None = None
    level: Level | None = None
    follows: Follows | None = None
    approximate: Approximate | None = None
    undated: Undated | None = None
    cancelled: Cancelled | None = None
    cancelled_days: int | None = None
    moved_days: int | None = None


@dataclass(frozen=True, slots=True)
class _Feeds:
    """The feeds of a programme by name: those it has by default, those stored, and those that are published."""

    register: Register
    by_default: Mapping[str, Feed]
    stored: Mapping[str, Feed]
    standing: Mapping[str, Feed]

    def named(self, name: str) -> Feed:
        if name in self.standing:
            return self.standing[name]
        remedy = Names.of(self.standing).did_you_mean(name, "`planner feed list` shows them all")
        raise NotFound(problem("", f"there is no feed {name!r}", remedy=remedy))


def _feeds(snapshot: Snapshot, programme: str) -> _Feeds:
    register, stored = snapshot.register(programme), snapshot.feeds(programme)
    by_default = feeds_by_default(register)
    standing = standing_feeds(by_default, stored)
    return _Feeds(register, *({feed.name: feed for feed in feeds} for feeds in (by_default, stored, standing)))


def propose_new(snapshot: Snapshot, programme: str, name: str, asked: Asked) -> Proposal:
    """A new feed. Raises BadInput when there is one of that name, or when a name it is limited to is not known."""
    feeds = _feeds(snapshot, programme)
    if name in feeds.standing:
        raise BadInput(
            problem("", f"there is a feed {name!r} already", remedy=f"`planner feed edit {name}` changes it")
        )
    try:
        blank = Feed(programme, name)
    except ValueError as error:
        raise BadInput(problem("", str(error))) from error
    made = _changed(blank, asked, feeds.register)
    return Proposal(snapshot.revision, "feed new", (Change(feeds.stored.get(name), made),))


def propose_edit(snapshot: Snapshot, programme: str, name: str, asked: Asked) -> Proposal:
    """The same feed with what was said changed. Raises NotFound, and BadInput as for a new one."""
    feeds = _feeds(snapshot, programme)
    before = feeds.named(name)
    after = _changed(before, asked, feeds.register)
    changes = (Change(feeds.stored.get(name), after),) if after != before else ()
    return Proposal(snapshot.revision, "feed edit", changes)


def propose_delete(snapshot: Snapshot, programme: str, name: str) -> Proposal:
    """The feed taken away; of one that the programme has by default it is kept that it is. Raises NotFound."""
    feeds = _feeds(snapshot, programme)
    feeds.named(name)
    gone = replace(feeds.by_default[name], is_off=True) if name in feeds.by_default else None
    return Proposal(snapshot.revision, "feed delete", (Change(feeds.stored.get(name), gone),))


def _changed(feed: Feed, asked: Asked, register: Register) -> Feed:
    titles = tuple(sorted({**dict(feed.titles), **dict(asked.titles)}.items()))
    return replace(
        feed,
        titles=tuple((language, title) for language, title in titles if title),
        selection=_selection(feed.selection, asked, register),
        policy=_policy(feed.policy, asked),
        **_said(asked, ("language", "level", "follows")),
    )


def _said(asked: Asked, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in names if getattr(asked, name) is not None}


def _policy(policy: Policy, asked: Asked) -> Policy:
    names = ("approximate", "undated", "cancelled", "cancelled_days", "moved_days")
    return replace(policy, **_said(asked, names))


def _selection(selection: Selection, asked: Asked, register: Register) -> Selection:
    """The selection with its limits read as codes; every name that is not known is said at once."""
    problems: list[Problem] = []
    limits: dict[str, Any] = dict.fromkeys(asked.unlimited, ())
    for field, names in asked.limits:
        if names:
            limits[field] = tuple(dict.fromkeys(_code(field, name, register, problems) for name in names))
    if problems:
        raise BadInput(*problems)
    return replace(selection, **limits)


def _code(field: str, name: str, register: Register, problems: list[Problem]) -> Any:
    if field in _WORDS:
        return _WORDS[field](name)
    names = register.names(FIELDS[field])
    code = names.find(name)
    if code is None:
        found = f"no {FIELDS[field]} {name!r} in the programme"
        problems.append(problem("", found, remedy=names.did_you_mean(name)))
    return code
