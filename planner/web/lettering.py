"""How wide texts are, and how they are cut or broken to fit: estimates made without a browser (web.md, "Tokens")."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=20_000)
def text_width(text: str, size: float) -> float:
    """How wide a text is at that size, an estimate that errs on the wide side (web.md, "Tokens")."""
    return size * sum(map(_width, text))


_NARROW = frozenset("ijlI.,:;!|'()[] ·")
_WIDE = frozenset("mwMWшщжюмфШЩЖЮМФЫы@%—≈")


_LOOSE = " ·,:;–-(«“"
"""What is not left at the end of a text that is cut."""


def _width(letter: str) -> float:
    """In parts of the size of the letters."""
    if letter in _NARROW:
        return 0.31
    if letter in _WIDE:
        return 0.86
    if "\u0400" <= letter <= "\u04ff":
        return 0.71 if letter.isupper() else 0.605
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.68 if letter.isupper() else 0.565


def cut(text: str, room: float, size: float) -> str:
    """The text, or as many of its words as fit with "…" behind them, of one long word its letters; else ''."""
    if text_width(text, size) <= room:
        return text
    left = room - text_width("…", size)
    kept = []
    for letter in text:
        left -= size * _width(letter)
        if left < 0:
            break
        kept.append(letter)
    shown = text[: len(kept)]
    if " " in shown.strip() and text[len(kept)] != " ":
        shown = shown.rpartition(" ")[0]
    return shown.rstrip(_LOOSE) + "…" if kept else ""


def in_lines(text: str, room: float, size: float, most: int = 3) -> tuple[str, ...]:
    """The text in one line if it fits, else in up to so many, broken between words; the last is cut if it must be."""
    if most == 1 or text_width(text, size) <= room:
        return (cut(text, room, size),)
    words, first = text.split(" "), ""
    while words and text_width(f"{first} {words[0]}".strip(), size) <= room:
        first = f"{first} {words.pop(0)}".strip()
    return (first, *in_lines(" ".join(words), room, size, most - 1)) if first else (cut(text, room, size),)
