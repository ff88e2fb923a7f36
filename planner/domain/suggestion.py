"""A move that would help: which event, to which days, what that clears and what it creates."""

from dataclasses import dataclass

from planner.domain.event import Event
from planner.domain.finding import Severity
from planner.domain.memory import Since, Turn
from planner.domain.report import Checked, Report
from planner.domain.window import When

CREATED = frozenset({Turn.NEW, Turn.WORSE, Turn.LAPSED})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An event moved, its family with it, and the check that would follow: verified by trying it on the board."""

    event: Event
    when: When
    report: Report
    since: Since

    @property
    def created(self) -> tuple[Checked, ...]:
        """What would be new, worse or no longer accepted, gravest first."""
        return tuple(each for each in self.report.checked if self.since.turns.get(each.id) in CREATED)

    @property
    def cleared(self) -> tuple[str, ...]:
        """Ids of what would be gone."""
        return tuple(each.id for each in self.since.gone)

    @property
    def worst_rank(self) -> int:
        """The rank of the gravest it would create; beyond that of info when it creates nothing."""
        return min((each.finding.severity.rank for each in self.created), default=Severity.INFO.rank + 1)

    @property
    def days_moved(self) -> int:
        """How far it moves; a day chosen in an open window is no move."""
        before = self.event.when
        return abs((self.when.windows[0].first - before.windows[0].first).days) if before.is_fixed else 0
