"""Path D: a CSV list of 20,000 rows into SQLite and PostgreSQL, and the same file again.

Ours reads dates in words and names in two languages, finds which event each row means, counts double bookings, and
writes events, log, and every row with its cells. sqlite-utils and csvs-to-sqlite store the cells as text, bare COPY
puts them into one table, and the ORM merges rows that are made already into the same tables as ours. Targets: at least
0.5 times the speed of sqlite-utils, 2 times that of the ORM, 0.25 times that of COPY; the same file again in at most
2 ms a megabyte; 50,000 rows in at most 512 MB. Speeds are compared by the processor's time: a busy machine takes longer
by the clock. What a PostgreSQL server does is in the clock alone.
"""

import csv
import io
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.rival import a_server
from benchmarks.table import busy, show
from planner import sample
from planner.cli.common import lasting_values
from planner.domain.change import Change
from planner.services import programmes
from planner.services.forecasting import outlook
from planner.services.lists import Asked, File, known_already, propose_file
from planner.services.proposal import Author, apply
from planner.store import Database, open_database, upgrade

ROWS, MERGED, MANY = 20_000, 2_000, 49_999
HEADS = [
    "ref",
    "title_en",
    "title_ru",
    "kind",
    "date_text",
    "venue",
    "participants",
    "status",
    "responsible",
    "remarks",
]
Taken = tuple[float, float]
"""Milliseconds of the processor, and by the clock."""
NOW = datetime(2020, 1, 1, tzinfo=UTC)
CODE = "CSTO-2020"
MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]


def a_list(rows: int) -> bytes:
    """A year's list with dates in six notations."""
    chance = random.Random(2020)
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(HEADS)
    for number in range(rows):
        first = date(2020, 1, 1) + timedelta(days=chance.randrange(360))
        last = first + timedelta(days=chance.randrange(1, 6))
        when = (
            f"{first.day} {first:%B} {first.year}",
            f"{first.day} {MONTHS[first.month - 1]} {first.year} г.",
            first.isoformat(),
            f"{first:%d.%m.%Y}–{last:%d.%m.%Y}",
            f"{first.day} {first:%B} {first.year}, 10:00–13:00",
            f"{['I', 'II', 'III', 'IV'][(first.month - 1) // 3]} квартал {first.year} г.",
        )
        states = ";".join(chance.sample(["AM", "BY", "KZ", "KG", "RU", "TJ"], 2))
        place = chance.choice(("Minsk", "Moscow", "г. Ереван", "Bishkek"))
        writer.writerow(
            (
                f"X-{number}",
                f"Exercise number {number}",
                f"Учение номер {number}",
                "exercise",
                chance.choice(when),
                place,
                states,
                "planned",
                f"Unit {number % 40}",
                f"Remark {number}",
            )
        )
    return content.getvalue().encode()


def run() -> None:
    """Prints the tables."""
    content = a_list(ROWS)
    with tempfile.TemporaryDirectory() as folder:
        _into_sqlite(content, Path(folder))
        with a_server() as uri:
            _into_postgresql(content, uri)
        _memory(Path(folder))


def _into_sqlite(content: bytes, folder: Path) -> None:
    with _programme_in(str(folder / "ours.db")) as database:
        ours = _imported(database, content)
        again, _, known = busy(lambda: _again(database, content))
        assert known == 2
    rows: list[tuple[str, Taken | None]] = [
        ("planner: read, understood, matched, counted, written with its history", ours)
    ]
    rows.append(("sqlite-utils: cells as text", _with_sqlite_utils(content, folder)))
    rows.append(("csvs-to-sqlite: cells as text, the whole process", _with_csvs_to_sqlite(content, folder)))
    rows.append(("planner: the whole process", _whole_process(content, folder)))
    merged = _with_orm(folder)
    rows.append((f"ORM merge of ready rows into the same tables ({MERGED:,} events, the time of all)", merged))
    _show(f"A CSV list of {ROWS:,} rows into SQLite (path D)", rows, ours)
    each = again / (len(content) / 1e6)
    print(f"\nThe same file again, known by its digest: {again:.1f} ms, {each:.1f} ms/MB (target ≤ 2)")


def _into_postgresql(content: bytes, uri: str) -> None:
    import psycopg

    def copied() -> None:
        with psycopg.connect(uri) as connection:
            connection.execute("DROP TABLE IF EXISTS listed_cells")
            connection.execute(f"CREATE TABLE listed_cells ({', '.join(f'{name} text' for name in HEADS)})")
            with connection.cursor().copy("COPY listed_cells FROM STDIN") as copy:
                for row in csv.reader(io.StringIO(content.decode())):
                    copy.write_row(row)

    with _programme_in(uri.replace("postgresql://", "postgresql+psycopg://")) as database:
        ours = _imported(database, content)
    rows: list[tuple[str, Taken | None]] = [("planner", ours), ("bare COPY of the cells as text", busy(copied, 3)[:2])]
    _show("The same list into PostgreSQL (path D)", rows, ours)


@contextmanager
def _programme_in(location: str) -> Iterator[Database]:
    """A database with the programme of the sample and no event."""
    register = programmes.read(sample.content(sample.PROGRAMME), sample.PROGRAMME)
    if "postgresql" in location:
        upgrade(location)
    database = open_database(location, writes=True)
    with database.transaction(who="bench", why="", means="load", now=NOW) as transaction:
        transaction.apply([Change(None, record) for record in (register.programme, *register.entries())])
    try:
        yield database
    finally:
        database.close()


def _imported(database: Database, content: bytes) -> Taken:
    """What is taken by everything `planner import --yes` does but for starting and printing."""

    def work() -> None:
        file = File(content, "plan.csv")
        with database.snapshot() as snapshot:
            plan = propose_file(snapshot, file, CODE, Asked())
            assert not plan.problems, plan.problems[0]
            outlook(snapshot, plan.changes, NOW.date())
        apply(database, lambda snapshot: propose_file(snapshot, file, CODE, Asked()), plan, Author("bench", "", NOW))

    with lasting_values():  # as the command does
        return busy(work, 1)[:2]


def _again(database: Database, content: bytes) -> int | None:
    with database.snapshot() as snapshot:
        return known_already(snapshot, content, CODE, Asked())


def _whole_process(content: bytes, folder: Path) -> Taken:
    listed, location = folder / "plan.csv", str(folder / "whole.db")
    listed.write_bytes(content)
    with _programme_in(location):
        pass
    command = [sys.executable, "-m", "planner", "--database", location, "import", str(listed), "--yes", "--by", "bench"]
    return _process(command)


def _process(command: list[str]) -> Taken:
    return busy(lambda: subprocess.run(command, check=True, capture_output=True), 1)[:2]


def _with_sqlite_utils(content: bytes, folder: Path) -> Taken | None:
    try:
        import sqlite_utils
    except ImportError:
        return None

    def work() -> None:
        table: Any = sqlite_utils.Database(folder / "utils.db", recreate=True)["list"]
        table.upsert_all(csv.DictReader(io.StringIO(content.decode())), pk="ref")

    return busy(work, 3)[:2]


def _with_csvs_to_sqlite(content: bytes, folder: Path) -> Taken | None:
    command = Path(sys.executable).with_name("csvs-to-sqlite")
    if not command.exists():
        return None
    listed = folder / "list.csv"
    listed.write_bytes(content)
    try:
        return _process([str(command), str(listed), str(folder / "csvs.db"), "--replace-tables"])
    except subprocess.CalledProcessError as error:  # it has not kept up with the newest pandas
        print(f"csvs-to-sqlite failed: {error.stderr.decode().strip().splitlines()[-1]}")
        return None


def _with_orm(folder: Path) -> Taken:
    """Merges the rows of so many events, as ours wrote them, into the same tables of another database."""
    from sqlalchemy import create_engine, insert, select
    from sqlalchemy.orm import Session, registry

    from planner.store import tables as t

    source, target = (create_engine(f"sqlite:///{folder / name}") for name in ("ours.db", "orm.db"))
    with _programme_in(str(folder / "orm.db")):
        pass
    mapped = registry()
    classes: dict[Any, Any] = {}
    for table in (t.event, t.event_text, t.window, t.booking, t.change, t.listed):
        classes[table] = type(f"Merged{table.name}", (), {})
        mapped.map_imperatively(classes[table], table)
    with source.connect() as connection, target.begin() as written:
        for each in (t.revision, t.import_run):
            rows = connection.execute(select(each).where(each.c[0] == 2)).mappings().all()
            written.execute(insert(each), [dict(row) for row in rows])
        ready = {}
        for table in classes:
            key = table.c.code if table is t.change else table.c.ref
            listed = select(table).where(key.in_([f"X-{number}" for number in range(MERGED)]))
            if table is t.change:
                listed = listed.where(t.change.c.sort == "event")
            ready[table] = connection.execute(listed).mappings().all()

    def work() -> None:
        with Session(target) as session:
            for table, rows in ready.items():
                for row in rows:
                    record = classes[table]()
                    for name, value in row.items():
                        setattr(record, name, value)
                    session.merge(record)
            session.commit()

    by_processor, by_clock, _ = busy(work, 1)
    return by_processor * ROWS / MERGED, by_clock * ROWS / MERGED


def _show(title: str, rows: list[tuple[str, Taken | None]], ours: Taken) -> None:
    said: list[tuple[str, ...]] = []
    for name, taken in rows:
        if taken is None:
            said.append((name, "not installed, or failed: pip install 'council-planner[bench]'", "", "", "", ""))
        else:
            speeds = (f"{its / our:.2f} ×" for its, our in zip(taken, ours, strict=True))
            seconds = (f"{each / 1000:.2f}" for each in taken)
            said.append((name, *seconds, f"{ROWS / taken[0] * 1000:,.0f}", *speeds))
    heads = ("importer", "s of the processor", "s by the clock", "rows/s of it", "our speed to its", "by the clock")
    show(title, heads, said)


def _memory(folder: Path) -> None:
    listed, location = folder / "many.csv", str(folder / "many.db")
    listed.write_bytes(a_list(MANY))
    with _programme_in(location):
        pass
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.importing", location, str(listed)],
        check=True,
        capture_output=True,
        text=True,
    )
    print(f"\nThe whole import of {MANY:,} rows takes {ran.stderr.strip().splitlines()[-1]} MB (target ≤ 512)")


def _import_and_weigh(location: str, listed: str) -> None:
    """Imports as the command does, and says the most memory this process had."""
    from planner.cli import main

    try:
        main(["--database", location, "import", listed, "--yes", "--by", "bench"])
    except SystemExit as ended:
        if ended.code:
            raise
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)


if __name__ == "__main__":
    _import_and_weigh(sys.argv[1], sys.argv[2])
