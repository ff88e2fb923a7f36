"""Path A: all pairs of events that claim one resource at one time, in memory, against SQLite's self-join.

The rival is the join as people write it over events and bookings, with `a.start < b.stop and b.start < a.stop`, and
the same with indexes. Target without numpy: at least 100 times faster than the first at 10,000 events. All must give
the same pairs.
"""

import sqlite3
import time

from benchmarks.table import show, timed
from benchmarks.workload import Workload, workload
from planner.domain.sweep import overlapping

JOIN = """
SELECT DISTINCT a.id, b.id
FROM booking x
JOIN booking y ON x.resource = y.resource
JOIN event a ON a.id = x.event
JOIN event b ON b.id = y.event
WHERE a.id < b.id AND a.start < b.stop AND b.start < a.stop
"""
PATIENCE_SECONDS = 60
"""So long the join may take; then it is stopped, and the table says so."""


def run() -> None:
    """Prints the table."""
    rows = []
    for events in (1_000, 10_000, 100_000):
        work = workload(events)
        ours, pairs = timed(lambda work=work: _ours(work), 5)  # type: ignore[misc]
        rows.append(
            (
                f"{events:,}",
                f"{len(work.claims):,}",
                f"{len(pairs):,}",
                f"{ours:,.1f}",
                *(_against(work, pairs, ours, is_indexed=is_indexed) for is_indexed in (False, True)),
            )
        )
    heads = ("events", "claims", "pairs", "sweep, ms", "self-join as written, ms", "self-join with an index, ms")
    show("Conflicting pairs in memory (path A)", heads, rows)


def _against(work: Workload, pairs: set[tuple[int, int]], ours: float, *, is_indexed: bool) -> str:
    connection = _loaded(work, is_indexed=is_indexed)
    ends = time.monotonic() + PATIENCE_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > ends, 1_000_000)
    try:
        rival, theirs = timed(lambda: set(connection.execute(JOIN)), 1)
    except sqlite3.OperationalError:
        return f"> {PATIENCE_SECONDS * 1000:,} (> {PATIENCE_SECONDS * 1000 / ours:,.0f} ×)"
    if theirs != pairs:
        raise SystemExit(f"the sweep and the join differ at {work.events} events")
    return f"{rival:,.0f} ({rival / ours:,.0f} ×)"


def _ours(work: Workload) -> set[tuple[int, int]]:
    owners = work.owners
    found = set()
    for i, j in overlapping(work.claims):
        one, other = owners[i], owners[j]
        if one != other:
            found.add((one, other) if one < other else (other, one))
    return found


def _loaded(work: Workload, *, is_indexed: bool) -> sqlite3.Connection:
    """A database in memory with events and what they book; loading it is not timed."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, start INT, stop INT)")
    connection.execute("CREATE TABLE booking (event INT REFERENCES event, resource INT)")
    events = {owner: (owner, start, stop) for owner, (_, start, stop) in zip(work.owners, work.claims, strict=True)}
    bookings = [(owner, resource) for owner, (resource, _, _) in zip(work.owners, work.claims, strict=True)]
    connection.executemany("INSERT INTO event VALUES (?, ?, ?)", events.values())
    connection.executemany("INSERT INTO booking VALUES (?, ?)", bookings)
    if is_indexed:
        connection.execute("CREATE INDEX by_resource ON booking (resource, event)")
        connection.execute("CREATE INDEX by_start ON event (start, stop)")
    return connection
