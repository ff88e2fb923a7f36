import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from planner.domain.person import PersonRole
from tests.web.sites import sample_database, signed_in, site_of

PAGES = (
    "/en/year",
    "/ru/year?by=states",
    "/en/year?by=forces&quarter=2",
    "/ru/year?by=kinds",
    "/en/list",
    "/ru/list?state=BY&family=exercise",
    "/en/event/V75-01",
    "/ru/event/EX-2020-UB",
    "/en/search?q=parade",
    "/ru/search?q=",
    "/en/subscribe",
    "/ru/subscribe?calendar=all.ru",
    "/en/me",
)
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Checks that elements nest and ids are unique; gathers what the page asks for elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.asks: list[str] = []
        self.unnamed = 0
        self.feed(text)
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.asks += [given[name] or "" for name in ("src", "action", "href") if name in given]
        assert "style" not in given
        assert not any(name.startswith("on") for name in given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "div"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    return sample_database(tmp_path_factory.mktemp("looking"))


@pytest.fixture(scope="module")
def coordinator(location: str) -> Iterator[TestClient]:
    with signed_in(location, "A coordinator", PersonRole.COORDINATOR) as client:
        yield client


@pytest.fixture(scope="module")
def reader(location: str) -> Iterator[TestClient]:
    with signed_in(location, "A reader", PersonRole.READER) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_page_is_well_formed_in_its_language_and_asks_nobody_else(coordinator: TestClient, path: str) -> None:
    answer = coordinator.get(path)

    page = Page(answer.text)
    assert answer.status_code == 200
    assert f'<html lang="{path[1:3]}">' in answer.text
    assert [each for each in page.asks if not each.startswith(("/", "#", "?", "data:,"))] == []
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", PAGES)
def test_reader_sees_no_word_of_conflicts_and_no_count_of_what_is_hidden(reader: TestClient, path: str) -> None:
    text = reader.get(path).text

    assert not re.search(r"(?<!armed )conflict|накладк|pl-certain|pl-possible|pl-hot", text, re.IGNORECASE)


def test_coordinator_sees_conflicts_where_a_reader_sees_none(coordinator: TestClient) -> None:
    text = coordinator.get("/en/year").text

    assert "pl-certain" in text
    assert "Deployment of contingents" in text


def test_public_sees_what_is_public_and_approved_only(location: str) -> None:
    with site_of(location) as anybody:
        text = anybody.get("/en/list").text
        hidden = anybody.get("/en/event/EX-2020-UB-DEP")

    assert "Victory Parade" in text
    assert "Deployment of contingents" not in text
    assert hidden.status_code == 404


@pytest.mark.parametrize(
    "path", ["/en/nothing", "/de/year", "/en/event/NO-1", "/en/year?by=x", "/en/year?quarter=9", "/en/list?body=NO"]
)
def test_page_that_is_not_there_is_a_sentence_with_a_way_on(reader: TestClient, path: str) -> None:
    answer = reader.get(path)

    assert answer.status_code == 404
    assert "There is no such page here." in answer.text
    assert 'href="/en/year"' in answer.text


def test_search_that_fits_one_event_leads_to_it_and_one_that_fits_none_says_so(reader: TestClient) -> None:
    one = reader.get("/en/search?q=Red Square", follow_redirects=False)
    none = reader.get("/en/search?q=<b>xyz</b>")

    assert one.headers["location"] == "/en/event/V75-01"
    assert "&lt;b&gt;xyz&lt;/b&gt;" in none.text


def test_language_chosen_once_is_remembered(location: str) -> None:
    with site_of(location) as anybody:
        first = anybody.get("/", headers={"accept-language": "ru,en"}, follow_redirects=False)
        anybody.get("/en/year")
        second = anybody.get("/", headers={"accept-language": "ru,en"}, follow_redirects=False)

    assert (first.headers["location"], second.headers["location"]) == ("/ru/year", "/en/year")


def test_rows_and_period_are_chosen_with_every_filter_kept(reader: TestClient) -> None:
    page = Page(reader.get("/en/year?by=states&quarter=2&family=exercise&mine=BY&saved=9").text)

    assert "/en/year?by=states&family=exercise&mine=BY&quarter=3" in page.asks
    assert "/en/year?quarter=2&family=exercise&mine=BY&by=forces" in page.asks
    assert "/en/sheet?by=states&quarter=2&family=exercise&mine=BY" in page.asks


def test_address_of_a_language_alone_leads_to_its_year(reader: TestClient) -> None:
    answers = [reader.get(path, follow_redirects=False) for path in ("/ru", "/ru/", "/xx")]

    assert [each.headers.get("location") for each in answers] == ["/ru/year", "/ru/year", None]


def test_all_that_a_filter_leaves_are_ticked_with_one_click(coordinator: TestClient) -> None:
    path = "/en/list?family=exercise"
    plain = coordinator.get(path).text
    all_ticked = coordinator.get(f"{path}&ticked=all").text

    assert f'href="{path}&amp;ticked=all"' in plain
    assert re.findall(r'name="refs" value="[^"]+" checked', plain) == []
    assert len(re.findall(r'name="refs" value="[^"]+" checked', all_ticked)) == plain.count('name="refs"') > 3
    assert f'href="{path}"' in all_ticked
