"""Programmes, their entries and their feeds to rows and back."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from planner.domain.change import Kept, Key
from planner.domain.entries import Programme
from planner.domain.event import Event
from planner.domain.feed import Feed
from planner.domain.register import Entry, all_names
from planner.domain.texts import fold
from planner.store import tables as t
from planner.store.codec import decode, encode, shape_of


def load(connection: Connection, programme: str | None = None) -> tuple[Kept, ...]:
    """Programmes and entries in the latest state, sorted by programme, sort and code."""
    columns = (t.register.c.sort, t.register.c.data)
    statement = select(*columns).order_by(t.register.c.programme, t.register.c.sort, t.register.c.code)
    if programme is not None:
        statement = statement.where(t.register.c.programme == programme)
    return tuple(_entry(row.sort, row.data) for row in connection.execute(statement))


def _entry(sort: str, data: str) -> Kept:
    record = decode(sort, shape_of(sort), data)
    assert not isinstance(record, Event)
    return record


def versions(connection: Connection, keys: Iterable[Key]) -> dict[Key, int]:
    """Versions of those of these records that exist."""
    wanted = set(keys)
    columns = (t.register.c.sort, t.register.c.programme, t.register.c.code, t.register.c.version)
    statement = select(*columns).where(t.register.c.programme.in_({key.programme for key in wanted}))
    found = {Key(row.sort, row.programme, row.code): row.version for row in connection.execute(statement)}
    return {key: version for key, version in found.items() if key in wanted}


def save(connection: Connection, records: Sequence[Kept], revision: int) -> None:
    """Writes these records as they now are, with every name they are known by."""
    remove(connection, [Key(record.sort, record.programme, record.code) for record in records])
    if not records:
        return
    connection.execute(insert(t.register), [_row(record, revision) for record in records])
    names = [row for record in records if not isinstance(record, Programme | Feed) for row in _names(record)]
    if names:
        connection.execute(insert(t.name), names)


def remove(connection: Connection, keys: Sequence[Key]) -> None:
    """Takes these records out of the latest state; their names go with them."""
    statement = delete(t.register).where(
        t.register.c.sort == bindparam("its_sort"),
        t.register.c.programme == bindparam("its_programme"),
        t.register.c.code == bindparam("its_code"),
    )
    if keys:
        rows = [{"its_sort": key.sort, "its_programme": key.programme, "its_code": key.code} for key in keys]
        connection.execute(statement, rows)


def _row(record: Kept, revision: int) -> dict[str, Any]:
    return {
        "sort": record.sort,
        "programme": record.programme,
        "code": record.code,
        "parent": getattr(record, "within", ""),
        "data": encode(record),
        "version": revision,
    }


def _names(record: Entry) -> list[dict[str, Any]]:
    by_fold = {fold(name): name for name in (record.code, *all_names(record)) if fold(name)}
    key = {"sort": record.sort, "programme": record.programme, "code": record.code}
    return [{**key, "folded": folded, "name": name} for folded, name in sorted(by_fold.items())]
