"""What was served at each address, gathered in memory and written at most once a minute and at the stop.

Each request writing for itself would queue behind imports, and imports behind subscribers.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from planner.domain.address import MOST_PROGRAM_LETTERS, Served
from planner.errors import PlannerError

log = logging.getLogger(__name__)

SECONDS = 60.0
"""So often the ledger is written."""
MOST_NOTES = 100_000
"""So many notes wait at most while the database cannot be written; further ones are dropped, and that is said."""


@dataclass(slots=True)
class Note:
    """A content at an address since the last writing. Instants in seconds since 1970; `program` as its header says."""

    first: float
    last: float
    revision: int
    program: bytes


class Ledger:
    """Notes by address and content. `keep` writes them; what could not be written is tried again at the next time."""

    def __init__(self, keep: Callable[[Sequence[Served]], None]) -> None:
        self._keep = keep
        self._notes: dict[tuple[int, str], Note] = {}
        self._writing = Lock()
        self.dropped = 0

    def note(self, address: int, etag: str, revision: int, program: bytes, now: float) -> None:
        """That an address was given that content, or told that it has it already."""
        note = self._notes.get((address, etag))
        if note is not None:
            note.last, note.revision, note.program = now, revision, program
        elif len(self._notes) < MOST_NOTES:
            self._notes[address, etag] = Note(now, now, revision, program)
        else:
            self.dropped += 1

    def write(self) -> None:
        """Writes what was gathered. What fails is logged and kept for the next time."""
        with self._writing:
            notes, self._notes = self._notes, {}
            if not notes:
                return
            try:
                self._keep([_served(*key, note) for key, note in notes.items()])
            except PlannerError as error:
                log.warning(
                    "the ledger could not be written (%d notes wait, %d dropped): %s", len(notes), self.dropped, error
                )
                self._put_back(notes)

    def _put_back(self, notes: dict[tuple[int, str], Note]) -> None:
        for key, note in notes.items():
            newer = self._notes.setdefault(key, note)
            newer.first = min(newer.first, note.first)


def _served(address: int, etag: str, note: Note) -> Served:
    program = note.program.decode("latin-1")
    said = "".join(letter for letter in program if letter.isprintable())[:MOST_PROGRAM_LETTERS]
    first, last = (datetime.fromtimestamp(instant, UTC) for instant in (note.first, note.last))
    return Served(address, etag, note.revision, first, last, said)
