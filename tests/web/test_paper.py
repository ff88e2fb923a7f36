"""My delegation, months, the sheet of A3 and the file for the road."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from planner.domain.person import PersonRole
from tests.web.sites import sample_database, signed_in, site_of
from tests.web.test_looking import Page

SHEETS = ("/en/sheet", "/ru/sheet?by=states&mine=KZ", "/en/sheet?month=5", "/ru/sheet?quarter=4&marks=conflicts")


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    return sample_database(tmp_path_factory.mktemp("paper"))


@pytest.fixture(scope="module")
def coordinator(location: str) -> Iterator[TestClient]:
    with signed_in(location, "A coordinator", PersonRole.COORDINATOR) as client:
        yield client


@pytest.fixture(scope="module")
def reader(location: str) -> Iterator[TestClient]:
    with signed_in(location, "A reader", PersonRole.READER) as client:
        yield client


def refs(text: str) -> set[str]:
    return set(re.findall(r'<a class="pl-[^"]*" href="/\w\w/event/([\w-]+)', text))


def rows(text: str) -> list[str]:
    return re.findall(r'class="pl-row-name"[^>]*>(?:<tspan[^>]*>)?([^<]+)', text)


def test_my_delegation_sees_what_it_hosts_or_is_invited_to_and_no_row_of_others(coordinator: TestClient) -> None:
    everybody, mine = coordinator.get("/en/year?by=states").text, coordinator.get("/en/year?by=states&mine=BY").text

    assert refs(mine) < refs(everybody)
    assert "EX-2020-UB" in refs(mine)
    assert rows(mine)[1:] == ["all members", "Belarus"]
    assert len(rows(everybody)) > 3


def test_my_delegation_stays_in_the_addresses_until_everybody_is_chosen(coordinator: TestClient) -> None:
    text = coordinator.get("/en/year?mine=BY").text

    assert 'href="/en/list?mine=BY"' in text
    assert '<option value="BY" selected>' in text
    assert "mine=BY" in coordinator.get("/en/list?mine=BY").text
    assert 'href="/en/list"' in coordinator.get("/en/year?mine=").text
    assert coordinator.get("/en/year?mine=XX").status_code == 404


def test_month_shows_only_its_days_and_no_other_month_is_there(coordinator: TestClient) -> None:
    text = coordinator.get("/en/year?month=5").text

    assert "V75-01" not in refs(text)  # held on 24 June
    assert re.search(r'month=5"[^>]*aria-current="true"', text)
    assert [
        coordinator.get(f"/en/year?{each}").status_code for each in ("month=13", "month=0", "quarter=5", "month=x")
    ] == [404] * 4


@pytest.mark.parametrize("path", SHEETS)
def test_sheet_is_well_formed_says_its_state_and_shows_no_today(coordinator: TestClient, path: str) -> None:
    text = coordinator.get(path).text

    Page(text)
    assert re.search(r"State of \d+ \w+ 2020, rev\. 2<|Состояние на \d+\.\d\d\.2020, ред\. 2<", text)
    assert "pl-today" not in text


def test_sheet_is_as_high_as_the_paper_allows_whatever_is_on_it(coordinator: TestClient) -> None:
    for path in ("/en/sheet", "/ru/sheet", "/ru/sheet?by=states", "/en/sheet?by=kinds"):
        box = re.search(r'class="pl-chart" viewBox="0 0 ([\d.]+) ([\d.]+)"', coordinator.get(path).text)
        assert box is not None
        assert 0.5 < float(box[2]) / float(box[1]) < 0.64


def test_sheet_has_every_dated_event_once_a_row_and_names_those_without_a_date(coordinator: TestClient) -> None:
    year, sheet = coordinator.get("/en/year").text, coordinator.get("/en/sheet").text

    assert refs(sheet) == refs(year)
    undated = re.findall(r'<aside class="tray".*?</aside>', year, re.DOTALL)[0]
    assert all(title in sheet for title in re.findall(r'<a href="[^"]*">([^<]+)</a>', undated))


def test_conflicts_are_on_the_sheet_only_for_a_coordinator_who_asks(
    location: str, coordinator: TestClient, reader: TestClient
) -> None:
    with site_of(location) as stranger:
        unmarked = [coordinator.get("/en/sheet").text]
        unmarked += [each.get("/en/sheet?marks=conflicts").text for each in (reader, stranger)]

    assert "pl-certain" in coordinator.get("/en/sheet?marks=conflicts").text
    assert [text for text in unmarked if "pl-certain" in text or "pl-possible" in text] == []


def test_file_for_the_road_is_whole_has_no_conflict_and_only_what_its_reader_may_see(
    location: str, coordinator: TestClient, reader: TestClient
) -> None:
    with site_of(location) as stranger:
        answers = {
            name: client.get("/en/road")
            for name, client in (("coordinator", coordinator), ("reader", reader), ("public", stranger))
        }

    found = {name: set(re.findall(r'<article [^>]*id="([\w-]+)"', answer.text)) for name, answer in answers.items()}
    assert (
        found["public"] < found["reader"] < found["coordinator"]
        or found["public"] < found["reader"] == found["coordinator"]
    )
    for answer in answers.values():
        Page(answer.text)
        assert re.match(r'attachment; filename="year-2020\.en\.html"', answer.headers["content-disposition"])
        markup = re.sub(r"<style>.*?</style>", "", answer.text, flags=re.DOTALL)
        assert "pl-certain" not in markup and not re.search(r'(?:src|href)="(?!#)', markup)
