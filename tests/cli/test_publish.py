"""`planner publish`: public feeds and their page, replaced whole or not at all."""

import json
import re

import pytest

from planner import sample
from tests.cli.running import Planner

WRITE = ("--yes", "--by", "A. Writer")


def test_only_public_feeds_are_written_with_a_page_in_both_languages(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    planner(
        "feed", "new", "victory", "--family", "commemoration", "--level", "public", "--title-en", "<b>V & V</b>", *WRITE
    )

    ran = planner("publish", "www")

    page = (planner.folder / "www" / "index.html").read_text(encoding="utf-8")
    assert ran.status == 0
    assert sorted(path.name for path in (planner.folder / "www").iterdir()) == [
        "en",
        "index.html",
        "planner.css",
        "public.en.ics",
        "public.ru.ics",
        "ru",
        "victory.ics",
    ]
    assert all(f'<a href="{language}/{name}.html">' in page for language in ("en", "ru") for name in ("year", "list"))
    assert page.count('<a href="victory.ics">&lt;b&gt;V &amp; V&lt;/b&gt;</a>') == 2
    assert re.findall(r'<section lang="(..)">\n<h1>(.*)</h1>', page) == [
        ("en", "Collective Security Treaty Organization"),
        ("ru", "Организация Договора о коллективной безопасности"),
    ]
    assert not re.search(r"<script|javascript:|<b>|https?://", page)


def test_second_run_touches_nothing(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    planner("publish", "www")
    before = {path: path.stat().st_mtime_ns for path in (planner.folder / "www").rglob("*")}

    again = json.loads(planner("publish", "www", "--format", "json").out)

    assert len(again["files"]) > 40
    assert not any(each["changed"] for each in again["files"])
    assert {path: path.stat().st_mtime_ns for path in (planner.folder / "www").rglob("*")} == before


def test_page_of_an_event_that_is_public_no_longer_is_removed_and_named(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    planner("publish", "www")
    planner("edit", "V75-01", "--set", "disclosure=full", *WRITE)

    ran = planner("publish", "www")

    assert ran.status == 0
    assert all(f"www/{language}/event/V75-01.html  public no longer, removed" in ran.out for language in ("en", "ru"))
    assert not list((planner.folder / "www").rglob("V75-01.html"))


def test_feed_that_is_public_no_longer_is_named_and_removed_when_asked(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    planner("publish", "www")
    (planner.folder / "www" / "other.ics").write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\n")
    planner("feed", "delete", "public.en", *WRITE)

    named, pruned = planner("publish", "www"), planner("publish", "www", "--prune")

    assert (named.status, pruned.status) == (1, 0)
    assert "public.en.ics  public no longer, still there: --prune removes it" in named.out
    assert sorted(path.name for path in (planner.folder / "www").iterdir()) == [
        "en",
        "index.html",
        "other.ics",
        "planner.css",
        "public.ru.ics",
        "ru",
    ]


def test_disk_that_refuses_leaves_every_file_as_it_was(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    planner.load_sample(sample.LIST)
    planner("publish", "www")
    before = {path: path.read_bytes() for path in (planner.folder / "www").rglob("*") if path.is_file()}
    planner("feed", "edit", "public.en", "--title-en", "Another", *WRITE)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    ran = planner("publish", "www")

    assert ran.status == 2
    assert "cannot be written (No space left on device)" in ran.err
    assert {path: path.read_bytes() for path in (planner.folder / "www").rglob("*") if path.is_file()} == before
