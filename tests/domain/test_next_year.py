"""A date in a later year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.entries import Family
from planner.domain.next_year import Carried, carried, in_year, same_week
from planner.domain.window import Mode, Precision, When, Window
from tests.builders import ZONE, an_event, day, days, hours, some_time

ANCHOR = date(2020, 1, 1)


def later(when: When, how: Carried, years: int = 1) -> When:
    return in_year(when, how, years, ANCHOR)


@pytest.mark.parametrize(
    ("when", "how", "expected"),
    [
        (days("2020-05-08", "2020-05-09"), Carried.ANNIVERSARY, days("2021-05-08", "2021-05-09")),
        (days("2020-02-29"), Carried.ANNIVERSARY, days("2021-02-28")),
        (days("2020-05-26"), Carried.DAY, days("2021-05-26")),
        (days("2020-05-26"), Carried.WEEK, days("2021-05-25")),
        (hours("2020-11-05", 15, 18), Carried.WEEK, hours("2021-11-04", 15, 18)),
        (
            days("2020-10-12", "2020-10-16"),
            Carried.PERIOD,
            some_time("2021-10-11", "2021-10-20", length=5, precision=Precision.THIRD),
        ),
        (days("2020-10-05", "2020-10-11"), Carried.PERIOD, some_time("2021-10-01", "2021-10-31", length=7)),
        (days("2020-09-28", "2020-10-09"), Carried.PERIOD, some_time("2021-09-01", "2021-10-31", length=12)),
        (hours("2020-10-12", 9, 12), Carried.PERIOD, some_time("2021-10-11", "2021-10-20", precision=Precision.THIRD)),
        (some_time("2020-02-01", "2020-02-29"), Carried.WEEK, some_time("2021-02-01", "2021-02-28")),
        (
            some_time("2020-06-01", "2020-06-07", precision=Precision.WEEK),
            Carried.PERIOD,
            some_time("2021-05-31", "2021-06-06", precision=Precision.WEEK),
        ),
    ],
)
def test_date_a_year_later(when: When, how: Carried, expected: When) -> None:
    assert later(when, how) == expected


def test_anniversary_that_was_moved_returns_to_its_day_and_a_meeting_does_not() -> None:
    moved = When(Mode.DATED, days("2020-06-24").windows, former_windows=days("2020-05-09").windows)

    assert later(moved, Carried.ANNIVERSARY) == days("2021-05-09")
    assert later(moved, Carried.DAY) == days("2021-06-24")


def test_postponed_event_goes_by_the_date_it_had() -> None:
    postponed = When(Mode.UNDATED, former="October", former_windows=some_time("2020-10-01", "2020-10-31").windows)

    assert later(postponed, Carried.PERIOD) == some_time("2021-10-01", "2021-10-31")


def test_what_stands_on_no_day_goes_over_as_it_is() -> None:
    assert later(When(Mode.THROUGHOUT, words="постоянно"), Carried.WEEK) == When(Mode.THROUGHOUT)


def test_anniversaries_exercises_and_meetings_go_over_each_in_their_way() -> None:
    meeting, fixed = an_event(), an_event(fixed_by_nature=True)

    assert carried(meeting, Family.COMMEMORATION, keeps_weekday=True) is Carried.ANNIVERSARY
    assert carried(fixed, Family.EXERCISE, keeps_weekday=True) is Carried.ANNIVERSARY
    assert carried(meeting, Family.EXERCISE_PHASE, keeps_weekday=True) is Carried.PERIOD
    assert carried(meeting, Family.CONSULTATION, keeps_weekday=True) is Carried.WEEK
    assert carried(meeting, Family.CONSULTATION, keeps_weekday=False) is Carried.DAY


FIRST = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(FIRST, st.integers(1, 10))
def test_same_week_keeps_the_weekday_and_stays_within_three_days(first: date, years: int) -> None:
    found = same_week(first, years)

    assert found.weekday() == first.weekday()
    assert abs(found - date(first.year + years, first.month, min(first.day, 28))) <= timedelta(days=6)


@given(FIRST, st.integers(0, 40), st.integers(1, 10), st.sampled_from(Carried))
def test_fixed_date_of_any_length_goes_over_with_its_length(first: date, more: int, years: int, how: Carried) -> None:
    window = Window(first, first + timedelta(days=more), ZONE, length=more + 1)

    [found] = in_year(When(Mode.DATED, (window,)), how, years, day("2020-01-01")).windows

    assert found.length in {more + 1, more}  # a third of a leap February is a day longer
    assert found.is_fixed or how is Carried.PERIOD
