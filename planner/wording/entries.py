"""Events in the words of a calendar: short titles, notes on moves and cancellations, the day in every capital."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from planner.domain.entries import Family, PartySort, Standing
from planner.domain.event import MEMBERS, Attendance, Booking, BookingSort, Event, Role, Status
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.domain.window import Mode, Window
from planner.wording.changes import name_of, say_place, title_of
from planner.wording.dates import short_period, write_day, write_when, write_window

Moved = tuple[tuple[Window, ...], datetime | None]
"""The days an event was moved from, and when that was written; () and None for one that never moved."""

LONGEST_SHORT = 28
BY_VIDEO = ("By video", "По видеосвязи")
_ADDRESS = re.compile(r"https://[A-Za-z0-9._~:/?#@!$&'()*+,;=%\[\]-]*[A-Za-z0-9/=_~#%-]", re.ASCII)
"""A web address as RFC 3986 writes it, without the mark that ends the sentence around it."""
_QUOTED = re.compile(r"«(?P<name>[^«»]{3,})»(?:,? (?P<stage>(?:этап|stage) \d+))?")


def short_title(event: Event, register: Register, language: str) -> str:
    """A title for phones: from the list, else the name in «…», else the body's short name, else the title."""
    said = dict(event.shorts).get(language)
    if said:
        return said
    title = title_of(event, language)
    quoted = _QUOTED.search(title)
    if quoted is not None and len(quoted["name"]) <= LONGEST_SHORT:
        return ", ".join(part for part in (quoted["name"], quoted["stage"]) if part)
    return _meeting_of_bodies(event, register, language) or title


def _meeting_of_bodies(event: Event, register: Register, language: str) -> str:
    kind = register.kind(event.kind)
    words = (
        {
            Family.COUNCIL_SESSION: ("session", "сессия"),
            Family.STATUTORY_MEETING: ("meeting", "заседание"),
        }.get(kind.family)
        if kind is not None
        else None
    )
    bodies = [register.body(code) for code in event.bodies]
    shorts = [text_in(language, body.shorts) for body in bodies if body is not None]
    if words is None or not shorts or not all(shorts):
        return ""
    return f"{', '.join(shorts)}: {words[1]}" if language == "ru" else f"{', '.join(shorts)} {words[0]}"


def marked_title(event: Event, window: Window, register: Register, language: str) -> str:
    """The short title; what stands on no exact day has its period before it, for phones cut the end."""
    short = short_title(event, register, language)
    if event.when.mode is Mode.DEADLINE:
        by = "до" if language == "ru" else "by"
        return f"{by} {write_day(window.last, language)}: {short}"
    if is_exact(event, window):
        return short
    return f"≈ {short_period(window, language)}: {short}"


def is_exact(event: Event, window: Window) -> bool:
    """True for a fixed day or time that is the event's own, or was until it was postponed."""
    return window.is_fixed and event.when.mode in {Mode.DATED, Mode.UNDATED}


def prefix(what: str, language: str) -> str:
    """How the title of a moved, postponed or cancelled event begins."""
    words = {
        "moved": ("Moved: ", "Перенесено: "),
        "postponed": ("Postponed: ", "Отложено: "),
        "cancelled": ("Cancelled: ", "Отменено: "),
        "undated": ("No date yet: ", "Сроки уточняются: "),
    }[what]
    return pick(words, language)


def pick(both: tuple[str, str], language: str) -> str:
    """The Russian of English and Russian, or the English."""
    return both[1] if language == "ru" else both[0]


def busy_title(event: Event, register: Register, language: str) -> str:
    """Whose time is taken, and nothing of what for: "Busy: Armenia, Belarus"."""
    names = [name_of(register, "party", each.code, language) for each in _taking_part(event)]
    return f"{pick(('Busy', 'Занято'), language)}: {', '.join(names)}" if names else pick(("Busy", "Занято"), language)


def conference_of(event: Event) -> str:
    """The web address at which a meeting by video takes place, where its remarks name one; else ''."""
    if event.mode is Attendance.IN_PERSON:
        return ""
    found = (_ADDRESS.search(text) for _, text in event.remarks)
    return next((address[0] for address in found if address), "")


def describe(event: Event, window: Window, register: Register, language: str, moved: Moved) -> str:
    """What a calendar shows when the entry is opened: a line for each thing, internal remarks never."""
    lines = [
        time_in_capitals(event, window, register, language),
        title_of(event, language),
        _not_exact(event, window, language),
        _moved(event, language, moved),
        say_place(event, register, language),
        _participants(event, register, language),
        _labelled(("Forces", "Силы"), _forces(event, register, language), language),
        _labelled(("People", "Численность"), "" if event.people is None else str(event.people), language),
        _labelled(("Responsible", "Исполнители"), event.responsible, language),
        _labelled(("Decision", "Решение"), _decision(event, register, language), language),
        dict(event.remarks).get(language, ""),
        event.ref,
    ]
    return "\n".join(line for line in lines if line)


def _labelled(label: tuple[str, str], text: str, language: str) -> str:
    return f"{pick(label, language)}: {text}" if text else ""


def _not_exact(event: Event, window: Window, language: str) -> str:
    """The period, deadline or lack of any date in words; '' where the entry's own days say it all."""
    had_its_day = not event.when.windows and event.status in {Status.POSTPONED, Status.CANCELLED}
    if is_exact(event, window) and (event.when.windows or had_its_day):
        return ""
    written = write_when(event.when, language)
    if event.when.mode is not Mode.DATED:
        return written[0].upper() + written[1:]
    return f"Срок: {written}, день не назначен" if language == "ru" else f"When: {written}, no day fixed yet"


def _moved(event: Event, language: str, moved: Moved) -> str:
    """From when it was moved, and on which day that was written, if the planner was told of it."""
    former, at = moved
    if not former:
        return ""
    was = "; ".join(write_window(window, language) for window in former)
    on = "" if at is None else f", {write_day(at.date(), language)} {at.year}"
    if not event.when.windows:
        return f"Прежний срок: {was}{on}" if language == "ru" else f"Formerly {was}; postponed{on}"
    return f"Перенесено с: {was}{on}" if language == "ru" else f"Moved from {was}{on}"


def _participants(event: Event, register: Register, language: str) -> str:
    observing = [each for each in event.booked(BookingSort.PARTY) if each.role is Role.OBSERVER]
    names = [name_of(register, "party", each.code, language) for each in _taking_part(event)]
    observers = [name_of(register, "party", each.code, language) for each in observing]
    said = _labelled(("Participants", "Участники"), ", ".join(names), language)
    watching = _labelled(("observers", "наблюдатели"), ", ".join(observers), language)
    return "; ".join(part for part in (said, watching) if part)


def _taking_part(event: Event) -> list[Booking]:
    return [each for each in event.booked(BookingSort.PARTY) if each.role is not Role.OBSERVER]


def _forces(event: Event, register: Register, language: str) -> str:
    return ", ".join(name_of(register, "force", each.code, language) for each in event.booked(BookingSort.FORCE))


def _decision(event: Event, register: Register, language: str) -> str:
    if not event.decision:
        return ""
    item = f", {'п.' if language == 'ru' else 'item'} {event.item}" if event.item else ""
    return name_of(register, "decision", event.decision, language) + item


def time_in_capitals(event: Event, window: Window, register: Register, language: str) -> str:
    """The start in each participating capital: "10:00 Moscow, Minsk · 11:00 Yerevan"; '' without a clock time."""
    if window.at is None or not window.is_fixed:
        return ""
    start = datetime.combine(window.first, window.at, ZoneInfo(window.zone))
    capitals: dict[tuple[timedelta, str], list[str]] = {}
    for zone, capital in _capitals(event, register, language):
        local = start.astimezone(ZoneInfo(zone))
        offset = local.utcoffset()
        assert offset is not None
        day = "" if local.date() == window.first else f" ({write_day(local.date(), language)})"
        names = capitals.setdefault((offset, f"{local:%H:%M}{day}"), [])
        if capital not in names:
            names.append(capital)
    return " · ".join(f"{at} {', '.join(names)}" for (_, at), names in sorted(capitals.items()))


def _capitals(event: Event, register: Register, language: str) -> list[tuple[str, str]]:
    codes = [booking.code for booking in event.booked(BookingSort.PARTY)]
    if MEMBERS in codes:
        codes += [party.code for party in register.parties if party.standing is Standing.MEMBER]
    parties = (register.party(code) for code in (event.host, *codes))
    return [
        (party.zone, text_in(language, party.capital))
        for party in parties
        if party is not None and party.party_sort is PartySort.STATE and party.zone and party.capital
    ]
