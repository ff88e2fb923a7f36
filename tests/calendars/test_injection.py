"""P16: no text adds a component or a property, breaks a line, or comes back otherwise, in two parsers."""

import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import icalendar
import pytest

from calendars import Calendar, Conference, Entry, WholeDays, clean, clean_name, write
from calendars.content import clean_title
from calendars.lint import lint
from tests.calendars.other_parser import read_otherwise

NOON = datetime(2020, 3, 1, 12, tzinfo=UTC)
PIECES = (
    *("\r\nBEGIN:VEVENT\r\n", "\nEND:VCALENDAR\n", "\rATTENDEE:mailto:a@b\r", "BEGIN:VALARM", ";LANGUAGE=x:"),
    *("\\", "\\\\", "\\n", "\\N", "\\;", ";", ",", ":", '"', "^n", "^'", "^^", "=", "\t", " ", "   "),
    *("\x00", "\x07", "\x1b[2J", "\x7f", "\x85", "\x9b", "\x0b\x0c\x1c", "\u2028", "\u2029", "\ufeff", "\ud800"),
    *("\u202e", "\u200f", "\u200b", "\U0001f1e6\U0001f1f2", "e\u0301", "\U0001f469\u200d\U0001f467", "Ёё"),
    *("учение «Рубеж-2020»", "ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 3, "а" * 40),
    *("<b>", "&amp;", "=cmd|' /C calc'!A0", "{{7*7}}", "%s%n"),
)


Said = tuple[str, str, str, str, list[str], str]
"""UID, title, description, place, categories, and the label of the conference, as a reader finds them."""


def text_of(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 9)))


def entry_of(number: int, chance: random.Random) -> Entry:
    day = WholeDays(date(2020, 5, 9), date(2020, 5, 9))
    texts = [text_of(chance) for _ in range(5)]
    return Entry(
        f"u{number:05}@example", 0, NOON, NOON, NOON, day, f"x{texts[0]}x", f"x{texts[1]}x", f"x{texts[2]}x", "en",
        (f"x{texts[3]}", "plain"), conference=Conference("https://example.org/", f"x{texts[4]}"),
    )  # fmt: skip


def calendars_of(count: int, chance: random.Random) -> Iterator[Calendar]:
    for start in range(0, count, 500):
        entries = tuple(entry_of(number, chance) for number in range(start, min(start + 500, count)))
        yield Calendar("-//Example//EN", f"x{text_of(chance)}", entries)


def check_lines(content: bytes) -> None:
    """Every line as it stands in the file: short enough, whole letters, whole escapes, nothing that breaks parsers."""
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n", content)
    for line, following in pairwise(lines):
        line.decode("utf-8")
        if following.startswith(b" "):
            assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0


def said(entry: Entry) -> Said:
    assert entry.conference is not None
    return (
        entry.uid,
        clean(entry.summary),
        clean(entry.description),
        clean(entry.location),
        [clean_name(each) for each in entry.categories],
        clean_name(entry.conference.label),
    )


def by_icalendar(content: bytes) -> list[Said]:
    root = icalendar.Calendar.from_ical(content)
    events: Any = root.walk("VEVENT")
    assert len(root.walk()) == len(events) + 1
    assert {tuple(sorted(event)) for event in events} == {tuple(sorted(events[0]))}
    return [
        (
            str(event["uid"]),
            str(event["summary"]),
            str(event["description"]),
            str(event["location"]),
            [str(each) for each in event["categories"].cats],
            str(event["conference"].params["LABEL"]),
        )
        for event in events
    ]


COUNTS = [pytest.param(1_000, id="suite"), pytest.param(10_000, marks=pytest.mark.soak, id="soak")]


@pytest.mark.parametrize("count", COUNTS)
def test_any_text_comes_back_and_adds_nothing_in_icalendar(count: int) -> None:
    for calendar in calendars_of(count, random.Random(16)):
        content = write(calendar)

        check_lines(content)
        assert {flaw.code for flaw in lint(content)} <= {"html"}
        assert by_icalendar(content) == [said(entry) for entry in calendar.entries]


@pytest.mark.parametrize("count", COUNTS)
def test_any_text_comes_back_and_adds_nothing_in_ical_js(count: int, tmp_path: Path) -> None:
    written = list(calendars_of(count, random.Random(17)))
    paths = [tmp_path / f"{number}.ics" for number in range(len(written))]
    for path, calendar in zip(paths, written, strict=True):
        path.write_bytes(write(calendar))

    for found, calendar in zip(read_otherwise(*paths), written, strict=True):
        assert found["components"] == ["vevent"] * len(calendar.entries)
        assert found["name"] == clean_title(calendar.name)
        names = ("uid", "summary", "description", "location", "categories", "label")
        assert [tuple(event[name] for name in names) for event in found["events"]] == [
            said(entry) for entry in calendar.entries
        ]
        assert {(len(event["properties"]), event["inside"]) for event in found["events"]} == {(14, 0)}
