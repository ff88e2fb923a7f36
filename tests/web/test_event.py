"""The page of an event: what it says to whom, and what coordinators keep beside it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest
from starlette.testclient import TestClient

from planner.domain.change import Change
from planner.domain.entries import PublicShows
from planner.domain.person import PersonRole
from planner.services.proposal import Author, apply
from planner.services.releasing import propose_release
from planner.store import check, open_database
from tests.web.sites import sample_database, signed_in, site_of
from tests.web.test_looking import Page

EVENT = "/en/event/V75-01"
SECRETS = {"note": "The minister hesitates", "contact": "Xenia Zzyzx", "reply": "elections at home"}
SENT = {
    "note": {"text": SECRETS["note"]},
    "paper": {"title": "Draft agenda", "address": "https://files.example.org/agenda.pdf"},
    "contact": {"party": "BY", "name": SECRETS["contact"], "email": "zzyzx@example.org"},
    "reply": {"answer_BY": "not coming", "note_BY": SECRETS["reply"], "answer_AM": "coming", "answer_RU": "awaited"},
}


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    return sample_database(tmp_path_factory.mktemp("event"))


@pytest.fixture(scope="module")
def coordinator(location: str) -> Iterator[TestClient]:
    """A coordinator who has kept one of each beside the event, by the forms."""
    with signed_in(location, "A coordinator", PersonRole.COORDINATOR) as client:
        for what, values in SENT.items():
            save(client, f"{EVENT}/{what}", values)
        yield client


@pytest.fixture(scope="module")
def reader(location: str, coordinator: TestClient) -> Iterator[TestClient]:
    with signed_in(location, "A reader", PersonRole.READER) as client:
        yield client


@pytest.fixture(scope="module")
def stranger(location: str, coordinator: TestClient) -> Iterator[TestClient]:
    with site_of(location) as client:
        yield client


def hidden(text: str, name: str) -> str:
    return str(re.findall(rf'name="{name}" value="([^"]*)"', text)[0])


def save(client: TestClient, path: str, values: dict[str, str]) -> None:
    """Fills the form in, looks at its preview, and saves that."""
    csrf = hidden(client.get(path).text, "csrf")
    shown = client.post(path, data={**values, "csrf": csrf})
    assert shown.status_code == 200, shown.text
    carried = {name: hidden(shown.text, name) for name in ("salt",) if f'name="{name}"' in shown.text}
    sent = {**values, **carried, "csrf": csrf, "digest": hidden(shown.text, "digest"), "save": "1"}
    assert client.post(path, data=sent, follow_redirects=False).status_code == 303


@pytest.mark.parametrize("path", [EVENT, EVENT.replace("en", "ru", 1)])
def test_coordinator_sees_everything_that_was_kept_on_a_well_formed_page(coordinator: TestClient, path: str) -> None:
    text = coordinator.get(path).text

    Page(text)
    assert [each for each in (*SECRETS.values(), "Draft agenda") if each not in text] == []
    assert "A coordinator" in text


@pytest.mark.parametrize(
    "path", ["/en/event/V75-01", "/ru/event/V75-01", "/en/year", "/ru/list", "/en/event/V75-01/calendar.ics"]
)
def test_what_is_internal_reaches_neither_readers_nor_the_public(
    reader: TestClient, stranger: TestClient, path: str
) -> None:
    for client in (reader, stranger):
        answer = client.get(path)
        assert answer.status_code == 200
        assert [each for each in (*SECRETS.values(), "zzyzx@") if each in answer.text] == []
        assert not re.search(r"not coming|не участвует", answer.text)


def test_papers_are_for_those_who_are_signed_in(reader: TestClient, stranger: TestClient) -> None:
    assert 'href="https://files.example.org/agenda.pdf"' in reader.get(EVENT).text
    assert "agenda" not in stranger.get(EVENT).text


@pytest.mark.parametrize("what", [*SENT, "note/1", "paper/1", "contact/BY/1", "contact/BY/1/edit"])
def test_forms_of_what_is_kept_are_for_coordinators(reader: TestClient, stranger: TestClient, what: str) -> None:
    assert reader.get(f"{EVENT}/{what}").status_code == 403
    assert stranger.get(f"{EVENT}/{what}").status_code == 403


@pytest.mark.parametrize(("client", "says"), [("stranger", False), ("reader", False), ("coordinator", True)])
def test_source_and_audience_are_said_to_coordinators_alone(
    request: pytest.FixtureRequest, client: str, says: bool
) -> None:
    text = request.getfixturevalue(client).get(EVENT).text

    assert ("programme_2020.csv" in text) == says
    assert ("<dt>seen by</dt>" in text) == says


def test_event_is_one_sentence_in_both_languages_and_approval_stands_apart(stranger: TestClient) -> None:
    text = stranger.get(EVENT).text

    assert len(re.findall(r'<p class="copy" lang="(?:en|ru)"', text)) == 2
    assert "<dt>Approval</dt><dd>approved" in text
    assert re.search(r"<dt>Day</dt><dd>(not )?confirmed by the host", text)


def test_event_alone_is_a_calendar_of_one_entry(stranger: TestClient) -> None:
    answer = stranger.get(f"{EVENT}/calendar.ics")

    calendar = icalendar.Calendar.from_ical(answer.content)
    assert answer.headers["content-disposition"] == 'attachment; filename="V75-01.ics"'
    assert [str(entry["UID"]).startswith("V75-01") for entry in calendar.walk("VEVENT")] == [True]


def test_times_are_shown_by_the_clocks_of_the_zone_chosen_and_it_is_remembered(coordinator: TestClient) -> None:
    timed = next(
        ref
        for ref in re.findall(r'href="/en/event/([\w-]+)"', coordinator.get("/en/list").text)
        if 'id="zone"' in coordinator.get(f"/en/event/{ref}").text
    )
    save(coordinator, f"/en/event/{timed}/move", {"when": "8 October 2020, 10:00–12:00"})

    chosen = coordinator.get(f"/en/event/{timed}?zone=Asia/Dushanbe")
    again = coordinator.get(f"/en/event/{timed}")

    assert "<dt>your clock</dt><dd><strong>8 Oct" in chosen.text and "Dushanbe</strong>" in chosen.text
    assert "planner_zone=" in chosen.headers["set-cookie"]
    assert "Dushanbe</strong>" in again.text
    assert "your clock" not in coordinator.get(f"/en/event/{timed}?zone=../../etc").text


def test_replies_of_several_parties_are_recorded_in_one_form_that_shows_them_again(coordinator: TestClient) -> None:
    form = coordinator.get(f"{EVENT}/reply").text

    chosen = re.findall(
        r'name="answer_(\w+)">\s*(?:<option value="[^"]*">[^<]*</option>\s*)*<option value="([^"]*)" s', form
    )
    assert {party: answer for party, answer in chosen if answer != "awaited"} == {"BY": "not coming", "AM": "coming"}
    assert f'name="note_BY" value="{SECRETS["reply"]}"' in form


def test_contact_corrected_and_erased_leaves_nothing_and_a_whole_log(location: str, coordinator: TestClient) -> None:
    path = f"{EVENT}/contact/RU/1"
    save(coordinator, f"{EVENT}/contact", {"party": "RU", "name": "Quentin Vexler", "phone": "100"})
    assert 'value="Quentin Vexler"' in coordinator.get(f"{path}/edit").text
    save(coordinator, f"{path}/edit", {"name": "Quentin Wexler", "phone": ""})
    assert "Quentin Wexler" in coordinator.get(EVENT).text

    shown = coordinator.get(path).text
    sent = {"csrf": hidden(shown, "csrf"), "digest": hidden(shown, "digest"), "save": "1"}
    assert coordinator.post(path, data=sent, follow_redirects=False).status_code == 303

    assert "Quentin" not in coordinator.get(EVENT).text
    assert b"Quentin" not in Path(location).read_bytes()
    assert "whole" in check(location, log=True)
    assert coordinator.get(f"{path}/edit").status_code == 404


def test_public_of_a_programme_that_shows_releases_sees_no_unreleased_event(tmp_path: Path) -> None:
    location = sample_database(tmp_path)
    database = open_database(location, writes=True)
    with database.snapshot() as snapshot:
        programme = snapshot.register("CSTO-2020").programme
    with database.transaction(who="A", why="", means="edit", now=datetime.now(UTC)) as transaction:
        transaction.apply([Change(programme, replace(programme, public_shows=PublicShows.RELEASE))])
    database.close()

    with site_of(location) as stranger:
        answers = [stranger.get(f"{EVENT}{tail}").status_code for tail in ("", "/calendar.ics")]
        listed = stranger.get("/en/list").text
    with signed_in(location, "A reader", PersonRole.READER) as reader:
        seen = [reader.get(f"{EVENT}{tail}").status_code for tail in ("", "/calendar.ics")]

    assert answers == [404, 404]
    assert "/en/event/" not in listed
    assert seen == [200, 200]


def test_links_are_told_in_the_language_of_the_page(coordinator: TestClient) -> None:
    text = coordinator.get("/ru/event/EX-2020-UB").text

    assert ">его часть</span>" in text
    assert "part of" not in re.sub(r"<option.*?</option>|<dl lang=\"en\">.*?</dl>", "", text, flags=re.DOTALL)


def test_public_of_a_programme_that_shows_releases_sees_an_event_as_it_was_released(tmp_path: Path) -> None:
    location = sample_database(tmp_path)
    database = open_database(location, writes=True)
    now = datetime.now(UTC)
    with database.snapshot() as snapshot:
        programme, event = snapshot.register("CSTO-2020").programme, snapshot.event("CSTO-2020", "V75-01")
    assert event is not None
    later = replace(programme, public_shows=PublicShows.RELEASE)
    renamed = replace(event, titles=(("en", "Renamed since"),), shorts=())
    with database.transaction(who="A", why="", means="edit", now=now) as transaction:
        transaction.apply([Change(programme, later)])
    with database.snapshot() as snapshot:
        release = propose_release(snapshot, "CSTO-2020", "", now.date())
    apply(database, lambda _: release, release, Author("A", "", now))
    with database.transaction(who="A", why="", means="edit", now=now) as transaction:
        transaction.apply([Change(event, renamed)])
    database.close()

    with site_of(location) as stranger:
        page, calendar = stranger.get(EVENT).text, stranger.get(f"{EVENT}/calendar.ics").text

    assert "Victory Parade" in page and "Renamed since" not in page
    assert "Renamed since" not in calendar
    assert calendar.count("BEGIN:VEVENT") == 1
