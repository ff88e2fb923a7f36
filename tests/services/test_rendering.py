"""Rendered pieces: what did not change is not written again, and old pieces join to what is made anew."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.change import Change, Record
from planner.domain.event import Status
from planner.domain.feed import Feed, FeedLanguage, Level
from planner.domain.texts import texts
from planner.domain.waiver import Waiver
from planner.services.published import Published, load_published
from planner.services.publishing import feed_bytes
from planner.services.rendering import Renderings
from planner.store import Database, open_database
from tests.builders import PROGRAMME, a_register, an_event, days
from tests.plans import NOW, fill

DAY = timedelta(days=1)
FEED = Feed(PROGRAMME, "all")
EVENTS = tuple(an_event(f"EX-{number:03}") for number in range(20))


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database("sqlite://", writes=True)
    fill(opened, *EVENTS)
    yield opened
    opened.close()


def change(database: Database, before: Record | None, after: Record | None, later: timedelta = DAY) -> None:
    with database.transaction(who="A. Writer", why="", means="edit", now=NOW + later) as transaction:
        transaction.apply([Change(before, after)])


def published(database: Database, before: Published | None = None) -> Published:
    with database.snapshot() as snapshot:
        return load_published(snapshot, PROGRAMME, before)


def test_second_build_renders_nothing_and_gives_the_same_bytes(database: Database) -> None:
    renderings = Renderings()

    first = feed_bytes(published(database), FEED, renderings=renderings)
    second = feed_bytes(published(database), FEED, renderings=renderings)

    assert (first, renderings.made) == (second, 20)


def test_one_change_renders_one_event_and_gives_what_a_new_process_gives(database: Database) -> None:
    renderings, before = Renderings(), published(database)
    feed_bytes(before, FEED, renderings=renderings)
    change(database, EVENTS[3], replace(EVENTS[3], when=days("2020-11-02")))

    after = published(database, before)
    built = feed_bytes(after, FEED, renderings=renderings)

    assert renderings.made == 21
    assert built == feed_bytes(published(database), FEED, renderings=Renderings())
    assert built.content.count(b"Moved: ") == 1


def test_removed_event_leaves_the_pieces_when_its_days_are_over(database: Database) -> None:
    renderings, before = Renderings(), published(database)
    change(database, EVENTS[0], None)
    change(database, EVENTS[1], replace(EVENTS[1], status=Status.CONFIRMED), 95 * DAY)

    counts = [feed_bytes(each, FEED, renderings=renderings).entries for each in (before, published(database, before))]

    assert counts == [20, 19]


def test_change_of_the_register_renders_all_and_a_waiver_none(database: Database) -> None:
    renderings, before = Renderings(), published(database)
    feed_bytes(before, FEED, renderings=renderings)
    change(database, None, Waiver(PROGRAMME, "C01:A+B", "1:0", "agreed", "A. Writer", date(2020, 10, 20)))
    waived = published(database, before)
    feed_bytes(waived, FEED, renderings=renderings)
    assert renderings.made == 20

    [kind] = [kind for kind in a_register().kinds if kind.code == "exercise"]
    change(database, kind, replace(kind, names=texts(en="Drill")))
    built = feed_bytes(published(database, waived), FEED, renderings=renderings)

    assert renderings.made == 40
    assert built.content.count(b"CATEGORIES;LANGUAGE=en:Drill\r\n") == 20


def test_title_stops_saying_moved_when_a_later_revision_comes_though_the_event_is_the_same(database: Database) -> None:
    renderings = Renderings()
    change(database, EVENTS[3], replace(EVENTS[3], when=days("2020-11-02")))
    moved = published(database)
    change(database, EVENTS[4], replace(EVENTS[4], status=Status.CONFIRMED), 16 * DAY)

    counts = [
        feed_bytes(each, FEED, renderings=renderings).content.count(b"SUMMARY;LANGUAGE=en:Moved: ")
        for each in (moved, published(database, moved), moved)
    ]

    assert counts == [1, 0, 1]


def test_event_appears_at_the_other_end_of_a_link_when_it_may_be_known(database: Database) -> None:
    from planner.domain.event import Link, Relation

    renderings, hidden = Renderings(), an_event("HIDDEN", status=Status.DRAFT)
    change(database, EVENTS[0], replace(EVENTS[0], links=(Link(Relation.PART_OF, "HIDDEN"),)))
    change(database, None, hidden)
    before = published(database)
    built = [feed_bytes(before, FEED, renderings=renderings)]
    change(database, hidden, replace(hidden, status=Status.APPROVED))

    built.append(feed_bytes(published(database, before), FEED, renderings=renderings))

    assert [b"HIDDEN" in each.content for each in built] == [False, True]
    assert b"RELATED-TO;RELTYPE=PARENT:HIDDEN@TEST-2020" in built[1].content


def test_least_used_feeds_are_let_go_when_they_take_too_much(database: Database) -> None:
    renderings, its = Renderings(most_bytes=40_000), published(database)
    feeds = [replace(FEED, language=language, level=level) for language in FeedLanguage for level in Level]

    for feed in feeds:
        feed_bytes(its, feed, renderings=renderings)

    assert renderings.octets <= 40_000
    made = renderings.made
    feed_bytes(its, feeds[-1], renderings=renderings)
    assert renderings.made == made


def test_two_databases_with_the_same_references_do_not_share_pieces(database: Database) -> None:
    renderings, other = Renderings(), open_database("sqlite://", writes=True)
    fill(other, *(replace(event, titles=texts(en="Other")) for event in EVENTS))

    ours = feed_bytes(published(database), FEED, renderings=renderings)
    theirs = feed_bytes(published(other), FEED, renderings=renderings)
    other.close()

    assert (ours.content.count(b"en:Other\r\n"), theirs.content.count(b"en:Other\r\n")) == (0, 20)
