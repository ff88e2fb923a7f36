"""Zones are right for another reader: each observance is applied by hand, as RFC 5545, 3.6.5 says."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from calendars import zones


def vtimezone(zone: str, first_year: int, last_year: int) -> Any:
    """The component as icalendar reads it."""
    return icalendar.Timezone.from_ical(zones.vtimezone(zone, first_year, last_year))


ZONES = (
    "Europe/Moscow", "Europe/Minsk", "Europe/Volgograd", "Asia/Yerevan", "Asia/Almaty", "Asia/Bishkek",
    "Asia/Dushanbe", "Europe/Vienna", "America/New_York", "Europe/Chisinau", "Asia/Tehran",
)  # fmt: skip


def offset_at(component: Any, local: datetime) -> timedelta:
    """The offset of the last observance whose onset is not after the local time."""
    onsets = [(each["dtstart"].dt, each["tzoffsetto"].td) for each in component.subcomponents]
    found: timedelta = max(onset for onset in onsets if onset[0] <= local)[1]
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_offsets_are_those_of_the_zone_on_every_day(zone: str) -> None:
    component = vtimezone(zone, 2019, 2026)

    wrong = []
    for day in range(0, 7 * 365, 3):
        instant = datetime(2019, 1, 1, 9, tzinfo=UTC) + timedelta(days=day)
        local = instant.astimezone(ZoneInfo(zone))
        if offset_at(component, local.replace(tzinfo=None)) != local.utcoffset():
            wrong.append(local)
    assert wrong == []


def test_change_of_almaty_stands_in_local_time_of_the_offset_before() -> None:
    component = vtimezone("Asia/Almaty", 2023, 2024)

    [_, change] = component.subcomponents
    assert change["dtstart"].dt == datetime(2024, 3, 1, 0, 0)
    assert (change["tzoffsetfrom"].td, change["tzoffsetto"].td) == (timedelta(hours=6), timedelta(hours=5))


def test_zone_has_no_rdate_and_one_observance_for_each_change() -> None:
    vienna = vtimezone("Europe/Vienna", 2020, 2021)

    assert [each.name for each in vienna.subcomponents] == ["STANDARD", "DAYLIGHT", "STANDARD", "DAYLIGHT", "STANDARD"]
    assert not [each for each in vienna.subcomponents if "rdate" in each or "rrule" in each]
