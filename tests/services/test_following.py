"""P26 over what a feed follows, releases or the plan: no SEQUENCE falls, and what differs has a higher one."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

import icalendar
import pytest

from planner.domain.change import Change, Lift, Record
from planner.domain.entries import Disclosure, Family, PublicShows
from planner.domain.event import Event, Status
from planner.domain.feed import Feed, FeedLanguage, Follows, Level
from planner.errors import BadInput
from planner.services.feeds import Asked, propose_edit
from planner.services.proposal import Proposal
from planner.services.published import load_published
from planner.services.publishing import feed_bytes
from planner.services.releasing import propose_release
from planner.store import Database, Snapshot, open_database, upgrade
from tests.builders import PROGRAMME, a_programme, an_event, days
from tests.plans import NOW, fill, write

FEED = "public.en"
"""Of the public: it follows the plan or releases as it says itself, else as its programme says."""


class Shown(NamedTuple):
    """One event as a calendar program finds it in the feed."""

    sequence: int
    modified: datetime
    content: tuple[date, str]


def a_public_event(ref: str) -> Event:
    return an_event(ref, when=days("2020-10-12"), status=Status.CONFIRMED, disclosure=Disclosure.PUBLIC)


def do(database: Database, propose: Callable[[Snapshot], Proposal]) -> None:
    with database.snapshot() as snapshot:
        proposal = propose(snapshot)
    write(database, proposal)


def follow(database: Database, follows: Follows) -> None:
    do(database, lambda snapshot: propose_edit(snapshot, PROGRAMME, FEED, Asked(follows=follows)))


def release(database: Database) -> None:
    do(database, lambda snapshot: propose_release(snapshot, PROGRAMME, "", NOW.date()))


def shown(database: Database, feed: str = FEED) -> dict[str, Shown]:
    with database.snapshot() as snapshot:
        published = load_published(snapshot, PROGRAMME)
    calendar = icalendar.Calendar.from_ical(feed_bytes(published, published.feed(feed)).content)
    return {
        str(e["UID"]): Shown(int(e["SEQUENCE"]), e["LAST-MODIFIED"].dt, (e["DTSTART"].dt, str(e["STATUS"])))
        for e in calendar.events
    }


def test_feed_made_to_follow_releases_goes_on_above_what_it_had_shown(database: Database) -> None:
    event = a_public_event("A")
    fill(database, event)
    release(database)
    for first in ("2020-10-13", "2020-10-14"):
        moved = replace(event, when=days(first))
        write_change(database, Change(event, moved))
        event = moved
    before = shown(database)

    follow(database, Follows.RELEASE)

    after = shown(database)
    assert (before["A@TEST-2020"].sequence, before["A@TEST-2020"].content[0]) == (2, date(2020, 10, 14))
    assert (after["A@TEST-2020"].sequence, after["A@TEST-2020"].content[0]) == (4, date(2020, 10, 12))
    with database.snapshot() as snapshot:
        assert load_published(snapshot, PROGRAMME).lifts == {FEED: Lift(4, NOW)}


def test_feed_stays_lifted_when_the_last_kind_of_its_family_goes(database: Database) -> None:
    event, name = a_public_event("A"), "commemoration.en"
    fill(database, event)
    release(database)
    for first in ("2020-10-13", "2020-10-14"):
        moved = replace(event, when=days(first))
        write_change(database, Change(event, moved))
        event = moved
    write_change(database, Change(None, Feed(PROGRAMME, name, follows=Follows.RELEASE)))
    before = shown(database, name)
    with database.snapshot() as snapshot:
        served = load_published(snapshot, PROGRAMME)

    for kind in (each for each in served.register.kinds if each.family is Family.COMMEMORATION):
        write_change(database, Change(kind, None))

    assert before["A@TEST-2020"].sequence == 4
    assert shown(database, name) == before
    with database.snapshot() as snapshot:
        fresh = load_published(snapshot, PROGRAMME)
        assert Family.COMMEMORATION not in {kind.family for kind in fresh.register.kinds}
        assert load_published(snapshot, PROGRAMME, served) == fresh


def test_feed_that_always_followed_releases_is_lifted_by_nothing(database: Database) -> None:
    fill(database, an_event("A"))
    write_change(database, Change(None, Feed(PROGRAMME, "told", follows=Follows.RELEASE)))
    release(database)

    with database.snapshot() as snapshot:
        assert load_published(snapshot, PROGRAMME).lifts == {}


def test_own_feed_is_lifted_with_the_one_it_is_of(database: Database) -> None:
    fill(database, an_event("A"))
    mine = Feed(PROGRAMME, "mine", language=FeedLanguage.RU, level=Level.PUBLIC, owner="A. Reader", of=FEED)
    write_change(database, Change(None, mine))
    release(database)

    follow(database, Follows.RELEASE)

    with database.snapshot() as snapshot:
        assert {*load_published(snapshot, PROGRAMME).lifts} == {FEED, "mine"}


def write_change(database: Database, change: Change) -> None:
    do(database, lambda snapshot: Proposal(snapshot.revision, "edit", (change,)))


def act(database: Database, chance: random.Random) -> None:
    """Something happens to an event, to what is released, or to what the feed follows."""
    match chance.randrange(5):
        case 0:
            try:
                release(database)
            except BadInput:
                return  # nothing changed since the last
        case 1:
            follow(database, chance.choice(list(Follows)))
        case 2:
            with database.snapshot() as snapshot:
                before = snapshot.register(PROGRAMME).programme
            write_change(database, Change(before, replace(before, public_shows=chance.choice(list(PublicShows)))))
        case _:
            with database.snapshot() as snapshot:
                event = chance.choice(snapshot.events(PROGRAMME))
            write_change(database, Change(event, _changed(event, chance)))


def _changed(event: Event, chance: random.Random) -> Record:
    if chance.random() < 0.3:
        return replace(event, status=chance.choice([Status.CONFIRMED, Status.CANCELLED]))
    return replace(event, when=days(f"2020-10-{chance.randrange(1, 29):02}"))


def never_falls(database: Database, seed: int, actions: int) -> None:
    chance = random.Random(seed)
    fill(database, a_public_event("A"), a_public_event("B"))
    last = shown(database)
    assert len(last) == 2
    for _ in range(actions):
        act(database, chance)
        now = shown(database)
        for uid, its in now.items():
            was = last.get(uid)
            if was is not None:
                assert its.sequence >= was.sequence, uid
                assert its.modified >= was.modified, uid
                assert its.content == was.content or its.sequence > was.sequence, uid
        last |= now


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_a_feed_follows_no_sequence_falls(database: Database, seed: int) -> None:
    never_falls(database, seed, actions=15)


@pytest.mark.soak
def test_whatever_a_feed_follows_no_sequence_falls_in_the_long_run(empty_locations: Callable[[], str]) -> None:
    for seed in range(30):
        location = empty_locations()
        upgrade(location)
        database = open_database(location, writes=True)
        never_falls(database, seed, actions=50)
        database.close()


def test_programme_that_shows_releases_lifts_its_public_feeds(database: Database) -> None:
    fill(database, a_public_event("A"))
    release(database)
    said = a_programme()

    write_change(database, Change(said, replace(said, public_shows=PublicShows.RELEASE)))

    with database.snapshot() as snapshot:
        assert {name: lift.by for name, lift in load_published(snapshot, PROGRAMME).lifts.items()} == {
            "public.en": 2,
            "public.ru": 2,
        }


def test_day_of_a_switch_does_not_make_events_look_moved(database: Database) -> None:
    event = a_public_event("A")
    fill(database, event)
    release(database)
    follow(database, Follows.RELEASE)

    with database.snapshot() as snapshot:
        published = load_published(snapshot, PROGRAMME)
    assert b"Moved:" not in feed_bytes(published, published.feed(FEED)).content
    assert published.modified - NOW < timedelta(days=1)
