"""The words of the grammar, and the patterns made of them. Texts are normalised before these are tried."""

import re
from collections.abc import Iterable, Mapping

_MONTHS = (
    ("january jan", "январь января январе янв"),
    ("february feb", "февраль февраля феврале февр фев"),
    ("march mar", "март марта марте мар"),
    ("april apr", "апрель апреля апреле апр"),
    ("may", "май мая мае"),
    ("june jun", "июнь июня июне июн"),
    ("july jul", "июль июля июле июл"),
    ("august aug", "август августа августе авг"),
    ("september sept sep", "сентябрь сентября сентябре сент сен"),
    ("october oct", "октябрь октября октябре окт"),
    ("november nov", "ноябрь ноября ноябре нояб ноя"),
    ("december dec", "декабрь декабря декабре дек"),
)
MONTHS: Mapping[str, int] = {
    word: number for number, both in enumerate(_MONTHS, 1) for words in both for word in words.split()
}

COUNTS: Mapping[str, int] = {
    word: number
    for number, words in {
        1: "1 1-й 1-я 1-е 1st i first первый первая первое первой первом",
        2: "2 2-й 2-я 2-е 2nd ii second второй вторая второе втором",
        3: "3 3-й 3-я 3-е 3rd iii third третий третья третье третьей третьем",
        4: "4 4-й 4-я 4-е 4th iv fourth четвертый четвертая четвертой четвертом",
        5: "5 5-я v fifth пятая",
    }.items()
    for word in words.split()
}
SEASONS: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("spring", "весна", "весной"), (3, 5)),
    **dict.fromkeys(("summer", "лето", "летом"), (6, 8)),
    **dict.fromkeys(("autumn", "fall", "осень", "осенью"), (9, 11)),
}
WEEKDAYS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "monday понедельник",
            "tuesday вторник",
            "wednesday среда",
            "thursday четверг",
            "friday пятница",
            "saturday суббота",
            "sunday воскресенье",
        )
    )
    for word in words.split()
}
THIRDS: Mapping[str, int] = {
    **dict.fromkeys(("early", "beginning of", "start of", "начало", "в начале", "начале"), 1),
    **dict.fromkeys(("mid", "mid-", "middle of", "середина", "в середине", "середине"), 2),
    **dict.fromkeys(("late", "end of", "конец", "в конце", "конце"), 3),
}
ZONES: Mapping[str, str] = {"мск": "Europe/Moscow", "msk": "Europe/Moscow", "utc": "Etc/UTC", "gmt": "Etc/GMT"}


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


MONTH = any_of(MONTHS)
COUNT = any_of(COUNTS)
YEAR = r"(?:19|20)\d\d"
BY = r" ?- ?| по | to | through "

UNDATED = re.compile(
    r"(?:по|согласно) отдельн\w+ план\w+|по (?:взаимному )?согласовани\w+.*|по мере \w+.*"
    r"|(?:срок\w*|дат\w*) (?:уточня\w+|определя\w+|будут? \w+|согласов\w+).*|без даты|по плану \w+.*"
    r"|tb[cdan]|to be (?:confirmed|determined|decided|agreed|announced).*|not fixed|no date yet|undated|by agreement"
    r"|under a separate plan|according to a separate plan|as agreed|when ready"
)
ALWAYS = re.compile(r"постоянно|на постоянной основе|permanent(?:ly)?|ongoing|continuous(?:ly)?|always")
ALL_YEAR = re.compile(
    r"в течение (?:всего )?(?:года|плана|периода)|весь год|throughout(?: the year)?|all year(?: round)?"
    r"|in the course of the year|during the year"
)
EVERY = re.compile(
    r"(?P<quarter>ежеквартально|quarterly|every quarter)|(?P<month>ежемесячно|monthly|every month)"
    r"|(?P<year>ежегодно|annually|yearly|every year)"
)
THROUGHOUT = re.compile(r"(?:в течение|throughout|during|in the course of) (?P<rest>.+)")
DEADLINE = re.compile(
    r"(?:в срок до|до|не позднее|by|until|till|not later than|no later than|before the end of) (?P<rest>.+)"
)
END_OF = re.compile(r"(?:the )?(?:конца|end of) (?P<rest>.+)")
AFTER = re.compile(r"(?:после|не ранее|after|not before|not earlier than) (?P<rest>.+)")
FORMER = re.compile(
    r"[ ,;]*\(?(?:первоначально|изначально|ранее|прежде|вместо|перенес\w+ с|отложен\w+ с|originally|formerly|previously"
    r"|was|instead of|moved from|postponed from|rescheduled from)[ :]+(?P<former>[^()]+?)\)?"
)
SEVERAL = re.compile(r" ?; ?")
LENGTH = re.compile(
    r"(?P<rest>.+?), (?P<number>\d{1,3}) (?:(?P<days>days?|дн(?:я|ей)|день|сут\w+)|(?:minutes?|минут\w*))"
)
