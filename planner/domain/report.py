"""What a check says: every finding, and which of them are worth a person's attention."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from planner.domain.board import Board
from planner.domain.finding import Certainty, Finding, Severity

MOST_OF_A_RULE = 20
"""A rule with more listed findings is folded to their count and three examples."""

FailOn = Literal["certain", "possible", "never"]


class Hidden(StrEnum):
    """Why a finding is counted and not listed."""

    PAST = "past"
    HELD = "held"
    NOTE = "note"
    THIN = "thin"


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding, and why it is not listed, if it is not."""

    finding: Finding
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a check says: every finding in the order it is shown, and what was looked at."""

    board: Board
    checked: tuple[Checked, ...]
    rules: tuple[str, ...]
    is_over: bool

    @property
    def listed(self) -> tuple[Finding, ...]:
        return tuple(each.finding for each in self.checked if each.hidden is None)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many are certain and possible among the listed, and how many are hidden, by reason."""
        listed = Counter("possible" if f.certainty is Certainty.POSSIBLE else "certain" for f in self.listed)
        hidden = Counter(each.hidden.value for each in self.checked if each.hidden is not None)
        return {name: (listed + hidden)[name] for name in ("certain", "possible", *(each.value for each in Hidden))}

    def fails(self, on: FailOn) -> bool:
        """True when a listed finding is as grave as the exit status asks: warnings and errors, certain or any."""
        grave = [finding for finding in self.listed if finding.severity is not Severity.INFO]
        if on == "never":
            return False
        return any(on == "possible" or finding.certainty is not Certainty.POSSIBLE for finding in grave)
