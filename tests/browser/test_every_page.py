"""Every page as browsers show it: in both languages, light and dark, on a desk and on a phone, without JavaScript."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.browser.browsing import window
from tests.browser.conftest import Shown
from tests.browser.tools import invalid, violations

PATHS = (
    "year",
    "year?by=states&quarter=2",
    "list",
    "search?q=session",
    "event/EX-2020-UB",
    "event/EX-2020-UB/move",
    "event/EX-2020-UB/edit",
    "event/EX-2020-UB/dates",
    "event/EX-2020-UB/reply",
    "several?refs=EX-2020-UB&refs=EX-2020-BG",
    "add",
    "conflicts",
    "me",
    "event/NO-SUCH",
)
LOOKS = (("en", "light", 1440), ("ru", "dark", 360))
SOME = ("year", "event/EX-2020-UB", "conflicts", "add")
ALL_LOOKS = tuple(product(("en", "ru"), ("light", "dark"), (1440, 360)))


def paths(page: Any, language: str) -> list[str]:
    """PATHS, and whatever else the navigation leads to."""
    page.goto(f"/{language}/year")
    links = page.locator(".top nav a, .foot a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    named = [link.removeprefix(f"/{language}/") for link in links if link.startswith(f"/{language}/")]
    return list(dict.fromkeys([*PATHS, *named]))


def look_at_every_page(chromium: Any, shown: Shown, language: str, look: str, width: int) -> None:
    with window(chromium, shown.url, width, look, storage_state=shown.coordinator) as seen:
        seen.allowed.add(404)
        for path in paths(seen.page, language):
            seen.page.goto(f"/{language}/{path}")
            seen.is_sound()
            assert seen.page.locator("html").get_attribute("lang") == language
            assert seen.page.locator("h1").count() == 1, path
            assert seen.page.locator("main").count() == 1, path


@pytest.mark.parametrize(("language", "look", "width"), LOOKS)
def test_every_page_fits_its_window_and_asks_nobody_else(
    chromium: Any, looked_at: Shown, language: str, look: str, width: int
) -> None:
    look_at_every_page(chromium, looked_at, language, look, width)


@pytest.mark.soak
@pytest.mark.parametrize(("language", "look", "width"), ALL_LOOKS)
def test_every_page_in_every_look_fits_its_window(
    chromium: Any, looked_at: Shown, language: str, look: str, width: int
) -> None:
    look_at_every_page(chromium, looked_at, language, look, width)


def flaws_of_access(chromium: Any, shown: Shown, look: tuple[str, str, int], only: tuple[str, ...]) -> list[str]:
    found, (language, colours, width) = [], look
    options = {"script": True, "bypass_csp": True, "storage_state": shown.coordinator}
    with window(chromium, shown.url, width, colours, **options) as seen:
        for path in only or paths(seen.page, language):
            seen.page.goto(f"/{language}/{path}")
            found += violations(seen.page)
    return found


@pytest.mark.parametrize(
    ("look", "only"), [(LOOKS[0], ()), (LOOKS[1], ("year", "event/EX-2020-UB", "conflicts", "add"))]
)
def test_every_page_has_no_flaw_of_access(
    chromium: Any, looked_at: Shown, look: tuple[str, str, int], only: tuple[str, ...]
) -> None:
    assert flaws_of_access(chromium, looked_at, look, only) == []


@pytest.mark.soak
@pytest.mark.parametrize("look", ALL_LOOKS)
def test_every_page_in_every_look_has_no_flaw_of_access(
    chromium: Any, looked_at: Shown, look: tuple[str, str, int]
) -> None:
    assert flaws_of_access(chromium, looked_at, look, ()) == []


def test_every_page_is_valid_html(chromium: Any, looked_at: Shown, tmp_path: Path) -> None:
    with window(chromium, looked_at.url, storage_state=looked_at.coordinator) as seen:
        pages = {path: seen.page.request.get(f"/ru/{path}").text() for path in paths(seen.page, "ru")}
        pages["in/none"] = seen.page.request.get("/in/none").text()

    assert invalid(tmp_path, pages) == []


def test_keyboard_reaches_content_first_and_every_control_shows_its_focus(chromium: Any, looked_at: Shown) -> None:
    focused = """() => { const e = document.activeElement, s = getComputedStyle(e);
        return [e.className.baseVal ?? e.className, s.outlineStyle, parseFloat(s.outlineWidth),
                e.getBoundingClientRect().width] }"""
    with window(chromium, looked_at.url, storage_state=looked_at.coordinator) as seen:
        seen.page.goto("/en/list")
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate(focused)[0] == "skip"
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.activeElement.id") == "main"
        for _ in range(12):
            seen.page.keyboard.press("Tab")
            name, style, wide, width = seen.page.evaluate(focused)
            assert style != "none", name
            assert wide >= 2, name
            assert width > 0, name


def test_page_in_forced_colours_and_with_more_contrast_keeps_its_marks(chromium: Any, looked_at: Shown) -> None:
    with window(chromium, looked_at.url, storage_state=looked_at.coordinator, forced_colors="active") as seen:
        seen.page.goto("/en/year")
        assert seen.page.evaluate("matchMedia('(forced-colors: active)').matches")
        bar, ground = seen.page.evaluate(
            "[getComputedStyle(document.querySelector('.pl-firm .pl-bar, .pl-thin .pl-bar')).fill,"
            " getComputedStyle(document.body).backgroundColor]"
        )
        assert bar != ground
        assert seen.page.locator(".pl-mark").first.is_visible()
    with window(chromium, looked_at.url, storage_state=looked_at.coordinator, contrast="more") as seen:
        seen.page.goto("/en/year")
        muted, ink = seen.page.evaluate(
            "[getComputedStyle(document.querySelector('.lead')).color, getComputedStyle(document.body).color]"
        )
        assert muted == ink


def test_phone_shows_a_list_and_a_load_strip_instead_of_the_chart(chromium: Any, looked_at: Shown) -> None:
    with window(chromium, looked_at.url, 360, storage_state=looked_at.coordinator) as seen:
        seen.page.goto("/en/year")

        assert not seen.page.locator(".pl-chart").is_visible()
        assert seen.page.locator(".load-only").is_visible()
        assert seen.page.locator(".line").first.is_visible()


def test_bars_are_links_called_by_title_days_and_place(chromium: Any, looked_at: Shown) -> None:
    with window(chromium, looked_at.url, storage_state=looked_at.coordinator) as seen:
        seen.page.goto("/en/year")

        bar = seen.page.locator(".pl-chart").get_by_role("link", name="Special exercise Echelon 2020 · ")
        assert bar.count() == 1
        bar.click()
        assert seen.page.locator("h1").inner_text() == "Special exercise Echelon 2020"


def test_first_view_takes_few_requests_and_little(chromium: Any, looked_at: Shown) -> None:
    """At most three requests and 120 kB, with Russian letters of two bytes each."""
    with window(chromium, looked_at.url, storage_state=looked_at.coordinator) as seen:
        seen.page.goto("/ru/year")
        asked = [url for url in seen.requests if not url.startswith("data:")]

        assert 2 <= len(asked) <= 3
        assert sum(len(seen.page.request.get(url).body()) for url in asked) <= 120 * 1024
