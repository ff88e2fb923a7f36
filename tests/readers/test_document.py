"""Word documents: made with python-docx and by hand where it cannot, read by our own walk."""

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from planner.errors import BadInput
from planner.readers.grid import Row
from planner.readers.listing import read_list
from planner.readers.table import read_table
from tests.boards import sample_list, sample_register

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEADINGS = ["№", "Наименование мероприятия", "Сроки", "Место"]


def a_document(*rows: list[str], change: Callable[[Any], None] = lambda table: None) -> bytes:
    """A document with a title and one table; `change` may do to the table what Word does."""
    document = docx.Document()
    document.add_paragraph("План мероприятий")
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    change(table)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def rows_of(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(content, "plan.docx").rows]


def test_table_of_a_document_is_read() -> None:
    content = a_document(HEADINGS, ["1.", "Парад Победы", "9 мая 2020 г.", "г. Москва"])

    table = read_table(content, "plan.docx")

    assert (table.encoding, table.sheet, table.header_row) == ("DOCX", "table 1", 1)
    assert table.rows == (Row(2, ("1.", "Парад Победы", "9 мая 2020 г.", "г. Москва")),)


def test_cells_merged_across_and_down_repeat() -> None:
    def merge(table: Any) -> None:
        table.cell(1, 0).merge(table.cell(1, 3))
        table.cell(2, 3).merge(table.cell(3, 3))

    content = a_document(
        HEADINGS, ["I. Парады", "", "", ""], ["1.", "a", "9 мая", "Минск"], ["2.", "b", "9 мая", ""], change=merge
    )

    assert rows_of(content) == [("I. Парады",) * 4, ("1.", "a", "9 мая", "Минск"), ("2.", "b", "9 мая", "Минск")]


def test_tracked_insertions_count_and_deletions_do_not() -> None:
    def track(table: Any) -> None:
        paragraph = table.cell(1, 2).paragraphs[0]._p
        for run in list(paragraph):
            paragraph.remove(run)
        for piece in (
            f"<w:del {W}><w:r><w:delText>9 мая</w:delText></w:r></w:del>",
            f"<w:ins {W}><w:r><w:t>24 </w:t></w:r></w:ins>",
            f"<w:moveFrom {W}><w:r><w:t>2019</w:t></w:r></w:moveFrom>",
            f"<w:moveTo {W}><w:r><w:t>июня</w:t></w:r></w:moveTo>",
            f"<w:sdt {W}><w:sdtContent><w:r><w:t> 2020 г.</w:t></w:r></w:sdtContent></w:sdt>",
        ):
            paragraph.append(parse_xml(piece))
        gone = table.rows[2]._tr.get_or_add_trPr()
        gone.append(parse_xml(f"<w:del {W}/>"))

    content = a_document(HEADINGS, ["1.", "a", "x", "Минск"], ["2.", "deleted", "x", ""], change=track)

    assert rows_of(content) == [("1.", "a", "24 июня 2020 г.", "Минск")]


def test_paragraphs_breaks_and_hyphens_of_a_cell_are_its_text() -> None:
    def fill(table: Any) -> None:
        cell = table.cell(1, 1)
        cell.text = "Учение"
        cell.add_paragraph("«Рубеж")._p.append(
            parse_xml(f"<w:r {W}><w:noBreakHyphen/><w:t>2020»</w:t><w:br/><w:t>(этап)</w:t></w:r>")
        )

    assert rows_of(a_document(HEADINGS, ["1.", "", "", ""], change=fill))[0][1] == "Учение\n«Рубеж-2020»\n(этап)"


def test_list_of_2020_as_a_document_is_the_same_list() -> None:
    table = sample_list().table
    content = a_document(list(table.headings), *(list(row.cells) for row in table.rows))

    listed = read_list(read_table(content, "programme.docx"), sample_register())

    assert listed.problems == ()
    assert [(row.ref, row.values) for row in listed.rows] == [(row.ref, row.values) for row in sample_list().rows]


def test_approved_table_of_a_document_becomes_events() -> None:
    content = a_document(
        [*HEADINGS, "Исполнители", "Участники", "Примечание"],
        ["1.", "Парад Победы", "24 июня 2020 г. (перенесён с 9 мая)", "г. Москва", "МО РФ", "РА, РБ, РК", "–"],
        ["2.", "Вахта памяти", "апрель – май 2020 года", "Волгоград", "", "все", ""],
    )

    listed = read_list(read_table(content, "victory75.docx"), sample_register(), kind="commemoration")

    assert listed.problems == ()
    assert [row.values["kind"] for row in listed.rows] == ["commemoration"] * 2
    assert listed.additions == ()


def without_table() -> bytes:
    file = io.BytesIO()
    docx.Document().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (without_table(), "plan.docx: is a Word document without a table; a table of events"),
        (a_document(["", ""], ["", ""]), "has no text in it"),
        (a_document(["№", "Наименование"], ["1", "x"])[:-200], "is damaged or was cut off"),
    ],
    ids=["without a table", "empty table", "cut off"],
)
def test_document_that_cannot_be_used_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match="plan.docx") as refused:
        read_table(content, "plan.docx")

    assert sentence in str(refused.value)
