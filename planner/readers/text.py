"""Bytes to text: which encoding it is in, and the characters no list has."""

import itertools
import re

import charset_normalizer

from planner.errors import BadInput, Problem

_RARE_IN_RUSSIAN = frozenset("ЂЃѓ†‡‰ЉЊЌЋЏђљњќћџЎўЈҐ")
"""Characters of cp1251 that other Cyrillic code pages use for capitals."""

_MIXED = re.compile("(?<=[A-Za-z])[\u0400-\u04ff]|[\u0400-\u04ff](?=[A-Za-z])")


def decoded(content: bytes, file_name: str, encoding: str | None) -> tuple[str, str]:
    """The text of a file and the encoding it is in: the one named, else UTF-8, UTF-16 with its mark, or cp1251.

    Raises BadInput when it is in none of these.
    """
    if encoding is not None:
        text = _as(content, encoding)
        if text is None:
            remedy = "leave --encoding out to have it found"
            raise BadInput(Problem(file_name, f"is not {encoding} text", remedy=remedy))
        return text, encoding
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _as(content, "utf-16")
        if text is not None:
            return text, "utf-16"
    text = _as(content, "utf-8-sig")
    if text is not None:
        return text, "utf-8"
    text = _as(content, "cp1251")
    if text is not None and _reads_as_russian(text):
        return text, "cp1251"
    guess = charset_normalizer.from_bytes(content).best()
    seems = f" (it looks like {guess.encoding})" if guess is not None else ""
    found = f"is text in an encoding that is neither UTF-8 nor cp1251{seems}"
    raise BadInput(Problem(file_name, found, "UTF-8", "save it as UTF-8, or name its encoding with --encoding"))


def in_utf_8(content: bytes) -> bytes:
    """The same text in UTF-8 where its mark says UTF-16; anything else as it is."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = _as(content[: len(content) // 2 * 2], "utf-16") if marked else None
    return content if text is None else text.encode("utf-8", "surrogatepass")


def _as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _reads_as_russian(text: str) -> bool:
    """True when the letters beyond ASCII are Cyrillic and written as people write: capitals stand first in words.

    Almost any byte means something in cp1251; KOI8-R, cp866 and Latin-1 texts come out as other letters or with
    capitals inside words, or with Latin letters beside them ("Rйunion").
    """
    beyond = [char for char in text if ord(char) > 127 and char.isalpha()]
    cyrillic = sum("а" <= char.lower() <= "я" or char in "ёЁ" for char in beyond)
    capitals_inside = sum(a.islower() and b.isupper() and ord(b) > 127 for a, b in itertools.pairwise(text))
    strange = sum(char in _RARE_IN_RUSSIAN for char in text)
    mixed = len(_MIXED.findall(text))
    return (
        cyrillic >= 0.9 * len(beyond) and capitals_inside + strange <= 0.02 * len(beyond) and mixed <= 0.1 * len(beyond)
    )


_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters (C0 without tab and line breaks, DEL, C1 without NEL), halves of characters, non-characters."""

LOST = "\ufffd"
"""What a program writes for a letter it could not read: the letter is lost."""


def control_in(text: str) -> str:
    """The first character in a text that no list has, as U+0007; '' when there is none."""
    found = _CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def checked(text: str, file_name: str) -> str:
    """The text, unless it has characters no list has: they would travel on into databases and feeds."""
    found = _CONTROL.search(text)
    if found is None:
        return text
    line = text.count("\n", 0, found.start()) + 1
    where = f"{file_name}, line {line}"
    raise BadInput(Problem(where, f"control character U+{ord(found[0]):04X}", "plain text", "remove it", row=line))
