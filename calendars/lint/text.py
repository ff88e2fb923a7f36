"""The file as lines: their length, their breaks, their letters, and where they are folded."""

import re
from collections.abc import Iterator

from calendars.content import LONGEST
from calendars.lint.rules import Flaw

_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_ENDS_IN_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\$")
_BLANK = frozenset({b" ", b"\t"})
_SHOWN = 5
"""So often a rule about lines is said; then only how many more there are."""


def judge_text(content: bytes) -> Iterator[Flaw]:
    """Flaws of the lines as they stand in the file."""
    if content.startswith(b"\xef\xbb\xbf"):
        yield Flaw("byte-order-mark", 1)
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    yield from _few("line-break", [n for n, line in enumerate(lines, 1) if not line.endswith(b"\r")])
    bare = [line.removesuffix(b"\r") for line in lines]
    yield from _few("line-too-long", [n for n, line in enumerate(bare, 1) if len(line) > LONGEST])
    yield from _few("empty-line", [n for n, line in enumerate(bare, 1) if not line])
    for number, line in enumerate(bare, 1) if _CONTROL.search(b"".join(bare)) else ():
        control = _CONTROL.search(line)
        if control is not None:
            yield Flaw("control-character", number, f"U+{control[0][0]:04X}")
    yield from _letters(bare)


def _few(code: str, numbers: list[int]) -> Iterator[Flaw]:
    for number in numbers[:_SHOWN]:
        yield Flaw(code, number)
    if len(numbers) > _SHOWN:
        yield Flaw(code, numbers[_SHOWN], f"and {len(numbers) - _SHOWN - 1} more lines after it")


def _letters(lines: list[bytes]) -> Iterator[Flaw]:
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], b""], strict=True), 1):
        is_folded = following[:1] in _BLANK
        if is_folded and line.endswith(b"\\") and _ENDS_IN_ESCAPE.search(line):
            yield Flaw("fold-in-escape", number)
        if _is_utf_8(line) or (line[:1] in _BLANK and _continues(line)):
            continue
        yield Flaw("fold-in-character" if is_folded and _is_cut(line) else "not-utf-8", number)


def _is_utf_8(line: bytes) -> bool:
    if line.isascii():
        return True
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _continues(line: bytes) -> bool:
    """True when a folded line only begins with the rest of a character: the line before it is the one to blame."""
    rest = line[1:].lstrip(bytes(range(0x80, 0xC0)))
    return len(line) - 1 - len(rest) in {1, 2, 3} and (_is_utf_8(rest) or _is_cut(rest))


def _is_cut(line: bytes) -> bool:
    """True when all is well but for the last character, which is not whole."""
    return any(_is_utf_8(line[:-octets]) for octets in (1, 2, 3))
