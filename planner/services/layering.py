"""Layers: calendars of outside events, read from a file and never edited here (pure decisions)."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.change import Change
from planner.domain.entries import Family, Place
from planner.domain.event import MEMBERS, Booking, BookingSort, Event, Status
from planner.domain.fields import field_named
from planner.domain.register import Register
from planner.domain.sources import Layer
from planner.domain.texts import Texts, fold, texts
from planner.errors import BadInput, NotFound, Problem, problem
from planner.readers.listing import ReadList, ReadRow
from planner.readers.row import spoken_in
from planner.services.lists import File, read_file
from planner.services.proposal import Proposal
from planner.store import Snapshot

_OPEN = frozenset({Status.DRAFT, Status.PROPOSED, Status.APPROVED})
_OURS = (
    "decision",
    "item",
    "priorities",
    "bodies",
    "responsible",
    "financing",
    "links",
    "forces",
    "facilities",
    "foreign_uid",
)
"""What a file of somebody else cannot say of our programme."""


@dataclass(frozen=True, slots=True)
class LayerPlan:
    """What reading a layer would change, how many events it has then, and the rows that could not be read."""

    proposal: Proposal
    events: int = 0
    unread: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a new layer, in names or codes."""

    name: str
    kind: str = ""
    level: str = ""
    parties: tuple[str, ...] = ()
    avoid: bool = False


def propose_new(snapshot: Snapshot, programme: str, wanted: Wanted, file: File, today: date) -> LayerPlan:
    """A new layer with the events of the file. Raises BadInput with all that is wrong with what was said."""
    register = snapshot.register(programme)
    problems = [*_name_problems(register, wanted.name)]
    kind = _kind(register, wanted.kind, problems)
    parties = tuple(_parties(register, wanted.parties, problems))
    if problems:
        raise BadInput(*problems)
    digest = hashlib.sha256(file.content).hexdigest()
    layer = Layer(programme, wanted.name, file.name, digest, today, kind, wanted.level, parties, wanted.avoid)
    return _read(snapshot, register, None, layer, file)


def propose_refresh(snapshot: Snapshot, programme: str, name: str, file: File, today: date) -> LayerPlan:
    """A layer read again: events the file no longer has are taken out, the others keep their references."""
    register = snapshot.register(programme)
    before = layer_named(register, name)
    digest = hashlib.sha256(file.content).hexdigest()
    after = replace(before, file_name=file.name, sha256=digest, day=today)
    return _read(snapshot, register, before, after, file)


def propose_delete(snapshot: Snapshot, programme: str, name: str) -> Proposal:
    """The layer and all its events taken out."""
    layer = layer_named(snapshot.register(programme), name)
    gone = (event for event in snapshot.events(programme) if event.layer == layer.code)
    changes = (Change(layer, None), *(Change(event, None) for event in gone))
    return Proposal(snapshot.revision, "layer", changes)


def layer_named(register: Register, name: str) -> Layer:
    """The layer of that name. Raises NotFound with those there are."""
    code = register.names("layer").find(name)
    layer = None if code is None else register.layer(code)
    if layer is None:
        known = ", ".join(repr(each.code) for each in register.layers)
        raise NotFound(problem("", f"no layer {name!r}", f"one of {known}" if known else "", "planner layer new"))
    return layer


def _read(snapshot: Snapshot, register: Register, before: Layer | None, layer: Layer, file: File) -> LayerPlan:
    listed = read_file(register, file, layer.kind)
    events = {event.ref: event for event in _events(listed, register, layer)}
    if not events:
        raise BadInput(*(listed.problems or (problem(file.name, "has no event with a date", remedy="another file"),)))
    stored = {event.ref: event for event in snapshot.events(layer.programme) if event.layer == layer.code}
    changes = [Change(before, layer)] if before != layer else []
    changes += [Change(stored.get(ref), event) for ref, event in events.items() if stored.get(ref) != event]
    changes += [Change(event, None) for ref, event in stored.items() if ref not in events]
    proposal = Proposal(snapshot.revision, "layer", tuple(changes), listed.table.notes)
    return LayerPlan(proposal, len(events), tuple(p for row in listed.rows for p in _fatal(row)))


def _fatal(row: ReadRow) -> tuple[Problem, ...]:
    """What keeps a row from being an outside event: no title or no date. What we do not know by name is no matter."""
    return row.problems if not _is_usable(row) else ()


def _is_usable(row: ReadRow) -> bool:
    """True for a row with a title and days; without days nothing of it can stand in the way."""
    when = row.values.get("when")
    return bool(_title(row.values)) and when is not None and bool(getattr(when, "windows", ()))


def _events(listed: ReadList, register: Register, layer: Layer) -> Iterator[Event]:
    """The outside events of the rows, each under a reference that stays when the file is read again."""
    columns = [column for _, column in listed.columns]
    keys = [_key(row, dict(zip(columns, row.cells, strict=False))) for row in listed.rows]
    often = Counter(key for key, _ in keys)
    places = {each.code: text for each in listed.additions if isinstance(each, Place) for _, text in each.names}
    for row, (key, start) in zip(listed.rows, keys, strict=True):
        if _is_usable(row):
            # Those of a series share a UID; each is known by its day besides.
            yield _event(row, register, layer, f"{key} {start}" if often[key] > 1 else key, places)


def _key(row: ReadRow, cells: Mapping[str, str]) -> tuple[str, str]:
    """What names a row in its file, its UID or reference, else its title; and its day."""
    when = row.values.get("when")
    windows = getattr(when, "windows", ())
    start = windows[0].first.isoformat() if windows else ""
    return cells.get("uid", "").strip() or row.ref or _title(row.values), start


def _event(row: ReadRow, register: Register, layer: Layer, key: str, places: Mapping[str, str]) -> Event:
    values = {name: value for name, value in row.values.items() if name not in _OURS}
    kind = register.kind(str(values.get("kind", "")))
    values["kind"] = kind.code if kind is not None and kind.family is Family.EXTERNAL else layer.kind
    if values.get("status") in _OPEN or "status" not in values:
        values["status"] = Status.CONFIRMED  # whoever publishes it stands by it
    event = Event(reference(layer.code, key), layer.programme, layer.kind, layer=layer.code, foreign_uid=key)
    for name, value in values.items():
        field = field_named(name)
        assert field is not None, name
        event = field.put(event, value)
    bookings = tuple(_bookings(event, register, layer))
    return replace(event, bookings=bookings, remarks=_remarks(event, register, places))


def _bookings(event: Event, register: Register, layer: Layer) -> Iterator[Booking]:
    """Its parties, else the layer's, at the layer's level; and the places we know."""
    parties = [b for b in event.booked(BookingSort.PARTY) if b.code == MEMBERS or register.party(b.code) is not None]
    for booking in parties or [Booking(BookingSort.PARTY, code) for code in layer.parties]:
        yield replace(booking, level=booking.level or layer.level)
    yield from (b for b in event.booked(BookingSort.PLACE) if register.place(b.code) is not None)


def _remarks(event: Event, register: Register, places: Mapping[str, str]) -> Texts:
    """Its remarks, and before them the file's words for places that we do not know."""
    codes = [each.code for each in event.booked(BookingSort.PLACE) if register.place(each.code) is None]
    if not codes:
        return event.remarks
    words = ", ".join(places.get(code, code) for code in codes)
    said = dict(event.remarks)
    language = spoken_in(words)
    said[language] = "\n".join(part for part in (words, said.get(language, "")) if part)
    return texts(**said)


def reference(layer: str, key: str) -> str:
    """The reference of an outside event: from its layer and what names it in its file, never from its date."""
    words = re.sub(r"[^\w]+", "-", fold(layer)).strip("-").upper()[:16].rstrip("-") or "LAYER"
    return f"{words}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def _title(values: Mapping[str, object]) -> str:
    return next((str(text) for name, text in sorted(values.items()) if name.startswith("title_") and text), "")


def _name_problems(register: Register, name: str) -> Iterator[Problem]:
    if not fold(name):
        yield problem("NAME", f"{name!r} is no name", "a name such as 'SCO summits'")
    elif register.names("layer").find(name) is not None:
        yield problem("NAME", f"there is a layer {name!r} already", remedy=f"planner layer refresh {name!r}")


def _kind(register: Register, text: str, problems: list[Problem]) -> str:
    """The kind its events are of: the one named, else the only outside kind there is."""
    outside = [kind.code for kind in register.kinds if kind.family is Family.EXTERNAL]
    named = register.names("kind").find(text) if text else (outside[0] if len(outside) == 1 else None)
    if named in outside and named is not None:
        return named
    found = f"{text!r} is not an outside kind" if text else "several kinds are outside ones" if outside else "is needed"
    expected = f"one of {', '.join(outside)}" if outside else "a kind of the family external"
    problems.append(problem("--kind", found, expected, "" if outside else "add one to the programme file"))
    return ""


def _parties(register: Register, names: tuple[str, ...], problems: list[Problem]) -> Iterator[str]:
    for text in names:
        code = MEMBERS if text == MEMBERS else register.names("party").find(text)
        if code is not None:
            yield code
        else:
            remedy = register.names("party").did_you_mean(text)
            problems.append(problem("--for", f"no party {text!r} in the programme", remedy=remedy))
