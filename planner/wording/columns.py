"""What the columns of an exported table are called for people; the import reads every one of these headings."""

from collections.abc import Collection, Mapping

HEADINGS: Mapping[str, tuple[str, str]] = {
    "ref": ("Reference", "Обозначение"),
    "title_en": ("English title", "Наименование на английском языке"),
    "title_ru": ("Russian title", "Наименование на русском языке"),
    "short_en": ("English short title", "Краткое наименование на английском языке"),
    "short_ru": ("Russian short title", "Краткое наименование на русском языке"),
    "kind": ("Kind", "Вид"),
    "status": ("Status", "Статус"),
    "date_text": ("Dates", "Сроки"),
    "body": ("Bodies", "Орган"),
    "host_country": ("Host", "Принимающее государство"),
    "venue": ("Venue", "Место"),
    "participants": ("Participants", "Участники"),
    "level": ("Level", "Уровень"),
    "forces": ("Forces", "Силы и средства"),
    "facilities": ("Facilities", "Материальные средства"),
    "priority": ("Priority", "Приоритет"),
    "decision": ("Decision", "Основание"),
    "item": ("Item", "Пункт"),
    "responsible": ("Responsible executor", "Исполнители"),
    "financing": ("Source of financing", "Источник финансирования"),
    "people": ("Number of people", "Численность"),
    "links": ("Linked to", "Связано с"),
    "remarks_en": ("English remarks", "Примечание на английском языке"),
    "remarks_ru": ("Russian remarks", "Примечание на русском языке"),
    "disclosure": ("Disclosure", "Доступ"),
    "blocks": ("Occupies participants", "Занимает участников"),
    "fixed_by_nature": ("Never moves", "Неподвижно"),
    "approximate_by_nature": ("Never gets a day", "Без точной даты"),
    "revision": ("Revision", "Редакция"),
}


def say_heading(column: str, language: str) -> str:
    return HEADINGS[column][language == "ru"]


def language_of(headings: Collection[str]) -> str:
    """The language a workbook was exported in, which the heading of its revisions tells; '' for any other table."""
    english, russian = HEADINGS["revision"]
    return "ru" if russian in headings else "en" if english in headings else ""
