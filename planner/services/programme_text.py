"""What a programme knows, as the programme file (TOML) that `planner programme load` reads (pure)."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from planner.domain.entries import Body, Facility, Force, Kind, KnownName, Party, Place, Priority
from planner.domain.register import Entry, Register
from planner.domain.texts import fold
from planner.readers import states
from planner.readers.defaults import STATUS_WORDS
from planner.readers.programme import package_holidays

# What a key is called where it is not the field's own name.
_KEYS: Mapping[str, str] = {"names": "name", "shorts": "short", "titles": "title", "party_sort": "sort"}
_KEYS_OF: Mapping[type, Mapping[str, str]] = {
    Priority: {"code": "id"},
    Party: {"standing": "role", "first": "from", "last": "until"},
    KnownName: {"code": "name", "aliases": "also"},
}
# What a file cannot say, or says in another form.
_LEFT_OUT = frozenset({"programme", "latitude", "longitude", "event", "refs"})
_TEXTS = frozenset({"names", "shorts", "titles", "capital", "travel"})
# What is said although it is usual: without its sort a party that is not built in is an organisation.
_ALWAYS = frozenset({"code", "party_sort"})


def programme_text(register: Register) -> str:
    """The file from which the same programme is loaded: what it knows, without what happened to it in its year.

    Left out are the days off that the package has, what lists taught about one event or their columns, waivers, replies
    and contacts. A closed programme comes out open.
    """
    tables = [_programme(register)]
    tables += [f"[[{entry.sort}]]\n{_lines(_said(entry))}" for entry in _told(register)]
    tables += [f"[rules.{code}]\n{_lines(values)}" for code, values in register.programme.rules]
    return "\n".join(tables)


def _programme(register: Register) -> str:
    one = register.programme
    usual = {fold(word): meaning for word, meaning in STATUS_WORDS.items()}
    words = tuple((word, meaning) for word, meaning in one.status_words if usual.get(word) != meaning)
    said = [
        ("code", one.code),
        ("organisation", dict(one.organisation)),
        *((name, getattr(one, name)) for name in ("chair", "first", "last", "zone", "members", "languages")),
        ("public_shows", one.public_shows),
        ("release_clean", one.release_clean),
        ("status_words", dict(words)),
    ]
    return f"[programme]\n{_lines(said)}\n[rules]\n{_lines([('profile', one.profile)])}"


def _told(register: Register) -> Iterator[Entry]:
    """The entries that a programme file has and that are not built in."""
    known = frozenset(package_holidays(register.programme))
    sorts = (Party, Body, Kind, Force, Place, Facility, Priority)
    yield from (entry for entry in register.entries() if isinstance(entry, sorts))
    yield from register.decisions
    yield from (holiday for holiday in register.holidays if holiday not in known)
    yield from (name for name in register.known_names if not name.event)


def _said(entry: Any) -> Iterator[tuple[str, object]]:
    """The keys of a table and what stands there. Of a kind everything: what it is without depends on its family."""
    keys = {**_KEYS, **_KEYS_OF.get(type(entry), {})}
    built_in = _built_in(entry)
    for field in fields(entry):
        value = getattr(entry, field.name)
        is_usual = value == getattr(built_in, field.name, field.default) and not isinstance(entry, Kind)
        if field.name not in _LEFT_OUT and value not in ("", (), None) and (field.name in _ALWAYS or not is_usual):
            yield keys.get(field.name, field.name), dict(value) if field.name in _TEXTS else value
    if isinstance(entry, Place) and entry.latitude is not None:
        yield "at", (entry.latitude, entry.longitude)


def _built_in(entry: object) -> Party | None:
    """The state as it is built in, whose names and zone need not be said."""
    state = states.state_named(entry.code) if isinstance(entry, Party) else None
    return (
        states.party_of("", state)
        if state is not None and isinstance(entry, Party) and state.code == entry.code
        else None
    )


def _lines(said: Iterable[tuple[str, object]]) -> str:
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in said if value != {})


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_.-]+", key) else quoted(key)


def _value(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(key)} = {_value(each)}' for key, each in value.items())} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    return _value(dict(_said(value))) if is_dataclass(value) else str(value)


def quoted(text: str) -> str:
    """A text as TOML writes it: as JSON does, and the one control character that JSON lets stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
