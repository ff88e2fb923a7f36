"""The windows a text names that has no mode of its own: days, periods, clock times, and what is made of these."""

import calendar
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from planner.domain.dates import words as w
from planner.domain.dates.clock import is_clock_alone, split_clock, with_clock
from planner.domain.dates.compound import read_listed, read_range
from planner.domain.dates.context import CannotRead, Context, NotADate
from planner.domain.dates.days import read_days, weekday_of_month
from planner.domain.dates.iso import ABOUT
from planner.domain.dates.periods import read_period
from planner.domain.window import Precision, Window, whole_days

Windows = tuple[Window, ...]
_ABOUT = re.compile(
    r"(?:on or (?:about|around)|about|around|circa|approximately|approx|ca|c|около|ориентировочно|ориент"
    r"|примерно|~|≈|предположительно)"
    r"[ ,-]{0,3}(?P<rest>.+)"
)
_ABOUT_BEHIND = re.compile(r"(?P<rest>.+?),? \(?(?:ориентировочно|примерно|approximately|approx|or so|~)\)?")
_WEEK_OF = re.compile(
    r"(?:w/[cb]|(?:in |on )?week (?:of|beginning|commencing|starting)|(?:на )?недел[яею](?: с)?(?:,? начиная с)?)"
    r" (?P<rest>.+)"
)
_WEEKS = re.compile(r"(?:weeks of|недели) (?P<rest>.+)")
_WEEK_TO = re.compile(r"(?:w/e|week ending(?: on)?) (?P<rest>.+)")
_BETWEEN = re.compile(r"(?:between (?P<a>.+) and (?P<b>.+)|между (?P<c>.+) и (?P<d>.+))")
_WEEKDAYS = re.compile(rf"(?:\b(?:в|во|on) )?\(?\b(?P<w>{w.WEEKDAY})\b\)?,? ?(?:- ?(?=\)|$))?")
_DAYS_ALONE = re.compile(rf"(?:с |from )?\d{{1,2}}(?:(?:{w.BY}|{w.AND})\d{{1,2}})*")
_SLASHED = re.compile(rf"\d{{1,2}} ?/ ?\d{{1,2}} (?:{w.MONTH})(?: {w.YEAR})?")
_EVERY_WEEKDAY = re.compile(
    rf"(?:кажд\w+ |every |each )?(?P<n>{w.COUNT}|{w.LAST}) (?P<w>{w.WEEKDAY})"
    r" (?:кажд\w+ )?(?:месяца|(?:of|in) (?:each |every )?month|every month|each month)"
)


def read_windows(text: str, context: Context) -> Windows:
    """The windows of a text that has no mode of its own. Raises when there are none in it."""
    found = windows_or_none(text, context)
    if found is not None:
        return found
    if is_clock_alone(text):
        raise CannotRead(f"{text!r} is a time of day without its day", "write the day before it", part=text)
    start = w.OPEN_START.fullmatch(text)
    if start is not None and windows_or_none(start["rest"], context) is not None:
        remedy = "write both ends, or 'не ранее …' (not before …) if it only cannot start earlier"
        raise CannotRead(f"{text!r} says when it starts and not when it ends", remedy, part=text)
    if _DAYS_ALONE.fullmatch(text):
        raise CannotRead(f"{text!r} names days and no month", "write the month behind them", part=text)
    if _SLASHED.fullmatch(text) or w.EITHER.fullmatch(text):
        remedy = "write the one that is meant, '12–13 октября' for both, or 'between 12 and 13 October'"
        raise CannotRead(f"{text!r} names two dates and not which of them", remedy, part=text)
    raise NotADate(text)


def windows_or_none(text: str, context: Context) -> Windows | None:
    found = _simple(text, context)
    if found is not None:
        return found
    for read in (_lasting, _clocked, _every_weekday, _loose, _on_weekdays):
        found = read(text, context)
        if found is not None:
            return found
    ranged = read_range(text, context, _simple)
    return ranged or read_listed(text, context, _simple_or_range)


def _simple(text: str, context: Context) -> Windows | None:
    """Days and periods that are said in one."""
    days = read_days(text, context)
    if days is not None:
        return tuple(whole_days(*each, context.zone, part=part) for part, each in enumerate(days, 1))
    period = read_period(text, context)
    return None if period is None else (Window(period[0], period[1], context.zone, period[2]),)


def _simple_or_range(text: str, context: Context) -> Windows | None:
    return _simple(text, context) or _clocked(text, context) or read_range(text, context, _simple)


def _lasting(text: str, context: Context) -> Windows | None:
    """A period or a clock time with a length: "октябрь, 5 дней", "October (5 days)"."""
    match = w.LENGTH.fullmatch(text) or w.LENGTH_FIRST.fullmatch(text)
    if match is None:
        return None
    rest = re.sub(r"^(?:within|during|в течение) ", "", match["rest"])
    windows = read_windows(rest, context)
    number = int(match["number"]) * (7 if match["weeks"] else 1)
    is_days = match["days"] is not None
    if is_days is not (windows[0].at is None) or number < 1:
        raise CannotRead(f"{match[0]!r} says a length I cannot use", "days of a period, or minutes of a clock time")
    if is_days and any(window.is_fixed and window.length != number for window in windows):
        raise CannotRead(f"{rest!r} has not {number} days", "correct the days or their number", part=text)
    if is_days and any(number > window.period_days for window in windows):
        raise CannotRead(f"{number} days do not fit into {rest!r}", "a longer period or fewer days", part=text)
    return tuple(replace(window, length=number) for window in windows)


def _clocked(text: str, context: Context) -> Windows | None:
    found = split_clock(text)
    if found is None:
        return None
    rest, clock = found
    windows = windows_or_none(rest, context)
    if windows is None:
        return None
    if any(window.first != window.last or not window.is_fixed for window in windows):
        why = f"{rest!r} is not one day, so a clock time cannot be its start"
        raise CannotRead(why, "write each day with its hours, or leave the hours to the remarks", part=rest)
    return tuple(with_clock(window, clock, context) for window in windows)


def _every_weekday(text: str, context: Context) -> Windows | None:
    """ "последняя пятница месяца": that day of every month of the plan."""
    match = _EVERY_WEEKDAY.fullmatch(text)
    if match is None:
        return None
    first = context.first.year * 12 + context.first.month - 1
    last = context.last.year * 12 + context.last.month - 1
    number = w.COUNTS.get(match["n"])
    found = [weekday_of_month(m // 12, m % 12 + 1, w.WEEKDAYS[match["w"]], number) for m in range(first, last + 1)]
    days = [day for day in found if day is not None and context.first <= day <= context.last]
    return tuple(whole_days(day, day, context.zone, part=part) for part, day in enumerate(days, 1))


def _on_weekdays(text: str, context: Context) -> Windows | None:
    """Days with the names they have in the week, which must be true of them."""
    names = [match["w"] for match in _WEEKDAYS.finditer(text)]
    rest = re.sub(r"\(?-?\)?$", "", _WEEKDAYS.sub("", text)).strip(" ,") if names else text
    if not names or not rest or rest == text:
        return None
    windows = windows_or_none(rest, context)
    if windows is None:
        return None
    days = [window.first for window in windows if window.period_days == 1]
    if len(windows) == 1 and (windows[0].period_days > 1 or len(names) == 2):
        days = [windows[0].first, windows[0].last]
        days = days[1:] if len(names) == 1 and _stands_behind(text) else days
    if len(days) < len(names) or not all(window.is_fixed for window in windows):
        raise CannotRead(f"{text!r} names days of the week I cannot place", "write each beside its day", part=text)
    for day, name in zip(days, names, strict=False):
        if day.weekday() != w.WEEKDAYS[name]:
            why = f"{day.isoformat()} is a {calendar.day_name[day.weekday()]}, not {name!r}"
            raise CannotRead(why, "correct the day or the weekday", part=text)
    return windows


def _stands_behind(text: str) -> bool:
    """True when the only name of a weekday belongs to the second day of a range."""
    name = _WEEKDAYS.search(text)
    return name is not None and re.search(w.BY, text[: name.start()]) is not None


def _loose(text: str, context: Context) -> Windows | None:
    """Periods that are made of other readings: about a day, the week of a day, between two days."""
    for pattern, make in _LOOSE:
        match = pattern.fullmatch(text)
        if match is not None:
            return make(match, context)
    return None


def _about(match: re.Match[str], context: Context) -> Windows | None:
    if _ABOUT.fullmatch(match["rest"]):
        return None  # said once is enough, and said a hundred times must not take a hundred times as long
    windows = windows_or_none(match["rest"], context)
    if windows is None or any(window.at is not None or not window.is_fixed for window in windows):
        return windows  # a period is approximate anyhow
    return tuple(
        Window(
            window.first - ABOUT,
            window.last + ABOUT,
            context.zone,
            Precision.ABOUT,
            length=None if window.length == 1 else window.length,
            part=window.part,
        )
        for window in windows
    )


def _week_of(match: re.Match[str], context: Context) -> Windows | None:
    windows = windows_or_none(match["rest"], context)
    if windows is None or len(windows) != 1 or not windows[0].is_fixed:
        return None
    if windows[0].first != windows[0].last:
        return windows  # "неделя 12–16 октября" says its days
    first = windows[0].first
    return (Window(first, first + timedelta(days=6), context.zone, Precision.WEEK),)


def _weeks(match: re.Match[str], context: Context) -> Windows | None:
    windows = windows_or_none(match["rest"], context)
    if windows is None or len(windows) != 1 or not windows[0].is_fixed or windows[0].period_days % 7:
        return None
    return (Window(windows[0].first, windows[0].last, context.zone, Precision.WEEK),)


def _week_to(match: re.Match[str], context: Context) -> Windows | None:
    windows = windows_or_none(match["rest"], context)
    if windows is None or windows[0].first != windows[-1].last:
        return None
    last = windows[0].last
    return (Window(last - timedelta(days=6), last, context.zone, Precision.WEEK),)


def _between(match: re.Match[str], context: Context) -> Windows | None:
    first, last = (match[name] for name in ("ab" if match["a"] else "cd"))
    found = read_range(f"{first} - {last}", context, _simple) or _simple(f"{first} - {last}", context)
    if found is None:
        return None
    return (Window(found[0].first, found[-1].last, context.zone, Precision.ABOUT),)


_LOOSE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Context], Windows | None]], ...] = (
    (_ABOUT, _about),
    (_ABOUT_BEHIND, _about),
    (_WEEK_OF, _week_of),
    (_WEEKS, _weeks),
    (_WEEK_TO, _week_to),
    (_BETWEEN, _between),
)
