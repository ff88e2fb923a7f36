"""Which event a row without a reference means, and the reference a new one gets (pure)."""

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from planner.domain.entries import KnownName
from planner.domain.event import Event
from planner.domain.fields import field_named
from planner.domain.register import Register
from planner.domain.texts import fold
from planner.domain.window import When
from planner.readers.listing import ReadRow

_UNDATED = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Identified:
    """The reference of every row by its number; which rows were matched by title or item, and which are new."""

    refs: Mapping[int, str]
    matched: tuple[int, ...]
    given: tuple[int, ...]
    either: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Rows that could as well be another event: the two, in order."""


def identify(
    rows: Sequence[ReadRow],
    current: Mapping[str, Event],
    base: Mapping[str, Event],
    register: Register,
    removed: Collection[str] = (),
    named: frozenset[str] = frozenset(),
) -> Identified:
    """A row means the event of its reference, else of its UID in another calendar, else of its paper and item, else of
    its kind and title in any language or under a known name.

    Where several events share a title, rows and events are matched one to one: those of which the list says what it
    said before, then in order of their days, as near as can be; those that its last issue `named` come before others.
    What is matched to nothing is new and gets the next reference of its kind, never one that was used before.
    """
    refs = {row.number: row.ref for row in rows if row.ref}
    open_rows = [row for row in rows if not row.ref and "kind" in row.values]
    taken = set(refs.values())
    free = [ref for ref in {**base, **current} if ref not in taken]
    by_uid = _by_uid(open_rows, free, current, base)
    taken |= set(by_uid.values())
    free = [ref for ref in free if ref not in taken]
    open_rows = [row for row in open_rows if row.number not in by_uid]
    matched = _by_item(open_rows, free, current, base)
    left = [row for row in open_rows if row.number not in matched]
    taken |= set(matched.values())
    matched |= _by_title(left, [ref for ref in free if ref not in taken], current, base, register.known_names, named)
    either = _either(left, matched, [ref for ref in free if ref not in set(matched.values())], current, base)
    used = {*refs.values(), *current, *base, *removed}
    given: dict[int, str] = {}
    following: dict[str, Iterator[str]] = {}
    for row in open_rows:
        if row.number not in matched:
            kind = str(row.values["kind"])
            numbered = following.setdefault(kind, refs_for(register, kind))
            given[row.number] = next(ref for ref in numbered if ref not in used)
            used.add(given[row.number])
    return Identified({**refs, **by_uid, **matched, **given}, tuple(matched), tuple(given), either)


def next_ref(register: Register, kind: str, used: Collection[str]) -> str:
    """Prefix of the kind, year of the programme, running number: the first that was never used here."""
    return next(ref for ref in refs_for(register, kind) if ref not in used)


def refs_for(register: Register, kind: str) -> Iterator[str]:
    """The references events of that kind may get, in order: EX-2020-01, EX-2020-02 …"""
    its = register.kind(kind)
    prefix = its.prefix if its is not None and its.prefix else kind[:4].upper()
    return (f"{prefix}-{register.programme.first.year}-{number:02}" for number in itertools.count(1))


def _states(ref: str, current: Mapping[str, Event], base: Mapping[str, Event]) -> Iterable[Event]:
    """The event as the plan has it, and as this list said it last: either may have the words the row has."""
    return (event for event in (current.get(ref), base.get(ref)) if event is not None)


def _by_uid(
    rows: Iterable[ReadRow], refs: Iterable[str], current: Mapping[str, Event], base: Mapping[str, Event]
) -> dict[int, str]:
    """Entries of another program's calendar: the same UID is the same event, whatever its name and days are now."""
    said = {str(row.values["foreign_uid"]): row.number for row in rows if "foreign_uid" in row.values}
    if not said:
        return {}
    events = (event for ref in refs for event in _states(ref, current, base) if not event.layer)
    return {said[event.foreign_uid]: event.ref for event in events if event.foreign_uid in said}


def _by_item(
    rows: Iterable[ReadRow], refs: Sequence[str], current: Mapping[str, Event], base: Mapping[str, Event]
) -> dict[int, str]:
    known = {
        (event.decision, event.item): ref
        for ref in refs
        for event in _states(ref, current, base)
        if event.decision and event.item
    }
    said = ((row.number, (str(row.values.get("decision")), str(row.values.get("item")))) for row in rows)
    return {number: known[key] for number, key in said if key in known}


def _by_title(
    rows: Sequence[ReadRow],
    refs: Sequence[str],
    current: Mapping[str, Event],
    base: Mapping[str, Event],
    names: Sequence[KnownName],
    named: frozenset[str],
) -> dict[int, str]:
    """By row, the event of its kind and title; what is left, by the names that one thing is known by."""
    titled: dict[Title, list[str]] = defaultdict(list)
    for ref in refs:
        for event in _states(ref, current, base):
            for _, text in event.titles:
                titled[event.kind, fold(text)].append(ref)
    for name in names:
        if name.event in current and name.event in refs:
            for alias in name.aliases:
                titled[current[name.event].kind, fold(alias)].append(name.event)
    found = _as_said(rows, titled, base)
    for preferred in (named, frozenset(refs)):  # a list's own events before those of others that are called alike
        left = [row for row in rows if row.number not in found]
        open_refs = preferred - set(found.values())
        mine = {title: [ref for ref in its if ref in open_refs] for title, its in titled.items()}
        found |= _one_to_one(left, lambda kind, text: [(kind, fold(text))], mine, current, base)
    meant = _meanings(names)
    if meant is None:
        return found
    known: dict[Title, list[str]] = defaultdict(list)
    taken = set(found.values())
    for ref in (ref for ref in refs if ref not in taken):
        for key in {key for e in _states(ref, current, base) for _, text in e.titles for key in meant(e.kind, text)}:
            known[key].append(ref)
    left = [row for row in rows if row.number not in found]
    return found | _one_to_one(left, meant, known, current, base)


Title = tuple[str, str]
"""Kind and folded title, or kind and what a known name in it stands for."""


def _meanings(names: Sequence[KnownName]) -> Callable[[str, str], list[Title]] | None:
    """From kind and title to what the known names in it stand for, with its numbers but for the year: stages differ."""
    words = {fold(alias): name.code for name in names if not name.event for alias in (name.code, *name.aliases)}
    if not words:
        return None
    pattern = re.compile(r"\b(" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")\b")

    def meant(kind: str, text: str) -> list[Title]:
        folded = fold(text)
        numbers = " ".join(number for number in re.findall(r"\d+", folded) if len(number) < 4)
        return [(kind, f"{words[each]} {numbers}") for each in pattern.findall(folded)]

    return meant


def _as_said(
    rows: Sequence[ReadRow], titled: Mapping[Title, Sequence[str]], base: Mapping[str, Event]
) -> dict[int, str]:
    """Rows that say of an event exactly what this list said of it last: of meetings called alike, these are they."""
    found: dict[int, str] = {}
    taken: set[str] = set()
    for row in rows:
        keys = ((str(row.values["kind"]), fold(text)) for text in _titles(row))
        candidates = dict.fromkeys(ref for key in keys for ref in titled.get(key, ()) if ref in base)
        same = next((ref for ref in candidates if ref not in taken and _says_same(row, base[ref])), None)
        if same is not None:
            found[row.number] = same
            taken.add(same)
    return found


def _says_same(row: ReadRow, event: Event) -> bool:
    fields = ((field_named(name), value) for name, value in row.values.items())
    return all(field is not None and field.get(event) == value for field, value in fields)


def _one_to_one(
    rows: Sequence[ReadRow],
    keys_of: Callable[[str, str], list[Title]],
    known: Mapping[Title, list[str]],
    current: Mapping[str, Event],
    base: Mapping[str, Event],
) -> dict[int, str]:
    """Rows and the events that share a key with them, one to one in the order of their days."""
    groups: dict[tuple[str, ...], list[ReadRow]] = defaultdict(list)
    for row in rows:
        keys = [key for text in _titles(row) for key in keys_of(str(row.values["kind"]), text)]
        candidates = dict.fromkeys(ref for key in keys for ref in known.get(key, ()))
        if candidates:
            groups[tuple(candidates)].append(row)
    found: dict[int, str] = {}
    taken: set[str] = set()
    for candidates_of_group, listed in groups.items():
        events = [(ref, _day(_when(ref, current, base))) for ref in candidates_of_group if ref not in taken]
        events.sort(key=lambda pair: (pair[1], pair[0]))
        ordered = sorted(listed, key=lambda row: (_day(row.values.get("when")), row.number))
        pairs = _in_order([_day(row.values.get("when")) for row in ordered], [day for _, day in events])
        found |= {ordered[i].number: events[j][0] for i, j in pairs}
        taken |= {events[j][0] for _, j in pairs}
    return found


def _either(
    rows: Iterable[ReadRow],
    matched: Mapping[int, str],
    unmatched: Iterable[str],
    current: Mapping[str, Event],
    base: Mapping[str, Event],
) -> dict[int, tuple[str, str]]:
    """Rows matched by title to one event where another of that title, which no row means, lies just as near.

    A row that says what its list said of the event before is that event.
    """
    others: dict[Title, list[str]] = defaultdict(list)
    for ref in unmatched:
        for key in {(e.kind, fold(text)) for e in _states(ref, current, base) for _, text in e.titles}:
            others[key].append(ref)
    found = {}
    for row in rows:
        if row.number not in matched or not others:
            continue
        ref = matched[row.number]
        if ref in base and _says_same(row, base[ref]):
            continue
        day = _day(row.values.get("when"))
        far = abs(day - _day(_when(ref, current, base)))
        keys = [(str(row.values["kind"]), fold(text)) for text in _titles(row)]
        same = [o for key in keys for o in others.get(key, ()) if abs(day - _day(_when(o, current, base))) == far]
        # Of two, it is rather the one that this list named before.
        if same and (ref in base) == (same[0] in base):
            found[row.number] = (min(ref, same[0]), max(ref, same[0]))
    return found


def _titles(row: ReadRow) -> list[str]:
    return [str(text) for name, text in row.values.items() if name.startswith("title_") and text]


def _when(ref: str, current: Mapping[str, Event], base: Mapping[str, Event]) -> When:
    """When this list last said it is, else when the plan says: a list moves on from its own words."""
    return base[ref].when if ref in base else current[ref].when


def _day(when: object) -> int:
    """The first day as a number; what stands on no day comes last."""
    return when.windows[0].first.toordinal() if isinstance(when, When) and when.windows else _UNDATED


def _in_order(rows: list[int], events: list[int]) -> list[tuple[int, int]]:
    """Pairs of positions, both in order, as many as there can be, with the least days between them in all."""
    if len(rows) == len(events):
        return [(n, n) for n in range(len(rows))]
    if len(rows) > len(events):
        return [(i, j) for j, i in _in_order(events, rows)]
    # best[j]: the least cost of matching all rows so far within the first j events, and how.
    best: list[tuple[int, tuple[tuple[int, int], ...]]] = [(0, ())] * (len(events) + 1)
    for i, day in enumerate(rows):
        now: list[tuple[int, tuple[tuple[int, int], ...]] | None] = [None] * (len(events) + 1)
        for j in range(i + 1, len(events) + 1):
            cost, pairs = best[j - 1]
            take = (cost + abs(day - events[j - 1]), (*pairs, (i, j - 1)))
            skip = now[j - 1]
            now[j] = take if skip is None or take[0] < skip[0] else skip
        best = [each if each is not None else (_UNDATED * len(events), ()) for each in now]
    return list(best[-1][1])
