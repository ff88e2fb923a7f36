"""Clock times in the places where they are read."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from planner.domain.overlap import Overlap
from planner.wording.dates import write_day


@cache
def city_of(zone: str, language: str) -> str:
    """The city a zone is named after, in that language: "Москва"; the zone itself where nobody has named it."""
    try:
        return get_timezone_location(zone, locale=language, return_city=True)
    except LookupError:
        return zone.rpartition("/")[2].replace("_", " ")


def say_overlap(overlap: Overlap, language: str) -> str:
    """The time both are under way, by the clock of each place: "10:00–11:00 Moscow · 12:00–13:00 Dushanbe".

    Places whose clocks agree stand together; a day is named where it is not the same for all.
    """
    said: dict[str, list[str]] = {}
    firsts = {overlap.start.astimezone(ZoneInfo(zone)).date() for zone in overlap.zones}
    for zone in sorted(overlap.zones, key=lambda zone: (_offset(overlap.start, zone), zone)):
        start, end = (each.astimezone(ZoneInfo(zone)) for each in (overlap.start, overlap.end))
        times = _stretch(start, end, language, names_day=len(firsts) > 1)
        said.setdefault(times, []).append(city_of(zone, language))
    return " · ".join(f"{times} {', '.join(cities)}" for times, cities in said.items())


def _offset(instant: datetime, zone: str) -> float:
    offset = instant.astimezone(ZoneInfo(zone)).utcoffset()
    return offset.total_seconds() if offset is not None else 0.0


def _stretch(start: datetime, end: datetime, language: str, *, names_day: bool) -> str:
    if start.date() == end.date() and not names_day:
        return f"{start:%H:%M}–{end:%H:%M}"
    first = f"{write_day(start.date(), language)}, {start:%H:%M}"
    if start.date() == end.date():
        return f"{first}–{end:%H:%M}"
    return f"{first} – {write_day(end.date(), language)}, {end:%H:%M}"
