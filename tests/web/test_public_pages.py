"""P21 for the pages that `planner publish` writes: only what everybody may see, whole, relative, and the same again."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.domain.beside import Contact, Note, Paper
from planner.domain.change import Change
from planner.domain.entries import Disclosure, PublicShows
from planner.domain.event import Event, Status
from planner.domain.feed import Level
from planner.services.placing import place, public_plan, stale, take_away
from planner.services.published import load_published
from planner.services.showing import visible
from planner.store import Database, open_database
from planner.web.public_pages import public_pages
from tests.web.sites import sample_database
from tests.web.test_looking import Page

CODE = "CSTO-2020"
NOW = datetime(2020, 5, 1, 9, tzinfo=UTC)
HIDDEN = (
    "Zebra exercise",
    "The minister hesitates",
    "Xenia Zzyzx",
    "internal-agenda",
    "Only for coordinators",
    "Ask the host",
)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(sample_database(tmp_path), writes=True)


def write(database: Database, *changes: Change) -> None:
    with database.transaction(who="A. Writer", why="", means="edit", now=NOW) as transaction:
        transaction.apply(changes)


def event_of(database: Database, ref: str) -> Event:
    with database.snapshot() as snapshot:
        event = snapshot.event(CODE, ref)
    assert event is not None
    return event


def pages(database: Database) -> dict[str, bytes]:
    with database.snapshot() as snapshot:
        return public_pages(public_plan(snapshot, load_published(snapshot, CODE)))


def put(folder: Path, database: Database) -> None:
    made = pages(database)
    place(folder, made)
    take_away(stale(folder, made))


def test_pages_are_well_formed_in_their_language_and_lead_only_to_one_another(database: Database) -> None:
    made = pages(database)

    for name, content in made.items():
        if name.endswith(".html"):
            page = Page(content.decode())
            assert f'<html lang="{name[:2]}">' in content.decode()
            for asked in page.asks:
                if not asked.startswith(("#", "data:,")):
                    led = (Path("/www") / Path(name).parent / asked).resolve().relative_to("/www").as_posix()
                    assert led in made or led == "index.html", (name, asked)
            assert "script" not in content.decode()


def test_pages_have_every_public_event_and_no_other(database: Database) -> None:
    with database.snapshot() as snapshot:
        public = {event.ref for event in visible(snapshot, snapshot.register(CODE), Level.PUBLIC)}
        every = {event.ref for event in snapshot.events(CODE)}

    made = pages(database)

    for language in ("en", "ru"):
        assert {Path(name).stem for name in made if name.startswith(f"{language}/event/")} == public
        listed = made[f"{language}/list.html"].decode()
        assert set(re.findall(r'href="event/([\w-]+)\.html"', listed)) == public
    everything = b"".join(made.values()).decode()
    assert public < every
    assert [ref for ref in sorted(every - public) if re.search(rf"\b{ref}\b(?!-)", everything)] == []


def test_nothing_internal_stands_on_any_page(database: Database) -> None:
    shown = event_of(database, "V75-01")
    secret = replace(
        shown,
        internal=(("en", "Only for coordinators"),),
        remarks=(("en", "Ask the host"),),
    )
    draft = replace(shown, ref="ZEBRA-1", titles=(("en", "Zebra exercise"),), status=Status.DRAFT)
    members = replace(draft, ref="ZEBRA-2", status=Status.CONFIRMED, disclosure=Disclosure.MEMBER)
    kept = (
        Note(CODE, "V75-01", 1, "The minister hesitates", "A. Writer", NOW.date()),
        Paper(CODE, "V75-01", 1, "internal-agenda", "https://files.example.org/internal-agenda.pdf"),
        Contact(CODE, "BY", 1, "Xenia Zzyzx", salt="0f" * 16),
    )
    write(database, Change(shown, secret), *(Change(None, each) for each in (draft, members, *kept)))

    everything = b"".join(pages(database).values()).decode()

    assert "V75-01" in everything
    assert [words for words in (*HIDDEN, "ZEBRA-1", "ZEBRA-2") if words in everything] == []
    assert not re.search(r"(?<!armed )conflict|накладк", _without_styles(pages(database)), re.IGNORECASE)


def _without_styles(made: dict[str, bytes]) -> str:
    return b"".join(content for name, content in made.items() if name.endswith(".html")).decode()


def test_what_the_public_may_not_see_changes_no_page(database: Database) -> None:
    before = pages(database)
    shown = event_of(database, "V75-01")
    hidden = replace(shown, ref="ZEBRA-1", status=Status.DRAFT)

    write(database, Change(None, hidden), Change(None, Note(CODE, "V75-01", 1, "words", "A. Writer", NOW.date())))

    assert pages(database) == before


def test_public_of_a_programme_that_shows_releases_sees_nothing_unreleased(database: Database) -> None:
    with database.snapshot() as snapshot:
        programme = snapshot.register(CODE).programme
    write(database, Change(programme, replace(programme, public_shows=PublicShows.RELEASE)))

    made = pages(database)

    assert [name for name in made if "/event/" in name] == []
    assert "Nothing is public yet." in made["en/year.html"].decode()


def test_page_of_an_event_that_is_public_no_longer_is_taken_away_and_others_are_not_touched(
    tmp_path: Path, database: Database
) -> None:
    folder = tmp_path / "www"
    put(folder, database)
    (folder / "en" / "own.html").write_text("<p>written by the webmaster")
    before = {path: path.stat().st_mtime_ns for path in folder.glob("??/event/*.html")}
    shown = event_of(database, "V75-01")

    write(database, Change(shown, replace(shown, disclosure=Disclosure.FULL)))
    put(folder, database)

    after = {path: path.stat().st_mtime_ns for path in folder.glob("??/event/*.html")}
    gone = {folder / language / "event" / "V75-01.html" for language in ("en", "ru")}
    assert before.keys() - after.keys() == gone
    linked = {path for path, when in after.items() if before[path] != when}
    assert all(b"V75-01" not in path.read_bytes() for path in after)
    assert len(linked) < len(after)
    assert (folder / "en" / "own.html").exists()
    assert [path for path in folder.rglob("*") if path.name.startswith(".")] == []


def test_moved_event_says_from_when_on_its_page(database: Database) -> None:
    shown = event_of(database, "V75-01")
    [window] = shown.when.windows
    later = replace(window, first=window.first.replace(day=20), last=window.last.replace(day=20))

    write(database, Change(shown, replace(shown, when=replace(shown.when, windows=(later,), words=""))))

    assert "<dt>moved</dt><dd>Moved from " in pages(database)["en/event/V75-01.html"].decode()
    assert "Перенесено с: " in pages(database)["ru/event/V75-01.html"].decode()
