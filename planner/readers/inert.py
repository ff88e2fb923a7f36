"""Texts that spreadsheet programs would run as formulas: made inert on their way out, restored on the way in (P17)."""

import re

FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""What a cell must not begin with in a file that spreadsheet programs open."""
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def inert(cell: str) -> str:
    """The text behind an apostrophe where a program might run it; a number stays one.

    An apostrophe that stood before such a text already gets another, so that exactly one is taken off again.
    """
    return f"'{cell}" if _is_dangerous(cell) and not _NUMBER.fullmatch(cell) else cell


def restored(text: str) -> str:
    """What the text was before it was made inert."""
    return text[1:] if text.startswith("'") and _is_dangerous(text) else text


def _is_dangerous(text: str) -> bool:
    return text.lstrip("'")[:1] in FORMULA
