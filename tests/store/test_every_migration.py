"""P27 to P29 for every migration there is: nothing is lost, halves never stand, and other forms are left alone."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import alembic.command
import pytest
from alembic.config import Config
from sqlalchemy import Boolean, Integer, MetaData, create_engine, insert, inspect

from planner.errors import BadInput, WrongDatabase
from planner.store import current, downgrade, open_database, upgrade
from planner.store.engine import make_engine, parse
from planner.store.schema import KNOWN, migrate, migrations_config
from tests.store.killed import killed
from tests.store.migrating import configured
from tests.store.test_migrations import LightsOut, closed_engines, contents, statements_of

ORDER = ("base", *KNOWN)
PAIRS = list(pairwise(ORDER))
"""Each form with the next."""
WAYS = [*PAIRS, *((newer, older) for older, newer in PAIRS)]

__all__ = ["closed_engines"]


def made_at(location: str, form: str) -> None:
    """A database of that form, with three rows in every table that has no fixed count of them."""
    if form == "base":
        return
    engine = make_engine(parse(location), writes=True)
    migrate(engine, parse(location), form)
    engine.dispose()
    filling = create_engine(parse(location))
    tables = MetaData()
    tables.reflect(filling)
    with filling.begin() as connection:
        for table in tables.sorted_tables:
            if table.name not in {"alembic_version", "head"}:
                rows = [{column.name: value(column.type, n) for column in table.columns} for n in (1, 2, 3)]
                connection.execute(insert(table), rows)
    filling.dispose()


def value(kind: object, number: int) -> object:
    """The same in every column of its kind, so that rows point at each other and every check is content."""
    return False if isinstance(kind, Boolean) else number if isinstance(kind, Integer) else str(number)


def go(location: str, to: str, *, accept_loss: bool = True) -> None:
    moved(configured_for(location, accept_loss=accept_loss), location, to)


def configured_for(location: str, *, accept_loss: bool) -> Config:
    config = configured(migrations_config(parse(location)), location)
    config.attributes["accept_loss"] = accept_loss
    return config


def moved(config: Config, location: str, to: str) -> None:
    is_down = ORDER.index(to) < ORDER.index(form_in(location))
    (alembic.command.downgrade if is_down else alembic.command.upgrade)(config, to)


def form_in(location: str) -> str:
    engine = create_engine(parse(location))
    with engine.connect() as connection:
        is_made = inspect(connection).has_table("alembic_version")
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if is_made else None
    engine.dispose()
    return str(found or "base")


def rows_only(found: dict[str, str]) -> dict[str, str]:
    return {name: said for name, said in found.items() if name not in {"alembic_version", "head"}}


@pytest.mark.parametrize(("older", "newer"), PAIRS)
def test_every_pair_up_and_down_keeps_every_row(empty_location: str, older: str, newer: str) -> None:
    made_at(empty_location, older)
    before = rows_only(contents(empty_location))

    go(empty_location, newer, accept_loss=False)
    between = rows_only(contents(empty_location))
    go(empty_location, older, accept_loss=False)

    assert {name: said for name, said in between.items() if name in before} == before
    assert rows_only(contents(empty_location)) == before


@pytest.mark.parametrize(("older", "newer"), PAIRS)
def test_every_way_down_that_loses_rows_asks_first(empty_location: str, older: str, newer: str) -> None:
    made_at(empty_location, newer)
    before = contents(empty_location)

    with pytest.raises(WrongDatabase, match="this migration would lose rows: 3 of .* say --accept-loss"):
        go(empty_location, older, accept_loss=False)
    assert contents(empty_location) == before
    go(empty_location, older)

    after = rows_only(contents(empty_location))
    assert after == {name: said for name, said in before.items() if name in after}


def fails_everywhere(location: str, start: str, to: str, every: int) -> int:
    """Stops a migration before its statements, one after another, until it comes through; gives back how many."""
    made_at(location, start)
    before = contents(location)
    number = 1
    while True:
        config = configured_for(location, accept_loss=True)
        try:
            statements_of(config, lambda config: moved(config, location, to), number)
        except LightsOut:
            assert contents(location) == before, f"{start} to {to}, stopped before statement {number}"
        else:
            return number
        number += every


@pytest.mark.parametrize(("start", "to"), WAYS)
def test_every_migration_that_fails_changes_nothing_and_can_be_run_again(
    empty_location: str, start: str, to: str
) -> None:
    assert fails_everywhere(empty_location, start, to, every=47) > 1


@pytest.mark.soak
@pytest.mark.parametrize(("start", "to"), WAYS)
def test_every_migration_that_fails_at_any_statement_changes_nothing(empty_location: str, start: str, to: str) -> None:
    assert fails_everywhere(empty_location, start, to, every=1) > 5


@pytest.mark.soak
@pytest.mark.parametrize(("start", "to"), WAYS)
def test_every_migration_that_is_killed_anywhere_changes_nothing(
    empty_location: str, tmp_path: Path, start: str, to: str
) -> None:
    made_at(empty_location, start)
    before = contents(empty_location)
    number = 1
    way = f"-{to}" if (to, start) in PAIRS else to
    while killed(empty_location, tmp_path, way, number):
        assert contents(empty_location) == before, f"{start} to {to}, killed before statement {number}"
        number += 1
    assert number > 5
    assert contents(empty_location) != before


def test_every_program_leaves_every_other_form_alone(
    empty_locations: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in KNOWN:
        location = empty_locations()
        made_at(location, form)
        before = contents(location)
        for newest in range(1, len(KNOWN) + 1):
            monkeypatch.setattr("planner.store.schema.KNOWN", KNOWN[:newest])
            if KNOWN[newest - 1] != form:
                refuses(location, form, is_newer=form not in KNOWN[:newest])
                assert contents(location) == before, f"form {form} with a program of form {KNOWN[newest - 1]}"


def refuses(location: str, form: str, *, is_newer: bool) -> None:
    """Every way into it says one sentence."""
    said = f"is of form {form}, which this program does not know" if is_newer else f"is of form {form}, this program"
    for writes in (False, True):
        with pytest.raises(WrongDatabase, match=said) as refused:
            open_database(location, writes=writes)
        assert len(refused.value.problems) == 1
    if is_newer:
        for act in (upgrade, current, lambda place: downgrade(place, "0001")):
            with pytest.raises(WrongDatabase, match=said):
                act(location)


def test_way_back_needs_a_form_there_was_before(location: str) -> None:
    with pytest.raises(BadInput, match=f"'0999' is not an older form than {KNOWN[-1]}; one of 0001"):
        downgrade(location, "0999")
    with pytest.raises(BadInput, match="is not an older form"):
        downgrade(location, KNOWN[-1])

    said = downgrade(location, KNOWN[-2])

    assert said.endswith(f"from form {KNOWN[-1]} back to form {KNOWN[-2]}")
    assert upgrade(location).endswith(f"from form {KNOWN[-2]} to form {KNOWN[-1]}")
