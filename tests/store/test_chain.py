"""P31: whatever is altered in the log, its first bad entry is named; what the chain cannot tell, a kept end can."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Connection, Table, create_engine, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from planner.domain.beside import Contact
from planner.domain.change import Change
from planner.domain.release import Release
from planner.errors import BadInput, BrokenLog, PlannerError, WrongDatabase
from planner.store import Database, chain, check, open_database
from planner.store import tables as t
from planner.store.engine import parse
from tests.builders import PROGRAMME, a_programme, an_event

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
CONTACT = Contact(PROGRAMME, "BY", 1, name="N. N.", salt="a" * 32)
KEYS = {"change": ("revision", "position"), "revision": ("number",)}


def write(database: Database, *changes: Change, undoes: int | None = None) -> None:
    with database.transaction(who="A. Writer", why="asked", means="edit", now=NOW, undoes=undoes) as transaction:
        transaction.apply(changes)


def a_log(location: str) -> str:
    """A log with records made, changed, removed, undone, erased and released: 8 entries in 6 revisions."""
    database = open_database(location, writes=True)
    write(database, Change(None, a_programme()), Change(None, an_event()), Change(None, CONTACT))
    write(database, Change(an_event(), replace(an_event(), people=900)))
    write(database, Change(replace(an_event(), people=900), None))
    write(database, Change(None, replace(an_event(), people=900)), undoes=3)
    write(database, Change(CONTACT, None))
    write(database, Change(None, Release(PROGRAMME, 1, 5)))
    database.close()
    return location


@contextmanager
def unguarded(location: str) -> Iterator[Connection]:
    """A connection that obeys no foreign key and, where the database lets one, no check: somebody with a tool."""
    engine = create_engine(parse(location), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA foreign_keys = OFF"))
            connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        yield connection
    engine.dispose()


def alter(location: str, statement: str) -> None:
    with unguarded(location) as connection:
        connection.execute(text(statement))


class Cell(NamedTuple):
    """One value of one row of the log, and the revision whose first bad entry it must be."""

    table: Table
    column: str
    where: dict[str, Any]
    value: Any

    @property
    def revision(self) -> int:
        return int(self.where.get("revision") or self.where["number"])


def cells(connection: Connection) -> list[Cell]:
    """Every value that is stored of the log."""
    return [
        Cell(table, column, {key: row._mapping[key] for key in KEYS[table.name]}, value)
        for table in (t.change, t.revision)
        for row in connection.execute(select(table))
        for column, value in row._mapping.items()
    ]


def flips(value: Any, at: int) -> list[Any]:
    """The value with a byte of it flipped: each byte, or with `at` one; what is not there comes to be there."""
    if value is None:
        return ["x"]
    if isinstance(value, int):
        bits = (1, 2, 4, 64)
        return [value ^ bit for bit in (bits if at < 0 else bits[at % 4 :][:1])]
    places = range(len(value)) if at < 0 else [at % len(value)] if value else []
    altered = [value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :] for place in places]
    return [*altered, *(["", None] if at < 0 else [])]


def notices_flips(location: str, *, is_whole: bool) -> int:
    """Each byte in turn or one of each value, put back afterwards; how many were tried that the database let pass."""
    tried = 0
    with unguarded(a_log(location)) as connection:
        for number, cell in enumerate(cells(connection)):
            for value in flips(cell.value, -1 if is_whole else 7 * number):
                if not _set(connection, cell, value):
                    continue
                tried += 1
                with pytest.raises(BrokenLog) as refused:
                    chain.verify(connection)
                _names_it(str(refused.value), cell, value)
                _put_back(connection, cell, value)
    assert check(location, log=True)
    return tried


def _set(connection: Connection, cell: Cell, value: Any) -> bool:
    """False when the database refuses: a key that is taken, a type, a NULL."""
    where = [cell.table.c[name] == its for name, its in cell.where.items()]
    try:
        connection.execute(update(cell.table).where(*where).values({cell.column: value}))
    except (DBAPIError, UnicodeError, TypeError, ValueError):
        return False
    return True


def _put_back(connection: Connection, cell: Cell, value: Any) -> None:
    there = {**cell.where, **({cell.column: value} if cell.column in cell.where else {})}
    where = [cell.table.c[name] == its for name, its in there.items()]
    assert connection.execute(update(cell.table).where(*where).values({cell.column: cell.value})).rowcount == 1


def _names_it(said: str, cell: Cell, value: Any) -> None:
    """The first bad entry is of that revision; where rows change places, of the earlier place or the gap it left."""
    if cell.column in cell.where and isinstance(value, int):
        assert "revision " in said
    else:
        assert f"revision {cell.revision}, entry" in said, (cell, value, said)


def test_flipped_bytes_are_noticed_wherever_they_stand(location: str) -> None:
    assert notices_flips(location, is_whole=False) > 80


@pytest.mark.soak
def test_every_flipped_byte_is_noticed(location: str) -> None:
    assert notices_flips(location, is_whole=True) > 2000


def notices_in_the_file(folder: Path, positions: Sequence[int]) -> None:
    """Each of these bytes of the file flipped: it is refused in one sentence, or the log still reads as it was."""
    whole = folder / "plan.db"
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before, content = _log_of(whole), whole.read_bytes()
    for position in positions:
        broken = folder / "broken.db"
        broken.write_bytes(content[:position] + bytes([content[position] ^ 0x11]) + content[position + 1 :])
        try:
            check(str(broken), log=True)
        except PlannerError:
            pass
        else:
            assert _log_of(broken) == before, position
        for left in folder.glob("broken.db*"):
            left.unlink()


def _log_of(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = [f"SELECT * FROM {name} ORDER BY 1, 2" for name in ("change", "revision")]
        return [row for statement in tables for row in connection.execute(statement)]


def _in_the_log(path: Path) -> list[int]:
    """The places in the file of all the log says: its rows lie in pages that hold its payloads or its authors."""
    content, size = path.read_bytes(), 4096
    pages = range(0, len(content), size)
    mine = [page for page in pages if any(word in content[page : page + size] for word in (b"A. Writer", b"EX-2020-A"))]
    return [place for page in mine for place in range(page, page + size)]


def test_flipped_bytes_of_the_file_are_noticed(tmp_path: Path) -> None:
    location = a_log(_made(tmp_path))

    notices_in_the_file(tmp_path, random.Random(7).sample(_in_the_log(Path(location)), 20))


@pytest.mark.soak
def test_many_flipped_bytes_of_the_file_are_noticed(tmp_path: Path) -> None:
    location = a_log(_made(tmp_path))

    notices_in_the_file(tmp_path, random.Random(8).sample(_in_the_log(Path(location)), 2_000))


def _made(folder: Path) -> str:
    from planner.store import upgrade

    path = str(folder / "plan.db")
    upgrade(path)
    return path


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("DELETE FROM change WHERE revision = 1 AND position = 0", "revision 1, entry 2"),
        ("DELETE FROM change WHERE revision = 1 AND position = 1", "revision 1, entry 3"),
        ("DELETE FROM change WHERE revision = 1 AND position = 2", "revision 2, entry 1"),
        ("DELETE FROM change WHERE revision = 2", "revision 3, entry 1"),
        ("DELETE FROM change WHERE revision = 6", "revision 6: has no entries"),
        ("DELETE FROM revision WHERE number = 2", "revision 2, entry 1"),
        ("INSERT INTO revision VALUES (7, '2020', 'X', '', 'edit', NULL)", "revision 7: has no entries"),
        ("UPDATE head SET revision = 5", "the log ends at revision 6, the head counts 5"),
        ("UPDATE head SET revision = 7", "the log ends at revision 6, the head counts 7"),
    ],
)
def test_entries_that_are_missing_or_too_many_are_noticed(location: str, statement: str, first_bad: str) -> None:
    alter(a_log(location), statement)

    with pytest.raises(BrokenLog, match=first_bad):
        check(location, log=True)


def test_command_names_the_first_bad_entry(location: str) -> None:
    alter(a_log(location), "UPDATE revision SET means = 'import' WHERE number = 2")

    with pytest.raises(BrokenLog, match="revision 2, entry 1, EX-2020-A: does not fit the chain of the log"):
        check(location, log=True)


def test_swapped_entries_are_noticed(location: str) -> None:
    a_log(location)
    for first, second, wrong in (((1, 0), (1, 1), "revision 1, entry 1"), ((2, 0), (4, 0), "revision 2, entry 1")):
        with unguarded(location) as connection:
            _swap(connection, first, second)
        with pytest.raises(BrokenLog, match=wrong):
            check(location, log=True)
        with unguarded(location) as connection:
            _swap(connection, second, first)
    assert check(location, log=True)


def _swap(connection: Connection, first: tuple[int, int], second: tuple[int, int]) -> None:
    c = t.change.c
    rows = [
        connection.execute(select(t.change).where(c.revision == revision, c.position == position)).one()._asdict()
        for revision, position in (first, second)
    ]
    places = [{name: row[name] for name in ("revision", "position")} for row in rows]
    for place in places:
        connection.execute(delete(t.change).where(*(c[name] == its for name, its in place.items())))
    connection.execute(insert(t.change), [rows[0] | places[1], rows[1] | places[0]])


def test_end_that_was_cut_off_whole_with_its_plan_is_noticed_by_whoever_kept_the_end(location: str) -> None:
    a_log(location)
    kept = check(location, log=True).rpartition("ends at ")[2]
    for statement in (
        "DELETE FROM change WHERE revision = 6",
        "DELETE FROM revision WHERE number = 6",
        "DELETE FROM name WHERE sort = 'release'",
        "DELETE FROM register WHERE sort = 'release'",
        "UPDATE head SET revision = 5",
    ):
        alter(location, statement)

    assert "whole" in check(location, log=True)
    with pytest.raises(BrokenLog, match=f"ended at {kept} when that was kept, and now has 5:"):
        check(location, ends=kept)


def test_log_that_was_written_anew_is_noticed_by_whoever_kept_the_end(location: str) -> None:
    a_log(location)
    kept = check(location, log=True).rpartition("ends at ")[2]
    with unguarded(location) as connection:
        connection.execute(update(t.revision).where(t.revision.c.number == 2).values(who="Somebody else"))
        _chain_anew(connection)

    assert "whole" in check(location, log=True)
    with pytest.raises(BrokenLog, match="was cut or written anew since"):
        check(location, ends=kept)


def _entry(row: Any) -> chain.Entry:
    return row.position, row.sort, row.programme, row.code, row.shape, row.payload, row.sequence


def _chain_anew(connection: Connection) -> None:
    c, previous = t.change.c, chain.START
    joined = select(t.change, t.revision).join(t.revision, t.revision.c.number == c.revision)
    for row in connection.execute(joined.order_by(c.revision, c.position)).all():
        previous = chain.entry_hash(previous, chain.facts(row._mapping), _entry(row))
        where = (c.revision == row.revision, c.position == row.position)
        connection.execute(update(t.change).where(*where).values(hash=previous))


def test_log_that_went_on_has_the_end_that_was_kept(location: str) -> None:
    a_log(location)
    kept = check(location, log=True).rpartition("ends at ")[2]
    database = open_database(location, writes=True)
    write(database, Change(None, an_event("EX-2020-Z")))
    database.close()

    assert check(location, ends=kept).rpartition("ends at ")[2] != kept


@pytest.mark.parametrize(
    "ends", ["14", "x:3f2ab1c09d5e6f70", "14:3f2a", "14:3f2ab1c09d5e6fzz", "9" * 20 + ":3f2ab1c09d5e6f70"]
)
def test_what_is_no_end_of_a_log_is_refused(location: str, ends: str) -> None:
    with pytest.raises(BadInput, match="is not the end of a log"):
        check(location, ends=ends)


def test_entries_of_before_their_sequence_was_hashed_are_still_known(location: str) -> None:
    """Written by 0.1.0 while it was made: their chain is good, and goes on with entries of today's."""
    a_log(location)
    with unguarded(location) as connection:
        c, previous = t.change.c, chain.START
        joined = select(t.change, t.revision).join(t.revision, t.revision.c.number == c.revision)
        for row in connection.execute(joined.order_by(c.revision, c.position)).all():
            if row.revision > 3:
                previous = chain.entry_hash(previous, chain.facts(row._mapping), _entry(row))
            else:
                previous = chain._hash_before(previous, row._mapping, _entry(row))
            where = (c.revision == row.revision, c.position == row.position)
            connection.execute(update(t.change).where(*where).values(hash=previous))

    assert "whole; 8 entries" in check(location, log=True)
    alter(location, "UPDATE revision SET why = 'never' WHERE number = 2")
    with pytest.raises(BrokenLog, match="revision 2, entry 1"):
        check(location, log=True)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE event SET status = 'x'", "UPDATE register SET data = '{}'", "UPDATE event SET mode = 'x'"],
)
def test_plan_that_cannot_be_read_is_said_in_one_sentence(location: str, statement: str) -> None:
    alter(a_log(location), statement)

    with pytest.raises(WrongDatabase, match="holds a record that cannot be read"):
        check(location, log=True)


def test_plan_altered_behind_the_log_is_named(location: str) -> None:
    alter(a_log(location), "UPDATE event SET people = 5")

    with pytest.raises(WrongDatabase, match="differs from its log in EX-2020-A"):
        check(location, log=True)
