"""Cells that name a place as lists write it: with its state, with «г.», or several in one cell."""

import re

from planner.domain.zone import with_places_around
from planner.readers import states
from planner.readers.row import Known, RowReading

_CITY = re.compile(r"^(?:г\.\s*|(?:г|гор|город)\.?\s+)(?=[А-ЯЁ])")
"""«г. Москва» is Москва."""
_APART = r"(?<=[^\W\d])\s*[/+&]\s*(?=[^\W\d])|,?\s+(?:и|and)\s+"
_SEVERAL = re.compile(rf"{_APART}|,\s*|\s+[-–—]\s+")
_ONE_OF = re.compile(r"\s+(?:или|or)\s+")
_HAS_SEVERAL = re.compile(_APART)


def places_in(text: str, reading: RowReading) -> list[str]:
    """The names of the places in a cell, without «г.» and without the state they lie in: "Беларусь, г. Минск".

    A cell is taken apart only where every part is a place that is known. One that names a known place beside
    another, or one of two, is a problem: a new place called "Minsk/Moscow" would hide that Minsk is taken.
    """
    known = reading.known
    plain = _in_its_state(text, known)
    if known.code("place", plain) is not None:
        return [plain]
    either = [_CITY.sub("", part.strip()) for part in _ONE_OF.split(plain)]
    named = [_CITY.sub("", part.strip()) for part in _SEVERAL.split(plain)]
    if len(either) > 1 and any(known.code("place", part) for part in either):
        reading.wrong("venue", f"{text!r} names places, and not which of them", "the one that is meant, or none yet")
        return []
    if place_within(known, plain) is None and len(named) > 1 and all(known.code("place", part) for part in named):
        return named
    if _HAS_SEVERAL.search(plain) and any(known.code("place", part) for part in named):
        reading.wrong("venue", f"{text!r} names a place I know and others", "places with ';' between them")
        return []
    return [plain]


def _in_its_state(text: str, known: Known) -> str:
    """The place without the state it lies in, where the cell names both: "Russia (Moscow)", "Беларусь, г. Минск"."""
    bracketed = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)
    if bracketed is not None and _is_state(bracketed[1], known):
        return _CITY.sub("", bracketed[2].strip())
    parts = [part.strip() for part in text.split(",")]
    rest = [part for part in parts if not _is_state(part, known)]
    kept = rest if rest and len(rest) < len(parts) else parts
    return ", ".join(_CITY.sub("", part) for part in kept)


def _is_state(text: str, known: Known) -> bool:
    return known.code("place", text) is None and states.state_named(text) is not None


def place_within(known: Known, text: str) -> str | None:
    """The place of "Баграмян (РА)" and of "Losvido, Vitebsk Region": known itself, with where it lies behind it."""
    bracketed = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)
    if bracketed is not None and states.state_named(bracketed[2]) is not None:
        return known.code("place", bracketed[1])
    head, comma, tail = text.partition(",")
    place, wider = (known.code("place", each.strip()) for each in (head, tail))
    if not comma or place is None:
        return None
    around = {each.code for each in with_places_around(place, known.register)}
    return place if wider is None or wider in around else None
