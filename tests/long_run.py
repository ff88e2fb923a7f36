"""The long run as one table: a line for each promise, with how many tests came out how, and what they took.

A plugin of pytest for `make soak`: `-p tests.long_run`.
"""

from collections import defaultdict
from dataclasses import dataclass

import pytest


@dataclass(slots=True)
class Line:
    """What became of the tests of one function."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0


LINES: defaultdict[str, Line] = defaultdict(Line)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    line = LINES[report.nodeid.partition("[")[0].removeprefix("tests/")]
    line.seconds += report.duration
    if report.when == "call" or report.failed or report.skipped:
        setattr(line, report.outcome, getattr(line, report.outcome) + 1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("the long run")
    for text in table(LINES):
        terminalreporter.write_line(text)


def table(lines: dict[str, Line]) -> list[str]:
    """The lines by module and test, and their sum."""
    total = Line(*(sum(getattr(line, name) for line in lines.values()) for name in Line.__slots__))
    rows = [*sorted(lines.items()), ("all", total)]
    width = max(len(name) for name, _ in rows)
    head = f"{'promise':<{width}}  passed  failed  skipped  minutes"
    said = [
        f"{name:<{width}}  {line.passed:>6}  {line.failed:>6}  {line.skipped:>7}  {line.seconds / 60:>7.1f}"
        for name, line in rows
    ]
    return [head, *said]
