"""The plan as a Word document (DOCX) in the form of an approved table, with its references and revision inside.

A row keeps its reference as hidden text behind its number: nobody sees or prints it, and every program carries it along
(tags of content controls do not come back from LibreOffice). The document's own properties say from which revision, and
how, the cells were made.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from planner.domain.event import Event, Status
from planner.readers.exported import Property
from planner.services.exporting import Export
from planner.services.telling import told
from planner.wording.columns import say_heading

_HEADS = {
    "en": ("No", "Event", "Dates", "Venue", "Responsible executor", "Participants", "Remarks"),
    "ru": ("№ п/п", "Наименование мероприятия", "Сроки", "Место", "Исполнители", "Участники", "Примечание"),
}
_WIDTHS_MM = (12, 66, 36, 36, 38, 37, 40)
"""Of the seven columns of an approved table: what an A4 page on its side has between its margins."""
_MORE_MM = 26
_PAPERS_MM = ((297, 210), (420, 297))
"""A4 and A3 on their sides."""
_ON_A4 = 3
"""As many columns more stand on A4 and can be read."""
_MARGIN_MM = 16
_FONT, _SIZE = "Times New Roman", 10
_ROOM = (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))
"""Between text and border, in twentieths of a point."""
_CHANGED = "FFF2CC"
_STRUCK = frozenset({1, 2})
"""Of a cancelled event: its title and its date."""
_GONE = frozenset({Status.CANCELLED})
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def write_document(export: Export) -> bytes:
    """The document. What changed since `origin.since` is shaded, and dates stand with the former ones."""
    document = docx.Document()
    language = export.origin.language
    _lay_out(document, export)
    _title(document, export)
    *heads, remarks = _HEADS[language]
    heads += [say_heading(column, language) for column in export.origin.columns]
    table = headed_table(document, (*heads, remarks), _widths(export))
    for row in _rows(export):
        _add(table, row, _widths(export))
    _keep_properties(document, export)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def headed_table(document: Any, heads: Sequence[str], widths: Sequence[float]) -> Any:
    """A table that has its row of headings; widths in millimetres."""
    table = document.add_table(rows=1, cols=len(widths), style="Table Grid")
    table.autofit = False
    for width, column in zip(widths, table.columns, strict=True):
        column.width = Mm(width)
    _pad(table)
    _head(table.rows[0], heads, widths)
    return table


def _paper(export: Export) -> tuple[int, int]:
    return _PAPERS_MM[len(export.origin.columns) > _ON_A4]


def _widths(export: Export) -> tuple[float, ...]:
    """As an approved table has them, in proportion, with more columns before the remarks."""
    *first, last = _WIDTHS_MM
    widths = (*first, *[_MORE_MM] * len(export.origin.columns), last)
    room = _paper(export)[0] - 2 * _MARGIN_MM
    return tuple(width * room / sum(widths) for width in widths)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: a section's title in `cells` alone, or an event's cells with its reference and what changed of them."""

    cells: tuple[str, ...]
    ref: str = ""
    changed: frozenset[int] = frozenset()
    is_gone: bool = False


def _rows(export: Export) -> Iterator[_Row]:
    """Sections by family, in each the events by their days; numbers go on through the sections."""
    number = 0
    for section, (title, events) in enumerate(export.sections(), 1):
        yield _Row((f"{_roman(section)}. {title}",))
        for event in events:
            number += 1
            yield _row(event, number, export)


def _row(event: Event, number: int, export: Export) -> _Row:
    former = export.formerly.get(event.ref) if export.formerly is not None else None
    cells = tuple(told(event, export.register, export.origin, former).values())
    changed: Iterable[int] = ()
    if former is not None:
        before = tuple(told(former, export.register, export.origin).values())
        changed = (at for at, (was, now) in enumerate(zip(before, cells, strict=True), 1) if was != now)
    elif export.formerly is not None:
        changed = range(len(cells) + 1)
    return _Row((str(number), *cells), event.ref, frozenset(changed), event.status in _GONE)


def _roman(number: int) -> str:
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text


def _lay_out(document: Any, export: Export) -> None:
    """Paper on its side, one plain font, a header that says what it is, a footer with revision, day and pages."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Mm, _paper(export))
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(18), Mm(16)
    section.header_distance = section.footer_distance = Mm(8)
    plain_style(document, export.origin.language)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.alignment, footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
    header.add_run(f"{export.register.programme.code} · {_edition(export)}").font.size = Pt(8)
    _say(footer, f"{_edition(export)} · {_pick(export, 'page ', 'страница ')}", "PAGE", _pick(export, " of ", " из "))


def plain_style(document: Any, language: str) -> None:
    """One plain font, no space between paragraphs, and the language that spelling is checked in."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    style.element.rPr.rFonts.set(qn("w:cs"), _FONT)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{_LANGUAGES[language]}"/>'))
    style.paragraph_format.space_after = Pt(0)


_LANGUAGES = {"en": "en-GB", "ru": "ru-RU"}


def _say(footer: Any, before: str, field: str, between: str) -> None:
    footer.add_run(before)
    _field(footer, field)
    footer.add_run(between)
    _field(footer, "NUMPAGES")
    for run in footer.runs:
        run.font.size = Pt(8)


def _field(paragraph: Any, code: str) -> None:
    """A field that the program fills in: the page, the number of pages."""
    for kind in ("begin", None, "separate", "1", "end"):
        run = paragraph.add_run("1" if kind == "1" else "")
        if kind is None:
            text = OxmlElement("w:instrText")
            text.text = code
            run._r.append(text)
        elif kind != "1":
            char = OxmlElement("w:fldChar")
            char.set(qn("w:fldCharType"), kind)
            run._r.append(char)


def _pick(export: Export, english: str, russian: str) -> str:
    return russian if export.origin.language == "ru" else english


def _edition(export: Export) -> str:
    if export.origin.since is None:
        return export.edition
    return export.edition + _pick(export, ", changes since revision {}", ", изменения с редакции {}").format(
        export.origin.since
    )


def _title(document: Any, export: Export) -> None:
    """Whose plan, what it is, for when, and of which revision."""
    lines = (
        (export.organisation, 13, True, 6),
        (_pick(export, "PLAN OF EVENTS", "ПЛАН МЕРОПРИЯТИЙ"), 14, True, 0),
        (_term(export), 13, True, 2),
        (f"({_edition(export)})", 11, False, 10),
    )
    for text, size, is_bold, space in (line for line in lines if line[0]):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(space)
        run = paragraph.add_run(text)
        run.bold, run.font.size = is_bold, Pt(size)


def _term(export: Export) -> str:
    if not export.term.replace("–", "").isdecimal():
        return export.term
    return _pick(export, f"for {export.term}", f"на {export.term} {'годы' if '–' in export.term else 'год'}")


def _pad(table: Any) -> None:
    """Some room above and below the text of every cell."""
    sides = "".join(f'<w:{side} w:w="{room}" w:type="dxa"/>' for side, room in _ROOM)
    table._tbl.tblPr.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>"))


def _head(row: Any, names: Sequence[str], widths: Sequence[float]) -> None:
    """The row of headings, repeated on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _never_split(row)
    for cell, name, width in zip(row.cells, names, widths, strict=True):
        cell.width = Mm(width)
        _shade(cell, "E7E6E6")
        cell.vertical_alignment = 1
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(name).bold = True


def _never_split(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _add(table: Any, row: _Row, widths: Sequence[float]) -> None:
    made = table.add_row()
    _never_split(made)
    if not row.ref:
        merged = made.cells[0].merge(made.cells[-1])
        merged.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        merged.paragraphs[0].paragraph_format.keep_with_next = True
        merged.paragraphs[0].add_run(row.cells[0]).bold = True
        _shade(merged, "F5F5F5")
        return
    for at, (cell, text, width) in enumerate(zip(made.cells, row.cells, widths, strict=True)):
        cell.width = Mm(width)
        if at in row.changed:
            _shade(cell, _CHANGED)
        if at == 0:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            _number(cell.paragraphs[0], text, row.ref)
            continue
        for number, line in enumerate(text.split("\n")):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            paragraph.add_run(line).font.strike = (row.is_gone and at in _STRUCK and not number) or None


def _number(paragraph: Any, number: str, ref: str) -> None:
    """The row's number, and behind it as hidden text the reference."""
    paragraph.add_run(number)
    paragraph.add_run(f" [{ref}]").font.hidden = True


def _shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    )


def _keep_properties(document: Any, export: Export) -> None:
    """Core properties people see, and those an import reads."""
    core = document.core_properties
    core.title = f"{_pick(export, 'Plan of events', 'План мероприятий')} {export.register.programme.code}"
    core.author, core.comments = "", _edition(export)
    core.created = core.modified = export.at.replace(tzinfo=None)
    core.language = _LANGUAGES[export.origin.language]
    blob = _custom(properties_of(export)).encode()
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM, blob, document.part.package)
    document.part.package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def properties_of(export: Export) -> Mapping[str, str]:
    """What the file says of itself, under the names an import looks for."""
    origin = export.origin
    said = {
        Property.PROGRAMME: export.register.programme.code,
        Property.REVISION: str(export.revision),
        Property.LANGUAGE: origin.language,
        Property.SINCE: "" if origin.since is None else str(origin.since),
        Property.DATES: "official" if origin.official else "",
        Property.COLUMNS: " ".join(origin.columns),
    }
    return {name.value: text for name, text in said.items() if text}


def _custom(properties: Mapping[str, str]) -> str:
    one = '<property fmtid="{}" pid="{}" name={}><vt:lpwstr>{}</vt:lpwstr></property>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        + "".join(
            one.format(_FMTID, number, quoteattr(name), escape(text))
            for number, (name, text) in enumerate(properties.items(), 2)
        )
        + "</Properties>"
    )
