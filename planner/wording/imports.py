"""Imports in words: how a file was taken, what becomes of its rows, what a person must decide."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from planner.domain.finding import Finding
from planner.domain.listing import ImportRun, Outcome
from planner.errors import Doubt, Problem, Unknown
from planner.wording.changes import say_field
from planner.wording.dates import plural, write_day
from planner.wording.problems import in_russian

SIGNS: Mapping[Outcome, str] = {
    Outcome.NEW: "+",
    Outcome.CHANGED: "~",
    Outcome.UNCHANGED: "=",
    Outcome.UNDECIDED: "?",
    Outcome.UNREAD: "!",
}
_UNKNOWN: Mapping[str, str] = {
    "kind": "неизвестный вид мероприятия",
    "body": "неизвестный орган",
    "forces": "неизвестные силы",
    "priority": "неизвестный приоритет",
    "participants": "неизвестное государство или организация",
    "host_country": "неизвестное государство",
}
NEW = "new"
"""The answer that makes a new place."""
_FIELD_OF: Mapping[str, str] = {
    "date_text": "when",
    "month": "when",
    "time": "when",
    "venue": "places",
    "host_country": "host",
    "body": "bodies",
    "participants": "parties",
    "level": "levels",
    "priority": "priorities",
}


_COLUMN: Mapping[str, tuple[str, str]] = {
    "ref": ("reference", "обозначение"),
    "start": ("first day", "первый день"),
    "start_time": ("time of the start", "время начала"),
    "end": ("last day", "последний день"),
    "end_time": ("time of the end", "время окончания"),
    "all_day": ("whole days", "целые дни"),
    "zone": ("time zone", "часовой пояс"),
    "city": ("city", "город"),
    "part_of": ("part of", "входит в"),
    "form": ("form", "форма мероприятия"),
    "revision": ("revision", "ревизия"),
    "uid": ("UID", "UID"),
    "recurrence": ("repetition", "повторение"),
    "sequence": ("issue", "номер издания"),
    "modified": ("changed on", "когда изменено"),
    "categories": ("categories", "категории"),
}
"""Columns that are no field of an event."""


def say_source(run: ImportRun, rows: int, day_first: bool | None, language: str) -> str:
    """What a file was taken for, so that a person can say otherwise."""
    ru = language == "ru"
    parts = [
        f"{'Читаю' if ru else 'Reading'} {run.file_name}",
        run.encoding,
        f"{'лист' if ru else 'sheet'} «{run.sheet}»" if run.sheet else "",
        f"{'заголовки в строке' if ru else 'headings in row'} {run.header_row}" if run.header_row else "",
        f"{rows} {plural(rows, 'строка', 'строки', 'строк') if ru else _s(rows, 'row' if run.header_row else 'event')}",
    ]
    if day_first is not None:
        words = ("dates day first", "в датах сначала день") if day_first else ("dates month first", "сначала месяц")
        parts.append(words[ru])
    return " · ".join(part for part in parts if part)


def say_columns(columns: Iterable[tuple[str, str]], language: str) -> list[str]:
    """Each heading with the field it is read as; in brackets those that are not read."""
    return [_say_column(heading, column, language) for heading, column in columns]


def _say_column(heading: str, column: str, language: str) -> str:
    short = " ".join(heading.split())
    if not column:
        return f"({short})"
    name = column_field(column, language)
    return short if column == short or name == short.lower() else f"{short} → {name}"


def column_field(column: str, language: str) -> str:
    """What a column is read as, in the words of a preview."""
    both = _COLUMN.get(column)
    return both[language == "ru"] if both else say_field(_FIELD_OF.get(column, column), language)


def say_outcome(outcome: Outcome, count: int, language: str) -> str:
    """The count of a group: "24 new", "1 row I could not read", «3 изменено»."""
    if language == "ru":
        words = {
            Outcome.NEW: plural(count, "новое", "новых", "новых"),
            Outcome.CHANGED: plural(count, "изменённое", "изменённых", "изменённых"),
            Outcome.UNCHANGED: "без изменений",
            Outcome.UNDECIDED: "на решение",
            Outcome.UNREAD: plural(count, "строка не прочитана", "строки не прочитаны", "строк не прочитано"),
        }
    else:
        words = {
            Outcome.NEW: "new",
            Outcome.CHANGED: "changed",
            Outcome.UNCHANGED: "unchanged",
            Outcome.UNDECIDED: "to decide",
            Outcome.UNREAD: f"{_s(count, 'row')} I could not read",
        }
    return f"{count} {words[outcome]}"


def say_row(number: int, label: str, language: str) -> str:
    """Where a row stands: its number, or its label in a file that has no rows."""
    return label or f"{'строка' if language == 'ru' else 'row'} {number}"


def say_given(count: int, language: str) -> str:
    if count == 1:
        return "получает обозначение сейчас" if language == "ru" else "gets a reference now (it had none)"
    return "получают обозначения сейчас" if language == "ru" else "get a reference now (they had none)"


def say_matched(language: str) -> str:
    return "узнаны по названию или пункту:" if language == "ru" else "matched by title or item:"


def say_gone(refs: str, count: int, language: str) -> str:
    """Which events the list named last time and does not name now."""
    if language == "ru":
        events = plural(count, "мероприятия", "мероприятий", "мероприятий")
        return f"{count} {events} прошлого списка нет в этом: {refs}. Они остаются."
    what = "event of last time's list is" if count == 1 else "events of last time's list are"
    return f"{count} {what} not in this one: {refs}. They stay."


def say_cancel(language: str) -> str:
    """What to do about them on the command line."""
    return "Если отменены: planner cancel …" if language == "ru" else "If they are cancelled: planner cancel …"


def say_phases(pairs: Sequence[tuple[str, str]], language: str) -> str:
    """Links that references suggest, and how to take them."""
    some = ", ".join(f"{ref} → {whole}" for ref, whole in pairs[:5]) + (" …" if len(pairs) > 5 else "")
    if language == "ru":
        return f"Похоже на этапы: {some}. Связать: --link-phases"
    return f"These look like parts of others: {some}. To link them: --link-phases"


def say_forecast_counts(created: Sequence[Finding], cleared: Sequence[Finding], language: str) -> str:
    """What applying would do to the conflicts, counted: "Would create 1 new conflict (C05), clear 2 (C02)."."""
    ru = language == "ru"
    if not created and not cleared:
        return "Накладок не добавится и не убудет." if ru else "Would create no new conflict."
    made, gone = len(created), len(cleared)
    if ru:
        new = f"{made} {plural(made, 'новая накладка', 'новые накладки', 'новых накладок')}{_codes(created)}"
        less = f"снимется {gone}{_codes(cleared)}"
        return f"Появится: {new}; {less}." if gone else f"Появится: {new}."
    new = f"Would create {made or 'no'} new {_s(made or 2, 'conflict') if made else 'conflict'}{_codes(created)}"
    return f"{new}, clear {gone}{_codes(cleared)}." if gone else f"{new}."


def say_tally(created: int, cleared: int, language: str) -> str:
    """The same of more changes than are judged one by one: "Would create 4,310 double bookings …"."""
    if language == "ru":
        word = plural(created, "двойное занятие", "двойных занятия", "двойных занятий")
        less = f", снимется {cleared}" if cleared else ""
        return (
            f"Появится {created or 'ни одного'} {word if created else 'двойного занятия'} людей, сил и мест{less}: "
            "при таком числе изменений их считают, а не разбирают; разбор: planner check."
        )
    new = f"{created:,} double {_s(created, 'booking')}" if created else "no double booking"
    less = f", clear {cleared:,}" if cleared else ""
    return (
        f"Would create {new} of people, forces and places{less}: counted, not judged, for so many changes; "
        "planner check judges them."
    )


def _codes(findings: Iterable[Finding]) -> str:
    codes = sorted({finding.rule for finding in findings})
    return f" ({', '.join(codes)})" if codes else ""


def say_problem(problem: Problem, language: str) -> tuple[str, str]:
    """What was found, and below it what to do. The row stands beside it already."""
    said = _say_doubt(problem, language == "ru", language) if isinstance(problem, Doubt) else None
    if said is not None:
        return said
    parts = tuple(part for part in (problem.expected, problem.remedy) if part)
    if language != "ru":
        return re.sub(r"^('[^']*'): (?=\1 )", "", problem.found), "; ".join(parts)  # the words of the cell once
    if isinstance(problem, Unknown):
        found = f"«{problem.text}»: {_UNKNOWN.get(problem.column, 'неизвестно')}"
        return found, "planner programme learn предложит добавить"
    russian = in_russian(problem.found)
    text, quoted, _ = problem.found.partition("': ")
    if russian is None and quoted and problem.column == "date_text":
        return (
            f"«{text[1:]}»: не нахожу здесь даты",
            "напишите, например, «сентябрь–ноябрь 2020» или «сроки уточняются»",
        )
    return russian or problem.found, "; ".join(in_russian(part) or part for part in parts)


_WHERE: tuple[tuple[str, str], ...] = (
    (r"\brow (\d+)", r"строка \1"),
    (r"\btable (\d+)", r"таблица \1"),
    (r"\bsheet '([^']*)'", r"лист «\1»"),
    (r"\bentry (\d+)", r"запись \1"),
    (r"\bevent (\d+)", r"мероприятие \1"),
    (r"\bcell (\d+)", r"ячейка \1"),
    (r"\bline (\d+)", r"строка \1"),
    (r"\bfield \"([^\"]*)\"", r"поле «\1»"),
)


def say_where(where: str, language: str) -> str:
    """Where something stands: "plan.csv, row 14, column "first"", «plan.csv, строка 14, столбец «сроки»»."""
    if language != "ru":
        return where
    place, column, name = where.partition(', column "')
    for english, russian in _WHERE:
        place = re.sub(english, russian, place)
    return f"{place}, столбец «{column_field(name.rstrip(chr(34)), language)}»" if column else place


def say_whole(problem: Problem, language: str) -> str:
    """A problem in one line: where, what was found, what to do."""
    if language != "ru":
        return str(problem)
    head = ": ".join(filter(None, (say_where(problem.where, language), say_problem(problem, language)[0])))
    return "; ".join(filter(None, (head, say_problem(problem, language)[1])))


def _say_doubt(doubt: Doubt, ru: bool, language: str) -> tuple[str, str] | None:
    about, near = f"«{doubt.about}»", ", ".join(f"{choice}?" for choice in doubt.choices)
    if doubt.asks == "day_first":
        days = [_day(choice, language) for choice in doubt.choices]
        found = f"{about}: {' или '.join(days)}" if ru else f"{about} is {' or '.join(days)}"
        return found, f"{_say(ru)} --day-first {'или' if ru else 'or'} --month-first"
    if doubt.asks == "place":
        remedy = (
            f'{_say(ru)} --place "{doubt.about}={doubt.choices[0]}"{" или" if ru else ", or"} "{doubt.about}={NEW}"'
        )
        return f"{about}: {near} {'новое место?' if ru else 'a new place?'}", remedy
    if doubt.asks in {"kind", "status"}:
        what = ("kind of event", "вид мероприятия") if doubt.asks == "kind" else ("status", "статус")
        choice = doubt.choices[0] if doubt.choices else "…"
        found = f"{about}: неизвестный {what[1]}. {near}" if ru else f"{about} is no {what[0]} I know. {near}"
        return found, f'{_say(ru)} --{doubt.asks} "{doubt.about}={choice}"'
    if doubt.asks == "side":
        take, keep = f"--theirs {doubt.about}", f"--ours {doubt.about}"
        field = say_field(doubt.about, language)
        if ru:
            return f"{field}: изменено и здесь, и в списке", f"{take}: взять из списка; {keep}: оставить"
        return f"{field}: changed here and in the list", f"say {take} to take the list's word, {keep} to keep yours"
    if doubt.asks == "removals" and ru:
        return "в списке нет большой части прежнего: он обрезан?", "если он полон, укажите --allow-removals"
    return None


def _say(ru: bool) -> str:
    return "укажите" if ru else "say"


def say_question(doubt: Doubt, language: str) -> str:
    """The question that settles a doubt, as it is asked on a terminal."""
    ru = language == "ru"
    if doubt.asks == "day_first":
        days = " / ".join(_day(choice, language) for choice in doubt.choices)
        return f"«{doubt.about}»: {days}?"
    if doubt.asks == "place":
        return f"«{doubt.about}» — какое это место?" if ru else f"«{doubt.about}»: which place is that?"
    if doubt.asks == "side":
        field = say_field(doubt.about, language)
        return f"«{field}» изменено и здесь, и в списке. Чьё слово?" if ru else f"{field}: whose word counts?"
    if doubt.asks == "removals":
        return "Список полный?" if ru else f"{doubt.found}  Is it whole?"
    return f"«{doubt.about}» — что это?" if ru else f"«{doubt.about}»: what is that?"


def _day(choice: str, language: str) -> str:
    day = date.fromisoformat(choice)
    return f"{write_day(day, language)} {day.year}"


def _s(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"
