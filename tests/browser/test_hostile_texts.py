"""P18: whatever stands in a field, a page shows it as text: no new element, and nothing runs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from planner import sample
from planner.domain.change import Change
from planner.domain.event import Event
from planner.domain.person import PersonRole
from planner.services.proposal import Author, Proposal, apply
from planner.store import Snapshot, open_database
from tests.browser.browsing import serving, window
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
    "</select><b>bold</b>",
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
LINES = ("responsible", "financing", "item")
COUNT = """() => { const count = found => document.querySelectorAll(found).length;
    return [count('*'), count('script, iframe, base, img, meta[http-equiv]'),
            count("[href^='javascript:'], form[action]:not([action^='/'])"),
            [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())
                .filter(name => name.startsWith('on')).length,
            window.ran === undefined] }"""
"""All elements, those that load or run something, those that lead elsewhere, attributes that run, and what ran."""


def poisoned(location: str, texts: Sequence[str]) -> list[str]:
    """Writes each text into every text of an event of its own; the references of those events."""
    database = open_database(location, writes=True)

    def propose(snapshot: Snapshot) -> Proposal:
        events = [event for event in snapshot.events("CSTO-2020") if event.when.windows][: len(texts)]
        changes = [Change(event, _with(event, text)) for event, text in zip(events, texts, strict=True)]
        return Proposal(snapshot.revision, "a test", tuple(changes))

    try:
        with database.snapshot() as snapshot:
            proposal = propose(snapshot)
        assert apply(database, propose, proposal, Author(texts[0], texts[0], datetime.now(UTC))) is not None
        return [change.after.code for change in proposal.changes if change.after is not None]
    finally:
        database.close()


def _with(event: Event, text: str) -> Event:
    both = dict.fromkeys(FIELDS, (("en", text), ("ru", text)))
    return replace(event, **both, **dict.fromkeys(LINES, text))  # type: ignore[arg-type]


def counts(chromium: Any, folder: Path, texts: Sequence[str], language: str) -> dict[str, list[Any]]:
    """COUNT of every page of a plan in which these texts stand. Without the policy: escaping alone must do."""
    folder.mkdir()
    location = sample_database(folder, sample.LIST_AS_PLANNED)
    refs = poisoned(location, texts)
    paths = ["year", "year?by=kinds", "list", "conflicts", "several?" + "&".join(f"refs={ref}" for ref in refs)]
    paths += [f"event/{ref}{page}" for ref in refs for page in ("", "/edit")]
    found = {}
    with (
        serving(location) as url,
        window(chromium, url, script=True, bypass_csp=True) as seen,
    ):
        seen.page.goto(f"/in/{invite(location, texts[0], PersonRole.COORDINATOR)}")
        seen.page.get_by_role("button").click()
        for path in paths:
            seen.page.goto(f"/{language}/{path}")
            found[path] = seen.page.evaluate(COUNT)
    return found


@pytest.mark.parametrize("language", ["en"])
def test_text_in_any_field_of_any_page_is_text_and_runs_nothing(chromium: Any, tmp_path: Path, language: str) -> None:
    plain = counts(chromium, tmp_path / "plain", ["word"] * len(PAYLOADS), language)
    hostile = counts(chromium, tmp_path / "hostile", PAYLOADS, language)

    assert hostile == plain
    assert all(each[1:] == [0, 0, 0, True] for each in hostile.values())


@pytest.mark.parametrize("field", ["q", "saved", "programme", "family", "when"])
def test_text_in_an_address_is_text_and_runs_nothing(chromium: Any, looked_at: Shown, field: str) -> None:
    options = {"script": True, "bypass_csp": True, "storage_state": looked_at.coordinator}
    with window(chromium, looked_at.url, **options) as seen:
        for text in PAYLOADS:
            page = {"when": "event/EX-2020-UB/move", "q": "search"}.get(field, "year")
            seen.page.goto(f"/en/{page}?{urlencode({field: text})}")
            assert seen.page.evaluate(COUNT)[1:] == [0, 0, 0, True], (field, text)
