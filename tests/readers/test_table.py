"""Files of separated values become tables; what is not one is refused in a sentence."""

import hashlib

import pytest

from planner.errors import BadInput
from planner.limits import USUAL
from planner.readers.grid import Row
from planner.readers.table import Table, read_table

TEXT = "ref,title\nA-1,Учение\nA-2,Сессия Совета\n"
ROWS = (Row(2, ("A-1", "Учение")), Row(3, ("A-2", "Сессия Совета")))


def a_table(content: bytes, encoding: str, rows: tuple[Row, ...] = ROWS) -> Table:
    return Table("plan.csv", hashlib.sha256(content).hexdigest(), encoding, 1, ("ref", "title"), rows)


@pytest.mark.parametrize(
    ("written", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1251", "cp1251")],
)
def test_table_in_every_usual_encoding_is_read_and_the_encoding_named(written: str, named: str) -> None:
    content = TEXT.encode(written)

    table = read_table(content, "plan.csv")

    assert table == a_table(content, named)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_table_with_any_usual_separator_is_read(delimiter: str) -> None:
    content = TEXT.replace(",", delimiter).encode()

    table = read_table(content, "plan.csv")

    assert table == a_table(content, "utf-8")


def test_table_with_blank_and_short_rows_keeps_the_numbers_people_see() -> None:
    content = b'ref,title\n\nA-1,"two\nlines"\n,\nA-2\n'

    table = read_table(content, "plan.csv")

    assert table.rows == (Row(3, ("A-1", "two\nlines")), Row(5, ("A-2", "")))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "plan.csv: is empty; a line of headings and a row for each event"),
        (b" \n\n", "plan.csv: is empty; a line of headings and a row for each event"),
        (
            b'ref,title\nA-1,x\nA-2,"cut off\nhere',
            "plan.csv, row 3: the file ends inside a quoted cell that begins in this row; a closing quotation mark; "
            "it may be cut off: send the whole file",
        ),
        (
            b"ref,title\nA-1,one,two\n",
            "plan.csv, row 2: 3 cells; at most 2, as in the headings; "
            "look for a separator inside a cell that is not quoted",
        ),
        (b"ref,title\nA-1,\x07bell\n", "plan.csv, row 2, cell 2: control character U+0007; plain text; remove it"),
    ],
)
def test_table_that_is_none_is_refused_in_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_table(content, "plan.csv")

    assert str(refused.value) == sentence


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "mac-cyrillic"])
def test_table_in_another_encoding_is_refused_and_read_when_it_is_named(encoding: str) -> None:
    content = ("ref,title\n" + "".join(f"A-{n},Заседание Совета министров обороны\n" for n in range(9))).encode(
        encoding
    )

    with pytest.raises(BadInput, match=r"neither UTF-8 nor cp1251.*--encoding"):
        read_table(content, "plan.csv")

    assert read_table(content, "plan.csv", encoding).rows[0] == Row(2, ("A-0", "Заседание Совета министров обороны"))


def test_table_named_in_a_wrong_encoding_is_refused() -> None:
    with pytest.raises(BadInput, match="is not ascii text"):
        read_table(TEXT.encode(), "plan.csv", "ascii")


def test_table_with_a_huge_cell_is_refused() -> None:
    with pytest.raises(BadInput, match=f"row 2: a cell of more than {USUAL.cell_letters:,} characters"):
        read_table(f'ref,title\nA-1,"{"x" * (USUAL.cell_letters + 1)}"\n'.encode(), "plan.csv")


def test_headings_are_found_below_titles_and_stamps_of_approval() -> None:
    content = "УТВЕРЖДЕНО,,\nПлан мероприятий,,\n,,\nШифр,Мероприятие,Сроки\nA-1,Учение,12.10.2020\n".encode()

    table = read_table(content, "plan.csv")

    assert (table.header_row, table.headings) == (4, ("Шифр", "Мероприятие", "Сроки"))
    assert table.rows == (Row(5, ("A-1", "Учение", "12.10.2020")),)


def test_headings_repeated_on_every_page_are_no_rows() -> None:
    content = b"ref,title\nA-1,x\nref,title\nA-2,y\n"

    assert [row.number for row in read_table(content, "plan.csv").rows] == [2, 4]


def test_row_of_headings_can_be_named() -> None:
    content = b"ref,title\nref,title,kind\nA-1,x,exercise\n"

    assert read_table(content, "plan.csv", header_row=2).headings == ("ref", "title", "kind")
    with pytest.raises(BadInput, match="--header-row: plan.csv has nothing in row 9"):
        read_table(content, "plan.csv", header_row=9)
