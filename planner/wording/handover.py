"""What lies in the folder that is handed over, in English and Russian."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from planner.domain.event import Event
from planner.domain.feed import Feed
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.wording.changes import title_of
from planner.wording.dates import write_days, write_when
from planner.wording.feeds import say_level, say_selection


@dataclass(frozen=True, slots=True)
class Contents:
    """What is handed over: one programme at a revision of that instant (UTC), its feeds, and what is left open.

    `unsettled` are events with the reason ("over", "coming", "undated") why nobody can say what became of them.
    """

    register: Register
    revision: int
    at: datetime
    events: int
    feeds: Sequence[Feed]
    unsettled: "Sequence[tuple[Event, str]]"


_FILES: tuple[tuple[str, str, str], ...] = (
    ("plan.en.docx, plan.ru.docx", "the plan as a document", "план в виде документа"),
    ("plan.xlsx, plan.csv, plan.json", "the plan with every field", "план со всеми полями"),
    (
        "programme.toml",
        "what the plan names: bodies, kinds, places …",
        "то, на что ссылается план: органы, виды, места …",
    ),
    ("history.csv", "every change: when, who, why", "все изменения: когда, кто, почему"),
    ("decisions.csv", "decisions and the items they approved", "решения и утверждённые ими пункты"),
    ("waivers.csv", "conflicts that were accepted, and why", "принятые накладки и причины"),
    ("feeds/", "the calendars as they were last published", "календари в последнем виде"),
    (
        "SHA256SUMS",
        "sums to check the files by: `sha256sum -c SHA256SUMS`",
        "суммы для проверки файлов: `sha256sum -c SHA256SUMS`",
    ),
)
_WHY: Mapping[str, tuple[str, str]] = {
    "over": ("over and still planned", "прошло и не закрыто"),
    "coming": ("not over yet", "ещё не прошло"),
    "undated": ("without a date", "без даты"),
}


def say_why(why: str, language: str) -> str:
    """Why an event is unsettled."""
    return _WHY[why][language == "ru"]


def say_contents(contents: Contents, language: str) -> str:
    """A page that says what each file of the folder is, who may see the calendars, and what is left to settle."""
    is_russian, programme = language == "ru", contents.register.programme
    organisation = text_in(language, programme.organisation) or programme.code
    term = write_days(programme.first, programme.last, language)
    instant = f"{contents.at:%Y-%m-%d %H:%M} UTC"
    lines = [f"# {organisation}: {programme.code}", ""]
    if is_russian:
        lines.append(
            f"Срок: {term.removesuffix('.')}. Председатель: {programme.chair}. Мероприятий: {contents.events}."
        )
        lines.append(f"Состояние на ревизию {contents.revision} от {instant}; программа закрыта.")
    else:
        lines.append(f"Term: {term}. Chair: {programme.chair}. Events: {contents.events}.")
        lines.append(f"As of revision {contents.revision} of {instant}; the programme is closed.")
    lines += ["", *_table([(f"`{name}`", russian if is_russian else english) for name, english, russian in _FILES])]
    lines += ["", "## Календари" if is_russian else "## Calendars", ""]
    register = contents.register
    lines += _table(
        [
            (
                f"`feeds/{feed.name}.ics`",
                f"{say_selection(feed, register, language)}; {say_level(feed.level, language)}",
            )
            for feed in contents.feeds
        ]
    )
    lines += ["", "## Не закрыто" if is_russian else "## Not settled", ""]
    lines += [_open(event, why, language) for event, why in contents.unsettled] or [
        "Всё закрыто." if is_russian else "Nothing: everything is settled."
    ]
    lines += ["", _NEXT[is_russian].format(code=programme.code), ""]
    return "\n".join(lines)


def _table(rows: "Sequence[tuple[str, str]]") -> list[str]:
    return ["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows)]


def _open(event: Event, why: str, language: str) -> str:
    return f"- {event.ref}  {title_of(event, language)}: {write_when(event.when, language)} ({say_why(why, language)})"


_NEXT = (
    """## Open it

In a planner of your own, in this folder:

```
planner --database ../plan.db programme load programme.toml
planner --database ../plan.db import plan.csv
```

To begin the next year from it, there or where it is kept: `planner programme copy {code} NEXT`.""",
    """## Как открыть

В своём планировщике, в этой папке:

```
planner --database ../plan.db programme load programme.toml
planner --database ../plan.db import plan.csv
```

Чтобы начать следующий год, там или где план хранится: `planner programme copy {code} NEXT`.""",
)
