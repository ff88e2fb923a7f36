"""The fields of an event as people name them: one table for import, edit, difference and display.

A field may be a part of an attribute: the places are the bookings of one sort, `title_ru` is one of the titles.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from planner.domain.change import Difference
from planner.domain.event import Booking, BookingSort, Event
from planner.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Field:
    """How to read one field of an event, and the event with another value in it."""

    name: str
    get: Callable[[Event], object]
    put: Callable[[Event, object], Event]


PER_LANGUAGE: Mapping[str, str] = {
    "title": "titles",
    "short": "shorts",
    "remarks": "remarks",
    "internal": "internal",
}
"""Fields that exist once per language, as `title_en`, and the attribute they are a part of."""

_PLAIN = (
    "kind",
    "status",
    "when",
    "mode",
    "bodies",
    "host",
    "links",
    "priorities",
    "decision",
    "item",
    "responsible",
    "financing",
    "people",
    "blocks",
    "fixed_by_nature",
    "approximate_by_nature",
    "disclosure",
    "layer",
    "foreign_uid",
)
_BOOKED: Mapping[str, BookingSort] = {
    "places": BookingSort.PLACE,
    "parties": BookingSort.PARTY,
    "forces": BookingSort.FORCE,
    "facilities": BookingSort.FACILITY,
}


_NOTHING = Event("-", "", "")


def _plain(name: str) -> Field:
    return Field(name, lambda event: getattr(event, name), lambda event, value: _with(event, name, value))


def _with(event: Event, attribute: str, value: Any) -> Event:
    changed: dict[str, Any] = {attribute: value}
    return replace(event, **changed)


def _booked(name: str, sort: BookingSort) -> Field:
    def put(event: Event, value: object) -> Event:
        assert isinstance(value, tuple)
        return _with_bookings(event, sort, _at(value, dict(levels_in(event))) if sort is BookingSort.PARTY else value)

    return Field(name, _parties if sort is BookingSort.PARTY else lambda event: event.booked(sort), put)


def _with_bookings(event: Event, sort: BookingSort, booked: tuple[Booking, ...]) -> Event:
    others = tuple(booking for booking in event.bookings if booking.sort is not sort)
    order = list(BookingSort)
    kept = sorted((*others, *booked), key=lambda booking: order.index(booking.sort))  # stable: first stays first
    return replace(event, bookings=tuple(kept))


def _parties(event: Event) -> tuple[Booking, ...]:
    """The parties without their levels, which are a field of their own: who says nothing of levels changes none."""
    return _at(event.booked(BookingSort.PARTY), {})


def levels_in(event: Event) -> Texts:
    """(party, level) of each that comes at a level of its own; ('', level) where it is that of them all."""
    booked = event.booked(BookingSort.PARTY)
    levels = {booking.level for booking in booked}
    if len(levels) == 1:
        level = levels.pop()
        return (("", level),) if level else ()
    return tuple((booking.code, booking.level) for booking in booked if booking.level)


def _put_levels(event: Event, value: object) -> Event:
    assert isinstance(value, tuple)
    return _with_bookings(event, BookingSort.PARTY, _at(event.booked(BookingSort.PARTY), dict(value)))


def _at(booked: tuple[Booking, ...], levels: Mapping[str, str]) -> tuple[Booking, ...]:
    """The bookings at these levels, by party, or at that of all."""
    usual = levels.get("", "")
    said = ((each, levels.get(each.code, usual)) for each in booked)
    return tuple(each if each.level == level else replace(each, level=level) for each, level in said)


def _in_language(name: str, attribute: str, language: str) -> Field:
    def get(event: Event) -> object:
        said: Texts = getattr(event, attribute)
        return dict(said).get(language, "")

    def put(event: Event, value: object) -> Event:
        said = {**dict(getattr(event, attribute)), language: str(value)}
        return _with(event, attribute, tuple(sorted((lang, text) for lang, text in said.items() if text)))

    return Field(name, get, put)


_FIXED: Mapping[str, Field] = {
    **{name: _plain(name) for name in _PLAIN},
    **{name: _booked(name, sort) for name, sort in _BOOKED.items()},
    "levels": Field("levels", levels_in, _put_levels),
}
_BOOKINGS = ("places", "parties", "levels", "forces", "facilities")
_ORDER = ("title", "short", *_PLAIN[:6], *_BOOKINGS, *_PLAIN[6:], "remarks", "internal")


@cache
def field_named(name: str) -> Field | None:
    """The field of that name (`when`, `places`, `title_ru`), or None."""
    if name in _FIXED:
        return _FIXED[name]
    base, _, language = name.rpartition("_")
    return _in_language(name, PER_LANGUAGE[base], language) if base in PER_LANGUAGE and language else None


def with_values(event: Event, values: Mapping[str, object]) -> Event:
    """The event with these values in its fields: what putting one after the other gives, in one step."""
    changed = _attributes(event, values)
    return _with_levels(replace(event, **changed) if changed else event, values)


def event_of(ref: str, programme: str, values: Mapping[str, object]) -> Event:
    """The event that has these values, its kind among them, and nothing else."""
    return _with_levels(Event(ref, programme, **_attributes(_NOTHING, values)), values)


def _with_levels(event: Event, values: Mapping[str, object]) -> Event:
    return _put_levels(event, values["levels"]) if "levels" in values else event


def _attributes(event: Event, values: Mapping[str, object]) -> dict[str, Any]:
    """What these values change of the event, by attribute; levels, which are a part of the parties, are left out."""
    changed: dict[str, Any] = {}
    said: dict[str, dict[str, str]] = {}
    booked: dict[BookingSort, tuple[Booking, ...]] = {}
    for name, value in values.items():
        attribute, part = _slot(name)
        if isinstance(part, BookingSort):
            assert isinstance(value, tuple)
            booked[part] = _at(value, dict(levels_in(event))) if part is BookingSort.PARTY else value
        elif part:
            said.setdefault(attribute, dict(getattr(event, attribute)))[part] = str(value)
        elif name != "levels":
            changed[attribute] = value
    for attribute, texts in said.items():
        changed[attribute] = tuple(sorted((language, text) for language, text in texts.items() if text))
    if booked:
        changed["bookings"] = tuple(
            each for sort in BookingSort for each in (booked[sort] if sort in booked else event.booked(sort))
        )
    return changed


@cache
def _slot(name: str) -> tuple[str, BookingSort | str]:
    """The attribute a field stands in, and which part of it it is: bookings of a sort, a language, or '' for all."""
    if name in _BOOKED:
        return "bookings", _BOOKED[name]
    base, _, language = name.rpartition("_")
    if base in PER_LANGUAGE and language:
        return PER_LANGUAGE[base], language
    assert name in _FIXED, name
    return name, ""


def field_names(*events: Event) -> tuple[str, ...]:
    """Every field these events can differ in, in the order people read them."""
    spoken = sorted(
        {
            language
            for event in events
            for attribute in PER_LANGUAGE.values()
            for language, _ in getattr(event, attribute)
        }
    )
    names: list[str] = []
    for name in _ORDER:
        names.extend([f"{name}_{language}" for language in spoken] if name in PER_LANGUAGE else [name])
    return tuple(names)


def fields_changed(before: Event, after: Event) -> tuple[Difference, ...]:
    """The fields in which two states of an event differ, in the order people read them."""
    found = []
    for name in field_names(before, after):
        field = field_named(name)
        assert field is not None
        was, now = field.get(before), field.get(after)
        if was != now:
            found.append(Difference(name, was, now))
    return tuple(found)
