"""Backups: one committed state with its whole log, as a SQLite file that either kind of database is restored from.

The file is a database of the planner with one table more, `backup`, which says when, of what and by which version it
was made. It has no write-ahead log, so it can be read where nothing may be written.
"""

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import MetaData
from sqlalchemy.engine import URL

import planner
from planner.errors import BadInput, MissingDatabase, Unavailable, WrongDatabase, problem
from planner.store import schema, soundness
from planner.store.copying import copy_rows
from planner.store.engine import make_engine, parse, plain_words, shown
from planner.store.log import stamped

NAME = re.compile(r"(?P<of>.+)-\d{8}T\d{6}Z-r\d+\.db")
"""A backup in a folder: what it is of, the instant (UTC), the revision. Sorted by name they are sorted by time."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup is. `made` (UTC) is None for a file that was not made as one, `entries` counts its log.

    `ends` is where that log ends, for whoever keeps it elsewhere; '' for one that was not verified.
    """

    path: Path
    made: datetime | None
    source: str
    form: str
    revision: int
    entries: int
    bytes: int
    ends: str = ""


def back_up(location: str, place: Path, now: datetime, *, is_verified: bool = True) -> Backup:
    """Copies one committed state into a new file, while others may go on writing, and verifies the copy.

    A folder gets a file named for the database, the instant and the revision. Raises BadInput where the file is there
    already; nothing half-written is ever left under its name.
    """
    url = parse(location)
    if place.exists() and not place.is_dir():
        raise BadInput(problem(str(place), "is there already", remedy="name another file, or a folder"))
    folder = place if place.is_dir() else place.parent
    if not folder.is_dir():
        raise BadInput(problem(str(place), "its folder does not exist", remedy=f"make {folder} first"))
    with plain_words(url):
        schema.refuse_missing(url)
    with _unfinished(folder) as copy:
        with plain_words(url):
            (_of_file if url.get_backend_name() == "sqlite" else _of_server)(url, copy)
        with plain_words(parse(str(copy))):
            _note(copy, url, now)
            made = verify(copy) if is_verified else _facts(copy, None)
        name = f"{stem(url)}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-r{made.revision}.db"
        path = place / name if place.is_dir() else place
        _put_in_place(copy, path)
    return replace(made, path=path)


def verify(path: Path) -> Backup:
    """What a backup holds, once it was opened, found whole, and its plan found to be what its own log says.

    One of an older form is judged as it would be restored. Raises MissingDatabase, WrongDatabase or BrokenLog.
    """
    with restorable(path) as whole:
        return _facts(path, soundness.checked(whole))


@contextmanager
def restorable(path: Path) -> Iterator[str]:
    """The location of that backup in today's form: itself, or for an older one a copy that goes when the block ends."""
    if not path.is_file():
        raise MissingDatabase(problem(str(path), "there is no backup", remedy="name the file of one"))
    url = parse(str(path))
    with plain_words(url):
        form = schema.form_of(url)
    if form == schema.KNOWN[-1]:
        yield str(path)
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.db"
        with plain_words(url):
            _of_file(url, copy)
        schema.upgrade(str(copy))
        yield str(copy)


def outlived(folder: Path, location: str, keep: int) -> tuple[Path, ...]:
    """The backups of that database in a folder beyond the newest `keep`, oldest first. Other files never count."""
    mine = stem(parse(location))
    found = sorted(
        path for path in folder.iterdir() if (named := NAME.fullmatch(path.name)) is not None and named["of"] == mine
    )
    return tuple(found[: max(0, len(found) - keep)])


def stem(url: URL) -> str:
    """What backups of that database are named for."""
    name = str(url.database or "plan")
    return Path(name).stem if url.get_backend_name() == "sqlite" else name


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """A file of its own in the folder, for its owner alone; whatever is left of it at the end goes."""
    try:
        number, name = tempfile.mkstemp(dir=folder, prefix=".backup-", suffix=".unfinished")
    except OSError as error:
        raise Unavailable(problem(str(folder), f"cannot be written ({error.strerror})")) from error
    os.close(number)
    path = Path(name)
    try:
        yield path
    finally:
        for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), Path(f"{path}-journal")):
            with suppress(FileNotFoundError):
                each.unlink()


def _of_file(url: URL, copy: Path) -> None:
    """One committed state of a file: a reader's view, written out without gaps. Writers are not kept waiting."""
    with schema.an_engine(url, writes=False) as engine:
        raw = engine.raw_connection()
        with closing(raw):
            raw.cursor().execute("VACUUM INTO ?", (str(copy),))


def _of_server(url: URL, copy: Path) -> None:
    """The same of a PostgreSQL database: every row as one REPEATABLE READ snapshot shows it."""
    form = schema.form_of(url)
    target_url = parse(str(copy))
    with schema.an_engine(target_url, writes=True) as target:
        schema.migrate(target, target_url, form)
        tables = MetaData()
        tables.reflect(target)
        source = make_engine(url, writes=False)
        with source.connect() as there, there.begin(), target.connect() as here, here.begin():
            copy_rows(there, here, tables)
        source.dispose()


def _note(copy: Path, url: URL, now: datetime) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE backup (made TEXT NOT NULL, source TEXT NOT NULL, program TEXT NOT NULL)")
        row = (stamped(now.astimezone(UTC)), shown(url), planner.__version__)
        connection.execute("INSERT INTO backup VALUES (?, ?, ?)", row)
        connection.execute("COMMIT")


def _facts(path: Path, whole: soundness.Whole | None) -> Backup:
    with plain_words(parse(str(path))), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        revision = db.execute("SELECT revision FROM head").fetchone()[0]
        form = db.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        noted = db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (schema.BACKUP,)).fetchone()
        made, source = db.execute("SELECT made, source FROM backup").fetchone() if noted else (None, "")
    instant = None if made is None else datetime.fromisoformat(made)
    entries, ends = (0, None) if whole is None else whole
    return Backup(path, instant, source, form, revision, entries, path.stat().st_size, str(ends or ""))


def _put_in_place(copy: Path, path: Path) -> None:
    """On the disk before it has its name, so that a name never stands for half a backup."""
    for target in (copy, path.parent):
        number = os.open(target, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
        if target is copy:
            if path.exists():
                raise WrongDatabase(problem(str(path), "came into being meanwhile", remedy="try again"))
            copy.rename(path)
