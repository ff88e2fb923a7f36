"""Clock times behind a date: from when, how long, by which clock."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.domain.dates.context import CannotRead, Context
from planner.domain.dates.words import MONTH, YEAR, ZONES


@dataclass(frozen=True, slots=True)
class Clock:
    """A start, the minutes until the end if one is stated, and the words for the clock, '' for the place's own."""

    at: time
    minutes: int | None
    zone_words: str


_HALF = r"(?: ?(?P<{0}half>am|pm))?"


def _time(name: str) -> str:
    hour, minute = rf"(?P<{name}h>\d{{1,2}})", rf"(?P<{name}m>\d\d)"
    hours = rf"(?P<{name}k>\d{{1,2}}) ?ч(?:ас\w*)?(?: ?(?P<{name}n>\d{{1,2}}) ?мин\w*)?"
    halves = rf"(?P<{name}p>\d{{1,2}})(?= ?[ap]m)"
    return rf"(?:{hour}[:.]{minute}(?::00)?|{hours}|{halves}){_HALF.format(name)}"


_BEHIND = re.compile(
    rf"(?P<rest>.+?)(?P<between>,? (?:в|во|at|from|с) |, ?| ){_time('a')}"
    rf"(?:(?: ?- ?| до | по | to | until ){_time('b')})?(?: ?(?:ч|час\w*|h|hrs))?"
    r"(?: ?\(?(?P<zone>(?:мск|msk|utc|gmt)(?: ?[+-] ?\d{1,2}(?::\d\d)?)?"
    r"|по [а-я -]+ времени|[а-я]+ врем\w+|[a-z -]+ time)\)?)?"
)
_HAS_A_DAY = re.compile(rf"{MONTH}|{YEAR}")
_OFFSET = re.compile(r"(?:utc|gmt) ?(?P<sign>[+-]) ?(?P<hours>\d{1,2})(?::(?P<minutes>\d\d))?")
_LOCAL = re.compile(r"по местному времени|местн\w+ врем\w+|local time")


def split_clock(text: str) -> tuple[str, Clock] | None:
    """The text before a clock time, and that time; None when no time stands at the end."""
    match = _BEHIND.fullmatch(text)
    if match is None or not _HAS_A_DAY.search(match["rest"]):
        return None
    # 12.10 may be a day as well: a dot is a clock's only behind a comma or "at".
    is_dotted = match["ah"] is not None and match[0][match.end("ah")] == "."
    if is_dotted and match["between"] == " ":
        return None
    start = _read(match, "a")
    ends = _read(match, "b") if any(match[f"b{name}"] for name in "hkp") else None
    minutes = None if ends is None else (ends.hour - start.hour) * 60 + ends.minute - start.minute
    if minutes is not None and minutes <= 0:
        raise CannotRead(f"{text!r} ends at {ends:%H:%M}, not after it starts", "write an end on another day as a day")
    return match["rest"], Clock(start, minutes, match["zone"] or "")


def _read(match: re.Match[str], name: str) -> time:
    hour = int(match[f"{name}h"] or match[f"{name}k"] or match[f"{name}p"])
    minute = int(match[f"{name}m"] or match[f"{name}n"] or 0)
    half = match[f"{name}half"]
    if half and not 1 <= hour <= 12:
        raise CannotRead(f"{match[0]!r} has no such hour", "1 to 12 before am or pm")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise CannotRead(f"{match[0]!r} has no such time", "00:00 to 23:59") from error


def zone_meant(words: str, context: Context, day: date, at: time) -> str:
    """The IANA zone these words mean on that day; the context's when they say nothing else."""
    if not words or _LOCAL.fullmatch(words):
        return context.zone
    if words in ZONES:
        return ZONES[words]
    offset = _OFFSET.fullmatch(words)
    if offset is not None:
        return _of_offset(offset, context, day, at)
    for word in re.findall(r"[^\W\d_]{4,}", words):
        for name, zone in context.zone_names:
            # "по душанбинскому времени", "Dushanbe time": an adjective shares its beginning with the city's name.
            if word[: max(4, len(name) - 2)] == name[: max(4, len(name) - 2)]:
                return zone
    raise CannotRead(f"{words!r} is not a clock I know", "name a capital, or the offset as UTC+5")


def _of_offset(match: re.Match[str], context: Context, day: date, at: time) -> str:
    minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
    minutes = -minutes if match["sign"] == "-" else minutes
    for zone in (context.zone, *(zone for _, zone in context.zone_names)):
        local = datetime.combine(day, at, ZoneInfo(zone))
        if local.utcoffset() == timedelta(minutes=minutes):
            return zone
    if minutes % 60 or not -12 <= minutes // 60 <= 14:
        raise CannotRead(f"{match[0]!r} is the offset of no zone I know", "name a capital")
    # The names of these zones count westward (tz database, file `etcetera`).
    return f"Etc/GMT{-minutes // 60:+d}" if minutes else "Etc/UTC"
