"""A When in words, as the grammar reads them: `read_when(write_when(x)) == x` but for the words themselves.

Names of months come from CLDR through Babel; ranges, Roman quarters and thirds of months are our own.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Literal

from babel.dates import get_month_names

from planner.domain.units import units_of
from planner.domain.window import Mode, Precision, When, Window, local_end

_ROMAN = ("", "I", "II", "III", "IV")
_SEASONS: Mapping[int, tuple[str, str]] = {
    3: ("spring", "весна"),
    6: ("summer", "лето"),
    9: ("autumn", "осень"),
    12: ("winter", "зима"),
}
_THIRDS: Mapping[int, tuple[str, str]] = {1: ("early ", "начало "), 11: ("mid-", "середина "), 21: ("late ", "конец ")}
_HALVES: Mapping[int, tuple[str, str]] = {1: ("first", "первая"), 16: ("second", "вторая")}
_GENITIVE: Mapping[str, str] = {
    "квартал": "квартала",
    "кварталы": "кварталов",
    "полугодие": "полугодия",
    "половина": "половины",
    "первая": "первой",
    "вторая": "второй",
    "начало": "начала",
    "середина": "середины",
    "конец": "конца",
    "весна": "весны",
    "лето": "лета",
    "осень": "осени",
    "зима": "зимы",
}
_ABOUT_DAYS = 3


def write_when(when: When, language: str) -> str:
    """When in words: "12–16 Oct 2020", "III квартал 2020 г.", "by 1 Jun 2020". The former date is left out."""
    is_russian = language == "ru"
    if when.mode is Mode.UNDATED:
        return "сроки уточняются" if is_russian else "no date yet"
    if when.mode is Mode.THROUGHOUT:
        return _throughout(when, language)
    if when.mode is Mode.DEADLINE:
        day = write_days(when.windows[0].last, when.windows[0].last, language)
        return f"до {day}" if is_russian else f"by {day}"
    return "; ".join(write_window(window, language) for window in when.windows)


def _throughout(when: When, language: str) -> str:
    if not when.windows:
        return "постоянно" if language == "ru" else "permanently"
    text = write_window(when.windows[0], language)
    return f"в течение {_in_genitive(text)}" if language == "ru" else f"throughout {text}"


def _in_genitive(text: str) -> str:
    """ "III квартал" as it stands behind «в течение»: "III квартала"."""
    forms = {**_GENITIVE, **{_name(month, "ru"): _month(month, "ru") for month in range(1, 13)}}
    return re.sub(r"[а-я]+", lambda word: forms.get(word[0], word[0]), text)


def write_window(window: Window, language: str) -> str:
    """One window in words, its year included; "–" joins the days of a range."""
    if window.at is not None and window.is_fixed:
        return f"{write_days(window.first, window.first, language)}, {_clock(window)}"
    if window.is_fixed:
        return write_days(window.first, window.last, language)
    text = _period(window, language, with_year=True) or _between(window, language)
    if window.length is None or (window.precision is Precision.ABOUT and window.length > 1 and "–" in text):
        return text
    return f"{text}, {_lasting(window.length, language)}"


def write_days(first: date, last: date, language: str) -> str:
    """Whole days: "12 Oct 2020", "12–16 Oct 2020", "28 Sep – 9 Oct 2020", "28 декабря 2020 г. – 3 января 2021 г."."""
    if first == last:
        return f"{first.day} {_month(first.month, language)} {_year(first.year, language)}"
    if first.year != last.year:
        return f"{write_days(first, first, language)} – {write_days(last, last, language)}"
    ends = f"{_month(last.month, language)} {_year(last.year, language)}"
    if first.month == last.month:
        return f"{first.day}–{last.day} {ends}"
    return f"{first.day} {_month(first.month, language)} – {last.day} {ends}"


def write_day(day: date, language: str) -> str:
    """A day without its year: "12 Oct", "12 октября"."""
    return f"{day.day} {_month(day.month, language)}"


_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ru": ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"),
}


def say_day_ahead(day: date, language: str) -> str:
    """A day to come with its weekday, for sentences: "on Friday 3 Jul 2020", "в пятницу, 3 июля 2020 г."."""
    written = write_days(day, day, language)
    weekday = _WEEKDAYS["ru" if language == "ru" else "en"][day.weekday()]
    return f"{weekday}, {written}" if language == "ru" else f"on {weekday} {written}"


_WEEKDAYS_SINCE = ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья")


def say_day_past(day: date, today: date, language: str) -> str:
    """A day that was, behind *since*: its weekday within a week, else its date; "Friday", «пятницы»."""
    if not 0 < (today - day).days < 7:
        return write_days(day, day, language)
    return _WEEKDAYS_SINCE[day.weekday()] if language == "ru" else _WEEKDAYS["en"][day.weekday()]


def short_period(window: Window, language: str) -> str:
    """An approximate period without its year, for titles that phones cut: "late Oct", "III квартал"."""
    return (
        _period(window, language, with_year=False)
        or f"{write_day(window.first, language)} – {write_day(window.last, language)}"
    )


def _clock(window: Window) -> str:
    assert window.at is not None
    if window.length is None:
        return f"{window.at:%H:%M}"
    ends = local_end(window, window.length)
    if ends.date() != window.first:
        return f"{window.at:%H:%M}, {window.length} min"
    return f"{window.at:%H:%M}–{ends:%H:%M}"


def _lasting(days: int, language: str) -> str:
    if language != "ru":
        return f"{days} day{'' if days == 1 else 's'}"
    return f"{days} {plural(days, 'день', 'дня', 'дней')}"


def plural(number: int, one: str, few: str, many: str) -> str:
    """The Russian form that goes with a number (CLDR plural rules: one, few, many)."""
    if number % 10 == 1 and number % 100 != 11:
        return one
    return few if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14} else many


def _period(window: Window, language: str, *, with_year: bool) -> str:
    """The name of the period, or of its first and last units, '' where its days are not those of its precision."""
    if window.precision is Precision.ABOUT:
        return _about(window, language, with_year=with_year)
    units = units_of(window)
    name = _NAMES.get(window.precision)
    if units is None or name is None:
        return ""
    if window.precision is Precision.WEEK:
        return _weeks(window, language, with_year=with_year)
    if window.precision is Precision.YEAR:
        return _years(window.first.year, window.last.year, language)
    names = [name(first, language) for first, _ in units]
    years = [_year_of(*unit, language) for unit in units]
    if names[0] == names[1] and years[0] == years[1]:
        return f"{names[0]} {years[0]}" if with_year else names[0]
    if not with_year or years[0] == years[1]:
        return _joined(names, window.precision, language) + (f" {years[0]}" if with_year else "")
    return f"{names[0]} {years[0]} – {names[1]} {years[1]}"


def _joined(names: list[str], precision: Precision, language: str) -> str:
    """ "Apr – May", "Q3–Q4", "III–IV кварталы"."""
    if precision is not Precision.QUARTER:
        return " – ".join(names)
    if language != "ru":
        return "–".join(names)
    return "–".join(name.removesuffix(" квартал") for name in names) + " кварталы"


def _year_of(first: date, last: date, language: str) -> str:
    return _year(first.year, language) if first.year == last.year else _years(first.year, last.year, language)


def _years(first: int, last: int, language: str) -> str:
    if first == last:
        return _year(first, language)
    return f"{first}–{last} гг." if language == "ru" else f"{first}–{last}"


def _third(first: date, language: str) -> str:
    return _pick(_THIRDS[first.day], language) + _month(first.month, language)


def _half_month(first: date, language: str) -> str:
    of = " половина " if language == "ru" else " half of "
    return _pick(_HALVES[first.day], language) + of + _month(first.month, language)


def _quarter(first: date, language: str) -> str:
    number = (first.month + 2) // 3
    return f"{_ROMAN[number]} квартал" if language == "ru" else f"Q{number}"


def _half_year(first: date, language: str) -> str:
    number = 1 + first.month // 7
    return f"{_ROMAN[number]} полугодие" if language == "ru" else f"H{number}"


def _weeks(window: Window, language: str, *, with_year: bool) -> str:
    if window.period_days == 7:
        day = _days(window.first, window.first, language, with_year=with_year)
        return f"неделя с {day}" if language == "ru" else f"week of {day}"
    days = _days(window.first, window.last, language, with_year=with_year)
    return f"недели {days}" if language == "ru" else f"weeks of {days}"


def _about(window: Window, language: str, *, with_year: bool) -> str:
    """A day, or days of a stated length, that may lie three days earlier or later."""
    length = window.length if window.length and window.length > 1 else 1
    if window.period_days != length + 2 * _ABOUT_DAYS:
        return ""
    first = window.first + timedelta(days=_ABOUT_DAYS)
    days = _days(first, first + timedelta(days=length - 1), language, with_year=with_year)
    return f"около {days}" if language == "ru" else f"about {days}"


def _days(first: date, last: date, language: str, *, with_year: bool) -> str:
    if with_year:
        return write_days(first, last, language)
    return (
        write_day(first, language) if first == last else f"{write_day(first, language)} – {write_day(last, language)}"
    )


def _between(window: Window, language: str) -> str:
    first, last = (write_days(day, day, language) for day in (window.first, window.last))
    return f"между {first} и {last}" if language == "ru" else f"between {first} and {last}"


def _pick(both: tuple[str, str], language: str) -> str:
    return both[1] if language == "ru" else both[0]


def _year(year: int, language: str) -> str:
    return f"{year} г." if language == "ru" else str(year)


@cache
def _months_of(language: str, form: Literal["format", "stand-alone"]) -> Mapping[int, str]:
    if language == "ru":
        return get_month_names("wide", context=form, locale="ru")
    return get_month_names("abbreviated", context=form, locale=language)


def _month(number: int, language: str) -> str:
    """The month as it stands behind a day: "Oct", "октября"."""
    return _months_of(language, "format")[number]


def _name(number: int, language: str) -> str:
    """The month alone: "Oct", "октябрь"."""
    return _months_of(language, "stand-alone")[number]


_NAMES: Mapping[Precision, Callable[[date, str], str]] = {
    Precision.WEEK: write_day,
    Precision.THIRD: _third,
    Precision.HALF_MONTH: _half_month,
    Precision.MONTH: lambda first, language: _name(first.month, language),
    Precision.SEASON: lambda first, language: _pick(_SEASONS[first.month], language),
    Precision.QUARTER: _quarter,
    Precision.HALF_YEAR: _half_year,
    Precision.YEAR: lambda first, language: _year(first.year, language),
}
