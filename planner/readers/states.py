"""States, built in as data: every ISO 3166-1 code, with names in both languages, capital and zone."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.core import get_global

from planner.domain.entries import Party, Standing
from planner.domain.texts import Names, Texts, texts


@dataclass(frozen=True, slots=True)
class State:
    """One state. `zone` is its capital's; '' where the state has several zones and is not in our table."""

    code: str
    names: Texts
    aliases: tuple[str, ...] = ()
    capital: Texts = ()
    zone: str = ""


def state_named(text: str) -> State | None:
    """The state with that code or name, in either language, or None."""
    code = _names().find(text)
    return None if code is None else _all()[code]


def codes() -> tuple[str, ...]:
    """Every code, sorted."""
    return tuple(_all())


def party_of(programme: str, state: State, standing: Standing = Standing.OTHER) -> Party:
    """The state as a party of a programme."""
    return Party(
        programme,
        state.code,
        state.names,
        state.aliases,
        standing=standing,
        zone=state.zone,
        capital=state.capital,
    )


@cache
def _names() -> Names:
    return Names(
        (code, (*(name for _, name in state.names), *state.aliases, *_long().get(code, ())))
        for code, state in _all().items()
    )


def _long() -> Mapping[str, list[str]]:
    """By code, those of three letters (ISO 3166-1 alpha-3), which CLDR keeps as other names of a territory."""
    found: dict[str, list[str]] = {}
    for other, codes in get_global("territory_aliases").items():
        if len(other) == 3 and other.isalpha() and len(codes) == 1:
            found.setdefault(codes[0], []).append(other)
    return found


@cache
def _all() -> Mapping[str, State]:
    ours = tomllib.loads(files("planner.readers").joinpath("states.toml").read_text(encoding="utf-8"))
    english: Mapping[str, str] = Locale("en").territories
    russian: Mapping[str, str] = Locale("ru").territories
    zones = _single_zones()
    iso = {code for code in english if len(code) == 2 and code.isalpha() and code in zones} | ours.keys()
    return {
        code: State(
            code,
            texts(**ours.get(code, {}).get("names", {"en": english.get(code, code), "ru": russian.get(code, code)})),
            tuple(ours.get(code, {}).get("aliases", ())),
            texts(**ours.get(code, {}).get("capital", {})),
            ours.get(code, {}).get("zone", zones.get(code, "")),
        )
        for code in sorted(iso)
    }


def _single_zones() -> Mapping[str, str]:
    """By code, the zone of a state that has only one, '' for one that has several (zone.tab of the tz database)."""
    found: dict[str, list[str]] = {}
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            found.setdefault(code, []).append(zone)
    return {code: zones[0] if len(zones) == 1 else "" for code, zones in found.items()}
