"""What is wrong with a feed, for people: the Russian of every rule that `calendars.lint` judges by."""

from collections.abc import Mapping

RUSSIAN: Mapping[str, tuple[str, str]] = {
    "not-a-calendar": ("файл не календарь", "отвечайте 503 или последним верным файлом, а не страницей"),
    "cut-off": ("файл обрывается внутри компонента", "заменяйте файл целиком: запишите рядом и переименуйте"),
    "bad-nesting": ("END закрывает то, что не открыто", "закрывайте компонент там, где он открыт"),
    "not-a-property": ("строка не имеет вида ИМЯ:значение", "продолжение строки начинайте с пробела"),
    "not-utf-8": ("байты не в UTF-8", "пишите файл в UTF-8"),
    "byte-order-mark": ("файл начинается с метки порядка байтов", "пишите UTF-8 без метки"),
    "control-character": ("в строке управляющий символ", "убирайте управляющие символы из текстов"),
    "fold-in-character": ("перенос внутри буквы", "переносите между буквами, считая октеты"),
    "fold-in-escape": ("перенос внутри экранирования", "переносите перед обратной чертой"),
    "line-too-long": ("в строке больше 75 октетов", "переносите строки на 75 октетах"),
    "line-break": ("строки кончаются не на CR LF", "кончайте каждую строку на CR LF"),
    "empty-line": ("пустая строка", "не оставляйте пустых строк"),
    "no-version": ("нет VERSION:2.0", "добавьте VERSION:2.0"),
    "no-prodid": ("нет PRODID", "назовите программу в PRODID, всегда одинаково"),
    "method": ("METHOD не PUBLISH", "пишите METHOD:PUBLISH, иначе календари примут файл за приглашение"),
    "mixed-components": ("METHOD при компонентах разного рода", "публикуйте занятость отдельным файлом"),
    "calendar-uid": ("у календаря есть UID", "уберите его: с ним синхронизаторы видят одно событие"),
    "no-name": ("у календаря нет названия", "добавьте NAME и X-WR-CALNAME"),
    "refresh-interval": ("REFRESH-INTERVAL без VALUE=DURATION", "пишите REFRESH-INTERVAL;VALUE=DURATION:"),
    "no-uid": ("у записи нет UID", "дайте каждой записи UID навсегда"),
    "uid-twice": ("UID повторяется", "дайте каждой записи свой UID"),
    "no-dtstamp": ("у записи нет DTSTAMP", "добавьте DTSTAMP: когда она изменена, в UTC"),
    "dtstamp-noise": ("DTSTAMP – время создания файла", "пусть DTSTAMP говорит, когда запись изменена"),
    "no-dtstart": ("у записи нет DTSTART", "дайте каждой записи начало"),
    "bad-value": ("значение не того вида, какого требует свойство", "пишите значение по RFC 5545"),
    "ends-before-start": ("DTEND не позже DTSTART", "DTEND не входит: день кончается следующим днём"),
    "mixed-start-and-end": ("DTSTART и DTEND разного вида", "пишите оба днями или оба со временем"),
    "floating-time": ("время без пояса", "добавьте TZID с VTIMEZONE или пишите в UTC"),
    "midnights": ("целые дни записаны временем", "пишите целые дни как VALUE=DATE"),
    "property-twice": ("свойство повторено, а может быть одно", "пишите его один раз"),
    "bad-escape": ("обратная черта там, где она не нужна", "экранируйте только \\, ;, запятую и конец строки"),
    "unescaped": ("запятая или точка с запятой не экранирована", "пишите в текстах \\, и \\;"),
    "comma-in-category": ("в категории запятая или обратная черта", "называйте категории без них"),
    "rdate": ("опубликован RDATE", "публикуйте каждую дату отдельной записью"),
    "rrule": ("опубликована повторяющаяся запись", "публикуйте её записи: иные календари хранят исчезнувшую серию"),
    "alarm": ("опубликовано напоминание", "оставьте напоминания подписчикам"),
    "attendee": ("METHOD:PUBLISH при ATTENDEE", "не публикуйте адреса людей"),
    "html": ("HTML в DESCRIPTION", "пишите простой текст; HTML место в X-ALT-DESC"),
    "no-summary": ("у записи нет SUMMARY", "дайте каждой записи заголовок"),
    "zone-missing": ("для TZID нет VTIMEZONE", "добавьте VTIMEZONE для каждого TZID"),
    "zone-unused": ("VTIMEZONE не используется", "не пишите поясов, которых записи не называют"),
    "zone-rdate": ("RDATE в VTIMEZONE", "по одному правилу на перевод часов или ежегодный RRULE"),
    "zone-wrong": ("VTIMEZONE даёт не то смещение, что у пояса", "стройте его по сегодняшней tzdata"),
    "zone-broken": ("VTIMEZONE не читается", "дайте каждому правилу DTSTART, TZOFFSETFROM, TZOFFSETTO"),
    "uid-changed": ("у той же записи теперь другой UID", "сохраняйте UID при переносе и переименовании"),
    "vanished": ("запись исчезла без отмены", "сначала STATUS:CANCELLED, потом убирайте"),
    "sequence-fell": ("SEQUENCE меньше прежнего", "не уменьшайте SEQUENCE: календари отвергнут изменение"),
    "sequence-stayed": (
        "сменились время, место или статус, а SEQUENCE нет",
        "увеличивайте SEQUENCE при таком изменении",
    ),
    "stamp-fell": ("DTSTAMP или LAST-MODIFIED раньше прежнего", "не переводите отметки назад"),
}
"""By code, what is wrong and what to do."""
_SEVERITIES: Mapping[str, str] = {"error": "ошибка", "advice": "совет"}


def say_flaw(code: str, english: tuple[str, str], language: str) -> tuple[str, str]:
    """What is wrong and what to do, in that language."""
    return RUSSIAN[code] if language == "ru" else english


def say_severity(severity: str, language: str) -> str:
    return _SEVERITIES[severity] if language == "ru" else severity
