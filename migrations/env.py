"""Runs migrations in one transaction that loses nothing, on both databases.

Of the planner it knows the list of tables and the engine factory, nothing else.
"""

from collections.abc import Mapping
from typing import Any

from alembic import context
from sqlalchemy import Connection, Engine, String, case, cast, column, func, inspect, select, table

from planner.errors import WrongDatabase, problem
from planner.store.engine import make_engine, parse
from planner.store.tables import metadata

BOOKKEEPING = {"head", "alembic_version"}
"""Tables whose rows a migration itself writes."""
SILENT = ("", "0", "false")
"""What says nothing in a column, as a null does: what a new column begins with."""


def run() -> None:
    """Migrates over the engine that was passed, else over one of the URL given as `-x url=…`."""
    passed: Engine | None = context.config.attributes.get("engine")
    said = context.get_x_argument(as_dictionary=True)
    engine = passed or make_engine(parse(str(said.get("url", "planner.db"))), writes=True)
    accepts_loss = bool(context.config.attributes.get("accept_loss") or said.get("accept-loss"))
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            # Before BEGIN: inside a transaction this pragma does nothing, and a table that batch mode makes anew
            # would then take its child rows with it by cascade, without a word.
            _driver(connection).execute("PRAGMA foreign_keys = OFF")
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            transactional_ddl=True,
            transaction_per_migration=False,
            compare_type=True,
        )
        with context.begin_transaction():
            before = _counts(connection)
            context.run_migrations()
            _refuse_loss(before, _counts(connection), accepts_loss)
            if is_sqlite:
                _refuse_dangling(connection)
        if is_sqlite:
            _driver(connection).execute("PRAGMA foreign_keys = ON")
    if passed is None:
        engine.dispose()


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _counts(connection: Connection) -> Mapping[str, int]:
    """By table, how many rows it has; by table and column, how many of them say something there."""
    counts: dict[str, int] = {}
    look = inspect(connection)
    for name in look.get_table_names():
        if name in BOOKKEEPING:
            continue
        columns = [each["name"] for each in look.get_columns(name)]
        told = [func.count(case((cast(column(each), String).not_in(SILENT), 1))) for each in columns]
        rows, *said = connection.execute(select(func.count(), *told).select_from(table(name))).one()
        counts[name] = rows
        counts.update((f"{name}.{each}", count) for each, count in zip(columns, said, strict=True))
    return counts


def _refuse_loss(before: Mapping[str, int], after: Mapping[str, int], accepts_loss: bool) -> None:
    # A column that stays may say something else; one that goes, or a table, takes what stood there with it.
    gone = {name for name in before if "." not in name and name not in after}
    lost = [
        f"{count - after.get(name, 0)} of {name}"
        for name, count in before.items()
        if after.get(name, 0) < count and (name not in after or "." not in name) and name.split(".")[0] not in gone
    ] + [f"{before[name]} of {name}" for name in sorted(gone) if before[name]]
    if lost and not accepts_loss:
        found = f"this migration would lose rows: {', '.join(lost)}"
        raise WrongDatabase(problem("migration", found, remedy="make a backup, then say --accept-loss"))


def _refuse_dangling(connection: Connection) -> None:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if rows:
        found = f"{len(rows)} rows would point nowhere, the first in {rows[0][0]}"
        raise WrongDatabase(problem("migration", found, remedy="nothing was changed; report this"))


run()
