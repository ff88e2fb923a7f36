"""Workbooks: made here with XlsxWriter, read with another library."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter

from planner.errors import BadInput
from planner.readers.grid import Row
from planner.readers.listing import read_list
from planner.readers.table import read_table
from tests.boards import sample_list, sample_register


def a_workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    fill(book)
    book.close()
    return file.getvalue()


def sheet_of(*rows: list[object], name: str = "План") -> bytes:
    """A workbook of one sheet with these values, dates being real ones."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet(name)
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value, *([day] if isinstance(value, date) else []))

    return a_workbook(fill)


def test_sheet_is_read_with_its_name_and_the_rows_people_see() -> None:
    content = sheet_of(["План на 2020 год"], [], ["Шифр", "Мероприятие", "Сроки"], ["A-1", "Учение", "октябрь"])

    table = read_table(content, "plan.xlsx")

    assert (table.encoding, table.sheet, table.header_row) == ("XLSX", "План", 3)
    assert table.rows == (Row(4, ("A-1", "Учение", "октябрь")),)


def test_real_cells_are_written_as_people_type_them() -> None:
    cells = [date(2020, 10, 12), datetime(2020, 10, 12, 9, 30), 900.0, 1.5, True, None]
    content = sheet_of(["ref", "date_text", "start", "people", "x", "blocks", "remarks"], ["A-1", *cells])

    [row] = read_table(content, "plan.xlsx").rows

    assert row.cells == ("A-1", "2020-10-12", "2020-10-12, 09:30", "900", "1.5", "yes", "")


def test_merged_cells_repeat() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for number, row in enumerate((["ref", "title", "body"], ["A-1", "x"], ["A-2", "y"])):
            sheet.write_row(number, 0, row)
        sheet.merge_range(1, 2, 2, 2, "JS")

    assert [row.cells[2] for row in read_table(a_workbook(fill), "plan.xlsx").rows] == ["JS", "JS"]


def two_sheets(book: xlsxwriter.Workbook) -> None:
    book.add_worksheet("Титул").write_row(0, 0, ["План", "мероприятий"])
    events = book.add_worksheet("Мероприятия")
    events.write_row(0, 0, ["ref", "title", "kind", "date_text"])
    events.write_row(1, 0, ["A-1", "x", "exercise", "12.10.2020"])


def test_sheet_whose_headings_are_known_is_read_unless_one_is_named() -> None:
    content = a_workbook(two_sheets)

    assert read_table(content, "plan.xlsx").sheet == "Мероприятия"
    assert read_table(content, "plan.xlsx", sheet="титул").headings == ("План", "мероприятий")
    with pytest.raises(BadInput, match="plan.xlsx has no sheet 'План'; sheets: Титул, Мероприятия"):
        read_table(content, "plan.xlsx", sheet="План")


def test_list_of_2020_as_a_workbook_is_the_same_list() -> None:
    table = sample_list().table
    content = sheet_of(list(table.headings), *(list(row.cells) for row in table.rows))

    listed = read_list(read_table(content, "programme.xlsx"), sample_register())

    assert listed.problems == ()
    assert [(row.ref, row.values) for row in listed.rows] == [(row.ref, row.values) for row in sample_list().rows]


def an_open_document(*rows: tuple[str, ...]) -> bytes:
    """The least an ODS file can be, written by hand."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{name}office:1.0" xmlns:table="{name}table:1.0" '
        f'xmlns:text="{name}text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="План">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:x"/>')
        package.writestr("content.xml", content)
    return file.getvalue()


def test_open_document_is_read_too() -> None:
    table = read_table(an_open_document(("ref", "title"), ("A-1", "Учение")), "plan.ods")

    assert (table.encoding, table.sheet, table.rows) == ("ODS", "План", (Row(2, ("A-1", "Учение")),))


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The package with more parts in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


WHOLE = sheet_of(["ref", "title"], ["A-1", "x"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (repacked(WHOLE, bomb=bytes(65_000_000)), "unpacks to 65,"),
        (repacked(WHOLE, bomb=bytes(2_000_000)), "times its size; at most 100 times"),
        (repacked(WHOLE, **{f"part{n}": b"" for n in range(1001)}), "parts; at most 1,000"),
        (WHOLE[:-300], "seems to be a workbook or a document that is damaged or was cut off"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "seems to be an old binary document without a workbook in it"),
        (sheet_of(["ref", "title"], ["A-1", "bell\x07"]), "control character U+0007"),
        (sheet_of([], []), "has no text in it"),
    ],
    ids=["too large", "bomb", "many parts", "cut off", "damaged", "control character", "empty"],
)
def test_workbook_that_cannot_be_used_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match="plan.xlsx") as refused:
        read_table(content, "plan.xlsx")

    assert sentence in str(refused.value)
