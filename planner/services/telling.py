"""Events as an approved table tells them, in one language: the cells of an exported document (pure)."""

import re
from collections.abc import Mapping

from planner.domain.event import MEMBERS, Attendance, Booking, BookingSort, Event, Role, Status
from planner.domain.origin import Origin
from planner.domain.register import Register
from planner.domain.texts import fold, text_in
from planner.domain.window import Mode, When
from planner.readers.row import spoken_in
from planner.wording.changes import say_status
from planner.wording.dates import write_when

_ROLES: Mapping[Role, tuple[str, str]] = {
    Role.CHAIR: ("chair", "председатель"),
    Role.HOST: ("host", "принимающая сторона"),
    Role.OPTIONAL: ("optional", "по желанию"),
    Role.OBSERVER: ("observer", "наблюдатель"),
}
_OVER = frozenset({Status.CANCELLED, Status.POSTPONED})


def columns_told(language: str) -> tuple[str, ...]:
    """The columns of the table, left to right; in the first a row has its number and keeps its reference."""
    return "ref", f"title_{language}", "date_text", "venue", "responsible", "participants", f"remarks_{language}"


def told(event: Event, register: Register, origin: Origin, former: Event | None = None) -> Mapping[str, str]:
    """The cells of one event but for the first; where its date differs from that of `former`, both are given."""
    language = origin.language
    cells = (
        text_in(language, event.titles, event.shorts),
        _dates(event, origin, former),
        _places(event, register, language),
        event.responsible,
        ", ".join(_participant(each, register, language) for each in event.booked(BookingSort.PARTY)),
        text_in(language, event.remarks),
    )
    return dict(zip(columns_told(language)[1:], cells, strict=True))


def _dates(event: Event, origin: Origin, former: Event | None) -> str:
    """The date, and below it in brackets that it was called off, and the date it had before."""
    text = _date(event.when, origin)
    notes = []
    if event.status in _OVER and event.when.windows:
        notes.append(say_status(event.status, origin.language))
    before = _former(event.when, former, origin)
    if before and before not in text:
        notes.append(f"{'ранее' if origin.language == 'ru' else 'formerly'} {before}")
    return "\n".join([text, *(f"({note})" for note in notes)])


def _former(when: When, former: Event | None, origin: Origin) -> str:
    """The date an event had when the marked changes begin, else the one its source says it had; '' for none."""
    if former is not None and former.when.windows and former.when != when:
        return _date(former.when, origin)
    if not when.former_windows or when.former in when.words:
        return ""  # what the words of the source say already is not said twice, unless they are not used
    return _date(When(Mode.DATED, when.former_windows, when.former), origin)


def _date(when: When, origin: Origin) -> str:
    """In the words of the source where they are in that language, else in official form, the former date included."""
    is_spoken = not re.search(r"[^\W\d_]", when.words) or spoken_in(when.words) == origin.language
    is_put_off = when.mode is Mode.UNDATED and bool(when.former_windows)
    if when.words and is_spoken and not origin.official and not is_put_off:
        return when.words
    text = write_when(when, origin.language)
    if not when.former_windows:
        return text
    former = write_when(When(Mode.DATED, when.former_windows), origin.language)
    return f"{text} ({'ранее' if origin.language == 'ru' else 'formerly'} {former})"


def _places(event: Event, register: Register, language: str) -> str:
    names = [_name("place", each.code, register, language) for each in event.booked(BookingSort.PLACE)]
    if event.mode is not Attendance.IN_PERSON:
        names.append("ВКС" if language == "ru" else "videoconference")
    return "; ".join(names)


def _participant(booking: Booking, register: Register, language: str) -> str:
    if booking.code == MEMBERS:
        name = "государства – члены" if language == "ru" else "member states"
    else:
        name = _name("party", booking.code, register, language)
    role = _ROLES.get(booking.role)
    return name if role is None else f"{name} ({role[1] if language == 'ru' else role[0]})"


def _name(sort: str, code: str, register: Register, language: str) -> str:
    """The name in that language where it finds the same thing again, else the code."""
    entry = register.place(code) if sort == "place" else register.party(code)
    name = code if entry is None else text_in(language, entry.names)
    is_found = register.names(sort).find(name) == code and not re.search(r"[;,/]", name)
    return name if is_found or fold(name) == fold(code) else code
