"""When an event was approved to take place."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from planner.domain.approval import approved_at, departing, is_moved
from planner.domain.change import Logged, Revision, key_of
from planner.domain.event import Attendance, Event
from planner.domain.window import UNDATED, When
from tests.builders import an_event, days, hours, some_time

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


MAY = some_time("2020-05-01", "2020-05-31")


@pytest.mark.parametrize(
    ("approved", "now", "moved"),
    [
        (days("2020-05-01"), days("2020-05-01", zone="Europe/Minsk"), False),
        (days("2020-05-01"), UNDATED, True),
        (days("2020-05-01"), days("2020-05-01", "2020-05-02"), True),
        (days("2020-05-01"), hours("2020-05-01", 10, 12), True),
        (days("2020-05-04", "2020-05-08"), days("2020-05-05", "2020-05-06"), True),
        (MAY, days("2020-05-12", "2020-05-14"), False),
        (MAY, hours("2020-05-12", 10, 12), False),
        (MAY, some_time("2020-05-11", "2020-05-20"), False),
        (MAY, some_time("2020-04-21", "2020-05-20"), True),
        (MAY, days("2020-05-30", "2020-06-02"), True),
        (some_time("2020-05-01", "2020-05-31", 5), days("2020-05-11", "2020-05-15"), False),
        (some_time("2020-05-01", "2020-05-31", 5), days("2020-05-11", "2020-05-14"), True),
        (days("2020-05-11", "2020-05-15"), MAY, True),
    ],
)
def test_days_inside_an_approved_period_are_no_move_and_all_others_are(approved: When, now: When, moved: bool) -> None:
    assert is_moved(approved, now) == moved


def test_day_fixed_in_an_approved_month_is_no_departure_and_another_place_is() -> None:
    approved = an_event(decision="D", when=MAY)
    fixed = an_event(decision="D", when=days("2020-05-12"))

    assert departing(approved, fixed) == ()
    assert departing(approved, replace(fixed, mode=Attendance.VIDEO)) == ("mode",)
