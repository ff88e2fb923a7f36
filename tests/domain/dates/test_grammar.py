"""Notations people write, in both languages, and texts that must be refused."""

import time
from datetime import date, timedelta
from datetime import time as clock
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.dates import Context, Unread, read_when
from planner.domain.window import Mode, Precision, When, Window, whole_days
from tests.domain.dates.test_notations import NOTATIONS

ZONE = "Europe/Moscow"
YEAR = Context(ZONE, date(2020, 1, 1), date(2020, 12, 31), zone_names=(("душанбе", "Asia/Dushanbe"),))


def read(text: str, context: Context = YEAR) -> When:
    when = read_when(text, context)
    assert isinstance(when, When), when
    assert when.words == text.strip()
    return when


def refused(text: str, context: Context = YEAR) -> Unread:
    unread = read_when(text, context)
    assert isinstance(unread, Unread), unread
    return unread


def stretch(first: str, last: str | None = None) -> tuple[Window, ...]:
    return (whole_days(date.fromisoformat(first), date.fromisoformat(last or first), ZONE),)


OCTOBER_12 = stretch("2020-10-12")
OCTOBER_12_TO_16 = stretch("2020-10-12", "2020-10-16")


@pytest.mark.parametrize(
    "text",
    [
        "12 октября 2020 г.", "12.10.2020", "12.10.20", "12 окт. 2020 года", "«12» октября 2020 г.", "12-го октября",
        "12 октября", "12 октября с.г.", "12\u00a0октября 2020\u202fг.", "12 ОКТЯБРЯ 2020 Г.", "12 oктября 2020",
        "12\nоктября", "понедельник, 12 октября 2020 г.", "12 October 2020", "October 12, 2020", "12 Oct. 2020",
        "12th October 2020", "Monday, 12 October 2020", "2020-10-12", "2020-10-12 00:00:00", "12.10.2020.",
    ],
)  # fmt: skip
def test_day_is_read(text: str) -> None:
    assert read(text).windows == OCTOBER_12


@pytest.mark.parametrize(
    "text",
    [
        "12–16 октября 2020 г.", "12-16.10.2020", "с 12 по 16 октября 2020 г.", "12 − 16 октября", "12—16 октября",
        "12.10.2020-16.10.2020", "12.10 – 16.10", "с 12.10.2020 по 16.10.2020", "Oct. 12-16, 2020", "12–16 Oct 2020",
        "2020-10-12/16", "2020-10-12/2020-10-16", "from 12 to 16 October", "October 12 to 16", "12 Oct – 16 Oct 2020",
    ],
)  # fmt: skip
def test_range_is_read(text: str) -> None:
    assert read(text).windows == OCTOBER_12_TO_16


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("28 сентября – 9 октября 2020 г.", "2020-09-28", "2020-10-09"),
        ("28 Sept – 9 Oct 2020", "2020-09-28", "2020-10-09"),
        ("25.04–09.05.2020", "2020-04-25", "2020-05-09"),
        ("28 декабря 2020 г. – 3 января 2021 г.", "2020-12-28", "2021-01-03"),
        ("28 декабря – 3 января 2021", "2020-12-28", "2021-01-03"),
        ("28 декабря – 3 января", "2020-12-28", "2021-01-03"),
        ("June 3 to 5", "2020-06-03", "2020-06-05"),
        ("29 февраля 2020 г.", "2020-02-29", "2020-02-29"),
    ],
)
def test_range_across_months_and_years_is_read(text: str, first: str, last: str) -> None:
    assert read(text).windows == stretch(first, last)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("октябрь 2020 г.", "2020-10-01", "2020-10-31", Precision.MONTH),
        ("в октябре", "2020-10-01", "2020-10-31", Precision.MONTH),
        ("10.2020", "2020-10-01", "2020-10-31", Precision.MONTH),
        ("2020-10~", "2020-10-01", "2020-10-31", Precision.MONTH),
        ("апрель – май 2020 г.", "2020-04-01", "2020-05-31", Precision.MONTH),
        ("ноябрь – январь 2021", "2020-11-01", "2021-01-31", Precision.MONTH),
        ("III квартал 2020 г.", "2020-07-01", "2020-09-30", Precision.QUARTER),
        ("ІІІ квартал", "2020-07-01", "2020-09-30", Precision.QUARTER),
        ("3 кв. 2020", "2020-07-01", "2020-09-30", Precision.QUARTER),
        ("third quarter of 2020", "2020-07-01", "2020-09-30", Precision.QUARTER),
        ("Q3 2020", "2020-07-01", "2020-09-30", Precision.QUARTER),
        ("2020-Q3", "2020-07-01", "2020-09-30", Precision.QUARTER),
        ("2020-35", "2020-07-01", "2020-09-30", Precision.QUARTER),
        ("III–IV кварталы", "2020-07-01", "2020-12-31", Precision.QUARTER),
        ("I полугодие", "2020-01-01", "2020-06-30", Precision.HALF_YEAR),
        ("2-е полугодие 2020", "2020-07-01", "2020-12-31", Precision.HALF_YEAR),
        ("H2 2020", "2020-07-01", "2020-12-31", Precision.HALF_YEAR),
        ("осень 2020 г.", "2020-09-01", "2020-11-30", Precision.SEASON),
        ("2007 - 2008 гг.", "2007-01-01", "2008-12-31", Precision.YEAR),
        ("первая декада сентября", "2020-09-01", "2020-09-10", Precision.THIRD),
        ("октябрь (3 декада)", "2020-10-21", "2020-10-31", Precision.THIRD),
        ("конец февраля", "2020-02-21", "2020-02-29", Precision.THIRD),
        ("mid-May", "2020-05-11", "2020-05-20", Precision.THIRD),
        ("вторая половина октября", "2020-10-16", "2020-10-31", Precision.HALF_MONTH),
        ("first half of October", "2020-10-01", "2020-10-15", Precision.HALF_MONTH),
        ("третья неделя ноября", "2020-11-15", "2020-11-21", Precision.WEEK),
        ("w/c 12 October", "2020-10-12", "2020-10-18", Precision.WEEK),
        ("week 42", "2020-10-12", "2020-10-18", Precision.WEEK),
        ("on or about 15 May", "2020-05-12", "2020-05-18", Precision.ABOUT),
        ("после 15 сентября", "2020-09-16", "2020-12-31", Precision.ABOUT),
    ],
)
def test_period_is_read(text: str, first: str, last: str, precision: Precision) -> None:
    assert read(text).windows == (Window(date.fromisoformat(first), date.fromisoformat(last), ZONE, precision),)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("12, 14 и 16 октября", ["2020-10-12", "2020-10-14", "2020-10-16"]),
        ("October 12, 14 and 16, 2020", ["2020-10-12", "2020-10-14", "2020-10-16"]),
        ("12.10, 14.10.2020", ["2020-10-12", "2020-10-14"]),
        ("12 октября; 3 ноября", ["2020-10-12", "2020-11-03"]),
        ("I и III кварталы", ["2020-01-01", "2020-07-01"]),
        ("Q2 and Q4 2020", ["2020-04-01", "2020-10-01"]),
        ("март и сентябрь", ["2020-03-01", "2020-09-01"]),
        ("ежеквартально", ["2020-01-01", "2020-04-01", "2020-07-01", "2020-10-01"]),
    ],
)
def test_several_windows_are_sittings_in_order(text: str, starts: list[str]) -> None:
    windows = read(text).windows

    assert [window.first.isoformat() for window in windows] == starts
    assert [window.part for window in windows] == list(range(1, len(starts) + 1))


@pytest.mark.parametrize(
    ("text", "mode", "days"),
    [
        ("в течение года", Mode.THROUGHOUT, ["2020-01-01/2020-12-31"]),
        ("в течение III квартала", Mode.THROUGHOUT, ["2020-07-01/2020-09-30"]),
        ("throughout the year", Mode.THROUGHOUT, ["2020-01-01/2020-12-31"]),
        ("постоянно", Mode.THROUGHOUT, []),
        ("до 1 июня 2020 г.", Mode.DEADLINE, ["2020-06-01/2020-06-01"]),
        ("не позднее 10 декабря", Mode.DEADLINE, ["2020-12-10/2020-12-10"]),
        ("by the end of October", Mode.DEADLINE, ["2020-10-31/2020-10-31"]),
        ("до конца года", Mode.DEADLINE, ["2020-12-31/2020-12-31"]),
        ("по отдельному плану", Mode.UNDATED, []),
        ("по согласованию", Mode.UNDATED, []),
        ("сроки уточняются", Mode.UNDATED, []),
        ("TBC", Mode.UNDATED, []),
    ],
)
def test_what_is_no_date_has_its_mode(text: str, mode: Mode, days: list[str]) -> None:
    when = read(text)

    assert when.mode is mode
    assert [f"{window.first}/{window.last}" for window in when.windows] == days


@pytest.mark.parametrize(
    ("text", "former", "first"),
    [
        ("17 ноября 2020 г. (первоначально 16 апреля 2020 г.)", "16 апреля 2020", "2020-04-16"),
        ("24 июня 2020 г. (перенесён с 9 мая)", "9 мая", "2020-05-09"),
        ("24 June 2020 (moved from 9 May)", "9 May", "2020-05-09"),
    ],
)
def test_former_date_is_kept_beside_the_date(text: str, former: str, first: str) -> None:
    when = read(text)

    assert when.is_fixed
    assert (when.former, when.former_windows) == (former, stretch(first))


@pytest.mark.parametrize(
    ("text", "at", "minutes", "zone"),
    [
        ("13 октября 2020 г., 10:00 (МСК)", clock(10), None, ZONE),
        ("6 ноября, 09.00 по душанбинскому времени", clock(9), None, "Asia/Dushanbe"),
        ("5 ноября, 15:00–18:00", clock(15), 180, ZONE),
        ("5 ноября 2020 г. в 10 ч. 30 мин.", clock(10, 30), None, ZONE),
        ("5 November 2020, 3 pm", clock(15), None, ZONE),
        ("5 ноября, 11:00 (UTC+3)", clock(11), None, ZONE),
        ("5 ноября, 11:00 (UTC+5)", clock(11), None, "Asia/Dushanbe"),
        ("5 ноября, 11:00 (UTC+6)", clock(11), None, "Etc/GMT-6"),
    ],
)
def test_clock_time_is_read_with_its_zone(text: str, at: clock, minutes: int | None, zone: str) -> None:
    window = read(text).windows[0]

    assert (window.at, window.length, window.zone, window.precision) == (at, minutes, zone, Precision.TIME)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31.04.2020", "'31.04.2020' is not a day (April 2020 has 30)"),
        ("29 февраля 2021 г.", "'29 февраля 2021' is not a day (February 2021 has 28)"),
        ("16–12 октября 2020 г.", "'16-12 октября 2020' ends 2020-10-12, before it starts 2020-10-16"),
        ("3/6/2020", "'3/6/2020' is either 2020-06-03 or 2020-03-06"),
        ("12.13.2020", "'12.13.2020' has no month 13"),
        ("5 ноября, 25:00", "'5 ноября, 25:00' has no such time"),
        ("вторник, 12 октября 2020 г.", "2020-10-12 is a Monday, not 'вторник'"),
        ("5 квартал 2020", "a year has no quarter 5"),
        ("зима 2020", "'зима 2020' lies in two years"),
        ("до октября", "'октября' is not a day to be ready by"),
        ("", "nothing is said"),
        ("12 бря 2020", "I do not know the word 'бря' in a date"),
        ("31.12.9999", "the year 9999 is outside the years 1900 to 2200"),
        ("9999-12-31", "the year 9999 is outside the years 1900 to 2200"),
        ("01.01.0001 10:00", "the year 0001 is outside the years 1900 to 2200"),
        ("3/6/0000", "the year 0000 is outside the years 1900 to 2200"),
        ("1899-12-31/1900-01-02", "1899-12-31 is outside the years 1900 to 2200"),
        ("9999-12-31T10:00/11:00", "9999-12-31 is outside the years 1900 to 2200"),
        ("до 31.12.9999", "the year 9999 is outside the years 1900 to 2200"),
        ("около 31.12.2200", "2201-01-03 is outside the years 1900 to 2200"),
        ("12.10.2020 (первоначально 12.10.9999)", "the year 9999 is outside the years 1900 to 2200"),
        ("2020-01-01/2040-01-16", "2020-01-01 to 2040-01-16 is longer than 20 years"),
        ("when the cows come home", "I do not know the word 'when' in a date"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(text: str, why: str) -> None:
    assert refused(text).why == why


def test_unknown_word_is_shown_where_it_stands() -> None:
    unread = refused("  12 «бря» 2020")

    assert (unread.position, unread.part) == (6, "бря")


def test_ambiguous_day_is_read_when_somebody_says_which_comes_first() -> None:
    asked = [read("3/6/2020", Context(ZONE, YEAR.first, YEAR.last, day_first)).windows for day_first in (True, False)]

    assert asked == [stretch("2020-06-03"), stretch("2020-03-06")]
    assert refused("3/6/2020").readings == (date(2020, 6, 3), date(2020, 3, 6))
    assert read("13/6/2020").windows == stretch("2020-06-13")


def test_year_not_said_is_the_one_in_which_the_day_lies_in_the_plan() -> None:
    term = Context(ZONE, date(2020, 9, 15), date(2021, 9, 14))

    assert read("1 марта", term).windows == stretch("2021-03-01")
    assert read("1 октября", term).windows == stretch("2020-10-01")


def test_day_that_a_plan_of_two_years_has_twice_is_refused_with_both() -> None:
    term = Context(ZONE, date(2019, 11, 1), date(2020, 12, 31))

    assert refused("28 ноября", term).readings == (date(2019, 11, 28), date(2020, 11, 28))
    assert refused("ноябрь", term).why == "no year is said, and the plan has it in 2019 or 2020"
    assert read("7 мая", term).windows == stretch("2020-05-07")
    assert read("I квартал", term).windows[0].first == date(2020, 1, 1)


def test_parts_of_a_plan_that_crosses_years_are_found_in_it() -> None:
    term = Context(ZONE, date(2020, 9, 15), date(2021, 9, 14))

    assert read("20–25 сентября", term).windows == stretch("2020-09-20", "2020-09-25")
    assert read("2–5 сентября", term).windows == stretch("2021-09-02", "2021-09-05")
    assert read("II квартал", term).windows[0].first == date(2021, 4, 1)


def test_message_shows_where_in_the_text_the_fault_stands() -> None:
    unread = refused("12 октября 2020 г.; 31.11.2020")

    assert (unread.position, unread.part) == (20, "31.11.2020")


MONTHS_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905
DAY_FORMS = (
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.day} {MONTHS_RU[day.month - 1]} {day.year} г.",
    lambda day: f"{day.day}-го {MONTHS_RU[day.month - 1].upper()} {day.year} года",
    lambda day: f"{day.day} {day:%B %Y}",
    lambda day: f"{day:%b}. {day.day}, {day.year}",
    lambda day: f"{day:%A}, {day.day} {day:%B %Y}",
)
STATED = st.dates(date(2000, 1, 1), date(2039, 12, 31))


@given(STATED, st.integers(0, 100), st.sampled_from(DAY_FORMS), st.sampled_from(DAY_FORMS), st.sampled_from("–-—"))
@settings(max_examples=600, deadline=None)
def test_stated_days_are_never_moved(first: date, days: int, form, other, dash: str) -> None:  # type: ignore[no-untyped-def]
    last = first + timedelta(days=days)

    assert read(form(first)).windows == (whole_days(first, first, ZONE),)
    assert read(f"{form(first)} {dash} {other(last)}").windows == (whole_days(first, last, ZONE),)
    deadline = read(f"до {form(last)}" if "г" in form(last) else f"by {form(last)}")
    assert [(window.first, window.last) for window in deadline.windows] == [(last, last)]


ALPHABET = "0123456789.,-–/:;()[]{}~ октябряIVквмайпосдоitoandhrq"
WORDS = (
    "12", "16", "2020", "31", "октября", "мая", "III", "кв.", "с", "по", "до", "и", "–", ",", "(", ")", "декада",
    "первая", "половина", "конец", "late", "May", "and", "to", "by", "10:00", "am", "UTC+3", "пн", "Monday", "week",
    "of", "ранее", "перенесено", "около", "~", "/", "неделя", "дней", "5", "г.", "года", "в течение", "TBC",
)  # fmt: skip


@given(
    st.text(max_size=80) | st.text(ALPHABET, max_size=60) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
)
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(read_when(text, YEAR), When | Unread)


HOPELESS = (
    "12, " * 70, "1-" * 150, "октября " * 37, "((((" * 70, "а" * 10_000, "с 1 по " * 40, "мая и " * 49, "мая - " * 49,
    "12 октября, " * 24, "1 и 2 и 3 и " * 24, "10:00 " * 49, "пн " * 99, "; " * 149, "конец мая – " * 24, " " * 300,
    "до до до " * 33, "в течение " * 29, "(ранее 5 мая" * 24, "между 1 и 2 и " * 20, "около " * 49, "[" * 299,
    "{1," * 99, "2020-10-12/" * 27, "1 день в " * 33, "(5 дней" * 42, "первая первая " * 21, "q1-q2-q3-" * 33,
    "." * 299, "i" * 299,
)  # fmt: skip


def test_hopeless_texts_are_answered_at_once() -> None:
    """No text takes more than some ten times what an ordinary date takes: nothing backtracks, nothing multiplies."""
    ordinary = median(taken("17 ноября 2020 г. (первоначально 16 апреля 2020 г.)") for _ in range(40))

    slowest = {text[:20]: min(taken(text) for _ in range(3)) for text in HOPELESS}

    assert max(slowest.values()) < max(40 * ordinary, 0.02), slowest


def taken(text: str) -> float:
    """Seconds of this process until the answer, so that what else runs on the machine hardly counts."""
    began = time.process_time()
    read_when(text, YEAR)
    return time.process_time() - began


def test_date_is_answered_within_a_millisecond() -> None:
    texts = [text.replace("\\n", "\n") for text, _ in NOTATIONS]
    for text in texts:
        read_when(text, YEAR)

    assert median(min(taken(text) for _ in range(2)) for text in texts) < 0.001
