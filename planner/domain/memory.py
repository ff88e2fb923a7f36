"""What a check said then, and how it differs from what one says now."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.finding import Certainty, Severity, Span
from planner.domain.report import Checked, Hidden, Report


class Turn(StrEnum):
    """What became of a finding since then; one that stands as it did has none."""

    NEW = "new"
    WORSE = "worse"
    LAPSED = "lapsed"
    EASED = "eased"
    ACCEPTED = "accepted"
    GONE = "gone"
    OVER = "over"


PRESSING = frozenset({Turn.NEW, Turn.WORSE, Turn.LAPSED})
"""Turns that a person must look at: shown in full, and what makes a check since then fail."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A finding as it was: enough to tell what became of it, and to name it when it is gone."""

    id: str
    handle: str
    rule: str
    refs: tuple[str, ...]
    severity: Severity
    certainty: Certainty
    span: Span
    clash: int
    of: int
    hidden: Hidden | None

    @property
    def weight(self) -> tuple[int, int, float]:
        """Graver, surer and more of it is heavier: the days of a certain finding, the share of a possible one."""
        is_possible = self.certainty is Certainty.POSSIBLE
        days = (self.span.last - self.span.first).days + 1
        return -self.severity.rank, -is_possible, self.clash / self.of if is_possible and self.of else days


@dataclass(frozen=True, slots=True)
class Memory:
    """A check as it was kept or made again: of which revision, judged from which day; `number` of a kept run.

    `is_trial` says that it is the plan as it stands, to compare with what is only tried.
    """

    revision: int
    day: date
    findings: Mapping[str, Remembered]
    number: int | None = None
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class Since:
    """The turns by finding id, and what is gone, in the order of the report then."""

    memory: Memory
    turns: Mapping[str, Turn]
    gone: tuple[Remembered, ...]
    _counts: Mapping[Turn, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_counts", Counter(self.turns.values()) + Counter([Turn.GONE] * len(self.gone)))

    def count(self, turn: Turn) -> int:
        return self._counts.get(turn, 0)

    @property
    def pressing(self) -> frozenset[str]:
        """Ids of what a person must look at."""
        return frozenset(id_ for id_, turn in self.turns.items() if turn in PRESSING)


def remember(report: Report) -> dict[str, Remembered]:
    """What a report says, by id. The report must be one without filters and with the usual lists."""
    return {each.id: _remembered(each) for each in report.checked}


def _remembered(each: Checked) -> Remembered:
    finding, placements = each.finding, each.finding.placements
    return Remembered(
        each.id,
        each.handle,
        finding.rule,
        finding.refs,
        finding.severity,
        finding.certainty,
        finding.span,
        placements.clash if placements else 0,
        placements.of if placements else 0,
        each.hidden,
    )


def compare(memory: Memory, report: Report) -> Since:
    """What became of each finding between the check remembered and this one.

    What has passed is *over*, not gone: the plan did not change there.
    """
    now = remember(report)
    turns = {
        id_: turn
        for id_, each in now.items()
        if (turn := _turn(memory.findings.get(id_), each, is_over=report.is_over)) is not None
    }
    gone = tuple(each for id_, each in memory.findings.items() if id_ not in now and each.hidden in _LISTED)
    return Since(memory, turns, gone)


_LISTED = (None, Hidden.ACCEPTED)
_OVER = (Hidden.PAST, Hidden.HELD)
_QUIET = (Hidden.NOTE, Hidden.THIN)


def _turn(was: Remembered | None, now: Remembered, *, is_over: bool) -> Turn | None:
    then = was.hidden if was is not None else Hidden.NOTE  # what was not found is as what was not listed
    if now.hidden in _OVER:
        return Turn.OVER if then is None else None
    if is_over and then in _OVER:
        return None
    if now.hidden is Hidden.ACCEPTED:
        return None if then is Hidden.ACCEPTED else Turn.ACCEPTED
    if now.hidden in _QUIET:
        return Turn.EASED if then is None else None
    if then is not None:
        return Turn.LAPSED if then is Hidden.ACCEPTED else Turn.NEW
    assert was is not None
    if now.weight == was.weight:
        return None
    return Turn.WORSE if now.weight > was.weight else Turn.EASED
