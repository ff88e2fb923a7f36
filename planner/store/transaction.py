"""One committed write: the head first, then records and log together, or nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from planner.domain.change import Change, Key, Record, Revision, differences, material
from planner.domain.closing import refuse_closed
from planner.domain.event import Event
from planner.domain.fields import fields_changed
from planner.domain.listing import ImportRun
from planner.domain.window import When
from planner.errors import Stale
from planner.store import entries, events, imports, log
from planner.store import tables as t
from planner.store.snapshot import Snapshot


class Transaction(Snapshot):
    """A write under way. As a snapshot it shows the state before it; `number` is the revision it will be.

    `read_at` is the revision its changes were decided at: a record that changed since makes it Stale.
    """

    def __init__(self, connection: Connection, revision: Revision, read_at: int | None, undoes: int | None) -> None:
        super().__init__(connection, revision.number - 1)
        self.number = revision.number
        self.read_at = self.revision if read_at is None else read_at
        self.is_written = False
        self.has_erased = False
        self._written = revision
        self._undoes = undoes

    def apply(self, changes: Iterable[Change], *, anew: bool = False) -> None:
        """Writes these changes, once a transaction; those that change nothing are left out.

        Raises Stale, and Closed when one is of a closed programme.

        With `anew` they are written all the same: the zone rules have changed, and their instants with them.
        """
        if self.is_written:
            raise ValueError("a revision is written once")
        real = [change for change in changes if anew or change.before != change.after]
        if not real:
            return
        refuse_closed(self.programmes(), real)
        self._refuse_stale(real)
        sequences = self._sequences(real)
        log.write_revision(self._connection, self._written, self._undoes)
        log.append(self._connection, self._written, [(change, sequences[change.key]) for change in real])
        self._save(real, sequences)
        self.has_erased = log.erase(self._connection, _gone_for_good(real))
        self.is_written = True

    def keep(self, run: ImportRun) -> None:
        """Keeps the import this revision came from."""
        imports.keep(self._connection, run, self.number)

    def _save(self, changes: Sequence[Change], sequences: dict[Key, int]) -> None:
        saved = [change.after for change in changes if change.after is not None]
        gone = [change.key for change in changes if change.after is None]
        its_events = [(record, sequences[_key(record)]) for record in saved if isinstance(record, Event)]
        events.remove(self._connection, [(key.programme, key.code) for key in gone if key.sort == "event"])
        events.save(self._connection, its_events, self.number)
        entries.remove(self._connection, [key for key in gone if key.sort != "event"])
        entries.save(self._connection, [r for r in saved if not isinstance(r, Event)], self.number)

    def _refuse_stale(self, changes: Sequence[Change]) -> None:
        """Under the lock of the head: no record may be newer than the revision it was read at."""
        versions = self._versions([change.key for change in changes])
        for change in changes:
            version = versions.get(change.key)
            there = version is not None
            if there == (change.before is not None) and (version or 0) <= self.read_at:
                continue
            now = self.record(change.key)
            said = () if now is None or change.before is None else _differences(change.before, now)
            raise Stale(str(change.key), self.read_at, version or self.revision, said)

    def _versions(self, keys: Sequence[Key]) -> dict[Key, int]:
        of_events = events.versions(self._connection, [(k.programme, k.code) for k in keys if k.sort == "event"])
        found = {Key("event", *where): version for where, (version, _) in of_events.items()}
        return found | entries.versions(self._connection, [key for key in keys if key.sort != "event"])

    def _sequences(self, changes: Sequence[Change]) -> dict[Key, int]:
        """The SEQUENCE each record has from here on: only events count, and a removed one counts on when it returns."""
        where = [(change.key.programme, change.key.code) for change in changes if change.key.sort == "event"]
        standing = events.versions(self._connection, where)
        last = log.removed_sequences(self._connection, set(where) - standing.keys())
        last |= {Key("event", *key): sequence for key, (_, sequence) in standing.items()}
        shifted = {Key("event", shift.programme, shift.ref) for shift in events.shifts(self._connection, where)}
        return {
            change.key: self._sequence(change, last.get(change.key), is_shifted=change.key in shifted)
            for change in changes
        }

    def _sequence(self, change: Change, last: int | None, *, is_shifted: bool) -> int:
        """Raised by a material change, by removal and return, by other zone rules, and by every undo (model)."""
        if last is None:
            return 0
        before, after = change.before, change.after
        is_material = not (isinstance(before, Event) and isinstance(after, Event)) or bool(material(before, after))
        return last + (is_material or is_shifted or self._undoes is not None)


def _gone_for_good(changes: Iterable[Change]) -> list[Key]:
    """The records that these changes remove and that must leave the history too."""
    return [change.key for change in changes if change.after is None and change.key.sort in log.ERASABLE]


def _key(record: Record) -> Key:
    return Key(record.sort, record.programme, record.code)


def next_revision(connection: Connection, who: str, why: str, means: str, now: datetime) -> Revision:
    """Takes the next number, and with it the lock that writers queue for; never earlier than its predecessor."""
    taken = update(t.head).values(revision=t.head.c.revision + 1).returning(t.head.c.revision)
    number: int = connection.execute(taken).scalar_one()
    said = connection.execute(select(t.revision.c.at).where(t.revision.c.number == number - 1)).scalar()
    at = max(now, datetime.fromisoformat(said)) if said else now
    return Revision(number, at, who, why, means)


def _differences(before: Record, now: Record) -> tuple[str, ...]:
    """Field by field, what it was when it was read and what it is now."""
    if isinstance(before, Event) and isinstance(now, Event):
        found = fields_changed(before, now)
    else:
        found = differences(before, now)
    return tuple(f"{name} was {_brief(was)}, is {_brief(became)}" for name, was, became in found)


def _brief(value: object) -> str:
    if isinstance(value, When):
        return repr(value.words or [f"{window.first}..{window.last}" for window in value.windows])
    return repr(str(value)) if isinstance(value, str) else repr(value)
