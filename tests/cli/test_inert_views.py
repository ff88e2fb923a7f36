"""Nothing that stands in a plan runs where it is shown: no escape of the terminal, no active page (P18)."""

import csv
import io
import re
from html.parser import HTMLParser

import pytest

from tests.cli.running import Planner

PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "\"><script>x</script>",
    "' onmouseover='x", "</title><script>x</script>", "</style><script>x</script>", "<!--<script>x", "]]><script>x",
    "javascript:alert(1)", "[x](javascript:alert(1))", "<a href=javascript:x>y</a>", "<iframe src=//e.example>",
    "<base href=//e.example>", "<meta http-equiv=refresh content=0>", "{{ 7*7 }}", "{% include 'x' %}",
    "%0d%0aSet-Cookie:x",
    "&lt;script&gt;", "\u202etxt.exe", "<math><mi//xlink:href=\"data:x\">", "${7*7}",
)  # fmt: skip
ESCAPES = ("\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x1b]8;;http://e.example\x07x", "\x08\x08")


def listed(texts: tuple[str, ...]) -> str:
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["ref", "title_en", "kind", "date_text", "responsible", "remarks", "venue"])
    for number, text in enumerate(texts, 1):
        rows.writerow([f"X-{number}", f"Title {text}", "media", f"{number} May 2020", text, text, "Moscow"])
    return file.getvalue()


class _Active(HTMLParser):
    """Whatever on a page a payload has brought to life."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "base", "math", "img"}:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (name in {"href", "src", "xlink:href"} and "script:" in (value or "")):
                self.found.append(f"{tag} {name}={value}")


def active(page: str) -> list[str]:
    parser = _Active()
    parser.feed(page)
    return parser.found


def test_payload_that_comes_to_life_would_be_noticed() -> None:
    assert active("<p>x</p><script>x</script><a href='javascript:x' onclick=y>") != []


def test_payloads_are_as_many_as_promised() -> None:
    assert len(set(PAYLOADS)) >= 20


def test_hostile_texts_are_inert_on_every_page_and_in_every_command(planner: Planner) -> None:
    planner.load_sample()
    planner.file("hostile.csv", listed(PAYLOADS))
    assert planner("import", "hostile.csv", "--yes").status == 0
    planner("year", "--html", "year.html")
    planner("export", "plan.docx")

    page = (planner.folder / "year.html").read_text("utf-8")
    assert "Title &lt;script&gt;alert(1)" in page
    assert active(page) == []
    for command in (("list",), ("show", "X-1"), ("history", "X-1"), ("find", "Title"), ("check", "--past", "--all")):
        assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", planner(*command).out) == [], command


@pytest.mark.parametrize("escape", ESCAPES)
def test_escape_of_the_terminal_never_reaches_one(planner: Planner, escape: str) -> None:
    planner.load_sample()
    planner.file("hostile.csv", listed((escape,)))

    for said in (planner("import", "hostile.csv", "--yes"), planner("list"), planner("show", "X-1")):
        assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", said.out + said.err) == []
