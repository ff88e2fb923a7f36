"""Makes the workbooks and documents of this folder, a function for each situation: python -m tests.lists.make

The files are kept, so that they are read as they are; this says what is in them. XLS needs xlwt, which tests do not.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

FOLDER = Path(__file__).parent
HEADS = ("№", "Мероприятие", "Вид", "Сроки", "Место")
FILES: dict[str, Callable[[], bytes]] = {}
# One moment for everything that is written, so that the files are the same whoever makes them.
MADE = datetime(2020, 1, 15)


def file(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def add(make: Callable[[], bytes]) -> Callable[[], bytes]:
        FILES[name] = make
        return make

    return add


def workbook(fill: Callable[[Any], None], **options: Any) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **options})
    book.set_properties({"created": MADE})
    fill(book)
    book.close()
    return content.getvalue()


def sheet(book: Any, rows: Sequence[Sequence[Any]], name: str = "План") -> Any:
    page = book.add_worksheet(name)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    return page


@file("workbook_with_headings_in_two_rows.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        heads = ("№ п/п", "Мероприятие", "Сроки проведения", "Сроки проведения", "Место проведения")
        rows = (("УТВЕРЖДАЮ",), ("План на 2020 год",), heads, ("", "", "начало", "окончание", ""))
        page = sheet(book, [*rows, (1, "Учение «Рубеж»", "7 сентября", "11 сентября", "г. Бишкек"), ("Итого:", 1)])
        page.merge_range(2, 2, 2, 3, "Сроки проведения")
        for column in (0, 1, 4):
            page.merge_range(2, column, 3, column, heads[column])

    return workbook(fill)


@file("workbook_with_months_and_times_in_columns_of_their_own.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        page = sheet(book, [("Месяц", "Дата", "Время", "Мероприятие", "Вид", "Место")])
        page.merge_range(1, 0, 2, 0, "Октябрь")
        page.write_row(1, 1, ("5–9", "", "Учение А", "Учение", "Минск"))
        page.write_row(2, 1, ("12", "10.00-12.00", "Учение Б", "Учение", "Минск"))
        page.write_row(3, 0, ("Ноябрь", "3, 5", "весь день", "Учение В", "Учение", "Минск"))
        page.write_row(4, 0, ("Декабрь", "", "", "Учение Г", "Учение", "Минск"))
        page.write_datetime(5, 1, datetime(2020, 12, 8), book.add_format({"num_format": "dd.mm.yyyy"}))
        page.write_datetime(5, 2, time(15), book.add_format({"num_format": "hh:mm"}))
        page.write_row(5, 3, ("Учение Д", "Учение", "Минск"))
        page.set_row(5, None, None, {"hidden": True})

    return workbook(fill)


@file("workbook_with_real_dates_and_times.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        page = sheet(book, [("Мероприятие", "Вид", "Начало", "Окончание")])
        day, moment = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        page.write_row(1, 0, ("Целые дни", "exercise"))
        page.write_datetime(1, 2, datetime(2020, 10, 12), day)
        page.write_datetime(1, 3, datetime(2020, 10, 16), day)
        page.write_row(2, 0, ("С часами", "exercise"))
        page.write_datetime(2, 2, datetime(2020, 10, 12, 10), moment)
        page.write_datetime(2, 3, datetime(2020, 10, 12, 13, 30), moment)

    return workbook(fill)


@file("workbook_of_1904.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        page = sheet(book, [("Мероприятие", "Вид", "Дата"), ("Учение", "exercise")])
        page.write_datetime(1, 2, datetime(2020, 10, 12), book.add_format({"num_format": "dd.mm.yyyy"}))

    return workbook(fill, date_1904=True)


@file("workbook_with_serial_numbers_for_dates.xlsx")
def _() -> bytes:
    return workbook(lambda book: sheet(book, [("Мероприятие", "Вид", "Дата"), ("Учение", "exercise", 44116)]))


@file("workbook_with_times_of_day.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        page = sheet(book, [("Subject", "Type", "Start Date", "Start Time", "End Date", "End Time")])
        day, hour = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "hh:mm"})
        page.write_row(1, 0, ("Meeting", "permanent_council"))
        for column, value in ((2, datetime(2020, 10, 13)), (4, datetime(2020, 10, 13))):
            page.write_datetime(1, column, value, day)
        for column, at in ((3, time(10)), (5, time(13))):
            page.write_datetime(1, column, at, hour)

    return workbook(fill)


@file("workbook_with_merged_cells_and_sections.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        page = sheet(book, [("ПЛАН НА 2020 ГОД",), (), HEADS])
        page.merge_range(0, 0, 0, 4, "ПЛАН НА 2020 ГОД")
        page.merge_range(3, 0, 3, 4, "I. Совместные учения")
        page.write_row(4, 0, (1, "Учение", "", "май 2020 г."))
        page.write_row(5, 0, (2, "Второе учение", "", "июнь 2020 г."))
        page.merge_range(4, 4, 5, 4, "Минск")
        page.write_row(6, 0, ("Итого", 2))

    return workbook(fill)


@file("workbook_whose_list_is_on_the_second_sheet.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        sheet(book, [("Титульный лист",), ("Утверждён",)], "Титул")
        sheet(book, [HEADS, (1, "Учение", "exercise", "май 2020 г.", "Минск")], "Мероприятия")

    return workbook(fill)


@file("workbook_with_two_issues_of_one_list.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        sheet(book, [HEADS, (1, "Учение", "exercise", "май 2020 г.", "Минск")], "Новый")
        sheet(book, [HEADS, (1, "Учение", "exercise", "март 2020 г.", "Минск")], "Старый")

    return workbook(fill)


@file("workbook_with_a_hidden_sheet.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        sheet(book, [("Мероприятие", "Вид", "Сроки"), ("Учение", "exercise", "май 2020 г.")], "План")
        sheet(book, [HEADS, (1, "Черновик", "exercise", "март 2020 г.", "Минск")], "Черновик").hide()

    return workbook(fill)


@file("workbook_with_errors_and_formulas.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        page = sheet(book, [("Мероприятие", "Вид", "Сроки"), ("", "exercise"), ("", "exercise"), ("", "exercise")])
        page.write_formula(1, 0, '="Учение "&"первое"', None, "Учение первое")
        page.write(1, 2, "май 2020 г.")
        page.write_formula(2, 0, "=1/0", None, "#DIV/0!")
        page.write(2, 2, "май 2020 г.")
        page.write(3, 0, "Учение третье")
        page.write_formula(3, 2, "=A1", None, "")

    return workbook(fill)


@file("workbook_with_blank_rows_and_tails.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        page = sheet(book, [HEADS, (), (1, "Учение", "exercise", "май 2020 г.", "Минск")])
        for row in range(3, 2000):
            page.write_blank(row, 0, None, book.add_format({"bold": True}))

    return workbook(fill)


@file("workbook_that_would_fill_the_memory.xlsx")
def _() -> bytes:
    def fill(book: Any) -> None:
        page = sheet(book, [HEADS, (1, "Учение", "exercise", "май 2020 г.", "Минск")])
        page.write(1_048_575, 16_383, "x")

    return workbook(fill)


@file("workbook_with_an_entity.xlsx")
def _() -> bytes:
    whole = workbook(lambda book: sheet(book, [HEADS, (1, "Учение", "exercise", "май 2020 г.", "Минск")]))
    return repacked(
        whole, "xl/sharedStrings.xml", "<sst", '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hosts">]><sst'
    )


@file("workbook_cut_off.xlsx")
def _() -> bytes:
    whole = workbook(lambda book: sheet(book, [HEADS, (1, "Учение", "exercise", "май 2020 г.", "Минск")]))
    return whole[: len(whole) * 2 // 3]


def repacked(content: bytes, part: str, old: str, new: str) -> bytes:
    """The package with some text of one part changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename == part:
                assert old.encode() in text, (part, old)
                text = text.replace(old.encode(), new.encode(), 1)
            target.writestr(entry, text)
    return changed.getvalue()


@file("old_workbook.xls")
def _() -> bytes:
    import xlwt  # not a tool of the tests: the file is kept

    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("План")
    rows = [
        HEADS,
        (1, "Учение", "exercise", datetime(2020, 10, 12), "Минск"),
        (2, "Сбор", "exercise", "май 2020 г.", ""),
    ]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            style = (
                xlwt.easyxf(num_format_str="DD.MM.YYYY") if isinstance(value, datetime) else xlwt.Style.default_style
            )
            page.write(number, column, value, style)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@file("old_workbook_that_would_fill_the_memory.xls")
def _() -> bytes:
    import xlwt  # as above

    book = xlwt.Workbook()
    page = book.add_sheet("План")
    page.write(0, 0, "title")
    page.write(65_535, 255, "x")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


NS = "urn:oasis:names:tc:opendocument:xmlns:"


def open_document(rows: str) -> bytes:
    names = " ".join(f'xmlns:{name}="{NS}{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<table:table table:name="План">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f'<office:document-content {names} office:version="1.2">{body}</office:document-content>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        parts = {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:x"/>',
            "content.xml": content,
        }
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, MADE.timetuple()[:6]), text)
    return packed.getvalue()


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def line(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


@file("open_document.ods")
def _() -> bytes:
    value = 'office:value-type="date" office:date-value="2020-10-12"'
    day = f"<table:table-cell {value}><text:p>12.10.20</text:p></table:table-cell>"
    blank = '<table:table-cell table:number-columns-repeated="16380"/>'
    return open_document(
        line(*map(cell, HEADS[1:]), blank)
        + line(cell("Учение"), cell("exercise"), day, cell("Минск"), blank)
        + line('<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1048574"')
    )


@file("open_document_that_would_fill_the_memory.ods")
def _() -> bytes:
    many = cell("x", 'table:number-columns-repeated="16384"')
    return open_document(line(many, more='table:number-rows-repeated="1048576"'))


def document(*tables: Any) -> bytes:
    whole = docx.Document()
    for table in tables:
        whole.element.body.insert_element_before(
            parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{table}</w:tbl>"), "w:sectPr"
        )
        whole.add_paragraph()
    whole.core_properties.created = whole.core_properties.modified = MADE
    content = io.BytesIO()
    whole.save(content)
    return content.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*paragraphs: str, more: str = "") -> str:
    inside = "".join(p if p.startswith("<w:") else run(p) for p in paragraphs[:1])
    rest = "".join(f"<w:p>{p if p.startswith('<w:') else run(p)}</w:p>" for p in paragraphs[1:])
    return f"<w:tc><w:tcPr>{more}</w:tcPr><w:p>{inside}</w:p>{rest}</w:tc>"


def tr(*cells: str, more: str = "") -> str:
    return (
        f"<w:tr><w:trPr>{more}</w:trPr>{''.join(each if each.startswith('<w:') else tc(each) for each in cells)}</w:tr>"
    )


TRACKED = 'w:id="1" w:author="Protocol" w:date="2020-01-15T00:00:00Z"'
SPAN = '<w:gridSpan w:val="5"/>'


@file("document_as_approved.docx")
def _() -> bytes:
    return document(
        tr(*HEADS, more="<w:tblHeader/>")
        + tr("1", "2", "3", "4", "5")
        + tr(tc("I. Заседания Постоянного совета", more=SPAN))
        + tr("1.", "Первое заседание", "", "4 февраля 2020 г.", "г. Москва")
        + tr(*HEADS)
        + tr("2.", tc("Второе заседание", "(в двух частях)"), "", "3 марта 2020 г.", "ВКС")
    )


@file("document_with_tracked_changes.docx")
def _() -> bytes:
    gone = f"<w:del {TRACKED}><w:r><w:delText>2019</w:delText></w:r></w:del>"
    changed = f"{run('май ')}{gone}<w:ins {TRACKED}>{run('2020 г.')}</w:ins>"
    moved = f"<w:moveFrom {TRACKED}>{run('Вот это уехало')}</w:moveFrom><w:moveTo {TRACKED}>{run('Учение')}</w:moveTo>"
    return document(
        tr(*HEADS)
        + tr("1.", tc(moved), "exercise", tc(changed), "Минск")
        + tr("2.", "Удалённая строка", "exercise", "июнь 2020 г.", "Минск", more=f"<w:del {TRACKED}/>")
        + tr("3.", "Вставленная строка", "exercise", "июль 2020 г.", "Минск", more=f"<w:ins {TRACKED}/>")
        + tr("4.", "Удалённая ячейка", tc("x", more=f"<w:cellDel {TRACKED}/>"), "exercise", "август 2020 г.", "Минск")
    )


@file("document_with_content_controls.docx")
def _() -> bytes:
    control = f"<w:sdt><w:sdtContent>{run('Учение')}</w:sdtContent></w:sdt>"
    whole_cell = f"<w:sdt><w:sdtContent>{tc('exercise')}</w:sdtContent></w:sdt>"
    whole_row = f"<w:sdt><w:sdtContent>{tr('2.', 'Сбор', 'exercise', 'июнь 2020 г.', 'Минск')}</w:sdtContent></w:sdt>"
    return document(tr(*HEADS) + tr("1.", tc(control), whole_cell, "май 2020 г.", "Минск") + whole_row)


@file("document_with_merged_cells.docx")
def _() -> bytes:
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    return document(
        tr(*HEADS)
        + tr("1.", "Учение", tc("exercise", more=begins), "май 2020 г.", tc("Минск", more=begins))
        + tr("2.", "Сбор", tc("", more=goes_on), "июнь 2020 г.", tc("", more=goes_on))
        + tr(tc("3."), tc("Смотр"), tc("exercise"), tc("июль 2020 г."), more='<w:gridAfter w:val="1"/>')
        + tr(
            tc("Смотр без номера"), tc("exercise"), tc("август 2020 г."), tc("Минск"), more='<w:gridBefore w:val="1"/>'
        )
    )


@file("document_whose_list_goes_on_in_more_tables.docx")
def _() -> bytes:
    return document(
        tr("УТВЕРЖДАЮ", "Секретарь"),
        tr(*HEADS) + tr("1.", "Учение", "exercise", "май 2020 г.", "Минск"),
        tr(*HEADS) + tr("2.", "Сбор", "exercise", "июнь 2020 г.", "Минск"),
        tr("3.", "Смотр", "exercise", "июль 2020 г.", "Минск"),
        tr("Название", "Дата", "Примечание", "Вид") + tr("Другая таблица", "май 2020 г.", "", "exercise"),
    )


@file("document_with_a_table_inside_a_cell.docx")
def _() -> bytes:
    rows = tr(*HEADS) + tr("1.", "Учение", "exercise", "май 2020 г.", "Минск")
    inner = f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl><w:p/>"
    return document(f"<w:tr><w:tc><w:tcPr/>{inner}</w:tc></w:tr>")


@file("document_with_ticks_for_participants.docx")
def _() -> bytes:
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    return document(
        tr("Мероприятие", "Вид", "Сроки", "Республика Армения", "Республика Беларусь", "Секретариат")
        + tr("Учение", "exercise", "май 2020 г.", tc(tick), "", "+")
    )


@file("document_with_numbers_word_counts.docx")
def _() -> bytes:
    whole = docx.Document(io.BytesIO(document(tr(*HEADS))))
    table = whole.tables[0]
    style = whole.styles["List Number"].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    number = f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{style}"/></w:numPr></w:pPr>'
    for title, when in (("Учение", "май 2020 г."), ("Сбор", "июнь 2020 г.")):
        row = tr(tc(number), title, "exercise", when, "Минск")
        table._tbl.append(parse_xml(row.replace("<w:tr>", f"<w:tr {nsdecls('w')}>", 1)))
    content = io.BytesIO()
    whole.save(content)
    return content.getvalue()


@file("document_with_a_text_box_told_twice.docx")
def _() -> bytes:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{run("Учение")}</mc:Choice>'
        f"<mc:Fallback>{run('Учение')}</mc:Fallback></mc:AlternateContent>"
    )
    return document(tr(*HEADS) + tr("1.", tc(f"<w:r>{box}</w:r>"), "exercise", "май 2020 г.", "Минск"))


@file("document_without_a_table.docx")
def _() -> bytes:
    return document()


@file("document_with_an_entity.docx")
def _() -> bytes:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><w:document '
    return repacked(document(tr(*HEADS)), "word/document.xml", "<w:document ", bomb)


if __name__ == "__main__":
    for name, make in FILES.items():
        (FOLDER / name).write_bytes(make())
        print(name)
