"""What a check says: every finding, and which of them are worth a person's attention."""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from planner.domain.board import Board
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.waiver import Waiver

MOST_OF_A_RULE = 20
"""A rule with more listed findings is folded to their count and three examples."""

FailOn = Literal["certain", "possible", "never"]


class Hidden(StrEnum):
    """Why a finding is counted and not listed."""

    PAST = "past"
    HELD = "held"
    ACCEPTED = "accepted"
    NOTE = "note"
    THIN = "thin"


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding with what stands for it, why it is not listed (if it is not), and what a person said of it.

    `waiver` is the one in force; `lapsed` one that held once, until the facts changed or its day passed.
    """

    finding: Finding
    id: str
    handle: str
    hidden: Hidden | None = None
    waiver: Waiver | None = None
    lapsed: Waiver | None = None

    @property
    def is_grave(self) -> bool:
        """True for a listed warning or error that nobody has accepted."""
        return self.hidden is None and self.waiver is None and self.finding.severity is not Severity.INFO


@dataclass(frozen=True, slots=True)
class Report:
    """What a check says: every finding in the order it is shown, and what was looked at."""

    board: Board
    checked: tuple[Checked, ...]
    rules: tuple[str, ...]
    is_over: bool

    @property
    def shown(self) -> tuple[Checked, ...]:
        """What the text lists."""
        return tuple(each for each in self.checked if each.hidden is None)

    @property
    def listed(self) -> tuple[Finding, ...]:
        return tuple(each.finding for each in self.shown)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many are certain and possible among the listed, and how many are hidden, by reason."""
        open_ = (each.finding for each in self.shown if each.waiver is None)
        listed = Counter("possible" if f.certainty is Certainty.POSSIBLE else "certain" for f in open_)
        hidden = Counter(each.hidden.value for each in self.checked if each.hidden is not None)
        # Accepted findings are counted whether they are listed (--all) or not.
        hidden["accepted"] = sum(each.waiver is not None for each in self.checked)
        return {name: (listed + hidden)[name] for name in ("certain", "possible", *(each.value for each in Hidden))}

    @property
    def next_lapse(self) -> date | None:
        """The last day of the accepted finding whose waiver ends first."""
        return min((each.waiver.until for each in self.checked if each.waiver is not None), default=None)

    def fails(self, on: FailOn, among: Container[str] | None = None) -> bool:
        """True when a listed finding is as grave as the exit status asks: warnings and errors, certain or any.

        With `among` only findings with these ids count.
        """
        if on == "never":
            return False
        grave = (each for each in self.checked if each.is_grave and (among is None or each.id in among))
        return any(on == "possible" or each.finding.certainty is not Certainty.POSSIBLE for each in grave)
