"""Text made plain for matching, with the place each letter had in the source."""

import re
from dataclasses import dataclass

from planner.domain.dates.words import MONTH

_SAME = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\t\r\n", " "),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "ё": "е",
        "⁄": "/",
    }
)
_DROPPED = "«»„“”\"'‘’`\u00ad\u200b\ufeff"
_IN_THE_WAY = re.compile(f"[{_DROPPED}]")
# Latin letters that look like Cyrillic ones: `III` is often typed with Cyrillic letters, and `октябрь` with a Latin o.
_TO_CYRILLIC = str.maketrans("aceopxyk", "асеорхук")
_TO_LATIN = str.maketrans("іхсмаеорут", "ixcmaeopyt")

# Marks of footnotes behind a date or a part of it: "12 октября¹", "сентябрь*", "12.10.2020 [1]".
_MARKS = re.compile(r"(?<=\S) ?(?:[¹²³⁰⁴-⁹]+\)?|\*{1,3}\)?|\[\d{1,2}\])(?=$|[ ,;)\-])")
# What stands before a date to say that it is one: "Срок: 12 октября", "Date: 12 October", «период с 1 по 15 июня».
_LABEL = re.compile(
    r"^(?:срок\w*|дат[аы]|период|dates?|when)(?: (?:проведения|исполнения))?(?: ?[:-]+ ?| (?=(?:до|не|с|со|from|by) ))"
)
# "Oct '20" is a month and a year, and «Q2'20» a quarter.
_SHORT_YEAR = re.compile(r"(?<=[^\W\d_] )['’‘](?=\d\d\b)|(?<=[qQhH]\d)['’‘](?=\d\d\b)")
_YEAR_WORD = re.compile(r"(?<=\d)\s*(?:гг|г|годах|годам|годов|годы|году|года|год)\b\.?(?:\s*г\.?(?=$|\W))?")
_THIS_YEAR = re.compile(
    r",?\s*(?:\b[ст]\.?\s*г\b\.?|(?:of )?(?:this|current) year\b|(?<!конца )(?:текущего|этого|нынешнего|сего) года\b)"
)
# "12-го", "1-я", "III-й", "12th": the number alone counts. "1-ая" is as frequent as it is wrong.
_ORDINAL = re.compile(
    r"(?:(?<=\d)|(?<=\b[ivx])|(?<=[ivx][ivx]))-?(?:го|ого|его|ое|ой|ая|ый|ий|ей|ую|ю|ом|ем|му|я|й|е)\b"
    r"|(?<=\d) ?(?:st|nd|rd|th)\b"
)
_NOON = re.compile(r"(?<=[ap])\.\s?(?=m\b)")
_ABBREVIATED = re.compile(r"(?<=[a-zа-я])\.(?!\d)|(?<=[а-я]{2})\.(?=\d{4})")
_FILLED = re.compile(
    r"(?<=\d) (?:числа|число|чисел|числах)\b|[ ,(]+(?:включительно|вкл|inclusive|incl"
    r"|(?:весь|целый) день|(?:all|whole|full) day)\b\)?|\bthe (?=.)"
)
_MONTH_WORD = re.compile(rf"(?:(?<=[ьтйяе])|(?<=\bма[ейя]))[ -]месяц(?:а|е|ы|ев)?\b|\bмесяц(?:е)? (?=(?:{MONTH})\b)")
_OF_MONTH = re.compile(rf"(?<=\d) of (?=(?:{MONTH})\b)|(?<=\d)(?=(?:{MONTH})(?![a-zа-я]))|(?<=[а-я])(?=\d{{4}}\b)")
_TRAILING = re.compile(r"(?<=\.\d\d)\.(?= ?[-,;)]| (?:и|по|до) |$)")
_DOTS = re.compile(r"(?<=\d) ?(?:\.{2,3}|…) ?(?=\d)")
_TIDE = re.compile(r"\bтеч\b(?= )")
_PERIOD = re.compile(r"\b(?:в|за|на) период (?=с \d|с \w+ по )")
_BLANKS = re.compile(r"\s{2,}|(?<=[;,] )[;, ]+")
_WORD = re.compile(r"[a-zа-яі]+")
_ROMAN = re.compile(r"[ivxіх]+")
_CYRILLIC, _LATIN = re.compile("[а-я]"), re.compile("[a-z]")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in small letters; `at[i]` is where letter i stood in the source."""

    text: str
    at: tuple[int, ...]

    def without(self, pattern: re.Pattern[str], instead: str = "") -> "Plain":
        """The text with what matches taken out (or replaced by one text that stands where the match began)."""
        if pattern.search(self.text) is None:
            return self
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
    made = _with_letters_of_one_script(_small(text).without(_BLANKS, " "))
    for pattern in (_MARKS, _LABEL, _THIS_YEAR, _YEAR_WORD, _ORDINAL, _NOON, _ABBREVIATED):
        made = made.without(pattern)
    made = made.without(_BLANKS, " ").without(_FILLED).without(_MONTH_WORD)
    made = made.without(_TIDE, "течение").without(_PERIOD)
    made = made.without(_OF_MONTH, " ").without(_TRAILING).without(_DOTS, "-").without(_BLANKS, " ")
    return made.cut(0, len(made.text))


def _small(text: str) -> Plain:
    """In small letters, each letter that looks like another as that one; most texts keep their number of letters."""
    lowered = text.lower()
    if len(lowered) == len(text) and _IN_THE_WAY.search(lowered) is None:
        return Plain(lowered.translate(_SAME), tuple(range(len(text))))
    years = {match.start() for match in _SHORT_YEAR.finditer(text)}
    letters = [
        (small.translate(_SAME), index)
        for index, letter in enumerate(text)
        for small in (" 20" if index in years else letter.lower())
        if small not in _DROPPED
    ]
    return Plain("".join(letter for letter, _ in letters), tuple(index for _, index in letters))


def _with_letters_of_one_script(made: Plain) -> Plain:
    return Plain(_WORD.sub(_one_script, made.text), made.at)


def _one_script(match: re.Match[str]) -> str:
    word = match[0]
    if _ROMAN.fullmatch(word):
        return word.translate(_TO_LATIN)
    if _CYRILLIC.search(word) and _LATIN.search(word):
        return word.translate(_TO_CYRILLIC)
    return word
