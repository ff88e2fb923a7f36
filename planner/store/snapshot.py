"""One committed state of the plan, now or at a past revision, for reading."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from planner.domain.change import Change, Kept, Key, Lift, Logged, Record, Revision, Stamp
from planner.domain.entries import Programme
from planner.domain.event import Event
from planner.domain.feed import Feed
from planner.domain.listing import ImportRun
from planner.domain.register import Register, register_of
from planner.domain.release import Notice, Release
from planner.domain.run import CheckRun
from planner.domain.shift import Shift
from planner.domain.zone import ends_of
from planner.errors import NotFound, problem
from planner.store import entries, events, imports, log, runs, sequences
from planner.store.chain import End, end_of


class Snapshot:
    """Everything as it stood when `revision` was the newest. A past state is rebuilt from the log."""

    def __init__(self, connection: Connection, revision: int, *, is_past: bool = False) -> None:
        self.revision = revision
        self._connection = connection
        self._is_past = is_past

    @cached_property
    def _past(self) -> Mapping[Key, Record]:
        return log.state(self._connection, self.revision)

    @cached_property
    def _entries(self) -> tuple[Kept, ...]:
        """Programmes, entries and feeds, read once: every command asks for a register."""
        if self._is_past:
            return tuple(record for record in self._past.values() if not isinstance(record, Event))
        return entries.load(self._connection)

    def programmes(self) -> tuple[Programme, ...]:
        """Every programme, by code."""
        found = (record for record in self._entries if isinstance(record, Programme))
        return tuple(sorted(found, key=lambda programme: programme.code))

    def register(self, programme: str) -> Register:
        """What that programme knows by name. Raises NotFound when there is no such programme."""
        its = next((each for each in self.programmes() if each.code == programme), None)
        if its is None:
            known = ", ".join(each.code for each in self.programmes()) or "none"
            raise NotFound(problem("", f"there is no programme {programme!r}", f"known: {known}"))
        mine = (entry for entry in self._entries if entry.programme == programme)
        return register_of(its, (entry for entry in mine if not isinstance(entry, Programme | Feed)))

    def feeds(self, programme: str) -> tuple[Feed, ...]:
        """The feeds of a programme that somebody made, changed or took away, by name."""
        mine = (entry for entry in self._entries if isinstance(entry, Feed) and entry.programme == programme)
        return tuple(sorted(mine, key=lambda feed: feed.name))

    def events(self, programme: str | None = None) -> tuple[Event, ...]:
        """The events of one programme, or of all, by programme and ref."""
        if not self._is_past:
            return events.load(self._connection, programme)
        found = (record for record in self._past.values() if isinstance(record, Event))
        wanted = (event for event in found if programme in (None, event.programme))
        return tuple(sorted(wanted, key=lambda event: (event.programme, event.ref)))

    def some_events(self, programme: str, refs: Iterable[str]) -> tuple[Event, ...]:
        """Those of these events that are there, by ref."""
        if not self._is_past:
            return events.load_some(self._connection, programme, refs)
        wanted = set(refs)
        return tuple(event for event in self.events(programme) if event.ref in wanted)

    def shifts(self) -> tuple[Shift, ...]:
        """Sittings that other zone rules than those of their writing have moved, by programme and ref."""
        return () if self._is_past else events.shifts(self._connection)

    def at(self, revision: int) -> "Snapshot":
        """The same plan as it stood at a revision not newer than this one."""
        return self if revision == self.revision else Snapshot(self._connection, revision, is_past=True)

    def lifted_since(self, number: int) -> Lift | None:
        """What restores after that revision did to every SEQUENCE, or None when there was none."""
        return sequences.lifted_since(self._connection, number, self.revision)

    def releases(self) -> tuple[Release, ...]:
        """Every release of every programme, by number."""
        return tuple(sorted((r for r in self._entries if isinstance(r, Release)), key=lambda each: each.number))

    def releases_of_today(self) -> tuple[Release, ...]:
        """Every release there is now, also those made after this state: one of them may have frozen it."""
        found = entries.load(self._connection) if self._is_past else self._entries
        return tuple(sorted((r for r in found if isinstance(r, Release)), key=lambda each: each.number))

    def notices(self) -> tuple[Notice, ...]:
        """Every notice that was made, by number."""
        return tuple(sorted((r for r in self._entries if isinstance(r, Notice)), key=lambda each: each.number))

    def changed_since(self, revision: int, programme: str) -> set[Key]:
        """The records of a programme that changed after that revision."""
        return log.changed_since(self._connection, revision, self.revision, programme)

    def last_changed(self, programme: str, but: Iterable[str] = ()) -> Revision | None:
        """The newest revision that changed anything of the programme, records of these sorts not counted."""
        return log.last_changed(self._connection, self.revision, programme, but)

    def newest(self) -> Revision | None:
        """The newest revision, None before the first."""
        return log.revision(self._connection, self.revision)

    def events_at(self, revision: int, programme: str) -> tuple[Event, ...]:
        """The events of a programme as they stood at an earlier revision, by ref."""
        found = (record for record in log.state(self._connection, revision).values() if isinstance(record, Event))
        return tuple(sorted((e for e in found if e.programme == programme), key=lambda event: event.ref))

    def event(self, programme: str, ref: str) -> Event | None:
        record = self.record(Key("event", programme, ref))
        return record if isinstance(record, Event) else None

    def record(self, key: Key) -> Record | None:
        """One record, or None when it is not there or was removed."""
        if self._is_past:
            return self._past.get(key)
        if key.sort == "event":
            return next(iter(events.load(self._connection, key.programme, key.code)), None)
        return next((r for r in self._entries if (r.sort, r.programme, r.code) == key), None)

    def stamps(self, programme: str) -> Mapping[str, Stamp]:
        """By ref, what feeds must know of the history of each event that is there."""
        return {ref: stamp for ref, stamp, is_removed in self.all_stamps(programme) if not is_removed}

    def all_stamps(self, programme: str, refs: Iterable[str] | None = None) -> tuple[tuple[str, Stamp, bool], ...]:
        """(ref, the same, whether it was removed) of every event there ever was, or of these, by ref."""
        return tuple(sequences.stamps(self._connection, programme, self.revision, refs))

    def removed(self, programme: str) -> tuple[tuple[Event, Stamp], ...]:
        """Events that were there once, as they last stood, by ref: calendars must be told that they are gone."""
        gone = {ref: stamp for ref, stamp, is_removed in self.all_stamps(programme) if is_removed}
        found = []
        for ref, logged in sorted(self.histories(programme, gone).items()):
            event = next(each.after for each in reversed(logged) if each.after is not None)
            assert isinstance(event, Event)
            found.append((event, gone[ref]))
        return tuple(found)

    def histories(self, programme: str, refs: Iterable[str]) -> Mapping[str, Sequence[Logged]]:
        """By ref, every change of each of these events, oldest first."""
        return log.histories(self._connection, self.revision, programme, refs)

    def history(self, key: Key) -> tuple[Logged, ...]:
        """Every change of one record, oldest first."""
        return log.history(self._connection, self.revision, key)

    def history_of_sorts(self, programme: str, sorts: Iterable[str]) -> tuple[Logged, ...]:
        """Every change of every record of these sorts in a programme, oldest first."""
        return log.history_of_sorts(self._connection, self.revision, programme, sorts)

    def changed_events(self) -> Iterator[list[Logged]]:
        """The history of every event with a decision that was changed since it was made, oldest first."""
        return log.changed_events(self._connection, self.revision)

    def revisions(self) -> tuple[Revision, ...]:
        """Every revision, oldest first."""
        return log.revisions(self._connection, self.revision)

    def changes_of(self, number: int) -> tuple[Change, ...]:
        """The changes one revision made, in its order."""
        return log.changes(self._connection, number) if number <= self.revision else ()

    def revision_on(self, day: date) -> int:
        """The newest revision by the end of that day (UTC); 0 before the first."""
        ends = ends_of(day)
        return max((each.number for each in self.revisions() if each.at < ends), default=0)

    def log_end(self) -> End | None:
        """Where the log ends: kept elsewhere it proves that nothing of it was cut off or written anew since."""
        return end_of(self._connection, self.revision)

    def run_of(self, number: int) -> ImportRun | None:
        """The import that made that revision, with every row and cell, or None."""
        return imports.run_of(self._connection, number)

    def last_import(
        self, programme: str, list_name: str, sha256: str, options: tuple[tuple[str, str], ...]
    ) -> int | None:
        """The last import of that list that was not undone, if it was of these bytes and options and took every row."""
        number = imports.last_run(self._connection, programme, list_name, self.revision)
        return number if number and imports.is_whole(self._connection, number, sha256, options) else None

    def only_events_changed_since(self, number: int) -> bool:
        """True when later revisions neither removed an event nor touched any other record."""
        return log.only_events_changed(self._connection, number, self.revision)

    def written_by_hand(self, programme: str) -> frozenset[str]:
        """The refs of the events of a programme that anything but an import ever wrote."""
        return log.written_by_hand(self._connection, programme, self.revision)

    def base(self, programme: str, list_name: str) -> Mapping[str, Event]:
        """By ref, the events as the last applied, not undone import of that list that names them said them."""
        return imports.base(self._connection, programme, list_name, self.revision)

    def issues(self, programme: str) -> Mapping[str, tuple[int, str]]:
        """By ref, the SEQUENCE and last modification of the newest entry of a calendar that was imported as it."""
        return imports.issues(self._connection, programme, self.revision)

    def last_named(self, programme: str, list_name: str) -> frozenset[str]:
        """The refs of the events that the last applied, not undone import of that list names."""
        return imports.named(self._connection, programme, list_name, self.revision)

    def last_check(self) -> CheckRun | None:
        """The check that was kept last, whatever revision it was of, or None."""
        return runs.last(self._connection)
