import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from planner.domain.change import Change
from planner.domain.feed import Approximate, Feed, FeedLanguage, Follows, Level
from planner.domain.person import PersonRole
from planner.services import people
from planner.services.entries import uid_of
from planner.services.feeds import Asked, propose_edit
from planner.services.looking import Filters, narrowed
from planner.services.proposal import Author, Proposal, apply
from planner.services.showing import visible
from planner.store import Snapshot, open_database
from tests.web.sites import sample_database, signed_in, site_of
from tests.web.test_looking import Page

ADDRESS = re.compile(r'<code class="all">https?://[^/]+(/f/([^/]+)/([^/<]+)\.ics)</code>')
PHONE = {"calendar": "all.en", "device": "my phone", "language": "en", "approximate": "marker"}


@pytest.fixture
def location(tmp_path: Path) -> str:
    return sample_database(tmp_path)


@pytest.fixture
def reader(location: str) -> Iterator[TestClient]:
    with signed_in(location, "A reader", PersonRole.READER) as client:
        yield client


@pytest.fixture
def coordinator(location: str) -> Iterator[TestClient]:
    with signed_in(location, "A coordinator", PersonRole.COORDINATOR) as client:
        yield client


def csrf(client: TestClient) -> str:
    text = client.get("/en/subscribe?calendar=all.en").text
    return re.findall(r'name="csrf" value="([^"]+)"', text)[0]


def made(client: TestClient, **values: object) -> tuple[str, str, str]:
    """Makes an address: its path, its token, and the name of its feed."""
    answer = client.post("/en/subscribe", data={"csrf": csrf(client), **values})
    assert answer.status_code == 200, answer.text
    Page(answer.text)
    found = ADDRESS.search(answer.text)
    assert found is not None
    return found[1], found[2], found[3]


def titles(client: TestClient, path: str) -> set[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    return {str(each["SUMMARY"]) for each in Calendar.from_ical(answer.text).walk("VEVENT")}


def exercises_with_belarus(location: str) -> set[str]:
    """UIDs of what the list page shows of them."""
    database = open_database(location, writes=False)
    try:
        with database.snapshot() as snapshot:
            register = snapshot.register("CSTO-2020")
            events = visible(snapshot, register, Level.MEMBER)
    finally:
        database.close()
    fitting = narrowed(events, register, Filters(families=("exercise",), parties=("BY",)))
    return {uid_of(event, window) for event in fitting for window in event.when.windows}


def feed(location: str, name: str) -> Any:
    database = open_database(location, writes=False)
    try:
        with database.snapshot() as snapshot:
            return next((each for each in snapshot.feeds("CSTO-2020") if each.name == name), None)
    finally:
        database.close()


@pytest.mark.parametrize("path", ["/en/subscribe", "/ru/subscribe?calendar=all.ru", "/en/subscribe?own=1&state=BY"])
def test_subscribe_page_is_well_formed_and_asks_nobody_else(reader: TestClient, path: str) -> None:
    answer = reader.get(path)

    page = Page(answer.text)
    assert answer.status_code == 200
    assert f'<html lang="{path[1:3]}">' in answer.text
    assert [each for each in page.asks if not each.startswith(("/", "#", "?", "data:,"))] == []


def test_calendar_of_releases_and_that_of_the_plan_are_each_offered_by_their_own_count(
    reader: TestClient, location: str
) -> None:
    database = open_database(location, writes=True)
    with database.transaction(who="A", why="", means="edit", now=datetime.now(UTC)) as transaction:
        # By name before all.en, which shows the same of the plan; nothing is released yet.
        transaction.apply([Change(None, Feed("CSTO-2020", "a.en", follows=Follows.RELEASE))])
    database.close()

    offered = re.findall(r'href="/en/subscribe\?calendar=(a|all)\.en#', reader.get("/en/subscribe").text)

    assert offered == ["all"]


def test_reader_makes_a_calendar_of_belarus_and_exercises_and_its_feed_shows_just_those(
    reader: TestClient, location: str
) -> None:
    path, _, name = made(reader, state="BY", family="exercise", device="Outlook, office", language="ru")

    kept = feed(location, name)
    found = {str(each["UID"]) for each in Calendar.from_ical(reader.get(path).text).walk("VEVENT")}
    expected = exercises_with_belarus(location)
    assert found == expected
    assert len(expected) > 3
    assert (kept.owner, kept.level, kept.language) == ("A reader", Level.MEMBER, FeedLanguage.RU)


def test_address_is_shown_once_and_its_token_is_nowhere_in_the_database(
    reader: TestClient, location: str, tmp_path: Path
) -> None:
    path, token, name = made(reader, **PHONE)

    later = reader.get("/en/subscribe").text
    stored = b"".join(each.read_bytes() for each in tmp_path.glob("plan.db*"))
    assert (later.count(token), stored.count(token.encode())) == (0, 0)
    assert name not in path.replace(f"/{name}.ics", "")
    assert "my phone" in later
    assert len(titles(reader, path)) > 40


def test_loading_the_page_of_a_new_address_again_makes_no_second_and_shows_it_no_more(
    reader: TestClient, coordinator: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    sent = reader.post("/en/subscribe", data={"csrf": csrf(reader), **PHONE}, follow_redirects=False)
    page = sent.headers["location"]
    cookie = sent.headers["set-cookie"]
    token = cookie.partition("=")[2].partition(".")[0]

    coordinator.cookies.set(cookie.partition("=")[0], f"{token}.{'0' * 64}")
    by_another = coordinator.get(page)
    first, again = reader.get(page), reader.get(page)

    assert (sent.status_code, token in page, by_another.status_code) == (303, False, 404)
    assert all(word in cookie for word in ("HttpOnly", "Max-Age=60", "Path=/en/subscribe", "SameSite=strict"))
    assert [token in each.text for each in (first, again)] == [True, False]
    assert token not in caplog.text
    assert "was shown once" in again.text
    assert again.text.count("my phone</strong>") == 1


def test_address_brought_in_by_another_is_not_shown_as_ones_own(reader: TestClient) -> None:
    made(reader, **PHONE)
    reader.cookies.set("planner_once_1", f"{'x' * 43}.{'0' * 64}")

    page = reader.get("/en/subscribe?made=1")

    assert (page.status_code, "x" * 43 in page.text) == (200, False)


def test_code_leads_to_a_page_that_opens_the_calendar_and_closes_with_the_address(reader: TestClient) -> None:
    path, token, name = made(reader, **PHONE)

    page = reader.get(f"/s/{token}/{name}")
    Page(page.text)
    assert f'href="webcal://127.0.0.1:8020{path}"' in page.text
    assert [reader.get(each).status_code for each in (f"/s/{token}/other", f"/s/{'x' * 43}/{name}")] == [404, 404]
    reader.post("/en/subscribe/revoke", data={"csrf": csrf(reader), "number": 1})
    assert reader.get(f"/s/{token}/{name}").status_code == 404


def test_options_change_behind_the_same_address(reader: TestClient, location: str) -> None:
    path, _, name = made(reader, **PHONE)
    before = titles(reader, path)

    answer = reader.post(
        "/en/subscribe/options",
        data={"csrf": csrf(reader), "number": 1, "language": "ru", "approximate": "leave"},
        follow_redirects=False,
    )

    after = titles(reader, path)
    kept = feed(location, name)
    assert answer.status_code == 303
    assert (kept.language, kept.policy.approximate) == (FeedLanguage.RU, Approximate.LEAVE)
    assert before.isdisjoint(after)
    assert 0 < len(after) < len(before)


def test_replacing_shows_a_new_address_and_the_old_one_says_so(reader: TestClient) -> None:
    path, _, _ = made(reader, **PHONE)

    answer = reader.post("/en/subscribe/replace", data={"csrf": csrf(reader), "number": 1})

    found = ADDRESS.search(answer.text)
    assert found is not None
    assert [reader.get(each).status_code for each in (path, found[1])] == [410, 200]


def test_revoking_closes_the_address_and_takes_its_own_calendar_away(reader: TestClient, location: str) -> None:
    path, _, name = made(reader, **PHONE)

    answer = reader.post("/en/subscribe/revoke", data={"csrf": csrf(reader), "number": 1})

    assert "Revoked." in answer.text
    assert reader.get(path).status_code == 404
    assert feed(location, name) is None


def test_address_of_another_is_not_to_be_touched_nor_seen(reader: TestClient, coordinator: TestClient) -> None:
    path, _, name = made(reader, **PHONE)

    token = csrf(coordinator)
    tried = [
        coordinator.post(f"/en/subscribe/{deed}", data={"csrf": token, "number": 1}).status_code
        for deed in ("revoke", "replace", "options")
    ]

    assert tried == [404, 404, 404]
    assert "my phone" not in coordinator.get("/en/subscribe").text
    assert coordinator.get(f"/en/subscribe?calendar={name}").status_code == 404
    assert reader.get(path).status_code == 200


def test_calendar_shows_no_more_than_its_holder_may_see(
    reader: TestClient, coordinator: TestClient, location: str
) -> None:
    names = [made(each, own="1", drafts="1", device="desk")[2] for each in (reader, coordinator)]

    levels = [feed(location, name).level for name in names]
    assert levels == [Level.MEMBER, Level.FULL]


def test_anybody_is_offered_public_calendars_only_with_their_address_and_no_secret(location: str) -> None:
    with site_of(location) as anybody:
        page = anybody.get("/en/subscribe?calendar=public.en")
        hidden = anybody.get("/en/subscribe?calendar=all.en")
        sent = anybody.post("/en/subscribe", data=PHONE)
        phone = anybody.get("/s/public/public.en?programme=CSTO-2020")
        secret = anybody.get("/s/public/all.en?programme=CSTO-2020")

    Page(page.text)
    Page(phone.text)
    assert "/public/CSTO-2020/public.en.ics" in page.text
    assert "calendar=all.en" not in page.text
    assert "Or make your own" not in page.text
    assert [each.status_code for each in (hidden, sent, phone, secret)] == [404, 403, 200, 404]


@pytest.mark.parametrize("deed", ["", "/replace", "/revoke", "/options"])
def test_form_without_its_token_is_refused(reader: TestClient, deed: str) -> None:
    answer = reader.post(f"/en/subscribe{deed}", data={**PHONE, "number": 1, "csrf": "0" * 64})

    assert answer.status_code == 403


def test_device_without_a_name_is_said_beside_the_form(reader: TestClient) -> None:
    answer = reader.post("/en/subscribe", data={"csrf": csrf(reader), **PHONE, "device": " "})

    assert answer.status_code == 422
    assert "names no device" in html.unescape(answer.text)


def test_own_calendar_follows_the_one_it_was_chosen_from(reader: TestClient, location: str) -> None:
    path, _, _ = made(reader, **PHONE)
    database = open_database(location, writes=True)

    def propose(snapshot: Snapshot) -> Proposal:
        return propose_edit(snapshot, "CSTO-2020", "all.en", Asked((("families", ("exercise",)),)))

    before = titles(reader, path)
    with database.snapshot() as snapshot:
        proposal = propose(snapshot)
    apply(database, propose, proposal, Author("a test", "", datetime.now(UTC)))
    database.close()

    after = titles(reader, path)
    assert 0 < len(after) < len(before)


def test_leaving_closes_the_addresses_of_all_devices(reader: TestClient, location: str) -> None:
    path, _, _ = made(reader, **PHONE)
    database = open_database(location, writes=True)
    gone = people.leave(database, "A reader", datetime.now(UTC))
    database.close()

    assert [each.holder for each in gone.addresses] == ["A reader, my phone"]
    assert reader.get(path).status_code == 404
