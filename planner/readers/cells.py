"""The cells of one row to values of an event's fields. The same reading serves imports, `add` and `edit`."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from planner.domain.entries import Disclosure, Party
from planner.domain.texts import fold
from planner.domain.window import When
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
        if column in _TEXTS:
            values[column] = said(text)
        elif column in _OWN:
            _put(values, _OWN[column](reading, column, said(text)))
        elif column in _NAMES:
            _put(values, reading.once((column, text), partial(_NAMES[column], reading, column, said(text))))
    if "levels" in values:
        values["levels"] = values.pop("levels")  # behind the parties that have them
    if "venue" in cells or "city" in cells:
        where = said(cells.get("venue", "")), said(cells.get("city", ""))
        places = reading.once(("venue", *where), partial(named.read_place_and_mode, reading, *where))
        if values.get("host") and places.get("host", values["host"]) != values["host"]:
            reading.wrong("venue", f"{where[0]!r} is another state than the host", "one of the two")
        values.update(places)
    if cells.get("mode"):
        values.update(named.read_mode(reading, said(cells["mode"])))
    elif cells.get("form"):
        values.update(named.mode_in(said(cells["form"])))  # a form may as well be a kind of event, or neither
    if any(column in cells for column in ("date_text", "month", "start", "end")):
        spoken = tuple(cells.get(column, "") for column in _OF_WHEN)
        read = partial(_when, values, reading, cells, zone)
        values.update(reading.once(("when", zone or "", *spoken), read))
        _look_outside(values["when"], reading)
    return values


_OF_WHEN = (
    *("date_text", "month", "time", "start", "end", "start_time", "end_time", "all_day", "zone"),
    *("venue", "city", "host_country"),  # the clock it is by
)


def _when(values: Mapping[str, object], reading: RowReading, cells: Mapping[str, str], zone: str | None) -> Values:
    return {"when": read_days(reading, cells, zone or _zone(values, reading.known))}


def _look_outside(when: object, reading: RowReading) -> None:
    """Remembers a row that lies outside the programme: nothing is wrong with it, but its year may be."""
    assert isinstance(when, When)
    programme = reading.known.register.programme
    if any(window.last < programme.first or programme.last < window.first for window in when.windows):
        reading.known.outside.append(reading.row)


_IN_TWO_COLUMNS = frozenset({"forces", "links"})
"""Forces may be named in their own column and in that of participants; links in theirs and as what it is a part of."""


def _put(values: dict[str, object], read: Values) -> None:
    """Puts what was read to the values; what two columns name, all of it counts."""
    for name, now in read.items():
        was = values.get(name) if name in _IN_TWO_COLUMNS else None
        if isinstance(was, tuple) and isinstance(now, tuple):
            together = dict.fromkeys((*was, *now))
            values[name] = tuple(sorted(together)) if name == "links" else tuple(together)
        else:
            values[name] = now


def said(text: str) -> str:
    """What a cell says: a dash alone is how tables say nothing."""
    plain = restored(text.strip())
    return "" if plain in {"-", "–", "—"} else plain


_FOOTNOTE = re.compile(r"(?<=\S)\s*(?:[¹²³⁴-⁹⁰]+|(?<!\*)\*{1,3})(?=\s*$)")
"""The mark of a footnote behind a title: «Парад Победы¹»."""


def _in_its_language(name: str) -> Callable[[RowReading, str, str], Values]:
    """For columns that do not say their language: Cyrillic letters are Russian. An empty cell empties all of them."""

    def read(reading: RowReading, column: str, text: str) -> Values:
        if text:
            return {f"{name}_{spoken_in(text)}": _FOOTNOTE.sub("", text) if name == "title" else text}
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


_TEXTS = frozenset(
    ("title_en", "title_ru", "short_en", "short_ru", "remarks_en", "remarks_ru", "responsible", "financing")
)
"""Columns that are fields as they stand."""
_OWN: Mapping[str, Callable[[RowReading, str, str], Values]] = {
    "title": _in_its_language("title"),
    "item": lambda reading, column, text: {"item": text.rstrip(". ")},
    "people": _people,
    "links": named.read_links,
    "part_of": named.read_whole,
    "remarks": _in_its_language("remarks"),
    "internal": _in_its_language("internal"),
}
"""Columns in which hardly two rows say the same."""
_NAMES: Mapping[str, Callable[[RowReading, str, str], Values]] = {
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
    "disclosure": _disclosure,
    "blocks": _yes_or_no("blocks"),
    "fixed_by_nature": _yes_or_no("fixed_by_nature"),
    "approximate_by_nature": _yes_or_no("approximate_by_nature"),
}
"""Columns that say one of a few things, row after row."""
