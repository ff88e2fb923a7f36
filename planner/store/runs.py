"""Checks that were kept, to compare later ones with. They are no part of the plan and take no revision."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from planner.domain.finding import Certainty, Severity, Span
from planner.domain.memory import Remembered
from planner.domain.report import Hidden
from planner.domain.run import CheckRun
from planner.store import tables as t
from planner.store.log import stamped


def keep(connection: Connection, run: CheckRun) -> CheckRun:
    """Keeps it under the next number."""
    # The head is the lock of all writers, on both databases: two runs never take one number.
    connection.execute(select(t.head).with_for_update())
    number = (connection.execute(select(func.max(t.check_run.c.number))).scalar() or 0) + 1
    row = {
        "number": number,
        "revision": run.revision,
        "day": run.day.isoformat(),
        "at": stamped(run.at),
        "who": run.who,
        "rules": " ".join(run.rules),
    }
    connection.execute(insert(t.check_run), row)
    rows = [_row(each, number, position) for position, each in enumerate(run.findings)]
    if rows:
        connection.execute(insert(t.run_finding), rows)
    return replace(run, number=number)


def _row(each: Remembered, number: int, position: int) -> dict[str, Any]:
    return {
        "run": number,
        "position": position,
        "finding": each.id,
        "handle": each.handle,
        "rule": each.rule,
        "refs": " ".join(each.refs),
        "severity": each.severity.value,
        "certainty": each.certainty.value,
        "first": each.span.first.isoformat(),
        "last": each.span.last.isoformat(),
        "clash": each.clash,
        "of": each.of,
        "hidden": each.hidden.value if each.hidden else None,
    }


def last(connection: Connection) -> CheckRun | None:
    """The run that was kept last, or None."""
    row = connection.execute(select(t.check_run).order_by(t.check_run.c.number.desc()).limit(1)).first()
    if row is None:
        return None
    statement = select(t.run_finding).where(t.run_finding.c.run == row.number).order_by(t.run_finding.c.position)
    return CheckRun(
        row.number,
        row.revision,
        date.fromisoformat(row.day),
        datetime.fromisoformat(row.at),
        row.who,
        tuple(row.rules.split()),
        tuple(_remembered(each) for each in connection.execute(statement)),
    )


def _remembered(row: Any) -> Remembered:
    return Remembered(
        row.finding,
        row.handle,
        row.rule,
        tuple(row.refs.split()),
        Severity(row.severity),
        Certainty(row.certainty),
        Span(date.fromisoformat(row.first), date.fromisoformat(row.last)),
        row.clash,
        row.of,
        Hidden(row.hidden) if row.hidden else None,
    )
