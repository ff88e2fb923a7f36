"""Every row of one database into another, whichever of the two kinds each is."""

from sqlalchemy import Connection, MetaData, Table, delete, func, insert, select, text

from planner.store import tables as t

ROWS = 2000
"""So many are held at once."""
BOOKKEEPING = frozenset({"head", "alembic_version"})
"""Tables of one row that is set rather than replaced: writers queue for the head."""


def copy_rows(source: Connection, target: Connection, tables: MetaData) -> int:
    """Copies every row of these tables, parents before children, and gives back how many there were."""
    count = 0
    for table in _ours(tables):
        found = source.execute(_in_order(table), execution_options={"yield_per": ROWS})
        for rows in found.mappings().partitions(ROWS):
            target.execute(insert(table), [dict(row) for row in rows])
            count += len(rows)
    revision = source.execute(select(t.head.c.revision)).scalar_one()
    target.execute(t.head.update().values(revision=revision))
    return count


def clear(connection: Connection) -> None:
    """Takes every row away but those of the bookkeeping; the transaction that does so fills them again."""
    if connection.dialect.name == "sqlite":
        # Inside a transaction foreign keys cannot be switched off, but they can wait for its end.
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    for table in reversed(_ours(t.metadata)):
        connection.execute(delete(table))


def set_counters(connection: Connection) -> None:
    """On PostgreSQL, lets numbers given by the database go on behind the highest that was copied."""
    if connection.dialect.name == "sqlite":
        return
    for table in _ours(t.metadata):
        column = table.autoincrement_column
        if column is not None:
            highest = select(func.max(column)).scalar_subquery()
            counter = func.pg_get_serial_sequence(table.name, column.name)
            # Of a column without a counter the name is null, and nothing is set.
            connection.execute(select(func.setval(counter, func.coalesce(highest, 1), highest.is_not(None))))


def _ours(tables: MetaData) -> list[Table]:
    known = t.metadata.tables
    return [table for table in tables.sorted_tables if table.name in known and table.name not in BOOKKEEPING]


def _in_order(table: Table):  # type: ignore[no-untyped-def]  # Select of whatever columns the table has
    """Newest first where rows name others of the same table: an address names the later one that replaced it."""
    names_itself = any(key.column.table is table for key in table.foreign_keys)
    keys = tuple(table.primary_key)
    return select(table).order_by(*(key.desc() for key in keys) if names_itself else keys)
