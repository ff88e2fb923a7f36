"""P27 and P28: a migration keeps every row, and one that fails or is killed changes nothing and can be run again."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import alembic.command
import pytest
from alembic.config import Config
from sqlalchemy import Engine, MetaData, create_engine, event, inspect, select

from planner.domain.change import Change
from planner.errors import WrongDatabase
from planner.store import open_database
from planner.store.engine import make_engine, parse
from planner.store.schema import KNOWN, migrations_config, migrations_folder
from tests.builders import a_full_event, a_programme, an_event

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)

# The way to a next form, made up: it makes the table `event` anew, which is where child rows are lost by default.
NEWEST, BEYOND = KNOWN[-1], "9999"
NEXT = f'''"""Weigh events."""

import sqlalchemy as sa
from alembic import op

revision = "{BEYOND}"
down_revision = "{NEWEST}"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("weight", sa.Integer(), nullable=False, server_default="0"))
        batch.create_check_constraint("weighs_something", "weight >= 0")
    op.create_table("weighing", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("weighing")
    with op.batch_alter_table("event") as batch:
        batch.drop_constraint("weighs_something", type_="check")
        batch.drop_column("weight")
'''


ENGINES: list[Engine] = []


@pytest.fixture(autouse=True)
def closed_engines() -> Iterator[None]:
    """Closes what a test opened, for kept connections to a server would outlive it."""
    yield
    while ENGINES:
        ENGINES.pop().dispose()


def configured(config: Config, location: str) -> Config:
    """The configuration with an engine for that place."""
    ENGINES.append(make_engine(parse(location), writes=True))
    config.attributes["engine"] = ENGINES[-1]
    return config


def with_next(folder: Path, url_of: str) -> Config:
    """The configuration of a copy of the migrations that has one more."""
    copy = folder / "migrations"
    if not copy.exists():
        shutil.copytree(migrations_folder(), copy, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / "versions" / f"{BEYOND}_weigh_events.py").write_text(NEXT)
    config = migrations_config(parse(url_of))
    config.set_main_option("script_location", str(copy))
    return configured(config, url_of)


def fill(location: str) -> None:
    database = open_database(location, writes=True)
    events = [a_full_event(f"EX-2020-{n:02}") for n in range(20)]
    with database.transaction(who="A. Writer", why="", means="add", now=NOW) as transaction:
        transaction.apply([Change(None, a_programme()), *(Change(None, each) for each in (*events, an_event()))])
    database.close()


def contents(location: str) -> dict[str, str]:
    """By table, its columns, its count of rows, and a checksum over all of them."""
    engine = create_engine(parse(location))
    with engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        found = {}
        for name, table in tables.tables.items():
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
            found[name] = f"{sorted(table.columns.keys())} {len(rows)} {digest}"
        names = inspect(connection).get_table_names()
    engine.dispose()
    assert set(names) == set(found)
    return found


def test_way_up_and_down_keeps_every_row(location: str, tmp_path: Path) -> None:
    fill(location)
    before = contents(location)
    config = with_next(tmp_path, location)

    alembic.command.upgrade(config, BEYOND)
    between = contents(location)
    alembic.command.downgrade(config, NEWEST)

    children = ("booking", "event_body", "event_priority", "event_text", "event_window", "link", "change", "name")
    assert {name: between[name] for name in children} == {name: before[name] for name in children}
    assert contents(location) == before


def test_way_down_that_would_lose_rows_asks_first(location: str) -> None:
    fill(location)
    before = contents(location)
    config = configured(migrations_config(parse(location)), location)

    with pytest.raises(WrongDatabase, match="would lose rows: .* say --accept-loss"):
        alembic.command.downgrade(config, "base")

    assert contents(location) == before
    config.attributes["accept_loss"] = True
    alembic.command.downgrade(config, "base")
    assert set(contents(location)) == {"alembic_version"}


class LightsOut(Exception):
    """Raised before the n-th statement of a migration."""


def statements_of(config: Config, act: Callable[[Config], None], stop_before: int) -> None:
    """Runs a migration that stops before its n-th statement, if it has so many."""
    count = 0
    engine = config.attributes["engine"]

    def look(*_: object) -> None:
        nonlocal count
        count += 1
        if count == stop_before:
            raise LightsOut

    event.listen(engine, "before_cursor_execute", look)
    try:
        act(config)
    finally:
        event.remove(engine, "before_cursor_execute", look)


def fails_at_every_statement(location: str, tmp_path: Path, every: int) -> None:
    config = with_next(tmp_path, location)
    steps: tuple[Callable[[Config], None], ...] = (
        lambda config: alembic.command.upgrade(config, NEWEST),
        lambda config: alembic.command.upgrade(config, BEYOND),
        lambda config: alembic.command.downgrade(config, NEWEST),
    )
    for step, act in enumerate(steps):
        if step == 1:
            fill(location)
        number = 1
        while True:
            before = contents(location)
            try:
                statements_of(config, act, number)
            except LightsOut:
                assert contents(location) == before, f"step {step + 1}, stopped before statement {number}"
            else:
                break
            number += every


def test_migration_that_fails_changes_nothing_and_can_be_run_again(empty_location: str, tmp_path: Path) -> None:
    fails_at_every_statement(empty_location, tmp_path, every=23)


@pytest.mark.soak
def test_migration_that_fails_at_any_statement_changes_nothing(empty_location: str, tmp_path: Path) -> None:
    fails_at_every_statement(empty_location, tmp_path, every=1)


def kill(location: str, tmp_path: Path, way: str, number: int) -> bool:
    """Kills a migration before its n-th statement; False when it had fewer and came through."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killed", location, str(tmp_path), way, str(number)], check=False
    )
    assert done.returncode in {0, 9}
    return done.returncode == 9


@pytest.mark.parametrize("number", [3, 12, 30])
def test_migration_that_is_killed_changes_nothing_and_can_be_run_again(
    location: str, tmp_path: Path, number: int
) -> None:
    fill(location)
    config = with_next(tmp_path, location)
    before = contents(location)

    assert kill(location, tmp_path, BEYOND, number)

    assert contents(location) == before
    alembic.command.upgrade(config, BEYOND)
    assert "weighing" in contents(location)


@pytest.mark.soak
@pytest.mark.parametrize("way", [NEWEST, BEYOND, "base"])
def test_migration_that_is_killed_anywhere_changes_nothing(empty_location: str, tmp_path: Path, way: str) -> None:
    config = with_next(tmp_path, empty_location)
    if way != NEWEST:
        alembic.command.upgrade(config, NEWEST if way == BEYOND else BEYOND)
    number = 1
    while True:
        before = contents(empty_location)
        if not kill(empty_location, tmp_path, way, number):
            break
        assert contents(empty_location) == before
        number += 1
