"""A check on the terminal, as JSON and as CSV."""

import os
import sys
from typing import Any

import click

from planner.cli.tables import width, write_csv
from planner.domain.board import Board
from planner.domain.finding import Severity
from planner.domain.report import Checked, Report
from planner.wording.findings import explanation, headline
from planner.wording.report import say_report

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def say_report_text(report: Report, language: str) -> None:
    """The report as people read it; on a terminal the codes carry the colour of their severity."""
    codes = {f"{each.finding.rule} {each.handle}": each.finding.severity for each in report.shown}
    for line in say_report(report, language, width()):
        code = " ".join(line.split(" ", 2)[:2])
        is_head = code in codes and has_colours()
        click.echo(click.style(code, fg=_COLOURS[codes[code]], bold=True) + line[len(code) :] if is_head else line)


def has_colours() -> bool:
    """True on a terminal that shows colours, unless NO_COLOR says otherwise (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def report_data(report: Report, revision: int, language: str) -> dict[str, Any]:
    """The report as docs/check-json.md describes it; it only grows."""
    return {
        "revision": revision,
        "today": report.board.day.isoformat(),
        "events": len(report.board.events),
        "rules": list(report.rules),
        "counts": dict(report.counts),
        "findings": [_checked_data(each, report.board, language) for each in report.checked],
    }


def _checked_data(each: Checked, board: Board, language: str) -> dict[str, Any]:
    finding, placements = each.finding, each.finding.placements
    return {
        "id": each.id,
        "handle": each.handle,
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "certainty": finding.certainty.value,
        "placements": None
        if placements is None
        else {
            "clash": placements.clash,
            "of": placements.of,
            "clear": [day.isoformat() for day in placements.clear],
        },
        "events": list(finding.refs),
        "subject": finding.subject,
        "shared": list(finding.shared),
        "from": finding.span.first.isoformat(),
        "to": finding.span.last.isoformat(),
        "also": list(finding.also),
        "explanation": explanation(finding, board, language),
        "listed": each.hidden is None,
        "hidden": each.hidden.value if each.hidden else None,
        "waived": each.waiver is not None,
    }


def say_report_csv(report: Report, language: str) -> None:
    """The listed findings as CSV, a line each."""
    heads = ("rule", "handle", "severity", "certainty", "from", "to", "events", "shared", "what")
    write_csv(heads, (_csv_row(each, report.board, language) for each in report.shown))


def _csv_row(each: Checked, board: Board, language: str) -> tuple[str, ...]:
    finding = each.finding
    return (
        finding.rule,
        each.handle,
        finding.severity.value,
        finding.certainty.value,
        finding.span.first.isoformat(),
        finding.span.last.isoformat(),
        " ".join(finding.refs),
        " ".join(finding.shared),
        headline(finding, board, language),
    )
