"""The feeds of a programme: those it has by default, and those that stand in their place."""

from planner.domain.entries import Family
from planner.domain.feed import Feed, FeedLanguage, Level, Selection, default_feeds, standing_feeds
from tests.builders import PROGRAMME


def test_programme_has_feeds_of_everything_for_the_public_and_of_each_family_in_each_language() -> None:
    found = default_feeds(PROGRAMME, ("en", "ru"), [Family.MEDIA])

    assert [(feed.name, feed.level, feed.languages, feed.selection) for feed in found] == [
        ("all.en", Level.MEMBER, ("en",), Selection()),
        ("all.ru", Level.MEMBER, ("ru",), Selection()),
        ("media.en", Level.MEMBER, ("en",), Selection(families=(Family.MEDIA,))),
        ("media.ru", Level.MEMBER, ("ru",), Selection(families=(Family.MEDIA,))),
        ("public.en", Level.PUBLIC, ("en",), Selection()),
        ("public.ru", Level.PUBLIC, ("ru",), Selection()),
    ]


def test_programme_in_a_language_that_feeds_do_not_speak_has_feeds_in_english() -> None:
    assert [feed.name for feed in default_feeds(PROGRAMME, ("hy",), [])] == ["all.en", "public.en"]


def test_stored_feed_stands_in_place_of_the_default_and_one_that_is_off_takes_it_away() -> None:
    by_default = default_feeds(PROGRAMME, ("en",), [])
    mine = Feed(PROGRAMME, "mine", language=FeedLanguage.BOTH)
    changed = Feed(PROGRAMME, "all.en", level=Level.BUSY)

    found = standing_feeds(by_default, [mine, changed, Feed(PROGRAMME, "public.en", is_off=True)])

    assert found == (changed, mine)
