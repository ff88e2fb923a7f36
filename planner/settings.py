"""Settings: frozen, from the environment and a file planner.toml beside the plan. Every one is in SETTINGS."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from planner.errors import BadInput, Problem, problem
from planner.limits import DEFAULTS, MEANINGS, USUAL, Limits

FILE = "planner.toml"
LANGUAGES = ("en", "ru")
REACHES = ("internet", "internal")
LOG_LEVELS = ("debug", "info", "warning", "error")


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
    Setting("url", "PLANNER_URL", "", "Where people reach the server, with the path it lies under."),
    Setting("reach", "PLANNER_REACH", "internet", "From where it can be reached: internet or internal."),
    Setting("contact", "PLANNER_CONTACT", "", "Whom subscribers ask: a name, a telephone number, a mail address."),
    Setting("host", "PLANNER_HOST", "127.0.0.1", "The network address `planner serve` listens on."),
    Setting("port", "PLANNER_PORT", "8020", "The port it listens on; 0 takes a free one."),
    Setting("workers", "PLANNER_WORKERS", "1", "How many processes answer requests."),
    Setting(
        "trusted_proxies", "PLANNER_TRUSTED_PROXIES", "", "Proxies whose forwarded headers count: addresses, networks."
    ),
    Setting("log_level", "PLANNER_LOG_LEVEL", "info", "What the server's log tells: debug, info, warning or error."),
    Setting("backups", "PLANNER_BACKUPS", "", "The folder where `planner daily` puts a backup."),
    Setting("keep_backups", "PLANNER_KEEP_BACKUPS", "30", "How many backups are kept there."),
    Setting("publish_to", "PLANNER_PUBLISH_TO", "", "The folder where `planner daily` publishes to."),
    Setting(
        "silent_days", "PLANNER_SILENT_DAYS", "14", "An address not fetched for so long is named by `planner daily`."
    ),
    Setting("stale_days", "PLANNER_STALE_DAYS", "30", "A layer not read for so long is named by `planner daily`."),
    *(
        Setting(f"max_{name}", f"PLANNER_MAX_{name.upper()}", DEFAULTS[name], meaning)
        for name, meaning in MEANINGS.items()
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one run. An empty `programme` means the only one, an empty `user` the account.

    `url` has no slash at its end; empty, it is the address `planner serve` listens on.
    """

    database: str = "planner.db"
    programme: str = ""
    language: str = "en"
    user: str = ""
    url: str = ""
    reach: str = "internet"
    contact: str = ""
    host: str = "127.0.0.1"
    port: int = 8020
    workers: int = 1
    trusted_proxies: tuple[str, ...] = ()
    log_level: str = "info"
    backups: str = ""
    keep_backups: int = 30
    publish_to: str = ""
    silent_days: int = 14
    stale_days: int = 30
    limits: Limits = USUAL

    @property
    def public_url(self) -> str:
        """Where the server's paths begin for those who subscribe."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 (asked for, not listened on)
        return self.url or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def load_settings(
    folder: Path, environ: Mapping[str, str], *, database: str | None = None, programme: str | None = None
) -> Settings:
    """The settings that hold in a folder: an option goes before the environment, that before planner.toml.

    Raises BadInput naming every problem of the file and the environment at once.
    """
    problems: list[Problem] = []
    said = _from_file(folder / FILE, problems)
    values = {each.key: environ.get(each.variable) or said.get(each.key, each.default) for each in SETTINGS}
    values["language"] = values["language"] or _of_locale(environ)
    for key, (fits, found, expected) in _FORMS.items():
        if not fits(values[key]):
            problems.append(problem(_where(key, environ), f"{values[key]!r} {found}", expected))
    if problems:
        raise BadInput(*problems)
    return Settings(
        database or values["database"],
        programme or values["programme"],
        values["language"],
        values["user"],
        values["url"].rstrip("/"),
        values["reach"],
        values["contact"],
        values["host"],
        int(values["port"]),
        int(values["workers"]),
        tuple(values["trusted_proxies"].replace(",", " ").split()),
        values["log_level"],
        values["backups"],
        int(values["keep_backups"]),
        values["publish_to"],
        int(values["silent_days"]),
        int(values["stale_days"]),
        limits=Limits(**{name: int(values[f"max_{name}"]) for name in MEANINGS}),
    )


def _is_number(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most


def _are_networks(text: str) -> bool:
    import ipaddress  # only where a proxy is named: every start would pay for it

    try:
        return all(ipaddress.ip_network(each) is not None for each in text.replace(",", " ").split())
    except ValueError:
        return False


# What each must look like, what is said of one that does not, and what was expected.
_FORMS: Mapping[str, tuple[Callable[[str], bool], str, str]] = {
    "language": (LANGUAGES.__contains__, "is not a language I speak", "en or ru"),
    "url": (
        lambda text: not text or re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text) is not None,
        "is not an address people can reach",
        "as https://plan.example.org or https://example.org/planner",
    ),
    "reach": (REACHES.__contains__, "is not a reach", "internet or internal"),
    "port": (lambda text: _is_number(text, 0, 65535), "is not a port", "a number from 0 to 65535"),
    "workers": (lambda text: _is_number(text, 1, 64), "is not a number of processes", "a number from 1 to 64"),
    "trusted_proxies": (
        lambda text: not text or _are_networks(text),
        "are not all network addresses",
        "as 10.0.0.5 or 10.0.0.0/8, several parted by commas",
    ),
    "keep_backups": (lambda text: _is_number(text, 1, 9999), "is not a number of backups", "a number from 1 on"),
    **dict.fromkeys(
        ("silent_days", "stale_days"),
        (lambda text: _is_number(text, 1, 9999), "is not a number of days", "a number from 1 on"),
    ),
    "log_level": (LOG_LEVELS.__contains__, "is not a level", "debug, info, warning or error"),
    **{
        f"max_{name}": (lambda text: _is_number(text, 1, 999_999_999), "is not a limit", "a whole number from 1 on")
        for name in MEANINGS
    },
}


def _where(key: str, environ: Mapping[str, str]) -> str:
    variable = f"PLANNER_{key.upper()}"
    return variable if environ.get(variable) else f'{FILE}, key "{key}"'


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
    for key, value in [*data.items()]:
        if key not in known:
            problems.append(problem(f'{FILE}, key "{key}"', "is not a setting", f"known: {', '.join(sorted(known))}"))
        elif key.startswith("max_") and isinstance(value, int) and not isinstance(value, bool):
            data[key] = str(value)
        elif not isinstance(value, str):
            problems.append(problem(f'{FILE}, key "{key}"', f"{value!r} is not a text", f'{key} = "…"'))
    return {key: value for key, value in data.items() if key in known and isinstance(value, str)}
