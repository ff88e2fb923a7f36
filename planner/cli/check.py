"""Checking the plan for conflicts."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.cli.common import (
    Day,
    as_of_option,
    format_option,
    language_option,
    reading,
    said_language,
    said_today,
    say_json,
    today_option,
)
from planner.errors import BadInput, NotFound, problem
from planner.settings import Settings

if TYPE_CHECKING:  # heavy; imported where they are used
    from planner.domain.board import Board
    from planner.domain.finding import Finding
    from planner.domain.report import Report


@click.command()
@click.option("--from", "first", type=Day(), help="Findings on or after this day.")
@click.option("--to", "last", type=Day(), help="Findings on or before this day.")
@click.option("--event", "refs", multiple=True, metavar="REF", help="About this event.")
@click.option("--rule", "rules", multiple=True, metavar="CODE", help="Of this rule, such as C04.")
@click.option("--for", "parties", multiple=True, metavar="PARTY", help="About events in which this party takes part.")
@click.option("--all", "everything", is_flag=True, help="List notes and thin possibilities as well.")
@click.option("--past", is_flag=True, help="List what is over, and clashes among held events, as well.")
@click.option(
    "--fail-on",
    type=click.Choice(["certain", "possible", "never"]),
    default="certain",
    show_default=True,
    help="What makes the exit status 1.",
)
@today_option
@as_of_option
@language_option
@format_option("text", "json", "csv")
@click.pass_obj
def check(
    settings: Settings,
    /,
    today: date | None,
    as_of: str | None,
    language: str | None,
    form: str,
    fail_on: Any,
    **asked: Any,
) -> None:
    """Check the plan for conflicts. Nothing is written.

    Certain clashes, and possible ones that matter, are listed; notes and thin possibilities are counted.
    Exit: 0 clean, 1 findings as grave as --fail-on, 2 could not check.

    \b
    planner check
    planner check --for BY --from 2020-09-01
    planner check --format json --past --all
    """
    from planner.services import checking

    with reading(settings, as_of) as snapshot:
        board = checking.load_board(snapshot, said_today(today))
        revision = snapshot.revision
    _refuse_unknown(board, asked["refs"], asked["rules"], asked["parties"])
    report = checking.check(board, checking.Options(**asked))
    said = said_language(settings, language)
    if form == "json":
        say_json(_report_data(report, revision, said))
    elif form == "csv":
        _say_csv(report, said)
    else:
        from planner.wording.findings import say_report

        for line in say_report(report, said):
            click.echo(line)
    if report.fails(fail_on):
        click.get_current_context().exit(1)


def _refuse_unknown(board: "Board", refs: tuple[str, ...], rules: tuple[str, ...], parties: tuple[str, ...]) -> None:
    """What is asked about must exist: a mistyped reference would otherwise look like a clean plan."""
    from planner.domain.texts import Names
    from planner.rules import RULES

    if not board.registers:
        raise NotFound(problem("", "the database has no programme yet", remedy="planner programme load FILE.toml"))
    known = (
        ("--event", refs, {event.ref for event in board.events}),
        ("--rule", rules, {rule.code for rule in RULES}),
        ("--for", parties, {party.code for register in board.registers for party in register.parties}),
    )
    problems = []
    for option, asked, codes in known:
        for code in asked:
            if code not in codes:
                near = Names((each, ()) for each in codes).nearest(code)
                problems.append(problem(option, f"{code!r} is not known", remedy=_did_you_mean(near)))
    if problems:
        raise BadInput(*problems)


def _did_you_mean(near: tuple[str, ...]) -> str:
    return f"did you mean {', '.join(near)}?" if near else ""


def _report_data(report: "Report", revision: int, language: str) -> dict[str, Any]:
    """The report as docs/check-json.md describes it; it only grows."""
    return {
        "revision": revision,
        "today": report.board.day.isoformat(),
        "events": len(report.board.events),
        "rules": list(report.rules),
        "counts": dict(report.counts),
        "findings": [
            _finding_data(each.finding, report.board, language)
            | {"listed": each.hidden is None, "hidden": each.hidden.value if each.hidden else None}
            for each in report.checked
        ],
    }


def _finding_data(finding: "Finding", board: "Board", language: str) -> dict[str, Any]:
    from planner.wording.findings import explanation

    placements = finding.placements
    return {
        "id": finding.id,
        "handle": finding.handle,
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
    }


def _say_csv(report: "Report", language: str) -> None:
    """The listed findings as CSV, a line each."""
    from planner.cli.tables import write_csv
    from planner.wording.findings import headline

    heads = ("rule", "handle", "severity", "certainty", "from", "to", "events", "shared", "what")
    write_csv(
        heads,
        (
            (
                finding.rule,
                finding.handle,
                finding.severity.value,
                finding.certainty.value,
                finding.span.first.isoformat(),
                finding.span.last.isoformat(),
                " ".join(finding.refs),
                " ".join(finding.shared),
                headline(finding, report.board, language),
            )
            for finding in report.listed
        ),
    )
