from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.dates import Context, read_when
from planner.domain.units import unit_with, units_of
from planner.domain.window import Mode, Precision, When, Window, whole_days
from planner.wording.dates import short_period, write_days, write_when
from planner.wording.iso import write_edtf, write_iso
from tests.builders import ZONE, days, hours, some_time

CONTEXT = Context(ZONE, date(2020, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("when", "english", "russian"),
    [
        (days("2020-10-12"), "12 Oct 2020", "12 октября 2020 г."),
        (days("2020-10-12", "2020-10-16"), "12–16 Oct 2020", "12–16 октября 2020 г."),
        (days("2020-09-28", "2020-10-09"), "28 Sep – 9 Oct 2020", "28 сентября – 9 октября 2020 г."),
        (days("2020-12-28", "2021-01-03"), "28 Dec 2020 – 3 Jan 2021", "28 декабря 2020 г. – 3 января 2021 г."),
        (hours("2020-11-05", 15, 18), "5 Nov 2020, 15:00–18:00", "5 ноября 2020 г., 15:00–18:00"),
        (hours("2020-11-06", 9), "6 Nov 2020, 09:00", "6 ноября 2020 г., 09:00"),
        (some_time("2020-10-01", "2020-10-31"), "Oct 2020", "октябрь 2020 г."),
        (some_time("2020-04-01", "2020-05-31"), "Apr – May 2020", "апрель – май 2020 г."),
        (some_time("2020-07-01", "2020-09-30", precision=Precision.QUARTER), "Q3 2020", "III квартал 2020 г."),
        (some_time("2020-07-01", "2020-12-31", precision=Precision.HALF_YEAR), "H2 2020", "II полугодие 2020 г."),
        (some_time("2020-09-01", "2020-11-30", precision=Precision.SEASON), "autumn 2020", "осень 2020 г."),
        (some_time("2020-01-01", "2020-12-31", precision=Precision.YEAR), "2020", "2020 г."),
        (some_time("2020-10-21", "2020-10-31", precision=Precision.THIRD), "late Oct 2020", "конец октября 2020 г."),
        (some_time("2020-10-01", "2020-10-31", length=5), "Oct 2020, 5 days", "октябрь 2020 г., 5 дней"),
        (When(Mode.UNDATED), "no date yet", "сроки уточняются"),
        (When(Mode.THROUGHOUT), "permanently", "постоянно"),
    ],
)
def test_when_is_written_in_both_languages(when: When, english: str, russian: str) -> None:
    assert (write_when(when, "en"), write_when(when, "ru")) == (english, russian)


@pytest.mark.parametrize(
    ("when", "edtf"),
    [
        (days("2020-10-12"), "2020-10-12"),
        (days("2020-10-12", "2020-10-16"), "2020-10-12/2020-10-16"),
        (hours("2020-11-06", 9), "2020-11-06T09:00"),
        (some_time("2020-10-01", "2020-10-31"), "2020-10"),
        (some_time("2020-07-01", "2020-09-30", precision=Precision.QUARTER), "2020-35"),
        (some_time("2020-10-21", "2020-10-31", precision=Precision.THIRD), "2020-10-21~/2020-10-31~"),
    ],
)
def test_window_is_written_as_edtf(when: When, edtf: str) -> None:
    assert write_edtf(when.windows[0]) == edtf


def test_short_period_leaves_the_year_out() -> None:
    late = some_time("2020-10-21", "2020-10-31", precision=Precision.THIRD).windows[0]

    assert (short_period(late, "en"), short_period(late, "ru")) == ("late Oct", "конец октября")


DAYS = st.integers(0, 3 * 365).map(lambda n: date(2019, 6, 1) + timedelta(days=n))
UNITS = (
    Precision.THIRD,
    Precision.HALF_MONTH,
    Precision.MONTH,
    Precision.QUARTER,
    Precision.SEASON,
    Precision.HALF_YEAR,
    Precision.YEAR,
)


@st.composite
def fixed_days(draw: st.DrawFn) -> Window:
    first = draw(DAYS)
    return whole_days(first, first + timedelta(days=draw(st.integers(0, 40))), ZONE)


@st.composite
def clock_times(draw: st.DrawFn) -> Window:
    day = draw(DAYS)
    at = time(draw(st.integers(0, 23)), draw(st.sampled_from((0, 15, 30))))
    return Window(day, day, ZONE, Precision.TIME, at, draw(st.none() | st.integers(1, 600)))


@st.composite
def whole_units(draw: st.DrawFn, most: int = 3) -> Window:
    """One to three units of one precision, one behind the other."""
    precision = draw(st.sampled_from(UNITS))
    first, last = unit_with(draw(DAYS), precision) or (date(2020, 1, 1), date(2020, 1, 31))
    for _ in range(draw(st.integers(1, most)) - 1):
        _, last = unit_with(last + timedelta(days=1), precision) or (first, last)
    return Window(first, last, ZONE, precision)


@st.composite
def loose_days(draw: st.DrawFn) -> Window:
    """Weeks, about a day, and between two days."""
    first = draw(DAYS)
    days, precision = draw(
        st.tuples(st.sampled_from((7, 14)), st.just(Precision.WEEK))
        | st.tuples(st.integers(2, 60), st.just(Precision.ABOUT))
    )
    return Window(first, first + timedelta(days=days - 1), ZONE, precision)


@st.composite
def lasting(draw: st.DrawFn) -> Window:
    period = draw(whole_units() | loose_days())
    return replace(period, length=draw(st.none() | st.integers(1, min(8, period.period_days - 1))))


windows = fixed_days() | clock_times() | lasting()
sittings = st.lists(windows, min_size=1, max_size=3).map(
    lambda several: tuple(
        replace(window, part=number)
        for number, window in enumerate(sorted(_apart(several), key=lambda window: window.first), 1)
    )
)


def _apart(several: list[Window]) -> list[Window]:
    """Those of them that start on days of their own."""
    return list({window.first: window for window in several}.values())


dated = sittings.map(lambda windows: When(Mode.DATED, windows))
deadlines = DAYS.map(lambda day: When(Mode.DEADLINE, (whole_days(day, day, ZONE),)))
plain = st.sampled_from((When(Mode.UNDATED), When(Mode.THROUGHOUT)))
throughout = (whole_units() | fixed_days()).map(lambda window: When(Mode.THROUGHOUT, (window,)))


@given(dated | deadlines | throughout | plain, st.sampled_from(("en", "ru")))
@settings(max_examples=500, deadline=None)
def test_what_is_written_is_read_back_as_it_was(when: When, language: str) -> None:
    text = write_when(when, language)

    read = read_when(text, CONTEXT)

    assert isinstance(read, When), (text, read)
    assert (read.mode, read.windows) == (when.mode, when.windows), text


def says_iso(window: Window) -> bool:
    """False where ISO 8601-2 has no word: a winter, and thirds, halves or weeks of a month joined."""
    units = units_of(window)
    if units is None or window.precision in {Precision.YEAR, Precision.MONTH, Precision.QUARTER, Precision.HALF_YEAR}:
        return True
    if window.precision is Precision.SEASON:
        return all(first.month != 12 for first, _ in units)
    return units[0] == units[1] and not window.length


coarse = whole_units().filter(
    lambda window: window.precision not in {Precision.THIRD, Precision.HALF_MONTH} and says_iso(window)
)


@given(
    dated.filter(lambda when: all(map(says_iso, when.windows)))
    | deadlines
    | plain
    | coarse.map(lambda window: When(Mode.THROUGHOUT, (window,)))
)
@settings(max_examples=500, deadline=None)
def test_what_is_written_for_programs_is_read_back_as_it_was(when: When) -> None:
    text = write_iso(when)

    read = read_when(text, CONTEXT)

    assert isinstance(read, When), (text, read)
    assert (read.mode, read.windows) == (when.mode, when.windows), text


@given(fixed_days(), st.sampled_from(("en", "ru")))
def test_days_are_written_with_both_ends(window: Window, language: str) -> None:
    text = write_days(window.first, window.last, language)

    assert str(window.first.day) in text
    assert str(window.last.day) in text
    assert str(window.last.year) in text
