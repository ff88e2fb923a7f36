"""At which level delegations come: words of lists to the levels that the programme's bodies and kinds have."""

import re
from collections.abc import Mapping

from planner.domain.register import Register, all_names
from planner.domain.texts import Names, fold, is_form_of
from planner.readers.named import alike
from planner.readers.row import RowReading, Values, parts

_WORDS: Mapping[str, tuple[str, ...]] = {
    "heads": (
        *("главы государств", "главы государств – членов", "президенты", "высший", "саммит"),
        *("heads of state", "heads of states", "presidents", "summit", "highest"),
    ),
    "foreign": ("МИД", "главы МИД", "министры иностранных дел", "foreign ministers", "ministers of foreign affairs"),
    "defence": ("министры обороны", "главы военных ведомств", "defence ministers", "ministers of defence"),
    "security": ("секретари советов безопасности", "secretaries of security councils"),
    "permanent": ("постоянные представители", "полномочные представители", "постпреды", "permanent representatives"),
    "parliament": ("парламентарии", "депутаты", "председатели парламентов", "парламентский", "parliamentarians"),
    "chiefs": ("начальники генеральных штабов", "начальники штабов", "chiefs of staff", "chiefs of general staff"),
    "staff": ("штабы", "представители штабов", "штабной", "staff officers"),
    "experts": ("эксперты", "экспертный", "рабочие группы", "рабочий", "expert", "working level"),
    "law enforcement": ("правоохранительные органы", "law enforcement agencies"),
    "troops": ("войска", "формирования", "контингенты", "contingents"),
    "media": ("СМИ", "журналисты", "journalists"),
}
"""What many lists call the levels that many programmes have; heeded where the programme has a level of that name."""
_SMALL = frozenset({"of", "the", "and", "at", "level", "и", "на", "уровень", "уровне"})
_WHOSE = re.compile(r"(?<=\w)\s+[A-ZА-ЯЁ]{2,}$")
"""The organisation behind it: «главы государств – членов ОДКБ»."""
_ENOUGH = 2
"""Words that must stand in the name of a body for a text to mean its members: «министры обороны»."""


def levels_of(register: Register) -> tuple[str, ...]:
    """Every level that a body or a kind of the programme has, in order."""
    return tuple(sorted({*(each.level for each in register.bodies), *(each.level for each in register.kinds)} - {""}))


def level_named(text: str, register: Register) -> str | None:
    """The level that these words mean: by its name, a usual word for it, a body's name or its members'; else None."""
    levels = levels_of(register)
    usual = {_said(word): level for level in levels for word in (level, *_WORDS.get(level, ()))}
    words = _said(_WHOSE.sub("", text))
    found = next((level for name, level in usual.items() if _is_same(name, words)), None)
    if found is not None or not words:
        return found
    body = register.names("body").find(text)
    with_level = [each for each in register.bodies if each.level]
    named = {each.level for each in with_level if each.code == body}
    named |= {each.level for each in with_level if _are_its_members(words, all_names(each))}
    return named.pop() if len(named) == 1 else None


def _said(text: str) -> tuple[str, ...]:
    """The words of a text that say something, folded."""
    return tuple(word for word in re.findall(r"\w[\w-]*", fold(text)) if word not in _SMALL)


def _is_same(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(name) == len(words) and all(map(is_form_of, name, words))


def _are_its_members(words: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """True when all these words stand in one name of the body, in any form."""
    said = (fold(name).split() for name in names)
    return len(words) >= _ENOUGH and any(all(any(is_form_of(w, each) for each in name) for w in words) for name in said)


def read_level(reading: RowReading, column: str, text: str) -> Values:
    """The `levels` of the row's parties: of each that has one of its own, or ('', level) for all of them.

    Words that name no level of ours ("international") say nothing of delegations: they are left out, and noted.
    """
    register = reading.known.register
    found = []
    for part in parts(text):
        party, colon, level = (each.strip() for each in part.rpartition(":"))
        code = reading.known.code("party", party) if colon else ""
        meant = level_named(level, register)
        if code is not None and meant is not None:
            found.append((code, meant))
        elif near := alike(part, Names((each, _WORDS.get(each, ())) for each in levels_of(register))):
            reading.wrong(column, f"{part!r} is not a level I know", remedy=f"did you mean {near[0]!r}?")
        else:
            reading.leave_out(column, part)
    if len({level for code, level in found if not code}) > 1:
        reading.leave_out(column, text)  # several levels at once are for the bodies to say
        return {"levels": ()}
    return {"levels": tuple(dict(found).items())}
