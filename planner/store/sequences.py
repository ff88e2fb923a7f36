"""SEQUENCE as the log has it: of what stands, of what was removed, and how far restores lifted all of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, select

from planner.domain.change import RESTORED, Lift, Stamp
from planner.store import tables as t
from planner.store.events import batches


def stamps(
    connection: Connection, programme: str, up_to: int, refs: Iterable[str] | None = None
) -> Iterator[tuple[str, Stamp, bool]]:
    """(ref, stamp, whether it was removed) of every event there ever was, or of these, by ref."""
    c = t.change.c
    statement = (
        select(c.code, c.revision, c.sequence, c.payload.is_(None).label("is_removed"), t.revision.c.at)
        .join(t.revision, t.revision.c.number == c.revision)
        .where(c.sort == "event", c.programme == programme, c.revision <= up_to)
        .order_by(c.code, c.revision)
    )
    if refs is None:
        yield from _stamps(connection.execute(statement))
        return
    for _, batch in batches((programme, ref) for ref in sorted(set(refs))):
        yield from _stamps(connection.execute(statement.where(c.code.in_(batch))))


def _stamps(changes_of_all: Iterable[Any]) -> Iterator[tuple[str, Stamp, bool]]:
    for ref, rows in groupby(changes_of_all, key=lambda row: row.code):
        changes = list(rows)
        last = changes[-1]
        raised = next(row for row in changes if row.sequence == last.sequence)
        instants = (datetime.fromisoformat(row.at) for row in (changes[0], last, raised))
        yield ref, Stamp(last.revision, last.sequence, *instants), bool(last.is_removed)


def removed_sequences(connection: Connection, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """SEQUENCE of those of these events (programme, ref) that were removed once: it goes on when they return."""
    c = t.change.c
    found = {}
    for programme, refs in batches(keys):
        statement = select(c.code, c.sequence).where(
            c.sort == "event", c.programme == programme, c.code.in_(refs), c.payload.is_(None)
        )
        for row in connection.execute(statement.order_by(c.revision)):
            found[programme, row.code] = row.sequence
    return found


def lifted_since(connection: Connection, since: int, up_to: int) -> Lift | None:
    """What the restores after one revision and up to another did: numbers they left out are how far they lifted."""
    r = t.revision.c
    restores = select(r.number, r.at).where(r.means == RESTORED, r.number > since, r.number <= up_to)
    found = connection.execute(restores.order_by(r.number)).all()
    if not found:
        return None
    by = 0
    for row in found:
        before = connection.execute(select(func.max(r.number)).where(r.number < row.number)).scalar() or 0
        by += row.number - before
    return Lift(by, datetime.fromisoformat(found[-1].at))
