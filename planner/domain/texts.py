"""Text in several languages, and names under which one thing is known."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Self

Texts = tuple[tuple[str, str], ...]
"""(language, text) pairs, sorted by language, at most one of each; `()` when nothing is said."""


def texts(**by_language: str) -> Texts:
    """The non-empty texts, sorted.

    >>> texts(ru="учение", en="exercise")
    (('en', 'exercise'), ('ru', 'учение'))
    """
    return tuple(sorted((language, text) for language, text in by_language.items() if text))


def text_in(language: str, *choices: Texts) -> str:
    """The first text in that language among the choices, else the first in any language, else ''."""
    for choice in choices:
        for said_in, text in choice:
            if said_in == language:
                return text
    return next((text for choice in choices for _, text in choice), "")


_QUOTES = str.maketrans("", "", "«»„“”\"'‘’`\u00ad\u200b\u2060\ufeff")  # and what nobody sees: hyphens of a line's end
_DASHES = re.compile(r"[\u2010-\u2015\u2212-]+")
_BLANKS = re.compile(r"[\s.,;:()]+")


@lru_cache(maxsize=16_384)  # a list says the same names row after row
def fold(text: str) -> str:
    """The form under which names are compared: case, ё/е, quotes, dashes, dots, soft hyphens and spaces do not matter.

    >>> fold("«Нерушимое  братство – 2020»") == fold("нерушимое братство-2020")
    True
    """
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").translate(_QUOTES)
    return _BLANKS.sub(" ", _DASHES.sub(" ", plain)).strip()


_SHORT = 100
_remembered = lru_cache(maxsize=8192)(_folded)
"""Names of kinds, places and headings are folded for every row again; long texts are not kept."""


def is_form_of(one: str, other: str) -> bool:
    """True for two forms of one word: they differ in at most the last three letters."""
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one == other or same >= max(4, min(len(one), len(other)) - 3, max(len(one), len(other)) - 4)


class Names:
    """A look-up from any name of a thing to its code. Names that two things share find nothing."""

    def __init__(self, named: Iterable[tuple[str, Iterable[str]]]) -> None:
        """`named` gives (code, all its names); the code itself is always one of them."""
        found: dict[str, set[str]] = {}
        shown: dict[str, str] = {}
        codes: dict[str, str] = {}
        for code, names in named:
            codes[fold(code)] = code
            for name in (code, *names):
                found.setdefault(fold(name), set()).add(code)
                shown.setdefault(fold(name), name)
        # A code always means itself, also when it is somebody else's alias.
        unique = {name: next(iter(owners)) for name, owners in found.items() if len(owners) == 1}
        self._codes: Mapping[str, str] = {**unique, **codes}
        self._shown = shown
        self._starts: dict[str, list[str]] = {}  # by the first letters of a word, made when first asked for

    @classmethod
    def of(cls, codes: Iterable[str]) -> Self:
        """A look-up of codes that have no other names."""
        return cls((code, ()) for code in codes)

    def find(self, text: str) -> str | None:
        """The code known under that name, or None."""
        return self._codes.get(fold(text))

    def nearest(self, text: str, most: int = 3) -> tuple[str, ...]:
        """Known names that look like the text, best first; empty when none does."""
        return self._near(fold(text), self._codes, most)

    def did_you_mean(self, text: str, otherwise: str = "", most: int = 3) -> str:
        """The remedy for a name that is not known: the nearest ones that are, else what to do otherwise."""
        near = ", ".join(map(repr, self.nearest(text, most)))
        return f"did you mean {near}?" if near else otherwise

    def close_to(self, text: str, most: int = 5) -> tuple[str, ...]:
        """The same among names that begin a word as the text does one: quick enough for every cell of a long list."""
        if not self._starts:
            for name in self._codes:
                for word in name.split():
                    self._starts.setdefault(word[:3], []).append(name)
        folded = fold(text)
        candidates = dict.fromkeys(name for word in folded.split() for name in self._starts.get(word[:3], ()))
        return self._near(folded, candidates, most)

    def _near(self, folded: str, candidates: Iterable[str], most: int) -> tuple[str, ...]:
        close = difflib.get_close_matches(folded, candidates, n=most, cutoff=0.6)
        return tuple(self._shown[name] for name in close)
