"""What a list would teach a programme: the kinds, bodies, forces, places, parties and priorities it names (pure)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planner.domain.change import Change
from planner.domain.decision import Decision
from planner.domain.entries import Body, Family, Force, Kind, Party, PartySort, Place, Priority
from planner.domain.register import Entry, Register
from planner.domain.texts import Texts, fold, texts
from planner.errors import Doubt, Unknown
from planner.readers.defaults import BLOCKING, disclosure_of, kinds, usual_days
from planner.readers.listing import ReadList, ReadRow
from planner.readers.row import spoken_in
from planner.services.programme_text import quoted
from planner.services.proposal import Proposal

# What the first words of a kind's name say of its family; whoever reads the proposal corrects the rest.
_FAMILIES: tuple[tuple[str, Family], ...] = (
    ("сесси|session|summit|саммит", Family.COUNCIL_SESSION),
    ("заседани|meeting|совещани", Family.STATUTORY_MEETING),
    ("этап|phase|stage", Family.EXERCISE_PHASE),
    ("учени|exercise|кшу|тренировк|drill", Family.EXERCISE),
    ("переговор|planning conference|штабн", Family.PLANNING_CONFERENCE),
    ("операци|operation", Family.OPERATION),
    ("сбор|курс|training|course|подготовк|семинар|workshop", Family.TRAINING),
    (
        "парад|праздн|вахт|годовщин|юбиле|anniversary|parade|commemorat|памят|возложени|концерт|выставк",
        Family.COMMEMORATION,
    ),
    ("консультаци|consultation", Family.CONSULTATION),
    ("информаци|освещени|media|press|публикац|брифинг", Family.MEDIA),
    ("форум|конференци|conference|forum|круглый стол", Family.CONFERENCE),
)
_SORT_OF: Mapping[str, str] = {
    "body": "body",
    "forces": "force",
    "priority": "priority",
    "participants": "party",
    "host_country": "party",
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """One entry that a list would bring, and the rows that name it."""

    entry: Entry
    rows: tuple[int, ...]


def lessons(listed: ReadList, register: Register) -> tuple[Lesson, ...]:
    """What the list names and the programme does not know, by sort and code; what is only misspelt is left out.

    Bodies, forces and organisations get their capitals as codes, kinds the first word of their titles as a name.
    """
    found: dict[tuple[str, str], tuple[Entry, list[int]]] = {}
    for sort, text, row in _named(listed):
        if register.names(sort).find(text) is None:
            entry = _entry(sort, text, register.programme.code)
            found.setdefault((sort, fold(text)), (entry, []))[1].append(row)
    for addition in listed.additions:
        if isinstance(addition, Place | Party):
            rows = [row.number for row in listed.rows if _is_named(addition, row)]
            found.setdefault((addition.sort, fold(addition.code)), (addition, rows))
    made = (Lesson(entry, tuple(rows)) for entry, rows in _with_codes_apart(found.values(), register))
    return tuple(sorted(made, key=lambda lesson: (_ORDER.index(lesson.entry.sort), lesson.entry.code)))


_ORDER = ("kind", "body", "party", "force", "place", "priority")


def _named(listed: ReadList) -> Iterator[tuple[str, str, int]]:
    """(sort, words, row) of everything that could not be read because nobody knows it."""
    for row in listed.rows:
        for each in row.problems:
            if isinstance(each, Unknown) and each.column in _SORT_OF:
                yield _SORT_OF[each.column], each.text, row.number
            elif isinstance(each, Unknown) and each.column == "kind":
                yield "kind", each.text, row.number
            elif isinstance(each, Doubt) and each.asks == "kind":
                yield "kind", each.about, row.number
            elif each.column == "kind" and (word := _first_word(row)):
                yield "kind", word, row.number


def _first_word(row: ReadRow) -> str:
    """What a title begins with, before a name in quotes or a preposition: «Сбор руководителей …» is a «Сбор»."""
    title = next((str(text) for name, text in row.values.items() if name.startswith("title_") and text), "")
    word = re.match(r"[^\W\d_]{3,}", title)
    return word.group() if word is not None else ""


def _is_named(entry: Place | Party, row: ReadRow) -> bool:
    bookings = (*_tuple(row.values.get("places")), *_tuple(row.values.get("parties")))
    return any(getattr(booking, "code", "") == entry.code for booking in bookings)


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _entry(sort: str, text: str, programme: str) -> Entry:
    words = text.replace("_", " ") if " " not in text else text
    said = texts(**{spoken_in(text): words[:1].upper() + words[1:]})
    if sort == "kind":
        family = family_of(text)
        return Kind(
            programme,
            fold(text).replace(" ", "_"),
            family,
            said,
            prefix=_capitals(text)[:4] or "EV",
            usual_days=usual_days(family),
            blocks=family in BLOCKING,
            disclosure=disclosure_of(family),
        )
    code = _capitals(text)
    if sort == "body":
        return Body(programme, code, said)
    if sort == "force":
        return Force(programme, code, said)
    if sort == "priority":
        return Priority(programme, text, said)
    return Party(programme, code, said, party_sort=PartySort.ORGANISATION)


def family_of(text: str) -> Family:
    """The family that the words of a kind suggest; a conference where they suggest none."""
    folded = fold(text.replace("_", " "))
    return next((family for words, family in _FAMILIES if re.search(rf"\b({words})", folded)), Family.CONFERENCE)


def _capitals(text: str) -> str:
    """A code: the text itself where it is one short word, else the first letters of its words."""
    words = re.findall(r"[^\W_]+", text)
    if len(words) == 1:
        return text.strip() if text.isupper() else words[0][:6].upper()
    return "".join(word[0] for word in words if len(word) > 2 or word.isupper()).upper() or "NEW"


def _with_codes_apart(
    found: Iterable[tuple[Entry, list[int]]], register: Register
) -> Iterator[tuple[Entry, list[int]]]:
    """The same, no two of one sort under one code, nor under one the programme has."""
    used = {(entry.sort, entry.code) for entry in register.entries()}
    for entry, rows in found:
        code, number = entry.code, 2
        while (entry.sort, code) in used:
            code, number = f"{entry.code}{number}", number + 1
        used.add((entry.sort, code))
        yield (entry if code == entry.code else _called(entry, code)), rows


def _called(entry: Entry, code: str) -> Entry:
    changed: dict[str, Any] = {"code": code}
    return replace(entry, **changed)


def propose_lessons(revision: int, learned: Iterable[Lesson]) -> Proposal:
    return Proposal(revision, "learn", tuple(Change(None, lesson.entry) for lesson in learned))


def as_toml(learned: Sequence[Lesson], register: Register) -> str:
    """The lessons as a piece of a programme file, each with the rows it comes from.

    A file that names a kind has no others: where the programme lives on the built-in kinds, they are written out too.
    """
    tables = [_table(lesson) for lesson in learned]
    has_kinds = any(isinstance(lesson.entry, Kind) for lesson in learned)
    if has_kinds and set(kinds(register.programme.code)) <= set(register.kinds):
        tables += [_table(Lesson(kind, ())) for kind in kinds(register.programme.code)]
    return "\n".join(tables)


def _table(lesson: Lesson) -> str:
    entry, rows = lesson.entry, lesson.rows
    lines = [f"[[{entry.sort}]]"]
    if rows:
        lines.append(f"# named in row{'' if len(rows) == 1 else 's'} {_some(rows)}")
    key = "id" if isinstance(entry, Priority) else "code"
    lines.append(f"{key} = {quoted(entry.code)}")
    said: Texts = (
        getattr(entry, "titles", ()) if isinstance(entry, Priority | Decision) else getattr(entry, "names", ())
    )
    if said:
        texts_of = ", ".join(f"{language} = {quoted(text)}" for language, text in said)
        lines.append(f"{'title' if isinstance(entry, Priority) else 'name'} = {{ {texts_of} }}")
    if isinstance(entry, Kind):
        lines += [
            f"family = {quoted(entry.family.value)}{'  # is it?' if rows else ''}",
            f"prefix = {quoted(entry.prefix)}",
        ]
    if isinstance(entry, Party) and entry.party_sort is not PartySort.STATE:
        lines.append(f"sort = {quoted(entry.party_sort.value)}")
    return "\n".join(lines) + "\n"


def _some(rows: tuple[int, ...]) -> str:
    return ", ".join(map(str, rows[:8])) + (" …" if len(rows) > 8 else "")
