"""What is wrong with a row, in Russian: each sentence of the readers and of the grammar of dates has its counterpart.

Problems carry their sentences in English, as data; a sentence is known here by its form, what it quotes is kept.
"""

import re
from collections.abc import Sequence
from functools import cache

from planner.wording.dates import plural
from planner.wording.refusals import KINDS, REFUSALS

QUOTED = r"(?:'([^']*)'|\"([^\"]*)\")"  # what a sentence quotes, as repr() does
_SENTENCES: tuple[tuple[str, str], ...] = (
    # rows and columns
    ("no kind is said, and the title names none", "вид не указан, а название его не называет"),
    (
        "a column `kind`, a section or a title that names one",
        "нужен столбец «Вид», раздел или название, из которого он ясен",
    ),
    ("say --kind", "укажите --kind"),
    ("has no title", "нет наименования"),
    ("a title in at least one language", "нужно наименование хотя бы на одном языке"),
    (QUOTED + r" is already in row (\d+)", "«{0}»: уже есть в строке {1}"),
    ("each reference once", "каждое обозначение должно стоять один раз"),
    ("remove one row", "уберите одну из строк"),
    (QUOTED + " has '/' or '@' in it", "«{0}»: в обозначении не бывает «/» и «@»"),
    ("letters, digits and hyphens", "только буквы, цифры и дефисы"),
    (QUOTED + " is not a link", "«{0}»: это не связь"),
    (
        "one of (.+), a colon and a reference",
        "одно из {0}, двоеточие и обозначение",
    ),
    ("write it as " + QUOTED, "напишите так: «{0}»"),
    (QUOTED + " is not a reference", "«{0}»: это не обозначение"),
    (r"one such as (\S+)", "нужно такое, как {0}"),
    (QUOTED + " is neither in this list nor in the plan", "«{0}»: нет ни в этом списке, ни в плане"),
    (QUOTED + " is not a number of people", "«{0}»: это не число людей"),
    ("a whole number, or nothing", "нужно целое число или ничего"),
    (QUOTED + " is not a level of disclosure", "«{0}»: нет такого уровня доступа"),
    (QUOTED + " is neither yes nor no", "«{0}»: ни «да», ни «нет»"),
    (QUOTED + " is another state than the host", "«{0}»: не то государство, что принимает"),
    ("one of the two", "что-то одно"),
    (QUOTED + " is no way to meet", "«{0}»: не знаю такой формы проведения"),
    ("in person, by video, or in person and by video", "очно, по ВКС или очно и по ВКС"),
    (QUOTED + ": " + QUOTED + " is not how many", "«{0}»: «{1}» не количество"),
    ("a whole number, such as sets:2", "нужно целое число, например: комплект:2"),
    (QUOTED + " is not a (?:kind|status|place|body|force) I know", "«{0}»: неизвестно"),
    ("one of (.+)", "одно из: {0}"),
    (r"did you mean (.+)\?", "может быть, {0}?"),
    (QUOTED + " is not a time zone", "«{0}»: нет такого часового пояса"),
    ("a name such as (.+)", "нужно имя, например {0}"),
    (QUOTED + " is an error of the spreadsheet, not a value", "«{0}»: ошибка в таблице, а не значение"),
    ("correct its formula", "исправьте формулу"),
    (QUOTED + " is a formula that was never calculated", "«{0}»: формула, которую ни разу не вычислили"),
    ("open the workbook in a spreadsheet program and save it", "откройте книгу в редакторе таблиц и сохраните"),
    (QUOTED + " has (.) for a letter that was lost when it was saved", "«{0}»: «{1}» вместо буквы, потерянной раньше"),
    ("send the file that was there before", "пришлите исходный файл"),
    (r"(\d+) cells", "ячеек: {0}"),
    (r"at most (\d+), as in the headings", "не больше {0}, как в заголовке"),
    (QUOTED + " is one sitting of an event of this plan", "«{0}»: одно заседание мероприятия этого плана"),
    ("the event with all of them", "нужно мероприятие целиком"),
    (r"(\S+) was removed from the plan since this was exported", "{0}: удалено из плана после этой выгрузки"),
    ("take the row out, or add it anew", "уберите строку или добавьте мероприятие заново"),
    (r"could be either of (\S+) and (\S+)", "может быть как {0}, так и {1}"),
    (r"write (\S+) or (\S+) into a column `ref`", "впишите {0} или {1} в столбец «Обозначение»"),
    # times of day
    (QUOTED + " is not a time of day", "«{0}»: это не время"),
    ("one such as 10:00, or 1:00 PM", "нужно время, например 10:00"),
    (QUOTED + " is a time of day without its day", "«{0}»: время без дня"),
    (r"(.+) is before the start, (.+)", "{0}: раньше начала, {1}"),
    ("an end (?:on or )?after it", "окончание должно быть позже"),
    (QUOTED + " says when it starts and not when it ends", "«{0}»: есть начало, но нет окончания"),
    (QUOTED + " has no such (?:time|hour)", "«{0}»: такого времени не бывает"),
    ("00:00 to 23:59", "от 00:00 до 23:59"),
    # days
    (QUOTED + " is not a day", "«{0}»: такого дня нет"),
    ("write days as 2020-04-30", "напишите день так: 2020-04-30"),
    (QUOTED + ": is not a date I can read", "«{0}»: не нахожу здесь даты"),
    (QUOTED + ": " + QUOTED + " does not exist: (.+)", "«{0}»: дня «{1}» нет"),
    (QUOTED + ": " + QUOTED + r" is not a day \((.+) has (\d+)\)", "«{0}»: дня «{1}» нет"),
    (QUOTED + ": no year is said, and the plan has it in (.+)", "«{0}»: год не указан, а в плане он бывает в {1}"),
    ("write the year", "напишите год"),
    ("correct the year", "исправьте год"),
    (QUOTED + r": the year (\d+) is outside the years (\d+) to (\d+)", "«{0}»: год {1} вне {2}–{3}"),
    (QUOTED + ": " + QUOTED + " ends before it starts", "«{0}»: «{1}» кончается раньше, чем начинается"),
    (QUOTED + ": " + QUOTED + " names days and no month", "«{0}»: в «{1}» есть дни, но нет месяца"),
    ("write the month behind them", "допишите месяц"),
    (QUOTED + ": " + QUOTED + " names no days", "«{0}»: «{1}» не называет дней"),
    (QUOTED + ": " + QUOTED + " has no month (.+)", "«{0}»: в «{1}» нет месяца {2}"),
    (QUOTED + ": " + QUOTED + " is no date but a status", "«{0}»: «{1}» это не дата, а статус"),
    ("write it in the column of statuses", "впишите в столбец статуса"),
    (QUOTED + r": (\S+) is a (\w+), not " + QUOTED, "«{0}»: {1} — другой день недели, не «{3}»"),
    ("correct the day or the weekday", "исправьте день или день недели"),
    (QUOTED + r": (\d+) days do not fit into " + QUOTED, "«{0}»: {1} дн. не помещаются в «{2}»"),
    (QUOTED + ": " + QUOTED + r" has not (\d+) days", "«{0}»: в «{1}» нет {2} дн."),
    ("a longer period or fewer days", "нужен более долгий срок или меньше дней"),
    (QUOTED + ": " + QUOTED + " does not name its (?:days|dates) in order", "«{0}»: дни в «{1}» стоят не по порядку"),
    (QUOTED + r": I do not know the word '([^']*)' in a date", "«{0}»: не знаю слова «{1}» в дате"),
    (QUOTED + ": nothing is said", "дата не указана"),
    (QUOTED + ": is too long for a date", "«{0}»: слишком длинно для даты"),
    (QUOTED + ": " + QUOTED + r" is either (\S+) or (\S+)", "«{0}»: «{1}» может быть и {2}, и {3}"),
    (QUOTED + ": " + QUOTED + r" may mean by (\S+) or by (\S+)", "«{0}»: «{1}» может значить к {2} или к {3}"),
    (QUOTED + ": " + QUOTED + r" ends (\S+), before it starts (\S+)", "«{0}»: «{1}» кончается {2}, раньше начала, {3}"),
    ("write both days with their years", "напишите оба дня с годом"),
    (QUOTED + ": " + QUOTED + " names no months: .+", "«{0}»: «{1}» не называет месяцев"),
    ("write the months, such as " + QUOTED, "напишите месяцы, например «{0}»"),
    (QUOTED + ": " + QUOTED + " is not one day, .+", "«{0}»: «{1}» не один день, ко времени нужен день"),
    (QUOTED + r": (\S+) is a \w+, not " + QUOTED, "«{0}»: {1} — другой день недели, не «{2}»"),
    (QUOTED + r": (\S+) is outside the years (\d+) to (\d+)", "«{0}»: {1} вне {2}–{3}"),
    (QUOTED + r": (\S+) to (\S+) is longer than (\d+) years", "«{0}»: с {1} по {2} больше {3} лет"),
    (QUOTED + r": it ends at (\S+), not after it starts", "«{0}»: кончается в {1}, не позже начала"),
    (QUOTED + r": (\S+) does not exist on (\S+) in (\S+): .+", "«{0}»: {1} не бывает {2} ({3}): часы переводят"),
    (QUOTED + r": (\S+) comes twice on (\S+) in (\S+): .+", "«{0}»: {1} бывает дважды {2} ({3}): часы переводят"),
    ("write (?:them from the first to the last|the earlier (?:day|one) first)", "напишите сначала более ранний"),
    (
        "a day, a range, or a period such as .*",
        "нужен день, промежуток или срок, например «12–16 октября 2020», «III квартал 2020 г.», «2020-10-12»",
    ),
)


def in_russian(sentence: str) -> str | None:
    """The sentence in Russian, with what it quotes; None for one that has no counterpart here."""
    seems = sentence.removeprefix("seems to be ")
    if seems != sentence and (kind := counterpart(seems, KINDS)) is not None:
        return f"похоже, это {kind}"
    whole = next(filter(None, (counterpart(sentence, each) for each in (_SENTENCES, KINDS, REFUSALS))), None)
    if whole is not None or (quoted := _QUOTING.fullmatch(sentence)) is None:
        return whole
    why = in_russian(quoted["why"])
    return None if why is None else f"«{quoted['text']}»: {why}"


def counterpart(sentence: str, sentences: Sequence[tuple[str, str]]) -> str | None:
    """What such a table of forms and Russian sentences has for this one, with what it quotes."""
    for pattern, russian in _patterns(sentences):
        match = pattern.fullmatch(sentence)
        if match is not None:
            said = [_choice(group) for group in match.groups() if group is not None]
            return _with_forms(russian, said).format(*said)
    return None


_EITHER = re.compile(r"(?:'[^']*'|\d+)(?: or (?:'[^']*'|\d+))+")


def _choice(quoted: str) -> str:
    """Quoted things and numbers between which a sentence leaves the choice: "'title' or 'title_en'"."""
    if not _EITHER.fullmatch(quoted):
        return quoted
    return re.sub("'([^']*)'", r"«\1»", quoted).replace(" or ", " или ")


_FORMS = re.compile(r"\{(\d)\|([^|}]*)\|([^|}]*)\|([^|}]*)\}")
"""The three forms of a word that goes with a number: {0|строка|строки|строк}."""


def _with_forms(russian: str, said: Sequence[str]) -> str:
    def chosen(form: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", said[int(form[1])].rpartition(" ")[2])
        return plural(int(digits or 0), form[2], form[3], form[4])

    return _FORMS.sub(chosen, russian)


_QUOTING = re.compile(r"(?P<mark>['\"])(?P<text>.*?)(?P=mark): (?P<why>.+)", re.DOTALL)


@cache
def _patterns(sentences: Sequence[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Made on first use: only who reads Russian and has a problem needs them."""
    return tuple((re.compile(pattern, re.DOTALL), russian) for pattern, russian in sentences)
