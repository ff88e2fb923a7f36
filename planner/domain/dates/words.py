"""The words of the grammar, and the patterns made of them. Texts are normalised before these are tried."""

import re
from collections.abc import Iterable, Mapping

_MONTHS = (
    ("january jan", "январ", "янв"),
    ("february feb", "феврал", "фев февр"),
    ("march mar", "март", "мар"),
    ("april apr", "апрел", "апр"),
    ("may", "", "май мая мае маю маем"),
    ("june jun", "июн", "июн"),
    ("july jul", "июл", "июл"),
    ("august aug", "август", "авг"),
    ("september sept sep", "сентябр", "сен сент"),
    ("october oct", "октябр", "окт"),
    ("november nov", "ноябр", "ноя нояб"),
    ("december dec", "декабр", "дек"),
)
_HARD, _SOFT = ("", "а", "у", "е", "ом"), ("ь", "я", "ю", "е", "ем")


def _forms(stem: str) -> list[str]:
    """The cases of a Russian month."""
    endings = _HARD if stem.endswith("т") else _SOFT
    return [stem + ending for ending in endings] if stem else []


MONTHS: Mapping[str, int] = {
    word: number
    for number, (english, stem, short) in enumerate(_MONTHS, 1)
    for word in (*english.split(), *_forms(stem), *short.split())
}

COUNTS: Mapping[str, int] = {
    word: number
    for number, words in {
        1: "1 i first первый первого первому первым первом первая первой первую первое",
        2: "2 ii second второй второго второму вторым втором вторая вторую второе",
        3: "3 iii third третий третьего третьему третьим третьем третья третьей третью третье",
        4: "4 iv fourth четвертый четвертого четвертом четвертая четвертой четвертую четвертое",
        5: "5 v fifth пятый пятая пятой пятую пятое",
    }.items()
    for word in words.split()
}
ROMAN: Mapping[str, int] = {
    word: number
    for number, word in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)  # noqa: SIM905
}
_SEASONS = {3: ("spring", "весн"), 6: ("summer", "лет"), 9: ("autumn", "осен")}
SEASONS: Mapping[str, tuple[int, int]] = {
    **{english: (first, first + 2) for first, (english, _) in _SEASONS.items()},
    **{
        stem + ending: (first, first + 2)
        for first, (_, stem) in _SEASONS.items()
        for ending in {"весн": ("а", "ы", "е", "у", "ой"), "лет": ("о", "а", "у", "ом"), "осен": ("ь", "и", "ью")}[stem]
    },
    "fall": (9, 11),
}
_WEEKDAYS = (
    "monday mon понедельник понедельника понедельнику понедельником пн пон",
    "tuesday tues tue вторник вторника вторнику вторником вт",
    "wednesday wed среда среды среду среде средой ср",
    "thursday thurs thur thu четверг четверга четвергу четвергом чт чет",
    "friday fri пятница пятницы пятницу пятнице пятницей пт пят",
    "saturday sat суббота субботы субботу субботе субботой сб суб",
    "sunday sun воскресенье воскресенья воскресенью воскресеньем вс вск",
)
WEEKDAYS: Mapping[str, int] = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
THIRDS: Mapping[str, int] = {
    **dict.fromkeys(
        (
            "early",
            "beg",
            "beginning",
            "beginning of",
            "start",
            "start of",
            "начало",
            "начале",
            "начала",
            "началу",
            "нач",
        ),
        1,
    ),
    **dict.fromkeys(("mid", "middle", "middle of", "середина", "середине", "середины", "середине", "сер"), 2),
    **dict.fromkeys(("late", "end", "end of", "конец", "конце", "конца", "концу", "кон"), 3),
}
ZONES: Mapping[str, str] = {
    "мск": "Europe/Moscow",
    "msk": "Europe/Moscow",
    "utc": "Etc/UTC",
    "gmt": "Etc/GMT",
    "z": "Etc/UTC",
}


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


MONTH = any_of(MONTHS)
COUNT = any_of(COUNTS)
WEEKDAY = any_of(WEEKDAYS)
THIRD = any_of(THIRDS)
YEAR = r"(?:19|20)\d\d"
BY = r" ?- ?| по | до | to | till | until | through | thru "
AND = r"(?:,? (?:и|and|&|а также) | ?, ?)"
WEEKDAY = any_of(WEEKDAYS)
LAST = r"последн\w+|last"

UNDATED = re.compile(
    r"(?:по|согласно|в соответствии с) (?:отдельн\w+ |утвержденн\w+ )?(?:план\w*|график\w*)(?: .*)?"
    r"|по (?:взаимн\w+ |дополнительн\w+ )?(?:согласовани\w+|договоренност\w+).*|по мере \w+.*"
    r"|(?:по|при) (?:\w+ )?необходимост\w+|по (?:запрос|вызов|решени)\w+.*"
    r"|(?:(?:точн\w+ )?(?:срок\w*|дат\w*|врем\w+)(?: проведения)? )?(?:будет |будут )?(?:подлежит |дополнительно )?"
    r"(?:уточн\w+|определ\w+|согласов\w+|объявлен\w+|сообщен\w+|не \w+)"
    r"(?: (?:дополнительно|позже|позднее|с|по) ?.*)?"
    r"|без даты|tb[acds]|n/a|нет даты|нет данных|[нб]/д"
    r"|(?:exact )?(?:dates? |time )?(?:is |are )?(?:still )?(?:to be|tb) (?:confirmed|determined|decided|agreed"
    r"|announced|scheduled|fixed|defined|set).*|(?:exact )?dates? tb[acd]"
    r"|dates? (?:to follow|unknown|open|pending|not \w+)"
    r"|to follow|not (?:yet )?(?:fixed|scheduled|set|known|determined|agreed)|no date(?: yet)?|undated"
    r"|(?:by|upon|subject to) (?:mutual )?agreement|(?:under|by|according to|as per) (?:a |an )?(?:separate )?plan"
    r"|as (?:agreed|required|needed|necessary|appropriate)|when (?:ready|needed|required)|on request|upon request"
)
POSTPONED = re.compile(
    r"(?:перенес\w+|отложен\w*|сдвинут\w*|postponed|rescheduled|moved|deferred)(?:,? (?:на неопределенн\w+ срок"
    r"|без (?:даты|указания срока)|до особого \w+|indefinitely|sine die|until further notice|with no date))?"
)
STATUS = re.compile(
    r"отмен\w+|cancel?led|аннулирован\w*|called off|(?:не )?состо[яи]\w+|проведен\w*|выполнен\w*|held|done|completed"
    r"|подтвержден\w*|(?<!be )confirmed"
)
ALWAYS = re.compile(
    r"постоянно|на постоянной основе|(?:на )?регулярно(?:й основе)?|непрерывно|(?:on a )?permanent(?:ly| basis)?"
    r"|ongoing|continuous(?:ly)?|always|on a (?:permanent|continuous|regular) basis|regularly"
)
ALL_YEAR = re.compile(
    r"(?:в течение|на протяжении) (?:всего |текущего )?(?:года|плана|периода|срока)|(?:весь|круглый) (?:год|период)"
    r"|круглогодично|throughout(?: year)?|all year(?: round)?|year-round|(?:in course of|during|over) year"
)
EVERY = re.compile(
    r"(?P<quarter>ежеквартально|quarterly|(?:every|each) quarter|кажд\w+ квартал\w*|(?:один )?раз в квартал"
    r"|1 раз в квартал|once (?:a|per|every) quarter)"
    r"|(?P<month>ежемесячно|monthly|(?:every|each) month|кажд\w+ месяц\w*|(?:один |1 )?раз в месяц"
    r"|once (?:a|per) month)"
    r"|(?P<half>(?:один |1 )?раз в (?:полгода|полугодие)|кажд\w+ полугоди\w+|(?:every|each) half(?:-| )year"
    r"|half-yearly|once (?:a|per) half(?:-| )year)"
    r"|(?P<year>ежегодно|annual(?:ly)?|yearly|(?:every|each) year|кажд\w+ год\w*|(?:один |1 )?раз в год"
    r"|once (?:a|per) year)"
)
ANNUAL = re.compile(
    r"(?:ежегодно|кажд\w+ год|annually|yearly|every year)(?:,| on)? (?P<a>.+)"
    r"|(?P<b>.+?),? \(?(?:ежегодно|кажд\w+ год|annually|yearly|every year)\)?"
)
OFTEN = re.compile(
    r"(?:еже(?:дневно|недельно|месячно|квартально)|daily|weekly|monthly|quarterly)[ ,].+|"
    r"ежедневно|еженедельно|ежечасно|daily|weekly|fortnightly|biweekly|(?:every|each) (?:day|week)"
    r"|кажд\w+ (?:день|недел\w+)|(?:не реже )?(?:дважды|трижды|\d+ ?раза?|два раза|три раза) в .+"
    r"|(?:twice|thrice|\d+ times|two times|three times) (?:a|per|every) .+|semi-?annually|bi-?annually|biennial\w*"
    rf"|по (?:понедельникам|вторникам|средам|четвергам|пятницам|субботам|воскресеньям)"
    rf"|(?:кажд\w+|every|each) (?:{WEEKDAY})|(?:mon|tues|wednes|thurs|fri|satur|sun)days"
)
THROUGHOUT = re.compile(r"(?:в течение|на протяжении|весь|throughout|during|all|in course of) (?P<rest>.+)")
DEADLINE = re.compile(
    r"(?:deadline:?|nlt|cob"
    r"|в срок (?:до|не поздн\w+)|до|к|ко|не (?:позднее|позже)(?: чем)?|by|until|till|(?:not|no) later than"
    r"|on or before|latest|due(?: by)?|before (?=end)) (?P<rest>.+)"
)
BEFORE = re.compile(r"(?:before|prior to|ahead of|перед|ранее|раньше) (?P<rest>.+)")
END_OF = re.compile(r"(?:конца|конец|концу|end of|end|close of) ?-?(?P<rest>.+)")
END_OF_YEAR = re.compile(r"(?:конца|концу|end of|end) (?:текущего )?(?:года|year)|year(?:'s|s)?[ -]?end")
AFTER = re.compile(r"(?:после|позднее|позже|after|later than) (?P<rest>.+)")
SINCE = re.compile(
    r"(?:не (?:ранее|раньше)(?: чем)?(?: с)?|not (?:before|earlier than)|no (?:earlier|sooner) than) (?P<rest>.+)"
)
OPEN_START = re.compile(r"(?:начиная )?(?:с|со|from|since|starting|beginning|as of|as from)(?: on)? (?P<rest>.+)")
_MOVED_FROM = (
    r"первоначальн\w+(?: срок)?|изначально|ранее|прежн\w+(?: срок| дата)?|прежде|вместо|взамен|было|был\w*"
    r"|план(?:иров\w+|ов\w+)? на"
    r"|(?:перенес\w+|отложен\w+|сдвинут\w*)(?: на \w+)? с|originally(?: planned)?(?: for| on)?|formerly|previously|was"
    r"|instead of|in place of|replac\w+|(?:moved|postponed|rescheduled|changed|deferred|brought forward) from|initially"
)
FORMER = re.compile(rf"[ ,;]*(?<!\bне )\(?(?:{_MOVED_FROM})[ :-]+(?P<former>[^()]+?)\)?")
MOVED = re.compile(
    r"(?:перенес\w+|перенос|сдвинут\w*|moved|postponed|rescheduled|deferred)(?: (?:с|from) (?P<former>.+?))?"
    r" (?:на|to|until) (?P<now>.+)"
)
ONLY_FORMER = re.compile(
    r"(?:перенес\w+|отложен\w*|сдвинут\w*|moved|postponed|rescheduled|deferred)(?: с| from)?"
    r"[ (:-]+(?P<former>[^()]+?)\)?"
)
NOW_OPEN = re.compile(r"(?P<former>.+?),? \(?(?:перенес\w+|отложен\w*|postponed|deferred)\)?")
ARROW = re.compile(r"(?P<former>.+?) ?(?:→|->|=>|⇒) ?(?P<now>.+)")
SEVERAL = re.compile(r" ?; ?")
LENGTH = re.compile(
    r"(?P<rest>.+?)(?:,| \(|,? (?:продолжительност\w+|длительност\w+|lasting|for)) ?"
    r"(?P<number>\d{1,3})[ -]?(?:(?P<days>days?|дн(?:я|ей)?|день|сут\w*|(?P<weeks>weeks?|нед(?:ел[яиь])?))"
    r"|(?:minutes?|mins?|минут\w*|мин))\)?"
)
LENGTH_FIRST = re.compile(
    r"(?P<number>\d{1,3})[ -]?(?P<days>days?|дн(?:я|ей)?|день|сут\w*|(?P<weeks>weeks|недел[иь]))"
    r" (?P<rest>(?:in|within|during|в|во|в течение) .+)"
)
RESERVE = re.compile(
    r"(?:резерв\w*|запасн\w+|альтернативн\w+|reserved?|back-?up|fallback|alternative(?:ly)?)"
    r"(?: (?:дат\w*|срок\w*|дни|дней|день|dates?|days?|period))?(?: ?[:-])? (?P<rest>.+)"
)
"""Days kept in reserve: the date stands without them, and a person is told."""
_PHASE = rf"(?:(?:{COUNT}|\d) (?:этап\w*|фаза|stage|phase)|(?:этап|фаза|stage|phase) (?:{COUNT}|\d))"
PHASE = re.compile(rf"(?:^|[;,]? ?){_PHASE}(?: ?[:-] ?| (?=\d))")
PHASE_BEHIND = re.compile(rf" \({_PHASE}\)")
EITHER = re.compile(r".+ (?:или|либо|or|and/or) .+")
DATED_OPEN = re.compile(
    rf"(?P<open>.+?)(?:,? \(|, | - |: )(?P<rest>.*(?:\b(?:{MONTH})\b|\d\.\d|квартал|\bкв\b|\bq[1-4]\b|полугоди).*?)\)?"
)
"""A date said to be open, and one beside it: "to be confirmed (October)"."""
TENTATIVE = (
    r"предварительно|предв|предполагаемая дата|предполагаем\w+(?: срок\w*)?|планируется(?: на)?|плановая дата|ожидается"
    r"|tentative(?:ly)?|provisional(?:ly)?|expected|planned(?: for)?|proposed|scheduled(?: for)?|preliminary|prelim"
)
SMALL_WORDS = (
    "с со по до в во и к ко на за не to of the in on at from by between and между last until till am pm"
    " квартал кв кварталы квартале кварталов quarter quarters q h полугодие полугодии half половина половине"
    " декада декаде декады дек week неделя неделе недели начало конец day days дней дня год года year месяц месяца"
    " month последняя последний последнее течение throughout перенесено"
)
"""Words that a date may have in it, so that a message names the one word it cannot have."""
