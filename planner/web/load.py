"""The load strip of the year: how full each week is, and where it clashes (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.finding import Certainty, Finding
from planner.services.year import Year
from planner.web.chart import LOAD, Chart

HOT = 3.0
"""How high the red under a week with a conflict is."""
MOST_DAYS_MARKED = 21
"""Findings about longer stretches mark no week of the load strip."""

Box = tuple[float, float, float, float]
"""Where it begins, its height, its width, and where its foot is."""


@dataclass(frozen=True, slots=True)
class Load:
    """The load strip: weeks of fixed days, of days not fixed upon them, and what lies under a week with a clash.

    `calm` and `tense` are the same weeks, the second those with a clash, on a strip of their own as phones have it.
    """

    fixed: tuple[Box, ...]
    approximate: tuple[Box, ...]
    hot: tuple[Box, ...]
    calm: tuple[Box, ...]
    tense: tuple[Box, ...]


def load_of(year: Year, drawn: Chart, findings: Iterable[Finding]) -> Load:
    """The weeks of a year on its chart; a week is hot where a certain conflict falls into it."""
    most = max((week.fixed + week.approximate for week in year.weeks), default=0) or 1
    unit = (LOAD - 4) / most
    hot_weeks = set(_hot_weeks(findings))
    fixed: list[Box] = []
    approximate: list[Box] = []
    hot: list[Box] = []
    calm: list[Box] = []
    tense: list[Box] = []
    for week in year.weeks:
        last = min(week.first + timedelta(days=6), year.last)
        x, end = drawn.x(max(week.first, year.first)) + 1, drawn.x(last) + drawn.day - 1
        at, wide = round(x, 1), round(end - x, 1)
        low, high = round(week.fixed * unit, 1), round(week.approximate * unit, 1)
        is_hot = week.first in hot_weeks
        fixed += [(at, low, wide, drawn.top)] if low else []
        approximate += [(at, high, wide, round(drawn.top - low, 1))] if high else []
        hot += [(at, HOT, wide, drawn.top)] if is_hot else []
        (tense if is_hot else calm).append((at, round(low + high, 1), wide, LOAD))
    return Load(tuple(fixed), tuple(approximate), tuple(hot), tuple(calm), tuple(tense))


def _hot_weeks(findings: Iterable[Finding]) -> Iterable[date]:
    """The Mondays of the weeks into which a certain conflict falls."""
    for finding in findings:
        if finding.certainty is not Certainty.POSSIBLE and _is_short(finding):
            first = finding.span.first - timedelta(days=finding.span.first.weekday())
            for days in range(0, (finding.span.last - first).days + 1, 7):
                yield first + timedelta(days=days)


def _is_short(finding: Finding) -> bool:
    """A week is marked by what happens in it, not by a quarter that still has no day."""
    return (finding.span.last - finding.span.first).days < MOST_DAYS_MARKED
