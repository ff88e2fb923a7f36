import csv
import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from planner import sample
from planner.domain.event import Event
from planner.domain.person import PersonRole
from planner.limits import USUAL
from planner.services.importing import ImportPlan
from planner.services.lists import Asked, File, propose_file
from planner.services.planning import load_plan, propose_edit
from planner.services.proposal import Author, Proposal, apply
from planner.store import Snapshot, open_database
from tests.web.sites import NOW, sample_database, signed_in, site_of
from tests.web.test_looking import Page

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
AMBIGUOUS = (
    "ref,title_en,kind,date_text,venue\nNEW-1,Drill,exercise,12/10/2020,\nNEW-2,Round table,conference,9 May 2020,\n"
)


@pytest.fixture
def location(tmp_path: Path) -> str:
    return sample_database(tmp_path)


@pytest.fixture
def coordinator(location: str) -> Iterator[TestClient]:
    with signed_in(location, "A coordinator", PersonRole.COORDINATOR) as client:
        yield client


def csrf(client: TestClient) -> str:
    return re.findall(r'name="csrf" value="([^"]+)"', client.get("/en/import").text)[0]


def sent(client: TestClient, content: str | bytes, name: str = "list.csv", language: str = "en", **said: str) -> str:
    """The preview of that file."""
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(f"/{language}/import", data={"csrf": csrf(client), **said}, files={"file": (name, data)})
    assert answer.status_code == 200, answer.text
    Page(answer.text)
    return answer.text


def carried(text: str) -> dict[str, str]:
    """What a preview's form sends back unseen."""
    return {name: html.unescape(value) for name, value in HIDDEN.findall(text)}


def as_text(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def changed_sample(**cells: str) -> str:
    """The sample's list with these cells of its first event that is to come changed."""
    rows = list(csv.DictReader(io.StringIO(sample.content(sample.LIST).decode("utf-8-sig"))))
    for name, value in cells.items():
        next(row for row in rows if row["ref"] == "V75-01")[name] = value
    made = io.StringIO()
    writer = csv.DictWriter(made, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue()


def events(location: str) -> dict[str, Event]:
    database = open_database(location, writes=False)
    try:
        with database.snapshot() as snapshot:
            return {each.ref: each for each in snapshot.events("CSTO-2020")}
    finally:
        database.close()


def rename(location: str, ref: str, title: str) -> None:
    """Gives the event that title by hand."""
    database = open_database(location, writes=True)

    def propose(snapshot: Snapshot) -> Proposal:
        return propose_edit(load_plan(snapshot, "CSTO-2020"), (ref,), {"title_en": title})

    with database.snapshot() as snapshot:
        proposal = propose(snapshot)
    assert apply(database, propose, proposal, Author("a test", "by hand", NOW)) is not None
    database.close()


def planned(location: str, content: str, asked: Asked) -> ImportPlan:
    database = open_database(location, writes=False)
    try:
        with database.snapshot() as snapshot:
            return propose_file(snapshot, File(content.encode(), "list.csv"), "CSTO-2020", asked)
    finally:
        database.close()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_import_page_is_well_formed_in_its_language(coordinator: TestClient, language: str) -> None:
    answer = coordinator.get(f"/{language}/import")

    page = Page(answer.text)
    assert f'<html lang="{language}">' in answer.text
    assert [each for each in page.asks if not each.startswith(("/", "#", "?", "data:,"))] == []


@pytest.mark.parametrize(
    ("language", "counted"), [("en", ("1 changed", "70 unchanged")), ("ru", ("1 изменённое", "70 без изменений"))]
)
def test_preview_says_the_groups_as_the_command_line_does_and_writes_nothing(
    coordinator: TestClient, location: str, language: str, counted: tuple[str, ...]
) -> None:
    before = events(location)

    text = as_text(sent(coordinator, changed_sample(title_en="Another parade"), language=language))

    assert all(each in text for each in counted)
    assert "Another parade" in text
    assert events(location) == before


def test_applying_writes_what_was_shown_with_a_way_to_undo_it(coordinator: TestClient, location: str) -> None:
    preview = sent(coordinator, changed_sample(title_en="Another parade"))

    answer = coordinator.post("/en/import", data={**carried(preview), "step": "apply", "reason": "list of April"})

    assert "Saved as revision 3." in answer.text
    assert 'href="/en/undo/3"' in answer.text
    assert dict(events(location)["V75-01"].titles)["en"] == "Another parade"


def test_applying_with_another_answer_than_was_shown_writes_nothing(coordinator: TestClient, location: str) -> None:
    preview = sent(coordinator, AMBIGUOUS, day_first="day")
    before = events(location)

    answer = coordinator.post("/en/import", data={**carried(preview), "step": "apply", "day_first": "month"})

    assert answer.status_code == 409
    assert "something else than what you saw" in answer.text
    assert events(location) == before


def test_day_or_month_first_is_asked_once_and_answered_with_a_tick(coordinator: TestClient, location: str) -> None:
    preview = sent(coordinator, AMBIGUOUS)
    assert preview.count('name="day_first"') == 2
    assert 'value="apply"' not in preview

    answered = coordinator.post("/en/import", data={**carried(preview), "step": "preview", "day_first": "day"})
    coordinator.post("/en/import", data={**carried(answered.text), "step": "apply", "day_first": "day"})

    found = events(location)
    assert str(found["NEW-1"].when.windows[0].first) == "2020-10-12"
    assert "NEW-2" in found


def test_undecided_rows_are_left_out_with_a_tick_and_come_as_a_file(coordinator: TestClient, location: str) -> None:
    preview = sent(coordinator, AMBIGUOUS)
    partial = coordinator.post("/en/import", data={**carried(preview), "step": "preview", "partial": "1"}).text

    rejected = coordinator.post("/en/import/rejects", data={**carried(partial), "partial": "1"})
    applied = coordinator.post("/en/import", data={**carried(partial), "step": "apply", "partial": "1"})

    rows = list(csv.DictReader(io.StringIO(rejected.content.decode("utf-8-sig"))))
    assert [(row["ref"], bool(row["reason"])) for row in rows] == [("NEW-1", True)]
    assert "filename*=UTF-8''list.rejects.csv" in rejected.headers["content-disposition"]
    assert "Saved as revision 3." in applied.text
    assert {"NEW-1", "NEW-2"} & events(location).keys() == {"NEW-2"}

    again = coordinator.post("/en/import", data={**carried(partial), "step": "apply", "partial": "1"})

    assert (again.status_code, "Saved as" in again.text, "Take these rows as a file" in again.text) == (
        200,
        False,
        True,
    )


def test_preview_asks_what_the_service_asks_about_places_and_adds_a_new_one(
    coordinator: TestClient, location: str
) -> None:
    content = "ref,title_en,kind,date_text,venue\nNEW-3,Drill,exercise,9 May 2020,Losvido training rage\n"
    doubts = planned(location, content, Asked()).questions
    assert [each.asks for each in doubts] == ["place"]

    preview = sent(coordinator, content)
    name = f"place|{doubts[0].about}"
    assert f'name="{html.escape(name)}" value="new"' in preview
    assert 'value="Losvido training range"> Losvido training range</label>' in preview
    answered = coordinator.post("/en/import", data={**carried(preview), "step": "preview", name: "new"})
    coordinator.post("/en/import", data={**carried(answered.text), "step": "apply", name: "new"})

    assert [each.code for each in events(location)["NEW-3"].bookings if each.sort == "place"] == [
        "losvido-training-rage"
    ]


def test_field_changed_on_both_sides_asks_whose_word_counts(coordinator: TestClient, location: str) -> None:
    first = sent(coordinator, changed_sample(remarks="said by the list"))
    coordinator.post("/en/import", data={**carried(first), "step": "apply"})
    rename(location, "V75-01", "Named by hand")

    preview = sent(coordinator, changed_sample(remarks="said by the list", title_en="Named by the list"))
    assert 'name="side|title_en" value="theirs"' in preview
    theirs = {"step": "preview", "side|title_en": "theirs"}
    answered = coordinator.post("/en/import", data={**carried(preview), **theirs}).text
    coordinator.post("/en/import", data={**carried(answered), **theirs, "step": "apply"})

    assert dict(events(location)["V75-01"].titles)["en"] == "Named by the list"


def test_file_that_is_no_list_is_said_in_a_sentence(coordinator: TestClient) -> None:
    answer = coordinator.post(
        "/en/import", data={"csrf": csrf(coordinator)}, files={"file": ("x.xlsx", b"PK\x03\x04 nothing")}
    )

    Page(answer.text)
    assert answer.status_code == 422
    assert "x.xlsx" in answer.text


@pytest.mark.parametrize("megabytes", [2, 30])
def test_file_that_is_too_large_is_refused(location: str, megabytes: int) -> None:
    with signed_in(location, "A coordinator", PersonRole.COORDINATOR) as client:
        cookies = dict(client.cookies)
    with site_of(location, limits=replace(USUAL, file_mb=1)) as small:
        small.cookies.update(cookies)
        answer = small.post(
            "/en/import",
            data={"csrf": csrf(small)},
            files={"file": ("x.csv", b"a" * megabytes * 1_000_000)},
        )

    assert answer.status_code == 413
    assert "Send a smaller file." in answer.text


def test_markup_in_a_list_stays_text(coordinator: TestClient) -> None:
    payload = '"><img src=x onerror=alert(1)>'
    content = f'ref,title_en,kind,date_text,"{payload.replace(chr(34), chr(34) * 2)}"\n'
    content += f'NEW-4,"{payload.replace(chr(34), chr(34) * 2)}",nonsense,<b>soon</b>,x\n'

    text = sent(coordinator, content, name=f"{payload}.csv")

    assert "<img" not in text
    assert "<b>soon" not in text


def test_import_is_for_coordinators_and_needs_the_forms_token(location: str, coordinator: TestClient) -> None:
    with signed_in(location, "A reader", PersonRole.READER) as reader, site_of(location) as anybody:
        seen = [each.get("/en/import").status_code for each in (reader, anybody)]
        token = re.findall(r'name="csrf" value="([^"]+)"', reader.get("/en/subscribe?calendar=all.en").text)[0]
        tried = reader.post("/en/import", data={"csrf": token}, files={"file": ("x.csv", AMBIGUOUS.encode())})
    forged = coordinator.post("/en/import", data={"csrf": "0" * 64}, files={"file": ("x.csv", AMBIGUOUS.encode())})

    assert (seen, tried.status_code, forged.status_code) == ([404, 404], 403, 403)


def test_same_file_again_says_that_it_was_imported(coordinator: TestClient) -> None:
    text = as_text(sent(coordinator, sample.content(sample.LIST), name=sample.LIST))

    assert "Nothing changes" in text
