"""When an event was approved to take place."""

from datetime import UTC, datetime

import pytest

from planner.domain.approval import approved_at, is_moved
from planner.domain.change import Logged, Revision, key_of
from planner.domain.event import Event
from planner.domain.window import UNDATED
from tests.builders import an_event, days, some_time

FIRST = an_event(decision="D", when=days("2020-05-01"))
MOVED = an_event(decision="D", when=days("2020-06-01"))
OTHER = an_event(decision="E", when=days("2020-06-01"))
BARE = an_event(when=days("2020-05-01"))


def logged(*states: tuple[Event | None, str]) -> list[Logged]:
    at = datetime(2020, 3, 1, tzinfo=UTC)
    return [
        Logged(Revision(number, at, "A. Writer", "", means), key_of(FIRST), after, 0)
        for number, (after, means) in enumerate(states, 1)
    ]


@pytest.mark.parametrize(
    ("states", "at"),
    [
        ([(BARE, "import")], None),
        ([(FIRST, "import"), (MOVED, "move")], 0),
        ([(FIRST, "import"), (MOVED, "move"), (MOVED, "approve")], 2),
        ([(FIRST, "import"), (MOVED, "approved move")], 1),
        ([(FIRST, "import"), (OTHER, "edit")], 1),
        ([(BARE, "add"), (FIRST, "approve"), (MOVED, "move")], 1),
        ([(FIRST, "import"), (None, "undo"), (MOVED, "move")], 0),
    ],
    ids=["no paper", "moved", "approved anew", "moved under a paper", "another paper", "later", "was away"],
)
def test_approval_is_the_last_state_that_a_paper_stands_behind(
    states: list[tuple[Event | None, str]], at: int | None
) -> None:
    assert approved_at(logged(*states)) == at


def test_words_and_zones_do_not_make_a_move_and_days_and_precision_of_a_period_do() -> None:
    minsk = days("2020-05-01", zone="Europe/Minsk")

    assert not is_moved(FIRST.when, minsk)
    assert is_moved(some_time("2020-05-01", "2020-05-31"), some_time("2020-05-01", "2020-05-31", 5))
    assert is_moved(FIRST.when, UNDATED)
