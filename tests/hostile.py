"""Files made to do harm, or spoilt as files are: each by a name, with words of the sentence that must answer it."""

import io
import json
import resource
import struct
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress

from planner.errors import BadInput
from planner.readers.listing import read_list
from planner.readers.table import read_table
from tests.boards import sample_register
from tests.lists import TERM
from tests.lists.make import HEADS, document, line, open_document, repacked, run, sheet, tc, tr, workbook
from tests.lists.make import cell as ods_cell

HEAD = "title_en,kind,date_text,start,end,venue,participants,people,ref\n"
GOOD = "Drill,exercise,May 2020,,,Minsk,all,10,A-1\n"
Hostile = Mapping[str, tuple[bytes, str]]


def csv(**cells: str) -> bytes:
    """A good row, and one of it with these cells."""
    names = HEAD.strip().split(",")
    good = dict(zip(names, GOOD.strip().split(","), strict=True))
    row = {**good, "ref": "A-2", **cells}
    return f"{HEAD}{GOOD}{','.join(row[name] for name in names)}\n".encode()


def separated() -> Iterator[tuple[str, bytes, str]]:
    yield "nothing", b"", "is empty"
    yield "blanks", b" \n\t\n \n", "is empty"
    yield "a mark alone", b"\xef\xbb\xbf", "no text in it"
    yield "a mark of UTF-16 alone", b"\xff\xfe", "no"
    yield "half a character of UTF-16", b"\xff\xfea\x00b", "UTF-8"
    yield "bytes of zero", bytes(5000), "UTF-16 without its mark"
    yield "all bytes", bytes(range(256)) * 20, "neither UTF-8 nor cp1251"
    yield "two encodings", "Мероприятие,Сроки\nУчение,".encode() + "май".encode("cp1251"), "neither UTF-8 nor cp1251"
    yield (
        "UTF-8 read as cp1251 and written again",
        "Мероприятие,Сроки\n".encode().decode("cp1251", "ignore").encode(),
        "no column",
    )
    for name, char in (("bell", "\x07"), ("NUL", "\x00"), ("escape", "\x1b[2J"), ("DEL", "\x7f"), ("C1", "\x9b31m")):
        yield f"control character {name}", csv(title_en=f"Dr{char}ill"), "row 3, cell 1: control character U+00"
    yield "a non-character", csv(title_en="Dr\uffffill"), "control character U+FFFF"
    yield "a lost letter", csv(title_en="Dr\ufffdill"), 'row 3, column "title_en"'
    yield "an error of a spreadsheet", csv(date_text="#REF!"), 'row 3, column "date_text"'
    yield "31 April", csv(date_text="31.04.2020"), 'row 3, column "date_text": '
    yield "29 February of no leap year", csv(date_text="29 February 2021"), 'row 3, column "date_text": '
    yield "month 13", csv(date_text="2020-13-01"), 'row 3, column "date_text": '
    yield "an end before the start", csv(date_text="", start="2020-05-10", end="2020-05-01"), 'row 3, column "end"'
    yield "two dates that differ", csv(start="2020-06-10"), 'row 3, column "date_text"'
    yield "a date that reads two ways", csv(date_text="12/10/2020"), "--day-first"
    yield "a date of digits alone", csv(date_text="9" * 5000), 'row 3, column "date_text"'
    yield "a date of words alone", csv(date_text="нет " * 3000), 'row 3, column "date_text"'
    yield "a thousand dashes for a date", csv(date_text="1-" * 1000), 'row 3, column "date_text"'
    yield "people in words", csv(people="many"), 'row 3, column "people"'
    yield "people below nothing", csv(people="-5"), 'row 3, column "people"'
    yield "people in digits of another script and letters", csv(people="٣x"), 'row 3, column "people"'
    yield "a reference twice", csv(ref="A-1"), 'row 3, column "ref"'
    yield "a reference with a slash", csv(ref="../A"), 'row 3, column "ref"'
    yield "a reference with an at", csv(ref="a@b"), 'row 3, column "ref"'
    yield "a kind nobody knows", csv(kind="<script>"), 'row 3, column "kind"'
    yield "a state nobody knows", csv(participants="Atlantis"), 'row 3, column "participants"'
    yield "no title", csv(title_en=""), 'row 3, column "title"'
    yield (
        "a heading twice",
        b"title_en,title_en,date_text\na,b,May\n",
        "'title_en' and 'title_en' are both read as 'title_en'",
    )
    yield "no headings at all", b"1,2,3\n4,5,6\n", "no column"
    yield "no dates", b"title_en,kind\nDrill,exercise\n", "no column 'date_text' or 'start'"
    yield "more cells than headings", csv(title_en="a,b"), "row 3"
    yield "a cell of a megabyte", csv(title_en="x" * 1_000_000), "row 3: a cell of more than 32,768"
    yield "a million columns", b"title_en,date_text" + b",x" * 1_000_000 + b"\n", "row 1: 1,000,002 cells"
    yield "a million rows", b"title_en,kind,date_text\n" + b"a,b,c\n" * 1_000_000, "more than 50,000 rows"
    yield "a quote that never ends", csv(title_en='"x') + b"a,b\n" * 1000, "row 3"
    yield "a quote inside a quoted cell", csv(title_en='"a"b"c'), "row 3"
    yield "21 megabytes", b"title_en,date_text\n" * 1_200_000, "at most 20,000,000"
    yield "lines of a lone return", b"title_en,kind,date_text\rDrill,exercise,31.04.2020\r", "date_text"
    yield (
        "a drawn table with a bar too many",
        b"+---+---+\n| Event | Dates |\n+---+---+\n| a | b | c |\n+---+---+\n| a | May 2020 |\n+---+---+\n",
        "row",
    )
    yield "rulings without end", b"+-+\n|a|\n" * 20_000, "no column"


def calendar(*lines: str, head: str = "VERSION:2.0", end: str = "END:VCALENDAR") -> bytes:
    event = "\r\n".join(("BEGIN:VEVENT", "UID:a@b", "SUMMARY:Drill", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\r\n{head}\r\n{event}\r\n{end}\r\n".encode()


def rule(text: str, start: str = "20200106T100000Z") -> bytes:
    return calendar(f"DTSTART:{start}", f"RRULE:{text}")


def calendars() -> Iterator[tuple[str, bytes, str]]:
    whole = calendar("DTSTART:20200601T100000Z")
    yield "a head alone", b"BEGIN:VCALENDAR", "ends inside VCALENDAR"
    yield "an empty calendar", b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "its calendar is empty"
    yield "cut in an event", whole[:-30], "was cut off"
    yield "cut before the last line", whole[: whole.index(b"END:VCAL")], "was cut off"
    yield "an end too many", whole + b"END:VCALENDAR\r\n", "stands outside everything"
    yield "an end of another", whole.replace(b"END:VEVENT", b"END:VTODO"), "END:VTODO on line 7 stands inside VEVENT"
    yield "nested without end", b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 100_000, "nested 20 deep"
    yield (
        "nested and closed",
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 900 + b"END:VEVENT\n" * 900 + b"END:VCALENDAR\n",
        "nested 20 deep",
    )
    yield "no start", calendar(), "DTSTART: is missing"
    yield "31 April", calendar("DTSTART:20200431"), "DTSTART: '20200431' cannot be read"
    yield "hour 25", calendar("DTSTART:20200401T250000"), "DTSTART"
    yield "a day of letters", calendar("DTSTART:tomorrow"), "DTSTART"
    yield "no value", calendar("DTSTART"), "is not a line of iCalendar"
    yield "an empty value", calendar("DTSTART:"), "DTSTART"
    yield "a period for a start", calendar("DTSTART:20200101T000000Z/PT1H"), "DTSTART"
    yield "a length for a start", calendar("DTSTART;VALUE=DURATION:PT1H"), "DTSTART"
    yield (
        "an end before the start",
        calendar("DTSTART:20200601T100000Z", "DTEND:20200601T090000Z"),
        "is before the start",
    )
    yield "a day and a time", calendar("DTSTART;VALUE=DATE:20200601", "DTEND:20200601T090000Z"), "both alike"
    yield "a length below nothing", calendar("DTSTART:20200601T100000Z", "DURATION:-PT1H"), "DURATION"
    yield "a length past the end of time", calendar("DTSTART:20200601T100000Z", "DURATION:P99999999D"), "DURATION"
    yield "a length of days without end", calendar("DTSTART:20200601T100000Z", f"DURATION:P{'9' * 400}D"), "DURATION"
    yield "two starts", calendar("DTSTART:20200601", "DTSTART:20200602"), "stands 2 times"
    for number, name in enumerate(
        ("Nowhere/City", "../../etc/passwd", "/etc/localtime", "", "Europe", "\\x00", "A" * 9000)
    ):
        yield f"zone {number}", calendar(f"DTSTART;TZID={name}:20200601T100000"), "time zone"
    for end in ("<", "FREQ=SECONDLY", '"'):
        line = f'DTEND;TZID="Europe/Moscow"{end}:20200601T110000'
        yield f"a zone with {end} behind it", calendar("DTSTART;TZID=Europe/Moscow:20200601T100000", line), "time zone"
    yield "a zone in quotes with a colon", calendar('DTSTART;TZID="(UTC+99:00) Moon":20200601T100000'), "time zone"
    for number, text in enumerate(
        ("FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=3", "FREQ=HOURLY", "FREQ=FORTNIGHTLY", "COUNT=3", "")
    ):
        yield f"a rule of another pace {number}", rule(text), "RRULE"
    yield "an interval of nothing", rule("FREQ=DAILY;INTERVAL=0"), "INTERVAL=0"
    yield "an interval below nothing", rule("FREQ=DAILY;INTERVAL=-1"), "RRULE"
    yield "a count of nothing", rule("FREQ=DAILY;COUNT=0"), "RRULE"
    yield "a count without end", rule("FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8;COUNT=999999999"), "more than 2,000"
    yield "a count of many digits", rule(f"FREQ=DAILY;COUNT={'9' * 5000}"), "RRULE"
    yield "two ends", rule("FREQ=DAILY;COUNT=3;UNTIL=20200110T000000Z"), "both COUNT and UNTIL"
    yield (
        "every second of the year",
        rule("FREQ=YEARLY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60)))),
        "times a day",
    )
    yield "since the year one", rule("FREQ=DAILY;COUNT=900000", "00010101T000000Z"), "RRULE"
    yield "a hundred rules", calendar("DTSTART:20200106", *["RRULE:FREQ=DAILY;COUNT=2"] * 100), "has 100 rules"
    yield "ten thousand days named", calendar("DTSTART:20200106", "RDATE:" + ",".join(["20200107"] * 10_000)), "RDATE"
    yield "a rule that excepts", calendar("DTSTART:20200106", "RRULE:FREQ=DAILY;COUNT=2", "EXRULE:FREQ=DAILY"), "EXRULE"
    yield "another calendar's months", rule("RSCALE=CHINESE;FREQ=YEARLY;COUNT=3"), "RRULE"
    yield "a rule on a spoilt start", calendar("DTSTART:20200431", "RRULE:FREQ=DAILY"), "DTSTART"
    yield (
        "a changed day that is spoilt",
        (
            whole.replace(b"SUMMARY", b"RRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY").replace(
                b"END:VCALENDAR",
                b"BEGIN:VEVENT\r\nUID:a@b\r\nRECURRENCE-ID:x\r\nDTSTART:20200602\r\nEND:VEVENT\r\nEND:VCALENDAR",
            )
        ),
        "RECURRENCE-ID",
    )
    yield "control character", calendar("DTSTART:20200601", "DESCRIPTION:\x07"), "control character U+0007"
    yield "a fold of a lone space", calendar("DTSTART:20200601", "no colon here"), "is not a line of iCalendar"
    yield "a name of other letters", calendar("DTSTART:20200601", "ПОЛЕ:x"), "is not a line of iCalendar"
    yield "a status nobody knows", calendar("DTSTART:20200601", "STATUS:PERHAPS"), "STATUS"
    yield "a summary of a megabyte", calendar("DTSTART:20200601", f"DESCRIPTION:{'x' * 1_000_000}"), "at most 32,768"
    yield "two encodings", calendar("DTSTART:20200601", "LOCATION:Минск") + "X:Минск".encode("cp1251"), "neither UTF-8"
    yield (
        "letters of Latin-1",
        calendar("DTSTART:20200601").replace(b"Drill", "Réunion à Genève".encode("latin-1")),
        "neither UTF-8",
    )
    yield "a row of ours that is spoilt", calendar("DTSTART:20200601", "X-PLANNER-ROW:{not json"), "X-PLANNER-ROW"
    yield "a row of ours that is a list", calendar("DTSTART:20200601", "X-PLANNER-ROW:[1]"), "X-PLANNER-ROW"
    yield "an address card", b"BEGIN:VCARD\r\nEND:VCARD\r\n", "address cards"
    yield "an event alone", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "a piece of a calendar"
    yield (
        "60,000 events",
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 60_000 + b"END:VCALENDAR\n",
        "more than 50,000 events",
    )


def plan(**more: object) -> bytes:
    events = [{"title_en": "Drill", "kind": "exercise", "date_text": "31.04.2020"}]
    return json.dumps({"format": "council-planner/plan", "version": 1, "events": events, **more}).encode()


def plans() -> Iterator[tuple[str, bytes, str]]:
    yield "cut", plan()[:60], "cut off"
    yield "no plan", b"{}", "is JSON, but not a plan"
    yield "a list", b"[[1]]", "is JSON, but not a plan"
    yield "nested without end", b'{"a":' * 100_000, "nested too deeply"
    yield "lists nested without end", b"[" * 100_000, "nested too deeply"
    yield "a key twice", b'{"format":"council-planner/plan","format":"x"}', "twice"
    yield "no number", b'{"format": NaN}', "which is no value"
    yield "a later version", plan(version=99), "version 99"
    yield "no events", plan(events=None), "without events"
    yield "events in an object", plan(events={}), "without events"
    yield "an event that is a number", plan(events=[7]), "event 1: '7' is not an event"
    yield (
        "a value that is a list",
        plan(events=[{"title_en": ["a"], "date_text": "May"}]),
        "is a list",
    )
    yield "half a character", plan(events=[{"title_en": "\ud800", "date_text": "May"}]), "control character U+D800"
    yield "a control character", plan(events=[{"title_en": "\x1b", "date_text": "May"}]), "control character U+001B"
    yield "31 April", plan(), 'event 1, column "date_text"'
    yield "a number of many digits", plan(events=[]).replace(b"[]", b'[{"people":' + b"9" * 6000 + b"}]"), "no column"
    yield "two thousand keys", plan(events=[{f"k{n}": "" for n in range(2000)}]), "at most 1,024"
    yield "sixty thousand events", plan(events=[{}] * 60_000), "more than 50,000 events"
    yield (
        "another programme's revision",
        plan(revision="x", events=[{"title_en": "a", "date_text": "31.04.2020"}]),
        "31.04.2020",
    )


def package(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes, *, more: int = 1) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename != name:
                target.writestr(entry, source.read(entry))
        for number in range(more):
            target.writestr(name if not number else f"{name}{number}", part)
    return changed.getvalue()


def lying_about_size(content: bytes) -> bytes:
    """The package whose directory says that every part is 9 bytes."""
    spoilt = bytearray(content)
    at = spoilt.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", spoilt, at + 24, 9)
        at = spoilt.find(b"PK\x01\x02", at + 4)
    return bytes(spoilt)


def spoilt(content: bytes, name: str) -> bytes:
    """The package with some bytes inside one packed part written over."""
    entry = zipfile.ZipFile(io.BytesIO(content)).getinfo(name)
    at = entry.header_offset + 30 + len(name) + entry.compress_size // 2
    return content[:at] + b"\xff" * 20 + content[at + 20 :]


def protected(content: bytes) -> bytes:
    """The package whose parts say they are encrypted."""
    spoilt = bytearray(content)
    for mark, at_flag in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = spoilt.find(mark)
        while at >= 0:
            spoilt[at + at_flag] |= 1
            at = spoilt.find(mark, at + 4)
    return bytes(spoilt)


def workbooks() -> Iterator[tuple[str, bytes, str]]:
    rows = [HEADS, (1, "Учение", "exercise", "31.04.2020", "Минск")]
    whole = workbook(lambda book: sheet(book, rows))
    page = "xl/worksheets/sheet1.xml"
    yield "31 April", whole, 'row 2, column "date_text"'
    yield "cut in half", whole[: len(whole) // 2], "damaged or was cut off"
    yield "its first bytes", whole[:40], "damaged or was cut off"
    yield "a byte changed", whole.replace(b"\x00\x00\x00", b"\x00\x01\x00", 3), "is damaged"
    yield "zeros in the middle", whole[:900] + bytes(400) + whole[1300:], "is damaged"
    yield "a bomb", with_part(whole, "xl/media/x.bin", bytes(3_000_000)), "times its size"
    yield "a large bomb", with_part(whole, "xl/media/x.bin", bytes(65_000_000)), "unpacks to"
    yield "two thousand parts", with_part(whole, "xl/media/x", b"", more=2000), "at most 1,000"
    yield "sizes that lie", lying_about_size(whole), "damaged"
    yield "a password", protected(whole), "protected by a password"
    strings = "xl/sharedStrings.xml"
    for said in ("1202004310", "9" * 400, "-1", "&#49;202004310"):
        lying = repacked(whole, strings, ' uniqueCount="', f' uniqueCount="{said}" was="')
        yield f"{said[:12]} texts", lying, "which it cannot"
    for coding in ("UTG-8", "A" * 400, "utf-16", "hex"):
        lying = repacked(whole, "xl/workbook.xml", "UTF-8", coding)
        yield f"in the encoding {coding[:8]}", lying, "list of sheets is damaged"
    yield "entities", repacked(whole, page, "<worksheet", '<!DOCTYPE w [<!ENTITY a "b">]><worksheet'), "declares"
    yield (
        "an outside entity",
        repacked(whole, page, "<worksheet", '<!DOCTYPE w SYSTEM "http://127.0.0.1/x.dtd"><worksheet'),
        "declares",
    )
    yield (
        "entities in a list of relations",
        repacked(whole, "_rels/.rels", "<Relationships", '<!DOCTYPE r [<!ENTITY a "b">]><Relationships'),
        "declares",
    )
    yield (
        "entities in UTF-16",
        with_part(whole, "xl/x.xml", '<!DOCTYPE w [<!ENTITY a "b">]>'.encode("utf-16")),
        "declares",
    )
    yield "far corner", repacked(whole, page, 'r="A1"', 'r="XFD1048576"'), "columns; at most"
    yield "a row of many digits", repacked(whole, page, 'r="A1"', f'r="A{"9" * 30}"'), "rows and"
    yield "columns of many letters", repacked(whole, page, 'r="A1"', f'r="{"Z" * 30}1"'), "columns; at most"
    yield "no sheet", repacked(whole, "xl/workbook.xml", "<sheet ", "<shoot "), "no text in it"
    yield "spoilt list of sheets", repacked(whole, "xl/workbook.xml", "<sheets>", "<sheets"), "cannot be read"
    yield "spoilt sheet", repacked(whole, page, "<sheetData>", "<sheetData"), "cannot be read"
    yield "no text for its texts", repacked(whole, "xl/sharedStrings.xml", "<si>", "<s>"), "cannot be read"
    yield (
        "texts that are not there",
        repacked(whole, page, '<c r="B2" t="s"><v>', '<c r="B2" t="s"><v>99'),
        "cannot be read",
    )
    yield (
        "an error",
        workbook(lambda book: sheet(book, rows).write_formula(1, 1, "=1/0", None, "#DIV/0!")),
        'row 2, column "title"',
    )
    yield (
        "a formula nobody calculated",
        workbook(lambda book: sheet(book, rows).write_formula(1, 1, "=A1", None, "")),
        "never calculated",
    )
    yield (
        "control character",
        workbook(lambda book: sheet(book, [HEADS, (1, "Уче\x07ние")])),
        "row 2, cell 2: control character U+0007",
    )
    yield (
        "a day before time",
        workbook(lambda book: sheet(book, rows).write_number(1, 3, -5, book.add_format({"num_format": "dd.mm.yyyy"}))),
        'row 2, column "date_text"',
    )
    yield (
        "a day past time",
        workbook(
            lambda book: sheet(book, rows).write_number(1, 3, 99_999_999, book.add_format({"num_format": "dd.mm.yyyy"}))
        ),
        'row 2, column "date_text"',
    )
    merges = "".join(f'<mergeCell ref="A1:E{n}"/>' for n in range(2, 3000))
    yield (
        "cells merged over and over",
        repacked(whole, page, "</sheetData>", f'</sheetData><mergeCells count="1">{merges}</mergeCells>'),
        "overlap",
    )
    yield (
        "a heading twice",
        workbook(lambda book: sheet(book, [("Мероприятие", "Сроки", "Срок"), ("a", "b", "c")])),
        "are both read as",
    )
    yield "no headings", workbook(lambda book: sheet(book, [(1, 2, 3)])), "no column"
    yield "an empty workbook", workbook(lambda book: sheet(book, [])), "no text in it"
    yield "a zip of nothing", package(x=b""), "a zip archive"
    yield "a zip that claims to be a workbook", package(**{"xl/workbook.xml": b"<x/>"}), "cannot be read"
    yield "a presentation", package(**{"ppt/presentation.xml": b"<x/>"}), "a presentation"
    yield "old: zeros", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "without a workbook"
    yield (
        "old: a name and zeros",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook\0".encode("utf-16-le") + bytes(4000),
        "damaged",
    )
    yield "old: a document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le"), "DOC"
    many = ods_cell("x", 'table:number-columns-repeated="16384"')
    yield (
        "open: repeated without end",
        open_document(line(many, more='table:number-rows-repeated="1048576"')),
        "rows and",
    )
    yield (
        "open: repeated by many digits",
        open_document(line(ods_cell("x", f'table:number-columns-repeated="{"9" * 40}"'))),
        "columns; at most",
    )
    yield "open: cut", open_document(line(*map(ods_cell, HEADS)))[:-150], "damaged"
    yield "open: no end", open_document("<table:table-row>"), "cannot be read"
    yield "open: nested without end", open_document("<table:table-row>" * 50_000), "cannot be read"
    yield (
        "open: 31 April",
        open_document(line(*map(ods_cell, HEADS)) + line(*map(ods_cell, ("1", "a", "exercise", "31.04.2020", "")))),
        'row 2, column "date_text"',
    )
    yield (
        "open: a text document",
        package(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"}),
        "ODT",
    )


def documents() -> Iterator[tuple[str, bytes, str]]:
    whole = document(tr(*HEADS) + tr("1", "Учение", "exercise", "31.04.2020", "Минск"))
    body = "word/document.xml"
    yield "31 April", whole, 'row 2, column "date_text"'
    yield "cut", whole[:-500], "damaged or was cut off"
    yield "a picture that is damaged", spoilt(whole, "docProps/thumbnail.jpeg"), "is damaged"
    yield "no table", document(), "without a table"
    yield "an empty table", document(tr("", "")), "no text in it"
    yield "entities", repacked(whole, body, "<w:document ", '<!DOCTYPE w [<!ENTITY a "b">]><w:document '), "declares"
    yield (
        "an outside entity",
        repacked(whole, body, "<w:document ", '<!DOCTYPE w SYSTEM "file:///etc/hosts"><w:document '),
        "declares",
    )
    yield "spoilt", repacked(whole, body, "<w:body>", "<w:body"), "cannot be read"
    yield "nested without end", repacked(whole, body, "<w:body>", "<w:body>" + "<w:sdt>" * 5000), "cannot be read"
    yield "a bomb", with_part(whole, "word/media/x.bin", bytes(3_000_000)), "times its size"
    yield (
        "a span of a million",
        document(tr(*HEADS) + tr(tc("x", more='<w:gridSpan w:val="1000000"/>'))),
        "cells; at most 1,024",
    )
    yield (
        "a span of many digits",
        document(tr(*HEADS) + tr(tc("x", more=f'<w:gridSpan w:val="{"9" * 5000}"/>'))),
        "cells; at most 1,024",
    )
    yield (
        "cells before of a million",
        document(tr(*HEADS) + tr("x", more='<w:gridBefore w:val="1000000"/>')),
        "cells; at most 1,024",
    )
    yield (
        "a cell of many numbers",
        document(tr(*HEADS) + tr(tc(run(" ".join(map(str, range(10_000))))))),
        "at most 32,768",
    )
    yield (
        "two headings alike",
        document(tr("Мероприятие", "Сроки", "Срок") + tr("a", "b", "c")),
        "are both read as",
    )
    yield "every row deleted", document(tr("a", "b", more='<w:del w:id="1" w:author="x"/>')), "no text in it"
    yield "no body", repacked(whole, body, "<w:body>", "<w:nobody>"), "cannot be read"
    yield "no document", package(**{"word/document.xml": b"<x/>"}), "cannot be read"
    yield "types that are not there", with_part(whole, "[Content_Types].xml", b"<x/>"), "cannot be read"


def _named(form: str, files: Iterator[tuple[str, bytes, str]]) -> Hostile:
    return {f"{form}: {name}": (content, words) for name, content, words in files}


def hostile() -> Hostile:
    """Every one of them, by form and name."""
    return {
        **_named("csv", separated()),
        **_named("ics", calendars()),
        **_named("json", plans()),
        **_named("xlsx", workbooks()),
        **_named("docx", documents()),
    }


def _measured() -> Mapping[str, float]:
    """Reads all of them in this process; the longest time in seconds, and the most memory in megabytes."""
    slowest = 0.0
    for content, _ in hostile().values():
        began = time.process_time()
        with suppress(BadInput):
            read_list(read_table(content, "list", term=lambda: TERM), sample_register())
        slowest = max(slowest, time.process_time() - began)
    return {"seconds": slowest, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(_measured()))
