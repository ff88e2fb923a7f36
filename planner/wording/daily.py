"""What each step of a day says, in words."""

from collections.abc import Mapping, Sequence

from planner.wording.entries import pick

MOST_NAMED = 5

# By step: its name, what is said when all is well, and when something is to be looked at (with what to do).
_STEPS: Mapping[str, tuple[tuple[str, str], tuple[str, str], tuple[str, str], str]] = {
    "backup": (
        ("backup", "копия"),
        ("{names}", "{names}"),
        ("{names}", "{names}"),
        "",
    ),
    "check": (
        ("check", "проверка"),
        ("nothing new since the last one kept", "нового с прошлой сохранённой нет"),
        ("new: {count} ({names})", "нового: {count} ({names})"),
        "planner check",
    ),
    "publish": (
        ("publish", "публикация"),
        ("files changed: {note}", "изменено файлов: {note}"),
        ("public no longer, still there: {names}", "больше не открыты, но лежат: {names}"),
        "planner publish DIR --prune",
    ),
    "zones": (
        ("zones", "пояса"),
        ("no coming event was moved by other zone rules", "правила поясов ничего не сдвинули"),
        ("moved by other zone rules: {count} ({names})", "сдвинуто правилами поясов: {count} ({names})"),
        "planner doctor --zones",
    ),
    "layers": (
        ("layers", "слои"),
        ("none is older than {note} days", "старше {note} дн. нет"),
        ("older than {note} days: {names}", "старше {note} дн.: {names}"),
        "planner layer refresh NAME",
    ),
    "addresses": (
        ("addresses", "адреса"),
        ("each was fetched within {note} days", "за {note} дн. запрошен каждый"),
        ("not fetched for {note} days: {names}", "не запрашивались {note} дн.: {names}"),
        "planner address list",
    ),
    "unsettled": (
        ("unsettled", "итоги"),
        ("nothing that is over waits for its outcome", "у всего прошедшего есть итог"),
        ("over, outcome unknown: {count} ({names})", "прошли, итог неизвестен: {count} ({names})"),
        "planner settle",
    ),
}
_OFF = {
    "backup": (
        "off: name a folder with --backup-to or PLANNER_BACKUPS",
        "нет: назовите папку в --backup-to или PLANNER_BACKUPS",
    ),
    "publish": (
        "off: name a folder with --publish-to or PLANNER_PUBLISH_TO",
        "нет: назовите папку в --publish-to или PLANNER_PUBLISH_TO",
    ),
}
_SKIPPED = ("left out", "пропущено")
_MARKS = {"ok": " ", "look": "!", "off": "-", "failed": "!"}


def say_step(step: str, state: str, count: int, names: Sequence[str], note: str, language: str) -> str:
    """One line: "! zones      moved by other zone rules: 2 (PC-5, PC-6)   planner doctor --zones"."""
    name, well, look, remedy = _STEPS[step]
    if state == "failed":
        said = note
    elif state == "off":
        said = pick(_OFF.get(step, _SKIPPED) if note != "skipped" else _SKIPPED, language)
    else:
        more = () if len(names) <= MOST_NAMED else ("…",)
        listed = ", ".join((*names[:MOST_NAMED], *more))
        said = pick(look if state == "look" else well, language).format(count=count, names=listed, note=note)
        said += f"   {remedy}" if state == "look" and remedy else ""
    return f"{_MARKS[state]} {pick(name, language):<11}{said}"


def say_end(count: int, language: str) -> str:
    """How many steps need a person."""
    if not count:
        return pick(("All is well.", "Всё в порядке."), language)
    english = f"{count} line{'' if count == 1 else 's'} for a person, marked with !"
    return pick((english, f"Требует внимания: {count}, отмечено знаком !"), language)
