"""From a text to a When, by an ordered table of small patterns; what fits none of them is refused with its place."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from planner.domain.dates import words as w
from planner.domain.dates.clock import Clock, split_clock, zone_meant
from planner.domain.dates.context import CannotRead, Context, Unread
from planner.domain.dates.days import read_days
from planner.domain.dates.periods import Period, months, quarter, read_periods
from planner.domain.dates.plain import Plain, plain
from planner.domain.window import Mode, Precision, When, Window, whole_days

MAX_LETTERS = 300
"""Longer texts are no dates; this bounds the time any text takes."""

_ABOUT = re.compile(r"(?:on or about|about|around|approximately|ca|c|около|ориентировочно|примерно|~|≈) ?(?P<rest>.+)")
_WEEK_OF = re.compile(r"(?:w/c|week (?:of|beginning|commencing)|(?:на )?недел[яе] с|неделя,? начиная с) (?P<rest>.+)")
_BETWEEN = re.compile(r"(?:between (?P<a>.+) and (?P<b>.+)|между (?P<c>.+) и (?P<d>.+))")
_WEEKDAY = re.compile(rf"(?P<w>{w.any_of(w.WEEKDAYS)}),? (?P<rest>.+)")
_ABOUT_DAYS = timedelta(days=3)


def read_when(text: str, context: Context) -> When | Unread:
    """When the text says, its words kept; or what in it cannot be read, and why. Never raises, never guesses."""
    said = plain(text[: MAX_LETTERS + 1])
    if not said.text or len(text) > MAX_LETTERS:
        why = "is too long for a date" if said.text else "nothing is said"
        return Unread(text, 0, text[:20], why)
    try:
        return replace(_read(said, text, context), words=text.strip())
    except CannotRead as error:
        return Unread(text, 0, said.source(text), error.why, "", error.remedy, error.readings)
    except _NotADate as error:
        return Unread(text, *_first_unknown(error.said, text))


class _NotADate(Exception):
    def __init__(self, said: Plain) -> None:
        super().__init__(said.text)
        self.said = said


def _first_unknown(said: Plain, text: str) -> tuple[int, str, str]:
    """Where the first word stands that is no part of any date, else the whole; and the sentence for it."""
    for match in re.finditer(r"[^\W\d_]+", said.text):
        if match[0] not in _KNOWN:
            part = said.cut(*match.span())
            return part.at[0], part.source(text), f"I do not know the word {part.source(text)!r} in a date"
    return said.at[0] if said.at else 0, said.source(text), "is not a date I can read"


_KNOWN = frozenset(
    word
    for words in (w.MONTHS, w.COUNTS, w.SEASONS, w.WEEKDAYS, w.THIRDS, w.ZONES)
    for key in words
    for word in key.split()
) | set(
    "с со по до в и and to of the in on at from by between между квартал кв quarter полугодие half половина декада "  # noqa: SIM905
    "week неделя начало конец".split()
)


def _read(said: Plain, text: str, context: Context) -> When:
    noted = re.fullmatch(rf"(?P<now>.+?){w.FORMER.pattern}", said.text)
    if noted is None:
        return _moded(said.text, said, context)
    now = said.cut(*noted.span("now"))
    former = said.cut(*noted.span("former"))
    windows = _windows(former.text, former, context)
    return replace(_moded(now.text, now, context), former=former.source(text), former_windows=windows)


def _moded(text: str, said: Plain, context: Context) -> When:
    """The modes that are no dates first; what is left is dated."""
    if w.UNDATED.fullmatch(text):
        return When(Mode.UNDATED)
    if w.ALWAYS.fullmatch(text):
        return When(Mode.THROUGHOUT)
    if w.ALL_YEAR.fullmatch(text):
        whole = Window(context.first, context.last, context.zone, Precision.YEAR)
        return When(Mode.THROUGHOUT, (whole,))
    every = w.EVERY.fullmatch(text)
    if every is not None:
        return When(Mode.DATED, _numbered(_every(every, context), context.zone))
    during = w.THROUGHOUT.fullmatch(text)
    if during is not None:
        return When(Mode.THROUGHOUT, _windows(during["rest"], said, context))
    deadline = w.DEADLINE.fullmatch(text)
    if deadline is not None:
        day = _deadline(deadline["rest"], said, context)
        return When(Mode.DEADLINE, (whole_days(day, day, context.zone),))
    return When(Mode.DATED, _sittings(text, said, context))


def _every(match: re.Match[str], context: Context) -> list[Period]:
    """One period for each quarter, month or year of the plan."""
    found: list[Period] = []
    for year in range(context.first.year, context.last.year + 1):
        if match["quarter"]:
            found.extend(quarter(year, number) for number in range(1, 5))
        elif match["month"]:
            found.extend(months(year, number, number, Precision.MONTH) for number in range(1, 13))
        else:
            found.append(months(year, 1, 12, Precision.YEAR))
    return [each for each in found if each[0] <= context.last and context.first <= each[1]]


def _numbered(periods: list[Period], zone: str) -> tuple[Window, ...]:
    return tuple(Window(first, last, zone, precision, part=n) for n, (first, last, precision) in enumerate(periods, 1))


def _deadline(text: str, said: Plain, context: Context) -> date:
    """The last day on which it is in time."""
    end_of = w.END_OF.fullmatch(text)
    if end_of is not None and end_of["rest"] in {"года", "the year"}:
        return context.last
    if end_of is not None:
        return _windows(end_of["rest"], said, context)[-1].last
    windows = _windows(text, said, context)
    if len(windows) != 1 or not windows[0].is_fixed or windows[0].first != windows[0].last:
        raise CannotRead(f"{text!r} is not a day to be ready by", "name the day, or write 'by the end of …'")
    return windows[0].last


def _sittings(text: str, said: Plain, context: Context) -> tuple[Window, ...]:
    after = w.AFTER.fullmatch(text)
    if after is not None:
        return (_after(after["rest"], said, context),)
    windows = [window for part in w.SEVERAL.split(text) for window in _windows(part, said, context)]
    if any(later.first < earlier.first for earlier, later in pairwise(windows)):
        raise CannotRead(f"{text!r} does not name its dates in order", "write them from the first to the last")
    return tuple(replace(window, part=number) for number, window in enumerate(windows, 1))


def _after(text: str, said: Plain, context: Context) -> Window:
    first = _windows(text, said, context)[-1].last + timedelta(days=1)
    if first > context.last:
        raise CannotRead(f"after {text!r} the plan is over ({context.last.isoformat()})", "name the period")
    return Window(first, context.last, context.zone, Precision.ABOUT)


def _windows(text: str, said: Plain, context: Context) -> tuple[Window, ...]:
    """The windows of a text that has no mode of its own. Raises when there are none in it."""
    weekday = _WEEKDAY.fullmatch(text)
    if weekday is not None:
        return _on_weekday(weekday, said, context)
    lasting = w.LENGTH.fullmatch(text)
    if lasting is not None:
        return _lasting(lasting, said, context)
    days = read_days(text, context)
    if days is not None:
        return tuple(whole_days(*each, context.zone, part=part) for part, each in enumerate(days, 1))
    clocked = split_clock(text)
    if clocked is not None:
        return _clocked(*clocked, said, context)
    periods = read_periods(text, context)
    if periods is not None:
        return _numbered(periods, context.zone)
    return (_loose(text, said, context),)


def _on_weekday(match: re.Match[str], said: Plain, context: Context) -> tuple[Window, ...]:
    windows = _windows(match["rest"], said, context)
    day = windows[0].first
    if not windows[0].is_fixed or day.weekday() != w.WEEKDAYS[match["w"]]:
        name = next(word for word, number in w.WEEKDAYS.items() if number == day.weekday())
        raise CannotRead(f"{day.isoformat()} is a {name}, not a {match['w']}", "correct the day or the weekday")
    return windows


def _lasting(match: re.Match[str], said: Plain, context: Context) -> tuple[Window, ...]:
    windows = _windows(match["rest"], said, context)
    number = int(match["number"])
    is_days = match["days"] is not None
    if is_days is not (windows[0].at is None) or number < 1:
        raise CannotRead(f"{match[0]!r} says a length I cannot use", "days of a period, or minutes of a clock time")
    if is_days and any(number > window.period_days for window in windows):
        raise CannotRead(f"{number} days do not fit into {match['rest']!r}", "a longer period or fewer days")
    return tuple(replace(window, length=number) for window in windows)


def _clocked(rest: str, clock: Clock, said: Plain, context: Context) -> tuple[Window, ...]:
    windows = _windows(rest, said, context)
    if any(window.first != window.last or not window.is_fixed for window in windows):
        raise CannotRead(f"{rest!r} is not one day, so a clock time cannot be its start", "a day before the time")
    zone = zone_meant(clock.zone_words, context, windows[0].first, clock.at)
    return tuple(
        Window(window.first, window.last, zone, Precision.TIME, clock.at, clock.minutes, window.part)
        for window in windows
    )


def _loose(text: str, said: Plain, context: Context) -> Window:
    """Periods that are made of other readings: about a day, the week of a day, between two days."""
    about = _ABOUT.fullmatch(text)
    if about is not None:
        window = _windows(about["rest"], said, context)[0]
        is_day = window.is_fixed and window.first == window.last and window.at is None
        if not is_day:
            return replace(window, length=None) if window.at is None else window
        return Window(window.first - _ABOUT_DAYS, window.last + _ABOUT_DAYS, context.zone, Precision.ABOUT)
    week = _WEEK_OF.fullmatch(text)
    if week is not None:
        first = _windows(week["rest"], said, context)[0].first
        return Window(first, first + timedelta(days=6), context.zone, Precision.WEEK)
    between = _BETWEEN.fullmatch(text)
    if between is not None:
        ends = [_windows(between[name], said, context)[0] for name in "abcd" if between[name]]
        if not ends[0].first < ends[1].last:
            raise CannotRead(f"{text!r} ends before it starts", "write the earlier day first")
        return Window(ends[0].first, ends[1].last, context.zone, Precision.ABOUT)
    raise _NotADate(said)
