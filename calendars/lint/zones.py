"""The zones of a calendar: named, used, and right on the days of its entries."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from calendars.lint.outline import Component
from calendars.lint.rules import Flaw
from calendars.lint.values import offset_of, time_of

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BY_DAY = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)")
_TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE", "DUE")


def judge_zones(calendar: Component) -> Iterator[Flaw]:
    """Flaws of the VTIMEZONEs, and of how the entries name them."""
    zones = {each.value("TZID"): each for each in calendar.walk("VTIMEZONE")}
    used = _used(calendar)
    for tzid in sorted(used.keys() - zones.keys()):
        number, uid = min((number, uid) for _, number, uid in used[tzid])
        yield Flaw("zone-missing", number, tzid, uid)
    for tzid, zone in sorted(zones.items()):
        if tzid not in used:
            yield Flaw("zone-unused", zone.number, tzid)
        yield from _rdates(zone)
        yield from _offsets(zone, tzid, [local for local, _, _ in used.get(tzid, ()) if local is not None])


def _used(calendar: Component) -> dict[str, list[tuple[datetime | None, int, str]]]:
    """By TZID the local times of entries that name it, each with line and UID."""
    found: dict[str, list[tuple[datetime | None, int, str]]] = {}
    for entry in calendar.inside:
        if entry.name != "VTIMEZONE":
            for line in entry.lines:
                tzid = line.parameter("TZID") if line.name in _TIMES else ""
                if tzid:
                    said = time_of(line.value.strip().split(",")[0])
                    found.setdefault(tzid, []).append((said, line.number, entry.value("UID")))
    return found


def _rdates(zone: Component) -> Iterator[Flaw]:
    for observance in zone.inside:
        for line in observance.all("RDATE"):
            yield Flaw("zone-rdate", line.number, zone.value("TZID"))


def _offsets(zone: Component, tzid: str, locals_: list[datetime]) -> Iterator[Flaw]:
    """That the zone can be read, and at the times of the entries gives the offset that tzdata knows."""
    onsets = sorted(onset for each in zone.inside for onset in _onsets(each, locals_))
    broken = [each for each in zone.inside if not _is_whole(each)]
    if broken or not zone.inside:
        yield Flaw("zone-broken", broken[0].number if broken else zone.number, tzid)
        return
    rules = _known(tzid)
    if rules is None:
        return
    for local in sorted(set(locals_)):
        said = max((onset for onset in onsets if onset[0] <= local), default=onsets[0] if onsets else None)
        right = {local.replace(tzinfo=rules, fold=fold).utcoffset() for fold in (0, 1)}
        if said is not None and said[1] not in right:
            yield Flaw("zone-wrong", said[2], f"{tzid} at {local:%Y-%m-%d %H:%M}: {_hours(said[1])}")
            return


def _known(tzid: str) -> ZoneInfo | None:
    """The zone of that name in tzdata, or None: many programs name zones as they like."""
    try:
        return ZoneInfo(tzid)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _hours(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _is_whole(observance: Component) -> bool:
    return (
        time_of(observance.value("DTSTART")) is not None
        and offset_of(observance.value("TZOFFSETFROM")) is not None
        and offset_of(observance.value("TZOFFSETTO")) is not None
    )


def _onsets(observance: Component, locals_: list[datetime]) -> Iterator[tuple[datetime, timedelta, int]]:
    """(local time from which it holds, its offset, its line); a yearly rule up to the last entry."""
    starts, offset = time_of(observance.value("DTSTART")), offset_of(observance.value("TZOFFSETTO"))
    if starts is None or offset is None:
        return
    starts = starts.replace(tzinfo=None)
    yield starts, offset, observance.number
    for line in observance.all("RDATE"):
        for value in line.value.split(","):
            if (moment := time_of(value.strip())) is not None:
                yield moment.replace(tzinfo=None), offset, observance.number
    for line in observance.all("RRULE"):
        last = max((local.year for local in locals_), default=starts.year)
        for onset in _yearly(line.value, starts, last):
            yield onset, offset, observance.number


def _yearly(rule: str, starts: datetime, last_year: int) -> Iterator[datetime]:
    """The onsets of a rule by month and weekday, year by year; any other rule gives none."""
    said = {key.upper(): value for key, _, value in (part.partition("=") for part in rule.split(";"))}
    try:
        month, day = int(said["BYMONTH"]), _BY_DAY.fullmatch(said["BYDAY"].upper())
    except (KeyError, ValueError):
        return
    until = time_of(said.get("UNTIL", ""))
    if day is None or not 1 <= month <= 12:
        return
    for year in range(starts.year, min(last_year, starts.year + 300) + 1):
        onset = _weekday_of(year, month, int(day[1]), _WEEKDAYS.index(day[2]), starts)
        if until is not None and onset.date() > until.date():
            return
        yield onset


def _weekday_of(year: int, month: int, number: int, wanted: int, starts: datetime) -> datetime:
    """The second Sunday of a month, or with -1 its last, at the hour of the first onset."""
    if number > 0:
        first = starts.replace(year=year, month=month, day=1)
        return first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * (number - 1))
    following = starts.replace(year=year + month // 12, month=month % 12 + 1, day=1)
    last = following - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - wanted) % 7 + 7 * (-number - 1))
