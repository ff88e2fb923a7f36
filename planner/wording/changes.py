"""Values of fields and changes of records in words, for previews and histories."""

from collections.abc import Mapping

from planner.domain.beside import Contact, Note, Paper
from planner.domain.change import Change, Difference, Record
from planner.domain.entries import Family
from planner.domain.event import MEMBERS, Attendance, Booking, Event, Link, Relation, Role, Status
from planner.domain.fields import PER_LANGUAGE, fields_changed
from planner.domain.register import Register
from planner.domain.release import Notice, Release
from planner.domain.reply import Answer, Reply
from planner.domain.status import RUSSIAN
from planner.domain.texts import Texts, text_in
from planner.domain.waiver import Waiver
from planner.domain.window import When
from planner.wording.dates import write_when

_MODE: Mapping[Attendance, tuple[str, str]] = {
    Attendance.IN_PERSON: ("in person", "очно"),
    Attendance.VIDEO: ("by video", "по видеосвязи"),
    Attendance.MIXED: ("in person and by video", "очно и по видеосвязи"),
}
_ROLE: Mapping[Role, tuple[str, str]] = {
    Role.CHAIR: ("chair", "председатель"),
    Role.HOST: ("host", "принимающая сторона"),
    Role.OPTIONAL: ("optional", "по желанию"),
    Role.OBSERVER: ("observer", "наблюдатель"),
}
_FIELD: Mapping[str, tuple[str, str]] = {
    "title": ("title", "наименование"),
    "short": ("short title", "краткое наименование"),
    "kind": ("kind", "вид"),
    "status": ("status", "статус"),
    "when": ("when", "сроки"),
    "mode": ("mode", "форма"),
    "bodies": ("body", "орган"),
    "host": ("host", "принимающая сторона"),
    "places": ("place", "место"),
    "parties": ("participants", "участники"),
    "levels": ("level", "уровень"),
    "forces": ("forces", "силы"),
    "facilities": ("facilities", "средства"),
    "links": ("links", "связи"),
    "priorities": ("priorities", "приоритеты"),
    "decision": ("decision", "решение"),
    "item": ("item", "пункт"),
    "responsible": ("responsible", "исполнители"),
    "financing": ("financing", "финансирование"),
    "people": ("people", "численность"),
    "remarks": ("remarks", "примечание"),
    "internal": ("internal", "служебное"),
    "blocks": ("occupies people", "занимает людей"),
    "fixed_by_nature": ("never moves", "не переносится"),
    "approximate_by_nature": ("never gets a day", "без точного дня"),
    "disclosure": ("disclosure", "доступ"),
    "layer": ("layer", "слой"),
    "foreign_uid": ("UID elsewhere", "UID источника"),
}
SORTS: Mapping[str, tuple[str, str]] = {
    "programme": ("programme", "программа"),
    "party": ("party", "участник"),
    "body": ("body", "орган"),
    "kind": ("kind", "вид"),
    "force": ("force", "силы"),
    "place": ("place", "место"),
    "facility": ("facility", "средство"),
    "priority": ("priority", "приоритет"),
    "decision": ("decision", "решение"),
    "holiday": ("holiday", "праздник"),
    "waiver": ("accepted finding", "принятая накладка"),
    "feed": ("feed", "календарь"),
    "layout": ("columns", "столбцы"),
    "name": ("known name", "известное название"),
    "list": ("list", "список"),
    "reply": ("reply", "ответ"),
    "layer": ("layer", "слой"),
    "note": ("note", "заметка"),
    "paper": ("paper", "документ"),
    "contact": ("contact", "контакт"),
    "release": ("release", "выпуск"),
    "notice": ("notice", "уведомление"),
    "event": ("event", "мероприятие"),
}
_FAMILY: Mapping[Family, tuple[str, str]] = {
    Family.COUNCIL_SESSION: ("Council sessions", "Сессии совета"),
    Family.STATUTORY_MEETING: ("Statutory meetings", "Заседания уставных органов"),
    Family.EXERCISE: ("Exercises", "Учения"),
    Family.EXERCISE_PHASE: ("Phases of exercises", "Этапы учений"),
    Family.PLANNING_CONFERENCE: ("Planning conferences", "Штабные переговоры"),
    Family.OPERATION: ("Operations", "Операции"),
    Family.TRAINING: ("Training", "Подготовка"),
    Family.COMMEMORATION: ("Commemorations", "Памятные мероприятия"),
    Family.CONSULTATION: ("Consultations", "Консультации"),
    Family.CONFERENCE: ("Conferences", "Конференции"),
    Family.MEDIA: ("Media", "Информационные мероприятия"),
    Family.EXTERNAL: ("Outside events", "Внешние связи"),
}


def say_status(status: Status, language: str) -> str:
    return RUSSIAN[status] if language == "ru" else status.value


def say_mode(mode: Attendance, language: str) -> str:
    return _pick(_MODE[mode], language)


def say_mode_in_place(mode: Attendance, language: str) -> str:
    """How people meet as columns of places say it, which read it again; '' for in person."""
    if mode is Attendance.VIDEO:
        return _pick(("videoconference", "ВКС"), language)
    return "" if mode is Attendance.IN_PERSON else say_mode(mode, language)


def say_role(role: Role, language: str) -> str:
    """What a party takes part as; '' for one that is simply required."""
    return _pick(_ROLE[role], language) if role in _ROLE else ""


def say_family(family: Family, language: str) -> str:
    return _pick(_FAMILY[family], language)


def say_sort(sort: str, language: str) -> str:
    """What an entry of the register is: "body", "орган"."""
    return _pick(SORTS[sort], language)


_ANSWER: Mapping[Answer, tuple[str, str]] = {
    Answer.AWAITED: ("awaited", "ожидается"),
    Answer.COMING: ("coming", "участвует"),
    Answer.DEPUTY: ("a deputy comes", "участвует заместитель"),
    Answer.VIDEO: ("by video", "по видеосвязи"),
    Answer.NOT_COMING: ("not coming", "не участвует"),
}


_RELATION: Mapping[Relation, str] = {
    Relation.PART_OF: "часть",
    Relation.AROUND: "вокруг",
    Relation.WITH: "вместе с",
    Relation.PREPARES: "готовит",
    Relation.REPLACES: "заменяет",
}


def say_answer_word(answer: Answer, language: str) -> str:
    """An answer by itself."""
    return _pick(_ANSWER[answer], language)


def say_answer(reply: Reply | None, language: str) -> str:
    """What a party replied, with its note; None is awaited."""
    answer = say_answer_word(Answer.AWAITED if reply is None else reply.answer, language)
    return f"{answer} ({reply.note})" if reply is not None and reply.note else answer


def say_field(name: str, language: str) -> str:
    """The name of a field as people read it: `title_ru` is "title (ru)"."""
    base, _, spoken = name.rpartition("_")
    if base in PER_LANGUAGE:
        return f"{_pick(_FIELD[base], language)} ({spoken})"
    return _pick(_FIELD[name], language) if name in _FIELD else name


def name_of(register: Register, sort: str, code: str, language: str) -> str:
    """What an entry is called in that language, else its code."""
    if code == MEMBERS:
        return "все государства-члены" if language == "ru" else "all members"
    entry = register.entry(sort, code)
    if entry is None:
        return code
    said: Texts = getattr(entry, "names", ()) or getattr(entry, "titles", ())
    return text_in(language, said) or code


def title_of(event: Event, language: str) -> str:
    """The full title in that language, else in another, else the reference."""
    return text_in(language, event.titles, event.shorts) or event.ref


def say_place(event: Event, register: Register, language: str) -> str:
    """The places and the mode as one line: "Moscow, by video"."""
    places = [name_of(register, "place", each.code, language) for each in event.bookings if each.sort.value == "place"]
    if event.mode is not Attendance.IN_PERSON:
        places.append(say_mode(event.mode, language))
    return ", ".join(places)


def say_value(name: str, value: object, register: Register, language: str) -> str:
    """The value of a field in words; '' stands for nothing."""
    if value is None or value in ((), ""):
        return ""
    if isinstance(value, When):
        return write_when(value, language)
    if isinstance(value, Status):
        return say_status(value, language)
    if isinstance(value, Attendance):
        return say_mode(value, language)
    if isinstance(value, bool):
        return _pick(("yes", "да") if value else ("no", "нет"), language)
    if isinstance(value, tuple):
        return "; ".join(_say_part(name, part, register, language) for part in value)
    sort = {"kind": "kind", "host": "party", "decision": "decision"}.get(name)
    return name_of(register, sort, str(value), language) if sort else str(value)


def _say_part(name: str, part: object, register: Register, language: str) -> str:
    if isinstance(part, Booking):
        role = f" ({_pick(_ROLE[part.role], language)})" if part.role in _ROLE else ""
        return name_of(register, part.sort.value, part.code, language) + role
    if name == "levels" and isinstance(part, tuple):
        party, level = part
        return f"{name_of(register, 'party', party, language)}: {level}" if party else str(level)
    if isinstance(part, Link):
        return f"{say_relation(part.relation, language)}: {part.ref}"
    sort = {"bodies": "body"}.get(name)
    return name_of(register, sort, str(part), language) if sort else str(part)


def say_relation(relation: Relation, language: str) -> str:
    """How an event relates to the one it is linked to, as its link has it."""
    return _RELATION[relation] if language == "ru" else relation.value


_BACK: Mapping[Relation, tuple[str, str]] = {
    Relation.PART_OF: ("its part", "его часть"),
    Relation.AROUND: ("around it", "вокруг него"),
    Relation.WITH: ("with", "вместе с"),
    Relation.PREPARES: ("prepared by", "к нему готовит"),
    Relation.REPLACES: ("replaced by", "вместо него"),
}


def say_relation_back(relation: Relation, language: str) -> str:
    """The same link from the side of the event it leads to."""
    return _pick(_BACK[relation], language)


def say_difference(difference: Difference, register: Register, language: str) -> str:
    """One field, before and after: "when: 12–15 Oct 2020 → 12–16 Oct 2020"."""
    before = say_value(difference.field, difference.before, register, language) or "–"
    after = say_value(difference.field, difference.after, register, language) or "–"
    return f"{say_field(difference.field, language)}: {before} → {after}"


def say_change(change: Change, register: Register, language: str) -> tuple[str, ...]:
    """A change as lines: what it is about, then for an event that changed a line for each field."""
    record = change.after if change.after is not None else change.before
    assert record is not None
    sign = "+" if change.before is None else "-" if change.after is None else "~"
    head = f"{sign} {_say_record(record, language)}"
    if isinstance(change.before, Event) and isinstance(change.after, Event):
        return (
            head,
            *(f"    {say_difference(d, register, language)}" for d in fields_changed(change.before, change.after)),
        )
    if change.before is None and isinstance(record, Event):
        return (head, *(f"    {line}" for line in _say_new(record, register, language)))
    return (head,)


def _say_record(record: Record, language: str) -> str:
    if isinstance(record, Event):
        return f"{record.ref}  {title_of(record, language)}"
    if isinstance(record, Release):
        state = _pick(("the plan at revision", "план на ревизии"), language)
        note = f": {record.note}" if record.note else ""
        return f"{_pick(SORTS[record.sort], language)} {record.name}  {state} {record.revision}{note}"
    if isinstance(record, Notice):
        whom = record.party or _pick(("everybody", "всех"), language)
        head = f"{_pick(SORTS[record.sort], language)} {record.number}  {_pick(('for', 'для'), language)} {whom}"
        return f"{head}: {record.since} → {record.revision}, {record.form}"
    if isinstance(record, Reply):
        return f"{_pick(SORTS[record.sort], language)} {record.code}: {say_answer(record, language)}"
    if isinstance(record, Note | Paper):
        words = record.text if isinstance(record, Note) else f"{record.title} {record.address}"
        return f"{_pick(SORTS[record.sort], language)} {record.code}: {words}"
    if isinstance(record, Contact):
        erased = _pick(("erased", "стёрт"), language)
        return f"{_pick(SORTS[record.sort], language)} {record.code}: {record.name or erased}"
    if isinstance(record, Waiver):
        until = _pick(("until", "до"), language)
        return f"{_pick(SORTS[record.sort], language)} {record.code}  {until} {record.until}: {record.reason}"
    said: Texts = getattr(record, "names", ()) or getattr(record, "titles", ())
    named = text_in(language, said)
    what = f"{_pick(SORTS[record.sort], language)} {record.code}"
    return f"{what}  {named}" if named and named != record.code else what


def _say_new(event: Event, register: Register, language: str) -> tuple[str, ...]:
    parts = (
        ("when", write_when(event.when, language)),
        ("places", say_place(event, register, language)),
        ("status", say_status(event.status, language)),
    )
    return tuple(f"{say_field(name, language)}: {text}" for name, text in parts if text)


def _pick(both: tuple[str, str], language: str) -> str:
    return both[1] if language == "ru" else both[0]
