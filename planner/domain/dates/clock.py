"""Clock times beside a date: from when, how long, by which clock. One that a clock skips or shows twice is refused."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.domain.dates.context import CannotRead, Context
from planner.domain.dates.words import MONTH, WEEKDAY, YEAR, ZONES
from planner.domain.window import Precision, Window

_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Clock:
    """A start and an end as minutes of the day (None when no end is stated), and the words for the clock, or ''."""

    starts: int
    ends: int | None
    zone_words: str


def _time(name: str) -> str:
    hour, minute = rf"(?P<{name}h>\d{{1,2}})", rf"(?P<{name}m>\d\d)"
    hours = rf"(?P<{name}k>\d{{1,2}}) ?ч(?:ас\w*)?(?: ?(?P<{name}n>\d{{1,2}}) ?м(?:ин\w*)?)?"
    french = rf"(?P<{name}f>\d{{1,2}})h(?P<{name}g>\d\d)"
    military = rf"(?P<{name}t>\d\d)(?P<{name}u>\d\d)(?= ?(?:- ?\d{{4}} ?)?(?:hrs|hours|h\b))"
    halves = rf"(?P<{name}p>\d{{1,2}})(?= ?[ap]m| ?- ?\d{{1,2}} ?[ap]m)"
    noon = rf"(?P<{name}noon>noon|midday|полдень)"
    said = rf"(?: ?(?P<{name}half>am|pm|утра|дня|вечера))?"
    return (
        rf"(?:{hour}(?:[:.]|-(?!\d+ ?[ap]m)){minute}(?::\d\d)?(?!\d)|{hours}|{french}|{military}|{halves}|{noon}){said}"
    )


_LASTING = rf"{_time('a')}(?:(?: ?- ?| до | по | to | until | till ){_time('b')})?(?: ?(?:ч|час\w*|h|hrs|hours))?"
_ZONE = (
    r"(?:,? ?\(?(?P<zone>(?:мск|msk|utc|gmt|z)(?: ?[+-] ?\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d|по [а-я -]+ времени"
    r"|(?:по )?времени [а-я-]+|время [а-я-]+|[а-я-]+ врем\w+|[a-z -]+ time|[a-z]+/[a-z_]+|[a-z]{3,4})\)?)?"
)
_BETWEEN = r",? (?:в|во|at|from|с|к) |,? (?:начало|начало в|start at|starting at|begins at|start) |, ?|(?<=\d)t(?=\d)| "
_BEHIND = re.compile(rf"(?P<rest>.+?)(?P<between>{_BETWEEN})\(?{_LASTING}\)?{_ZONE}")
_BEFORE = re.compile(rf"(?P<between>(?:в |во |at |from |с |начало в )?){_LASTING}{_ZONE},? (?:on )?(?P<rest>.+)")
_ALONE = re.compile(rf"(?:в |во |at |from |с |начало в )?{_LASTING}{_ZONE}")
_HAS_A_DAY = re.compile(rf"{MONTH}|{YEAR}|{WEEKDAY}|\d\d?[./]\d")
_OFFSET = re.compile(r"(?:utc|gmt)? ?(?P<sign>[+-]) ?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?")
_LOCAL = re.compile(r"(?:по )?местн\w+ врем\w+|время местное|local time")


def split_clock(text: str) -> tuple[str, Clock] | None:
    """The text beside a clock time, and that time; None when no time stands at an end of it."""
    for pattern in (_BEHIND, _BEFORE):
        match = pattern.fullmatch(text)
        if match is not None and _HAS_A_DAY.search(match["rest"]) and not _may_be_a_day(match):
            start = _minutes(match, "a")
            ends = _minutes(match, "b") if any(match[f"b{name}"] for name in _FORMS) else None
            return match["rest"], Clock(start, ends, match["zone"] or "")
    return None


_FORMS = ("h", "k", "f", "t", "p", "noon")


def _may_be_a_day(match: re.Match[str]) -> bool:
    """12.10 and 12-10 may be days as well: a dot or a dash is a clock's only behind a comma, "at" or "с"."""
    if match["ah"] is None or match["between"].strip():
        return False
    return match[0][match.end("ah") - match.start()] in ".-" and ":" not in match[0]


def is_clock_alone(text: str) -> bool:
    """True for a time of day that no day stands beside."""
    return _ALONE.fullmatch(text) is not None


def _minutes(match: re.Match[str], name: str) -> int:
    """The minute of the day that a time means; 24:00 is its end."""
    if match[f"{name}noon"]:
        return 12 * 60
    hour = int(next(match[name + form] for form in _FORMS if match[name + form]))
    minute = int(next((match[name + form] for form in "mngu" if match[name + form]), 0))
    half = match[f"{name}half"] or (match["bhalf"] if match[f"{name}p"] else None)
    if half and half[0] in "ap" and not 1 <= hour <= 12:
        raise CannotRead(f"{match[0]!r} has no such hour", "1 to 12 before am or pm", part=match[0])
    if half in {"am", "pm"}:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif half in {"дня", "вечера"} and hour < 12:
        hour += 12
    if (hour, minute) == (24, 0) and name == "b":
        return _MIDNIGHT
    if hour > 23 or minute > 59:
        raise CannotRead(f"{match[0]!r} has no such time", "00:00 to 23:59", part=match[0])
    return hour * 60 + minute


def with_clock(window: Window, clock: Clock, context: Context) -> Window:
    """The window of one day with that time in it: its length is what passes between start and end."""
    day, at = window.first, time(*divmod(clock.starts, 60))
    zone = zone_meant(clock.zone_words, context, day, at)
    starts = _instant(day, clock.starts, zone)
    length = None
    if clock.ends is not None:
        if clock.ends <= clock.starts:
            why = f"it ends at {clock.ends // 60:02}:{clock.ends % 60:02}, not after it starts"
            raise CannotRead(why, "write an end on another day as a day")
        length = (_instant(day, clock.ends, zone) - starts) // timedelta(minutes=1)
        if length < 1:
            raise CannotRead("it ends before it starts: clocks go back between the two", "write the offset, as (UTC+1)")
    return Window(day, day, zone, Precision.TIME, at, length, window.part)


def _instant(day: date, minutes: int, zone: str) -> datetime:
    """The instant at which that clock shows that time. Raises CannotRead where it never does, or does so twice."""
    days, rest = divmod(minutes, _MIDNIGHT)
    local = datetime.combine(day + timedelta(days=days), time(*divmod(rest, 60)), ZoneInfo(zone))
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    assert before is not None
    assert after is not None
    if before < after:
        why = f"{local:%H:%M} does not exist on {day.isoformat()} in {zone}: clocks go forward"
        raise CannotRead(why, "write a time before or after the change")
    if before > after:
        why = f"{local:%H:%M} comes twice on {day.isoformat()} in {zone}: clocks go back"
        raise CannotRead(why, f"write the offset: {_as_utc(before)} or {_as_utc(after)}")
    return local - before


def what_no_clock_shows(local: datetime, zone: str) -> tuple[str, str] | None:
    """Why that time is none by the clock of the zone, and what to do; None where it comes once, as most times do."""
    try:
        _instant(local.date(), local.hour * 60 + local.minute, zone)
    except CannotRead as error:
        return error.why, error.remedy
    return None


def _as_utc(offset: timedelta) -> str:
    minutes = offset // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"(UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''})"


def zone_meant(words: str, context: Context, day: date, at: time) -> str:
    """The IANA zone these words mean on that day; the context's when they say nothing else."""
    if not words or _LOCAL.fullmatch(words):
        return context.zone
    if words in ZONES:
        return ZONES[words]
    offset = _OFFSET.fullmatch(words)
    if offset is not None:
        return _of_offset(offset, context, day, at)
    if "/" in words:
        return _named(words)
    for word in re.findall(r"[^\W\d_]{4,}", words):
        for name, zone in context.zone_names:
            # "по душанбинскому времени", "Dushanbe time": an adjective shares its beginning with the city's name.
            if word[: max(4, len(name) - 2)] == name[: max(4, len(name) - 2)]:
                return zone
    raise CannotRead(f"{words!r} is not a clock I know", "name a capital, or the offset as UTC+5", part=words)


def _named(words: str) -> str:
    """A name of the tz database, in its own spelling: `america/new_york` is America/New_York."""
    name = words.title()
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CannotRead(f"{words!r} is not a zone I know", "a name such as Europe/Minsk", part=words) from error
    return name


def _of_offset(match: re.Match[str], context: Context, day: date, at: time) -> str:
    minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
    minutes = -minutes if match["sign"] == "-" else minutes
    for zone in (context.zone, *(zone for _, zone in context.zone_names)):
        local = datetime.combine(day, at, ZoneInfo(zone))
        # Where clocks change, the offset chooses one of two times that the zone alone cannot tell apart.
        if local.utcoffset() == local.replace(fold=1).utcoffset() == timedelta(minutes=minutes):
            return zone
    if minutes % 60 or not -12 <= minutes // 60 <= 14:
        raise CannotRead(f"{match[0]!r} is the offset of no zone I know", "name a capital", part=match[0])
    # The names of these zones count westward (tz database, file `etcetera`).
    return f"Etc/GMT{-minutes // 60:+d}" if minutes else "Etc/UTC"
