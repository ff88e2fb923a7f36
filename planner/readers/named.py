"""Cells that name things: kinds, statuses, bodies, states, forces, places, papers, other events."""

import difflib
import re
from collections.abc import Iterator

from planner.domain.decision import Decision
from planner.domain.entries import Place
from planner.domain.event import MEMBERS, Attendance, Booking, BookingSort, Link, Relation, Role, Status
from planner.domain.register import Register
from planner.domain.status import APPROVED_OR_PROPOSED, RUSSIAN
from planner.domain.texts import Names, fold, is_form_of, texts
from planner.domain.zone import with_places_around
from planner.readers import states
from planner.readers.delegations import names_of
from planner.readers.places import place_within, places_in
from planner.readers.row import RowReading, Values, parts, spoken_in

_VIDEO = re.compile(
    r"\b(?:by\s+)?video[\s-]?(?:conference|conferencing|link)?\b|\bvtc\b|\bonline\b"
    r"|\b(?:microsoft\s+)?teams(?:\s+meeting)?\b|\bzoom(?:\s+meeting)?\b|\bwebex\b"
    r"|\bвкс\b|\bпо\s+видео\w*|\bв\s+(?:режиме|формате)\s+(?:вкс|видео\w*|онлайн)|\bвидео-?конференц\w*|\bонлайн\b",
    re.IGNORECASE,
)
_MIXED = re.compile(r"\bin\s+person\s+and\s+by\s+video\b|\bочно\s+и\s+по\s+(?:видеосвязи|вкс)\b", re.IGNORECASE)
SLIP = 0.85
"""Names that are so much alike (difflib) may be one, misspelt."""
_ALL = {
    fold(word)
    for word in ("все", "все стороны", "все члены", "all", "all members", "all sides", "members", "member states")
}
_MEMBERS = tuple(
    fold(words)
    for words in ("государства – члены", "все государства – члены", "member states", "all member states", "members of")
)
_NOWHERE = {
    fold(word) for word in ("TBD", "TBC", "уточняется", "место уточняется", "по согласованию", "to be confirmed")
}
_IMPORTANCE = {fold(word) for word in ("low", "normal", "high", "низкая", "обычная", "нормальная", "высокая")}
ROLES = {
    "observer": Role.OBSERVER,
    "obs": Role.OBSERVER,
    "observers": Role.OBSERVER,
    "наблюдатель": Role.OBSERVER,
    "наблюдатели": Role.OBSERVER,
    "набл": Role.OBSERVER,
    "optional": Role.OPTIONAL,
    "по желанию": Role.OPTIONAL,
    "chair": Role.CHAIR,
    "председатель": Role.CHAIR,
    "пред": Role.CHAIR,
    "host": Role.HOST,
    "принимающая сторона": Role.HOST,
    "required": Role.REQUIRED,
}
_WITH_ROLE = re.compile(r"^(?P<name>.+?)\s*(?::\s*(?P<colon>\w+)|\((?P<brackets>[\w. ]+)\))$")


def read_kind(reading: RowReading, column: str, text: str) -> Values:
    code = reading.known.code("kind", text)
    if code is None:
        reading.unknown(column, "kind of event", text, reading.known.register.names("kind"))
        return {}
    return {"kind": code}


def read_status(reading: RowReading, column: str, text: str) -> Values:
    said = {word: status.value for status in Status for word in (status.value, RUSSIAN[status])}
    said |= {fold(word): meaning for word, meaning in reading.known.register.programme.status_words}
    meaning = said.get(fold(text)) if text else APPROVED_OR_PROPOSED
    if meaning is None:
        words = Names.of(said)
        nearest = words.nearest(text) or tuple(status.value for status in Status)
        remedy = f"did you mean {', '.join(map(repr, nearest))}?"
        reading.doubt(column, f"{text!r} is not a status I know", remedy, "status", text, nearest)
        return {}
    return {"status": meaning if meaning == APPROVED_OR_PROPOSED else Status(meaning)}


def read_bodies(reading: RowReading, column: str, text: str) -> Values:
    codes = [_code_or_problem(reading, column, "body", part) for part in parts(text)]
    return {"bodies": tuple(dict.fromkeys(code for code in codes if code))}


def read_priorities(reading: RowReading, column: str, text: str) -> Values:
    """Priorities of the programme; what mail programs call their importance ("Normal") is left out."""
    if fold(text) in _IMPORTANCE and reading.known.code("priority", text) is None:
        reading.leave_out(column, text)
        return {}
    codes = [_code_or_problem(reading, column, "priority", part) for part in parts(text)]
    return {"priorities": tuple(sorted({code for code in codes if code}))}


def read_forces(reading: RowReading, column: str, text: str) -> Values:
    codes = [_code_or_problem(reading, column, "force", part) for part in parts(text)]
    return {"forces": tuple(Booking(BookingSort.FORCE, code) for code in dict.fromkeys(codes) if code)}


def read_facilities(reading: RowReading, column: str, text: str) -> Values:
    """Things booked with how many of each: "sets:2; interpreters"; one where no number stands."""
    bookings: dict[str, Booking] = {}
    for part in parts(text, also=","):
        name, _, count = part.partition(":")
        code = _code_or_problem(reading, column, "facility", name.strip())
        if count.strip() and not (count.strip().isdecimal() and int(count) > 0):
            reading.wrong(column, f"{part!r}: {count.strip()!r} is not how many", "a whole number, such as sets:2")
        elif code:
            quantity = int(count) if count.strip() else None
            bookings.setdefault(code, Booking(BookingSort.FACILITY, code, quantity=quantity))
    return {"facilities": tuple(bookings.values())}


def _code_or_problem(reading: RowReading, column: str, sort: str, text: str) -> str:
    code = reading.known.code(sort, text)
    if code is None:
        reading.unknown(column, sort, text, reading.known.register.names(sort))
    return code or ""


def read_host(reading: RowReading, column: str, text: str) -> Values:
    return {"host": _party(reading, column, text) if text else ""}


def read_parties(reading: RowReading, column: str, text: str) -> Values:
    bookings: dict[str, Booking] = {}
    forces: list[str] = []
    for name, role in _named_in(reading, column, text):
        force = reading.known.code("force", name)
        if force is not None and reading.known.code("party", name) is None:
            forces.append(force)  # lists of exercises name states and forces in one column
            continue
        code = MEMBERS if _means_all(name) else _party(reading, column, name)
        if code:
            bookings.setdefault(code, Booking(BookingSort.PARTY, code, role=role))
    parties: Values = {"parties": tuple(bookings.values())}
    named = tuple(Booking(BookingSort.FORCE, code) for code in dict.fromkeys(forces))
    return {**parties, "forces": named} if named else parties


def _named_in(reading: RowReading, column: str, text: str) -> Iterator[tuple[str, Role]]:
    """The name and the role of each who takes part; words that name nobody yet are left out."""
    for part in parts(text, also="/,"):
        if fold(part) in _NOWHERE:
            reading.leave_out(column, part)
            continue
        said, role = _name_and_role(part)
        for name in [said] if _means_all(said) else names_of(said, reading.known):
            yield name, role


def _means_all(name: str) -> bool:
    """True for words that mean every member, also with the name of the organisation behind them."""
    folded = fold(name)
    return folded in (*_ALL, *_MEMBERS) or any(folded.startswith(f"{words} ") for words in _MEMBERS)


def _name_and_role(text: str) -> tuple[str, Role]:
    match = _WITH_ROLE.match(text)
    if match is None:
        return text, Role.REQUIRED
    role = ROLES.get(fold(match["colon"] or match["brackets"]))
    return (match["name"], role) if role is not None else (text, Role.REQUIRED)


def _party(reading: RowReading, column: str, text: str) -> str:
    """The code of a party: of the register, else of a state that is built in and comes into the register with this."""
    code = reading.known.code("party", text)
    if code is not None:
        return code
    state = states.state_named(text)
    if state is None:
        names = Names([*((n, ()) for n in _party_names(reading.known.register)), *((s, ()) for s in states.codes())])
        reading.unknown(column, "state or organisation", text, names)
        return ""
    return reading.known.add(text, states.party_of(reading.known.register.programme.code, state))


def _party_names(register: Register) -> list[str]:
    return [name for party in register.parties for name in (party.code, *(text for _, text in party.names))]


def alike(text: str, names: Names) -> tuple[str, ...]:
    """Known names that this may be a slip or another form of, best first; numbers must be the same.

    "Losvida" may be Losvido and «Минская обл.» Minsk; "Bishkek airport" is a place of its own.
    """
    words, digits = fold(text).split(), re.findall(r"\d+", text)
    near = (name for name in names.close_to(text) if re.findall(r"\d+", name) == digits)
    return tuple(name for name in near if _may_be(words, fold(name).split()))[:3]


def _may_be(words: list[str], name: list[str]) -> bool:
    """True for a slip of the pen, or where one word stands in another form; not where a word is simply added."""
    if difflib.SequenceMatcher(None, " ".join(words), " ".join(name)).ratio() >= SLIP:
        return True
    return not set(words) & set(name) and any(is_form_of(one, other) for one in words for other in name)


def read_place_and_mode(reading: RowReading, venue: str, city: str) -> Values:
    """Places and mode, and the host where a state stands in place of a place: «Белоруссия» is no hall."""
    named = [part for part in parts(_without_mode(venue)) if fold(part) not in _NOWHERE]
    host: Values = {}
    if len(named) == 1 and _is_state(reading, named[0]):
        host = {"host": _party(reading, "venue", named.pop())}
    codes = [_place(reading, place) for part in named for place in places_in(part, reading)]
    around = {place.code for code in codes if code for place in with_places_around(code, reading.known.register)}
    for part in (place for each in parts(_without_mode(city)) for place in places_in(each, reading)):
        code = _place(reading, part)
        if code and code not in around:  # the city a hall stands in is not said twice
            codes.append(code)
    return {
        "places": tuple(Booking(BookingSort.PLACE, code) for code in dict.fromkeys(codes) if code),
        "mode": _mode_said(f"{venue}\n{city}"),
        **host,
    }


def _is_state(reading: RowReading, text: str) -> bool:
    return reading.known.code("place", text) is None and states.state_named(text) is not None


def _mode_said(where: str) -> Attendance:
    if _MIXED.search(where):
        return Attendance.MIXED
    return Attendance.VIDEO if _VIDEO.search(where) else Attendance.IN_PERSON


_MODES = Names(
    (
        (Attendance.IN_PERSON.value, ("in person", "очно", "очный", "очная")),
        (
            Attendance.VIDEO.value,
            ("by video", "videoconference", "online", "по видеосвязи", "ВКС", "онлайн", "дистанционно"),
        ),
        (
            Attendance.MIXED.value,
            ("in person and by video", "hybrid", "очно и по видеосвязи", "смешанный", "смешанная"),
        ),
    )
)


def read_mode(reading: RowReading, text: str) -> Values:
    """How people meet, where a column of its own says it: it goes before what the place says."""
    code = _MODES.find(text)
    if code is None:
        reading.wrong("mode", f"{text!r} is no way to meet", "in person, by video, or in person and by video")
        return {}
    return {"mode": Attendance(code)}


def mode_in(text: str) -> Values:
    """The same of a column that may speak of something else: what it does not name stays unsaid."""
    code = _MODES.find(text)
    return {} if code is None else {"mode": Attendance(code)}


def _without_mode(text: str) -> str:
    """The place that is left when the words for a videoconference are taken out; brackets around either go too."""
    if not _VIDEO.search(text):
        return text
    return re.sub(r"[()]", " ", _VIDEO.sub(" ", _MIXED.sub(" ", text))).strip(" ,;–-/+&")


def _place(reading: RowReading, text: str) -> str:
    """The code of a place; one the register does not know is added without a capacity, so it never clashes."""
    code = reading.known.code("place", text) or place_within(reading.known, text)
    if code is not None:
        return code
    near = reading.called("place", alike(text, reading.known.register.names("place")), text)
    if near:
        remedy = f'say --place "{text}={near[0]}", or --place "{text}=new"'
        reading.doubt("venue", f"{text!r} may be a place I know, or a new one", remedy, "place", text, near)
        return ""
    programme = reading.known.register.programme.code
    spoken = spoken_in(text)
    place = Place(programme, fold(text).replace(" ", "-"), texts(**{spoken: text}))
    return reading.known.add(text, place)


def read_decision(reading: RowReading, column: str, text: str) -> Values:
    if not text:
        return {"decision": ""}
    code = reading.known.code("decision", text)
    if code is None:
        spoken = spoken_in(text)
        programme = reading.known.register.programme.code
        code = reading.known.add(text, Decision(programme, text, texts(**{spoken: text})))
    return {"decision": code}


def read_links(reading: RowReading, column: str, text: str) -> Values:
    """Links as "part of:EX-2020-UB"; a reference alone is one that the event is held with."""
    relations = {relation.value: relation for relation in Relation}
    links = []
    for part in parts(text):
        word, colon, ref = (each.strip() for each in part.rpartition(":"))
        if not colon and _REFERENCE.fullmatch(ref):
            links.append(Link(Relation.WITH, ref))
        elif word not in relations or not ref:
            expected = f"one of {', '.join(relations)}, a colon and a reference"
            reading.wrong(column, f"{part!r} is not a link", expected, "write it as 'part of:EX-2020-UB'")
        else:
            links.append(Link(relations[word], ref))
    return {"links": tuple(sorted(set(links)))}


def read_whole(reading: RowReading, column: str, text: str) -> Values:
    """The events that the row's is a part of, by their references alone."""
    refs = parts(text)
    for ref in refs:
        if not _REFERENCE.fullmatch(ref):
            reading.wrong(column, f"{ref!r} is not a reference", "one such as EX-2020-UB")
    return {"links": tuple(sorted({Link(Relation.PART_OF, ref) for ref in refs if _REFERENCE.fullmatch(ref)}))}


_REFERENCE = re.compile(r"\w+(?:-\w+)+")
