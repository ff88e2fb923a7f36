"""A real browser before real pages: Debian's Chromium, driven by Playwright, and a server in this process."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from planner.settings import Settings
from planner.web.application import application

TODAY = date(2020, 4, 1)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--disable-lcd-text",
)
SECONDS = 15.0


def missing(reason: str) -> None:
    """Skips with the reason; under CI=true a missing browser is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def program() -> Path | None:
    """Where the browser is: the one PLANNER_TEST_BROWSER names, else what is installed."""
    found = os.environ.get("PLANNER_TEST_BROWSER") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    return Path(found) if found else None


@contextmanager
def browser() -> Iterator[Any]:
    """A running Chromium. Skips where there is none."""
    found = program()
    if found is None:
        missing("no Chromium is installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(found), args=list(ARGUMENTS))
        try:
            yield running
        finally:
            running.close()


@contextmanager
def serving(location: str, today: date = TODAY) -> Iterator[str]:
    """The pages of that database at an address of this machine, while it is 1 April 2020 there."""
    app = application(Settings(location), write_access=lambda line: None, today=lambda: today)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, log_level="critical", lifespan="on", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        ends = time.monotonic() + SECONDS
        while not server.started:
            assert time.monotonic() < ends
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(SECONDS)


@dataclass(slots=True)
class Watched:
    """A page of the browser, and everything that went wrong on it."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    allowed: set[int] = field(default_factory=set)

    def listen(self) -> None:
        self.page.on("console", lambda said: self._note(said.type in {"error", "warning"}, said.text))
        self.page.on("pageerror", lambda error: self._note(True, str(error)))
        self.page.on("requestfailed", lambda request: self._note(True, f"failed: {request.url}"))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on(
            "response", lambda got: self._note(got.status >= 400 and got.status not in self.allowed, str(got.url))
        )

    def _note(self, is_wrong: bool, text: str) -> None:
        if is_wrong and not any(f"status of {status}" in text for status in self.allowed):
            self.errors.append(text)

    def is_sound(self) -> None:
        """No error in the console, no failed request, nothing from elsewhere, nothing wider than the window."""
        assert self.errors == []
        host = self.page.url.split("/", 3)[2]
        assert [url for url in self.requests if not url.startswith("data:") and url.split("/", 3)[2] != host] == []
        for part in ("html", ".top nav ul"):
            wide, window = self.page.evaluate(
                "part => [...document.querySelectorAll(part)].slice(0, 1)"
                ".flatMap(its => [its.scrollWidth, its.clientWidth]).concat(0, 0)",
                part,
            )[:2]
            assert wide <= window, f"{part} of {self.page.url} is {wide} px wide in {window}"


@contextmanager
def window(
    browser: Any,
    url: str,
    width: int = 1440,
    look: str = "light",
    script: bool = False,
    locale: str = "en-GB",
    **options: Any,
) -> Iterator[Watched]:
    """A window without cookies; without `script` JavaScript is off, as nothing here needs it."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": 900 if width > 500 else 780},
        color_scheme=look,
        java_script_enabled=script,
        locale=locale,
        timezone_id="Europe/Moscow",
        **options,
    )
    context.set_default_timeout(SECONDS * 1000)
    try:
        watched = Watched(context.new_page())
        watched.listen()
        yield watched
    finally:
        context.close()
