"""Path A: one changed event against so many others, through the index, against PostgreSQL's GiST.

Both are asked for the events that meet one event with all its claims. Target: at least 2 times faster than PostgreSQL,
its round trip included, and flat to a million events.
"""

import random
from collections.abc import Callable

import psycopg

from benchmarks.rival import a_server, loaded
from benchmarks.table import show, timed
from benchmarks.workload import Workload, workload
from planner.domain.occupancy import Occupancy

SIZES = (10_000, 100_000, 1_000_000)
ASKED = 500
QUERY = "SELECT DISTINCT owner FROM claim WHERE stretch && ANY (%s::int8range[])"


def run() -> None:
    """Prints the table."""
    rows = []
    with a_server() as uri:
        for events in SIZES:
            work = workload(events)
            asked = _asked(work)
            index = Occupancy(
                (resource, start, end, owner)
                for owner, (resource, start, end) in zip(work.owners, work.claims, strict=True)
            )
            ours, found = timed(_with(index, asked), 5)
            with loaded(uri, work) as connection:
                theirs, same = timed(_in_postgresql(connection, work, asked), 3)
            if found != same:
                raise SystemExit("the index and PostgreSQL differ")
            each = tuple(taken * 1000 / ASKED for taken in (ours, theirs))
            rows.append((f"{events:,}", f"{each[0]:.1f}", f"{each[1]:.1f}", f"{each[1] / each[0]:.1f} ×"))
    show(
        f"One changed event against the others (path A), the mean of {ASKED}",
        ("events", "index, µs", "PostgreSQL GiST, µs", "target ≥ 2 ×"),
        rows,
    )


def _asked(work: Workload) -> list[list[tuple[int, int, int]]]:
    """The claims of some events, each moved by a day: what a person tries."""
    chosen = set(random.Random(7).sample(range(work.events), ASKED))
    asked: dict[int, list[tuple[int, int, int]]] = {owner: [] for owner in sorted(chosen)}
    for owner, (resource, start, end) in zip(work.owners, work.claims, strict=True):
        if owner in chosen:
            asked[owner].append((resource, start + 96, end + 96))
    return list(asked.values())


def _with(index: Occupancy, asked: list[list[tuple[int, int, int]]]) -> Callable[[], list[set[int]]]:
    def find() -> list[set[int]]:
        return [{owner for claim in claims for owner in index.during(*claim)} for claims in asked]

    return find


def _in_postgresql(
    connection: "psycopg.Connection[tuple[int]]", work: Workload, asked: list[list[tuple[int, int, int]]]
) -> Callable[[], list[set[int]]]:
    """Prepared, one round trip an event."""
    ranges = [
        [f"[{resource * work.horizon + start},{resource * work.horizon + end})" for resource, start, end in claims]
        for claims in asked
    ]

    def find() -> list[set[int]]:
        return [{row[0] for row in connection.execute(QUERY, (each,), prepare=True)} for each in ranges]

    return find
