"""Which events depart from what was approved of them, and what a paper that allows a change does."""

from collections.abc import Iterator

import pytest

from planner.domain.decision import Decision, Item
from planner.domain.event import Status
from planner.services import moving, planning
from planner.services.approval import departures, under
from planner.services.conformance import conform, decision_named
from planner.services.proposal import Proposal
from planner.store import Database, open_database
from tests.builders import PROGRAMME, an_event, days
from tests.plans import events_of, fill, plan_of, write

PAPER, OTHER = "CSC No 5", "CSC 2020 No 1"


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database("sqlite://", writes=True)
    fill(
        opened,
        an_event("EX-1", decision=PAPER, item="1", places=("moscow",)),
        an_event("EX-2", status=Status.PROPOSED, when=days("2020-11-02")),
    )
    write(opened, planning.propose_approve(plan_of(opened), ["EX-1"], PAPER))
    yield opened
    opened.close()


def departed(database: Database) -> dict[str, tuple[tuple[str, ...], int]]:
    with database.snapshot() as snapshot:
        return {ref: (each.fields, each.since.number) for ref, each in departures(snapshot, PROGRAMME).items()}


def moved(database: Database, ref: str, words: str, decision: str | None = None) -> Proposal:
    plan = plan_of(database)
    return under(plan, moving.propose_move(plan, ref, words), decision)


def test_event_as_approved_or_never_approved_departs_nowhere(database: Database) -> None:
    write(database, moved(database, "EX-2", "9 November 2020"))
    write(database, planning.propose_edit(plan_of(database), ["EX-1"], {"remarks_en": "more people"}))

    assert departed(database) == {}


def test_material_change_without_a_paper_departs_from_approval_and_a_note_says_so(database: Database) -> None:
    proposal = moved(database, "EX-1", "19-23 October 2020")
    number = write(database, proposal)
    write(database, planning.propose_edit(plan_of(database), ["EX-1"], {"venue": "Bishkek"}))

    assert proposal.notes == ("EX-1 departs from what CSC No 5 approved; say --decision if another paper allows it",)
    assert departed(database) == {"EX-1": (("when", "place"), number)}


def test_event_moved_back_departs_no_more(database: Database) -> None:
    write(database, moved(database, "EX-1", "19-23 October 2020"))
    write(database, moved(database, "EX-1", "12-16 October 2020"))

    assert departed(database) == {}


def test_paper_that_allows_a_change_has_the_event_as_an_item_and_nothing_departs(database: Database) -> None:
    write(database, moved(database, "EX-1", "19-23 October 2020", OTHER))

    event = events_of(database)["EX-1"]
    with database.snapshot() as snapshot:
        register = snapshot.register(PROGRAMME)
        paper = register.decision(OTHER)
        against_it = conform(snapshot, register, decision_named(register, OTHER))
    assert (event.decision, event.item) == (PAPER, "1")
    assert isinstance(paper, Decision)
    assert paper.items == (Item("EX-1", "Event EX-1", "19-23 October 2020"),)
    assert (departed(database), against_it) == ({}, ())


def test_change_under_a_paper_approves_what_was_only_proposed(database: Database) -> None:
    write(database, moved(database, "EX-2", "9 November 2020", OTHER))

    event = events_of(database)["EX-2"]
    assert (event.decision, event.status) == (OTHER, Status.APPROVED)


def test_conform_names_field_by_field_what_drifted_and_who_allowed_it(database: Database) -> None:
    paper = Decision(PROGRAMME, PAPER, items=(Item("1", "Exercise", "12-16 October 2020"),))
    write(database, moved(database, "EX-1", "19-23 October 2020", OTHER))
    number = write(database, planning.propose_edit(plan_of(database), ["EX-1"], {"participants": "AM;KZ"}))

    with database.snapshot() as snapshot:
        found = conform(snapshot, snapshot.register(PROGRAMME), paper)

    assert [(f.departure.value, f.field, f.allowed) for f in found] == [
        ("drifted", "when", OTHER),
        ("drifted", "parties", OTHER),
    ]
    assert found[1].revision is not None
    assert found[1].revision.number == number


def test_rule_of_approval_is_quiet_where_a_paper_allowed_the_days(database: Database) -> None:
    from planner.domain.approval import approved_when, is_moved
    from planner.services.checking import load_board
    from tests.builders import day

    write(database, moved(database, "EX-1", "19-23 October 2020", OTHER))

    with database.snapshot() as snapshot:
        board = load_board(snapshot, day("2020-03-01"))
    event = board.event(PROGRAMME, "EX-1")
    assert event is not None
    approved = approved_when(board, event)
    assert approved is not None
    assert not is_moved(approved, event.when)
