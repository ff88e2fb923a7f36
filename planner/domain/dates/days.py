"""Fixed days: one, a range, several. Each function answers None where its patterns do not fit."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from planner.domain.dates.context import CannotRead, Context
from planner.domain.dates.words import BY, COUNT, COUNTS, MONTH, MONTHS, WEEKDAYS, YEAR, any_of

Days = tuple[date, date]
_AND = r"(?:,? (?:и|and|&) |, ?)"


def _day(n: int) -> str:
    """A pattern of one day; its groups end in `n` and a letter for the notation."""
    return (
        rf"(?:(?P<d{n}a>\d{{1,2}}) (?P<m{n}a>{MONTH})(?:,? (?P<y{n}a>{YEAR}))?"
        rf"|(?P<m{n}b>{MONTH}) (?P<d{n}b>\d{{1,2}})(?:,? (?P<y{n}b>{YEAR}))?"
        rf"|(?P<y{n}c>{YEAR})-(?P<m{n}c>\d\d)-(?P<d{n}c>\d\d)(?:[t ]00:00(?::00)?)?"
        rf"|(?P<d{n}d>\d{{1,2}})\.(?P<m{n}d>\d{{1,2}})(?:\.(?P<y{n}d>\d{{4}}|\d\d))?"
        rf"|(?P<d{n}e>\d{{1,2}})/(?P<m{n}e>\d{{1,2}})/(?P<y{n}e>\d{{4}}|\d\d))"
    )


_ONE = re.compile(_day(1))
_RANGE = re.compile(rf"(?:с |со |from )?{_day(1)}(?:{BY}|/){_day(2)}")
_SHORT_RANGES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:с |со |from )?(?P<a>\d{{1,2}})(?:{BY})(?P<b>\d{{1,2}}) (?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?",
        rf"(?:from )?(?P<m>{MONTH}) (?P<a>\d{{1,2}})(?:{BY})(?P<b>\d{{1,2}})(?:,? (?P<y>{YEAR}))?",
        rf"(?:с )?(?P<a>\d{{1,2}})(?:{BY})(?P<b>\d{{1,2}})\.(?P<m>\d{{1,2}})(?:\.(?P<y>\d{{4}}|\d\d))?",
        rf"(?P<y>{YEAR})-(?P<m>\d\d)-(?P<a>\d\d)/(?P<b>\d\d)",
    )
)
_LISTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<days>\d{{1,2}}(?:{_AND}\d{{1,2}})+) (?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?",
        rf"(?P<m>{MONTH}) (?P<days>\d{{1,2}}(?:{_AND}\d{{1,2}})+)(?:,? (?P<y>{YEAR}))?",
    )
)
_DOTTED_LIST = re.compile(rf"(?P<days>\d{{1,2}}\.\d{{1,2}}(?:{_AND}\d{{1,2}}\.\d{{1,2}})+)(?:\.(?P<y>\d{{4}}|\d\d))?")
_NTH_WEEKDAY = re.compile(
    rf"(?P<n>{COUNT}|последн\w+|last) (?P<w>{any_of(WEEKDAYS)}) (?:of )?(?P<m>{MONTH})(?: (?P<y>{YEAR}))?"
)


def read_days(text: str, context: Context) -> list[Days] | None:
    """The fixed days a text names, each as first and last: one stretch, or one for each sitting."""
    for read in (_one, _short_range, _range, _listed, _dotted, _nth_weekday):
        found = read(text, context)
        if found is not None:
            return found
    return None


def make_day(year: int, month: int, day: int, part: str) -> date:
    """That day. Raises CannotRead saying what the calendar has instead."""
    if not 1 <= month <= 12:
        raise CannotRead(f"{part!r} has no month {month}", "write days as 2020-04-30")
    try:
        return date(year, month, day)
    except ValueError as error:
        has = calendar.monthrange(year, month)[1]
        why = f"{part!r} is not a day ({calendar.month_name[month]} {year} has {has})"
        raise CannotRead(why, "write days as 2020-04-30") from error


def full_year(text: str) -> int:
    """A year of two digits is one of this century."""
    return int(text) if len(text) == 4 else 2000 + int(text)


def _parts(match: re.Match[str], n: int, context: Context) -> tuple[int, int, int | None]:
    """(day, month, year or None) of the n-th day of a match."""
    groups = match.groupdict()
    for notation in "abcde":
        day, month, year = (groups[f"{what}{n}{notation}"] for what in "dmy")
        if day is None:
            continue
        said = None if year is None else full_year(year)
        if notation == "e":
            assert said is not None
            return _slashed(int(day), int(month), said, match[0], context)
        return int(day), MONTHS.get(month) or int(month), said
    raise AssertionError(match[0])


def _slashed(one: int, two: int, year: int, part: str, context: Context) -> tuple[int, int, int]:
    """12/10/2020 is one of two days, unless only one of them exists or somebody said which comes first."""
    if context.day_first is None and one != two and one <= 12 and two <= 12:
        both = (date(year, two, one), date(year, one, two))
        why = f"{part!r} is either {both[0].isoformat()} or {both[1].isoformat()}"
        raise CannotRead(why, "say whether the day or the month comes first", both)
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
    return said if said is not None else context.year_of(month, day)


def _range(text: str, context: Context) -> list[Days] | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    day, month, year = _parts(match, 1, context)
    last_day, last_month, last_year = _parts(match, 2, context)
    if year is None and last_year is not None:
        year = last_year - ((month, day) > (last_month, last_day))
    year = _year(year, month, day, context)
    if last_year is None:
        last_year = year + ((month, day) > (last_month, last_day))
    first = make_day(year, month, day, text)
    return [_in_order(first, make_day(last_year, last_month, last_day, text), text)]


def _in_order(first: date, last: date, text: str) -> Days:
    if last < first:
        raise CannotRead(f"{text!r} ends {last.isoformat()}, before it starts {first.isoformat()}", "write both days")
    return first, last


def _short_range(text: str, context: Context) -> list[Days] | None:
    for pattern in _SHORT_RANGES:
        match = pattern.fullmatch(text)
        if match is not None:
            month = MONTHS.get(match["m"]) or int(match["m"])
            year = full_year(match["y"]) if match["y"] else context.year_of(month, 1)
            first, last = (make_day(year, month, int(match[name]), text) for name in "ab")
            return [_in_order(first, last, text)]
    return None


def _listed(text: str, context: Context) -> list[Days] | None:
    for pattern in _LISTS:
        match = pattern.fullmatch(text)
        if match is not None:
            month = MONTHS[match["m"]]
            year = full_year(match["y"]) if match["y"] else context.year_of(month, 1)
            numbers = [int(number) for number in re.findall(r"\d+", match["days"])]
            return list(_each(year, ((month, number) for number in numbers), text))
    return None


def _dotted(text: str, context: Context) -> list[Days] | None:
    match = _DOTTED_LIST.fullmatch(text)
    if match is None:
        return None
    pairs = [(int(month), int(day)) for day, month in re.findall(r"(\d+)\.(\d+)", match["days"])]
    year = full_year(match["y"]) if match["y"] else context.year_of(*pairs[0])
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
    year = full_year(match["y"]) if match["y"] else context.year_of(month, 1)
    number = COUNTS.get(match["n"])
    if number is None:
        last = date(year, month, calendar.monthrange(year, month)[1])
        day = last - timedelta(days=(last.weekday() - weekday) % 7)
    else:
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
        if day.month != month:
            raise CannotRead(f"{text!r} does not exist: that month has only four", "write the day")
    return [(day, day)]
