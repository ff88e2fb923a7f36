import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from planner.domain.texts import texts
from planner.services.checking import check
from planner.web.rendering import stylesheet
from planner.web.road import Road, write
from tests.boards import a_board, sample_board
from tests.builders import an_event, days

AT = datetime(2020, 10, 8, 11, 5, tzinfo=UTC)
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Nested(HTMLParser):
    """Checks that every element is closed where it should be; gathers ids and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "ru"])
def test_road_is_one_well_formed_file_that_asks_for_nothing_else(language: str) -> None:
    board = sample_board(date(2020, 4, 1))
    road = Road(board, board.registers[0], board.events, 14, AT, findings=check(board).listed)

    text = write(road, language)

    page = Nested()
    page.feed(text)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert {link for link in page.links if not link.startswith("#")} == set()
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert stylesheet() in text
    assert not re.search(r"url\((?!#)|@import|<script", text)


def test_road_says_its_state_in_the_zone_of_the_programme() -> None:
    board = a_board(an_event("E-1", when=days("2020-05-01")))
    road = Road(board, board.registers[0], board.events, 14, AT)

    assert "State of 8 Oct 2020 14:05, revision 14" in write(road, "en")
    assert "Состояние на 08.10.2020 14:05, ред. 14" in write(road, "ru")


def test_road_shows_markup_in_a_title_as_text_and_internal_remarks_never() -> None:
    event = an_event(
        "E-1",
        when=days("2020-05-01"),
        titles=texts(en="<script>alert(1)</script>"),
        internal=texts(en="between ourselves"),
    )
    board = a_board(event)

    text = write(Road(board, board.registers[0], board.events, 1, AT), "en")

    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "between ourselves" not in text
