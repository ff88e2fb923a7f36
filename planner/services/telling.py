"""Events as an approved table tells them, in one language: the cells of an exported document (pure)."""

import re
from collections.abc import Iterable, Mapping

from planner.domain.event import MEMBERS, Attendance, Booking, BookingSort, Event, Role, Status
from planner.domain.origin import Origin
from planner.domain.register import Register
from planner.domain.texts import fold, text_in
from planner.domain.window import Mode, When
from planner.readers.row import spoken_in
from planner.services.exporting import cells_of
from planner.wording.changes import name_of, say_mode_in_place, say_status
from planner.wording.dates import write_when

_ROLES: Mapping[Role, tuple[str, str]] = {
    Role.CHAIR: ("chair", "председатель"),
    Role.HOST: ("host", "принимающая сторона"),
    Role.OPTIONAL: ("optional", "по желанию"),
    Role.OBSERVER: ("observer", "наблюдатель"),
}
_ANSWERED = ("blocks", "fixed_by_nature", "approximate_by_nature")
_YES: Mapping[str, tuple[str, str]] = {"yes": ("yes", "да"), "no": ("no", "нет"), "": ("", "")}
_OVER = frozenset({Status.CANCELLED, Status.POSTPONED})


def columns_told(origin: Origin) -> tuple[str, ...]:
    """The columns of the table, left to right; in the first a row has its number and keeps its reference."""
    title, remarks = f"title_{origin.language}", f"remarks_{origin.language}"
    return "ref", title, "date_text", "venue", "responsible", "participants", *origin.columns, remarks


def told(event: Event, register: Register, origin: Origin, former: Event | None = None) -> Mapping[str, str]:
    """The cells of one event but for the first; where its date differs from that of `former`, both are given."""
    language = origin.language
    said = cells_worded(event, register, language) if origin.columns else {}
    cells = (
        text_in(language, event.titles, event.shorts),
        _dates(event, origin, former),
        _places(event, register, language),
        event.responsible,
        ", ".join(_participant(each, register, language) for each in event.booked(BookingSort.PARTY)),
        *(said.get(column, "") for column in origin.columns),
        text_in(language, event.remarks),
    )
    return dict(zip(columns_told(origin)[1:], cells, strict=True))


def cells_worded(event: Event, register: Register, language: str) -> Mapping[str, str]:
    """The cells of every column in words of that language, as people read a table; each reads back as what it was."""

    def named(sort: str, codes: Iterable[str]) -> str:
        return "; ".join(name_back(sort, code, register, language) for code in codes)

    cells = cells_of(event, register, language)
    return {
        **cells,
        "date_text": _words_or_date(event.when, language),
        "kind": named("kind", [event.kind]),
        "status": say_status(event.status, language),
        "body": named("body", event.bodies),
        "host_country": named("party", filter(None, [event.host])),
        "forces": named("force", (each.code for each in event.booked(BookingSort.FORCE))),
        "decision": named("decision", filter(None, [event.decision])),
        **{name: _YES[cells[name]][language == "ru"] for name in _ANSWERED},
    }


def _words_or_date(when: When, language: str) -> str:
    """As in a document, but for what stands on no date: a table says that in the column of statuses."""
    return when.words if when.words and when.mode is Mode.UNDATED else _date(when, Origin(language))


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
    """The places, else the host state where people meet in person at a place nobody has named yet."""
    names = [name_back("place", each.code, register, language) for each in event.booked(BookingSort.PLACE)]
    if not names and event.host and event.mode is not Attendance.VIDEO:
        names.append(name_back("party", event.host, register, language))
    return "; ".join(filter(None, [*names, say_mode_in_place(event.mode, language)]))


def _participant(booking: Booking, register: Register, language: str) -> str:
    if booking.code == MEMBERS:
        name = "государства – члены" if language == "ru" else "member states"
    else:
        name = name_back("party", booking.code, register, language)
    role = _ROLES.get(booking.role)
    return name if role is None else f"{name} ({role[1] if language == 'ru' else role[0]})"


def name_back(sort: str, code: str, register: Register, language: str) -> str:
    """The name in that language where it finds the same thing again, else the code."""
    name = name_of(register, sort, code, language)
    is_found = register.names(sort).find(name) == code and not re.search(r"[;,/]", name)
    return name if is_found or fold(name) == fold(code) else code
