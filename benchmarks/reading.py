"""Path D, reading: a workbook against openpyxl, a calendar against icalendar's parse, the memory of a long list.

Targets: a workbook at least 5 times as fast as openpyxl, a calendar at most 1.3 times icalendar's parse, and at most
512 MB for 50,000 rows, what their cells mean included.
"""

import io
import resource
import subprocess
import sys
from datetime import date, timedelta

import icalendar
import xlsxwriter

from benchmarks.table import show, timed
from planner import sample
from planner.readers.listing import read_list
from planner.readers.table import read_table
from planner.services import programmes

HEADS = (
    "ref",
    "title_en",
    "title_ru",
    "kind",
    "date_text",
    "venue",
    "participants",
    "status",
    "responsible",
    "remarks",
)
ROWS, EVENTS, MANY = 20_000, 2_000, 49_999  # and the headings


def a_workbook(rows: int) -> bytes:
    """A list of so many events, with real dates."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    page, day = book.add_worksheet("Plan"), book.add_format({"num_format": "dd.mm.yyyy"})
    page.write_row(0, 0, HEADS)
    for n in range(1, rows + 1):
        page.write_row(n, 0, (f"EX-{n}", f"Exercise number {n}", f"Учение номер {n}", "exercise"))
        page.write_datetime(n, 4, date(2020, 1, 1) + timedelta(days=n % 366), day)
        page.write_row(n, 5, ("Minsk", "AM;BY;KZ", "planned", f"Unit {n % 40}", f"Remark {n}"))
    book.close()
    return content.getvalue()


def a_calendar(events: int) -> bytes:
    """So many events as other programs write them, in two zones."""
    lines: list[str] = []
    for n in range(events):
        day = date(2020, 1, 1) + timedelta(days=n % 366)
        zone = ("Europe/Moscow", "Asia/Bishkek")[n % 2]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{n}@example",
            "DTSTAMP:20200101T000000Z",
            f"DTSTART;TZID={zone}:{day:%Y%m%d}T100000",
            f"DTEND;TZID={zone}:{day:%Y%m%d}T120000",
            f"SUMMARY:Совещание номер {n}",
            f"DESCRIPTION:Повестка дня\\, вопросы {n}",
            "LOCATION:Минск",
            "STATUS:CONFIRMED",
            "CATEGORIES:Meeting",
            "END:VEVENT",
        ]
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", "")).encode()


def run() -> None:
    """Prints the tables."""
    _workbook()
    _calendar()
    _memory()


def _workbook() -> None:
    content = a_workbook(ROWS)
    ours, table = timed(lambda: read_table(content, "plan.xlsx"), 3)
    assert len(table.rows) == ROWS
    rows = [("planner (limits, corners, headings included)", f"{ours:.0f}", f"{ROWS / ours * 1000:,.0f}", "")]
    try:
        import openpyxl
    except ImportError:
        rows.append(("openpyxl", "not installed: pip install 'council-planner[bench]'", "", ""))
    else:

        def theirs_read() -> int:
            sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active
            return sum(1 for _ in sheet.iter_rows(values_only=True))

        theirs, found = timed(theirs_read, 3)
        assert found == ROWS + 1
        ratio = f"{theirs / ours:.1f} times as slow as ours (target ≥ 5)"
        rows.append(("openpyxl, read-only", f"{theirs:.0f}", f"{ROWS / theirs * 1000:,.0f}", ratio))
    show(f"Reading a workbook of {ROWS:,} rows and {len(HEADS)} columns", ("reader", "ms", "rows/s", ""), rows)


def _calendar() -> None:
    content = a_calendar(EVENTS)
    theirs, parsed = timed(lambda: icalendar.Calendar.from_ical(content), 3)
    ours, table = timed(lambda: read_table(content, "plan.ics"), 3)
    assert len(table.rows) == len(parsed.walk("VEVENT")) == EVENTS
    ratio = f"{ours / theirs:.2f} × (target ≤ 1.3 ×)"
    show(
        f"Reading a calendar of {EVENTS:,} events",
        ("reader", "ms", "events/s", ""),
        (
            ("icalendar, parse alone", f"{theirs:.0f}", f"{EVENTS / theirs * 1000:,.0f}", "1 ×"),
            ("planner, to rows with every trap answered", f"{ours:.0f}", f"{EVENTS / ours * 1000:,.0f}", ratio),
        ),
    )


def _memory() -> None:
    rows = []
    for form in ("csv", "xlsx"):
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.reading", form], check=True, capture_output=True, text=True
        )
        rows.append((form, ran.stdout.strip()))
    show(f"Memory for a list of {MANY + 1:,} rows, read and understood (target ≤ 512 MB)", ("form", "MB"), rows)


def _megabytes(form: str) -> int:
    """The most memory this process had while it read a long list."""
    table = read_table(_long(form), f"plan.{form}")
    register = programmes.read(sample.content(sample.PROGRAMME), sample.PROGRAMME)
    assert len(read_list(table, register).rows) == MANY
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _long(form: str) -> bytes:
    if form == "xlsx":
        made = subprocess.run([sys.executable, "-m", "benchmarks.reading", "make"], check=True, capture_output=True)
        return made.stdout
    row = "EX-{0},Exercise number {0},Учение номер {0},exercise,2020-05-09,Minsk,AM;BY;KZ,planned,Unit,Remark {0}\n"
    return "".join((",".join(HEADS) + "\n", *(row.format(n) for n in range(MANY)))).encode()


if __name__ == "__main__":
    if sys.argv[1] == "make":
        sys.stdout.buffer.write(a_workbook(MANY))
    else:
        print(_megabytes(sys.argv[1]))
