"""Fixed days: one, a range, several. Each function answers None where its patterns do not fit."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from planner.domain.dates.context import ORDER, CannotRead, Context
from planner.domain.dates.words import (
    AND,
    BY,
    COUNT,
    COUNTS,
    LAST,
    MONTH,
    MONTHS,
    ROMAN,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    any_of,
)
from planner.domain.limits import EARLIEST, LATEST

Days = tuple[date, date]


def _day(n: int) -> str:
    """A pattern of one day; its groups end in `n` and a letter for the notation."""
    year = rf"(?:(?:,? |[-./])(?P<y{n}{{0}}>{YEAR}|(?<=[-./])\d\d))?"
    return (
        rf"(?:(?P<d{n}a>\d{{1,2}})[ ./-](?P<m{n}a>{MONTH}){year.format('a')}"
        rf"|(?P<m{n}b>{MONTH}) (?P<d{n}b>\d{{1,2}})(?:,? (?P<y{n}b>{YEAR}))?"
        rf"|(?P<y{n}c>\d{{4}})(?P<s{n}c>[-./])(?P<m{n}c>\d{{1,2}})(?P=s{n}c)(?P<d{n}c>\d{{1,2}})"
        r"(?:[t ]00:00:00| 00:00)?"
        rf"|(?P<d{n}d>\d{{1,2}})\. ?(?P<m{n}d>\d{{1,2}})(?:\. ?(?P<y{n}d>\d{{4}}|\d\d))?"
        rf"|(?P<d{n}e>\d{{1,2}}) ?/ ?(?P<m{n}e>\d{{1,2}})(?: ?/ ?(?P<y{n}e>\d{{4}}|\d\d))?"
        rf"|(?P<d{n}f>\d{{1,2}})-(?P<m{n}f>\d{{1,2}})-(?P<y{n}f>\d{{4}})"
        rf"|(?P<d{n}g>\d{{1,2}})[./ ](?P<m{n}g>{any_of(ROMAN)})"
        rf"(?:[./ -](?P<y{n}g>{YEAR}|(?<=\.)\d\d)|(?<=/[ivx])|(?<=/[ivx][ivx])))"
    )


_ONE = re.compile(rf"(?:on )?{_day(1)}")
_RANGE = re.compile(rf"(?:с |со |from )?{_day(1)}(?:{BY}|(?P<slash> ?/ ?)){_day(2)}")
_SHORT_RANGES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:с |со |from )?(?P<a>\d{{1,2}})(?:{BY})(?P<b>\d{{1,2}}) (?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?",
        rf"(?:from )?(?P<m>{MONTH}) (?P<a>\d{{1,2}})(?:{BY})(?P<b>\d{{1,2}})(?:,? (?P<y>{YEAR}))?",
        rf"(?:с )?(?P<a>\d{{1,2}})\.?(?:{BY})(?P<b>\d{{1,2}})\.(?P<m>\d{{1,2}})(?:\.(?P<y>\d{{4}}|\d\d))?",
        rf"(?P<y>{YEAR})-(?P<m>\d\d)-(?P<a>\d\d)/(?P<b>\d\d)",
    )
)
_LISTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:on )?(?P<days>\d{{1,2}}(?:{AND}\d{{1,2}})+) (?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?",
        rf"(?:on )?(?P<m>{MONTH}) (?P<days>\d{{1,2}}(?:{AND}\d{{1,2}})+)(?:,? (?P<y>{YEAR}))?",
    )
)
_DOTTED_LIST = re.compile(
    rf"(?P<days>(?:\d{{1,2}}(?:\.\d{{0,2}})?{AND})+\d{{1,2}}\.\d{{1,2}})(?:\.(?P<y>\d{{4}}|\d\d))?"
)
_NTH_WEEKDAY = re.compile(
    rf"(?:в |во |on )?(?P<n>{COUNT}|{LAST}) (?P<w>{WEEKDAY}) (?:of |in |в )?(?P<m>{MONTH})(?: (?P<y>{YEAR}))?"
)
# Days as programs write them: 20201012, 2020-W42-1, and the serial numbers of spreadsheets (days since 1899-12-30).
_BASIC = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_WEEK_DAY = re.compile(rf"(?P<y>{YEAR})-?w(?P<w>\d\d)-?(?P<d>[1-7])")
_SERIAL = re.compile(r"[34567]\d{4}(?:\.0+)?")
_SERIAL_0 = date(1899, 12, 30)
_MONTH_OR_DAY = re.compile(rf"(?P<m>{MONTH})[-./](?P<n>\d\d)")
MOST_ROLLED = timedelta(days=183)
"""A range without years goes on into the next year only where it is at most so long: else it is written backwards."""


def read_days(text: str, context: Context) -> list[Days] | None:
    """The fixed days a text names, each as first and last: one stretch, or one for each sitting."""
    for read in (_one, _short_range, _range, _listed, _dotted, _nth_weekday, _programmed, _month_or_day):
        found = read(text, context)
        if found is not None:
            return found
    return None


def make_day(year: int, month: int, day: int, part: str) -> date:
    """That day. Raises CannotRead saying what the calendar has instead."""
    if not 1 <= month <= 12:
        raise CannotRead(f"{part!r} has no month {month}", "write days as 2020-04-30", part=part)
    if not EARLIEST.year <= year <= LATEST.year:
        why = f"the year {year:04} is outside the years {EARLIEST.year} to {LATEST.year}"
        raise CannotRead(why, "correct the year", part=part)
    try:
        return date(year, month, day)
    except ValueError as error:
        has = calendar.monthrange(year, month)[1]
        why = f"{part!r} is not a day ({calendar.month_name[month]} {year} has {has})"
        raise CannotRead(why, "write days as 2020-04-30", part=part) from error


def full_year(text: str) -> int:
    """A year of two digits is one of this century."""
    return int(text) if len(text) == 4 else 2000 + int(text)


def _parts(match: re.Match[str], n: int, context: Context) -> tuple[int, int, int | None]:
    """(day, month, year or None) of the n-th day of a match."""
    groups = match.groupdict()
    for notation in "abcdefg":
        day, month, year = (groups[f"{what}{n}{notation}"] for what in "dmy")
        if day is None:
            continue
        said = None if year is None else full_year(year)
        if notation in "ef":
            return _slashed(int(day), int(month), said, match[0], context)
        return int(day), MONTHS.get(month) or ROMAN.get(month) or int(month), said
    raise AssertionError(match[0])


def _slashed(one: int, two: int, year: int | None, part: str, context: Context) -> tuple[int, int, int | None]:
    """12/10/2020 is one of two days, unless only one of them exists or somebody said which comes first."""
    if context.day_first is None and one != two and 1 <= one <= 12 and 1 <= two <= 12:
        both = tuple(make_day(_year(year, m, d, context), m, d, part) for d, m in ((one, two), (two, one)))
        why = f"{part!r} is either {both[0].isoformat()} or {both[1].isoformat()}"
        raise CannotRead(why, ORDER, both, part)
    is_day_first = context.day_first if context.day_first is not None else two <= 12
    return (one, two, year) if is_day_first else (two, one, year)


def _one(text: str, context: Context) -> list[Days] | None:
    match = _ONE.fullmatch(text)
    if match is None:
        return None
    day, month, year = _parts(match, 1, context)
    found = make_day(_year(year, month, day, context), month, day, text)
    return [(found, found)]


def _year(said: int | None, month: int, day: int, context: Context) -> int:
    return said if said is not None else context.year_of(min(max(month, 1), 12), day)


def _range(text: str, context: Context) -> list[Days] | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    if match["slash"] and not match["y1c"]:  # only ISO 8601 writes a stretch so
        remedy = "write '–' if it goes on from one to the other, 'и' (and) for both, or the one that is meant"
        raise CannotRead(f"{text!r} names two dates, and not whether it goes on between them", remedy, part=text)
    day, month, year = _parts(match, 1, context)
    last_day, last_month, last_year = _parts(match, 2, context)
    is_said = year is not None
    if year is None and last_year is not None:
        year = last_year - ((month, day) > (last_month, last_day))
    year = _year(year, month, day, context)
    is_rolled = last_year is None and (month, day) > (last_month, last_day)
    if last_year is None:
        last_year = year + is_rolled
    first = make_day(year, month, day, text)
    last = make_day(last_year, last_month, last_day, text)
    if not is_said and last - first > MOST_ROLLED and last.year != first.year:
        last = make_day(first.year, last_month, last_day, text)
    return [_in_order(first, last, text)]


def _in_order(first: date, last: date, text: str) -> Days:
    if last < first:
        why = f"{text!r} ends {last.isoformat()}, before it starts {first.isoformat()}"
        raise CannotRead(why, "write both days with their years", part=text)
    return first, last


def _short_range(text: str, context: Context) -> list[Days] | None:
    for pattern in _SHORT_RANGES:
        match = pattern.fullmatch(text)
        if match is not None:
            month, start = MONTHS.get(match["m"]) or int(match["m"]), int(match["a"])
            year = full_year(match["y"]) if match["y"] else _year(None, month, start, context)
            first, last = (make_day(year, month, int(match[name]), text) for name in "ab")
            return [_in_order(first, last, text)]
    return None


def _listed(text: str, context: Context) -> list[Days] | None:
    for pattern in _LISTS:
        match = pattern.fullmatch(text)
        if match is not None:
            month = MONTHS[match["m"]]
            numbers = [int(number) for number in re.findall(r"\d+", match["days"])]
            year = full_year(match["y"]) if match["y"] else context.year_of(month, numbers[0])
            return list(_each(year, ((month, number) for number in numbers), text))
    return None


def _dotted(text: str, context: Context) -> list[Days] | None:
    match = _DOTTED_LIST.fullmatch(text)
    if match is None:
        return None
    pairs: list[tuple[int, int]] = []
    for day, month in reversed(re.findall(r"(\d+)(?:\.(\d*))?", match["days"])):
        pairs.insert(0, (int(month) if month else pairs[0][0], int(day)))  # a month is said once, behind its last day
    year = full_year(match["y"]) if match["y"] else _year(None, *pairs[0], context)
    return list(_each(year, iter(pairs), text))


def _each(year: int, pairs: Iterator[tuple[int, int]], text: str) -> Iterator[Days]:
    previous: date | None = None
    for month, number in pairs:
        day = make_day(year, month, number, text)
        if previous is not None and day <= previous:
            raise CannotRead(f"{text!r} does not name its days in order", "write them from the first to the last")
        previous = day
        yield day, day


def _nth_weekday(text: str, context: Context) -> list[Days] | None:
    match = _NTH_WEEKDAY.fullmatch(text)
    if match is None:
        return None
    month, weekday = MONTHS[match["m"]], WEEKDAYS[match["w"]]
    year = full_year(match["y"]) if match["y"] else context.year_of_months(month, month)
    day = weekday_of_month(year, month, weekday, COUNTS.get(match["n"]))
    if day is None:
        raise CannotRead(f"{text!r} does not exist: that month has only four", "write the day", part=text)
    return [(day, day)]


def weekday_of_month(year: int, month: int, weekday: int, number: int | None) -> date | None:
    """The n-th day of that name in the month, the last one without a number; None where it has none."""
    if number is None:
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    return day if day.month == month else None


def _programmed(text: str, context: Context) -> list[Days] | None:
    """Notations of programs: basic ISO 8601, the day of an ISO week, the serial number of a spreadsheet."""
    basic, week = _BASIC.fullmatch(text), _WEEK_DAY.fullmatch(text)
    if basic is not None:
        day = make_day(int(basic["y"]), int(basic["m"]), int(basic["d"]), text)
    elif week is not None:
        day = iso_week_day(int(week["y"]), int(week["w"]), int(week["d"]))
    elif _SERIAL.fullmatch(text):
        day = _SERIAL_0 + timedelta(days=int(float(text)))
    else:
        return None
    return [(day, day)]


def iso_week_day(year: int, week: int, day: int) -> date:
    """A day of an ISO week. Raises CannotRead for a week the year does not have."""
    try:
        return date.fromisocalendar(year, week, day)
    except ValueError as error:
        raise CannotRead(f"{year} has no week {week}", "write the days") from error


def _month_or_day(text: str, context: Context) -> list[Days] | None:
    """'Oct-20' is how spreadsheets show October 2020 and how people write 20 October: it is never guessed."""
    match = _MONTH_OR_DAY.fullmatch(text)
    if match is None:
        return None
    month, number = MONTHS[match["m"]], int(match["n"])
    day = make_day(_year(None, month, number, context), month, number, text)
    both = (day, date(2000 + number, month, 1))
    why = f"{text!r} is either {day.isoformat()} or {both[1]:%Y-%m}"
    raise CannotRead(why, "write the day as 2020-10-20 or the month as 2020-10", both, text)
