"""Values of dates, times and spans, read as strictly as RFC 5545 writes them; None where one is not right."""

import re
from datetime import UTC, date, datetime, timedelta

from calendars.content import Line

_DURATION = re.compile(
    r"(?P<sign>[+-]?)P(?:(?P<weeks>\d{1,5})W|(?:(?P<days>\d{1,5})D)?(?:T(?:(?P<hours>\d{1,6})H)?"
    r"(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,7})S)?)?)"
)
_DATE_TIME = re.compile(r"\d{8}T\d{6}Z?")
_DATE = re.compile(r"\d{8}")


def day_of(value: str) -> date | None:
    """A DATE: 20200509."""
    if not _DATE.fullmatch(value):
        return None
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return None


def time_of(value: str) -> datetime | None:
    """A DATE-TIME: with a Z in UTC, else without a zone."""
    if not _DATE_TIME.fullmatch(value):
        return None
    try:
        found = datetime.fromisoformat(value[:15])
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if value.endswith("Z") else found


def moment_of(line: Line) -> date | datetime | None:
    """What DTSTART or DTEND says; a value with a zone named by TZID is still without one."""
    value = line.value.strip()
    return day_of(value) if line.parameter("VALUE").upper() == "DATE" else time_of(value)


def duration_of(value: str) -> timedelta | None:
    """A DURATION: PT1H, P1D, -P2W."""
    found = _DURATION.fullmatch(value)
    if found is None or not any(found[unit] for unit in ("weeks", "days", "hours", "minutes", "seconds")):
        return None
    said = {unit: int(number) for unit, number in found.groupdict().items() if unit != "sign" and number}
    length = timedelta(**said)
    return -length if found["sign"] == "-" else length


def offset_of(value: str) -> timedelta | None:
    """A UTC-OFFSET: +0300, -043000."""
    found = re.fullmatch(r"([+-])(\d{2})([0-5]\d)([0-5]\d)?", value)
    if found is None:
        return None
    length = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -length if found[1] == "-" else length
