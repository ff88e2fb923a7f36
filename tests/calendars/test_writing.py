"""The bytes: what every client needs, and what breaks some of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars import Calendar, Entry, Related, Status, Timed, WholeDays, clean, read, write

NOON = datetime(2020, 3, 1, 12, tzinfo=UTC)
DAY = WholeDays(date(2020, 5, 9), date(2020, 5, 9))
ENTRY = Entry("V75-01@CSTO-2020", 1, NOON, NOON, NOON, DAY, "Parade", language="en")


def calendar(*entries: Entry) -> Calendar:
    return Calendar("-//Example//EN", "Plan 2020", entries, "navy", NOON)


def lines(*entries: Entry) -> list[str]:
    """The unfolded lines of a calendar."""
    return write(calendar(*entries)).decode().replace("\r\n ", "").split("\r\n")


def test_head_says_what_clients_ask_for() -> None:
    head = lines(ENTRY)[: lines(ENTRY).index("BEGIN:VEVENT")]

    assert sorted(head) == [
        "BEGIN:VCALENDAR",
        "CALSCALE:GREGORIAN",
        "COLOR:navy",
        "LAST-MODIFIED:20200301T120000Z",
        "METHOD:PUBLISH",
        "NAME:Plan 2020",
        "PRODID:-//Example//EN",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "VERSION:2.0",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-CALNAME:Plan 2020",
    ]


def test_last_day_is_written_as_the_day_after() -> None:
    said = lines(replace(ENTRY, when=WholeDays(date(2020, 5, 8), date(2020, 5, 9))))

    assert "DTSTART;VALUE=DATE:20200508" in said
    assert "DTEND;VALUE=DATE:20200510" in said


def test_clock_time_has_its_zone_and_the_zone_no_rdate() -> None:
    timed = replace(ENTRY, when=Timed(datetime(2020, 11, 6, 9), datetime(2020, 11, 6, 12), "Asia/Dushanbe"))
    said = lines(timed)

    assert "DTSTART;TZID=Asia/Dushanbe:20201106T090000" in said
    assert "DTEND;TZID=Asia/Dushanbe:20201106T120000" in said
    assert said.count("BEGIN:VTIMEZONE") == 1
    assert not [line for line in said if line.startswith(("RDATE", "RRULE"))]


def test_everything_an_entry_says_is_written() -> None:
    said = lines(
        replace(
            ENTRY,
            description="First line\nsecond, with; marks \\ and all",
            location="Red Square",
            categories=("Commemoration", "P15"),
            status=Status.CANCELLED,
            is_transparent=True,
            color="darkorange",
            geo=(55.754, 37.62),
            related=(Related("PARENT", "EX@P"), Related("FINISHTOSTART", "CSC@P", 7)),
        )
    )

    assert {
        "UID:V75-01@CSTO-2020",
        "SEQUENCE:1",
        "SUMMARY;LANGUAGE=en:Parade",
        "DESCRIPTION;LANGUAGE=en:First line\\nsecond\\, with\\; marks \\\\ and all",
        "LOCATION;LANGUAGE=en:Red Square",
        "CATEGORIES;LANGUAGE=en:Commemoration,P15",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "GEO:55.754;37.62",
        "RELATED-TO;RELTYPE=PARENT:EX@P",
        "RELATED-TO;RELTYPE=FINISHTOSTART;GAP=P7D:CSC@P",
        "DTSTAMP:20200301T120000Z",
    } <= set(said)


def test_calendar_has_no_uid_of_its_own() -> None:
    assert [line for line in lines(ENTRY) if line.startswith("UID")] == ["UID:V75-01@CSTO-2020"]


def test_entries_come_by_start_and_uid_whatever_their_order() -> None:
    entries = [replace(ENTRY, uid=uid, when=WholeDays(day, day)) for uid, day in (("b", DAY.first), ("a", DAY.first))]
    entries.append(replace(ENTRY, uid="c", when=WholeDays(date(2020, 1, 1), date(2020, 1, 1))))

    assert [line for line in lines(*entries) if line.startswith("UID")] == ["UID:c", "UID:a", "UID:b"]
    assert write(calendar(*entries)) == write(calendar(*reversed(entries)))


def test_what_breaks_parsers_is_never_published() -> None:
    nasty = replace(ENTRY, summary="\ufeffBell\x07 and\x00 null", categories=("a, b\\c",))
    said = lines(nasty)

    assert "SUMMARY;LANGUAGE=en:Bell and null" in said
    assert "CATEGORIES;LANGUAGE=en:a b/c" in said
    assert not write(calendar(nasty)).startswith(b"\xef\xbb\xbf")


text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120) | st.text(
    "\\,;:\"\n\r'=BEGIN", max_size=60
)


@given(text, text, text)
@settings(max_examples=300, deadline=None)
def test_any_text_comes_back_and_adds_nothing(summary: str, description: str, location: str) -> None:
    entry = replace(ENTRY, summary=f"x{summary}", description=f"x{description}", location=f"x{location}")
    content = write(calendar(entry))

    cleaned = [clean(each) for each in (entry.summary, entry.description, entry.location)]
    [found] = read(content).calendar.entries
    assert [found.summary, found.description, found.location] == cleaned
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    component = icalendar.Calendar.from_ical(content)
    assert [each.name for each in component.walk()] == ["VCALENDAR", "VEVENT"]
    for line in content.split(b"\r\n"):
        line.decode()  # no fold cuts a letter


def test_cleaning_takes_nothing_but_what_breaks_parsers() -> None:
    assert clean("«Рубеж-2020», a; b\\n\r\nc\x0b\\N\u2028d\ud800") == "«Рубеж-2020», a; b\\n\nc\\N\nd\ufffd"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not an iCalendar file"),
        (b"<html>sign in</html>", "not an iCalendar file"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "not an iCalendar file"),
    ],
)
def test_what_is_no_calendar_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(content)


def test_entry_that_cannot_be_read_is_said_and_the_others_are_read() -> None:
    floating = write(calendar(ENTRY)).replace(
        b"END:VCALENDAR", b"BEGIN:VEVENT\r\nUID:floating\r\nDTSTART:20200509T100000\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )

    reading = read(floating)

    assert reading.calendar.entries == (ENTRY,)
    assert reading.problems == ("entry 2 (floating): DTSTART is a floating time, without a zone",)
