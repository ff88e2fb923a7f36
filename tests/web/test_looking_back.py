"""Looking back on pages, the changes page, and who was told."""

import re
from pathlib import Path

from planner.domain.person import PersonRole
from planner.services.comparing import compared
from planner.store import open_database
from planner.web.changing import AT_ONCE
from tests.web.sites import sample_database, signed_in


def test_coordinator_looks_back_and_changes_nothing(tmp_path: Path) -> None:
    location = sample_database(tmp_path)
    with signed_in(location, "A coordinator", PersonRole.COORDINATOR) as client:
        then = client.get("/en/event/EX-2020-UB?as_of=2")
        before = client.get("/en/year?as_of=1")
        lost, wrong = client.get("/en/year?as_of=99"), client.get("/en/year?as_of=then")
        write = client.get("/en/event/EX-2020-UB/move?as_of=2")

    assert then.status_code == 200
    assert "this is what the plan said at revision 1." in before.text
    assert "Told" in then.text
    assert "released: not yet" in then.text
    assert (lost.status_code, wrong.status_code, write.status_code) == (404, 422, 403)


def test_reader_does_not_look_back(tmp_path: Path) -> None:
    with signed_in(sample_database(tmp_path), "A reader", PersonRole.READER) as client:
        assert client.get("/en/year?as_of=1").status_code == 404
        assert client.get("/en/changes").status_code == 404
        assert "released: " not in client.get("/en/event/EX-2020-UB").text


def test_changes_page_says_what_the_command_says(tmp_path: Path) -> None:
    location = sample_database(tmp_path)
    database = open_database(location, writes=False)
    with database.snapshot() as snapshot:
        count = len(compared(snapshot, "CSTO-2020", 1, "BY").turned)
    database.close()
    with signed_in(location, "A coordinator", PersonRole.COORDINATOR) as client:
        page = client.get("/en/changes?since=1&for=BY").text

    assert f"{count} events changed (new: {count})" in page


def test_changes_stand_some_at_a_time_and_each_once(tmp_path: Path) -> None:
    with signed_in(sample_database(tmp_path), "A coordinator", PersonRole.COORDINATOR) as client:
        pages = [client.get(f"/en/changes?since=1&page={number}") for number in (1, 2, 3)]

    assert [page.status_code for page in pages] == [200, 200, 404]
    one, other = (re.findall(r'<li><a href="/en/event/([^"]+)">', page.text) for page in pages[:2])
    assert len(one) == AT_ONCE
    assert len({*one, *other}) == len(one) + len(other) == 71
    assert 'rel="next" href="/en/changes?since=1&amp;page=2"' in pages[0].text
