"""What a file is, by its content: the forms that are read, and the names of many that are not."""

import re
import zipfile
from enum import StrEnum

from planner.errors import BadInput, Problem
from planner.readers.package import ZIP, opened, part
from planner.readers.text import in_utf_8

OLE = b"\xd0\xcf\x11\xe0"
INSTEAD = "a CSV list, a workbook (XLSX, XLS, ODS), a Word document (DOCX) or a calendar (ICS)"


class Form(StrEnum):
    """The forms that are read."""

    TEXT = "text"
    XLSX = "XLSX"
    XLS = "XLS"
    ODS = "ODS"
    DOCX = "DOCX"
    CALENDAR = "iCalendar"
    JSON = "JSON"


# Kinds of file by their first bytes, and what to do with one instead of sending it.
_SAVE = "save its table as one of these"
_SIGNATURES = (
    (rb"%PDF", "a PDF document", "ask for the document it was made from"),
    (rb"%!PS", "a PostScript document", "ask for the document it was made from"),
    (rb"\x89PNG", "a PNG image", "a picture of a list cannot be read: ask for the list"),
    (rb"\xff\xd8\xff", "a JPEG image", "a picture of a list cannot be read: ask for the list"),
    (rb"GIF8[79]a", "a GIF image", "a picture of a list cannot be read: ask for the list"),
    (rb"BM.{4}\x00\x00\x00\x00", "a BMP image", "a picture of a list cannot be read: ask for the list"),
    (rb"II\*\x00|MM\x00\*", "a TIFF image", "a picture of a list cannot be read: ask for the list"),
    (rb"RIFF.{4}WEBP", "a WebP image", "a picture of a list cannot be read: ask for the list"),
    (rb".{4}ftyp(?:heic|heix|mif1|avif)", "a HEIC image", "a picture of a list cannot be read: ask for the list"),
    (rb".{4}ftyp|RIFF.{4}(?:AVI |WAVE)|ID3|OggS|\x1aE\xdf\xa3", "a sound or a film", "ask for the list"),
    (rb"\{\\rtf", "an RTF document", "save it as a Word document (DOCX)"),
    (rb"\x1f\x8b|BZh\d|\xfd7zXZ|7z\xbc\xaf\x27|Rar!|\x28\xb5\x2f\xfd", "an archive", "take the list out of it"),
    (rb"MZ.{58}|\x7fELF|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe|#!/", "a program", "ask for the list"),
    (rb"SQLite format 3\x00", "a SQLite database", "export its table as CSV"),
    (rb"PK\x05\x06", "an empty archive", "ask for the list"),
)
# The same for text, whatever its case; blanks and marks before it do not count.
_TEXTS = (
    (rb"<\?xml[^>]*\?>\s*<\?mso-application", "a workbook of Excel 2003 in XML", "save it as XLSX"),
    (rb"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<svg", "an SVG image", "ask for the list"),
    (
        rb"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div|p|script|style)\b",
        "a web page",
        "open it in a spreadsheet program and save it as XLSX",
    ),
    (rb"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<rdf:RDF", "RDF in XML", "export its table as CSV"),
    (rb"@prefix\s|@base\s|PREFIX\s+\w*:\s*<|<https?://[^>]*>\s+<https?://", "RDF (Turtle)", "export its table as CSV"),
    (
        rb"<\?xml|<!DOCTYPE|<[a-z_][\w.:-]*(?:\s+[\w.:-]+\s*=|\s*/?>\s*(?:<|\Z))",
        "an XML file",
        "save its table as one of these",
    ),
    (rb"BEGIN:VCARD", "address cards", "ask for the list"),
    (rb"BEGIN:V(?:EVENT|TODO|TIMEZONE)", "a piece of a calendar", "send the whole file, from BEGIN:VCALENDAR on"),
    (
        rb"MIME-Version:|Received:\s|Return-Path:|Delivered-To:|From - ",
        "a mail message",
        "save the list attached to it",
    ),
    (rb"\[programme\]\s*\r?\n", "a programme file", "use planner programme load"),
    (rb"%YAML|---\s*\r?\n", "a YAML file", "save its table as one of these"),
    (rb"(?:insert into|create table|drop table|begin transaction)\s", "SQL", "export the table as CSV"),
)
_OF_OLE = (
    ("EncryptedPackage", "a workbook or document protected by a password", "save it without one"),
    ("WordDocument", "a document of Word 97-2003 (DOC)", "save it as DOCX"),
    ("PowerPoint Document", "a presentation", "save its table as one of these"),
    ("__properties_version1.0", "an Outlook message", "save the list attached to it"),
)
_PARTS = (
    ("ppt/presentation.xml", "a presentation", _SAVE),
    ("xl/workbook.bin", "a binary workbook (XLSB)", "save it as XLSX"),
    ("Index/Document.iwa", "a document of Apple's Numbers or Pages", "export it as XLSX or DOCX"),
    ("META-INF/MANIFEST.MF", "a program", "ask for the list"),
    ("META-INF/container.xml", "an electronic book", _SAVE),
)
_MIMETYPES = (
    (b"spreadsheet", "", ""),
    (b"text", "an OpenDocument text (ODT)", "save it as DOCX"),
    (b"presentation", "a presentation", _SAVE),
)


def form_of(content: bytes, file_name: str, *, is_text: bool = False) -> Form:
    """The form a file is in. Raises BadInput naming what it seems to be, when that is none we read.

    With `is_text` a person has said so by naming an encoding.
    """
    if content.startswith(OLE):
        return _of_ole(content, file_name)
    if content.startswith(ZIP):
        return _of_package(opened(content, file_name), file_name)
    for signature, kind, remedy in _SIGNATURES:
        if re.match(signature, content, re.DOTALL):
            raise _refused(file_name, kind, remedy)
    start = in_utf_8(content[:4096]).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return Form.CALENDAR
    for signature, kind, remedy in _TEXTS:
        if re.match(signature, start, re.DOTALL | re.IGNORECASE):
            raise _refused(file_name, kind, remedy)
    if re.match(rb'\{\s*(?:"|\}|\Z)|\[\s*(?:[\[{"\]\d]|\Z)', start):
        return Form.JSON
    # A single zero among letters is a fault of one cell, and is named there.
    if (
        not is_text
        and start.count(0) > max(1, len(start) // 100)
        and not content.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        for encoding, at in (("utf-16-le", 1), ("utf-16-be", 0)):
            if content[at:4096:2].count(0) > len(content[:4096]) // 4:
                raise _refused(file_name, "text in UTF-16 without its mark", f"say --encoding {encoding}")
        raise _refused(file_name, "binary data of a kind I do not know", "ask for the list")
    return Form.TEXT


def _of_ole(content: bytes, file_name: str) -> Form:
    for stream, kind, remedy in _OF_OLE:
        if stream.encode("utf-16-le") in content:
            raise _refused(file_name, kind, remedy)
    if not any(f"{name}\0".encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise _refused(file_name, "an old binary document without a workbook in it", "save its table as one of these")
    return Form.XLS


def _of_package(package: zipfile.ZipFile, file_name: str) -> Form:
    names = frozenset(package.namelist())
    for name, kind, remedy in _PARTS:
        if name in names:
            raise _refused(file_name, kind, remedy)
    if "xl/workbook.xml" in names:
        return Form.XLSX
    if "word/document.xml" in names:
        return Form.DOCX
    if {"content.xml", "mimetype"} <= names:
        mimetype = part(package, "mimetype", file_name)[:100]
        for word, kind, remedy in _MIMETYPES:
            if word in mimetype and kind:
                raise _refused(file_name, kind, remedy)
        return Form.ODS
    raise _refused(file_name, "a zip archive, but neither a workbook nor a Word document", "take the list out of it")


def _refused(file_name: str, kind: str, remedy: str) -> BadInput:
    return BadInput(Problem(file_name, f"seems to be {kind}", INSTEAD, remedy))
