"""What a proposal tells beside its changes, in either language: each sentence of the services has its Russian here.

Like problems, notes carry their sentences in English, as data (`problems.py`); what they name is kept.
"""

from planner.wording.changes import SORTS, say_field, say_sort
from planner.wording.entries import pick
from planner.wording.problems import counterpart

_NOTES: tuple[tuple[str, str], ...] = (
    # load and merge
    (r"(.+) is not in the file and stays: events name it", "{0}: в файле нет, но остаётся, его называют мероприятия"),
    (r"(\S+) was a (\S+), (\S+) is a (\S+)", "{0}: вид был {1}, у {2} вид {3}"),
    # moving and approval
    (r"(\S+) is held together with (\S+) or belongs to it, and stays", "{0} связано с {1} и остаётся на месте"),
    (r"(\S+) prepares (\S+) and would end after it starts", "{0} готовит {1}, а кончится после его начала"),
    (r"(\S+) departs from what (.+) approved", "{0} расходится с тем, что утвердил документ {1}"),
    ("say --decision if another paper allows it", "если другой документ это разрешает, укажите --decision"),
    (r"(.+): erased from the history as well", "{0}: стирается и из истории"),
    ("no undo brings it back", "вернуть нельзя"),
    # the next year
    (r"(.+): outside the term of (\S+), and not copied", "{0}: вне срока {1}, не переносится"),
    (
        r"(\d+) days off of the package (.+), (\d+) of them estimated",
        "нерабочих дней из пакета {1}: {0}, из них предположительно: {2}",
    ),
    (r"days off by decree are not copied: (.+)", "нерабочие дни по указам не переносятся: {0}"),
    (r"(.+): the host is (\S+) now", "{0}: принимает теперь {1}"),
    ("say where", "укажите место"),
    ("the priorities are those of the chair before", "приоритеты остались от прежнего председателя"),
    ("load a programme file with the new ones", "загрузите файл программы с новыми"),
    (r"(.+): the title counts \(75th, 13-е\)", "{0}: в названии счёт (75-летие, 13-е)"),
    ("count on", "продолжите его"),
    (r"(.+): no date to go by", "{0}: нет даты, от которой считать"),
    # lists
    (
        r"(\d+) lines? below the last row left out: '(.+)'",
        "строк под последним мероприятием пропущено: {0} («{1}» …)",
    ),
    (r"(\d+) (\S+) left out: only events are read", "{1}: пропущено {0}, читаются только мероприятия"),
    (
        r"line (\d+): an earlier issue of (.+) left out \(SEQUENCE (\d+), line (\d+) has (\d+)\)",
        "строка {0}: прежняя редакция {1} пропущена (SEQUENCE {2}, в строке {3} – {4})",
    ),
    (
        r"entry (\d+): older \(SEQUENCE (\d+)\) than what was imported before \(SEQUENCE (\d+)\): (\S+) stays as it is",
        "запись {0}: старее (SEQUENCE {1}), чем импортировано раньше (SEQUENCE {2}): {3} остаётся как есть",
    ),
    (
        r"entry (\d+): older \(last modified (\S+)\) than what was imported before \((\S+)\): (\S+) stays as it is",
        "запись {0}: старее (изменена {1}), чем импортировано раньше ({2}): {3} остаётся как есть",
    ),
    (
        r"column '(.+)': '(.+)' was left out: it is no level of this programme, or nobody takes part in row (\d+)",
        "столбец «{0}»: «{1}» пропущено: такого уровня в программе нет или нет участников (строка {2})",
    ),
    (
        r"column '(.+)': '(.+)' was left out: it is no level .+ in (\d+) rows from (\d+) on",
        "столбец «{0}»: «{1}» пропущено: нет такого уровня или участников ({2} {2|строка|строки|строк} с {3})",
    ),
    (
        r"column '(.+)': '(.+)' was left out: it is no priority of this programme in (?:row|.+ from) (\d+)(?: on)?",
        "столбец «{0}»: «{1}» пропущено: такого приоритета в программе нет (со строки {2})",
    ),
    (
        r"column '(.+)': '(.+)' keeps days in reserve, which stay in its words alone in (?:row|.+ from) (\d+)(?: on)?",
        "столбец «{0}»: «{1}»: резервные дни остаются только в словах (строка {2})",
    ),
    (
        r"column '(.+)': '(.+)' names nobody yet in (?:row|.+ from) (\d+)(?: on)?",
        "столбец «{0}»: «{1}» пока никого не называет (строка {2})",
    ),
    (
        r"row (\d+): (\S+) is new, and (\S+), which the list names no more, has its kind.+",
        "строка {0}: {1} новое, а у {2}, которого в списке больше нет, тот же вид, сроки и место: если это оно под"
        " новым названием, впишите {2} в столбец «Обозначение»",
    ),
    (
        r"a title above the list names (\d+): days without a year are read as those of the programme, (\S+) to (\S+)",
        "заголовок над списком называет {0} год, а дни без года читаются в сроке программы, с {1} по {2}",
    ),
    (
        r"dates outside the programme, (\S+) to (\S+), in (?:row|.+ from) (\d+)(?: on)?",
        "даты вне программы, с {0} по {1} (со строки {2})",
    ),
    (
        r"line (\d+): no day of the series (.+) falls into the term",
        "строка {0}: у серии {1} нет дней в сроке",
    ),
    (r"(.+) has no headings: read as going on from (.+)", "{0}: без заголовков, прочитано как продолжение {1}"),
    (
        r"(.+) has headings of a list too and was not read: say --sheet (.+)",
        "{0}: тоже список, не прочитан: укажите --sheet {1}",
    ),
)
_KEYED: tuple[tuple[str, str], ...] = (
    ("(.+) stays: events still name it", "{0} остаётся: на это ссылаются мероприятия"),
    ("(.+) was erased for good and stays so", "{0}: стёрто навсегда"),
    ("(.+) stays: what people were told cannot be taken back", "{0} остаётся: сказанного людям не вернуть"),
    ("(.+) was changed later and stays as it is", "{0}: позже изменено, остаётся как есть"),
)
"""What an undo leaves; each begins with the sort and the code of an entry, or with an event and a field of it."""


def say_note(note: str, language: str) -> str:
    """A note in that language; a part that has no counterpart stays as it is."""
    return "; ".join(say_part(part, language) for part in note.split("; "))


def say_part(part: str, language: str) -> str:
    """One sentence of a note."""
    return part if language != "ru" else counterpart(part, _NOTES) or _left(part) or part


def label(language: str) -> str:
    """What stands before a note on a terminal."""
    return pick(("note", "примечание"), language)


def _left(sentence: str) -> str | None:
    """What an undo leaves, with the words for the sort of an entry or for the field of an event."""
    said = counterpart(sentence, _KEYED)
    first, _, rest = sentence.partition(" ")
    if said is None or not rest:
        return said
    if first in SORTS:
        return said.replace(first, say_sort(first, "ru"), 1)
    field = rest.partition(" was ")[0]
    return said.replace(f" {field}", f" {say_field(field, 'ru')}", 1) if first.endswith(":") else said
