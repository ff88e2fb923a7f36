"""Who was told what, and when: decided, released, noticed, fetched. That a calendar fetched it says nothing of reading.

What was fetched is what the server noted (the ledger): of each address, which revision's state it was last given.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from planner.domain.address import Address, Served
from planner.domain.board import Board
from planner.domain.change import Revision, key_of
from planner.domain.decision import Decision
from planner.domain.event import Event
from planner.domain.feed import Feed
from planner.domain.register import Register, all_names
from planner.domain.release import Notice, Release, newest_release
from planner.domain.selection import selects
from planner.domain.texts import fold, is_form_of
from planner.domain.told import Decided, Fetched, Told, ToldParty
from planner.domain.turn import Turn, is_held, turns_of
from planner.services.disclosing import may_show
from planner.services.known import known_events
from planner.services.published import feeds_of
from planner.store import Database, Snapshot

SHORTEST_FORM = 4
"""Words of a name up to so many letters must stand as they are: "Iran" is no form of "Iraq"."""


def told_of_event(snapshot: Snapshot, database: Database, event: Event, until: datetime | None = None) -> Told:
    """Who was told of an event as it was decided last. Addresses are those whose feed shows it.

    With `until` (UTC), fetches from that instant on are left out: the state is one of the past.
    """
    decided = decided_of(snapshot, event)
    since = decided.revision.number
    releases = (r for r in snapshot.releases() if r.programme == event.programme and r.revision >= since)
    notices = (n for n in snapshot.notices() if event.ref in n.refs and n.revision >= since)
    shown = {feed.name for feed in _feeds_with(snapshot, event)}
    return Told(
        event,
        decided,
        _dated_release(snapshot, next(releases, None)),
        _dated(snapshot, notices),
        fetched(database, event.programme, since, lambda address: address.feed in shown, until),
    )


def decided_of(snapshot: Snapshot, event: Event) -> Decided:
    """What made an event what it is: the last change of it that people must be told about.

    That it was held is a fact and no decision, so what stood before counts; the day it was settled is told beside it.
    """
    logged = snapshot.history(key_of(event))
    states = [each.after if isinstance(each.after, Event) else None for each in logged]
    found = Decided(logged[0].revision, None, states[0], (Turn.NEW,))
    for each, before, after in zip(logged, [None, *states], states, strict=False):
        if (before is not None or after is not None) and (turns := turns_of(before, after)):
            found = Decided(each.revision, before, after, turns)
        if before is not None and after is not None and is_held(before, after):
            found = replace(found, settled=each.revision)
    return replace(found, paper=_paper(snapshot, found, event))


def _paper(snapshot: Snapshot, decided: Decided, event: Event) -> str:
    """The paper that its revision names: one that took the event in as an item then, else what the event got by it."""
    for change in snapshot.changes_of(decided.revision.number):
        paper = change.after
        if isinstance(paper, Decision) and paper.programme == event.programme:
            before = change.before.items if isinstance(change.before, Decision) else ()
            if any(item.number == event.ref for item in {*paper.items} - {*before}):
                return paper.code
    was = decided.before.decision if decided.before is not None else ""
    now = decided.after.decision if decided.after is not None else ""
    return now if now != was else ""


def told_of_party(
    snapshot: Snapshot, database: Database, programme: str, party: str, until: datetime | None = None
) -> ToldParty:
    """What a party was told. Its addresses are those of feeds of this party, and those whose holder names it.

    `until` as for an event.
    """
    register = snapshot.register(programme)
    its = [release for release in snapshot.releases() if release.programme == programme]
    release = newest_release(its)
    feeds = {feed.name: feed for feed in feeds_of(register, snapshot.feeds(programme))}
    notices = (n for n in snapshot.notices() if n.programme == programme and n.party in {party, ""})
    since = release.revision if release is not None else snapshot.revision
    return ToldParty(
        party,
        snapshot.revision,
        _dated_release(snapshot, release),
        _dated(snapshot, notices),
        fetched(database, programme, since, lambda address: _is_of(address, party, register, feeds), until),
    )


def _feeds_with(snapshot: Snapshot, event: Event) -> tuple[Feed, ...]:
    """The feeds that take the event in and may show it, by name; of the others nothing is read."""
    register, newest = snapshot.register(event.programme), snapshot.newest()
    known = next(iter(known_events(snapshot, event.programme, (event.ref,))), None)
    if known is None or newest is None:
        return ()
    board = Board(newest.at.date(), (register,), ())
    feeds = feeds_of(register, snapshot.feeds(event.programme))
    return tuple(
        feed for feed in feeds if selects(feed.selection, event, board) and may_show(known, register, feed.level)
    )


def fetched(
    database: Database,
    programme: str,
    since: int,
    is_wanted: Callable[[Address], bool],
    until: datetime | None = None,
) -> tuple[Fetched, ...]:
    """What each of the addresses wanted was last given, those that never asked as well, by number."""
    with database.operations() as operations:
        made = [each for each in operations.addresses(programme) if until is None or each.made < until]
        wanted = [address for address in made if is_wanted(address)]
        ledgers = [(address, operations.served(address.number)) for address in wanted]
    if until is not None:
        ledgers = [(replace(each, fetched=None), served_until(served, until)) for each, served in ledgers]
    return tuple(_fetched(address, served, since) for address, served in ledgers)


def served_until(served: Iterable[Served], until: datetime) -> tuple[Served, ...]:
    """The ledger as it was then. Of what was served before and after, only the first time is known to be before."""
    then = (each for each in served if each.first < until)
    known = (each if each.last < until else replace(each, last=each.first) for each in then)
    return tuple(sorted(known, key=attrgetter("last")))


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
