import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from planner.domain.coverage import Coverage, coverage
from planner.domain.person import PersonRole
from planner.services.checking import load_board
from planner.store import open_database
from planner.web.covering import MOST_NAMED
from tests.web.sites import NOW, sample_database, signed_in, site_of
from tests.web.test_looking import Page


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    return sample_database(tmp_path_factory.mktemp("covering"))


@pytest.fixture(scope="module")
def coordinator(location: str) -> Iterator[TestClient]:
    with signed_in(location, "A coordinator", PersonRole.COORDINATOR) as client:
        yield client


def found(location: str) -> Coverage:
    database = open_database(location, writes=False)
    try:
        with database.snapshot() as snapshot:
            board = load_board(snapshot, NOW.date())
    finally:
        database.close()
    return coverage(board, board.registers[0])


@pytest.mark.parametrize(("language", "gap"), [("en", "gap"), ("ru", "пробел")])
def test_coverage_page_shows_each_gap_and_each_body_that_meets_too_seldom(
    coordinator: TestClient, location: str, language: str, gap: str
) -> None:
    expected = found(location)

    answer = coordinator.get(f"/{language}/coverage")

    Page(answer.text)
    assert f'<html lang="{language}">' in answer.text
    assert answer.text.count(f'class="gap"><span class="tag tag-possible">{gap}<') == len(expected.gaps) > 0
    assert len(re.findall(r'class="meter', answer.text)) - answer.text.count("meter-") == len(expected.cadences)
    assert answer.text.count('class="meter short"') == sum(one.missing > 0 for one in expected.cadences)


def test_coverage_page_names_some_events_of_each_cell_and_all_where_one_asks_for_them(
    coordinator: TestClient, location: str
) -> None:
    rows = found(location).rows
    refs = {ref for row in rows for cell in row.cells for ref in (*cell.sure, *cell.open)}
    long = {row.priority.code for row in rows for cell in row.cells if len(cell.sure) + len(cell.open) > MOST_NAMED}

    text = coordinator.get("/en/coverage").text
    more = set(re.findall(r'href="(/en/coverage\?whole=[^#"]+)#', text))

    assert {link.rpartition("=")[2] for link in more} == long != set()
    text += "".join(coordinator.get(link).text for link in more)
    assert {ref for ref in refs if f'href="/en/event/{ref}"' in text} == refs


def test_coverage_page_is_not_there_for_readers_and_the_public(location: str) -> None:
    with signed_in(location, "A reader", PersonRole.READER) as reader, site_of(location) as anybody:
        answers = [each.get("/en/coverage").status_code for each in (reader, anybody)]
        texts = [each.get("/en/year").text for each in (reader, anybody)]

    assert answers == [404, 404]
    assert not any("coverage" in text for text in texts)
