"""Tables drawn with lines in text (boxes, +---+, Markdown), as they are pasted from a document or a mail, to a grid."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.errors import Problem
from planner.readers.grid import Grid, Row
from planner.readers.guard import Guard

_BOX = "".join(map(chr, range(0x2500, 0x2580)))
_BARS = "│┃║╎┆┊╏┇┋"
_RULING = re.compile(rf"[\s+|:=\-–—_{_BOX}]*")
_QUOTED = re.compile(r"^(?:>[ \t]?)+")
_NUMBER = re.compile(r"\d+(?:\.\d+)*[.)]?|[IVXLІХ]+[.)]")
_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: tuple[str, ...]


def seems_drawn(text: str) -> bool:
    """True for text with a line that rules a table and another with cells between bars."""
    lines = [_unquoted(line) for line in text.split("\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]
    return any(map(_is_ruling, lines)) and any(_has_bars(line) and not _is_ruling(line) for line in lines)


def read_drawn(text: str, encoding: str, guard: Guard) -> Grid:
    """The rows of the table, numbered by the lines they begin on.

    Between two ruled lines stands one row, whose cells may be wrapped over several lines; where only the headings are
    ruled off, each line is a row. A line that may be either is a problem, not a guess.
    """
    groups = _groups(text)
    width = max((len(line.cells) for group in groups for line in group), default=0)
    ruled = len([group for group in groups if len(group[0].cells) > 1]) > 2
    is_markdown = not any(bar in text for bar in _BARS) and _is_markdown(text)
    rows: list[Row] = []
    for position, group in enumerate(groups):
        for row in _rows(group, width, one_row=not is_markdown and (ruled or position == 0), guard=guard):
            guard.count(len(rows) + 1)
            rows.append(guard.check(row))
    return Grid(encoding, tuple(rows))


def _unquoted(line: str) -> str:
    """A line of a mail without the marks of one who answered it."""
    return _QUOTED.sub("", line.rstrip("\r"))


def _is_ruling(line: str) -> bool:
    plain = line.strip()
    if len(plain) < 3 or not _RULING.fullmatch(plain):
        return False
    return any(char in "+|" or char in _BOX for char in plain) and sum(char in "-–—=_─━═╌┄┈" for char in plain) >= 3


def _is_markdown(text: str) -> bool:
    rulings = [line for line in map(_unquoted, text.split("\n")) if _is_ruling(line)]
    return len(rulings) == 1 and "+" not in rulings[0]


def _has_bars(line: str) -> bool:
    return "|" in line or any(bar in line for bar in _BARS)


def _groups(text: str) -> list[list[_Line]]:
    """The lines between rulings. A line without bars is a group of its own: a title, a section, a word of greeting."""
    bars = f"[{_BARS}]" if any(bar in text for bar in _BARS) else r"(?<!\\)\|"
    groups: list[list[_Line]] = []
    current: list[_Line] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = _unquoted(raw)
        is_cells = re.search(bars, line) is not None and not _is_ruling(line)
        if is_cells:
            current.append(_Line(number, tuple(_cells(line, bars))))
            continue
        if current:
            groups.append(current)
            current = []
        if line.strip() and not _is_ruling(line):
            groups.append([_Line(number, (line.strip(),))])
    return [*groups, current] if current else groups


def _cells(line: str, bars: str) -> Iterator[str]:
    cells = re.split(bars, line.strip())
    if not cells[0].strip() and len(cells) > 1:
        cells = cells[1:]
    if not cells[-1].strip() and len(cells) > 1:
        cells = cells[:-1]
    yield from (re.sub(r"<br\s*/?>", "\n", cell.replace("\\|", "|")).strip() for cell in cells)


def _rows(group: Sequence[_Line], width: int, *, one_row: bool, guard: Guard) -> Iterator[Row]:
    numbered = [bool(_NUMBER.fullmatch(line.cells[0])) for line in group]
    starts = [0] if one_row and sum(numbered) < 2 else [n for n in range(len(group)) if _begins(n, group[n], numbered)]
    for start, end in zip(starts, [*starts[1:], len(group)], strict=True):
        lines = group[start:end]
        is_doubtful = not one_row and not any(numbered) and start > 0 and not lines[0].cells[0]
        problems = [_doubt(lines[0], guard)] if is_doubtful else []
        sizes = {len(line.cells) for line in lines}
        if len(sizes) > 1 or not sizes & {1, width}:
            found = f"{' or '.join(map(str, sorted(sizes)))} cells between bars, where the table has {width}"
            where = f"{guard.file_name}, row {lines[0].number}"
            problems.append(
                Problem(where, found, remedy="mend its bars, or send the table itself", row=lines[0].number)
            )
        yield Row(lines[0].number, _joined(lines, width), problems=tuple(problems))


def _begins(position: int, line: _Line, numbered: Sequence[bool]) -> bool:
    """True for a line that begins a row, where rows are not ruled off: where they are numbered, the numbers tell."""
    return position == 0 or len(line.cells) == 1 or not any(numbered) or numbered[position]


def _doubt(line: _Line, guard: Guard) -> Problem:
    found = "the first cell is empty: this may go on from the row above, or be a row of its own"
    where = f"{guard.file_name}, row {line.number}"
    return Problem(where, found, remedy="draw a line between the rows, or number them", row=line.number)


def _joined(lines: Sequence[_Line], width: int) -> tuple[str, ...]:
    """The cells of one row. One cell alone spans the table, as merged cells do."""
    if len(lines[0].cells) == 1:
        return (" ".join(line.cells[0] for line in lines if line.cells[0]),) * max(1, width)
    size = max(len(line.cells) for line in lines)
    parts = ([line.cells[n] for line in lines if n < len(line.cells) and line.cells[n]] for n in range(size))
    return tuple(map(_unwrapped, parts))


def _unwrapped(parts: Sequence[str]) -> str:
    """The text of a wrapped cell. A hyphen at the end of a line stays: it may be the word's own."""
    text = ""
    for part in parts:
        text += part if not text or (text.endswith("-") and text[-2:-1].isalpha()) else f" {part}"
    return text
