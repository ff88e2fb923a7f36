import hashlib
from collections.abc import Iterator

import pytest

from planner import sample
from planner.domain.event import Status
from planner.domain.listing import Outcome
from planner.domain.sources import NamedList
from planner.readers.listing import read_list
from planner.readers.table import read_table
from planner.services.history import propose_undo
from planner.services.importing import ImportPlan
from planner.services.lists import Asked, propose_table
from planner.services.proposal import Outrun, apply
from planner.services.teaching import Answer, taught
from planner.services.three_way import Side
from planner.store import Database, open_database
from tests.boards import sample_register
from tests.plans import AUTHOR, events_of, fill, plan_of, planned, write

CODE = "CSTO-2020"
HEADINGS = "ref,title_en,kind,date_text,people,responsible"


@pytest.fixture
def database() -> Iterator[Database]:
    """In memory: what is decided here is pure; the store has its own tests on both databases."""
    opened = open_database("sqlite://", writes=True)
    fill(opened, register=sample_register())
    yield opened
    opened.close()


def plan_file(database: Database, name: str, prefer: Side | None = None) -> ImportPlan:
    return plan_bytes(database, sample.content(name), name, prefer)


def plan_rows(database: Database, *rows: str, prefer: Side | None = None) -> ImportPlan:
    return plan_bytes(database, "\n".join([HEADINGS, *rows]).encode(), "plan.csv", prefer)


def plan_bytes(database: Database, content: bytes, name: str, prefer: Side | None = None) -> ImportPlan:
    with database.snapshot() as snapshot:
        register = snapshot.register(CODE)
        return planned(snapshot, read_list(read_table(content, name), register), register, CODE, prefer)


def digest_of(*rows: str) -> str:
    return hashlib.sha256("\n".join([HEADINGS, *rows]).encode()).hexdigest()


def counts(plan: ImportPlan) -> dict[Outcome, int]:
    return {outcome: plan.count(outcome) for outcome in Outcome if plan.count(outcome)}


def test_list_of_2020_goes_in_whole_and_changes_nothing_the_second_time(database: Database) -> None:
    plan = plan_file(database, sample.LIST)
    assert (counts(plan), len(plan.changes)) == ({Outcome.NEW: 71}, 71)
    write(database, plan)

    again = plan_file(database, sample.LIST)

    assert (counts(again), again.changes) == ({Outcome.UNCHANGED: 71}, ())


def test_list_as_planned_then_as_it_came_raises_sequence_of_exactly_six(database: Database) -> None:
    write(database, plan_file(database, sample.LIST_AS_PLANNED))
    plan = plan_file(database, sample.LIST)
    write(database, plan)

    with database.snapshot() as snapshot:
        raised = sorted(ref for ref, stamp in snapshot.stamps(CODE).items() if stamp.sequence)
    assert plan.count(Outcome.NEW) == 1
    assert raised == ["CSSC-2020-1", "EX-2020-INT", "EX-2020-SEA", "JM-2020-DM", "REL-2020-OBS", "V75-01"]


def test_run_keeps_every_row_and_cell(database: Database) -> None:
    content = sample.content(sample.LIST)
    number = write(database, plan_file(database, sample.LIST))
    assert number is not None

    with database.snapshot() as snapshot:
        run = snapshot.run_of(number)

    assert run is not None
    table = read_table(content, sample.LIST)
    assert (run.file_name, run.sha256, run.list_name) == (sample.LIST, table.sha256, CODE)
    assert [(row.number, row.cells) for row in run.rows] == [(row.number, row.cells) for row in table.rows]
    assert ("source", "") in run.headings


def test_one_bad_row_keeps_the_whole_list_out(database: Database) -> None:
    plan = plan_rows(database, "A-1,Drill,exercise,12.10.2020,,", "A-2,Drill,exercise,31.04.2020,,")

    assert counts(plan) == {Outcome.NEW: 1, Outcome.UNREAD: 1}
    assert (plan.changes, len(plan.problems)) == ((), 1)


def test_edit_by_hand_survives_a_list_that_did_not_change_there(database: Database) -> None:
    write(database, plan_rows(database, "A-1,Drill,exercise,12.10.2020,100,Joint Staff"))
    edit(database, people=250)

    plan = plan_rows(database, "A-1,Drill,exercise,12.10.2020,100,Ministries")
    write(database, plan)

    event = events_of(database)["A-1"]
    assert (event.people, event.responsible) == (250, "Ministries")


def test_field_changed_on_both_sides_is_for_a_person_to_decide(database: Database) -> None:
    write(database, plan_rows(database, "A-1,Drill,exercise,12.10.2020,100,"))
    edit(database, people=250)
    row = "A-1,Drill,exercise,12.10.2020,300,"

    undecided = plan_rows(database, row)
    assert (counts(undecided), undecided.changes) == ({Outcome.UNDECIDED: 1}, ())
    assert "--theirs people to take the list's word, --ours people to keep yours" in str(undecided.problems[0])
    kept = plan_rows(database, row, prefer="ours").changes  # what the list says is kept, so that it is asked once
    assert [change.after for change in kept] == [NamedList(CODE, CODE, "plan.csv", digest_of(row))]
    write(database, plan_rows(database, row, prefer="theirs"))
    assert events_of(database)["A-1"].people == 300


def test_field_left_undecided_beside_rows_that_went_in_is_asked_about_again(database: Database) -> None:
    write(database, plan_rows(database, "A-1,Drill,exercise,12.10.2020,100,", "A-2,Drill,exercise,13.10.2020,100,"))
    edit(database, people=250)
    rows = ("A-1,Drill,exercise,12.10.2020,300,", "A-2,Drill,exercise,13.10.2020,300,")

    with database.snapshot() as snapshot:
        table = read_table("\n".join([HEADINGS, *rows]).encode(), "plan.csv")
        partial = propose_table(snapshot, table, CODE, Asked(partial=True))
    write(database, partial)
    again = plan_rows(database, *rows)

    assert counts(again) == {Outcome.UNDECIDED: 1, Outcome.UNCHANGED: 1}


def test_event_the_list_names_no_more_stays_and_is_reported(database: Database) -> None:
    rows = ["A-1,Drill,exercise,12.10.2020,,", "A-2,Drill,exercise,13.10.2020,,"]
    write(database, plan_rows(database, *rows))

    plan = plan_rows(database, rows[0])

    assert (plan.gone, plan.changes) == (("A-2",), ())


def test_event_renamed_in_a_list_without_references_is_pointed_out(database: Database) -> None:
    rows = [f",Drill {name},exercise,{day}.10.2020,," for name, day in (("Alpha", 12), ("Beta", 13), ("Gamma", 14))]
    write(database, plan_rows(database, *rows))

    plan = plan_rows(database, ",Manoeuvre,exercise,12.10.2020,,", rows[1], ",Parade,exercise,15.10.2020,,", rows[2])

    assert plan.gone == ("EX-2020-01",)
    assert plan.notes == (
        "row 2: EX-2020-04 is new, and EX-2020-01, which the list names no more, has its kind, days and places:"
        " if it was renamed, write EX-2020-01 into a column `ref`",
    )


def test_list_in_one_language_takes_nothing_from_the_other(database: Database) -> None:
    write(database, plan_rows(database, "A-1,Drill,exercise,12.10.2020,100,Joint Staff"))
    russian = "ref,Наименование мероприятия,kind,Сроки,people,Исполнители\nA-1,Учение,exercise,12.10.2020,,\n"

    with database.snapshot() as snapshot:
        register = snapshot.register(CODE)
        listed = read_list(read_table(russian.encode(), "ru.csv"), register)
        plan = planned(snapshot, listed, register, "another list")
    write(database, plan)

    event = events_of(database)["A-1"]
    assert event.titles == (("en", "Drill"), ("ru", "Учение"))
    assert (event.people, event.responsible) == (100, "Joint Staff")


def test_cell_emptied_in_the_same_list_empties_its_field(database: Database) -> None:
    write(database, plan_rows(database, "A-1,Drill,exercise,12.10.2020,100,Joint Staff"))
    write(database, plan_rows(database, "A-1,Drill,exercise,12.10.2020,,"))

    event = events_of(database)["A-1"]
    assert (event.people, event.responsible) == (None, "")


def test_link_to_nowhere_is_a_problem_with_the_nearest_reference(database: Database) -> None:
    table = b"ref,title_en,kind,date_text,links\nA-10,Drill,exercise,TBC,prepares:A-20\nA-2,Drill,exercise,TBC,\n"

    plan = plan_bytes(database, table, "plan.csv")

    assert [(p.row, p.found, p.remedy) for p in plan.problems] == [
        (2, "'A-20' is neither in this list nor in the plan", "did you mean 'A-2'?")
    ]


def test_undone_import_is_no_base_for_the_next(database: Database) -> None:
    write(database, plan_rows(database, "A-1,Drill,exercise,12.10.2020,100,"))
    write(database, plan_rows(database, "A-1,Drill,exercise,12.10.2020,200,"))
    with database.snapshot() as snapshot:
        undo = propose_undo(snapshot)
    write(database, undo)

    with database.snapshot() as snapshot:
        base = snapshot.base(CODE, CODE)

    assert base["A-1"].people == events_of(database)["A-1"].people == 100


def test_plan_that_somebody_outran_is_not_applied(database: Database) -> None:
    row = "A-1,Drill,exercise,12.10.2020,100,"
    shown = plan_rows(database, row)
    write(database, plan_rows(database, "A-1,Other drill,exercise,13.10.2020,,"))

    def again(snapshot):  # type: ignore[no-untyped-def]
        register = snapshot.register(CODE)
        table = read_table("\n".join([HEADINGS, row]).encode(), "plan.csv")
        return planned(snapshot, read_list(table, register), register, CODE)

    with pytest.raises(Outrun, match="the plan went from revision 1 to 2 while you looked"):
        apply(database, again, shown, AUTHOR)


def edit(database: Database, **fields: object) -> None:
    from planner.services.planning import propose_edit

    cells = {name: str(value) for name, value in fields.items()}
    write(database, propose_edit(plan_of(database, CODE), ["A-1"], cells))


def test_status_of_a_list_may_be_answered_in_any_word_that_is_offered() -> None:
    register = sample_register()

    learned = taught(register, [Answer("status", "утв", "утверждено"), Answer("status", "plnd", "planned")])

    words = dict(learned.programme.status_words)
    assert (words["утв"], words["plnd"]) == ("approved", "approved-or-proposed")


def test_list_without_a_column_of_statuses_means_planned_events(database: Database) -> None:
    write(database, plan_rows(database, "A-1,Drill,exercise,12.10.2020,,", "A-2,Talk,conference,13.10.2020,,"))

    events = events_of(database)

    # The sample's exercises need a decision, its conferences do not.
    assert [events[ref].status for ref in ("A-1", "A-2")] == [Status.PROPOSED, Status.APPROVED]
