"""An empty, cut or headless source never clears or shrinks a plan, in whatever form it comes (P15)."""

import io
from collections.abc import Callable, Iterator, Mapping

import docx
import pytest
import xlsxwriter

from planner.domain.event import Event
from planner.errors import BadInput
from planner.services.lists import Asked, File, propose_file
from planner.store import Database
from tests.boards import sample_register
from tests.lists.make import cell, line, open_document
from tests.plans import events_of, fill, write

CODE = "CSTO-2020"
HEADS = ("Мероприятие", "Вид", "Сроки")
ROWS = tuple((f"Учение {number}", "Учение", f"{number} октября 2020 г.") for number in range(1, 21))
Rows = tuple[tuple[str, ...], ...]


def workbook(rows: Rows) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def document(rows: Rows) -> bytes:
    whole, file = docx.Document(), io.BytesIO()
    table = whole.add_table(len(rows), 3)
    for row, texts in zip(table.rows, rows, strict=True):
        for each, text in zip(row.cells, texts, strict=True):
            each.text = text
    whole.save(file)
    return file.getvalue()


def calendar(rows: Rows) -> bytes:
    entries = (
        f"BEGIN:VEVENT\r\nUID:{title}@x\r\nDTSTART;VALUE=DATE:202010{number:02}\r\nSUMMARY:{title}\r\n"
        "CATEGORIES:Учение\r\nEND:VEVENT\r\n"
        for number, (title, _, _) in enumerate(rows[1:], 1)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(entries)}END:VCALENDAR\r\n".encode()


def plan(rows: Rows) -> bytes:
    events = ",".join(f'{{"title_ru":"{title}","kind":"exercise","date_text":"{when}"}}' for title, _, when in rows[1:])
    return f'{{"format":"council-planner/plan","version":1,"programme":"{CODE}","events":[{events}]}}'.encode()


def drawn(rows: Rows) -> bytes:
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ("---",) * 3, *rows[1:])).encode()


FORMS: Mapping[str, Callable[[Rows], bytes]] = {
    "csv": lambda rows: "\n".join(map(";".join, rows)).encode(),
    "tsv": lambda rows: "\n".join(map("\t".join, rows)).encode("cp1251"),
    "md": drawn,
    "xlsx": workbook,
    "ods": lambda rows: open_document("".join(line(*map(cell, row)) for row in rows)),
    "docx": document,
    "ics": calendar,
    "json": plan,
}


def less_than(whole: bytes, headings: bytes) -> Iterator[bytes]:
    """Sources that say less than they did: nothing, blanks, headings alone, and the file cut at every eighth of it."""
    yield from (b"", b"\r\n \r\n", headings)
    yield from (whole[: len(whole) * eighths // 8] for eighths in range(1, 8))


def proposed(database: Database, content: bytes, name: str) -> int | None:
    """How many events a source would take away or move; None for one that is refused.

    The words of the very cell a text is cut in may be fewer: no reader can tell «18 октября 2020 г.» from «18 октября».
    """
    try:
        with database.snapshot() as snapshot:
            plan = propose_file(snapshot, File(content, name), CODE, Asked(list_name="plan"))
    except BadInput:
        return None
    events = [change for change in plan.changes if isinstance(change.before, Event)]
    return sum(not isinstance(c.after, Event) or _days(c.after) != _days(c.before) for c in events)


def _days(event: object) -> object:
    assert isinstance(event, Event)
    return event.when.windows, event.titles, event.status


@pytest.mark.parametrize("form", FORMS)
def test_source_that_says_less_takes_nothing_out_of_the_plan(database: Database, form: str) -> None:
    make = FORMS[form]
    fill(database, register=sample_register())
    with database.snapshot() as snapshot:
        first = propose_file(snapshot, File(make((HEADS, *ROWS)), f"plan.{form}"), CODE, Asked(list_name="plan"))
    write(database, first)
    assert len(events_of(database)) == len(ROWS)

    found = [proposed(database, each, f"plan.{form}") for each in less_than(make((HEADS, *ROWS)), make((HEADS,)))]

    assert set(found) <= {None, 0}
    assert found[:2] == [None, None]  # what is empty is refused, and not taken for an empty list


@pytest.mark.parametrize("form", FORMS)
def test_list_that_leaves_out_half_of_it_is_asked_about_and_removes_nothing(database: Database, form: str) -> None:
    make = FORMS[form]
    fill(database, register=sample_register())
    for rows in (ROWS, ROWS[:10]):
        with database.snapshot() as snapshot:
            plan = propose_file(snapshot, File(make((HEADS, *rows)), f"plan.{form}"), CODE, Asked(list_name="plan"))
        write(database, plan)

    assert ([each.asks for each in plan.doubts], plan.changes, len(plan.gone)) == (["removals"], (), 10)
    assert len(events_of(database)) == len(ROWS)
