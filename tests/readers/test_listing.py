"""Rows of lists as they arrive, and everything that can be wrong with them."""

from dataclasses import replace

import pytest

from planner import sample
from planner.domain.entries import Facility
from planner.domain.event import Attendance, Booking, BookingSort, Link, Relation, Role, Status
from planner.domain.window import Mode
from planner.errors import BadInput
from planner.readers.listing import ReadList, ReadRow, kind_in, read_list
from planner.readers.table import read_table
from tests.boards import sample_list, sample_register
from tests.builders import PROGRAMME, a_register

HEADINGS = "ref,title_en,kind,date_text,start,end,participants,status,venue,city,body"


def read(*rows: str, headings: str = HEADINGS, day_first: bool | None = None, kind: str | None = None) -> ReadList:
    table = read_table("\n".join([headings, *rows]).encode(), "plan.csv")
    return read_list(table, sample_register(), day_first=day_first, kind=kind)


def row(ref: str = "A-1", **cells: str) -> str:
    usual = {"title_en": "Drill", "kind": "exercise", "date_text": "12.10.2020", "status": "planned", "body": "JS"}
    named = {"ref": ref, **usual, **cells}
    return ",".join(f'"{named.get(name, "")}"' for name in HEADINGS.split(","))


def by_ref(listed: ReadList, ref: str) -> ReadRow:
    return next(each for each in listed.rows if each.ref == ref)


@pytest.mark.parametrize(("name", "rows"), [(sample.LIST, 71), (sample.LIST_AS_PLANNED, 70)])
def test_every_row_of_the_sample_lists_is_read(name: str, rows: int) -> None:
    listed = sample_list(name)

    assert (len(listed.rows), listed.problems, listed.additions) == (rows, (), ())


def test_sample_rows_say_what_their_words_say() -> None:
    listed = sample_list()

    windows = {
        ref: by_ref(listed, ref).values["when"] for ref in ("OP-2020-MER", "V75-10", "OP-2020-PRX", "EX-2020-INT")
    }
    assert [(str(w.first), str(w.last)) for w in windows["OP-2020-MER"].windows] == [
        ("2020-01-01", "2020-03-31"),
        ("2020-07-01", "2020-09-30"),
    ]
    assert windows["V75-10"].mode is Mode.DEADLINE
    assert (windows["OP-2020-PRX"].mode, windows["OP-2020-PRX"].windows) == (Mode.THROUGHOUT, ())
    assert (windows["EX-2020-INT"].mode, len(windows["EX-2020-INT"].former_windows)) == (Mode.UNDATED, 1)
    assert by_ref(listed, "EX-2020-SEA").values["status"] is Status.POSTPONED
    assert by_ref(listed, "CFM-2020-2").values["mode"] is Attendance.VIDEO
    assert by_ref(listed, "EX-2020-UB-P1").values["links"] == (Link(Relation.PART_OF, "EX-2020-UB"),)
    assert by_ref(listed, "EX-2020-UB").values["status"] is Status.HELD
    assert by_ref(listed, "EX-2020-COB").values["status"] is Status.PROPOSED
    assert by_ref(listed, "PC-2020-05").values["status"] is Status.APPROVED


def test_place_beside_a_videoconference_stays_booked() -> None:
    values = by_ref(sample_list(), "CSC-2020-1").values

    assert values["mode"] is Attendance.VIDEO
    assert values["places"] == (
        Booking(BookingSort.PLACE, "novo-ogaryovo"),
        Booking(BookingSort.PLACE, "moscow"),
    )


def test_role_behind_a_colon_or_in_brackets_is_read() -> None:
    parties = read(row(participants="AM;RS:observer;Казахстан (набл.)")).rows[0].values["parties"]

    assert parties == (
        Booking(BookingSort.PARTY, "AM"),
        Booking(BookingSort.PARTY, "RS", role=Role.OBSERVER),
        Booking(BookingSort.PARTY, "KZ", role=Role.OBSERVER),
    )


def test_unknown_place_comes_into_the_programme_with_the_list() -> None:
    listed = read(row(venue="Camp Sokol"), row("A-2", venue="camp  sokol"))

    assert [(entry.sort, entry.code) for entry in listed.additions] == [("place", "camp-sokol")]
    assert listed.rows[0].values["places"] == listed.rows[1].values["places"]


@pytest.mark.parametrize(
    ("cells", "column", "found", "remedy"),
    [
        ({"kind": "exercize"}, "kind", "'exercize' is not a kind of event I know", "did you mean 'Exercise'"),
        ({"body": "CFMM"}, "body", "'CFMM' is not a body I know", "did you mean 'CFM'"),
        ({"participants": "AM;Armenistan"}, "participants", "'Armenistan' is not a state or organisation", "'Armenia'"),
        ({"status": "planed"}, "status", "'planed' is not a status I know", "did you mean 'planned'?"),
        ({"date_text": "31.04.2020"}, "date_text", "is not a day (April 2020 has 30)", "write days as 2020-04-30"),
        ({"date_text": "soonish"}, "date_text", "I do not know the word 'soonish'", ""),
        ({"date_text": "3/6/2020"}, "date_text", "is either 2020-06-03 or 2020-03-06", "--day-first or --month-first"),
        ({"date_text": "", "start": "2020-05-09", "end": "2020-05-08"}, "end", "is before the start", ""),
        ({"start": "2020-10-13"}, "date_text", "'12.10.2020' is 2020-10-12 to 2020-10-12", "correct the one"),
        ({"title_en": ""}, "title", "has no title", ""),
        ({"kind": ""}, "kind", "no kind is said, and the title names none", "say --kind"),
        ({"ref": "A/1"}, "ref", "has '/' or '@' in it", ""),
    ],
)
def test_fault_in_a_cell_is_named_by_row_and_column(
    cells: dict[str, str], column: str, found: str, remedy: str
) -> None:
    ref = cells.pop("ref", "A-2")
    listed = read(row("A-1"), row(ref, **cells))

    [problem] = listed.problems
    assert (problem.row, problem.column) == (3, column)
    assert found in problem.found
    assert remedy in problem.remedy
    assert problem.where == f'plan.csv, row 3, column "{column}"'


def test_reference_that_stands_twice_is_named() -> None:
    assert read(row("A-1"), row("A-1")).problems[0].found == "'A-1' is already in row 2"


def test_all_faults_of_all_rows_come_in_one_pass() -> None:
    listed = read(row("A-1", kind="?"), row("A-2", status="?", date_text="?"), row("A-3", body="?"))

    assert [(problem.row, problem.column) for problem in listed.problems] == [
        (2, "kind"),
        (3, "status"),
        (3, "date_text"),
        (4, "body"),
    ]


def test_rows_that_say_the_same_mean_the_same_and_each_has_its_own_faults() -> None:
    same = {"venue": "Minsk", "participants": "AM;XX", "date_text": "31.04.2020"}

    listed = read(row("A-1", **same), row("A-2", venue="Bishkek"), row("A-3", **same))

    first, _, third = listed.rows
    assert first.values == third.values
    assert [(each.row, each.column) for each in first.problems] == [(2, "participants"), (2, "date_text")]
    assert [replace(each, where="", row=0) for each in first.problems] == [
        replace(each, where="", row=0) for each in third.problems
    ]


@pytest.mark.parametrize(
    "text",
    ["12\u201316 октября", "III квартал 2020", "до 1 июня", "12.10.2020, 10:00", "10:00 Moscow time, 12 October"],
)
def test_same_words_at_two_places_are_read_by_the_clock_of_each(text: str) -> None:
    together = read(row("A-1", venue="Minsk", date_text=text), row("A-2", venue="Bishkek", date_text=text))

    alone = [read(row(ref, venue=venue, date_text=text)) for ref, venue in (("A-1", "Minsk"), ("A-2", "Bishkek"))]
    assert [each.values for each in together.rows] == [listed.rows[0].values for listed in alone]
    assert together.problems == ()


def test_order_of_day_and_month_is_read_as_said() -> None:
    text = row(date_text="3/6/2020")

    said = [read(text, day_first=day_first).rows[0].values["when"].windows[0].first for day_first in (True, False)]

    assert [day.isoformat() for day in said] == ["2020-06-03", "2020-03-06"]


def test_missing_columns_are_named_all_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        read("A-1,x", headings="ref,knd")

    found = [problem.found for problem in refused.value.problems]
    assert [text.split(" among")[0] for text in found] == [
        "no column 'title' or 'title_en' or 'title_ru'",
        "no column 'date_text' or 'start'",
    ]
    assert refused.value.problems[1].expected == "that heading, or one like 'Сроки', 'Срок', 'Сроки проведения'"


def test_russian_headings_are_read() -> None:
    headings = "Шифр,Наименование мероприятия,Вид,Сроки проведения,Место проведения,Участники,Примечание"
    listed = read('A-1,Учение,Учение,"12–16 октября",Минск,"все",срочно', headings=headings)

    values = listed.rows[0].values
    assert listed.problems == ()
    assert (values["title_ru"], values["kind"], values["remarks_ru"]) == ("Учение", "exercise", "срочно")
    assert values["parties"] == (Booking(BookingSort.PARTY, "members"),)


WORD_TABLE = "№;Наименование мероприятия;Сроки;Место;Исполнители;Участники;Примечание"


def test_approved_table_without_references_and_kinds_is_read() -> None:
    listed = read(
        "I. Сессия Совета;;;;;;",
        "1.;Заседание министров иностранных дел;1 декабря;ВКС;МИД;все;",
        ";II. Учения, операции;;;;;",
        "2.;Командно-штабное учение «Рубеж»;III квартал;Лосвидо;ОШ;РА, РБ;–",
        "3.;Выставка;постоянно;;;;",
        headings=WORD_TABLE,
        kind="commemoration",
    )

    assert [(section.text, section.kind) for section in listed.sections] == [
        ("I. Сессия Совета", "council_session"),
        ("II. Учения, операции", ""),
    ]
    assert [(row.ref, row.values["kind"]) for row in listed.rows] == [
        ("", "council_session"),
        ("", "exercise"),
        ("", "commemoration"),
    ]
    assert listed.rows[0].values["item"] == "1"
    assert listed.problems == ()
    assert listed.rows[1].values["parties"] == (Booking(BookingSort.PARTY, "AM"), Booking(BookingSort.PARTY, "BY"))


def test_kind_nobody_knows_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="--kind: 'exercize' is not a kind I know; did you mean 'exercise'"):
        read("x;12.10.2020", headings="title;date_text", kind="exercize")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Заседания Постоянного совета", "permanent_council"),
        ("II. Учения", "exercise"),
        ("Совместные учения с КСОР", "exercise"),
        ("Exercises", "exercise"),
        ("I. Памятные мероприятия", "commemoration"),
        ("Региональные операции", "operation"),
        ("Штабные переговоры по учению «Эшелон-2020»", "planning_conference"),
        ("Meetings of statutory bodies", None),
        ("Прочее", None),
        ("", None),
    ],
)
def test_kind_is_found_in_any_form_of_its_words(text: str, kind: str | None) -> None:
    assert kind_in(text, sample_register()) == kind


FACILITIES = "title,kind,start,facilities\n"


def test_facilities_are_booked_with_how_many_of_each() -> None:
    register = a_register(facilities=(Facility(PROGRAMME, "sets"), Facility(PROGRAMME, "cars")))
    listed = read_list(read_table(f"{FACILITIES}A,training,2020-05-01,sets:2; cars\n".encode(), "a.csv"), register)

    [row] = listed.rows

    assert row.values["facilities"] == (
        Booking(BookingSort.FACILITY, "sets", quantity=2),
        Booking(BookingSort.FACILITY, "cars"),
    )


def test_facility_that_is_unknown_or_has_no_number_is_a_problem() -> None:
    register = a_register(facilities=(Facility(PROGRAMME, "sets"),))
    text = f"{FACILITIES}A,training,2020-05-01,sets:some\nB,training,2020-05-02,vans:2\n"

    listed = read_list(read_table(text.encode(), "a.csv"), register)

    assert [each.found for each in listed.problems] == [
        "'sets:some': 'some' is not how many",
        "'vans' is not a facility I know",
    ]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (
            "2020-03-29, 02:30",
            "2020-03-29, 05:00",
            "02:30 does not exist on 2020-03-29 in Europe/Vienna: clocks go forward",
        ),
        ("2020-10-25, 02:30", "2020-10-25, 05:00", "02:30 comes twice on 2020-10-25 in Europe/Vienna: clocks go back"),
        ("2020-10-25, 01:00", "2020-10-25, 02:30", "02:30 comes twice on 2020-10-25 in Europe/Vienna: clocks go back"),
    ],
)
def test_time_in_a_column_that_no_clock_shows_once_is_refused(start: str, end: str, found: str) -> None:
    headings = "ref,title_en,kind,start,end,zone"

    listed = read(f'A-1,Drill,exercise,"{start}","{end}",Europe/Vienna', headings=headings)

    assert [problem.found for problem in listed.problems] == [found]
