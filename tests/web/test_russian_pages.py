"""A Russian page is in Russian: every Latin word on it is data, a name, or marked as of another language."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from planner import sample
from planner.domain.person import PersonRole
from planner.domain.texts import Texts
from planner.services.exporting import cells_of
from planner.services.planning import Plan, propose_edit
from planner.store import open_database
from planner.web.event_form import EDITED
from tests.boards import sample_events, sample_register
from tests.web.sites import sample_database, signed_in

PATHS = (
    *("year", "year?by=states", "year?by=forces", "year?by=kinds&quarter=2", "sheet", "list", "search?q=учение"),
    *("road", "conflicts", "changes?since=0", "coverage", "subscribe", "subscribe?own=1&state=BY", "import", "me"),
    *("add", "several?refs=EX-2020-UB", "undo/2", "event/NO-SUCH", "list?as_of=99", "changes?since=R9"),
    *("event/EX-2020-UB", "event/EX-2020-UB-P1", "event/EX-2020-UB/dates", "conflicts/NONE/accept"),
)
DEEDS = (
    *("edit", "move", "postpone", "cancel", "approve", "confirm", "settle", "link"),
    *("reply", "note", "paper", "contact"),
)
SENT: tuple[tuple[str, dict[str, str]], ...] = (
    ("event/EX-2020-UB/move", {"when": "19–23 октября", "along": "none"}),
    ("event/EX-2020-UB/move", {"when": "31.04.2020"}),
    ("event/EX-2020-UB/move", {"when": "что-то"}),
    ("event/EX-2020-UB/move", {"when": ""}),
    ("event/EX-2020-UB/cancel", {}),
    ("event/EX-2020-UB/link", {"relation": "part of", "to": "EX-2020-UB"}),
    ("event/EX-2020-UB/edit", {"kind": "нет", "participants": "нет", "forces": "нет", "people": "нет"}),
    ("event/EX-2020-UB/note", {}),
    ("event/EX-2020-UB/paper", {"address": "нет", "sha256": "нет"}),
    ("event/EX-2020-UB/contact", {"party": "BY", "email": "нет"}),
    ("add", {}),
    ("several", {}),
    ("several", {"refs": "EX-2020-UB", "shift": "нет"}),
    ("several", {"refs": "EX-2020-UB", "shift": "--7"}),
    ("several", {"refs": "EX-2020-UB", "shift": "7", "postpone": "yes"}),
    ("conflicts/NONE/accept", {"reason": "так"}),
    ("undo/1", {}),
    ("subscribe", {"device": ""}),
    ("subscribe/revoke", {"number": "99"}),
)
LIST = """Обозначение;Мероприятие;Вид;Сроки;Место
Н-1;Учение;учение;12/10/2020;
Н-2;Встреча;нечто;1 мая 2020;
Н-3;Учение;учение;5 мая 2020;полигон «Лосвида»
EX-2020-UB;Другое название;учение;5 мая 2020;
"""
NAMES = frozenset(
    {"Outlook", "Windows", "iPhone", "iPad", "Mac", "Android", "ICSx", "Thunderbird", "Google", "Gmail", "Word", "Ctrl"}
    | {"English", "testclient", "cstorussia", "mid", "staff", "test"}
)
"""Programs, and data that the sample has in no other letters: a site, a level, an author."""
LATIN = re.compile(r"(?=[A-Z_]*[a-z])[A-Za-z_]{3,}")
TOLD = {"aria-label", "title", "placeholder", "alt"}
CODES = {"code", "script", "style"}
VOID = {"input", "meta", "link", "br", "hr", "img", "source", "wbr"}


class Words(HTMLParser):
    """The Latin words that a reader sees or hears, but for what is marked as English or as code."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        its = dict(attrs)
        is_other = tag in CODES or its.get("lang") == "en" or bool(self._open and self._open[-1][1])
        if not is_other:
            self._take(" ".join(its[name] or "" for name in TOLD if name in its))
        if tag not in VOID:
            self._open.append((tag, is_other))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1][1]):
            self._take(data)

    def _take(self, text: str) -> None:
        self.found |= set(LATIN.findall(re.sub(r"`[^`]*`|https?://\S+|\S+@\S+|\S+\.(?:csv|ics)\b", "", text)))


@pytest.fixture(scope="module")
def coordinator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, frozenset[str]]]:
    location = sample_database(tmp_path_factory.mktemp("russian"), sample.LIST_AS_PLANNED)
    with signed_in(location, "Анна Петрова", PersonRole.COORDINATOR) as client:
        yield client, NAMES | data_of(location)


def data_of(location: str) -> frozenset[str]:
    """The words of all codes, of what is said in Russian, and of holidays, which packages name in their own words."""
    database = open_database(location, writes=False)
    with database.snapshot() as snapshot:
        register = snapshot.register("CSTO-2020")
        events = snapshot.events("CSTO-2020")
    database.close()
    entries = (*register.parties, *register.bodies, *register.kinds, *register.forces, *register.places)
    entries = (*entries, *register.decisions, *register.priorities, register.programme)  # type: ignore[assignment]
    texts: list[str] = [entry.code for entry in entries] + [event.ref for event in events]
    named: list[Texts] = [getattr(entry, "names", ()) for entry in entries] + [event.titles for event in events]
    texts += [event.responsible for event in events]
    texts += [text for each in named for code, text in each if code == "ru"]
    texts += [text for holiday in register.holidays for _, text in holiday.names]
    return frozenset(word for text in texts for word in LATIN.findall(text))


@pytest.mark.parametrize("path", [*PATHS, *(f"event/EX-2020-UB/{deed}" for deed in DEEDS)])
def test_page_has_no_english_word(coordinator: tuple[TestClient, frozenset[str]], path: str) -> None:
    client, data = coordinator

    assert Words(client.get(f"/ru/{path}").text).found - data == set()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_form_of_any_event_sent_back_as_it_is_changes_nothing(language: str) -> None:
    plan = Plan(sample_register(), {event.ref: event for event in sample_events()}, 1)
    cells = {ref: cells_of(event, plan.register, language) for ref, event in plan.events.items()}

    assert [ref for ref in cells if not propose_edit(plan, (ref,), _texts(cells[ref])).is_empty] == []
    assert any("Москва" in each["venue"] for each in cells.values()) == (language == "ru")


def _texts(cells: Mapping[str, str]) -> dict[str, str]:
    """What a form has: days are moved, and status and papers decided, by deeds of their own."""
    return {name: cell for name, cell in cells.items() if name in EDITED}


@pytest.mark.parametrize(("path", "values"), SENT)
def test_answer_to_a_form_has_no_english_word(
    coordinator: tuple[TestClient, frozenset[str]], path: str, values: dict[str, str]
) -> None:
    client, data = coordinator
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get("/ru/add").text)[0]

    answer = client.post(f"/ru/{path}", data={"csrf": token, **values})

    assert answer.status_code in {200, 404, 422}
    assert Words(answer.text).found - data == set()


def test_preview_of_a_list_has_no_english_word(coordinator: tuple[TestClient, frozenset[str]]) -> None:
    client, data = coordinator
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get("/ru/add").text)[0]

    answer = client.post("/ru/import", data={"csrf": token}, files={"file": ("list.csv", LIST.encode())})

    assert answer.text.count('class="field"><legend>') == 3
    # The command that proposes what a programme file lacks, and an encoding.
    assert Words(answer.text).found - data == {"planner", "programme", "learn", "utf"}
