"""What would break: decided in memory, and the same as after a real move."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from planner import sample
from planner.domain.board import Board
from planner.domain.memory import Memory, Turn, compare, remember
from planner.errors import BadInput, PlannerError
from planner.readers.table import read_table
from planner.services import programmes
from planner.services.checking import Options, check, load_board
from planner.services.lists import Asked, propose_table
from planner.services.moving import propose_move
from planner.services.planning import load_plan
from planner.services.proposal import Author, apply
from planner.services.trying import WHOLE, read_wanted, try_moves
from planner.store import Database, open_database
from tests.boards import a_board
from tests.builders import PROGRAMME, an_event, days

PLANNED = "programme_2020_as_planned.csv"
AUTHOR = Author("A. Writer", "", datetime(2020, 1, 1, tzinfo=UTC))
TODAY = date(2020, 1, 1)
ONE = an_event("A", bodies=("JS",))
OTHER = an_event("B", bodies=("JS",), when=days("2020-11-02", "2020-11-06"))
PHASE = an_event("A-P1", bodies=("JS",), when=days("2020-10-12", "2020-10-13"))


@pytest.fixture
def planned(tmp_path: Path) -> Database:
    """The programme of 2020 as it was planned: most of it can still be moved."""
    database = open_database(str(tmp_path / "plan.db"), writes=True)
    register = programmes.read(sample.content(sample.PROGRAMME), sample.PROGRAMME)
    with database.snapshot() as snapshot:
        load = programmes.propose_load(snapshot, register)
    apply(database, lambda _: load, load, AUTHOR)
    with database.snapshot() as snapshot:
        plan = propose_table(snapshot, read_table(sample.content(PLANNED), PLANNED), "CSTO-2020", Asked())
    apply(database, lambda _: plan, plan, AUTHOR)
    return database


def agrees_with_real_moves(database: Database, times: int) -> None:
    chance = random.Random(2020)
    moved = 0
    while moved < times:
        with database.snapshot() as snapshot:
            board, revision = load_board(snapshot, TODAY), snapshot.revision
        ref = chance.choice([event.ref for event in board.events])
        first = date(2020, 1, 1) + timedelta(days=chance.randrange(340))
        words = f"{first:%d.%m.%Y}-{first + timedelta(days=chance.randrange(8)):%d.%m.%Y}"
        try:
            trial = try_moves(board, revision, "CSTO-2020", [(ref, words)])
        except BadInput:
            continue  # held and cancelled events are not moved
        memory = Memory(revision, TODAY, remember(check(board, WHOLE)), is_trial=True)

        def propose(snapshot, ref=ref, words=words):  # type: ignore[no-untyped-def]
            return propose_move(load_plan(snapshot, "CSTO-2020"), ref, words)

        with database.snapshot() as snapshot:
            proposal = propose(snapshot)
        assert trial.changes == proposal.changes
        apply(database, propose, proposal, AUTHOR)
        with database.snapshot() as snapshot:
            real = check(load_board(snapshot, TODAY), WHOLE)
        assert trial.report.checked == real.checked
        assert trial.since == compare(memory, real)
        moved += 1


def test_can_agrees_with_a_real_move_and_a_check_after_it(planned: Database) -> None:
    agrees_with_real_moves(planned, 8)


@pytest.mark.soak
def test_can_agrees_with_two_hundred_real_moves(planned: Database) -> None:
    agrees_with_real_moves(planned, 200)


def tried(*wanted: tuple[str, str], board: Board | None = None) -> dict[Turn, list[tuple[str, ...]]]:
    """By turn, the events of the findings that would have it."""
    since = try_moves(board or a_board(ONE, OTHER), 1, PROGRAMME, wanted).since
    found: dict[Turn, list[tuple[str, ...]]] = {}
    for id_, turn in since.turns.items():
        found.setdefault(turn, []).append(tuple(sorted(part.split("@")[0] for part in id_.split(":")[1].split("+"))))
    if since.gone:
        found[Turn.GONE] = [each.refs for each in since.gone]
    return found


def test_move_onto_another_event_would_break_that_pair() -> None:
    assert tried(("B", "14-16 October")) == {Turn.NEW: [("A", "B")]}
    assert tried(("B", "2-4 November")) == {}


def test_moves_tried_together_may_clear_what_one_of_them_creates() -> None:
    assert tried(("B", "14-16 October"), ("A", "2-6 November")) == {}


def test_what_is_tried_changes_neither_board_nor_plan() -> None:
    board = a_board(ONE, OTHER)
    before = check(board, Options()).checked

    tried(("B", "14-16 October"), board=board)

    assert check(board, Options()).checked == before
    assert board.events == (ONE, OTHER)


def test_every_move_that_cannot_be_made_is_named() -> None:
    with pytest.raises(BadInput) as error:
        tried(("A", "31 April"), ("Z", "3 May"))

    assert [each.where for each in error.value.problems] == ["A", "Z"]


def test_moves_are_read_as_reference_and_days() -> None:
    assert read_wanted(["A = 3 May", "B=5-6 June"]) == (("A", "3 May"), ("B", "5-6 June"))
    with pytest.raises(PlannerError, match="--if: 'A 3 May' is not a move"):
        read_wanted(["A 3 May"])
