"""A check that was kept."""

from dataclasses import dataclass
from datetime import date, datetime

from planner.domain.memory import Remembered


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A kept check: of which revision, judged from which day, when (UTC) and by whom, and what it said, in order.

    `number` counts from 1; 0 stands for one that is not kept yet.
    """

    number: int
    revision: int
    day: date
    at: datetime
    who: str
    rules: tuple[str, ...]
    findings: tuple[Remembered, ...]
