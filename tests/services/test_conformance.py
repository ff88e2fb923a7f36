"""An approved list becomes a paper's items; the plan is compared with it as it moves on."""

from collections.abc import Iterator

import pytest

from planner.domain.decision import Item
from planner.domain.event import Status
from planner.errors import NotFound
from planner.readers.table import read_table
from planner.services import moving, planning
from planner.services.conformance import Departure, conform, decision_named
from planner.services.importing import ImportPlan
from planner.services.lists import Asked, propose_table
from planner.store import Database, open_database
from tests.boards import sample_register
from tests.plans import events_of, fill, plan_of, write

CODE = "CSTO-2020"
PAPER = "CSC 2019-11-28 No 5"
LIST = "№;Наименование;Сроки\n1.;Парад Победы;9 мая 2020 г.\n2.;Вахта памяти;апрель – май 2020 г.\n3.;Концерт;8 мая\n"


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database("sqlite://", writes=True)
    fill(opened, register=sample_register())
    write(opened, plan_list(opened, LIST))
    yield opened
    opened.close()


def plan_list(database: Database, text: str) -> ImportPlan:
    asked = Asked(decision=PAPER, kind="commemoration")
    with database.snapshot() as snapshot:
        return propose_table(snapshot, read_table(text.encode(), "list.csv"), CODE, asked)


def departures(database: Database) -> list[tuple[Departure, str, str, int]]:
    with database.snapshot() as snapshot:
        register = snapshot.register(CODE)
        findings = conform(snapshot, register, decision_named(register, PAPER))
    return [(f.departure, f.item, f.ref, f.revision.number if f.revision else 0) for f in findings]


def test_list_becomes_the_items_of_its_paper_and_its_events_approved(database: Database) -> None:
    with database.snapshot() as snapshot:
        paper = decision_named(snapshot.register(CODE), "csc 2019-11-28 no 5")

    assert paper.items[0] == Item("1", "Парад Победы", "9 мая 2020 г.")
    assert [item.number for item in paper.items] == ["1", "2", "3"]
    assert {(event.decision, event.status) for event in events_of(database).values()} == {(PAPER, Status.APPROVED)}
    assert plan_list(database, LIST).changes == ()


def test_plan_as_approved_departs_nowhere(database: Database) -> None:
    assert departures(database) == []


def test_departures_name_what_moved_and_by_which_revision(database: Database) -> None:
    write(database, moving.propose_move(plan_of(database, CODE), "V75-2020-01", "24 июня 2020 г."))
    write(database, moving.propose_cancel(plan_of(database, CODE), "V75-2020-03"))
    extra = {"kind": "commemoration", "title": "Выставка", "date_text": "12 мая", "decision": PAPER}
    write(database, planning.propose_add(plan_of(database, CODE), "", extra))

    assert departures(database) == [
        (Departure.DRIFTED, "1", "V75-2020-01", 3),
        (Departure.CANCELLED, "3", "V75-2020-03", 4),
        (Departure.EXTRA, "", "V75-2020-04", 0),
    ]


def test_item_no_event_stands_for_is_missing(database: Database) -> None:
    write(database, planning.propose_edit(plan_of(database, CODE), ["V75-2020-02"], {"decision": ""}))

    assert departures(database) == [(Departure.MISSING, "2", "", 0)]


def test_paper_nobody_knows_is_named_with_the_nearest(database: Database) -> None:
    with database.snapshot() as snapshot, pytest.raises(NotFound, match="no decision 'CSC 2019-11-28 No 6'"):
        decision_named(snapshot.register(CODE), "CSC 2019-11-28 No 6")
