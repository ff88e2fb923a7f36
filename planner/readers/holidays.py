"""Days off of states, read when a programme is loaded, from the `holidays` package, as records with their source."""

import re
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version

import holidays

from planner.domain.entries import DayKind, Holiday
from planner.domain.texts import texts

# The package's own English; its default follows LANG, and a plan must not (model, *Findings*).
_LANGUAGES = {"en": ("en_US", "en_GB", "en"), "ru": ("ru", "ru_KG", "ru_RU")}
_ESTIMATED = re.compile(r"\s*\((?:estimated|предполагаемая дата|приблизительно)\)", re.IGNORECASE)


def holidays_of(programme: str, states: Iterable[str], first: date, last: date) -> tuple[Holiday, ...]:
    """Public holidays, days off and worked weekend days of these states from year of the first day to that of the last.

    States the package does not know have none.
    """
    years = range(first.year, last.year + 1)
    found = [holiday for state in sorted(set(states)) for holiday in _of_state(programme, state, years)]
    return tuple(sorted(found, key=lambda holiday: holiday.code))


def is_known(state: str) -> bool:
    """True when the package has a calendar of that state."""
    return state in holidays.list_supported_countries()


def _of_state(programme: str, state: str, years: range) -> list[Holiday]:
    if not is_known(state):
        return []
    english, russian = (_names(state, years, language) for language in ("en", "ru"))
    source = f"holidays {version('holidays')}"
    off = [
        Holiday(
            programme,
            state,
            day,
            texts(en=_ESTIMATED.sub("", name), ru=_ESTIMATED.sub("", russian.get(day, ""))),
            estimated=bool(_ESTIMATED.search(name)),
            source=source,
        )
        for day, name in sorted(english.items())
    ]
    return off + [
        Holiday(programme, state, day, kind=DayKind.WORKING, source=source)
        for day in _worked_weekends(state, years)
        if day not in english
    ]


def _names(state: str, years: range, language: str) -> dict[date, str]:
    """The names of its days off in that language; empty where the package has none in Russian."""
    calendar = holidays.country_holidays(state, years=years)
    known = next((each for each in _LANGUAGES[language] if each in calendar.supported_languages), None)
    if known is None and language == "ru":
        return {}
    found = holidays.country_holidays(state, years=years, language=known)
    return {day: str(name) for day, name in found.items()}


def _worked_weekends(state: str, years: range) -> list[date]:
    calendar = holidays.country_holidays(state, years=years)
    worked: set[date] = getattr(calendar, "weekend_workdays", set())
    return sorted(day for day in worked if day.year in years)
