"""Backups: copying one committed state, and verifying it, on both databases, beside their own tools.

A plan of 10,000 events, every one of them edited once. A backup is a SQLite file of either database; its plan is then
compared with what its own log says; their own tools (`.backup` with an integrity check, COPY of every table as pg_dump
does it) only copy. Each pair in the same run, by the clock: the work of PostgreSQL is done by another process.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks.rival import a_server
from benchmarks.table import show, timed
from benchmarks.whole import CODE, write_plan
from benchmarks.workload import workload
from planner.domain.change import Change
from planner.store import open_database, upgrade
from planner.store.backups import back_up, verify

EVENTS = int(os.environ.get("BENCH_BACKUPS", "10000"))
NOW = datetime(2020, 2, 1, tzinfo=UTC)
TIMES = 3


def run() -> None:
    """Prints the table."""
    with a_server() as uri, tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sqlite = str(folder / "plan.db")
        postgresql = uri.replace("postgresql://", "postgresql+psycopg://", 1)
        rows = [_row("SQLite", sqlite, lambda: _by_sqlite(sqlite, folder / "theirs.db"), folder)]
        rows.append(_row("PostgreSQL", postgresql, lambda: _by_copy(uri, folder / "theirs.dump"), folder))
    heads = (
        "plan on",
        "log, entries",
        "backup, MB",
        "bytes an entry",
        "copied, s",
        "MB/s",
        "its own tool, s",
        "verified, s",
    )
    show(f"A backup of {EVENTS:,} events, median of {TIMES}", (*heads, "entries/s"), rows)


def _row(name: str, location: str, rival: Callable[[], object], folder: Path) -> tuple[str, ...]:
    _write(location)
    numbers = count()
    copied, _ = timed(lambda: back_up(location, folder / f"{name}-{next(numbers)}.db", NOW, is_verified=False), TIMES)
    theirs, _ = timed(rival, TIMES)
    judged, backup = timed(lambda: verify(folder / f"{name}-0.db"), TIMES)
    megabytes = backup.bytes / 1_000_000
    return (
        name,
        f"{backup.entries:,}",
        f"{megabytes:.1f}",
        f"{backup.bytes / backup.entries:,.0f}",
        f"{copied / 1000:.2f}",
        f"{megabytes / copied * 1000:,.0f}",
        f"{theirs / 1000:.2f}",
        f"{judged / 1000:.2f}",
        f"{backup.entries / judged * 1000:,.0f}",
    )


def _write(location: str) -> None:
    """The plan, and an edit of each event; not timed."""
    upgrade(location)
    write_plan(workload(EVENTS), location)
    database = open_database(location, writes=True)
    with database.snapshot() as snapshot:
        events = snapshot.events(CODE)
    with database.transaction(who="bench", why="", means="edit", now=NOW) as transaction:
        transaction.apply([Change(each, replace(each, people=100)) for each in events])
    database.close()


def _by_sqlite(location: str, copy: Path) -> None:
    """What SQLite's shell does for `.backup`, and then for `PRAGMA integrity_check`."""
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(location)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        assert target.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _by_copy(uri: str, copy: Path) -> None:
    """What pg_dump does: COPY of every table, in one snapshot. The packed server has a pg_dump too old for itself."""
    named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with psycopg.connect(uri) as connection, copy.open("wb") as file:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        for (table,) in connection.execute(named).fetchall():
            with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as rows:
                for row in rows:
                    file.write(row)
