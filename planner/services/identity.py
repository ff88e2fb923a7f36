"""Which event a row without a reference means, and the reference a new one gets (pure)."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.event import Event
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


def identify(
    rows: Sequence[ReadRow],
    current: Mapping[str, Event],
    base: Mapping[str, Event],
    register: Register,
    removed: Collection[str] = (),
) -> Identified:
    """A row means the event of its reference, else of its paper and item, else of its kind and title in any language.

    Where several events share a title, rows and events are matched one to one in order of their days, as near as can
    be. What is matched to nothing is new and gets the next reference of its kind, never one that was used before.
    """
    refs = {row.number: row.ref for row in rows if row.ref}
    open_rows = [row for row in rows if not row.ref and "kind" in row.values]
    taken = set(refs.values())
    free = [ref for ref in {**base, **current} if ref not in taken]
    matched = _by_item(open_rows, free, current, base)
    left = [row for row in open_rows if row.number not in matched]
    taken |= set(matched.values())
    matched |= _by_title(left, [ref for ref in free if ref not in taken], current, base)
    used = {*refs.values(), *current, *base, *removed}
    given: dict[int, str] = {}
    for row in open_rows:
        if row.number not in matched:
            given[row.number] = next_ref(register, str(row.values["kind"]), used)
            used.add(given[row.number])
    return Identified({**refs, **matched, **given}, tuple(matched), tuple(given))


def next_ref(register: Register, kind: str, used: Collection[str]) -> str:
    """Prefix of the kind, year of the programme, running number: the first that was never used here."""
    its = register.kind(kind)
    prefix = its.prefix if its is not None and its.prefix else kind[:4].upper()
    refs = (f"{prefix}-{register.programme.first.year}-{number:02}" for number in itertools.count(1))
    return next(ref for ref in refs if ref not in used)


def _states(ref: str, current: Mapping[str, Event], base: Mapping[str, Event]) -> Iterable[Event]:
    """The event as the plan has it, and as this list said it last: either may have the words the row has."""
    return (event for event in (current.get(ref), base.get(ref)) if event is not None)


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
    rows: Iterable[ReadRow], refs: Sequence[str], current: Mapping[str, Event], base: Mapping[str, Event]
) -> dict[int, str]:
    known: dict[tuple[str, str], list[str]] = defaultdict(list)
    for ref in refs:
        titles = {(e.kind, fold(text)) for e in _states(ref, current, base) for _, text in e.titles}
        for key in titles:
            known[key].append(ref)
    groups: dict[tuple[str, ...], list[ReadRow]] = defaultdict(list)
    for row in rows:
        keys = [(str(row.values["kind"]), fold(text)) for text in _titles(row)]
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
