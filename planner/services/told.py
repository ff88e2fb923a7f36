"""Who was told what, and when: decided, released, noticed, fetched. That a calendar fetched it says nothing of reading.

What was fetched is what the server noted (the ledger): of each address, which revision's state it was last given.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from planner.domain.address import Address, Served
from planner.domain.board import Board
from planner.domain.change import Revision, key_of
from planner.domain.event import Event
from planner.domain.feed import Feed
from planner.domain.register import Register, all_names
from planner.domain.release import Notice, Release, newest_release
from planner.domain.selection import selects
from planner.domain.texts import fold, is_form_of
from planner.domain.told import Fetched, Told, ToldParty
from planner.domain.turn import turns_of
from planner.services.disclosing import may_show
from planner.services.known import known_events
from planner.services.publishing import Published, load_published
from planner.store import Database, Snapshot

SHORTEST_FORM = 4
"""Words of a name up to so many letters must stand as they are: "Iran" is no form of "Iraq"."""


def told_of_event(snapshot: Snapshot, database: Database, event: Event) -> Told:
    """Who was told of an event as it was decided last. Addresses are those whose feed shows it."""
    logged = snapshot.history(key_of(event))
    decided = logged[0].revision
    before: Event | None = None
    for each in logged:
        after = each.after if isinstance(each.after, Event) else None
        if (before is not None or after is not None) and turns_of(before, after):
            decided = each.revision
        before = after
    releases = (r for r in snapshot.releases() if r.programme == event.programme and r.revision >= decided.number)
    notices = (n for n in snapshot.notices() if event.ref in n.refs and n.revision >= decided.number)
    published = load_published(snapshot, event.programme)
    shown = {feed.name for feed in feeds_with(snapshot, published, event)}
    return Told(
        event,
        decided,
        _dated_release(snapshot, next(releases, None)),
        _dated(snapshot, notices),
        fetched(database, event.programme, decided.number, lambda address: address.feed in shown),
    )


def told_of_party(snapshot: Snapshot, database: Database, programme: str, party: str) -> ToldParty:
    """What a party was told. Its addresses are those of feeds of this party, and those whose holder names it."""
    register = snapshot.register(programme)
    its = [release for release in snapshot.releases() if release.programme == programme]
    release = newest_release(its)
    feeds = {feed.name: feed for feed in load_published(snapshot, programme).feeds}
    notices = (n for n in snapshot.notices() if n.programme == programme and n.party in {party, ""})
    since = release.revision if release is not None else snapshot.revision
    return ToldParty(
        party,
        snapshot.revision,
        _dated_release(snapshot, release),
        _dated(snapshot, notices),
        fetched(database, programme, since, lambda address: _is_of(address, party, register, feeds)),
    )


def feeds_with(snapshot: Snapshot, published: Published, event: Event) -> tuple[Feed, ...]:
    """The feeds that take the event in and may show it, by name."""
    known = next(iter(known_events(snapshot, event.programme, (event.ref,))), None)
    board = Board(published.newest.date(), (published.register,), ())
    return tuple(
        feed
        for feed in published.feeds
        if known is not None
        and selects(feed.selection, event, board)
        and may_show(known, published.register, feed.level)
    )


def fetched(
    database: Database, programme: str, since: int, is_wanted: Callable[[Address], bool]
) -> tuple[Fetched, ...]:
    """What each of the addresses wanted was last given, those that never asked as well, by number."""
    with database.operations() as operations:
        wanted = [address for address in operations.addresses(programme) if is_wanted(address)]
        ledgers = [(address, operations.served(address.number)) for address in wanted]
    return tuple(_fetched(address, served, since) for address, served in ledgers)


def _fetched(address: Address, served: Sequence[Served], since: int) -> Fetched:
    if not served:
        return Fetched(address, address.fetched, None, has_it=False)
    last = served[-1]
    return Fetched(address, last.last, last.revision, has_it=last.revision >= since)


def _is_of(address: Address, party: str, register: Register, feeds: Mapping[str, Feed]) -> bool:
    feed = feeds.get(address.feed)
    return (feed is not None and feed.selection.states == (party,)) or names_party(address.holder, party, register)


def names_party(holder: str, party: str, register: Register) -> bool:
    """True when the holder's words name the party, in any of its names and in whatever case: "Посольство Беларуси"."""
    entry = register.party(party)
    words = re.findall(r"\w+", fold(holder))
    for name in (party, *(all_names(entry) if entry is not None else ())):
        parts = re.findall(r"\w+", fold(name))
        runs = (words[at : at + len(parts)] for at in range(len(words) - len(parts) + 1))
        if parts and any(all(map(_is_same, run, parts)) for run in runs):
            return True
    return False


def _is_same(word: str, other: str) -> bool:
    return word == other or (len(other) > SHORTEST_FORM and is_form_of(word, other))


def _dated_release(snapshot: Snapshot, release: Release | None) -> tuple[Release, Revision] | None:
    return None if release is None else (release, snapshot.history(key_of(release))[-1].revision)


def _dated(snapshot: Snapshot, notices: Iterable[Notice]) -> tuple[tuple[Notice, Revision], ...]:
    return tuple((notice, snapshot.history(key_of(notice))[-1].revision) for notice in notices)
