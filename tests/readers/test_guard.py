"""The limits that hold for every form: at the limit a file is read, one above it is refused by row and cell."""

import itertools
import json

import pytest

from planner.errors import BadInput
from planner.limits import Limits
from planner.readers.grid import Row
from planner.readers.guard import Guard
from planner.readers.table import read_table

SMALL = Limits(rows=3, columns=3, cells=8, cell_letters=10)


def a_plan(*titles: str) -> bytes:
    events = [{"title_en": title, "date_text": "TBC"} for title in titles]
    return json.dumps({"format": "council-planner/plan", "version": 1, "events": events}).encode()


def a_calendar(*titles: str) -> bytes:
    events = "".join(f"BEGIN:VEVENT\nDTSTART:20200101\nSUMMARY:{title}\nEND:VEVENT\n" for title in titles)
    return f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n".encode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"title,date\na,b\nc,d\ne,f\n", "list: more than 3 rows; split the list"),
        (b"title,date,x\na,b,c,d\n", "list, row 2: 4 cells; at most 3"),
        (b"title,date\na,12345678901\n", "list, row 2: a cell of more than 10 characters; shorten it"),
        (a_plan("a", "b", "c", "d"), "list: more than 3 events; split the list"),
        (a_plan("12345678901"), "list, event 1, cell 1: 11 characters; at most 10; shorten it"),
        (a_plan("\x07"), "list, event 1, cell 1: control character U+0007; plain text; remove it"),
        (a_plan("\ud800"), "list, event 1, cell 1: control character U+D800; plain text; remove it"),
        (a_calendar("a", "b", "c", "d"), "list: more than 3 events; split the list"),
        (a_calendar("a\x07"), "list, line 4: control character U+0007; plain text; remove it"),
        (b"x" * 20_000_001, "list: has 20,000,001 bytes; at most 20,000,000; split the list"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_list_over_a_limit_is_refused_by_its_place(content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_table(content, "list", limits=SMALL)

    assert str(refused.value) == sentence


def test_list_at_the_limits_is_read() -> None:
    table = read_table(b"title,date,x\na,b,1234567890\n", "list", limits=SMALL)

    assert table.rows == (Row(2, ("a", "b", "1234567890")),)


def test_sheet_that_would_be_laid_out_too_large_is_refused_by_its_area() -> None:
    with pytest.raises(BadInput, match="has 3 rows and 3 columns; at most 3 and 3, and 8 cells; delete what is empty"):
        Guard("list", SMALL).area(3, 3)


def test_reading_that_takes_too_long_is_stopped() -> None:
    ticking = itertools.count(0, 6).__next__
    guard = Guard("list", Limits(), ticking, 0)

    guard.in_time()
    guard.in_time()
    with pytest.raises(BadInput, match="list: takes longer than 10 seconds to read"):
        guard.in_time()
