"""VTIMEZONE built from zoneinfo, with one observance for each change and never an RDATE.

RDATE in a VTIMEZONE leaves Outlook on the web an hour off or empty, and `add_missing_timezones()` of icalendar makes
several clients show Moscow an hour early; so the component is our own.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_HOUR = timedelta(hours=1)


def vtimezone(zone: str, first_year: int, last_year: int) -> Timezone:
    """The component of one IANA zone, right from the first day of one year to the last of another (RFC 5545, 3.6.5)."""
    rules = ZoneInfo(zone)
    component = Timezone()
    component.add("tzid", zone)
    begins = datetime(first_year, 1, 1, tzinfo=rules)
    offset = _offset(begins)
    component.add_component(_observance(begins.replace(tzinfo=None), offset, begins))
    for change in _changes(rules, first_year, last_year):
        before = _offset((change - _HOUR).astimezone(rules))
        # DTSTART is the local time at which the change happens by the clock that ends then (TZOFFSETFROM).
        onset = (change + before).replace(tzinfo=None)
        component.add_component(_observance(onset, before, change.astimezone(rules)))
    return component


def _observance(onset: datetime, offset_before: timedelta, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    is_summer = bool(after.dst())
    component = TimezoneDaylight() if is_summer else TimezoneStandard()
    component.add("dtstart", onset)
    component.add("tzoffsetfrom", offset_before)
    component.add("tzoffsetto", _offset(after))
    component.add("tzname", after.tzname() or "")
    return component


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
