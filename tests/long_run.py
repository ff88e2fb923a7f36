"""The long run as one table: a line for each test of each promise, how many of it came out how, and what they took.

A plugin of pytest for `make soak`: `-p tests.long_run` runs the long tests, and of promises the tests that the page
names, whether they are long or not.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "how-the-planner-is-tested.md"
NO_PROMISE = "-"


@dataclass(slots=True)
class Line:
    """What became of the tests of one function."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0


LINES: defaultdict[str, Line] = defaultdict(Line)


def proofs(page: str) -> dict[str, list[str]]:
    """By promise, the tests that the page says prove it: `module::test`, without the folder of all tests."""
    rows = re.findall(r"^\| (P\d+) \| .+? \| (.+?) \|$", page, flags=re.MULTILINE)
    return {number: re.findall(r"`tests/([\w/]+\.py::\w+)`", named) for number, named in rows}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    named = {test for tests in proofs(PAGE.read_text(encoding="utf-8")).values() for test in tests}
    kept = [item for item in items if item.get_closest_marker("soak") or function_of(item.nodeid) in named]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    line = LINES[function_of(report.nodeid)]
    line.seconds += report.duration
    if report.when == "call" or report.failed or report.skipped:
        setattr(line, report.outcome, getattr(line, report.outcome) + 1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("the long run")
    for text in table(LINES, proofs(PAGE.read_text(encoding="utf-8"))):
        terminalreporter.write_line(text)


def function_of(test: str) -> str:
    """The test without its parameters and the folder of all tests; of a class, the class."""
    return re.sub(r"(\[.*|::runTest)$", "", test).removeprefix("tests/")


def table(lines: Mapping[str, Line], promises: Mapping[str, list[str]]) -> list[str]:
    """The lines promise by promise, then those of none, and their sum; a promise none of whose tests ran says so."""
    total = Line(*(sum(getattr(line, name) for line in lines.values()) for name in Line.__slots__))
    rows = [(number, test, lines[test]) for number, tests in promises.items() for test in tests if test in lines]
    idle = [(number, "not run", Line()) for number, tests in promises.items() if not set(tests) & set(lines)]
    named = {test for _, test, _ in rows}
    rest = [(NO_PROMISE, test, line) for test, line in sorted(lines.items()) if test not in named]
    order = {number: place for place, number in enumerate(promises)}
    rows = [*sorted([*rows, *idle], key=lambda row: order[row[0]]), *rest, ("all", "", total)]
    width = max(len(test) for _, test, _ in rows)
    head = f"     {'test':<{width}}  passed  failed  skipped  minutes"
    said = [
        f"{number:<4} {test:<{width}}  {line.passed:>6}  {line.failed:>6}  {line.skipped:>7}  {line.seconds / 60:>7.1f}"
        for number, test, line in rows
    ]
    return [head, *said]
