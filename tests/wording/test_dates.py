from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.dates import Context, read_when
from planner.domain.window import Mode, Precision, When, Window, whole_days
from planner.wording.dates import short_period, write_days, write_edtf, write_when
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


def in_months(first: int, count: int, precision: Precision) -> Window:
    after = date(2020 + (first + count - 1) // 12, (first + count - 1) % 12 + 1, 1)
    return Window(date(2020, first, 1), after - timedelta(days=1), ZONE, precision)


@st.composite
def fixed_days(draw: st.DrawFn) -> Window:
    first = date(2020, 1, 1) + timedelta(days=draw(st.integers(0, 365)))
    return whole_days(first, first + timedelta(days=draw(st.integers(0, 40))), ZONE)


@st.composite
def clock_times(draw: st.DrawFn) -> Window:
    on = date(2020, 1, 1) + timedelta(days=draw(st.integers(0, 365)))
    at = time(draw(st.integers(0, 20)), draw(st.sampled_from((0, 15, 30))))
    return Window(on, on, ZONE, Precision.TIME, at, draw(st.none() | st.integers(1, 180)))


@st.composite
def parts_of_months(draw: st.DrawFn) -> Window:
    whole = in_months(draw(st.integers(1, 12)), 1, Precision.MONTH)
    first, last, precision = draw(
        st.sampled_from(
            (
                (1, 10, Precision.THIRD),
                (11, 20, Precision.THIRD),
                (21, whole.last.day, Precision.THIRD),
                (1, 15, Precision.HALF_MONTH),
                (16, whole.last.day, Precision.HALF_MONTH),
                (3, 19, Precision.ABOUT),
                (3, 9, Precision.ABOUT),
                (8, 14, Precision.WEEK),
            )
        )
    )
    return Window(whole.first.replace(day=first), whole.first.replace(day=last), ZONE, precision)


periods = st.one_of(
    st.builds(in_months, st.integers(1, 12), st.integers(1, 4), st.just(Precision.MONTH)),
    st.sampled_from((1, 4, 7, 10)).flatmap(
        lambda month: st.integers(1, (13 - month) // 3).map(lambda n: in_months(month, 3 * n, Precision.QUARTER))
    ),
    st.sampled_from((1, 7)).map(lambda month: in_months(month, 6, Precision.HALF_YEAR)),
    st.sampled_from((3, 6, 9)).map(lambda month: in_months(month, 3, Precision.SEASON)),
    st.sampled_from((1, 2)).map(lambda years: in_months(1, 12 * years, Precision.YEAR)),
    parts_of_months(),
)
lasting = st.tuples(periods, st.none() | st.integers(1, 5)).map(
    lambda both: Window(both[0].first, both[0].last, ZONE, both[0].precision, length=both[1])
)
whens = st.one_of(
    st.one_of(fixed_days(), clock_times(), lasting).map(lambda window: When(Mode.DATED, (window,))),
    periods.filter(lambda window: window.precision is not Precision.ABOUT).map(
        lambda window: When(Mode.THROUGHOUT, (window,))
    ),
    fixed_days().map(lambda w: When(Mode.DEADLINE, (whole_days(w.last, w.last, ZONE),))),
    st.sampled_from((When(Mode.UNDATED), When(Mode.THROUGHOUT))),
)


@given(whens, st.sampled_from(("en", "ru")))
@settings(max_examples=1200, deadline=None)
def test_what_is_written_is_read_back_as_it_was(when: When, language: str) -> None:
    text = write_when(when, language)

    read = read_when(text, CONTEXT)

    assert isinstance(read, When), (text, read)
    assert (read.mode, read.windows) == (when.mode, when.windows), text


@given(fixed_days(), st.sampled_from(("en", "ru")))
def test_days_are_written_with_both_ends(window: Window, language: str) -> None:
    text = write_days(window.first, window.last, language)

    assert str(window.first.day) in text
    assert str(window.last.day) in text
    assert str(window.last.year) in text
