"""The columns we read, under their own names and the headings people write, in both languages."""

from collections.abc import Mapping

from planner.domain.texts import Names

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "ref": ("Reference", "Обозначение", "Шифр"),
    "title": (
        "Наименование мероприятия",
        "Мероприятие",
        "Мероприятия",
        "Мероприятия по выполнению",
        "Наименование и тема",
        "Наименование",
        "Тема",
        "Event",
        "Subject",
        "Name",
    ),
    "title_en": ("Title EN", "English title", "Наименование на английском языке"),
    "title_ru": ("Title RU", "Russian title", "Наименование на русском языке"),
    "short_en": ("Short EN", "English short title", "Краткое наименование на английском языке"),
    "short_ru": (
        *("Short RU", "Russian short title"),
        *("Краткое наименование", "Краткое наименование на русском языке"),
    ),
    "kind": ("Вид", "Вид мероприятия", "Type"),
    "status": ("Статус", "Состояние", "State"),
    "date_text": (
        "Сроки",
        "Срок",
        "Сроки проведения",
        "Срок исполнения",
        "Сроки исполнения",
        "Срок проведения",
        "Период проведения",
        "Дата и время",
        "Дата",
        "Дата проведения",
        "Dates",
        "Date",
        "When",
    ),
    "month": ("Месяц",),
    "time": ("Время", "Время проведения"),
    "start": ("Начало", "Start Date", "Дата начала"),
    "start_time": ("Start Time", "Время начала"),
    "end": ("Окончание", "End Date", "Дата окончания", "Дата завершения"),
    "end_time": ("End Time", "Время окончания", "Время завершения"),
    "all_day": ("All day event", "All day", "Весь день", "Целый день"),
    "zone": ("Часовой пояс", "Time zone", "Timezone"),
    "body": ("Орган", "Bodies"),
    "host_country": ("Принимающее государство", "Host", "Host state"),
    "venue": ("Место", "Место проведения", "Район (полигон)", "Place", "Location"),
    "city": ("Город",),
    "mode": ("Форма проведения", "Формат", "How it is held"),
    "participants": ("Участники", "Привлекаемые органы управления и формирования"),
    "level": (
        "Уровень",
        "Уровень участия",
        "Уровень представительства",
        "Уровень делегаций",
        "Уровень проведения",
        "Level of participation",
        "Level of delegations",
        "Level of representation",
    ),
    "forces": ("Силы и средства", "Формирования"),
    "facilities": ("Средства", "Материальные средства", "Facility", "Equipment"),
    "priority": ("Приоритет", "Priorities"),
    "decision": ("Решение", "Основание"),
    "item": ("№", "№ п/п", "N п/п", "No", "Пункт"),
    "responsible": (
        "Исполнители",
        "Ответственные исполнители",
        "Ответственный",
        "Ответственные",
        "Организатор",
        "Руководитель",
        "Responsible executor",
        "Organiser",
        "Organizer",
    ),
    "financing": ("Источник финансирования", "Расходы несёт", "Source of financing"),
    "people": ("Численность", "Number of people"),
    "links": ("Связано с", "Linked to"),
    "part_of": ("Входит в", "Part of"),
    "form": ("Форма", "Form"),
    "remarks_en": ("Remarks EN", "English remarks", "Примечание на английском языке"),
    "remarks_ru": ("Remarks RU", "Russian remarks", "Примечание на русском языке"),
    "remarks": ("Примечание", "Description", "Описание"),
    "internal": ("Для служебного пользования", "Internal remarks"),
    "disclosure": ("Доступ",),
    "blocks": ("Занимает участников", "Occupies participants"),
    "fixed_by_nature": ("Неподвижно", "Never moves"),
    "approximate_by_nature": ("Без точной даты", "Never gets a day"),
    "revision": ("Редакция",),
    "uid": (),
    "recurrence": (),
    "sequence": (),
    "modified": (),
    "categories": ("Категории",),
}
"""Every column we read, under its own name and these headings."""

_NAMES = Names(COLUMNS.items())


def column_named(heading: str) -> str | None:
    """The column a heading stands for, or None. Case, line breaks, trailing dots and ё/е do not matter.

    What stands behind it in brackets may be left out: «Сроки (2020 год)».
    """
    found = _NAMES.find(heading)
    if found is None and heading.rstrip().endswith(")"):
        return _NAMES.find(heading.rpartition("(")[0])
    return found
