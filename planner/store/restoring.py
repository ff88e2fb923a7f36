"""Restoring: a backup over what is there, in one write, and lifted above all that calendars may have seen since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, select, text, update
from sqlalchemy.engine import URL

from planner.domain.address import Address
from planner.domain.change import RESTORED, Key, Revision
from planner.domain.entries import Programme
from planner.domain.event import Event
from planner.errors import Unavailable, WrongDatabase, problem
from planner.store import log, schema, soundness
from planner.store import tables as t
from planner.store.addresses import Operations
from planner.store.backups import Backup, back_up, restorable, stem, verify
from planner.store.copying import clear, copy_rows, set_counters
from planner.store.engine import parse, plain_words, shown

LIFT = 1000
"""How far numbers rise above the backup's where nobody knows how far they had come."""


class Place(Enum):
    """What is where a backup shall go."""

    EMPTY = "nothing is there"
    PLAN = "a plan is there"
    DAMAGED = "what is there is damaged"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a restore would do: the backup, what is there now and its revision, and who would get in again."""

    backup: Backup
    where: str
    place: Place
    revision: int
    alive_again: tuple[Address, ...]

    @property
    def lift(self) -> int:
        """SEQUENCE rises at most once a revision: this takes it above whatever the lost ones have shown."""
        return LIFT + max(0, self.revision - self.backup.revision)


@dataclass(frozen=True, slots=True)
class Author:
    """Who restores, why, and when (UTC)."""

    who: str
    why: str
    now: datetime


def outlook(path: Path, location: str) -> Outlook:
    """What restoring that backup there would do; it verifies the backup and changes nothing.

    Raises WrongDatabase for a bad backup, and for a place with something that is not ours or of another form.
    """
    backup = verify(path)
    url = parse(location)
    if schema.is_in_memory(url):
        raise WrongDatabase(problem("--database", "memory keeps nothing", remedy="name a file or a server"))
    if url.get_backend_name() == "sqlite" and Path(str(url.database)).absolute() == path.absolute():
        raise WrongDatabase(problem(str(path), "is the backup itself", remedy="name the place with --database"))
    place = _place(url)
    if place is not Place.PLAN:
        return Outlook(backup, shown(url), place, 0, ())
    with schema.an_engine(url, writes=False) as engine, engine.connect() as connection, connection.begin():
        revision = connection.execute(select(t.head.c.revision)).scalar_one()
        now = Operations(connection).addresses()
    return Outlook(backup, shown(url), place, revision, _alive_again(path, now))


def keep_present(seen: Outlook, location: str, now: datetime) -> Path | None:
    """Keeps what is there beside it (of a server: beside the backup), and says where; None where nothing is there."""
    url = parse(location)
    if seen.place is Place.EMPTY:
        return None
    if seen.place is Place.DAMAGED:
        return _set_aside(Path(str(url.database)).absolute(), now)
    folder = (
        Path(str(url.database)).absolute().parent if url.get_backend_name() == "sqlite" else seen.backup.path.parent
    )
    kept = folder / f"{stem(url)}-before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
    return back_up(location, kept, now, is_verified=False).path


def restore(seen: Outlook, location: str, by: Author) -> int:
    """Puts the backup in place and lifts it, and gives back the revision it has now: all of it or nothing.

    Raises Unavailable when something was written there since the outlook.
    """
    url = parse(location)
    if seen.place is not Place.PLAN:
        schema.upgrade(location)
    with (
        restorable(seen.backup.path) as backup,
        plain_words(url),
        schema.an_engine(parse(backup), writes=False) as reader,
        schema.an_engine(url, writes=True) as writer,
        reader.connect() as source,
        source.begin(),
        writer.connect() as target,
        target.begin(),
    ):
        _refuse_changed(target, seen)
        clear(target)
        copy_rows(source, target, t.metadata)
        set_counters(target)
        _end_sessions(target)
        return lift(target, seen.lift, by)


def lift(connection: Connection, by: int, author: Author) -> int:
    """One revision that says of every programme and event what stood, that much higher; gives back its number.

    Events that were removed are removed once more: calendars may have seen them stand in the days that are lost.
    """
    head: int = connection.execute(select(t.head.c.revision)).scalar_one()
    standing = log.newest_entries(connection, (Programme.sort, Event.sort))
    if not standing:
        return head
    number = head + by
    last = log.revision(connection, head)
    at = author.now if last is None else max(author.now, last.at)
    revision = Revision(number, at, author.who, author.why, RESTORED)
    log.write_revision(connection, revision, None)
    lifted = [
        (Key(*row[:3]), row.shape, row.payload, row.sequence + (by if row.sort == Event.sort else 0))
        for row in standing
    ]
    log.append(connection, revision, lifted)
    connection.execute(update(t.event).values(sequence=t.event.c.sequence + by, version=number))
    connection.execute(update(t.register).where(t.register.c.sort == Programme.sort).values(version=number))
    connection.execute(update(t.head).values(revision=number))
    return number


def _place(url: URL) -> Place:
    with plain_words(url):
        if schema.is_missing(url):
            return Place.EMPTY
        try:
            form = schema.form_of(url)
        except WrongDatabase:
            if url.get_backend_name() == "sqlite" and not soundness.is_sound(url):
                return Place.DAMAGED
            raise
        if form == "":
            return Place.EMPTY
        schema.refuse_other_forms(url)
        if url.get_backend_name() == "sqlite" and not soundness.is_sound(url):
            return Place.DAMAGED
    return Place.PLAN


def _alive_again(path: Path, now: Sequence[Address]) -> tuple[Address, ...]:
    """Addresses closed since the backup was made, which it would open again."""
    with (
        restorable(path) as backup,
        schema.an_engine(parse(backup), writes=False) as engine,
        engine.connect() as connection,
        connection.begin(),
    ):
        then = {each.number: each for each in Operations(connection).addresses()}
    closed = (each for each in now if each.revoked is not None and each.number in then)
    return tuple(each for each in closed if then[each.number].revoked is None)


def _set_aside(path: Path, now: datetime) -> Path:
    """Moves a damaged file away with what belongs to it. Nobody could have read it."""
    kept = path.with_name(f"{path.stem}-damaged-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{path.suffix}")
    for tail in ("", "-wal", "-shm", "-journal"):
        part = Path(f"{path}{tail}")
        if part.exists():
            part.rename(f"{kept}{tail}")
    return kept


def _refuse_changed(target: Connection, seen: Outlook) -> None:
    """Takes the lock that writers queue for, and sees that none was there since."""
    if target.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in t.metadata.sorted_tables)
        # Readers go on seeing what they saw; whoever writes waits, and finds the restored plan.
        target.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))
    now = target.execute(select(t.head.c.revision)).scalar_one()
    if now != seen.revision:
        found = f"was written meanwhile: it is at revision {now}, and was at {seen.revision}"
        raise Unavailable(problem(seen.where, found, remedy="try again"))


def _end_sessions(target: Connection) -> None:
    """A session ended, and a sign-in link used, since the backup was made must not work again."""
    target.execute(t.web_session.delete())
    target.execute(t.sign_in_link.delete())
