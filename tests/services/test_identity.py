"""Rows without references: the same events over re-imports, whatever moved."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.event import Attendance, Link, Relation
from planner.readers.listing import read_list
from planner.readers.table import read_table
from planner.services.history import propose_undo
from planner.services.identity import _in_order
from planner.services.importing import ImportPlan
from planner.store import Database, open_database
from tests.boards import sample_register
from tests.plans import events_of, fill, planned, write

CODE = "CSTO-2020"
MEETING = "Заседание Постоянного совета при ОДКБ"
DAYS = ["21.01", "18.02", "17.03", "21.04", "15.09", "13.10", "10.11"]


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database("sqlite://", writes=True)
    fill(opened, register=sample_register())
    yield opened
    opened.close()


def plan_rows(database: Database, *rows: str, headings: str = "Наименование мероприятия;Сроки") -> ImportPlan:
    table = read_table("\n".join([headings, *rows]).encode(), "plan.csv")
    with database.snapshot() as snapshot:
        register = snapshot.register(CODE)
        return planned(snapshot, read_list(table, register), register, CODE)


def meetings(*days: str) -> list[str]:
    return [f"{MEETING};{day}.2020" for day in days]


def days_of(database: Database) -> dict[str, str]:
    return {ref: f"{event.when.windows[0].first:%d.%m}" for ref, event in sorted(events_of(database).items())}


def test_new_rows_get_references_of_their_kind(database: Database) -> None:
    plan = plan_rows(database, *meetings(*DAYS), "Учение «Рубеж»;III квартал")
    write(database, plan)

    assert plan.given == (*(f"PC-2020-0{n}" for n in range(1, 8)), "EX-2020-01")
    assert list(days_of(database).values())[1:] == DAYS


def test_seven_meetings_of_one_title_stay_seven_while_their_days_move(database: Database) -> None:
    write(database, plan_rows(database, *meetings(*DAYS)))
    for moved in (
        ["22.01", "18.02", "17.03", "21.04", "15.09", "13.10", "10.11"],
        ["22.01", "18.02", "30.03", "21.04", "22.09", "13.10", "17.11"],
        ["23.01", "19.02", "31.03", "22.04", "23.09", "14.10", "18.11"],
    ):
        plan = plan_rows(database, *meetings(*moved))
        assert (plan.given, len(plan.matched), plan.gone) == ((), 7, ())
        write(database, plan)
        assert list(days_of(database).values()) == moved
        assert plan_rows(database, *meetings(*moved)).changes == ()


def test_meeting_that_left_the_list_is_reported_and_the_others_keep_theirs(database: Database) -> None:
    write(database, plan_rows(database, *meetings(*DAYS)))

    plan = plan_rows(database, *meetings(*DAYS[:3], *DAYS[4:]))

    assert (plan.gone, plan.changes) == (("PC-2020-04",), ())


def test_meeting_added_between_others_gets_the_next_reference(database: Database) -> None:
    write(database, plan_rows(database, *meetings(*DAYS)))

    plan = plan_rows(database, *meetings(*DAYS[:4], "16.06", *DAYS[4:]))

    assert (plan.given, len(plan.changes)) == (("PC-2020-08",), 1)


def test_title_is_known_in_either_language_and_as_the_list_said_it(database: Database) -> None:
    both = "title_en;title_ru;kind;date_text"
    write(database, plan_rows(database, "Frontier;Рубеж;exercise;12.10.2020", headings=both))

    english = plan_rows(database, "«FRONTIER»;exercise;13.10.2020", headings="title;kind;date_text")

    assert (english.matched, english.given) == (("EX-2020-01",), ())


def test_item_of_a_paper_goes_before_the_title(database: Database) -> None:
    headings = "item;title;kind;date_text;decision"
    write(database, plan_rows(database, "4;Выставка;commemoration;12.05.2020;victory-75", headings=headings))

    plan = plan_rows(database, "4;Большая фотовыставка;commemoration;12.05.2020;victory-75", headings=headings)

    assert (plan.matched, plan.given) == (("V75-2020-01",), ())


def test_reference_that_was_undone_is_given_to_nothing_else(database: Database) -> None:
    number = write(database, plan_rows(database, "Учение «Рубеж»;III квартал"))
    with database.snapshot() as snapshot:
        undo = propose_undo(snapshot, number)
    write(database, undo)

    assert plan_rows(database, "Учение «Скала»;III квартал").given == ("EX-2020-02",)


lists = st.lists(st.integers(0, 60), min_size=1, max_size=6).map(sorted)


@given(lists, lists)
def test_matching_keeps_the_order_and_costs_the_least(rows: list[int], events: list[int]) -> None:
    pairs = _in_order(rows, events)

    few, many = min(len(rows), len(events)), max(len(rows), len(events))
    assert len(pairs) == few
    assert [i for i, _ in pairs] == sorted({i for i, _ in pairs})
    assert [j for _, j in pairs] == sorted({j for _, j in pairs})
    cost = sum(abs(rows[i] - events[j]) for i, j in pairs)
    shorter, longer = (rows, events) if len(rows) <= len(events) else (events, rows)
    least = min(
        sum(abs(a - longer[j]) for a, j in zip(shorter, chosen, strict=True))
        for chosen in combinations(range(many), few)
    )
    assert cost == least


def test_event_is_found_under_a_known_name_of_another_language_and_stages_are_told_apart() -> None:
    from dataclasses import replace

    from planner.domain.entries import KnownName

    register = sample_register()
    names = (KnownName(CODE, "Нерушимое братство", ("Unbreakable Brotherhood",)),)
    opened = open_database("sqlite://", writes=True)
    fill(opened, register=replace(register, known_names=names))
    russian = ["Учение «Нерушимое братство – 2020», этап 1", "Учение «Нерушимое братство – 2020», этап 2"]
    rows = [f'EX-{n},"{title}",exercise,1{n}.10.2020' for n, title in enumerate(russian, 1)]
    write(opened, plan_rows(opened, *rows, headings="ref,title,kind,date_text"))

    plan = plan_rows(
        opened,
        '"Exercise Unbreakable Brotherhood 2020, stage 2",exercise,12.10.2020',
        '"Exercise Unbreakable Brotherhood 2020, stage 1",exercise,11.10.2020',
        headings="title,kind,date_text",
    )

    assert plan.matched == ("EX-2", "EX-1")
    opened.close()


def test_row_as_near_to_two_events_of_its_title_is_to_decide_with_both_named(database: Database) -> None:
    write(database, plan_rows(database, *meetings("10.03", "20.03")))

    plan = plan_rows(database, *meetings("15.03"))

    assert [str(row.outcome) for row in plan.rows] == ["undecided"]
    assert "could be either of PC-2020-01 and PC-2020-02; write PC-2020-01 or PC-2020-02 into a column `ref`" in str(
        plan.rows[0].problems[0]
    )
    nearer = plan_rows(database, *meetings("14.03"))
    assert [(row.ref, str(row.outcome)) for row in nearer.rows] == [("PC-2020-01", "changed")]


def test_columns_of_wholes_and_of_links_take_references_alone(database: Database) -> None:
    headings = "Шифр;Мероприятие;Сроки;Входит в;Связано с"
    plan = plan_rows(database, "EX-A;Учение «А»;май;;", "EX-B;Учение «Б»;май;;", headings=headings)
    write(database, plan)

    write(database, plan_rows(database, "EX-C;Учение «В»;май;EX-A;EX-B", headings=headings))

    assert events_of(database)["EX-C"].links == (Link(Relation.PART_OF, "EX-A"), Link(Relation.WITH, "EX-B"))


def test_column_of_forms_gives_the_kind_it_names_and_how_people_meet(database: Database) -> None:
    headings = "Шифр;Мероприятие;Форма;Сроки"
    rows = ("A-1;О ходе подготовки;Учение;май", "A-2;Заседание Постоянного совета;ВКС;12.05.2020")

    write(database, plan_rows(database, *rows, headings=headings))

    said = {ref: (event.kind, event.mode) for ref, event in events_of(database).items()}
    assert said == {
        "A-1": ("exercise", Attendance.IN_PERSON),
        "A-2": ("permanent_council", Attendance.VIDEO),
    }
