"""One committed write: the head first, then records and log together, or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from planner.domain.change import Change, Key, Record, Revision, differences, material
from planner.domain.closing import refuse_closed
from planner.domain.event import Event
from planner.domain.fields import fields_changed
from planner.domain.listing import ImportRun
from planner.domain.window import When
from planner.errors import Stale
from planner.store import chain, entries, events, imports, log, sequences
from planner.store import tables as t
from planner.store.codec import encode
from planner.store.snapshot import Snapshot

Standing = Mapping[events.Where, tuple[int, int]]
"""(version, SEQUENCE) of events that are there."""


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
        self._payloads: dict[str, tuple[Event, str]] = {}  # of the events just written, by ref

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
        keys = [change.key for change in real]
        standing = events.versions(self._connection, _of_events(keys))
        self._refuse_stale(real, keys, standing)
        kept = self._kept(real, keys, standing)
        log.write_revision(self._connection, self._written, self._undoes)
        log.append(self._connection, self._written, kept)
        self._save(real, kept, standing)
        self.has_erased = chain.erase(self._connection, _gone_for_good(real))
        self.is_written = True

    def keep(self, run: ImportRun) -> None:
        """Keeps the import this revision came from."""
        imports.keep(self._connection, run, self.number, self._payload)

    def _payload(self, event: Event) -> str:
        """The event as the log keeps it: most of what a list says has just gone there."""
        written = self._payloads.get(event.ref)
        return written[1] if written is not None and written[0] is event else encode(event)

    def _save(self, changes: Sequence[Change], kept: Sequence[log.Kept], standing: Iterable[events.Where]) -> None:
        its_events, its_entries, gone = [], [], []
        for change, (key, _, payload, sequence) in zip(changes, kept, strict=True):
            if change.after is None or payload is None:
                gone.append(key)
            elif isinstance(change.after, Event):
                its_events.append((change.after, sequence))
                self._payloads[key.code] = change.after, payload
            else:
                its_entries.append(change.after)
        events.remove(self._connection, standing)
        events.save(self._connection, its_events, self.number)
        entries.remove(self._connection, [key for key in gone if key.sort != Event.sort])
        entries.save(self._connection, its_entries, self.number)

    def _refuse_stale(self, changes: Sequence[Change], keys: Sequence[Key], standing: Standing) -> None:
        """Under the lock of the head: no record may be newer than the revision it was read at."""
        others = entries.versions(self._connection, [key for key in keys if key.sort != Event.sort])
        for change, key in zip(changes, keys, strict=True):
            if key.sort == Event.sort:
                version = standing.get((key.programme, key.code), (None, 0))[0]
            else:
                version = others.get(key)
            there = version is not None
            if there == (change.before is not None) and (version or 0) <= self.read_at:
                continue
            now = self.record(key)
            said = () if now is None or change.before is None else _differences(change.before, now)
            raise Stale(str(key), self.read_at, version or self.revision, said)

    def _kept(self, changes: Sequence[Change], keys: Sequence[Key], standing: Standing) -> list[log.Kept]:
        """What the log keeps of the changes, each with the SEQUENCE its record has from here on.

        Only events count, and a removed one counts on when it returns.
        """
        last = {key: sequence for key, (_, sequence) in standing.items()}
        last |= sequences.removed_sequences(self._connection, set(_of_events(keys)) - standing.keys())
        shifted = {(shift.programme, shift.ref) for shift in events.shifts(self._connection, standing)}
        found = []
        for change, key in zip(changes, keys, strict=True):
            where = key.programme, key.code
            its = last.get(where) if key.sort == Event.sort else None
            found.append(log.kept(change, key, self._sequence(change, its, is_shifted=where in shifted)))
        return found

    def _sequence(self, change: Change, last: int | None, *, is_shifted: bool) -> int:
        """Raised by a material change, by removal and return, by other zone rules, and by every undo (model)."""
        if last is None:
            return 0
        before, after = change.before, change.after
        is_material = not (isinstance(before, Event) and isinstance(after, Event)) or bool(material(before, after))
        return last + (is_material or is_shifted or self._undoes is not None)


def _gone_for_good(changes: Iterable[Change]) -> list[Key]:
    """The records that these changes remove and that must leave the history too."""
    return [change.key for change in changes if change.after is None and change.key.sort in chain.ERASABLE]


def _of_events(keys: Iterable[Key]) -> list[events.Where]:
    return [(key.programme, key.code) for key in keys if key.sort == Event.sort]


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
