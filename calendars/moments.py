"""When an event of a foreign calendar takes place: days, or local times in a zone, and whatever is wrong with them."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from calendars.source import TIMES, Source, Trouble, text_of

Moment = date | datetime


def when(source: Source, component: Any, troubles: list[Trouble]) -> tuple[Moment | None, Moment | None, str]:
    if any(name in {trouble.name for trouble in troubles} for name in TIMES):
        return None, None, ""
    if "DTSTART" not in component:
        troubles.append(Trouble("DTSTART", "is missing", "the day or time it starts"))
        return None, None, ""
    start, zone = local(component["DTSTART"], source)
    end, _ = _end(component, start, zone, source, troubles)
    if isinstance(start, datetime) and _is_whole_day(component, start, end):
        start, zone = start.date(), ""
        end = end.date() if isinstance(end, datetime) else start + timedelta(days=1)
    if end is not None and end < start:
        troubles.append(Trouble("DTEND", f"{said(end)} is before the start, {said(start)}", "an end after it"))
        return start, None, zone
    if not isinstance(start, datetime):
        # Some programs write DTEND on the day itself, which is the day after by the letter: a day is meant.
        return start, start if end is None or end == start else end - timedelta(days=1), ""
    return start, end, zone


def said(moment: Moment) -> str:
    return moment.isoformat(" ", "minutes") if isinstance(moment, datetime) else moment.isoformat()


def _is_whole_day(component: Any, start: datetime, end: Moment | None) -> bool:
    is_marked = text_of(component, "X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    return is_marked and start.time() == time() and (not isinstance(end, datetime) or end.time() == time())


def _end(
    component: Any, start: Moment, zone: str, source: Source, troubles: list[Trouble]
) -> tuple[Moment | None, str]:
    if "DTEND" in component:
        end, its_zone = local(component["DTEND"], source)
        if isinstance(end, datetime) is not isinstance(start, datetime):
            troubles.append(Trouble("DTEND", "is a day and the start a time, or the other way round", "both alike"))
            return None, ""
        if isinstance(end, datetime) and its_zone != zone and zone and its_zone:
            end = end.replace(tzinfo=ZoneInfo(its_zone)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return end, its_zone
    if "DURATION" not in component:
        return None, ""
    length: timedelta = component["DURATION"].dt
    if length <= timedelta(0):
        troubles.append(Trouble("DURATION", f"{length} is not a length of time", "such as PT3H"))
        return None, ""
    try:
        return start + length, zone
    except OverflowError:
        troubles.append(Trouble("DURATION", f"{length} is too long", "such as PT3H"))
        return None, ""


def local(value: Any, source: Source) -> tuple[Moment, str]:
    """The time on the wall and its zone; UTC is shown by the clock of the calendar's zone, where it names one."""
    moment: Moment = value.dt
    if not isinstance(moment, datetime):
        return moment, ""
    named = value.params.get("TZID")
    wall = moment.replace(tzinfo=None)
    if named is None and moment.tzinfo is not None:
        zone = getattr(moment.tzinfo, "key", None) or "Etc/UTC"
        if zone not in {"UTC", "Etc/UTC"} or not source.usual_zone:
            return wall, "Etc/UTC" if zone == "UTC" else zone
        try:
            return moment.astimezone(ZoneInfo(source.usual_zone)).replace(tzinfo=None), source.usual_zone
        except OverflowError:
            return wall, "Etc/UTC"
    if named is None:
        return wall, source.usual_zone
    return wall, str(named)


__all__ = ["Moment", "local", "when"]
