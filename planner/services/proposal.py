"""Decide, show, then do exactly what was shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from planner.domain.change import Change
from planner.domain.listing import ImportRun
from planner.errors import PlannerError, problem
from planner.store import Database, Snapshot


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be written, and why. `revision` is the one it was made at; a dry run is simply not applying it.

    `run` is the import it came from, `undoes` the revision an undo takes back. `notes` are sentences for people: what
    comes along, what becomes late.
    """

    revision: int
    means: str
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()
    run: ImportRun | None = None
    undoes: int | None = None
    is_final: bool = False
    """True for what people were told: it cannot be undone."""
    anew: bool = False
    """True when records are written again though they are the same: their instants are not."""

    @property
    def is_empty(self) -> bool:
        return not self.changes


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, why, and the instant (UTC) that the revision will carry."""

    who: str
    why: str
    now: datetime


class Outrun(PlannerError):
    """Somebody wrote while a person looked at the proposal, and it now comes out differently."""


def apply(database: Database, propose: Callable[[Snapshot], Proposal], shown: Proposal, author: Author) -> int | None:
    """Writes what was shown as one revision and gives back its number, or None when there was nothing to write.

    If the head has moved since, the proposal is made again under the lock; if it comes out differently, nothing is
    written and `Outrun` says so (model, revisions).
    """
    if shown.is_empty:
        return None
    with database.transaction(
        who=author.who,
        why=author.why,
        means=shown.means,
        now=author.now,
        read_at=shown.revision,
        undoes=shown.undoes,
    ) as transaction:
        if transaction.revision != shown.revision:
            again = propose(transaction)
            if again.changes != shown.changes:
                found = f"the plan went from revision {shown.revision} to {transaction.revision} while you looked"
                raise Outrun(problem("", found, "this would now do something else", "look again, then repeat it"))
            transaction.read_at = transaction.revision
        transaction.apply(shown.changes, anew=shown.anew)
        if shown.run is not None and transaction.is_written:
            transaction.keep(shown.run)
        return transaction.number if transaction.is_written else None
