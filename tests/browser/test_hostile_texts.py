"""P18: whatever stands in a field, a page shows it as text: no new element, and nothing runs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from starlette.testclient import TestClient

from planner import sample
from planner.domain.beside import Contact, Note, Paper
from planner.domain.change import Change
from planner.domain.entries import Family
from planner.domain.event import Event
from planner.domain.feed import Feed
from planner.domain.person import PersonRole
from planner.domain.register import Register
from planner.domain.release import Release
from planner.domain.reply import Answer, Reply
from planner.domain.selection import Selection
from planner.domain.texts import Texts
from planner.services.checking import check, load_board
from planner.services.proposal import Author, Proposal, apply
from planner.services.waiving import propose_waive
from planner.settings import Settings
from planner.store import Snapshot, open_database
from planner.web.application import application
from tests.browser.browsing import window
from tests.browser.conftest import Shown
from tests.web.sites import invite, sample_database

PAYLOADS = (
    "<script>window.ran=1</script>",
    '"><script>window.ran=1</script>',
    "'><img src=x onerror=window.ran=1>",
    "<img src=x onerror=window.ran=1>",
    "<svg onload=window.ran=1>",
    "</title><script>window.ran=1</script>",
    "</textarea><script>window.ran=1</script>",
    "</select><b data-in>bold</b>",
    "</style><script>window.ran=1</script>",
    "--><script>window.ran=1</script><!--",
    "]]><script>window.ran=1</script>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<a href=javascript:window.ran=1>x</a>",
    "javascript:window.ran=1",
    "<form action=/steal><input name=csrf></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "{{7*7}}{% raw %}${7*7}#{7*7}",
    '" autofocus onfocus=window.ran=1 x="',
    "&lt;script&gt;window.ran=1&lt;/script&gt;&#60;b&#62;",
)
FIELDS = ("titles", "shorts", "remarks", "internal")
PAGES = ("year", "year?by=kinds", "list", "conflicts", "changes?since=0", "coverage", "subscribe", "add", "sheet", "me")
DEEDS = ("edit", "move", "approve", "link", "reply", "contact", "dates", "contact/BY/1/edit", "note/1")
LINES = ("responsible", "financing", "item")
COUNT = """() => { const count = found => document.querySelectorAll(found).length;
    return [count(':not(svg *)'), count('script, iframe, base, img, meta[http-equiv], [data-in]'),
            count("[href^='javascript:'], form[action]:not([action^='/'])"),
            [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())
                .filter(name => name.startsWith('on')).length,
            window.ran === undefined] }"""
"""All elements outside drawings; those that load or run, those that lead elsewhere, attributes that run; what ran."""


SHOWN = ("names", "titles", "shorts", "capital", "organisation")
"""What entries of the register are called."""
PROGRAMME = "CSTO-2020"
DAY = date(2020, 4, 1)


def poisoned(location: str, texts: Sequence[str]) -> list[str]:
    """Writes the texts wherever people's words stand; the references of the events that have one each."""
    database = open_database(location, writes=True)

    def write(propose: Callable[[Snapshot], Sequence[Change]]) -> None:
        def proposed(snapshot: Snapshot) -> Proposal:
            return Proposal(snapshot.revision, "a test", tuple(propose(snapshot)))

        with database.snapshot() as snapshot:
            proposal = proposed(snapshot)
        assert apply(database, proposed, proposal, Author(texts[0], texts[0], datetime.now(UTC))) is not None

    def accepted(snapshot: Snapshot) -> Sequence[Change]:
        report = check(load_board(snapshot, DAY))
        handles = [each.handle for each in report.checked if each.hidden is None][: len(texts) // 2]
        both = zip(handles, texts, strict=False)
        waived = [
            propose_waive(report, snapshot.revision, (each,), text, text, date(2020, 12, 31)) for each, text in both
        ]
        return [change for proposal in waived for change in proposal.changes]

    try:
        with database.snapshot() as snapshot:
            events = [event for event in snapshot.events(PROGRAMME) if event.when.windows][: len(texts)]
        write(lambda snapshot: [*_register(snapshot.register(PROGRAMME), texts), *_beside(events, texts)])
        write(lambda _: [Change(event, _with(event, text)) for event, text in zip(events, texts, strict=True)])
        write(accepted)
        return [event.ref for event in events]
    finally:
        database.close()


def _register(register: Register, texts: Sequence[str]) -> Iterator[Change]:
    """Every entry called by one of the texts, and a calendar by each."""
    entries: list[Any] = [register.programme, *register.parties, *register.bodies, *register.kinds, *register.forces]
    entries += [*register.places, *register.facilities, *register.priorities, *register.decisions, *register.holidays]
    for entry, text in zip(entries, cycle(texts), strict=False):
        called = {name: _both(text) for name in SHOWN if getattr(entry, name, ())}
        changed = replace(entry, **called, **({"level": text} if getattr(entry, "level", "") else {}))
        if changed != entry:
            yield Change(entry, changed)
    for number, text in enumerate(texts):
        yield Change(None, Feed(PROGRAMME, f"feed-{number}", _both(text), Selection(families=(Family.EXERCISE,))))


def _beside(events: Sequence[Event], texts: Sequence[str]) -> Iterator[Change]:
    """What is kept beside each event, and a release."""
    for event, text in zip(events, texts, strict=True):
        yield Change(None, Note(PROGRAMME, event.ref, 1, text, text, DAY))
        yield Change(None, Paper(PROGRAMME, event.ref, 1, text, f"https://files.example.org/{quote(text)}"))
        yield Change(None, Reply(PROGRAMME, event.ref, "BY", Answer.COMING, DAY, text))
    for number, text in enumerate(texts, 1):
        yield Change(None, Contact(PROGRAMME, "BY", number, text, text, text, text, "0" * 32))
    yield Change(None, Release(PROGRAMME, 1, 2, texts[1]))


def _both(text: str) -> Texts:
    return (("en", text), ("ru", text))


def _with(event: Event, text: str) -> Event:
    both = dict.fromkeys(FIELDS, _both(text))
    return replace(event, **both, **dict.fromkeys(LINES, text))  # type: ignore[arg-type]


def pages(folder: Path, texts: Sequence[str], most: int) -> dict[str, str]:
    """Every page of a plan in which these texts stand, of at most so many events in each language."""
    folder.mkdir()
    location = sample_database(folder, sample.LIST_AS_PLANNED)
    token = invite(location, texts[0], PersonRole.COORDINATOR)
    refs = poisoned(location, texts)
    with TestClient(application(Settings(location), today=lambda: DAY)) as client:
        assert client.post(f"/in/{token}", follow_redirects=False).status_code == 303
        several = "several?" + "&".join(f"refs={ref}" for ref in refs)
        paths = [f"{language}/{path}" for language in ("en", "ru") for path in (*PAGES, several)]
        paths += [f"en/event/{ref}" for ref in refs[:most]] + [f"ru/event/{ref}" for ref in refs[most - 3 : most]]
        paths += [f"{language}/event/{refs[1]}/{deed}" for language in ("en", "ru") for deed in DEEDS]
        return {path: client.get(f"/{path}").text for path in paths}


def test_text_in_any_field_of_any_page_is_text_and_runs_nothing(chromium: Any, tmp_path: Path) -> None:
    """In a browser without the policy of our pages: escaping alone must do."""
    hostile = pages(tmp_path / "hostile", PAYLOADS, len(PAYLOADS))
    plain = pages(tmp_path / "plain", [f"word {number}" for number in range(len(PAYLOADS))], 3)

    with window(chromium, "http://127.0.0.1", script=True) as seen:

        def count(page: str) -> list[Any]:
            seen.page.set_content(page, wait_until="domcontentloaded")
            found: list[Any] = seen.page.evaluate(COUNT)
            return found

        found = {path: count(page) for path, page in hostile.items()}
        assert {path: said for path, said in found.items() if said[1:] != [0, 0, 0, True]} == {}
        # The pages of a plan with dull words have as many elements.
        also = [path for path in plain if path in hostile]
        assert {path: found[path][0] for path in also} == {path: count(plain[path])[0] for path in also}


@pytest.mark.parametrize("field", ["q", "saved", "programme", "family", "when"])
def test_text_in_an_address_is_text_and_runs_nothing(chromium: Any, looked_at: Shown, field: str) -> None:
    options = {"script": True, "bypass_csp": True, "storage_state": looked_at.coordinator}
    with window(chromium, looked_at.url, **options) as seen:
        for text in PAYLOADS:
            page = {"when": "event/EX-2020-UB/move", "q": "search"}.get(field, "year")
            seen.page.goto(f"/en/{page}?{urlencode({field: text})}")
            assert seen.page.evaluate(COUNT)[1:] == [0, 0, 0, True], (field, text)
