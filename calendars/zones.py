"""VTIMEZONE built from zoneinfo, with one observance for each change and never an RDATE.

RDATE in a VTIMEZONE leaves Outlook on the web an hour off or empty, and `add_missing_timezones()` of icalendar makes
several clients show Moscow an hour early; so the component is our own.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from calendars.content import line

UTC_NAMES = frozenset({"UTC", "Etc/UTC"})
"""Zones that are written with a Z instead of a TZID."""
_HOUR = timedelta(hours=1)


@lru_cache(maxsize=512)
def vtimezone(zone: str, first_year: int, last_year: int) -> bytes:
    """The component of one IANA zone, right from the first day of one year to the last of another (RFC 5545, 3.6.5).

    Raises ZoneInfoNotFoundError for a zone that tzdata does not know.
    """
    rules = ZoneInfo(zone)
    begins = datetime(first_year, 1, 1, tzinfo=rules)
    parts = [_observance(begins.replace(tzinfo=None), _offset(begins), begins)]
    for change in _changes(rules, first_year, last_year):
        before = _offset((change - _HOUR).astimezone(rules))
        # DTSTART is the local time at which the change happens by the clock that ends then (TZOFFSETFROM).
        onset = (change + before).replace(tzinfo=None)
        parts.append(_observance(onset, before, change.astimezone(rules)))
    return b"".join((b"BEGIN:VTIMEZONE\r\n", line("TZID", zone), *parts, b"END:VTIMEZONE\r\n"))


def _observance(onset: datetime, offset_before: timedelta, after: datetime) -> bytes:
    name = "DAYLIGHT" if after.dst() else "STANDARD"
    return b"".join(
        (
            line("BEGIN", name),
            line("DTSTART", f"{onset:%Y%m%dT%H%M%S}"),
            line("TZOFFSETFROM", _written(offset_before)),
            line("TZOFFSETTO", _written(_offset(after))),
            line("TZNAME", after.tzname() or _written(_offset(after))),
            line("END", name),
        )
    )


def _written(offset: timedelta) -> str:
    """UTC-OFFSET: +0300, -0430, +013015 (RFC 5545, 3.3.14)."""
    seconds = int(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    tail = f"{rest % 60:02}" if rest % 60 else ""
    return f"{'-' if seconds < 0 else '+'}{hours:02}{rest // 60:02}{tail}"


def _offset(instant: datetime) -> timedelta:
    offset = instant.utcoffset()
    assert offset is not None
    return offset


def _changes(rules: ZoneInfo, first_year: int, last_year: int) -> list[datetime]:
    """The instants (UTC) at which the offset changes within these years, in order."""
    found = []
    at, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while at < end:
        following = at + timedelta(days=1)
        if _offset(at.astimezone(rules)) != _offset(following.astimezone(rules)):
            found.append(_change_between(at, following, rules))
        at = following
    return found


def _change_between(low: datetime, high: datetime, rules: ZoneInfo) -> datetime:
    """The first instant, to the second, of the new offset."""
    before = _offset(low.astimezone(rules))
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (middle, high) if _offset(middle.astimezone(rules)) == before else (low, middle)
    return high
