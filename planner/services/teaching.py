"""What a person's answers teach a programme: other names of places, words for kinds and statuses, columns of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.change import Change, Key, Record, key_of
from planner.domain.entries import Kind, Place, Programme
from planner.domain.event import Status
from planner.domain.fields import PER_LANGUAGE, field_named
from planner.domain.register import Register, register_of
from planner.domain.sources import Layout
from planner.domain.status import APPROVED_OR_PROPOSED, RUSSIAN
from planner.domain.texts import Names, fold, texts
from planner.errors import BadInput, Problem, problem
from planner.readers.columns import COLUMNS, column_named
from planner.readers.row import spoken_in
from planner.wording.imports import NEW

FIELDS_OF: Mapping[str, tuple[str, ...]] = {
    "date_text": ("when",),
    "month": ("when",),
    "time": ("when",),
    "start": ("when",),
    "end": ("when",),
    "venue": ("places", "mode"),
    "city": ("places", "mode"),
    "body": ("bodies",),
    "host_country": ("host",),
    "participants": ("parties",),
    "level": ("levels",),
    "priority": ("priorities",),
    "part_of": ("links",),
    "form": ("kind", "mode"),
}
"""The fields a column is read into, where they are not called as it is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """That these words of a list mean the place, kind or status of that code or name; NEW makes a new place of them."""

    sort: str
    text: str
    code: str


def taught(register: Register, answers: Sequence[Answer]) -> Register:
    """The register with these names in it as well. Raises BadInput for every answer that names nothing known."""
    problems: list[Problem] = []
    records: dict[Key, Record] = {key_of(entry): entry for entry in (register.programme, *register.entries())}
    for answer in answers:
        code = _meant(answer, register, problems)
        if code is not None:
            record = _with_name(answer, code, records, register)
            records[key_of(record)] = record
    if problems:
        raise BadInput(*problems)
    programme = records.pop(key_of(register.programme))
    return register_of(programme, records.values())  # type: ignore[arg-type]


def _meant(answer: Answer, register: Register, problems: list[Problem]) -> str | None:
    if answer.sort == "place" and answer.code == NEW:
        return NEW
    names = _statuses(register) if answer.sort == "status" else register.names(answer.sort)
    code = names.find(answer.code)
    if code is None:
        remedy = names.did_you_mean(answer.code, f"say --{answer.sort} {f'{answer.text}={NEW}'!r} for a new one")
        problems.append(problem(f"--{answer.sort}", f"{answer.code!r} is not a {answer.sort} I know", remedy=remedy))
    return code


def _statuses(register: Register) -> Names:
    """What statuses are called here: by their own names, in Russian, and in the words of the programme."""
    names = {status.value: [RUSSIAN[status]] for status in Status} | {APPROVED_OR_PROPOSED: []}
    for word, meaning in register.programme.status_words:
        names[meaning].append(word)
    return Names(names.items())


def _with_name(answer: Answer, code: str, records: Mapping[Key, Record], register: Register) -> Record:
    """The record that now has these words among its names."""
    programme = register.programme.code
    if answer.sort == "status":
        its = records[key_of(register.programme)]
        assert isinstance(its, Programme)
        words = {**dict(its.status_words), fold(answer.text): code}
        return replace(its, status_words=tuple(sorted(words.items())))
    if code == NEW:
        return new_place(programme, answer.text)
    entry = records[Key(answer.sort, programme, code)]
    if isinstance(entry, Kind):
        return replace(entry, words=(*entry.words, answer.text))
    assert isinstance(entry, Place)
    return replace(entry, aliases=(*entry.aliases, answer.text))


def new_place(programme: str, text: str) -> Place:
    """A place under the name a list has for it; without a capacity it never clashes."""
    return Place(programme, fold(text).replace(" ", "-"), texts(**{spoken_in(text): text}))


def changes_between(before: Register, after: Register) -> tuple[Change, ...]:
    """What was taught, as changes of records."""
    was: dict[Key, Record] = {key_of(each): each for each in (before.programme, *before.entries())}
    now: tuple[Record, ...] = (after.programme, *after.entries())
    return tuple(Change(was.get(key_of(each)), each) for each in now if was.get(key_of(each)) != each)


def said_columns(given: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Folded heading to column, from what a person said; an empty column means that it is not to be read.

    Raises BadInput for every column that does not exist.
    """
    problems, columns = [], {}
    known = Names((column, headings) for column, headings in COLUMNS.items())
    for heading, text in given:
        column = column_named(text) if text else ""
        if column is None:
            remedy = known.did_you_mean(text, f"one of {', '.join(COLUMNS)}")
            problems.append(problem("--map", f"{text!r} is not a column I read", remedy=remedy))
        else:
            columns[fold(heading)] = column
    if problems:
        raise BadInput(*problems)
    return columns


def shape_of(headings: Sequence[str]) -> str:
    """What makes lists one of shape: their headings, whatever their order, case and line breaks."""
    return " | ".join(sorted(fold(heading) for heading in headings if heading.strip()))


def layout_of(register: Register, headings: Sequence[str]) -> Layout:
    """What was said of lists with these headings before; an empty one when nothing was."""
    code = shape_of(headings)
    found = next((layout for layout in register.layouts if layout.code == code), None)
    return found or Layout(register.programme.code, code)


def with_columns(layout: Layout, said: Mapping[str, str], headings: Sequence[str]) -> Layout:
    """The layout with this said of its headings too. Raises BadInput for a heading that the list has not."""
    there = {fold(heading): heading for heading in headings if heading.strip()}
    missing = [heading for heading in said if heading not in there]
    if missing:
        names = Names.of(there.values())
        raise BadInput(*(_no_heading(heading, names, there) for heading in missing))
    return replace(layout, columns=tuple(sorted({**dict(layout.columns), **said}.items())))


def _no_heading(heading: str, names: Names, there: Mapping[str, str]) -> Problem:
    remedy = names.did_you_mean(heading, f"there are {', '.join(map(repr, there.values()))}", most=1)
    return problem("--map", f"the list has no heading {heading!r}", remedy=remedy)


def fields_meant(text: str) -> tuple[str, ...]:
    """The fields a person means by a name of a field or a column ("place", "title", "Сроки"); () when none."""
    column = column_named(text)
    names = {text, *FIELDS_OF.get(column or text, (column or text,))}
    return tuple(name for name in sorted(names) if name in PER_LANGUAGE or field_named(name) is not None)


def is_field(text: str) -> bool:
    return bool(text) and not text.startswith("-") and bool(fields_meant(text))
