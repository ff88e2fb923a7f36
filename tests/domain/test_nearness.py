"""Nearness against enumeration: every placement of both windows, day by day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.finding import Certainty
from planner.domain.nearness import Placed, too_near
from planner.domain.window import Mode, Precision, When, Window
from tests.boards import a_board
from tests.builders import a_register, an_event, day, hours

LEAST_FREE = 4


@st.composite
def windows(draw: st.DrawFn) -> Window:
    first = date(2020, 10, 1) + timedelta(days=draw(st.integers(0, 20)))
    period = draw(st.integers(1, 7))
    length = draw(st.sampled_from((None, 1, period)))
    return Window(first, first + timedelta(days=period - 1), "Europe/Minsk", Precision.DAY, length=length)


def placements(window: Window, length: int) -> list[tuple[date, date]]:
    """First and last day of every placement."""
    return [
        (window.first + timedelta(days=n), window.first + timedelta(days=n + length - 1))
        for n in range(window.period_days - length + 1)
    ]


def free_days(one: tuple[date, date], other: tuple[date, date]) -> int:
    """Days between the two; negative when they meet."""
    first, second = sorted((one, other))
    return (second[0] - first[1]).days - 1


def is_too_near(end: Placed, begin: Placed) -> bool:
    return (begin.start - end.days[1]).days - 1 < LEAST_FREE


@given(windows(), windows())
@settings(max_examples=400, deadline=None)
def test_events_are_too_near_in_the_placements_in_which_they_are(one: Window, other: Window) -> None:
    a, b = (an_event(ref, when=When(Mode.DATED, (window,))) for ref, window in (("A", one), ("B", other)))
    near = too_near(a_board(a, b, register=a_register()), a, b, is_too_near)

    pairs = [free_days(x, y) for x in placements(one, one.length or 1) for y in placements(other, other.length or 1)]
    if min(pairs) < 0 or min(pairs) >= LEAST_FREE:
        assert near is None
    else:
        assert near is not None
        clashes = [days for days in pairs if days < LEAST_FREE]
        assert (near.meeting.placements.clash, near.meeting.placements.of) == (len(clashes), len(pairs))
        assert (near.meeting.certainty is Certainty.CERTAIN) == (len(clashes) == len(pairs))
        assert near.earlier is (a if one.first < other.first else b)


def test_clock_times_of_days_not_yet_known_that_may_come_in_either_order_are_not_judged() -> None:
    some_day = [replace(hours("2020-10-12", at, at + 1).windows[0], last=day("2020-10-14")) for at in (9, 18)]
    morning, evening = (an_event(str(window.at), when=When(Mode.DATED, (window,))) for window in some_day)

    assert too_near(a_board(morning, evening), morning, evening, is_too_near) is None
