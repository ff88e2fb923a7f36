"""States as lists of participants speak of them: «белорусская сторона», «представители Армении», "Russia + Belarus"."""

import re

from planner.domain.texts import fold, is_form_of
from planner.readers import states
from planner.readers.row import Known

_SIDES = re.compile(r"(?P<who>.+?) (?:сторон[аы]|делегаци[яи]|sides?|delegations?)|(?P<alone>[^\W\d]+)", re.IGNORECASE)
_OF = re.compile(
    r"(?:представител[ьи]|делегаци[яи]|контингенты?|подразделения|representatives of|delegations? of|contingents? of)"
    r" (?P<who>.+)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:и|and)\s+|\s*[&+]\s*")
_ADJECTIVES = {
    "AM": "армянская armenian",
    "BY": "белорусская беларуская беларусская belarusian",
    "KG": "кыргызская киргизская кыргызстанская kyrgyz",
    "KZ": "казахстанская казахская kazakh kazakhstani",
    "RU": "российская русская russian",
    "TJ": "таджикская таджикистанская tajik",
    "UZ": "узбекская узбекистанская uzbek",
}
_BY_ADJECTIVE = {word: code for code, words in _ADJECTIVES.items() for word in words.split()}


def names_of(text: str, known: Known) -> list[str]:
    """The names by which the parties of this text are known; the text itself where it is not wholly understood."""
    if _is_known(text, known):
        return [text]
    several = [_nominative(name, known) for name in _AND.split(text)]
    if len(several) > 1 and all(several):
        return [name for name in several if name]
    said = _SIDES.fullmatch(text)
    codes = [_BY_ADJECTIVE.get(fold(word)) for word in _AND.split((said["who"] or said["alone"]) if said else "")]
    if all(codes):
        return [code for code in codes if code]
    of = _OF.fullmatch(text)
    found = [_nominative(name, known) for name in _AND.split(of["who"])] if of is not None else []
    return [name for name in found if name] if found and all(found) else [text]


def _is_known(text: str, known: Known) -> bool:
    named = known.code("party", text) or known.code("force", text)
    return named is not None or states.state_named(text) is not None


def _nominative(text: str, known: Known) -> str | None:
    """The one party of the programme whose name this is in another case: «Армении» is «Армения»."""
    if _is_known(text, known):
        return text
    words = fold(text).split()
    found = {
        party.code
        for party in known.register.parties
        for _, name in party.names
        if len(fold(name).split()) == len(words) and all(map(is_form_of, fold(name).split(), words))
    }
    return found.pop() if len(found) == 1 else None
