"""What cannot be done, and what comes along with a deed: for pages, in their language, without options of commands.

Problems and notes carry their sentences in English, as data (`problems.py`); those of deeds have their Russian here.
"""

import re
from collections.abc import Mapping

from planner.domain.board import Board
from planner.domain.finding import Finding
from planner.errors import PlannerError, Problem, Unknown
from planner.wording.findings import say_help
from planner.wording.imports import column_field, say_problem
from planner.wording.notes import say_part
from planner.wording.problems import QUOTED, counterpart, in_russian
from planner.wording.sentences import as_sentence

_STATUSES: Mapping[str, str] = {
    "draft": "черновик",
    "proposed": "предложено",
    "approved": "утверждено",
    "confirmed": "подтверждено",
    "postponed": "отложено",
    "cancelled": "отменено",
    "held": "состоялось",
}
_SENTENCES: tuple[tuple[str, str], ...] = (
    *((rf"is {english}", russian) for english, russian in _STATUSES.items()),
    *(
        (rf"is {english} and cannot be \w+", f"уже {russian}, этого больше нельзя")
        for english, russian in _STATUSES.items()
    ),
    *((rf"(\S+) is {english}", f"{{0}}: {russian}") for english, russian in _STATUSES.items()),
    # events and their dates
    (QUOTED + " is not a day to move to", "«{0}»: это не день, на который можно перенести"),
    ("a day or a period", "нужен день или срок"),
    ("was held", "уже состоялось"),
    ("an event that has not taken place", "нужно мероприятие, которого ещё не было"),
    ("an approved event", "нужно утверждённое мероприятие"),
    ("has no fixed day", "точного дня нет"),
    ("a day the host can confirm", "нужен день, который может подтвердить принимающая сторона"),
    ("cannot be linked to itself", "нельзя связать с самим собой"),
    (QUOTED + " is no relation", "«{0}»: нет такой связи"),
    (QUOTED + " is no outcome", "«{0}»: нет такого исхода"),
    ("held, postponed or cancelled", "состоялось, отложено или отменено"),
    (r"(.+) and not to be settled on (\S+)", "{1} итога ещё не может быть"),
    ("an event that is over", "нужно мероприятие, которое прошло"),
    ("stands on no date", "не имеет даты"),
    ("leave it out, or give it a date", "уберите его или назначьте дату"),
    ("there is already an event (.+)", "мероприятие {0} уже есть"),
    ("choose another reference", "выберите другое обозначение"),
    ("is not said", "не указано"),
    ("a kind of event", "нужен вид мероприятия"),
    ("is not a field I can set", "это поле изменить нельзя"),
    (r"is an outside event of the layer '([^']*)', .+", "внешнее мероприятие из «{0}», здесь его не меняют"),
    ("an event of ours", "нужно наше мероприятие"),
    (r"(\S+) has no day; .+", "{0}: точного дня нет; назначьте день или срок"),
    (QUOTED + " is not a number of days", "«{0}»: это не число дней"),
    ("a number such as 7 or -14", "нужно число, например 7 или -14"),
    ("a shift by 0 days moves nothing", "сдвиг на 0 дней ничего не меняет"),
    ("one thing at a time", "за один раз — что-нибудь одно"),
    ("fields, or a shift, or postponing", "поля, сдвиг или отсрочка"),
    ("no event is ticked", "ни одно мероприятие не отмечено"),
    ("go back and tick some", "вернитесь и отметьте их"),
    (
        "is closed and was handed over; nothing in it changes any more",
        "программа закрыта и передана, в ней больше ничего не меняют",
    ),
    # notes, papers, contacts, replies
    ("is empty", "пусто"),
    ("some words", "нужно хотя бы несколько слов"),
    (r"has (\d+) letters", "букв: {0}"),
    (r"at most (\d+)", "не больше {0}"),
    ("keep it as a paper, and its address here", "положите это в документ, а здесь дайте его адрес"),
    ("has control characters", "в тексте управляющие символы"),
    ("plain text", "нужен простой текст"),
    (QUOTED + " is no web address", "«{0}»: это не адрес в сети"),
    ("https://…", "нужен такой: https://…"),
    (QUOTED + " is no SHA-256", "«{0}»: это не SHA-256"),
    ("64 hexadecimal digits", "нужны 64 шестнадцатеричные цифры"),
    (QUOTED + " is no address", "«{0}»: это не адрес почты"),
    ("such as (.+)", "нужен, например, {0}"),
    ("has no (?:note|paper|contact|link) (\\d+)", "под номером {0} ничего нет"),
    (QUOTED + " is no reply", "«{0}»: нет такого ответа"),
    ("no (?:party|body|event|kind|place|force) " + QUOTED + "(?: in the programme)?", "«{0}»: в программе такого нет"),
    (r"(\S+) is not invited", "{0}: не приглашён"),
    # conflicts, history, states
    (QUOTED + " is not a day", "«{0}»: это не день"),
    (r"as (2\S+)", "нужен такой: {0}"),
    (r"(\S+) is past", "{0}: уже прошло"),
    (r"(\S+) or later", "{0} или позже"),
    (r"would be accepted until (\S+), which is past", "было бы принято до {0}, а это уже прошло"),
    (r"there is no finding " + QUOTED, "накладки «{0}» нет"),
    (QUOTED + " may be (.+)", "«{0}»: может быть {1}"),
    ("say more letters", "назовите больше букв"),
    (r"there is no revision (\d+)", "ревизии {0} нет"),
    (r"(\d+) to (\d+)", "есть с {0} по {1}"),
    (r"there is no release (\S+)", "выпуска {0} нет"),
    ("known: none was made", "выпусков ещё не было"),
    ("known: none", "их ещё нет"),
    ("known: (.+)", "есть: {0}"),
    (QUOTED + " is no revision, day or release", "«{0}»: это не ревизия, не день и не выпуск"),
    ("a number, a day as .+", "нужны номер, день, например 2020-10-12, или выпуск, например R2"),
    (r"revision (\d+) is newer than revision (\d+)", "ревизия {0} новее ревизии {1}"),
    ("an earlier state", "нужно более раннее состояние"),
    (r"there is no programme " + QUOTED, "программы «{0}» нет"),
    ("the database has no programme yet", "в базе ещё нет программы"),
    (
        "make one with `planner programme new FILE.toml` and `planner programme load FILE.toml`",
        "создайте её: `planner programme new FILE.toml` и `planner programme load FILE.toml`",
    ),
    (
        r"if something must change after all: planner programme reopen (\S+) --reason …",
        "если всё же нужно изменить: planner programme reopen {0} --reason …",
    ),
    (
        "add it to the programme file, or let `planner programme learn` propose it",
        "добавьте в файл программы, или это предложит `planner programme learn`",
    ),
    # calendars
    (QUOTED + " names no device", "«{0}»: это не название устройства"),
    (r"1 to (\d+) letters, as .+", "от 1 до {0} букв, например «мой телефон»"),
    (r"you have (\d+) addresses", "у вас уже {0} адресов"),
    ("revoke those that are not used", "отзовите те, которыми не пользуетесь"),
    (r"you have no address (\d+)", "адреса {0} у вас нет"),
    (r"there is no calendar " + QUOTED + " for you", "календаря «{0}» для вас нет"),
    (QUOTED + " is no state of the programme", "«{0}»: такого государства в программе нет"),
    (r"others read the calendar of address (\d+) as well", "календарь адреса {0} читают и другие"),
    ("choose the calendar anew, with the options you want", "выберите календарь заново с нужными настройками"),
)
_FIELDS: Mapping[str, tuple[str, str]] = {
    "text": ("note", "заметка"),
    "date_text": ("when", "сроки"),
    "kind": ("kind", "вид"),
    "title": ("title", "название"),
    "address": ("address", "адрес"),
    "sha256": ("SHA-256", "SHA-256"),
    "name": ("name", "имя"),
    "tasks": ("what to ask", "о чём спрашивать"),
    "email": ("e-mail", "почта"),
    "phone": ("telephone", "телефон"),
    "--until": ("until", "до"),
    "--reason": ("reason", "причина"),
    "--for": ("for", "для"),
    "--since": ("since", "с какого состояния"),
    "since": ("since", "с какого состояния"),
    "as_of": ("as of", "на какое состояние"),
}
"""What fields are called on pages that problems name in the words of commands."""
_COMMAND = re.compile(r" \(planner [^)]*\)")
_ROW = re.compile(r"(^|, )row (\d+)\b")
_OF_COMMANDS = re.compile(r"(?!.*\bplanner programme ).*(?:--[a-z]|\bplanner )")
"""A remedy of the command line; but what the programme itself needs has no other place."""


def say_problems(error: PlannerError, language: str) -> tuple[str, ...]:
    """What is wrong and what to do about it on a page, a sentence for each problem."""
    return tuple(_said(problem, language) for problem in error.problems)


def say_notes(notes: tuple[str, ...], language: str) -> tuple[str, ...]:
    """What a proposal says beside its changes."""
    return tuple("; ".join(say_part(part, language) for part in note.split("; ") if _is_ours(part)) for note in notes)


def help_of(finding: Finding, board: Board, language: str) -> str:
    """What would help against a finding, without the command that does it: pages have their own ways."""
    return as_sentence(_COMMAND.sub("", say_help(finding, board, language)))


def _said(problem: Problem, language: str) -> str:
    found, tail = problem.found, [part for part in (problem.expected, problem.remedy) if part and _is_ours(part)]
    if isinstance(problem, Unknown) and language == "ru":
        found = say_problem(problem, language)[0]
    said = "; ".join([_in(found, language), *(_in(part, language) for part in tail)])
    where = _where(problem, language)
    return f"{where}: {said}" if where else said


def _is_ours(part: str) -> bool:
    """Whether it can be done on a page: what names a command or its options cannot."""
    return _OF_COMMANDS.match(part) is None


def _where(problem: Problem, language: str) -> str:
    """The field, by the name it has on pages; else the place as it is named."""
    both = _FIELDS.get(problem.where)
    where = both[language == "ru"] if both else problem.where
    if problem.column:
        event, field = problem.where.partition(", column ")[0], column_field(problem.column, language)
        where = f"{event}, {field}" if event and event != problem.where else field
    return _ROW.sub(r"\1строка \2", where) if language == "ru" else where


def _in(sentence: str, language: str) -> str:
    if language != "ru":
        return sentence
    return counterpart(sentence, _SENTENCES) or in_russian(sentence) or sentence
