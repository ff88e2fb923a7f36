"""Approximate periods: parts of a month, months, quarters, halves, seasons, years, and weeks."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from planner.domain.dates.context import CannotRead, Context
from planner.domain.dates.words import BY, COUNT, COUNTS, MONTH, MONTHS, SEASONS, THIRDS, YEAR, any_of
from planner.domain.window import Precision

Period = tuple[date, date, Precision]
_Reader = Callable[[re.Match[str], Context], list[Period]]

_OF = rf"(?: (?:of )?(?P<y>{YEAR}))?"
_QUARTERS = r"(?:кв|квартал\w*|quarters?)"
_ALSO = r"(?:, ?|,? (?:и|and) )"


def read_periods(text: str, context: Context) -> list[Period] | None:
    """The periods a text names, one for each sitting; None when it names none."""
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
    if not 1 <= number <= 4:
        raise CannotRead(f"a year has no quarter {number}", "1 to 4")
    return months(year, 3 * number - 2, 3 * number, Precision.QUARTER)


def _year(match: re.Match[str], context: Context, month: int = 0) -> int:
    said = match["y"]
    if said:
        return int(said)
    return context.year_of(month, 1) if month else context.first.year


def _month(match: re.Match[str], context: Context) -> list[Period]:
    month = MONTHS.get(match["m"]) or int(match["m"])
    if not 1 <= month <= 12:
        raise CannotRead(f"{match[0]!r} has no month {month}")
    year = _year(match, context, month)
    return [months(year, month, month, Precision.MONTH)]


def _month_range(match: re.Match[str], context: Context) -> list[Period]:
    first, last = MONTHS[match["m"]], MONTHS[match["n"]]
    if match["z"]:
        last_year = int(match["z"])
        year = int(match["y"]) if match["y"] else last_year - (first > last)
    else:
        year = _year(match, context, first)
        last_year = year + (first > last)
    if (last_year, last) < (year, first):
        raise CannotRead(f"{match[0]!r} ends before it starts", "write both years")
    return [months(year, first, last, Precision.MONTH, last_year)]


def _several_months(match: re.Match[str], context: Context) -> list[Period]:
    numbers = [MONTHS[word] for word in re.findall(MONTH, match["several"])]
    _must_rise(numbers, match[0])
    year = _year(match, context, numbers[0])
    return [months(year, number, number, Precision.MONTH) for number in numbers]


def _must_rise(numbers: list[int], text: str) -> None:
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise CannotRead(f"{text!r} does not name its periods in order", "write them from the first to the last")


def _quarters(match: re.Match[str], context: Context) -> list[Period]:
    numbers = [COUNTS[word.removeprefix("q")] for word in re.findall(rf"(?:q[1-4]|{COUNT})", match["several"])]
    _must_rise(numbers, match[0])
    year = _year(match, context)
    return [quarter(year, number) for number in numbers]


def _quarter_range(match: re.Match[str], context: Context) -> list[Period]:
    (first, _, _), (_, last, _) = (quarter(_year(match, context), COUNTS[match[name]]) for name in ("n", "k"))
    if last < first:
        raise CannotRead(f"{match[0]!r} ends before it starts", "write the earlier quarter first")
    return [(first, last, Precision.QUARTER)]


def _half(match: re.Match[str], context: Context) -> list[Period]:
    number = COUNTS[match["n"]]
    if number > 2:
        raise CannotRead(f"a year has no half {number}", "1 or 2")
    return [months(_year(match, context), 6 * number - 5, 6 * number, Precision.HALF_YEAR)]


def _season(match: re.Match[str], context: Context) -> list[Period]:
    return [months(_year(match, context), *SEASONS[match["s"]], Precision.SEASON)]


def _winter(match: re.Match[str], context: Context) -> list[Period]:
    raise CannotRead(f"{match[0]!r} lies in two years", "write the months, such as 'January – February 2020'")


def _whole_year(match: re.Match[str], context: Context) -> list[Period]:
    last = int(match["z"]) if match["z"] else int(match["y"])
    if last < int(match["y"]):
        raise CannotRead(f"{match[0]!r} ends before it starts")
    return [months(int(match["y"]), 1, 12, Precision.YEAR, last)]


def _in_month(first: int, last: int, match: re.Match[str], context: Context, precision: Precision) -> list[Period]:
    month = MONTHS[match["m"]]
    year = _year(match, context, month)
    has = calendar.monthrange(year, month)[1]
    return [(date(year, month, first), date(year, month, min(last, has)), precision)]


def third_of_month(number: int) -> tuple[int, int]:
    """First and last day of a third of a month: 1-10, 11-20, 21-last."""
    if not 1 <= number <= 3:
        raise CannotRead(f"a month has no third {number}", "1 to 3")
    return 10 * number - 9, 10 * number if number < 3 else 31


def _third(match: re.Match[str], context: Context) -> list[Period]:
    number = THIRDS[match["t"]] if "t" in match.re.groupindex else COUNTS[match["n"]]
    return _in_month(*third_of_month(number), match, context, Precision.THIRD)


def _half_month(match: re.Match[str], context: Context) -> list[Period]:
    number = COUNTS[match["n"]]
    if number > 2:
        raise CannotRead(f"a month has no half {number}", "1 or 2")
    days = (1, 15) if number == 1 else (16, 31)
    return _in_month(*days, match, context, Precision.HALF_MONTH)


def _week_of_month(match: re.Match[str], context: Context) -> list[Period]:
    number = COUNTS[match["n"]]
    if number > 4:
        raise CannotRead(f"a month has no whole week {number}", "1 to 4, or the days")
    return _in_month(7 * number - 6, 7 * number, match, context, Precision.WEEK)


def _iso_week(match: re.Match[str], context: Context) -> list[Period]:
    number, year = int(match["n"]), _year(match, context)
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError as error:
        raise CannotRead(f"{year} has no week {number}") from error
    return [(monday, monday + timedelta(days=6), Precision.WEEK)]


def _edtf(match: re.Match[str], context: Context) -> list[Period]:
    """Seasons, quarters and halves of ISO 8601-2, 4.8: 21-23, 33-36, 40-41."""
    year, code = int(match["y"]), int(match["n"])
    if 33 <= code <= 36:
        return [quarter(year, code - 32)]
    if 40 <= code <= 41:
        return [months(year, 6 * (code - 40) + 1, 6 * (code - 39), Precision.HALF_YEAR)]
    return [months(year, 3 * (code - 20), 3 * (code - 20) + 2, Precision.SEASON)]


# In order: the first pattern that fits is the reading.
_TABLE: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"(?:в |in )?(?P<m>{MONTH}){_OF}", _month),
        (rf"(?P<m>\d\d)\.(?P<y>{YEAR})", _month),
        (rf"(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])~?", _month),
        (rf"(?:с )?(?P<m>{MONTH})(?: (?P<y>{YEAR}))?(?:{BY})(?P<n>{MONTH})(?: (?P<z>{YEAR}))?", _month_range),
        (rf"(?:в )?(?P<several>(?:{MONTH})(?:{_ALSO}(?:{MONTH}))+){_OF}", _several_months),
        (rf"(?:в |in |the )?(?P<several>{COUNT}) {_QUARTERS}{_OF}", _quarters),
        (rf"(?:in )?(?P<several>q[1-4]){_OF}", _quarters),
        (rf"(?P<y>{YEAR})-?(?P<several>q[1-4])", _quarters),
        (rf"(?:в )?(?P<several>(?:{COUNT})(?:{_ALSO}(?:{COUNT}))+) {_QUARTERS}{_OF}", _quarters),
        (rf"(?P<several>q[1-4](?:{_ALSO}q[1-4])+){_OF}", _quarters),
        (rf"(?:в )?(?P<n>{COUNT})(?:{BY})(?P<k>{COUNT}) {_QUARTERS}{_OF}", _quarter_range),
        (rf"q(?P<n>[1-4])(?:{BY})q?(?P<k>[1-4]){_OF}", _quarter_range),
        (rf"(?:в |во )?(?P<n>{COUNT}) (?:полугоди\w+|пол){_OF}", _half),
        (rf"h(?P<n>[12]){_OF}", _half),
        (rf"(?:in )?(?:the )?(?P<n>{COUNT}) half(?: of the year)?{_OF}", _half),
        (rf"(?:in )?(?:the )?(?P<s>{any_of(SEASONS)}){_OF}", _season),
        (rf"(?:winter|зима|зимой){_OF}", _winter),
        (rf"(?:в |in )?(?P<y>{YEAR})(?: ?- ?(?P<z>{YEAR}))?", _whole_year),
        (rf"(?:в )?(?P<n>{COUNT}) декад\w+ (?P<m>{MONTH}){_OF}", _third),
        (rf"(?:в )?(?P<m>{MONTH}){_OF},? \(?(?P<n>{COUNT}) декад\w+\)?", _third),
        (rf"(?:in )?(?:the )?(?P<n>{COUNT}) (?:ten days|third) of (?P<m>{MONTH}){_OF}", _third),
        (rf"(?:in )?(?:the )?(?P<t>{any_of(THIRDS)})[ -]?(?P<m>{MONTH}){_OF}", _third),
        (rf"(?:в |во )?(?P<n>{COUNT}) половин\w+ (?P<m>{MONTH}){_OF}", _half_month),
        (rf"(?:in )?(?:the )?(?P<n>{COUNT}) half of (?P<m>{MONTH}){_OF}", _half_month),
        (rf"(?:на )?(?P<n>{COUNT}) недел\w+ (?P<m>{MONTH}){_OF}", _week_of_month),
        (rf"(?:the )?(?P<n>{COUNT}) week (?:of |in )?(?P<m>{MONTH}){_OF}", _week_of_month),
        (rf"(?:week|неделя) (?P<n>\d{{1,2}}){_OF}", _iso_week),
        (rf"(?P<n>\d{{1,2}})(?:-я)? неделя{_OF}", _iso_week),
        (rf"(?P<y>{YEAR})-?w(?P<n>\d\d)", _iso_week),
        (rf"(?P<y>{YEAR})-(?P<n>2[1-3]|3[3-6]|4[01])~?", _edtf),
    )
)
