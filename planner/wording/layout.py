"""Where the findings of a board are said: in which language, and in how many columns."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.domain.board import Board
from planner.domain.suggestion import Suggestion

INDENT = "     "
GAP = "   "
_NARROWEST = 40


@dataclass(frozen=True, slots=True)
class Layout:
    """A board, a language, and the columns there are; by finding id, moves that would help."""

    board: Board
    language: str
    width: int
    moves: Mapping[str, Suggestion] = field(default_factory=dict)

    def pick(self, english: str, russian: str) -> str:
        return russian if self.language == "ru" else english

    def wrapped(self, text: str, indent: str = "") -> list[str]:
        """The text in lines of that width; what goes on below is indented. Words are never broken."""
        lead = text[: len(text) - len(text.lstrip())]
        return textwrap.wrap(
            text.strip(),
            max(self.width, _NARROWEST),
            initial_indent=lead,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
