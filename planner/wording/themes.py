"""The six colours of kinds in words."""

from collections.abc import Mapping

_THEMES: Mapping[str, tuple[str, str]] = {
    "council": ("Councils", "Уставные органы"),
    "exercise": ("Exercises", "Учения"),
    "operation": ("Operations", "Операции"),
    "commemoration": ("Commemorations", "Памятные мероприятия"),
    "external": ("External contacts", "Внешние связи"),
    "training": ("Training, planning", "Подготовка, планирование"),
}


def theme_name(theme: str, language: str) -> str:
    """What events of that colour are: "Exercises", "Учения"."""
    return _THEMES[theme][language == "ru"]
