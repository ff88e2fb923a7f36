"""A When in words, as the grammar reads them: `read_when(write_when(x)) == x` but for the words themselves.

Names of months come from CLDR through Babel; ranges, Roman quarters and thirds of months are our own.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

from babel.dates import get_month_names

from planner.domain.window import Mode, Precision, When, Window

_ROMAN = ("", "I", "II", "III", "IV")
_SEASONS: Mapping[int, tuple[str, str]] = {3: ("spring", "весна"), 6: ("summer", "лето"), 9: ("autumn", "осень")}
_THIRDS: Mapping[int, tuple[str, str]] = {1: ("early ", "начало "), 11: ("mid-", "середина "), 21: ("late ", "конец ")}
_HALVES: Mapping[int, tuple[str, str]] = {1: ("first", "первая"), 16: ("second", "вторая")}


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
    window = when.windows[0]
    if language != "ru":
        return f"throughout {write_window(window, language)}"
    return f"в течение {_period(window, language, year=True) or write_window(window, language)}"


def write_window(window: Window, language: str) -> str:
    """One window in words, its year included; "–" joins the days of a range."""
    if window.at is not None and window.is_fixed:
        return f"{write_days(window.first, window.first, language)}, {_clock(window)}"
    if window.is_fixed:
        return write_days(window.first, window.last, language)
    text = _period(window, language, year=True) or _between(window, language)
    return text if window.length is None else f"{text}, {_lasting(window.length, language)}"


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


def short_period(window: Window, language: str) -> str:
    """An approximate period without its year, for titles that phones cut: "late Oct", "III квартал"."""
    return (
        _period(window, language, year=False)
        or f"{write_day(window.first, language)} – {write_day(window.last, language)}"
    )


def write_edtf(window: Window) -> str:
    """The window as ISO 8601-2 (EDTF): 2020-10-12/2020-10-16, 2020-10, 2020-35 for a quarter, `~` for about."""
    year, month = window.first.year, window.first.month
    if window.at is not None:
        return datetime.combine(window.first, window.at).isoformat(timespec="minutes")
    if window.is_fixed:
        return _interval(window, "")
    if _spans(window, 1) and window.precision is Precision.MONTH:
        return f"{year}-{month:02}"
    if _spans(window, 3) and window.precision is Precision.QUARTER:
        return f"{year}-{32 + (month + 2) // 3}"
    if _spans(window, 6) and window.precision is Precision.HALF_YEAR:
        return f"{year}-{40 + month // 7}"
    if _spans(window, 3) and window.precision is Precision.SEASON:
        return f"{year}-{20 + month // 3}"
    if _spans(window, 12):
        return str(year)
    return _interval(window, "~")


def _interval(window: Window, mark: str) -> str:
    first, last = window.first.isoformat() + mark, window.last.isoformat() + mark
    return first if first == last else f"{first}/{last}"


def _spans(window: Window, months: int) -> bool:
    """True when it is so many whole months, from the first day of one to the last of another."""
    return window.first.day == 1 and _months(window) == months


def _months(window: Window) -> int:
    """How many whole months it is, 0 when it is none."""
    after = window.last + timedelta(days=1)
    if window.first.day != 1 or after.day != 1:
        return 0
    return (after.year - window.first.year) * 12 + after.month - window.first.month


def _clock(window: Window) -> str:
    assert window.at is not None
    if window.length is None:
        return f"{window.at:%H:%M}"
    ends = datetime.combine(window.first, window.at) + timedelta(minutes=window.length)
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


def _period(window: Window, language: str, *, year: bool) -> str:
    """The name of the period, '' where its days are not those its precision stands for."""
    write = _WRITERS.get(window.precision)
    return "" if write is None else write(window, language, _tail(window.first.year, language) if year else "")


def _tail(year: int, language: str) -> str:
    return f" {_year(year, language)}"


def _in_months(window: Window, language: str, tail: str) -> str:
    count = _months(window)
    first, last = _name(window.first.month, language), _name(window.last.month, language)
    if count == 1:
        return first + tail
    if count < 1:
        return ""
    if window.first.year == window.last.year:
        return f"{first} – {last}{tail}"
    return f"{first}{tail} – {last}{_tail(window.last.year, language) if tail else ''}"


def _in_quarters(window: Window, language: str, tail: str) -> str:
    count, number = _months(window) // 3, (window.first.month + 2) // 3
    if count < 1 or _months(window) % 3 or window.first.month % 3 != 1 or number + count > 5:
        return ""
    last = number + count - 1
    if language != "ru":
        return f"Q{number}{tail}" if count == 1 else f"Q{number}–Q{last}{tail}"
    return f"{_ROMAN[number]} квартал{tail}" if count == 1 else f"{_ROMAN[number]}–{_ROMAN[last]} кварталы{tail}"


def _in_half_years(window: Window, language: str, tail: str) -> str:
    if not _spans(window, 6) or window.first.month not in {1, 7}:
        return ""
    number = 1 + window.first.month // 7
    return f"{_ROMAN[number]} полугодие{tail}" if language == "ru" else f"H{number}{tail}"


def _in_seasons(window: Window, language: str, tail: str) -> str:
    if not _spans(window, 3) or window.first.month not in _SEASONS:
        return ""
    return _pick(_SEASONS[window.first.month], language) + tail


def _in_years(window: Window, language: str, tail: str) -> str:
    count = _months(window)
    if not count or count % 12 or window.first.month != 1:
        return ""
    first, last = window.first.year, window.last.year
    if first == last:
        return _year(first, language)
    return f"{first}–{last} гг." if language == "ru" else f"{first}–{last}"


def _in_thirds(window: Window, language: str, tail: str) -> str:
    ends = {1: 10, 11: 20}.get(window.first.day) or _last_of_month(window.first)
    if window.first.day not in _THIRDS or not _is_until(window, ends):
        return ""
    return f"{_pick(_THIRDS[window.first.day], language)}{_month(window.first.month, language)}{tail}"


def _in_half_months(window: Window, language: str, tail: str) -> str:
    ends = 15 if window.first.day == 1 else _last_of_month(window.first)
    if window.first.day not in _HALVES or not _is_until(window, ends):
        return ""
    half = _pick(_HALVES[window.first.day], language)
    month = _month(window.first.month, language)
    return f"{half} половина {month}{tail}" if language == "ru" else f"{half} half of {month}{tail}"


def _is_until(window: Window, day: int) -> bool:
    return window.last == window.first.replace(day=day)


def _last_of_month(day: date) -> int:
    return ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day


def _in_weeks(window: Window, language: str, tail: str) -> str:
    if window.period_days != 7:
        return ""
    day = write_day(window.first, language) + tail
    return f"неделя с {day}" if language == "ru" else f"week of {day}"


def _about(window: Window, language: str, tail: str) -> str:
    if window.period_days != 7:
        return ""
    middle = window.first + timedelta(days=3)
    day = write_day(middle, language) + (_tail(middle.year, language) if tail else "")
    return f"около {day}" if language == "ru" else f"about {day}"


def _between(window: Window, language: str) -> str:
    first, last = (write_days(day, day, language) for day in (window.first, window.last))
    return f"между {first} и {last}" if language == "ru" else f"between {first} and {last}"


_WRITERS: Mapping[Precision, Callable[[Window, str, str], str]] = {
    Precision.MONTH: _in_months,
    Precision.QUARTER: _in_quarters,
    Precision.HALF_YEAR: _in_half_years,
    Precision.SEASON: _in_seasons,
    Precision.YEAR: _in_years,
    Precision.THIRD: _in_thirds,
    Precision.HALF_MONTH: _in_half_months,
    Precision.WEEK: _in_weeks,
    Precision.ABOUT: _about,
}


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
