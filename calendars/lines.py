"""Bytes to the components of an iCalendar file, before anything in them is parsed.

A parser that is given the whole file fails for all of it where one component is wrong, and says nothing at all when the
file was cut off. So the outline is found first, and every event is parsed by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_NESTED = 20
"""An alarm in an event in a calendar is three deep."""
_EDGE = re.compile(rb"^(?:BEGIN|END):", re.IGNORECASE | re.MULTILINE)
_FOLD = re.compile(rb"\n[ \t]")


@dataclass(frozen=True, slots=True)
class Unfolded:
    """Lines without folds, still as bytes, and the line of the file on which each BEGIN and END stands, in order."""

    content: bytes
    edges: tuple[int, ...]


@dataclass(slots=True)
class Block:
    """One component: its name in capitals, the line of the file it begins on, its own lines, what is inside it."""

    name: str
    line: int
    lines: list[str] = field(default_factory=list)
    inside: list["Block"] = field(default_factory=list)


def unfold(content: bytes) -> Unfolded:
    """The lines as they were before they were folded (RFC 5545, 3.1).

    Bytes are joined before anybody decodes them: a fold may stand between the two bytes of one Cyrillic letter.
    """
    plain = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return Unfolded(_FOLD.sub(b"", plain), tuple(_numbers(plain)))


def _numbers(plain: bytes) -> Iterator[int]:
    line, at = 1, 0
    for edge in _EDGE.finditer(plain):
        line += plain.count(b"\n", at, edge.start())
        at = edge.start()
        yield line


def blocks(text: str, edges: tuple[int, ...]) -> list[Block]:
    """The components of unfolded text, outermost first. Raises ValueError naming the line where the outline breaks."""
    outermost: list[Block] = []
    open_blocks: list[Block] = []
    numbers = iter(edges)
    for line in text.split("\n"):
        edge, _, name = line.partition(":")
        match edge.upper():
            case "BEGIN":
                block = Block(name.strip().upper(), next(numbers, 0))
                (open_blocks[-1].inside if open_blocks else outermost).append(block)
                open_blocks.append(block)
                if len(open_blocks) > MOST_NESTED:
                    raise ValueError(f"{block.name} on line {block.line} is nested {MOST_NESTED} deep")
            case "END":
                _close(open_blocks, name.strip().upper(), next(numbers, 0))
            case _ if open_blocks and line.strip():
                open_blocks[-1].lines.append(line)
    if open_blocks:
        last = open_blocks[-1]
        raise ValueError(f"the file ends inside {last.name}, which begins on line {last.line}: it was cut off")
    return outermost


def _close(open_blocks: list[Block], name: str, line: int) -> None:
    if not open_blocks or open_blocks[-1].name != name:
        inside = (
            f"inside {open_blocks[-1].name} of line {open_blocks[-1].line}" if open_blocks else "outside everything"
        )
        raise ValueError(f"END:{name} on line {line} stands {inside}")
    open_blocks.pop()
