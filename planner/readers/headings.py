"""Which column of a list is read as what: the headings people write, in both languages."""

from collections.abc import Iterable, Mapping

from planner.domain.texts import Names
from planner.errors import BadInput, Problem
from planner.readers.table import Table

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "ref": ("Reference", "Обозначение", "Шифр"),
    "title": (
        "Наименование мероприятия",
        "Мероприятие",
        "Мероприятия по выполнению",
        "Наименование и тема",
        "Наименование",
        "Тема",
        "Event",
        "Subject",
        "Name",
    ),
    "title_en": ("Title EN", "English title"),
    "title_ru": ("Title RU", "Наименование на русском языке"),
    "short_en": ("Short EN",),
    "short_ru": ("Short RU", "Краткое наименование"),
    "kind": ("Вид", "Вид мероприятия", "Type"),
    "status": ("Статус", "Состояние", "State"),
    "date_text": (
        "Сроки",
        "Срок",
        "Сроки проведения",
        "Срок исполнения",
        "Дата",
        "Дата проведения",
        "Dates",
        "Date",
        "When",
    ),
    "start": ("Начало", "Start Date"),
    "end": ("Окончание", "End Date"),
    "body": ("Орган", "Bodies"),
    "host_country": ("Принимающее государство", "Host", "Host state"),
    "venue": ("Место", "Место проведения", "Район (полигон)", "Place", "Location"),
    "city": ("Город",),
    "participants": ("Участники", "Привлекаемые органы управления и формирования"),
    "forces": ("Силы и средства", "Формирования"),
    "priority": ("Приоритет", "Priorities"),
    "decision": ("Решение", "Основание"),
    "item": ("№", "№ п/п", "N п/п", "No", "Пункт"),
    "responsible": (
        "Исполнители",
        "Ответственные исполнители",
        "Ответственный",
        "Руководитель",
        "Responsible executor",
        "Organiser",
    ),
    "financing": ("Источник финансирования", "Расходы несёт", "Source of financing"),
    "people": ("Численность", "Number of people"),
    "links": ("Связано с", "Linked to"),
    "remarks": ("Примечание", "Description"),
    "internal": ("Для служебного пользования", "Internal remarks"),
    "disclosure": ("Доступ",),
}
"""Every column we read, under its own name and these headings."""

_REQUIRED = (("ref",), ("title", "title_en", "title_ru"), ("kind",), ("date_text", "start"))

_NAMES = Names(COLUMNS.items())


def column_named(heading: str) -> str | None:
    """The column a heading stands for, or None. Case, line breaks, trailing dots and ё/е do not matter."""
    return _NAMES.find(heading)


def map_headings(table: Table) -> tuple[tuple[str, str], ...]:
    """(heading, column) for every heading of the table, in order; the column is '' where a heading is not read.

    Raises BadInput naming every column that is missing or stands there twice, all at once.
    """
    mapped = tuple((heading, column_named(heading) or "") for heading in table.headings)
    where = f"{table.file_name}, row {table.header_row}"
    columns = [column for _, column in mapped if column]
    problems = [
        Problem(where, f"two columns are read as {column!r}", "one", "rename or remove one", row=table.header_row)
        for column in dict.fromkeys(columns)
        if columns.count(column) > 1
    ]
    problems.extend(
        _missing(where, table, choices) for choices in _REQUIRED if not any(choice in columns for choice in choices)
    )
    if problems:
        raise BadInput(*problems)
    return mapped


def _missing(where: str, table: Table, choices: Iterable[str]) -> Problem:
    headings = Names((heading, ()) for heading in table.headings if column_named(heading) is None)
    near = next((name for choice in choices for name in headings.nearest(choice, most=1)), None)
    found = f"no column {' or '.join(repr(choice) for choice in choices)} among the {len(table.headings)} headings"
    first = next(iter(choices))
    known = ", ".join(repr(heading) for heading in COLUMNS[first][:3])
    remedy = f"rename the column {near!r} if that is it" if near else "add it"
    return Problem(where, found, f"that heading, or one like {known}", remedy, row=table.header_row)
