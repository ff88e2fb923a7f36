"""ISO 8601 and EDTF (ISO 8601-2): intervals, sets, uncertain days, instants; what programs write and send.

What the planner itself writes so: `2020-10-12/2020-10-16` fixed days, `2020-10` a month, `[2020-04..2020-05]` some days
between two periods, `2020-05-15~` about a day, `2020-10-21~/2020-10-31~` a part of a month, `…/P5D` with a length.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import cast

from planner.domain.dates.clock import Clock, with_clock
from planner.domain.dates.context import CannotRead, Context
from planner.domain.limits import beyond
from planner.domain.window import Mode, Precision, When, Window, whole_days

Read = Callable[[str, Context], tuple[Window, ...] | None]
ABOUT = timedelta(days=3)
"""How far a day may lie from the one that is said to be about right."""

_DAY = r"\d{4}-\d\d-\d\d"
_INSTANT = rf"{_DAY}[t ]\d\d:\d\d(?::\d\d)?"
_ISO = re.compile(r"[\d\[\].,{}/~?%twhqpd: -]+")
_WITH_LENGTH = re.compile(r"(?P<rest>.+)/p(?P<days>\d{1,3})d")
_ONE_OF = re.compile(r"\[(?P<a>[^.,\]]+) ?\.\. ?(?P<b>[^.,\]]+)\]")
_ALL_OF = re.compile(r"\{(?P<all>[^{}]+)\}")
_VAGUE_DAYS = re.compile(rf"(?P<a>{_DAY})[~?%]/(?P<b>{_DAY})[~?%]")
_ABOUT_DAY = re.compile(rf"(?P<a>{_DAY})[~?%]")
_VAGUE = re.compile(r"(?P<rest>\d{4}(?:-[\dqw]+)?)[~?%]")
_TIMES = re.compile(rf"(?P<a>{_INSTANT})/(?P<b>{_INSTANT}|\d\d:\d\d)")
_UP_TO = re.compile(rf"\.\./(?P<a>{_DAY})")
_THROUGHOUT = re.compile(r"(?P<a>\d{4}(?:-[\dqw]+)?)/(?P<b>\d{4}(?:-[\dqw]+)?)")
_JOINED = re.compile(rf"(?P<a>{_DAY}) ?(?:/|\.\.|--) ?(?P<b>{_DAY})")


def read_iso(text: str, context: Context, read: Read) -> When | None:
    """What a notation of ISO 8601 means that people do not write; None for everything else."""
    if text == "../..":
        return When(Mode.THROUGHOUT)
    if text == "xxxx":
        return When(Mode.UNDATED)
    if not _ISO.fullmatch(text):
        return None
    up_to = _UP_TO.fullmatch(text)
    if up_to is not None:
        day = _day(up_to["a"])
        return When(Mode.DEADLINE, (whole_days(day, day, context.zone),))
    during = _THROUGHOUT.fullmatch(text)
    if during is not None:
        return _throughout(during, context, read)
    windows = _windows(text, context, read)
    return None if windows is None else When(Mode.DATED, windows)


def _windows(text: str, context: Context, read: Read) -> tuple[Window, ...] | None:
    every = _ALL_OF.fullmatch(text)
    if every is not None:
        found = [
            _windows(part.strip(), context, read) or read(part.strip(), context) for part in every["all"].split(",")
        ]
        if any(windows is None or len(windows) != 1 for windows in found):
            return None
        sittings = cast("list[tuple[Window, ...]]", found)
        return tuple(replace(windows[0], part=number) for number, windows in enumerate(sittings, 1))
    lasting = _WITH_LENGTH.fullmatch(text)
    if lasting is not None:
        return _lasting(lasting, context, read)
    window = _window(text, context, read)
    return None if window is None else (window,)


def _lasting(match: re.Match[str], context: Context, read: Read) -> tuple[Window, ...] | None:
    windows = _windows(match["rest"], context, read) or read(match["rest"], context)
    days = int(match["days"])
    if windows is None or any(window.at is not None for window in windows):
        return None
    if not 1 <= days <= min(window.period_days for window in windows):
        raise CannotRead(f"{days} days do not fit into {match['rest']!r}", "a longer period or fewer days")
    return tuple(replace(window, length=days) for window in windows)


def _window(text: str, context: Context, read: Read) -> Window | None:
    for pattern, make in _FORMS:
        match = pattern.fullmatch(text)
        if match is not None:
            return make(match, context, read)
    return None


def _one_of(match: re.Match[str], context: Context, read: Read) -> Window | None:
    """`[a..b]`: in one of these days, or of these periods."""
    ends = [read(match[name].strip(), context) for name in "ab"]
    if any(windows is None or len(windows) != 1 for windows in ends):
        return None
    (starts,), (last,) = cast("list[tuple[Window]]", ends)
    if last.last < starts.first:
        raise CannotRead(f"{match[0]!r} ends before it starts", "write the earlier one first", part=match[0])
    precision = starts.precision if starts.precision is last.precision else Precision.ABOUT
    precision = Precision.ABOUT if precision is Precision.DAY else precision
    return Window(starts.first, last.last, context.zone, precision)


def _vague_days(match: re.Match[str], context: Context, read: Read) -> Window | None:
    """`a~/b~`: the third, the half or the week those days are; else some days between the two."""
    first, last = _day(match["a"]), _day(match["b"])
    if last < first:
        raise CannotRead(f"{match[0]!r} ends before it starts", "write the earlier day first", part=match[0])
    return Window(first, last, context.zone, _shape(first, last))


def _shape(first: date, last: date) -> Precision:
    if _is_bound(first, (1, 11, 21)) and _is_end(last, (10, 20)):
        return Precision.THIRD
    if _is_bound(first, (1, 16)) and _is_end(last, (15,)):
        return Precision.HALF_MONTH
    return Precision.WEEK if (last - first).days % 7 == 6 else Precision.ABOUT


def _is_bound(day: date, days: tuple[int, ...]) -> bool:
    return day.day in days


def _is_end(day: date, days: tuple[int, ...]) -> bool:
    return day.day in days or day.day == calendar.monthrange(day.year, day.month)[1]


def _about_day(match: re.Match[str], context: Context, read: Read) -> Window | None:
    day = _day(match["a"])
    return Window(day - ABOUT, day + ABOUT, context.zone, Precision.ABOUT)


def _vague(match: re.Match[str], context: Context, read: Read) -> Window | None:
    """A period is approximate anyhow."""
    windows = read(match["rest"], context)
    return windows[0] if windows is not None and not windows[0].is_fixed else None


def _times(match: re.Match[str], context: Context, read: Read) -> Window | None:
    ends = match["b"] if len(match["b"]) > 5 else f"{match['a'][:10]} {match['b']}"
    for text in (match["a"], ends):
        _day(text[:10])
    starts, ended = (datetime.fromisoformat(text.replace("t", " ")) for text in (match["a"], ends))
    midnight = datetime.combine(starts.date(), datetime.min.time())
    minute = timedelta(minutes=1)
    clock = Clock((starts - midnight) // minute, (ended - midnight) // minute, zone_words="")
    return with_clock(whole_days(starts.date(), starts.date(), context.zone), clock, context)


def _joined(match: re.Match[str], context: Context, read: Read) -> Window | None:
    first, last = _day(match["a"]), _day(match["b"])
    if last < first:
        why = f"{match[0]!r} ends {last.isoformat()}, before it starts {first.isoformat()}"
        raise CannotRead(why, "write the earlier day first", part=match[0])
    return whole_days(first, last, context.zone)


def _throughout(match: re.Match[str], context: Context, read: Read) -> When | None:
    """`2020-07/2020-09`: all the time from one period to another. An interval of years is such a one in lists, too."""
    ends = [read(match[name], context) for name in "ab"]
    if any(windows is None or len(windows) != 1 or windows[0].is_fixed for windows in ends):
        return None
    (starts,), (last,) = cast("list[tuple[Window]]", ends)
    if starts.precision is not last.precision or last.last < starts.first:
        return None
    return When(Mode.THROUGHOUT, (Window(starts.first, last.last, context.zone, starts.precision),))


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CannotRead(f"{text!r} is not a day", "write days as 2020-04-30", part=text) from error
    if why := beyond(day):
        raise CannotRead(why, "correct the year", part=text)
    return day


_FORMS = (
    (_ONE_OF, _one_of),
    (_VAGUE_DAYS, _vague_days),
    (_ABOUT_DAY, _about_day),
    (_VAGUE, _vague),
    (_TIMES, _times),
    (_JOINED, _joined),
)
