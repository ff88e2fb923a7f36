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

LOOSE: Mapping[str, tuple[str, ...]] = {
    "title": (
        *("Название", "Название мероприятия", "Наименование мероприятий", "Наименование учения", "Событие"),
        *("Содержание", "Содержание мероприятия", "Содержание мероприятий", "Тематика мероприятия"),
        *("Наименование события", "Перечень мероприятий", "Event name", "Event title", "Name of event"),
        *("Name of the event", "Activity", "Activities", "Meeting", "Exercise"),
    ),
    "kind": ("Тип", "Тип мероприятия", "Event type", "Type of event"),
    "date_text": (
        *("Даты", "Даты проведения", "Период", "Календарные сроки", "Дата и время проведения", "Время и дата"),
        *("Date(s)", "Date and time", "Date/time", "Dates and times", "Timeframe", "Time frame", "Timing", "Period"),
        "Event date",
    ),
    "start": ("Дата с", "С", "From", "Date from", "Первый день"),
    "end": ("Конец", "Дата по", "По", "To", "Until", "Date to", "Последний день"),
    "venue": (
        *("Место мероприятия", "Пункт проведения", "Локация", "Страна, город", "Город, страна", "Полигон"),
        *("Страна (город)", "Location/Venue", "Venue/Location", "City, country", "Where", "Destination"),
    ),
    "host_country": ("Страна", "Страна проведения", "Country", "Host country"),
    "participants": (
        *("Состав участников", "Участвуют", "Участники мероприятия", "Приглашаются"),
        *("Attendees", "Participating states", "Participating countries"),
    ),
    "people": ("Количество участников", "Кол-во участников", "Number of participants"),
    "responsible": (
        *("Исполнитель", "Ответственный исполнитель", "Ответственные лица", "Ответственный за проведение"),
        *("Ответственные за проведение", "Кто проводит", "Организаторы", "Lead", "Responsible body", "POC"),
    ),
    "remarks": ("Примечания", "Комментарий", "Комментарии", "Notes", "Comments"),
    "item": ("№ пп", "Номер", "Номер п/п", "#", "Item no"),
}
"""Headings that are read so only where no other names the column: "Activity" beside "Event" is something else."""

_NAMES = Names(COLUMNS.items())
_LOOSE = Names(LOOSE.items())


def column_named(heading: str) -> str | None:
    """The column a heading stands for, or None. Case, line breaks, trailing dots and ё/е do not matter.

    What stands behind it in brackets may be left out: «Сроки (2020 год)».
    """
    found = _found(heading)
    if found is None and heading.rstrip().endswith(")"):
        return _found(heading.rpartition("(")[0])
    return found


def _found(heading: str) -> str | None:
    return _NAMES.find(heading) or _LOOSE.find(heading)


def is_loose(heading: str) -> bool:
    """True for a heading that gives way to another of the same column."""
    return _NAMES.find(heading) is None and _LOOSE.find(heading) is not None
