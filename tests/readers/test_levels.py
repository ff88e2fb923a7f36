"""At which level delegations come, as a column of a list says it."""

import csv
import io
import json
from collections.abc import Callable, Sequence

import docx
import pytest
import xlsxwriter

from planner.domain.event import BookingSort, Event
from planner.domain.fields import field_named, fields_changed, with_values
from planner.readers.levels import level_named
from planner.readers.listing import read_list
from planner.readers.table import read_table
from tests.boards import sample_register
from tests.lists.make import cell, line, open_document

ROWS = (
    ("Мероприятие", "Вид", "Сроки", "Участники", "Уровень участия"),
    ("Встреча", "Консультации", "12 мая 2020 г.", "РА, РФ", "Министры обороны"),
)


def separated(mark: str) -> Callable[[Sequence[Sequence[str]]], bytes]:
    def write(rows: Sequence[Sequence[str]]) -> bytes:
        text = io.StringIO()
        csv.writer(text, delimiter=mark).writerows(rows)
        return text.getvalue().encode()

    return write


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def document(rows: Sequence[Sequence[str]]) -> bytes:
    whole = docx.Document()
    table = whole.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for each, text in zip(row.cells, texts, strict=True):
            each.text = text
    file = io.BytesIO()
    whole.save(file)
    return file.getvalue()


def plan(rows: Sequence[Sequence[str]]) -> bytes:
    names = ("title_ru", "kind", "date_text", "participants", "level")
    events = [dict(zip(names, row, strict=True)) for row in rows[1:]]
    head = {"format": "council-planner/plan", "version": 1, "programme": "CSTO-2020", "revision": 1}
    return json.dumps({**head, "events": events}).encode()


FORMS: dict[str, Callable[[Sequence[Sequence[str]]], bytes]] = {
    "csv": separated(";"),
    "tsv": separated("\t"),
    "md": lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ["---"] * 5, *rows[1:])).encode(),
    "xlsx": workbook,
    "ods": lambda rows: open_document("".join(line(*map(cell, row)) for row in rows)),
    "docx": document,
    "json": plan,
}


@pytest.mark.parametrize("form", FORMS)
def test_level_is_read_in_every_form_of_table(form: str) -> None:
    listed = read_list(read_table(FORMS[form](ROWS), f"plan.{form}"), sample_register())

    (row,) = listed.rows
    event = with_values(Event("A-1", "CSTO-2020", "consultation"), row.values)
    assert row.problems == ()
    assert [(each.code, each.level) for each in event.booked(BookingSort.PARTY)] == [
        ("AM", "defence"),
        ("RU", "defence"),
    ]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("министры обороны", "defence"),
        ("Совет министров обороны", "defence"),
        ("СМО", "defence"),
        ("заместители министров обороны", None),
        ("главы государств – членов ОДКБ", "heads"),
        ("Heads of State", "heads"),
        ("ministers of foreign affairs", "foreign"),
        ("секретари советов безопасности", "security"),
        ("на уровне экспертов", "experts"),
        ("law enforcement", "law enforcement"),
        ("международный", None),
        ("", None),
    ],
)
def test_level_is_known_by_its_name_a_usual_word_a_body_or_its_members(text: str, level: str | None) -> None:
    assert level_named(text, sample_register()) == level


def test_levels_are_a_field_of_their_own_beside_the_parties() -> None:
    listed = read_list(read_table(FORMS["csv"](ROWS), "plan.csv"), sample_register())
    event = with_values(Event("A-1", "CSTO-2020", "consultation"), listed.rows[0].values)
    parties = field_named("parties")
    assert parties is not None

    with_another = parties.put(event, (*event.booked(BookingSort.PARTY)[:1], *event.booked(BookingSort.PARTY)))

    assert [each.level for each in with_another.booked(BookingSort.PARTY)] == ["defence"] * 3
    raised = with_values(event, {"levels": (("", "defence"), ("RU", "heads"))})
    assert [(d.field, d.before, d.after) for d in fields_changed(event, raised)] == [
        ("levels", (("", "defence"),), (("AM", "defence"), ("RU", "heads")))
    ]
