"""Out and back again: nothing changes by itself, and an old sheet never undoes newer work."""

import csv
import io
from collections.abc import Callable, Iterator

import pytest

from planner.cli.export import _WRITERS
from planner.domain.event import Event
from planner.domain.origin import Origin
from planner.errors import BadInput
from planner.readers.table import read_table
from planner.services import moving, planning
from planner.services.exporting import COLUMNS, export, gather
from planner.services.history import propose_undo
from planner.services.importing import ImportPlan
from planner.services.lists import Asked, propose_table
from planner.store import Database, open_database
from tests.boards import sample_events, sample_register
from tests.plans import events_of, fill, plan_of, write

CODE = "CSTO-2020"
Change = Callable[[dict[str, str]], None]


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database("sqlite://", writes=True)
    fill(opened, *sample_events(), register=sample_register())
    yield opened
    opened.close()


def table_of(database: Database) -> tuple[tuple[str, ...], ...]:
    with database.snapshot() as snapshot:
        register = snapshot.register(CODE)
        return export(snapshot.events(CODE), register, snapshot.revision)


FORMS = tuple(_WRITERS)
ENGLISH = Origin("en")


def exported(database: Database, form: str, origin: Origin = ENGLISH) -> bytes:
    with database.snapshot() as snapshot:
        register = snapshot.register(CODE)
        return _WRITERS[form](gather(snapshot, register, snapshot.events(CODE), origin), snapshot)


def changed(rows: tuple[tuple[str, ...], ...], ref: str, **cells: str) -> bytes:
    """The table as CSV after a colleague changed cells of one row."""
    made = [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]
    for row in made:
        if row["ref"] == ref:
            row.update(cells)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(made)
    return text.getvalue().encode()


def back(database: Database, content: bytes, name: str = "plan.csv", asked: Asked | None = None) -> ImportPlan:
    with database.snapshot() as snapshot:
        return propose_table(snapshot, read_table(content, name), CODE, asked or Asked())


def taken(database: Database, plan: ImportPlan) -> Event:
    assert plan.problems == ()
    write(database, plan)
    return events_of(database)["EX-2020-CRC"]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("form", FORMS)
def test_export_then_import_is_no_change(database: Database, form: str, language: str) -> None:
    content = exported(database, form, Origin(language))

    plan = back(database, content, f"plan.{form}")

    assert (len(plan.rows), plan.changes, plan.problems) == (71, (), ())


@pytest.mark.parametrize("origin", [Origin("en"), Origin("ru"), Origin("ru", 1), Origin("en", 1, official=True)])
@pytest.mark.parametrize("form", FORMS)
def test_plan_that_was_changed_by_hand_goes_out_and_back_unchanged(
    database: Database, form: str, origin: Origin
) -> None:
    write(database, moving.propose_move(plan_of(database, CODE), "EX-2020-CRC", "25-26 июня"))
    write(database, moving.propose_move(plan_of(database, CODE), "PC-2020-07", "10 ноября, 15:00"))
    write(database, moving.propose_postpone(plan_of(database, CODE), "EX-2020-COB"))
    write(database, planning.propose_edit(plan_of(database, CODE), ["V75-12"], {"title": "=2+2", "people": "5"}))
    write(
        database, planning.propose_edit(plan_of(database, CODE), ["V75-11"], {"participants": "RU:chair; AM:optional"})
    )
    write(database, planning.propose_edit(plan_of(database, CODE), ["V75-11"], {"level": "defence; RU:heads"}))

    plan = back(database, exported(database, form, origin), f"plan.{form}")

    assert (len(plan.rows), plan.changes, plan.problems) == (71, (), ())


def test_what_a_colleague_changed_is_taken_and_nothing_else(database: Database) -> None:
    content = changed(table_of(database), "EX-2020-CRC", people="120", date_text="25–26 июня 2020 г.")

    plan = back(database, content)

    assert [change.key.code for change in plan.changes] == ["EX-2020-CRC"]
    event = taken(database, plan)
    assert (event.people, event.when.windows[0].first.isoformat()) == (120, "2020-06-25")


def test_old_sheet_never_undoes_newer_work(database: Database) -> None:
    old = table_of(database)
    write(database, moving.propose_move(plan_of(database, CODE), "EX-2020-CRC", "29–30 июня 2020 г."))

    event = taken(database, back(database, changed(old, "EX-2020-CRC", people="120")))

    assert (event.people, event.when.windows[0].first.isoformat()) == (120, "2020-06-29")


def test_cell_changed_on_both_sides_is_for_a_person_to_decide(database: Database) -> None:
    old = table_of(database)
    write(database, planning.propose_edit(plan_of(database, CODE), ["EX-2020-CRC"], {"people": "90"}))
    content = changed(old, "EX-2020-CRC", people="120")

    assert "was changed here by hand and in the list as well" in str(back(database, content).problems[0])
    assert taken(database, back(database, content, asked=Asked(prefer="theirs"))).people == 120


def test_event_removed_since_does_not_come_back_by_itself(database: Database) -> None:
    added = planning.propose_add(plan_of(database, CODE), "NEW-1", {"kind": "media", "title": "New"})
    number = write(database, added)
    old = table_of(database)
    with database.snapshot() as snapshot:
        undo = propose_undo(snapshot, number)
    write(database, undo)

    plan = back(database, changed(old, "NEW-1", people="5"))

    assert [problem.found for problem in plan.problems] == ["NEW-1 was removed from the plan since this was exported"]


def test_row_a_colleague_added_is_a_new_event(database: Database) -> None:
    rows = table_of(database)
    row = dict.fromkeys(COLUMNS, "") | {"title_en": "Drill", "kind": "exercise", "date_text": "Q3", "revision": "1"}

    plan = back(database, changed((*rows, tuple(row.values())), ""))

    assert plan.given == ("EX-2020-01",)


def test_table_of_another_plan_is_refused(database: Database) -> None:
    content = changed(table_of(database), "EX-2020-CRC").replace(b",1\r\n", b",77\r\n")

    with pytest.raises(
        BadInput, match="does not name one revision of this plan; 1 to 1; import it into the plan it was"
    ):
        back(database, content)


def test_exported_table_is_no_approved_list(database: Database) -> None:
    with pytest.raises(BadInput, match="--decision: plan.csv has a column 'revision'"):
        back(database, exported(database, "csv"), asked=Asked(decision="victory-75"))


def test_internal_remarks_never_leave(database: Database) -> None:
    write(database, planning.propose_edit(plan_of(database, CODE), ["EX-2020-CRC"], {"internal": "SECRET"}))

    assert "SECRET" not in str(table_of(database))
    assert taken(database, back(database, changed(table_of(database), "EX-2020-CRC", people="1"))).internal == (
        ("en", "SECRET"),
    )
