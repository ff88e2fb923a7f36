"""One browser and one server of the sample programme for the tests of this folder.

Both end with the folder: while Playwright runs, asyncio counts its loop as the running one of the thread, and
every `asyncio.run` of the tests that follow would be refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from planner import sample
from planner.domain.person import PersonRole
from tests.browser.browsing import browser, serving, window
from tests.web.sites import invite, sample_database


@dataclass(frozen=True, slots=True)
class Shown:
    """The pages of the sample programme, and what browsers of a coordinator and of a reader have kept."""

    url: str
    location: str
    coordinator: Any
    reader: Any


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    with browser() as running:
        yield running


@pytest.fixture(scope="package")
def looked_at(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Pages that tests only look at, or post to without saving."""
    with shown(chromium, tmp_path_factory.mktemp("looked-at")) as pages:
        yield pages


@pytest.fixture
def changed(chromium: Any, tmp_path: Path) -> Iterator[Shown]:
    """Pages of a plan of the test's own."""
    with shown(chromium, tmp_path) as pages:
        yield pages


@contextmanager
def shown(chromium: Any, folder: Path) -> Iterator[Shown]:
    location = sample_database(folder, sample.LIST_AS_PLANNED)
    with serving(location) as url:
        coordinator = _signed_in(chromium, url, invite(location, "Anna Petrova", PersonRole.COORDINATOR))
        reader = _signed_in(chromium, url, invite(location, "Boris Reader", PersonRole.READER))
        yield Shown(url, location, coordinator, reader)


def _signed_in(chromium: Any, url: str, token: str) -> Any:
    with window(chromium, url) as seen:
        seen.page.goto(f"/in/{token}")
        seen.page.get_by_role("button").click()
        assert seen.errors == []
        return seen.page.context.storage_state()
