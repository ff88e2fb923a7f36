"""A file of a kind that is not read is refused in one sentence: what it seems to be, what is read, what to do."""

import io
import zipfile

import pytest

from planner.errors import BadInput
from planner.readers.kinds import INSTEAD, Form, form_of


def a_package(*names: str, mimetype: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name in names:
            package.writestr(name, mimetype if name == "mimetype" else "x")
    return file.getvalue()


def an_old_document(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + b"".join(f"{s}\0".encode("utf-16-le") for s in streams)


PICTURE = "a picture of a list cannot be read: ask for the list"
SAVE = "save its table as one of these"
KINDS = [
    (b"%PDF-1.7", "a PDF document", "ask for the document it was made from"),
    (b"%!PS-Adobe", "a PostScript document", "ask for the document it was made from"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", PICTURE),
    (b"\xff\xd8\xff\xe0", "a JPEG image", PICTURE),
    (b"GIF89a", "a GIF image", PICTURE),
    (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00", "a BMP image", PICTURE),
    (b"II*\x00", "a TIFF image", PICTURE),
    (b"RIFF\x24\x00\x00\x00WEBPVP8", "a WebP image", PICTURE),
    (b"\x00\x00\x00\x18ftypheic", "a HEIC image", PICTURE),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG image", "ask for the list"),
    (b"\x00\x00\x00\x18ftypmp42", "a sound or a film", "ask for the list"),
    (b"{\\rtf1\\ansi", "an RTF document", "save it as a Word document (DOCX)"),
    (b"\x1f\x8b\x08", "an archive", "take the list out of it"),
    (b"7z\xbc\xaf\x27\x1c", "an archive", "take the list out of it"),
    (b"Rar!\x1a\x07", "an archive", "take the list out of it"),
    (b"MZ" + bytes(100), "a program", "ask for the list"),
    (b"\x7fELF\x02", "a program", "ask for the list"),
    (b"#!/bin/sh\n", "a program", "ask for the list"),
    (b"SQLite format 3\x00", "a SQLite database", "export its table as CSV"),
    (b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "a web page", "open it in a spreadsheet program and save it as XLSX"),
    (b"<html><table>", "a web page", "open it in a spreadsheet program and save it as XLSX"),
    (b"<TABLE border=1>", "a web page", "open it in a spreadsheet program and save it as XLSX"),
    ("<html>".encode("utf-16"), "a web page", "open it in a spreadsheet program and save it as XLSX"),
    (
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>',
        "a workbook of Excel 2003 in XML",
        "save it as XLSX",
    ),
    (b'<?xml version="1.0"?>\n<plan/>', "an XML file", SAVE),
    (b'<?xml version="1.0"?>\n<rdf:RDF>', "RDF in XML", "export its table as CSV"),
    (b"@prefix ex: <http://example.org/> .", "RDF (Turtle)", "export its table as CSV"),
    (b"<http://example.org/a> <http://example.org/b> 1 .", "RDF (Turtle)", "export its table as CSV"),
    (b"BEGIN:VCARD\r\n", "address cards", "ask for the list"),
    (b"BEGIN:VEVENT\r\n", "a piece of a calendar", "send the whole file, from BEGIN:VCALENDAR on"),
    (b"MIME-Version: 1.0\r\n", "a mail message", "save the list attached to it"),
    (b'[programme]\ncode = "X"', "a programme file", "use planner programme load"),
    (b"---\ntitle: x\n", "a YAML file", SAVE),
    (b"CREATE TABLE event (", "SQL", "export the table as CSV"),
    ("title;date".encode("utf-16-le"), "text in UTF-16 without its mark", "say --encoding utf-16-le"),
    ("title;date".encode("utf-16-be"), "text in UTF-16 without its mark", "say --encoding utf-16-be"),
    (b"abcdefgh\x00ijk\x00", "binary data of a kind I do not know", "ask for the list"),
    (an_old_document("WordDocument"), "a document of Word 97-2003 (DOC)", "save it as DOCX"),
    (an_old_document("PowerPoint Document"), "a presentation", SAVE),
    (an_old_document("__properties_version1.0"), "an Outlook message", "save the list attached to it"),
    (an_old_document("EncryptedPackage"), "a workbook or document protected by a password", "save it without one"),
    (an_old_document("Contents"), "an old binary document without a workbook in it", SAVE),
    (a_package("ppt/presentation.xml"), "a presentation", SAVE),
    (a_package("xl/workbook.bin"), "a binary workbook (XLSB)", "save it as XLSX"),
    (
        a_package("Index/Document.iwa"),
        "a document of Apple's Numbers or Pages",
        "export it as XLSX or DOCX",
    ),
    (a_package("META-INF/MANIFEST.MF", "A.class"), "a program", "ask for the list"),
    (
        a_package("mimetype", "content.xml", mimetype="application/vnd.oasis.opendocument.text"),
        "an OpenDocument text (ODT)",
        "save it as DOCX",
    ),
    (
        a_package("plan.csv"),
        "a zip archive, but neither a workbook nor a Word document",
        "take the list out of it",
    ),
]


@pytest.mark.parametrize(
    ("content", "kind", "remedy"), KINDS, ids=[f"{n} {kind}" for n, (_, kind, _) in enumerate(KINDS)]
)
def test_file_of_another_kind_is_refused_by_its_name_whatever_it_is_called(
    content: bytes, kind: str, remedy: str
) -> None:
    with pytest.raises(BadInput) as refused:
        form_of(content, "plan.csv")

    assert str(refused.value) == f"plan.csv: seems to be {kind}; {INSTEAD}; {remedy}"


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"title,date\n", Form.TEXT),
        (b"<title>,date\n", Form.TEXT),
        (b"[A],date\n", Form.TEXT),
        (b"{title};date\n", Form.TEXT),
        (b"ID;BMP;MZ\n", Form.TEXT),
        (b"BMW meeting;date\n", Form.TEXT),
        (b"From;To;Title\n", Form.TEXT),
        (b"\xef\xbb\xbf\r\nbegin:vcalendar\r\n", Form.CALENDAR),
        ("BEGIN:VCALENDAR\r\n".encode("utf-16"), Form.CALENDAR),
        (b' {"format": 1}', Form.JSON),
        (b'[{"a": 1}]', Form.JSON),
        (an_old_document("Workbook"), Form.XLS),
        (a_package("xl/workbook.xml"), Form.XLSX),
        (a_package("word/document.xml"), Form.DOCX),
        (a_package("mimetype", "content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), Form.ODS),
    ],
)
def test_file_of_a_form_that_is_read_is_told_by_its_content(content: bytes, form: Form) -> None:
    assert form_of(content, "plan.pdf") is form
