"""Many rows into one table at once: by COPY into PostgreSQL, by one prepared statement into SQLite."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DBAPIError

FEW = 200
"""Rows up to which the ordinary INSERT is as fast."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Puts these rows into the table, each with a value for every column, in their order. Constraints hold as ever."""
    if not rows:
        return
    names = table.columns.keys()
    if len(rows) <= FEW:
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
        return
    quote = connection.dialect.identifier_preparer.quote  # the names are ours, from the tables
    columns = ", ".join(map(quote, names))
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {quote(table.name)} ({columns}) FROM STDIN", rows)
    else:
        marks = ", ".join("?" * len(names))
        statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})"  # noqa: S608
        connection.exec_driver_sql(statement, list(rows))


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
