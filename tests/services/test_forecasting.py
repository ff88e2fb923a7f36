"""What changes would create and clear: every finding of a few, the number of double bookings of very many."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from planner.domain.change import Change
from planner.services.forecasting import MOST_JUDGED, Forecast, Tally, outlook, tally
from planner.store import Database, open_database
from tests.builders import an_event, days
from tests.plans import fill


@pytest.fixture
def database() -> Iterator[Database]:
    """In memory, with two events that clash over two states."""
    opened = open_database("sqlite://", writes=True)
    fill(opened, an_event("A"), an_event("B"))
    yield opened
    opened.close()


def test_a_few_changes_are_judged_and_very_many_are_counted(database: Database) -> None:
    many = [Change(None, an_event(f"N-{n}", states=("KZ",))) for n in range(MOST_JUDGED + 1)]

    with database.snapshot() as snapshot:
        few, all_of_them = outlook(snapshot, many[:2]), outlook(snapshot, many)

    assert isinstance(few, Forecast)
    assert len(few.created) == 1
    assert all_of_them == Tally(len(many), created=len(many) * (len(many) - 1) // 2, cleared=0)


def test_tally_counts_what_a_move_clears_and_leaves_out_what_goes_on(database: Database) -> None:
    one, other = an_event("A"), an_event("B")
    away = Change(one, replace(one, when=days("2020-11-02")))
    renamed = Change(other, replace(other, titles=(("en", "Another name"),)))

    with database.snapshot() as snapshot:
        assert tally(snapshot, [renamed]) == Tally(1, 0, 0)
        assert tally(snapshot, [away, renamed]) == Tally(2, 0, 2)
