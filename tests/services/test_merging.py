"""Duplicates become one event; everything that led to the other leads to it, and undo parts them again."""

from collections.abc import Iterator

import pytest

from planner.domain.entries import KnownName
from planner.domain.event import Link, Relation
from planner.domain.listing import Outcome
from planner.errors import BadInput
from planner.readers.table import read_table
from planner.services.history import propose_undo
from planner.services.lists import Asked, propose_table
from planner.services.merging import propose_merge
from planner.store import Database, open_database
from tests.builders import PROGRAMME, an_event, texts
from tests.plans import events_of, fill, plan_of, write

RUSSIAN, ENGLISH = texts(ru="Учение «Нерушимое братство»"), texts(en="Unbreakable Brotherhood exercise")


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database("sqlite://", writes=True)
    fill(
        opened,
        an_event("EX-1", titles=RUSSIAN, priorities=("P10",)),
        an_event("EX-2", titles=ENGLISH, people=900, decision="", priorities=("P11",)),
        an_event("EX-3", titles=texts(en="Planning conference"), links=(Link(Relation.PREPARES, "EX-2"),)),
        an_event("EX-4", titles=texts(en="Phase"), links=(Link(Relation.PART_OF, "EX-1"),)),
    )
    write(opened, propose_merge(plan_of(opened), "EX-1", "EX-2"))
    yield opened
    opened.close()


def test_merged_event_has_the_names_links_and_missing_values_of_both(database: Database) -> None:
    events = events_of(database)

    assert set(events) == {"EX-1", "EX-3", "EX-4"}
    kept = events["EX-1"]
    assert (kept.titles, kept.people, kept.priorities) == (tuple(sorted(RUSSIAN + ENGLISH)), 900, ("P10", "P11"))
    assert events["EX-3"].links == (Link(Relation.PREPARES, "EX-1"),)
    with database.snapshot() as snapshot:
        names = snapshot.register(PROGRAMME).known_names
        gone = [event.ref for event, _ in snapshot.removed(PROGRAMME)]
    assert names == (KnownName(PROGRAMME, "EX-2", (ENGLISH[0][1],), event="EX-1", refs=("EX-2",)),)
    assert gone == ["EX-2"]


@pytest.mark.parametrize(
    "row", ["EX-2,Any title,exercise,12-16.10.2020", ",Unbreakable Brotherhood exercise,exercise,12-16.10.2020"]
)
def test_list_that_names_the_other_means_the_kept_one(database: Database, row: str) -> None:
    table = read_table(f"ref,title_en,kind,date_text\n{row}\n".encode(), "list.csv")

    with database.snapshot() as snapshot:
        plan = propose_table(snapshot, table, PROGRAMME, Asked(prefer="theirs"))

    assert [(each.ref, each.outcome) for each in plan.rows] == [("EX-1", Outcome.CHANGED)]


def test_merge_is_undone_by_its_number(database: Database) -> None:
    with database.snapshot() as snapshot:
        before = snapshot.events_at(1, PROGRAMME)
        undo = propose_undo(snapshot)
    write(database, undo)

    with database.snapshot() as snapshot:
        assert snapshot.events(PROGRAMME) == before
        assert snapshot.register(PROGRAMME).known_names == ()


def test_chain_of_merges_leads_to_the_last(database: Database) -> None:
    write(database, propose_merge(plan_of(database), "EX-4", "EX-1"))

    with database.snapshot() as snapshot:
        names = snapshot.register(PROGRAMME).known_names
    assert [(name.code, name.event) for name in names] == [("EX-1", "EX-4"), ("EX-2", "EX-4")]
    assert events_of(database)["EX-4"].links == ()


def test_event_cannot_be_merged_with_itself(database: Database) -> None:
    with pytest.raises(BadInput, match="cannot be merged with itself"):
        propose_merge(plan_of(database), "EX-1", "EX-1")
