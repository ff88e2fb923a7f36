import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from planner import sample
from planner.domain.change import Key
from planner.domain.event import Attendance, Event, Status
from planner.domain.person import PersonRole
from planner.services.proposal import Author, Proposal, apply
from planner.services.releasing import propose_release
from planner.store import Snapshot, open_database
from planner.web import clashing
from tests.web.sites import NOW, sample_database, signed_in
from tests.web.test_looking import Page

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def location(tmp_path: Path) -> str:
    return sample_database(tmp_path, sample.LIST_AS_PLANNED)


@pytest.fixture
def coordinator(location: str) -> Iterator[TestClient]:
    with signed_in(location, "A coordinator", PersonRole.COORDINATOR) as client:
        yield client


def hidden(text: str, marked: str) -> dict[str, list[str]]:
    """The hidden values of the form that has that button."""
    form = next(each for each in re.findall(r"<form.*?</form>", text, re.DOTALL) if f">{marked}</button>" in each)
    values: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(form):
        values.setdefault(name, []).append(html.unescape(value))
    return values


def csrf(client: TestClient) -> str:
    return hidden(client.get("/en/event/EX-2020-UB/move").text, "Preview")["csrf"][0]


def saved(client: TestClient, path: str, **values: object) -> str:
    """Previews, saves what was shown, and gives the preview."""
    preview = client.post(path, data={"csrf": csrf(client), **values})
    assert preview.status_code == 200, preview.text
    Page(preview.text)
    answer = client.post(path, data=hidden(preview.text, "Save"), follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return preview.text


def event(location: str, ref: str) -> Event:
    database = open_database(location, writes=False)
    try:
        with database.snapshot() as snapshot:
            return next(each for each in snapshot.events("CSTO-2020") if each.ref == ref)
    finally:
        database.close()


def test_move_shows_before_and_after_takes_phases_along_and_is_undone(coordinator: TestClient, location: str) -> None:
    before = event(location, "EX-2020-UB-P1")

    preview = saved(coordinator, "/en/event/EX-2020-UB/move", when="19–23 October 2020", along="phases", reason="host")

    assert "12–16 Oct 2020 → 19–23 Oct 2020" in preview
    assert "EX-2020-UB-P1" in preview
    assert event(location, "EX-2020-UB-P1").when != before.when
    database = open_database(location, writes=False)
    with database.snapshot() as snapshot:
        last = snapshot.history(Key("event", "CSTO-2020", "EX-2020-UB"))[-1].revision
    database.close()
    assert (last.who, last.why) == ("A coordinator", "host")

    undone = coordinator.get(f"/en/undo/{last.number}")
    coordinator.post(f"/en/undo/{last.number}", data=hidden(undone.text, "Save"))
    assert event(location, "EX-2020-UB-P1") == before


@pytest.mark.parametrize("number", ["2", "9" * 30, "9" * 4400])
def test_address_alone_never_writes_however_long_its_number(
    coordinator: TestClient, location: str, number: str
) -> None:
    before = event(location, "EX-2020-UB")
    digest = hidden(coordinator.get("/en/undo/2").text, "Save")["digest"][0]

    answer = coordinator.get(f"/en/undo/{number}?save=1&digest={digest}", follow_redirects=False)

    assert answer.status_code == (200 if number == "2" else 404)
    assert event(location, "EX-2020-UB") == before


@pytest.mark.parametrize(
    "asked", ["conflicts?page=", "changes?page=", "changes?since=", "changes?since=R", "year?as_of="]
)
def test_number_that_is_too_long_to_be_one_is_answered_like_any_other(coordinator: TestClient, asked: str) -> None:
    assert coordinator.get(f"/en/{asked}{'9' * 4400}").status_code in {404, 422}


def test_save_of_what_would_now_do_something_else_is_refused_and_shown_again(
    coordinator: TestClient, location: str
) -> None:
    path = "/en/event/V75-04/move"
    preview = coordinator.post(path, data={"csrf": csrf(coordinator), "when": "20 April 2020"}).text
    saved(coordinator, path, when="22 April 2020")

    answer = coordinator.post(path, data=hidden(preview, "Save"))

    assert answer.status_code == 409
    assert "Somebody changed the plan meanwhile" in answer.text
    assert event(location, "V75-04").when.windows[0].first.day == 22


def test_bad_date_is_told_in_the_form_and_nothing_is_lost(coordinator: TestClient) -> None:
    answer = coordinator.post(
        "/en/event/EX-2020-UB/move", data={"csrf": csrf(coordinator), "when": "31 April 2020", "reason": "typed wrong"}
    )

    assert answer.status_code == 422
    assert "April" in answer.text
    assert 'value="31 April 2020"' in answer.text
    assert 'value="typed wrong"' in answer.text


def test_several_events_are_set_to_video_in_one_edit_and_back_with_one_undo(
    coordinator: TestClient, location: str
) -> None:
    refs = ["PC-2020-05", "PC-2020-06", "PC-2020-07"]
    before = [event(location, ref) for ref in refs]

    saved(coordinator, "/en/several", refs=refs, mode="video")

    assert {event(location, ref).mode for ref in refs} == {Attendance.VIDEO}
    undone = coordinator.get("/en/undo/3")
    coordinator.post("/en/undo/3", data=hidden(undone.text, "Save"))
    assert [event(location, ref) for ref in refs] == before


def test_several_events_shifted_together_move_each_phase_once(coordinator: TestClient, location: str) -> None:
    first = event(location, "EX-2020-UB-P1").when.windows[0].first

    saved(coordinator, "/en/several", refs=["EX-2020-UB", "EX-2020-UB-P1"], shift="7")

    assert (event(location, "EX-2020-UB-P1").when.windows[0].first - first).days == 7


def test_reply_that_somebody_records_meanwhile_is_not_taken_back_by_a_form_shown_before(
    coordinator: TestClient, location: str
) -> None:
    path = "/en/event/V75-01/reply"
    mine = hidden(coordinator.get(path).text, "Preview")
    saved(coordinator, path, answer_BY="coming", note_BY="theirs")

    stale = {"answer_BY": "awaited", "note_BY": "", "answer_RU": "awaited", "note_RU": ""}
    saved(coordinator, path, **{**mine, **stale, "answer_AM": "not coming", "note_AM": ""})

    database = open_database(location, writes=False)
    with database.snapshot() as snapshot:
        replies = {(each.party, each.answer.value, each.note) for each in snapshot.register("CSTO-2020").replies}
    database.close()
    assert replies == {("BY", "coming", "theirs"), ("AM", "not coming", "")}


def test_stale_edit_shows_both_versions_and_saves_the_chosen(coordinator: TestClient, location: str) -> None:
    path = "/en/event/EX-2020-UB/edit"
    mine = hidden(coordinator.get(path).text, "Preview")
    saved(coordinator, path, responsible="Their ministry", people="700")

    sent = {**mine, "responsible": "My ministry", "remarks_en": "only mine"}
    clash = coordinator.post(path, data=sent)
    assert clash.status_code == 409
    assert "Their ministry" in clash.text
    assert "My ministry" in clash.text
    chosen = hidden(clash.text, "Preview") | {"choose_responsible": ["mine"]}
    preview = coordinator.post(path, data=chosen)
    coordinator.post(path, data=hidden(preview.text, "Save"))

    now = event(location, "EX-2020-UB")
    assert (now.responsible, now.people, dict(now.remarks)["en"]) == ("My ministry", 700, "only mine")


@pytest.mark.parametrize(
    ("deed", "values", "status"),
    [
        ("postpone", {}, Status.POSTPONED),
        ("cancel", {}, Status.CANCELLED),
        ("confirm", {}, Status.CONFIRMED),
        ("settle", {"outcome": "held"}, Status.HELD),
    ],
)
def test_deed_on_an_event_gives_it_that_status(
    coordinator: TestClient, location: str, deed: str, values: dict[str, str], status: Status
) -> None:
    saved(coordinator, f"/ru/event/PC-2020-05/{deed}".replace("/ru/", "/en/"), **values)

    assert event(location, "PC-2020-05").status is status


def test_new_event_gets_a_reference_and_is_saved(coordinator: TestClient, location: str) -> None:
    saved(
        coordinator,
        "/en/add",
        kind="permanent_council",
        title_en="An extra meeting",
        date_text="8 December 2020",
        body="PC",
        participants="all",
    )

    assert event(location, "PC-2020-08").titles[0] == ("en", "An extra meeting")


def test_finding_is_accepted_with_a_reason_and_no_longer_counted(coordinator: TestClient) -> None:
    page = coordinator.get("/en/conflicts").text
    handle = re.findall(r'<article class="card finding finding-certain" id="([0-9A-Z]{4})"', page)[0]
    path = f"/en/conflicts/{handle}/accept"

    refused = coordinator.post(path, data={"csrf": csrf(coordinator)})
    saved(coordinator, path, reason="a deputy attends", until="2030-01-01")

    assert refused.status_code == 422
    assert "a deputy attends" in coordinator.get("/en/conflicts").text


def test_conflicts_say_what_is_new_and_gone_since_the_last_release(coordinator: TestClient, location: str) -> None:
    assert "Since the last release" not in coordinator.get("/en/conflicts").text
    release(location)
    saved(coordinator, "/en/event/EX-2020-UB/move", when="19–23 October 2020")

    page = coordinator.get("/en/conflicts").text

    new, gone = re.findall(r"<strong>R1</strong> (\d+) new.*?, (\d+) gone since revision 2</p>", page)[0]
    assert page.count('<span class="tag tag-moved">new</span>') == int(new) > 0
    assert page.count('<li class="good">') == int(gone) > 0


def test_link_is_taken_away_on_the_page_of_its_event(coordinator: TestClient, location: str) -> None:
    path = "/en/event/EX-2020-UB-P1/link/1"
    preview = coordinator.get(path).text

    answer = coordinator.post(path, data=hidden(preview, "Save"), follow_redirects=False)

    assert answer.status_code == 303
    assert event(location, "EX-2020-UB-P1").links == ()
    assert coordinator.get(path).status_code == 404


def test_conflicts_stand_on_pages_of_so_many_each_finding_on_one_of_them(
    coordinator: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def handles(page: str) -> list[str]:
        return re.findall(r'<article class="card finding [^"]*" id="(\w+)"', coordinator.get(page).text)

    every = handles("/en/conflicts")
    monkeypatch.setattr(clashing, "AT_ONCE", 5)

    pages = [handles(f"/ru/conflicts?page={number}") for number in (1, 2, 3)]

    assert [handle for page in pages for handle in page] == every
    assert [len(page) for page in pages] == [5, 5, len(every) - 10]
    assert 'rel="next" href="/en/conflicts?page=2"' in coordinator.get("/en/conflicts").text
    assert {coordinator.get(f"/en/conflicts?page={page}").status_code for page in ("0", "4", "x", "²")} == {404}


def test_plan_too_long_to_try_other_days_says_where_they_are_tried(
    coordinator: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clashing, "MOST_EVENTS", 10)

    answer = coordinator.get("/en/event/EX-2020-UB/dates")

    assert (answer.status_code, "planner suggest tries them" in answer.text) == (200, True)


def test_reader_can_neither_see_conflicts_nor_change_anything(location: str) -> None:
    with signed_in(location, "A reader", PersonRole.READER) as reader:
        pages = ["/en/conflicts", "/en/event/EX-2020-UB/dates"]
        forms = ["/en/event/EX-2020-UB/move", "/en/event/EX-2020-UB/edit", "/en/several", "/en/add", "/en/undo/2"]

        assert {reader.get(path).status_code for path in pages} == {404}
        assert {reader.get(path).status_code for path in forms} == {403}
        assert {reader.post(path, data={"csrf": "x"}).status_code for path in forms} == {403}


def test_pages_of_deeds_are_well_formed_in_both_languages(coordinator: TestClient) -> None:
    for language in ("en", "ru"):
        for path in ("conflicts", "add", "several?refs=PC-2020-05", "event/EX-2020-UB/edit", "event/EX-2020-UB/link"):
            answer = coordinator.get(f"/{language}/{path}")
            assert answer.status_code == 200
            Page(answer.text)


def test_event_moved_since_the_release_carries_a_dot_until_the_next_one(coordinator: TestClient, location: str) -> None:
    release(location)
    assert "pl-moved" not in coordinator.get("/en/year").text

    saved(coordinator, "/en/event/EX-2020-UB/move", when="19–23 October 2020", along="none")

    year, listed = coordinator.get("/en/year").text, coordinator.get("/en/list").text
    assert year.count('class="pl-moved"') == 1
    assert re.search(r"<title>[^<]*19–23 Oct 2020[^<]*moved since the release</title>", year)
    assert listed.count("tag-moved") == 1
    release(location)
    assert "pl-moved" not in coordinator.get("/en/year").text


def release(location: str) -> None:
    database = open_database(location, writes=True)

    def propose(snapshot: Snapshot) -> Proposal:
        return propose_release(snapshot, "CSTO-2020", "told", NOW.date())

    with database.snapshot() as snapshot:
        proposal = propose(snapshot)
    assert apply(database, propose, proposal, Author("a test", "", NOW)) is not None
    database.close()
