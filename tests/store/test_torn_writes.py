"""P2: a write-ahead log that was cut or garbled gives a committed prefix of the revisions, whole, and nothing else."""

import random
import shutil
from pathlib import Path

import pytest

from planner.domain.change import Change
from planner.domain.event import Event
from planner.store import check, open_database, upgrade
from tests.builders import PROGRAMME, a_register, an_event
from tests.plans import AUTHOR

REVISIONS = 12


def written(folder: Path) -> tuple[Path, list[tuple[Event, ...]]]:
    """A database whose newest revisions stand in its write-ahead log alone, and the events of every revision."""
    live = folder / "live.db"
    upgrade(str(live))
    database = open_database(str(live), writes=True)
    register = a_register()
    # A reader that stays keeps the log from being taken into the database.
    reader = open_database(str(live), writes=False)
    states: list[tuple[Event, ...]] = [()]
    with reader.snapshot() as snapshot:
        assert snapshot.events() == ()
        for number in range(1, REVISIONS + 1):
            new = [an_event(f"EX-{number}-{n}") for n in range(number)]
            records = [*((register.programme, *register.entries()) if number == 1 else ()), *new]
            with database.transaction(who=AUTHOR.who, why="", means="add", now=AUTHOR.now) as transaction:
                transaction.apply([Change(None, record) for record in records])
            states.append(tuple(sorted((*states[-1], *new), key=lambda event: event.ref)))
        torn = folder / "torn.db"
        shutil.copy(live, torn)
        shutil.copy(f"{live}-wal", f"{torn}-wal")
    reader.close()
    database.close()
    return torn, states


def damage(log: bytes, chance: random.Random) -> bytes:
    """The log cut somewhere, or with a byte, a sector or its tail garbled."""
    place = chance.randrange(len(log))
    how = chance.randrange(4)
    if how == 0:
        return log[:place]
    if how == 1:
        return log[:place] + bytes([log[place] ^ (1 << chance.randrange(8))]) + log[place + 1 :]
    if how == 2:
        sector = place // 512 * 512
        return log[:sector] + bytes(min(512, len(log) - sector)) + log[sector + 512 :]
    return log[:place] + chance.randbytes(len(log) - place)


def torn_logs_give_a_committed_prefix(folder: Path, times: int) -> set[int]:
    torn, states = written(folder)
    whole, log = torn.read_bytes(), Path(f"{torn}-wal").read_bytes()
    chance = random.Random(times)
    seen = set()
    for number in range(times):
        path = folder / f"torn-{number}.db"
        path.write_bytes(whole)
        Path(f"{path}-wal").write_bytes(damage(log, chance))
        database = open_database(str(path), writes=True)
        with database.snapshot() as snapshot:
            seen.add(snapshot.revision)
            assert snapshot.events(PROGRAMME) == states[snapshot.revision]
            assert len(snapshot.revisions()) == snapshot.revision
        database.close()
        assert ": whole" in check(str(path), log=True)
        for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            each.unlink(missing_ok=True)
    return seen


def test_torn_log_gives_a_committed_prefix(tmp_path: Path) -> None:
    seen = torn_logs_give_a_committed_prefix(tmp_path, 100)

    assert len(seen) > 5, "the damage must fall on many revisions, or this proves little"


@pytest.mark.soak
def test_torn_log_gives_a_committed_prefix_a_thousand_times(tmp_path: Path) -> None:
    assert torn_logs_give_a_committed_prefix(tmp_path, 1000) == set(range(REVISIONS + 1))
