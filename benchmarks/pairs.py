"""Path A: all pairs of events that claim one resource at one time, in memory, against libraries and databases.

Each rival gets its data as it likes it best before the clock starts, and must give the same pairs of events:
NCLS one axis with a stretch for each resource, DuckDB the join as people write it and one on that same axis, SQLite the
join as people write it and with indexes. Targets: with numpy at least 4 times faster than NCLS and 8 times faster than
DuckDB on one axis at 100,000 events; without, at most 1.5 times DuckDB's time on one axis and 100 times faster than the
join as people write it at 10,000.
"""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.table import show, timed
from benchmarks.workload import Workload, workload
from planner.domain.packed_sweep import overlapping_arrays
from planner.domain.sweep import without_arrays

SIZES = (1_000, 10_000, 100_000)
PATIENCE_SECONDS = 60
"""So long a join may take; then it is stopped, and the table says so."""

JOIN = """
SELECT DISTINCT a.id, b.id
FROM booking x
JOIN booking y ON x.resource = y.resource
JOIN event a ON a.id = x.event
JOIN event b ON b.id = y.event
WHERE a.id < b.id AND a.start < b.stop AND b.start < a.stop
"""
ONE_AXIS = """
SELECT DISTINCT a.owner AS one, b.owner AS other
FROM claim a JOIN claim b ON a.start < b.stop AND b.start < a.stop
WHERE a.owner < b.owner
"""
Pairs = NDArray[np.int64]
"""Pairs of events as one number each, sorted, none twice: the smaller one in the upper half."""


def run() -> None:
    """Prints the table."""
    rows = []
    for events in SIZES:
        work = workload(events)
        ours, pairs = timed(_with_arrays(work), 5)
        plain, same = timed(lambda work=work: _without_arrays(work), 3)  # type: ignore[misc]
        assert np.array_equal(pairs, same)
        rivals = (_ncls, _duckdb_on_one_axis, _duckdb_as_written, _sqlite_as_written, _sqlite_with_indexes)
        against = (_against(rival(work), pairs, ours, plain) for rival in rivals)
        counted = (f"{events:,}", f"{len(work.claims):,}", f"{len(pairs):,}")
        rows.append((*counted, f"{ours:,.1f}", f"{plain:,.1f}", *against))
    heads = (
        "events",
        "claims",
        "pairs",
        "ours with numpy, ms",
        "ours without, ms",
        "NCLS",
        "DuckDB, one axis",
        "DuckDB as written",
        "SQLite as written",
        "SQLite with indexes",
    )
    show("Conflicting pairs in memory (path A): ms (× ours with numpy, × ours without)", heads, rows)


def _against(rival: Callable[[], Pairs], pairs: Pairs, ours: float, plain: float) -> str:
    try:
        taken, theirs = timed(rival, 1)
        if taken < PATIENCE_SECONDS * 100:
            taken, theirs = timed(rival, 3)
    except (TimeoutError, sqlite3.OperationalError):
        limit = PATIENCE_SECONDS * 1000
        return f"> {limit:,} (> {limit / ours:,.0f} ×, > {limit / plain:,.0f} ×)"
    if not np.array_equal(theirs, pairs):
        raise SystemExit("a rival found other pairs")
    return f"{taken:,.1f} ({taken / ours:,.1f} ×, {taken / plain:,.1f} ×)"


def packed(one: Pairs, other: Pairs) -> Pairs:
    """Pairs of owners in their one form; pairs of an event with itself are left out."""
    both = np.minimum(one, other) << 32 | np.maximum(one, other)
    both = both[one != other]
    both.sort()
    once: NDArray[np.bool_] = np.ones(len(both), np.bool_)
    once[1:] = both[1:] != both[:-1]
    distinct: Pairs = both[once]
    return distinct


def _arrays(work: Workload) -> tuple[Pairs, Pairs, Pairs, Pairs]:
    resources, starts, ends = (np.array([each[at] for each in work.claims], np.int64) for at in range(3))
    return resources, starts, ends, np.array(work.owners, np.int64)


def _with_arrays(work: Workload) -> Callable[[], Pairs]:
    resources, starts, ends, owners = _arrays(work)

    def find() -> Pairs:
        first, second = overlapping_arrays(resources, starts, ends)
        return packed(owners[first], owners[second])

    return find


def _without_arrays(work: Workload) -> Pairs:
    owners = work.owners
    found = set()
    for i, j in without_arrays(work.claims):
        one, other = owners[i], owners[j]
        if one != other:
            found.add(one << 32 | other if one < other else other << 32 | one)
    return np.array(sorted(found), np.int64)


def _ncls(work: Workload) -> Callable[[], Pairs]:
    from ncls import NCLS

    resources, starts, ends, owners = _arrays(work)
    starts, ends = starts + resources * work.horizon, ends + resources * work.horizon
    numbers = np.arange(len(starts), dtype=np.int64)

    def find() -> Pairs:
        first, second = NCLS(starts, ends, numbers).all_overlaps_both(starts, ends, numbers)
        once = first < second  # it gives each pair from both sides, and each claim with itself
        return packed(owners[first[once]], owners[second[once]])

    return find


def _duckdb(work: Workload) -> Any:
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    resources, starts, ends, owners = _arrays(work)
    connection.register("given", {"resource": resources, "start": starts, "stop": ends, "owner": owners})
    connection.execute("CREATE TABLE booking AS SELECT owner AS event, resource FROM given")
    connection.execute("CREATE TABLE event AS SELECT DISTINCT owner AS id, start, stop FROM given")
    connection.execute(
        f"CREATE TABLE claim AS SELECT owner, resource * {work.horizon} + start AS start, "
        f"resource * {work.horizon} + stop AS stop FROM given"
    )
    return connection


def _duckdb_query(work: Workload, query: str) -> Callable[[], Pairs]:
    connection = _duckdb(work)

    def find() -> Pairs:
        found = list(connection.execute(query).fetchnumpy().values())
        return packed(np.asarray(found[0], np.int64), np.asarray(found[1], np.int64))

    return find


def _duckdb_on_one_axis(work: Workload) -> Callable[[], Pairs]:
    return _duckdb_query(work, ONE_AXIS)


def _duckdb_as_written(work: Workload) -> Callable[[], Pairs]:
    return _duckdb_query(work, JOIN)


def _sqlite_as_written(work: Workload) -> Callable[[], Pairs]:
    return _sqlite(work, is_indexed=False)


def _sqlite_with_indexes(work: Workload) -> Callable[[], Pairs]:
    return _sqlite(work, is_indexed=True)


def _sqlite(work: Workload, *, is_indexed: bool) -> Callable[[], Pairs]:
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

    def find() -> Pairs:
        ends = time.monotonic() + PATIENCE_SECONDS
        connection.set_progress_handler(lambda: time.monotonic() > ends, 1_000_000)
        found = np.array(connection.execute(JOIN).fetchall(), np.int64).reshape(-1, 2)
        return packed(found[:, 0], found[:, 1])

    return find
