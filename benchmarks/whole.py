"""Path A: `planner check`, the whole process with every rule, against the pairs alone in PostgreSQL.

The workload as a plan: half of its resources are forces, half are places of which one event at a time can be held, and
its events stand at clock times over several years. PostgreSQL joins the same claims through a GiST index and only
counts the pairs. Targets: faster than PostgreSQL's join at 100,000 events; the time grows as n log n; at most 4 KB an
event on the board.
"""

import gc
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

from benchmarks.rival import PAIRS, a_server, loaded
from benchmarks.table import show, timed
from benchmarks.workload import QUARTERS_A_DAY, Workload, workload
from planner.domain.change import Change, Record
from planner.domain.entries import Family, Force, Kind, Place, Programme
from planner.domain.event import Booking, BookingSort, Event, Status
from planner.domain.texts import texts
from planner.domain.window import Mode, Precision, When, Window
from planner.services.checking import load_board
from planner.store import open_database

CODE = "BENCH"
FIRST = date(2020, 1, 1)
ZONE = "Europe/Minsk"
SIZES = tuple(int(size) for size in os.environ.get("BENCH_WHOLE", "1000 10000 100000").split())


def run() -> None:
    """Prints the table."""
    rows = []
    with a_server() as uri, tempfile.TemporaryDirectory() as folder:
        for events in SIZES:
            work = workload(events)
            location = str(Path(folder) / f"{events}.db")
            write_plan(work, location)
            checked, findings = _check(location)
            with loaded(uri, work) as connection:
                joined, counted = timed(lambda c=connection: c.execute(PAIRS).fetchone()[0], 1)  # type: ignore[misc]
            rows.append(
                (
                    f"{events:,}",
                    f"{findings:,}",
                    f"{checked:.2f}",
                    f"{counted:,}",
                    f"{joined / 1000:.2f}",
                    f"{joined / 1000 / checked:.2f} ×",
                    f"{_memory(location) / events / 1024:.1f}",
                )
            )
    heads = ("events", "findings", "check, s", "pairs", "PostgreSQL GiST, s", "faster by", "KB an event")
    show("`planner check --past --all`, the whole process, every rule (path A)", heads, rows)


def write_plan(work: Workload, location: str) -> None:
    """The workload as a plan, written as any plan is; not timed."""
    entries, events = _plan(work)
    database = open_database(location, writes=True)
    now = datetime(2020, 1, 1, tzinfo=UTC)
    changes: list[Record] = [*entries, *events]
    with database.transaction(who="bench", why="", means="load", now=now) as transaction:
        transaction.apply([Change(None, record) for record in changes])
    database.close()


def _plan(work: Workload) -> tuple[list[Record], list[Event]]:
    resources = sorted({resource for resource, _, _ in work.claims})
    last = FIRST + timedelta(days=work.horizon // QUARTERS_A_DAY + 30)
    programme = Programme(CODE, texts(en="Benchmark"), "BY", FIRST, last, ZONE, ("BY", "RU"))
    entries: list[Record] = [programme, Kind(CODE, "exercise", Family.EXERCISE, needs_decision=False)]
    entries += [
        Force(CODE, f"R{each}", texts(en=f"Force {each}"))
        if each % 2
        else Place(CODE, f"R{each}", texts(en=f"Hall {each}"), state="BY", zone=ZONE, capacity=1)
        for each in resources
    ]
    claimed: dict[int, list[tuple[int, int, int]]] = {}
    for owner, claim in zip(work.owners, work.claims, strict=True):
        claimed.setdefault(owner, []).append(claim)
    return entries, [_event(owner, claims) for owner, claims in claimed.items()]


def _event(number: int, claims: list[tuple[int, int, int]]) -> Event:
    _, start, end = claims[0]
    day, quarter = divmod(start, QUARTERS_A_DAY)
    first = FIRST + timedelta(days=day)
    window = Window(first, first, ZONE, Precision.TIME, clock(quarter // 4, quarter % 4 * 15), (end - start) * 15)
    sorts = {0: BookingSort.PLACE, 1: BookingSort.FORCE}
    return Event(
        f"E{number:07}",
        CODE,
        "exercise",
        Status.APPROVED,
        texts(en=f"Event {number}"),
        when=When(Mode.DATED, (window,)),
        bookings=tuple(Booking(sorts[resource % 2], f"R{resource}") for resource, _, _ in claims),
    )


def _check(location: str) -> tuple[float, int]:
    """Seconds of the whole process, and how many findings it wrote."""
    command = [sys.executable, "-m", "planner", "--database", location, "check", "--past", "--all"]
    began = time.perf_counter()
    done = subprocess.run(
        [*command, "--today", "2020-01-01", "--fail-on", "never", "--format", "csv"], check=True, capture_output=True
    )
    return time.perf_counter() - began, done.stdout.count(b"\n") - 1


def _memory(location: str) -> int:
    """Bytes that a board of the whole plan takes."""
    database = open_database(location, writes=False)
    tracemalloc.start()
    with database.snapshot() as snapshot:
        board = load_board(snapshot, FIRST)
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    database.close()
    assert board.events
    return size
