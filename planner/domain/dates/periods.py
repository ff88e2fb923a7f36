"""Approximate periods: parts of a month, months, quarters, halves, seasons, years, and weeks; one at a time."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from planner.domain.dates.context import CannotRead, Context
from planner.domain.dates.days import iso_week_day
from planner.domain.dates.words import COUNT, COUNTS, LAST, MONTH, MONTHS, ROMAN, SEASONS, THIRD, THIRDS, YEAR, any_of
from planner.domain.window import Precision

Period = tuple[date, date, Precision]
_Reader = Callable[[re.Match[str], Context], Period]

_OF = rf"(?:,? (?:of |in )?\(?(?P<y>{YEAR})\)?)?"
_IN = r"(?:в |во |на |in |за )?"
_QUARTERS = r"(?:кв|квартал\w*|quarters?|qtr)"
_DECADE = r"дек(?:ад\w+)?"
_TEN_DAYS = r"(?:(?:10|ten)[ -]days?(?: period)?|decade|third|dekad)"
_HALF = r"(?:половин\w+|пол|half)"


def read_period(text: str, context: Context) -> Period | None:
    """The one period a text names; None when it names none."""
    for pattern, read in _TABLE:
        match = pattern.fullmatch(text)
        if match is not None:
            return read(match, context)
    return None


def months(year: int, first: int, last: int, precision: Precision, last_year: int | None = None) -> Period:
    """From the first day of one month to the last of another."""
    ends = last_year or year
    return date(year, first, 1), date(ends, last, calendar.monthrange(ends, last)[1]), precision


def quarter(year: int, number: int) -> Period:
    return months(year, 3 * number - 2, 3 * number, Precision.QUARTER)


def half_year(year: int, number: int) -> Period:
    return months(year, 6 * number - 5, 6 * number, Precision.HALF_YEAR)


def third_of_month(number: int) -> tuple[int, int]:
    """First and last day of a third of a month: 1-10, 11-20, 21-last."""
    return 10 * number - 9, 10 * number if number < 3 else 31


def _year(match: re.Match[str], context: Context, first: int, last: int) -> int:
    return int(match["y"]) if match["y"] else context.year_of_months(first, last)


def _number(match: re.Match[str], most: int, what: str) -> int:
    """The number said of a thing there are so many of."""
    number = COUNTS.get(match["n"]) or int(match["n"])
    if not 1 <= number <= most:
        raise CannotRead(f"{what} {number}", f"1 to {most}", part=match[0])
    return number


def _month(match: re.Match[str], context: Context) -> Period:
    month = MONTHS.get(match["m"]) or ROMAN.get(match["m"]) or int(match["m"])
    if not 1 <= month <= 12:
        raise CannotRead(f"{match[0]!r} has no month {month}", part=match[0])
    return months(_year(match, context, month, month), month, month, Precision.MONTH)


def _quarter(match: re.Match[str], context: Context) -> Period:
    number = _number(match, 4, "a year has no quarter")
    return quarter(_year(match, context, 3 * number - 2, 3 * number), number)


def _half(match: re.Match[str], context: Context) -> Period:
    number = _number(match, 2, "a year has no half")
    return half_year(_year(match, context, 6 * number - 5, 6 * number), number)


def _season(match: re.Match[str], context: Context) -> Period:
    first, last = SEASONS[match["s"]]
    return months(_year(match, context, first, last), first, last, Precision.SEASON)


def _winter(match: re.Match[str], context: Context) -> Period:
    if not match["z"]:
        remedy = "write 'winter 2019-2020', or the months, such as 'January – February 2020'"
        raise CannotRead(f"{match[0]!r} lies in two years", remedy, part=match[0])
    year, last = int(match["y"]), int(match["z"])
    last = last if last > 99 else year - year % 100 + last
    if last != year + 1:
        raise CannotRead(f"{match[0]!r} is no winter", "write two years, one behind the other", part=match[0])
    return months(year, 12, 2, Precision.SEASON, last)


def _whole_year(match: re.Match[str], context: Context) -> Period:
    last = int(match["z"]) if match["z"] else int(match["y"])
    if last < int(match["y"]):
        raise CannotRead(f"{match[0]!r} ends before it starts", part=match[0])
    return months(int(match["y"]), 1, 12, Precision.YEAR, last)


def _in_month(first: int, last: int, match: re.Match[str], context: Context, precision: Precision) -> Period:
    month = MONTHS[match["m"]]
    year = _year(match, context, month, month)
    has = calendar.monthrange(year, month)[1]
    return date(year, month, first), date(year, month, min(last, has)), precision


def _third(match: re.Match[str], context: Context) -> Period:
    if "t" in match.re.groupindex:
        number = THIRDS[match["t"]]
    else:
        number = 3 if match["n"] not in COUNTS else _number(match, 3, "a month has no third")
    return _in_month(*third_of_month(number), match, context, Precision.THIRD)


def _half_month(match: re.Match[str], context: Context) -> Period:
    days = (1, 15) if _number(match, 2, "a month has no half") == 1 else (16, 31)
    return _in_month(*days, match, context, Precision.HALF_MONTH)


def _week_of_month(match: re.Match[str], context: Context) -> Period:
    if match["n"] in COUNTS:
        number = _number(match, 4, "a month has no whole week")
        return _in_month(7 * number - 6, 7 * number, match, context, Precision.WEEK)
    _, last, _ = _in_month(1, 31, match, context, Precision.WEEK)
    return last - timedelta(days=6), last, Precision.WEEK


def _iso_week(match: re.Match[str], context: Context) -> Period:
    year = int(match["y"]) if match["y"] else context.year_of_months(1, 12)
    monday = iso_week_day(year, int(match["n"]), 1)
    return monday, monday + timedelta(days=6), Precision.WEEK


def _edtf(match: re.Match[str], context: Context) -> Period:
    """Seasons, quarters and halves of ISO 8601-2, 4.8: 21-24, 33-36, 40-41."""
    year, code = int(match["y"]), int(match["n"])
    if code == 24:
        raise CannotRead(f"{match[0]!r} is a winter, which lies in two years", "write the months", part=match[0])
    if 33 <= code <= 36:
        return quarter(year, code - 32)
    if 40 <= code <= 41:
        return half_year(year, code - 39)
    return months(year, 3 * (code - 20), 3 * (code - 20) + 2, Precision.SEASON)


def _vague(match: re.Match[str], context: Context) -> Period:
    why = f"{match[0]!r} names no months: nobody has said where a part of a year or quarter begins"
    raise CannotRead(why, "write the months, such as 'ноябрь – декабрь 2020 г.'", part=match[0])


# In order: the first pattern that fits is the reading.
_TABLE: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_IN}(?P<m>{MONTH}){_OF}", _month),
        (rf"(?P<m>\d{{1,2}})[./](?P<y>{YEAR})", _month),
        (rf"(?P<m>{any_of(word for word, number in ROMAN.items() if number > 4)})[. /](?P<y>{YEAR})", _month),
        (rf"(?P<m>{MONTH})[-./](?P<y>{YEAR})", _month),
        (rf"(?P<y>{YEAR})[-./ ](?P<m>0[1-9]|1[0-2]|{MONTH})", _month),
        (rf"{_IN}(?P<n>\d|{COUNT})[ -]?{_QUARTERS}{_OF}", _quarter),
        (rf"{_IN}q ?(?P<n>[1-4])(?:[ /-]?(?:of )?(?P<y>{YEAR}))?", _quarter),
        (rf"{_IN}(?P<n>[1-4]) ?q[ /-]?(?P<y>{YEAR})?", _quarter),
        (rf"(?:quarter|квартал) (?P<n>{COUNT}){_OF}", _quarter),
        (rf"(?P<y>{YEAR})[-/ ]?q(?P<n>[1-4])", _quarter),
        (rf"(?P<y>{YEAR}),? (?P<n>{COUNT}) {_QUARTERS}", _quarter),
        (rf"{_IN}(?P<n>{COUNT})[ -]?(?:полугоди\w+|п/г|half-?year){_OF}", _half),
        (rf"{_IN}h(?P<n>[12])[ /-]?{_OF}", _half),
        (rf"{_IN}(?P<n>[12])h[ /-]?{_OF}", _half),
        (rf"(?P<y>{YEAR})[- ]?h(?P<n>[12])", _half),
        (rf"{_IN}(?P<n>{COUNT}) {_HALF}(?: (?:of )?(?:года|year))?{_OF}", _half),
        (rf"{_IN}(?P<s>{any_of(SEASONS)}){_OF}", _season),
        (rf"(?:winter|зима|зимой|зимы)(?: (?P<y>{YEAR})(?: ?[-/] ?(?P<z>{YEAR}|\d\d))?)?", _winter),
        (rf"(?:в |во |in |год )?(?P<y>{YEAR})(?: ?[-/] ?(?P<z>{YEAR}))?", _whole_year),
        (rf"{_IN}(?P<n>{COUNT}|{LAST}) {_DECADE} (?P<m>{MONTH}){_OF}", _third),
        (rf"{_IN}(?P<m>{MONTH}){_OF},? \(?(?P<n>{COUNT}|{LAST}) {_DECADE}\)?", _third),
        (
            rf"{_IN}(?P<n>{COUNT}|{LAST}) {_TEN_DAYS} of (?P<m>{MONTH}){_OF}",
            _third,
        ),
        (rf"(?:at |{_IN})(?P<t>{THIRD})[ -]?(?P<m>{MONTH}){_OF}", _third),
        (rf"{_IN}(?P<m>{MONTH}){_OF},? \((?P<t>{THIRD})\)", _third),
        (rf"{_IN}(?P<n>{COUNT}) {_HALF} (?:of )?(?P<m>{MONTH}){_OF}", _half_month),
        (rf"{_IN}(?P<m>{MONTH}){_OF},? \(?(?P<n>{COUNT}) {_HALF}\)?", _half_month),
        (rf"{_IN}(?P<n>{COUNT}|{LAST}) (?:недел\w+|нед) (?P<m>{MONTH}){_OF}", _week_of_month),
        (rf"{_IN}(?P<m>{MONTH}){_OF},? \(?(?P<n>{COUNT}|{LAST}) недел\w+\)?", _week_of_month),
        (rf"{_IN}(?P<n>{COUNT}|{LAST}) week (?:of |in )?(?P<m>{MONTH}){_OF}", _week_of_month),
        (rf"{_IN}(?:week|wk|неделя|неделе|w) ?(?:№|no )?(?P<n>\d{{1,2}})(?:[ /]?(?P<y>{YEAR}))?", _iso_week),
        (rf"{_IN}(?P<n>\d{{1,2}}) (?:недел\w+|week){_OF}", _iso_week),
        (rf"(?P<y>{YEAR})[- ]?w ?(?P<n>\d\d)", _iso_week),
        (rf"(?P<y>{YEAR})-(?P<n>2[1-4]|3[3-6]|4[01])", _edtf),
        (rf"(?:at |{_IN})(?P<t>{THIRD})[ -]?(?:{YEAR}|года|year|q[1-4].*|(?:{COUNT}) {_QUARTERS}.*)", _vague),
    )
)
