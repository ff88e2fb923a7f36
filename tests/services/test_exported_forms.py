"""What the exported files are like: documents people edit, workbooks, data for programs; and nothing that runs."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import jsonschema
import pytest
from docx.oxml.ns import qn

import calendars
from planner.domain.event import Attendance, Booking, BookingSort, Event, Status
from planner.domain.fields import levels_in
from planner.domain.origin import Origin
from planner.domain.texts import texts
from planner.errors import BadInput
from planner.readers.columns import column_named
from planner.readers.inert import FORMULA, inert, restored
from planner.readers.listing import read_list
from planner.readers.table import read_table
from planner.services import moving, planning
from planner.store import Database, open_database
from planner.wording.columns import HEADINGS
from tests.boards import sample_events, sample_register
from tests.plans import events_of, fill, plan_of, write
from tests.services.test_exporting import CODE, FORMS, back, exported, taken

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database("sqlite://", writes=True)
    fill(opened, *sample_events(), register=sample_register())
    yield opened
    opened.close()


def edited(content: bytes, edit: Callable[[Any], None]) -> bytes:
    """The document after a colleague worked on its table."""
    document = docx.Document(io.BytesIO(content))
    edit(document.tables[0])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def row_of(table: Any, ref: str) -> Any:
    return next(row for row in table.rows if f"[{ref}]" in row.cells[0].text)


def put(table: Any, ref: str, column: int, text: str) -> None:
    row_of(table, ref).cells[column].text = text


@pytest.mark.parametrize(("language", "text"), [("ru", "25–26 июня 2020 г."), ("en", "25-26 June 2020")])
def test_date_changed_in_a_document_moves_that_event_alone(database: Database, language: str, text: str) -> None:
    content = edited(exported(database, "docx", Origin(language)), lambda table: put(table, "EX-2020-CRC", 2, text))

    plan = back(database, content, "plan.docx")

    assert [change.key.code for change in plan.changes] == ["EX-2020-CRC"]
    assert taken(database, plan).when.windows[0].first.isoformat() == "2020-06-25"


def test_title_and_remark_changed_in_a_document_stay_in_its_language(database: Database) -> None:
    def edit(table: Any) -> None:
        put(table, "EX-2020-CRC", 1, "Training CRC")
        put(table, "EX-2020-CRC", 6, "COVID-19")

    before = events_of(database)["EX-2020-CRC"]

    event = taken(database, back(database, edited(exported(database, "docx", Origin("ru")), edit), "plan.docx"))

    assert dict(event.titles) == dict(before.titles) | {"ru": "Training CRC"}
    assert dict(event.remarks) == dict(before.remarks) | {"ru": "COVID-19"}


MORE = ("kind", "status", "level", "forces")


def test_more_columns_of_a_document_come_back_in_words(database: Database) -> None:
    def edit(table: Any) -> None:
        for column, text in enumerate(("Учение", "подтверждено", "Россия:experts; chiefs", "КСОР"), 6):
            put(table, "EX-2020-CRC", column, text)

    before = events_of(database)["EX-2020-CRC"]
    content = exported(database, "docx", Origin("ru", columns=MORE))

    assert [cell.text for cell in docx.Document(io.BytesIO(content)).tables[0].rows[0].cells][6:] == [
        "Вид", "Статус", "Уровень", "Силы и средства", "Примечание",
    ]  # fmt: skip
    assert back(database, content, "plan.docx").changes == ()
    event = taken(database, back(database, edited(content, edit), "plan.docx"))
    assert (event.kind, event.status, dict(levels_in(event))["RU"], event.booked(BookingSort.FORCE)) == (
        "exercise", Status.CONFIRMED, "experts", (Booking(BookingSort.FORCE, "CRRF"),),
    )  # fmt: skip
    assert before.kind != "exercise"


def test_host_state_stands_where_no_place_is_known_and_can_be_changed_there(database: Database) -> None:
    write(
        database, planning.propose_edit(plan_of(database, CODE), ["EX-2020-CRC"], {"host_country": "BY", "venue": ""})
    )
    content = exported(database, "docx", Origin("ru"))

    assert row_of(docx.Document(io.BytesIO(content)).tables[0], "EX-2020-CRC").cells[3].text == "Беларусь"
    assert back(database, content, "plan.docx").changes == ()
    moved = edited(content, lambda table: put(table, "EX-2020-CRC", 3, "Казахстан"))
    event = taken(database, back(database, moved, "plan.docx"))
    assert (event.host, event.booked(BookingSort.PLACE)) == ("KZ", ())


@pytest.mark.parametrize("form", FORMS)
def test_meeting_in_person_and_by_video_stays_one(database: Database, form: str) -> None:
    mixed = {"venue": "Moscow; in person and by video"}
    write(database, planning.propose_edit(plan_of(database, CODE), ["EX-2020-CRC"], mixed))
    assert events_of(database)["EX-2020-CRC"].mode is Attendance.MIXED

    content = exported(database, form, Origin("ru"))

    assert back(database, content, f"plan.{form}").changes == ()
    if form == "docx":
        cells = row_of(docx.Document(io.BytesIO(content)).tables[0], "EX-2020-CRC").cells
        assert cells[3].text == "Москва; очно и по видеосвязи"


def test_row_a_colleague_added_to_a_document_is_a_new_event(database: Database) -> None:
    def edit(table: Any) -> None:
        row = table.add_row()
        above = row_of(table, "EX-2020-CRC")
        above._tr.addnext(row._tr)
        for cell, text in zip(row.cells, ("", "Учение «Новое»", "III квартал 2020 г."), strict=False):
            cell.text = text

    plan = back(database, edited(exported(database, "docx", Origin("ru")), edit), "plan.docx")

    assert plan.problems == ()
    assert [dict(change.after.titles) for change in plan.changes if isinstance(change.after, Event)] == [
        {"ru": "Учение «Новое»"}
    ]


def test_rows_in_another_order_and_rows_taken_out_change_nothing(database: Database) -> None:
    def edit(table: Any) -> None:
        row_of(table, "EX-2020-CRC")._tr.addnext(row_of(table, "PC-2020-05")._tr)
        gone = row_of(table, "EX-2020-UB")._tr
        gone.getparent().remove(gone)

    plan = back(database, edited(exported(database, "docx"), edit), "plan.docx")

    assert (len(plan.rows), plan.changes, plan.problems) == (70, (), ())


@pytest.mark.parametrize("form", FORMS)
def test_old_file_never_undoes_newer_work(database: Database, form: str) -> None:
    old = exported(database, form, Origin("ru"))
    write(database, moving.propose_move(plan_of(database, CODE), "EX-2020-CRC", "29–30 июня 2020 г."))
    write(database, planning.propose_edit(plan_of(database, CODE), ["V75-12"], {"title": "Новое"}))

    assert back(database, old, f"plan.{form}").changes == ()


def test_document_marks_what_changed_and_gives_the_former_date(database: Database) -> None:
    write(database, moving.propose_move(plan_of(database, CODE), "EX-2020-COB", "19–23 октября 2020 г."))

    table = docx.Document(io.BytesIO(exported(database, "docx", Origin("ru", 1)))).tables[0]

    cell = row_of(table, "EX-2020-COB").cells[2]
    assert cell.text == "19–23 октября 2020 г.\n(ранее III квартал 2020 г.)"
    assert [each.get(qn("w:fill")) for each in cell._tc.iter(qn("w:shd"))] == ["FFF2CC"]
    untouched = row_of(table, "EX-2020-CRC")
    assert list(untouched._tr.iter(qn("w:shd"))) == []


def test_document_is_an_approved_table_on_its_side_with_headings_on_each_page(database: Database) -> None:
    document = docx.Document(io.BytesIO(exported(database, "docx", Origin("ru"))))
    section, table = document.sections[0], document.tables[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert [cell.text for cell in table.rows[0].cells] == [
        "№ п/п", "Наименование мероприятия", "Сроки", "Место", "Исполнители", "Участники", "Примечание",
    ]  # fmt: skip
    assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert "редакция 1 от" in section.footer.paragraphs[0].text
    assert len(table.rows) == 1 + 71 + sum(row.cells[0]._tc is row.cells[-1]._tc for row in table.rows)


def test_internal_remarks_leave_in_no_form(database: Database) -> None:
    write(database, planning.propose_edit(plan_of(database, CODE), ["EX-2020-CRC"], {"internal": "SECRETWORD"}))

    for form in FORMS:
        assert "SECRETWORD" not in text_of(exported(database, form), form)


def text_of(content: bytes, form: str) -> str:
    if form in {"docx", "xlsx"}:
        with ZipFile(io.BytesIO(content)) as package:
            return "".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())
    return content.decode()


DANGEROUS = (
    "=2+2", "=1+1|cmd", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example","y")', "=SUM(A1:A9)", "@SUM(1+1)",
    "+1+1", "-1+1", "+A1", "-A1", "@A1", "=", "+", "@", "==", "=-1", "-=1", "＝2+2", "＋1+1", "－1+1", "＠SUM(1)",
    "=\t1", "-\n1", "=“text”", "=IMPORTXML(\"http://x\")", "=WEBSERVICE(\"http://x\")", "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0", "@SUM(1+9)*cmd|' /C calc'!A0", "=DDE(\"cmd\";\"/C calc\")", "='Sheet 1'!A1", "'=2+2",
    "''=2+2", "'+1", "'-x", "'@x", "'＝1", "=1;2", "=1,2", "-5", "+7", "-1,5", "'text", "it's = fine", "= 1",
)  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_dangerous_texts_leave_inert_and_come_back_as_they_were(database: Database, form: str) -> None:
    assert len(DANGEROUS) >= 40
    refs = sorted(events_of(database))[: len(DANGEROUS)]
    for ref, text in zip(refs, DANGEROUS, strict=True):
        write(database, planning.propose_edit(plan_of(database, CODE), [ref], {"responsible": inert(text)}))
    assert [events_of(database)[ref].responsible for ref in refs] == list(DANGEROUS)

    content = exported(database, form)

    cells = cells_of_file(content, form)
    assert [cell for cell in cells if cell[:1] in FORMULA and not cell.lstrip("+-").replace(",", "").isdecimal()] == []
    assert back(database, content, f"plan.{form}").changes == ()
    read = read_table(content, f"plan.{form}")
    columns = [column_named(heading) for heading in read.headings]
    column, key = columns.index("responsible"), columns.index("ref")
    found = {row.cells[key]: restored(row.cells[column]) for row in read.rows}
    assert [found[ref] for ref in refs] == list(DANGEROUS)


def cells_of_file(content: bytes, form: str) -> list[str]:
    if form == "csv":
        return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    with ZipFile(io.BytesIO(content)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist())
    return [cell for row in read_table(content, "plan.xlsx").rows for cell in row.cells]


def test_workbook_offers_choices_and_locks_references(database: Database) -> None:
    with ZipFile(io.BytesIO(exported(database, "xlsx"))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        book = package.read("xl/workbook.xml").decode()
        custom = package.read("docProps/custom.xml").decode()

    assert [name in sheet for name in ("planner_kind", "planner_status", "planner_host_country")] == [True] * 3
    assert re.search(r'<pageSetup paperSize="8" fitToHeight="0" orientation="landscape"', sheet)
    assert "Plan!$A$1:$K$72" in book  # of 29 columns those that are printed
    assert "Plan!$1:$1" in book
    assert "<sheetProtection" in sheet
    assert 'state="hidden"' in book
    assert "PlannerRevision" in custom
    assert "revision 1" in sheet  # the note at the head of each page


def test_workbook_in_russian_is_in_russian_and_comes_back_from_its_words(database: Database) -> None:
    content = exported(database, "xlsx", Origin("ru"))
    table = read_table(content, "plan.xlsx")

    row = next(row.cells for row in table.rows if row.cells[0] == "EX-2020-CRC")
    told = dict(zip(table.headings, row, strict=True))

    assert [column_named(heading) for heading in table.headings] == [
        column for heading in table.headings for column, both in HEADINGS.items() if both[1] == heading
    ]
    assert (told["Вид"], told["Статус"], told["Принимающее государство"], told["Силы и средства"]) == (
        "Тренировка органов управления", "утверждено", "Россия", "Органы управления",
    )  # fmt: skip


def test_data_for_programs_is_as_its_schema_says(database: Database) -> None:
    plan = json.loads(exported(database, "json"))
    schema = json.loads((DOCS / "plan.schema.json").read_text(encoding="utf-8"))

    jsonschema.validate(plan, schema)
    assert (plan["format"], plan["version"], plan["programme"], plan["revision"]) == (
        "council-planner/plan", 1, CODE, 1,
    )  # fmt: skip
    assert set(schema["properties"]["events"]["items"]["properties"]) >= {
        name for event in plan["events"] for name in event
    }


def test_calendar_is_one_that_others_read_and_carries_its_revision(database: Database) -> None:
    content = exported(database, "ics", Origin("ru"))

    reading = calendars.read(content)

    assert not reading.problems
    assert b"X-PLANNER-REVISION:1\r\n" in content
    uids = {entry.uid for entry in reading.calendar.entries}
    assert {f"{ref}@{CODE}" for ref in events_of(database)} <= uids


def test_same_list_in_every_form_gives_identical_events(database: Database) -> None:
    register = sample_register()
    with_titles = {ref: event for ref, event in events_of(database).items() if dict(event.titles).get("ru")}
    said = ("when", "places", "mode", "parties", "responsible", "title_ru")

    read = {}
    for form in FORMS:
        table = read_table(exported(database, form, Origin("ru")), f"plan.{form}")
        rows = read_list(table, register, kind="exercise").rows
        read[form] = {row.ref: {name: row.values.get(name) for name in said} for row in rows if row.ref in with_titles}

    assert len(read["csv"]) == len(with_titles)
    for form in ("xlsx", "json", "ics"):
        assert read[form] == read["csv"], form
    # A document says the same in the words of its language: only what stands in another is told in ours.
    for ref, event in with_titles.items():
        alike = read["docx"][ref], read["csv"][ref]
        assert [each["title_ru"] for each in alike] == [dict(event.titles)["ru"]] * 2
        assert alike[0]["places"] == alike[1]["places"], ref
        assert alike[0]["parties"] == alike[1]["parties"], ref
        if event.status not in {Status.POSTPONED, Status.CANCELLED}:  # which a document says beside the date
            assert alike[0]["when"].windows == alike[1]["when"].windows, ref  # type: ignore[attr-defined]


def test_text_with_marks_of_markup_survives_every_form(database: Database) -> None:
    odd = 'A & B <b>"x"</b>; C, D \\ N №'
    with database.snapshot() as snapshot:
        event = snapshot.event(CODE, "EX-2020-CRC")
    assert event is not None
    write(database, planning.propose_edit(plan_of(database, CODE), [event.ref], {"title_ru": odd, "responsible": odd}))
    assert events_of(database)[event.ref] == replace(
        event, titles=texts(**(dict(event.titles) | {"ru": odd})), responsible=odd
    )

    for form in FORMS:
        assert back(database, exported(database, form, Origin("ru")), f"plan.{form}").changes == (), form


def test_entry_moved_in_a_calendar_program_moves_that_event_alone(database: Database) -> None:
    text = exported(database, "ics").decode()
    start = text.index("UID:EX-2020-CRC@")
    moved = text[start:].replace("DTSTART;VALUE=DATE:20200623", "DTSTART;VALUE=DATE:20200625", 1)
    moved = moved.replace("DTEND;VALUE=DATE:20200625", "DTEND;VALUE=DATE:20200627", 1)

    plan = back(database, (text[:start] + moved).encode(), "plan.ics")

    assert [change.key.code for change in plan.changes] == ["EX-2020-CRC"]
    window = taken(database, plan).when.windows[0]
    assert (window.first.isoformat(), window.last.isoformat()) == ("2020-06-25", "2020-06-26")


def test_entry_added_in_a_calendar_program_is_a_new_event(database: Database) -> None:
    added = (
        b"BEGIN:VEVENT\r\nUID:x@y\r\nDTSTAMP:20200101T000000Z\r\nDTSTART;VALUE=DATE:20200914\r\n"
        b"SUMMARY:Exercise of a colleague\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    plan = back(database, exported(database, "ics").replace(b"END:VCALENDAR\r\n", added), "plan.ics")

    assert plan.problems == ()
    assert [change.before for change in plan.changes] == [None]
    event = plan.changes[0].after
    assert isinstance(event, Event)
    assert (dict(event.titles), event.when.windows[0].first.isoformat()) == (
        {"en": "Exercise of a colleague"},
        "2020-09-14",
    )


def test_sitting_moved_in_a_calendar_program_is_not_guessed_at(database: Database) -> None:
    write(database, moving.propose_move(plan_of(database, CODE), "EX-2020-CRC", "12, 14 и 16 октября 2020 г."))
    text = exported(database, "ics").decode()
    start = text.index("UID:EX-2020-CRC/3@")
    moved = text[start:].replace("VALUE=DATE:20201014", "VALUE=DATE:20201013", 1)

    with pytest.raises(BadInput, match="a sitting of EX-2020-CRC was moved in the calendar, to 2020-10-13/2020-10-14"):
        back(database, (text[:start] + moved).encode(), "plan.ics")
