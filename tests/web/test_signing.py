import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from planner.domain.person import LINK_LIVES, PersonRole
from planner.services import people
from planner.settings import Settings
from planner.store import open_database
from planner.web.application import application
from planner.web.signing import TRIES
from planner.web.visiting import COOKIE
from tests.web.sites import invite, sample_database, site_of

NOW = datetime(2020, 4, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    return sample_database(tmp_path_factory.mktemp("signing"))


@pytest.fixture
def site(location: str) -> Iterator[TestClient]:
    with site_of(location) as client:
        yield client


def test_link_opened_by_a_mail_scanner_still_signs_the_person_in_and_only_once(site: TestClient, location: str) -> None:
    token = invite(location, "Scanned", PersonRole.READER)

    looked = [site.get(f"/in/{token}").status_code for _ in range(3)]
    first = site.post(f"/in/{token}", follow_redirects=False)
    site.cookies.clear()
    again = site.post(f"/in/{token}", follow_redirects=False)

    assert looked == [200, 200, 200]
    assert (first.status_code, again.status_code) == (303, 404)
    assert COOKIE not in again.cookies


def test_session_cookie_is_for_this_site_only_and_new_at_each_sign_in(site: TestClient, location: str) -> None:
    chosen = "chosen-by-somebody-else"
    site.cookies.set(COOKIE, chosen)

    answer = site.post(f"/in/{invite(location, 'Fixed', PersonRole.READER)}", follow_redirects=False)

    said = answer.headers["set-cookie"]
    assert "HttpOnly" in said
    assert "SameSite=lax" in said
    assert chosen not in said
    assert answer.headers["location"] == "/en/year"


def test_session_cookie_is_secure_behind_tls(location: str) -> None:
    with site_of(location, url="https://plan.example.org") as site:
        answer = site.post(f"/in/{invite(location, 'Secure', PersonRole.READER)}", follow_redirects=False)

    assert "Secure" in answer.headers["set-cookie"]


def test_link_that_has_run_out_says_so_and_signs_nobody_in(site: TestClient, location: str) -> None:
    with_database = open_database(location, writes=True)
    long_ago = datetime.now(UTC) - LINK_LIVES - timedelta(minutes=1)
    token = people.add(with_database, "Late", PersonRole.READER, long_ago, "test").token
    with_database.close()

    answer = site.post(f"/in/{token}", headers={"accept-language": "ru"})

    assert answer.status_code == 404
    assert "больше не действует" in answer.text


def test_sign_in_after_many_wrong_links_is_refused_for_a_while(site: TestClient) -> None:
    answers = [site.post(f"/in/wrong{number}").status_code for number in range(TRIES + 2)]

    assert answers == [404] * TRIES + [429, 429]


def test_form_without_the_token_of_the_session_is_refused(site: TestClient, location: str) -> None:
    site.post(f"/in/{invite(location, 'Forged', PersonRole.READER)}")

    forged = site.post("/en/me/end", data={"csrf": "0" * 64}, follow_redirects=False)
    page = site.get("/en/me").text
    token = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert token is not None
    honest = site.post("/en/me/end", data={"csrf": token[1]}, follow_redirects=False)

    assert (forged.status_code, honest.status_code) == (403, 303)
    assert "Forged" not in site.get("/en/year").text


def test_person_who_leaves_is_signed_out_everywhere(site: TestClient, location: str) -> None:
    site.post(f"/in/{invite(location, 'Leaver', PersonRole.COORDINATOR)}")
    assert "Leaver" in site.get("/en/year").text

    database = open_database(location, writes=True)
    departure = people.leave(database, "leaver", datetime.now(UTC))
    database.close()

    assert departure.sessions == 1
    assert "Leaver" not in site.get("/en/year").text


def test_token_is_kept_nowhere_but_in_the_cookie(site: TestClient, location: str) -> None:
    link = invite(location, "Kept", PersonRole.READER)
    site.post(f"/in/{link}")
    session = site.cookies[COOKIE]
    pages = [site.get(path).text for path in ("/en/year", "/en/me", "/en/nothing")]

    stored = b"".join(each.read_bytes() for each in Path(location).parent.iterdir())

    for token in (link, session):
        assert token.encode() not in stored
        assert all(token not in page for page in pages)


def test_before_anybody_is_let_in_only_this_machine_sees_the_plan(tmp_path: Path) -> None:
    location = sample_database(tmp_path)
    app = application(Settings(location))

    with TestClient(app, client=("127.0.0.1", 5000)) as here, TestClient(app, client=("192.0.2.7", 5000)) as there:
        assert "planner people add" in here.get("/en/year").text
        assert "Deployment of contingents" in here.get("/en/list").text
        assert "Deployment of contingents" not in there.get("/en/list").text
