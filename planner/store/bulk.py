"""Many rows into one table at once: by COPY into PostgreSQL, by one prepared statement into SQLite."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DBAPIError

FEW = 200
"""Rows up to which the ordinary INSERT is as fast."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Puts these rows into the table; all name the same columns. Constraints hold as with any INSERT."""
    if not rows:
        return
    if len(rows) <= FEW:
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    values = [tuple(row.values()) if list(row) == names else tuple(row[name] for name in names) for row in rows]
    quote = connection.dialect.identifier_preparer.quote  # the names are ours, from the tables
    columns = ", ".join(map(quote, names))
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {quote(table.name)} ({columns}) FROM STDIN", values)
    else:
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})", values)  # noqa: S608


def _copy(connection: Connection, statement: str, values: Sequence[tuple[Any, ...]]) -> None:
    """In the transaction under way, past SQLAlchemy: it has no COPY. Errors are raised as SQLAlchemy's."""
    import psycopg  # only where the database is PostgreSQL is it there

    driver = connection.connection.driver_connection
    assert driver is not None
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in values:
                copy.write_row(row)
    except psycopg.Error as error:
        raise DBAPIError.instance(statement, None, error, psycopg.Error) from error
