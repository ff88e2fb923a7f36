"""P24: a state changes its clock. Exactly the coming events are named, none moves silently, and a yes is waited for."""

import zoneinfo
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from planner.domain.change import Change
from planner.domain.event import Event
from planner.domain.texts import texts
from planner.domain.window import Mode, Precision, When, Window
from planner.services.proposal import apply
from planner.services.zoning import coming_shifts, propose_zones
from planner.store import Database, open_database
from tests.builders import PROGRAMME, a_programme, an_event, days
from tests.cli.conftest import planner as planner  # noqa: PLC0414 a fixture is found by its name
from tests.cli.running import Planner
from tests.plans import AUTHOR, NOW, fill

TODAY = date(2024, 4, 1)


@pytest.fixture
def old_rules(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Zone rules as of tzdata 2023.4, in which Almaty and Qostanay stay six hours ahead; a call brings today's."""
    folder = tmp_path / "zones"
    for name in ("Almaty", "Qostanay"):
        (folder / "Asia").mkdir(parents=True, exist_ok=True)
        (folder / "Asia" / name).write_bytes(files("tzdata").joinpath("zoneinfo/Asia/Bishkek").read_bytes())
    zoneinfo.reset_tzpath([str(folder)])
    zoneinfo.ZoneInfo.clear_cache()

    def todays() -> None:
        zoneinfo.reset_tzpath(())
        zoneinfo.ZoneInfo.clear_cache()

    yield todays
    todays()


def at_ten(ref: str, day: str, zone: str) -> Event:
    window = Window(date.fromisoformat(day), date.fromisoformat(day), zone, Precision.TIME, time(10), 60)
    return an_event(ref, when=When(Mode.DATED, (window,)))


EVENTS = (
    at_ten("ALMATY", "2024-05-10", "Asia/Almaty"),
    at_ten("ALMATY-BEFORE", "2024-02-10", "Asia/Almaty"),
    at_ten("ALMATY-OVER", "2024-03-20", "Asia/Almaty"),
    at_ten("MINSK", "2024-05-10", "Europe/Minsk"),
    at_ten("QOSTANAY", "2024-06-01", "Asia/Qostanay"),
    an_event("WHOLE-DAY", when=days("2024-05-10", zone="Asia/Almaty")),
)


def sequences(database: Database) -> dict[str, int]:
    with database.snapshot() as snapshot:
        return {ref: stamp.sequence for ref, stamp in snapshot.stamps(PROGRAMME).items()}


@pytest.fixture
def database(location: str, old_rules: Callable[[], None]) -> Iterator[Database]:
    """A plan written by the old rules and read by today's, on each of the two databases."""
    opened = open_database(location, writes=True)
    fill(opened, *EVENTS)
    with opened.snapshot() as snapshot:
        assert snapshot.shifts() == ()
    old_rules()
    yield opened
    opened.close()


def test_exactly_the_coming_events_that_moved_are_named(database: Database) -> None:
    with database.snapshot() as snapshot:
        found = [(shift.ref, shift.was, shift.now) for shift in coming_shifts(snapshot, TODAY)]

    assert found == [
        ("ALMATY", datetime(2024, 5, 10, 4, tzinfo=UTC), datetime(2024, 5, 10, 5, tzinfo=UTC)),
        ("QOSTANAY", datetime(2024, 6, 1, 4, tzinfo=UTC), datetime(2024, 6, 1, 5, tzinfo=UTC)),
    ]


def test_yes_keeps_the_local_time_raises_sequence_and_is_asked_once(database: Database) -> None:
    with database.snapshot() as snapshot:
        before = snapshot.events(PROGRAMME)
        proposal = propose_zones(snapshot, TODAY)
    apply(database, lambda snapshot: propose_zones(snapshot, TODAY), proposal, AUTHOR)

    with database.snapshot() as snapshot:
        assert snapshot.events(PROGRAMME) == before
        assert coming_shifts(snapshot, TODAY) == ()
    assert {ref for ref, sequence in sequences(database).items() if sequence} == {"ALMATY", "QOSTANAY"}


def test_edit_of_something_else_does_not_move_the_instant_without_a_word(database: Database) -> None:
    from dataclasses import replace

    changes = [Change(event, replace(event, titles=texts(en="Renamed"))) for event in EVENTS]
    with database.transaction(who="A", why="", means="edit", now=NOW + timedelta(days=1)) as transaction:
        transaction.apply(changes)

    assert {ref for ref, sequence in sequences(database).items() if sequence} == {"ALMATY", "ALMATY-OVER", "QOSTANAY"}


def test_doctor_lists_waits_for_a_yes_and_then_is_content(
    planner: Planner, old_rules: Callable[[], None]
) -> None:  # fmt: skip
    opened = open_database(str(planner.folder / "planner.db"), writes=True)
    fill(opened, *EVENTS[:4])
    opened.close()
    old_rules()
    said = ("doctor", "--zones", "--today", "2024-04-01")

    waiting, data = planner(*said), planner(*said, "--format", "json")
    done, after = planner(*said, "--yes", "--by", "A. Writer"), planner(*said)

    assert [each.status for each in (waiting, data, done, after)] == [1, 1, 0, 0]
    assert waiting.out.startswith("ALMATY  2024-05-10 10:00 Asia/Almaty: was 2024-05-10 04:00 UTC (tzdata ")
    assert waiting.out.count("\n") == 1
    assert '"later_minutes": 60' in data.out
    assert "No coming event was moved" in after.err


def test_plan_of_no_events_has_nothing_to_settle(location: str) -> None:
    opened = open_database(location, writes=True)
    with opened.transaction(who="A", why="", means="load", now=NOW) as transaction:
        transaction.apply([Change(None, a_programme())])
    with opened.snapshot() as snapshot:
        assert propose_zones(snapshot, TODAY).is_empty
    opened.close()
