"""Text made plain for matching, with the place each letter had in the source."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_SAME = {
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\t\r\n", " "),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "ё": "е",
    "⁄": "/",
}
_DROPPED = "«»„“”\"'‘’`\u00ad\u200b\ufeff"
# Latin letters that look like Cyrillic ones: `III` is often typed with Cyrillic letters, and `октябрь` with a Latin o.
_TO_CYRILLIC = str.maketrans("aceopxyk", "асеорхук")
_TO_LATIN = str.maketrans("іхсмаеорут", "ixcmaeopyt")

_YEAR_WORD = re.compile(r"(?<=\d)\s*(?:гг|г|году|года|год|годы|годов)\b\.?|(?<=\d)\s*(?:с|т)\.\s*г\.?")
_THIS_YEAR = re.compile(r"\s+(?:с\.?\s*г\.?|т\.?\s*г\.?|this year|текущего года|месяца)$")
_ORDINAL = re.compile(r"(?<=\d)(?:-?(?:го|ое|е)|st|nd|rd|th)\b")
_ABBREVIATED = re.compile(r"(?<=[a-zа-я])\.")
_BLANKS = re.compile(r"\s{2,}")
_WORD = re.compile(r"[a-zа-яі]+")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in small letters; `at[i]` is where letter i stood in the source."""

    text: str
    at: tuple[int, ...]

    def without(self, pattern: re.Pattern[str], instead: str = "") -> "Plain":
        """The text with what matches taken out (or replaced by one text that stands where the match began)."""
        text: list[str] = []
        at: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            text.append(self.text[last : match.start()] + instead)
            at.extend(self.at[last : match.start()])
            at.extend([self.at[match.start()] if match.start() < len(self.at) else 0] * len(instead))
            last = match.end()
        text.append(self.text[last:])
        at.extend(self.at[last:])
        return Plain("".join(text), tuple(at))

    def cut(self, start: int, end: int) -> "Plain":
        """A stretch of the text, without blanks and commas around it."""
        while start < end and self.text[start] in " ,.":
            start += 1
        while end > start and self.text[end - 1] in " ,.":
            end -= 1
        return Plain(self.text[start:end], self.at[start:end])

    def source(self, text: str) -> str:
        """What stood in the source where this stands."""
        return text[self.at[0] : self.at[-1] + 1] if self.at else ""


def plain(text: str) -> Plain:
    """Case, dashes, quotes, ё, kinds of blanks, the word for year and look-alike letters no longer matter."""
    letters = [
        (_SAME.get(small, small), index)
        for index, letter in enumerate(text)
        for small in letter.lower()
        if small not in _DROPPED
    ]
    made = Plain("".join(letter for letter, _ in letters), tuple(index for _, index in letters))
    made = _with_letters_of_one_script(made)
    for pattern in (_YEAR_WORD, _ORDINAL, _ABBREVIATED):
        made = made.without(pattern)
    made = made.without(_BLANKS, " ")
    made = made.cut(0, len(made.text))
    return made.without(_THIS_YEAR)


def _with_letters_of_one_script(made: Plain) -> Plain:
    return Plain(_WORD.sub(_one_script, made.text), made.at)


def _one_script(match: re.Match[str]) -> str:
    word = match[0]
    roman: Callable[[str], bool] = re.compile(r"[ivxіх]+").fullmatch  # type: ignore[assignment]
    if roman(word):
        return word.translate(_TO_LATIN)
    if re.search("[а-я]", word) and re.search("[a-z]", word):
        return word.translate(_TO_CYRILLIC)
    return word
