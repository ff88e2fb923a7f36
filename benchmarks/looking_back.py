"""Looking back: the list of a past day against the present list, what the log takes for each change, and verifying it.

10,000 events changed 50,000 times, 100 to a revision: moves, in every tenth the number of people. The present list is
read from the tables of the latest state, a past one is rebuilt from the log. Target: at most 3 times as long. It is the
processor time of this process, the best of five, so that it holds on a busy machine; on PostgreSQL the server's own
work is not in it, so the clock is told as well.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.rival import a_server
from benchmarks.table import show
from benchmarks.whole import CODE, write_plan
from benchmarks.workload import workload
from planner.domain.change import Change
from planner.domain.event import Event
from planner.services.looking import Filters, narrowed
from planner.store import Database, check, open_database, upgrade
from planner.store.engine import parse
from planner.store.restoring import Author, outlook, restore

EVENTS, CHANGES = (int(count) for count in os.environ.get("BENCH_BACK", "10000 50000").split())
AT_ONCE = 100
TIMES = 5


def run() -> None:
    """Prints the table."""
    with a_server() as uri, tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "plan.db")
        write_plan(workload(EVENTS), path)
        before = _size(path)
        _change(path)
        rows = [_row("SQLite", path, _size(path) - before)]
        upgrade(uri)
        now = open_database(path, writes=False)
        with now.snapshot() as snapshot:
            newest = snapshot.newest()
        now.close()
        assert newest is not None
        restore(outlook(Path(path), uri), uri, Author("bench", "", newest.at))
        rows.append(_row("PostgreSQL", uri, None))
    heads = (
        "database",
        "present list, s",
        "middle of the log, s",
        "target ≤ 3 ×",
        "by the clock",
        "B a change",
        "check, s",
    )
    show(f"The list of a past day: {EVENTS:,} events, {CHANGES:,} changes", heads, rows)


def _row(name: str, location: str, grown: int | None) -> tuple[str, ...]:
    database = open_database(location, writes=False)
    present, present_clock = _best(lambda: _list(database, None))
    past, past_clock = _best(lambda: _list(database, 1 + CHANGES // AT_ONCE // 2))
    database.close()
    checked, _ = _best(lambda: check(location, log=True), 1)
    ratios = f"{past / present:.1f} ×", f"{past_clock / present_clock:.1f} ×"
    size = "" if grown is None else f"{grown / CHANGES:.0f}"
    return name, f"{present:.2f}", f"{past:.2f}", *ratios, size, f"{checked:.2f}"


def _list(database: Database, as_of: int | None) -> int:
    """What `planner list` does but for printing."""
    with database.snapshot(as_of=as_of) as snapshot:
        return len(narrowed(snapshot.events(CODE), snapshot.register(CODE), Filters()))


def _best(work: Callable[[], object], times: int = TIMES) -> tuple[float, float]:
    """Seconds of the processor, and by the clock."""
    taken = []
    for _ in range(times):
        clock, began = time.perf_counter(), time.process_time()
        work()
        taken.append((time.process_time() - began, time.perf_counter() - clock))
    return min(each for each, _ in taken), min(each for _, each in taken)


def _change(location: str) -> None:
    chance = random.Random(7)
    database = open_database(location, writes=True)
    with database.snapshot() as snapshot:
        refs = [event.ref for event in snapshot.events(CODE)]
    for number in range(CHANGES // AT_ONCE):
        with database.snapshot() as snapshot:
            events, newest = snapshot.some_events(CODE, chance.sample(refs, AT_ONCE)), snapshot.newest()
        assert newest is not None
        at = newest.at + timedelta(minutes=1)
        with database.transaction(who="A. Writer", why="the dates moved", means="edit", now=at) as transaction:
            transaction.apply([Change(event, _changed(event, number)) for event in events])
    database.close()


def _changed(event: Event, number: int) -> Event:
    if number % 10 == 9:
        return replace(event, people=(event.people or 0) + 1)
    moved = (
        replace(window, first=window.first + timedelta(days=1), last=window.last + timedelta(days=1))
        for window in event.when.windows
    )
    return replace(event, when=replace(event.when, windows=tuple(moved)))


def _size(location: str) -> int:
    """The bytes of the file without gaps."""
    engine = create_engine(parse(location), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    return Path(location).stat().st_size
