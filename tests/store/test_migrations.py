"""P27 and P28: a migration keeps every row, and one that fails or is killed changes nothing and can be run again."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import alembic.command
import pytest
from alembic.config import Config
from sqlalchemy import create_engine, event, inspect

from planner.domain.change import Change
from planner.errors import WrongDatabase
from planner.store import open_database
from planner.store.engine import parse
from planner.store.schema import migrations_config
from tests.builders import a_full_event, a_programme, an_event
from tests.store.killed import killed
from tests.store.migrating import BEYOND, ENGINES, NEWEST, configured, with_next

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def closed_engines() -> Iterator[None]:
    """Closes what a test opened, for kept connections to a server would outlive it."""
    yield
    while ENGINES:
        ENGINES.pop().dispose()


def fill(location: str) -> None:
    database = open_database(location, writes=True)
    events = [a_full_event(f"EX-2020-{n:02}") for n in range(20)]
    with database.transaction(who="A. Writer", why="", means="add", now=NOW) as transaction:
        transaction.apply([Change(None, a_programme()), *(Change(None, each) for each in (*events, an_event()))])
    database.close()


def contents(location: str) -> dict[str, str]:
    """By table, its columns, its count of rows, and a checksum over all of them."""
    engine = create_engine(parse(location))
    found = {}
    with engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            result = connection.exec_driver_sql(f'SELECT * FROM "{name}"')
            columns, rows = sorted(result.keys()), sorted(repr(tuple(row)) for row in result)
            digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
            found[name] = f"{columns} {len(rows)} {digest}"
    engine.dispose()
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


@pytest.mark.parametrize("number", [3, 12, 30])
def test_migration_that_is_killed_changes_nothing_and_can_be_run_again(
    location: str, tmp_path: Path, number: int
) -> None:
    fill(location)
    config = with_next(tmp_path, location)
    before = contents(location)

    assert killed(location, tmp_path, BEYOND, number)

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
        if not killed(empty_location, tmp_path, way, number):
            break
        assert contents(empty_location) == before
        number += 1
