"""A check on the terminal, as JSON and as CSV."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import click

from planner.cli.common import say_json
from planner.cli.tables import width, write_csv
from planner.domain.board import Board
from planner.domain.finding import Severity
from planner.domain.memory import Remembered, Since, Turn
from planner.domain.report import Checked, Report
from planner.domain.suggestion import Suggestion
from planner.services.suggesting import best_moves
from planner.wording.dates import write_when
from planner.wording.findings import explanation, headline
from planner.wording.layout import Layout
from planner.wording.report import say_report, unfolded
from planner.wording.since import say_since
from planner.wording.suggestions import command_of

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def say(report: Report, since: Since | None, revision: int, form: str, language: str) -> None:
    """The report in the form asked for; with `since` only what changed."""
    moves = _moves(report, since, revision, form)
    layout = Layout(report.board, language, width(), moves)
    if form == "json":
        say_json(report_data(report, since, revision, layout))
    elif form == "csv":
        say_report_csv(report, since, language)
    elif since is None:
        _say_lines(say_report(report, layout), report)
    else:
        _say_lines(say_since(report, since, layout), report)


def _moves(report: Report, since: Since | None, revision: int, form: str) -> Mapping[str, Suggestion]:
    """Moves that would help with what is shown. A trial has none: it is a move itself."""
    if form == "csv" or (since is not None and since.memory.is_trial):
        return {}
    shown = unfolded(report)
    if since is not None:
        shown = tuple(each for each in report.checked if each.id in since.pressing)
    return best_moves(report, revision, shown)


def say_report_text(report: Report, revision: int, language: str) -> None:
    """The report as people read it; on a terminal the codes carry the colour of their severity."""
    say(report, None, revision, "text", language)


def _say_lines(lines: Iterable[str], report: Report) -> None:
    codes = {f"{each.finding.rule} {each.handle}": each.finding.severity for each in report.checked}
    for line in lines:
        code = " ".join(line.split(" ", 2)[:2])
        is_head = code in codes and has_colours()
        click.echo(click.style(code, fg=_COLOURS[codes[code]], bold=True) + line[len(code) :] if is_head else line)


def has_colours() -> bool:
    """True on a terminal that shows colours, unless NO_COLOR says otherwise (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def report_data(report: Report, since: Since | None, revision: int, layout: Layout) -> dict[str, Any]:
    """The report as docs/check-json.md describes it; it only grows."""
    return {
        "revision": revision,
        "today": report.board.day.isoformat(),
        "events": len(report.board.events),
        "rules": list(report.rules),
        "counts": dict(report.counts),
        "since": None if since is None else _since_data(since),
        "findings": [_checked_data(each, since, layout) for each in report.checked],
    }


def _since_data(since: Since) -> dict[str, Any]:
    memory = since.memory
    return {
        "revision": memory.revision,
        "today": memory.day.isoformat(),
        "check": memory.number,
        "counts": {turn.value: since.count(turn) for turn in Turn},
        "gone": [
            {
                "id": each.id,
                "handle": each.handle,
                "rule": each.rule,
                "events": list(each.refs),
                "from": each.span.first.isoformat(),
                "to": each.span.last.isoformat(),
            }
            for each in since.gone
        ],
    }


def _checked_data(each: Checked, since: Since | None, layout: Layout) -> dict[str, Any]:
    finding, placements = each.finding, each.finding.placements
    move = layout.moves.get(each.id)
    turn = since.turns.get(each.id) if since is not None else None
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
        "explanation": explanation(finding, layout.board, layout.language),
        "listed": each.hidden is None,
        "hidden": each.hidden.value if each.hidden else None,
        "waived": each.waiver is not None,
        "suggestion": suggestion_data(move, layout) if move is not None else None,
        "new": None if since is None else turn is Turn.NEW,
        "turn": turn.value if turn is not None else None,
    }


def say_report_csv(report: Report, since: Since | None, language: str) -> None:
    """The listed findings as CSV, a line each; with `since` those that changed, and what is gone."""
    heads = ("rule", "handle", "severity", "certainty", "from", "to", "events", "shared", "what")
    if since is None:
        write_csv(heads, (_csv_row(each, report.board, language) for each in report.shown))
        return
    turned = ((*_csv_row(each, report.board, language), since.turns[each.id].value) for each in _turned(report, since))
    write_csv((*heads, "turn"), chain(turned, (_gone_row(each) for each in since.gone)))


def _turned(report: Report, since: Since) -> Iterator[Checked]:
    return (each for each in report.checked if each.id in since.turns)


def _gone_row(each: Remembered) -> tuple[str, ...]:
    days = each.span.first.isoformat(), each.span.last.isoformat()
    said = each.rule, each.handle, each.severity.value, each.certainty.value, *days, " ".join(each.refs)
    return (*said, "", "", Turn.GONE.value)


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


def suggestion_data(each: Suggestion, layout: Layout) -> dict[str, Any]:
    """A suggestion as JSON: the days, what it clears and creates, and the command that makes the move."""
    return {
        "event": each.event.ref,
        "when": write_when(each.when, layout.language),
        "first": each.when.windows[0].first.isoformat(),
        "last": each.when.windows[-1].last.isoformat(),
        "days_moved": each.days_moved,
        "clears": list(each.cleared),
        "creates": [created.id for created in each.created],
        "command": command_of(each, layout),
    }
