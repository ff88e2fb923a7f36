"""The cells of one row to values of an event's fields. The same reading serves imports, `add` and `edit`."""

import re
from collections.abc import Callable, Mapping

from planner.domain.entries import Disclosure, Party
from planner.domain.texts import fold
from planner.domain.zone import zone_at
from planner.readers import named
from planner.readers.days import read_days
from planner.readers.inert import restored
from planner.readers.levels import read_level
from planner.readers.row import Known, RowReading, Values, spoken_in


def read_cells(cells: Mapping[str, str], reading: RowReading, zone: str | None = None) -> Values:
    """The values of the fields that these columns speak of; what cannot be read is a problem in `reading`.

    An empty cell empties its field. `zone` is used when the cells name neither place nor host.
    """
    values: dict[str, object] = {}
    for column, text in cells.items():
        read = _READERS.get(column)
        if read is not None:
            before = {name: values.get(name) for name in _IN_TWO_COLUMNS}
            values.update(read(reading, column, said(text)))
            _keep(values, before)
    if "levels" in values:
        values["levels"] = values.pop("levels")  # behind the parties that have them
    if "venue" in cells or "city" in cells:
        values.update(named.read_place_and_mode(reading, said(cells.get("venue", "")), said(cells.get("city", ""))))
    if cells.get("mode"):
        values.update(named.read_mode(reading, said(cells["mode"])))
    elif cells.get("form"):
        values.update(named.mode_in(said(cells["form"])))  # a form may as well be a kind of event, or neither
    if any(column in cells for column in ("date_text", "start", "end")):
        values["when"] = read_days(reading, cells, zone or _zone(values, reading.known))
    return values


_IN_TWO_COLUMNS = ("forces", "links")
"""Forces may be named in their own column and in that of participants; links in theirs and as what it is a part of."""


def _keep(values: dict[str, object], before: Mapping[str, object]) -> None:
    """What two columns name, all of it counts."""
    for name, was in before.items():
        now = values.get(name)
        if isinstance(was, tuple) and isinstance(now, tuple) and was is not now:
            together = dict.fromkeys((*was, *now))
            values[name] = tuple(sorted(together)) if name == "links" else tuple(together)


def said(text: str) -> str:
    """What a cell says: a dash alone is how tables say nothing."""
    plain = restored(text.strip())
    return "" if plain in {"-", "–", "—"} else plain


def _text(name: str) -> Callable[[RowReading, str, str], Values]:
    return lambda reading, column, text: {name: text}


def _in_its_language(name: str) -> Callable[[RowReading, str, str], Values]:
    """For columns that do not say their language: Cyrillic letters are Russian. An empty cell empties all of them."""

    def read(reading: RowReading, column: str, text: str) -> Values:
        if text:
            return {f"{name}_{spoken_in(text)}": text}
        return {f"{name}_{language}": "" for language in reading.known.register.programme.languages}

    return read


def _people(reading: RowReading, column: str, text: str) -> Values:
    digits = re.sub(r"[\s\u00a0\u202f]", "", text)
    if digits and not digits.isdecimal():
        reading.wrong(column, f"{text!r} is not a number of people", "a whole number, or nothing")
        return {}
    return {"people": int(digits) if digits else None}


def _disclosure(reading: RowReading, column: str, text: str) -> Values:
    if text and text not in set(Disclosure):
        reading.wrong(column, f"{text!r} is not a level of disclosure", f"one of {', '.join(Disclosure)}")
        return {}
    return {"disclosure": Disclosure(text) if text else None}


def _yes_or_no(name: str) -> Callable[[RowReading, str, str], Values]:
    words = {"yes": True, "true": True, "да": True, "no": False, "false": False, "нет": False}

    def read(reading: RowReading, column: str, text: str) -> Values:
        if text and fold(text) not in words:
            reading.wrong(column, f"{text!r} is neither yes nor no")
            return {}
        unsaid = None if name == "blocks" else False
        return {name: words[fold(text)] if text else unsaid}

    return read


def _zone(values: Mapping[str, object], known: Known) -> str:
    booked = values.get("places", ())
    assert isinstance(booked, tuple)
    host = str(values.get("host", ""))
    zone = zone_at((booking.code for booking in booked), host, known.register)
    added = known.added.get(("party", host))
    return added.zone if isinstance(added, Party) and zone == known.register.programme.zone else zone


_READERS: Mapping[str, Callable[[RowReading, str, str], Values]] = {
    "title": _in_its_language("title"),
    "title_en": _text("title_en"),
    "title_ru": _text("title_ru"),
    "short_en": _text("short_en"),
    "short_ru": _text("short_ru"),
    "kind": named.read_kind,
    "status": named.read_status,
    "body": named.read_bodies,
    "host_country": named.read_host,
    "participants": named.read_parties,
    "level": read_level,
    "forces": named.read_forces,
    "facilities": named.read_facilities,
    "priority": named.read_priorities,
    "decision": named.read_decision,
    "item": lambda reading, column, text: {"item": text.rstrip(". ")},
    "responsible": _text("responsible"),
    "financing": _text("financing"),
    "people": _people,
    "links": named.read_links,
    "part_of": named.read_whole,
    "remarks_en": _text("remarks_en"),
    "remarks_ru": _text("remarks_ru"),
    "remarks": _in_its_language("remarks"),
    "internal": _in_its_language("internal"),
    "disclosure": _disclosure,
    "blocks": _yes_or_no("blocks"),
    "fixed_by_nature": _yes_or_no("fixed_by_nature"),
    "approximate_by_nature": _yes_or_no("approximate_by_nature"),
}
