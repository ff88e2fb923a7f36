"""Settings: frozen, from the environment and a file planner.toml beside the plan. Every one is in SETTINGS."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from planner.errors import BadInput, Problem, problem

FILE = "planner.toml"
LANGUAGES = ("en", "ru")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key in planner.toml, its variable, its default, and what it is for."""

    key: str
    variable: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting("database", "PLANNER_DATABASE", "planner.db", "Where the plan is kept: a path, or a PostgreSQL URL."),
    Setting("programme", "PLANNER_PROGRAMME", "", "Which programme, when the database has several."),
    Setting("language", "PLANNER_LANGUAGE", "", "Language of titles and sentences: en or ru. [default: the locale's]"),
    Setting("user", "PLANNER_USER", "", "Who writes, for the history. [default: the account]"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one run. An empty `programme` means the only one, an empty `user` the account."""

    database: str = "planner.db"
    programme: str = ""
    language: str = "en"
    user: str = ""


def load_settings(
    folder: Path, environ: Mapping[str, str], *, database: str | None = None, programme: str | None = None
) -> Settings:
    """The settings that hold in a folder: an option goes before the environment, that before planner.toml.

    Raises BadInput naming every problem of the file and the environment at once.
    """
    problems: list[Problem] = []
    said = _from_file(folder / FILE, problems)
    values = {each.key: environ.get(each.variable) or said.get(each.key, each.default) for each in SETTINGS}
    language = values["language"] or _of_locale(environ)
    if language not in LANGUAGES:
        where = "PLANNER_LANGUAGE" if environ.get("PLANNER_LANGUAGE") else f'{FILE}, key "language"'
        problems.append(problem(where, f"{language!r} is not a language I speak", "en or ru"))
    if problems:
        raise BadInput(*problems)
    return Settings(database or values["database"], programme or values["programme"], language, values["user"])


def _of_locale(environ: Mapping[str, str]) -> str:
    """The language of the locale (POSIX: LC_ALL before LC_MESSAGES before LANG), English unless it is ours."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return next((language for language in LANGUAGES if locale.startswith(f"{language}_")), "en")


def _from_file(path: Path, problems: list[Problem]) -> Mapping[str, str]:
    if not path.is_file():
        return {}
    import tomllib  # loaded only where there is such a file: every start would pay for it

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(problem(FILE, f"cannot be read ({error})", 'settings as key = "value"'))
        return {}
    known = {setting.key for setting in SETTINGS}
    for key, value in data.items():
        if key not in known:
            problems.append(problem(f'{FILE}, key "{key}"', "is not a setting", f"known: {', '.join(sorted(known))}"))
        elif not isinstance(value, str):
            problems.append(problem(f'{FILE}, key "{key}"', f"{value!r} is not a text", f'{key} = "…"'))
    return {key: value for key, value in data.items() if key in known and isinstance(value, str)}
