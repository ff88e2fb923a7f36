"""Events that are one event told twice under other names.

Two are, when their kinds are of one family, a body is named by both or by one only, their windows overlap, and their
*names* are equal: what stands in quotes, or a known name. Words are never compared for likeness, and events whose
stages or numbers differ are never one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.domain.board import Board, Where
from planner.domain.clash import Resource, meeting_of, neighbours
from planner.domain.event import Event, Relation, Status
from planner.domain.finding import Span
from planner.domain.register import Register
from planner.domain.texts import fold

_QUOTED = re.compile(r"«([^«»]+)»|“([^“”]+)”|„([^„“”]+)[“”]|\"([^\"]+)\"")
_QUOTE = re.compile(r"[«“„\"]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\b(?:\d+|[ivx]+)\b")
_ORDINALS = {
    1: re.compile(r"\b(?:first|one|перв(?:ый|ая|ое|ые|ого|ой|ых|ому|ым|ом))\b"),
    2: re.compile(r"\b(?:second|two|втор(?:ой|ая|ое|ые|ого|ых|ому|ым|ом))\b"),
    3: re.compile(r"\b(?:third|three|трет(?:ий|ья|ье|ьи|ьего|ьей|ьих|ьему|ьим|ьем))\b"),
    4: re.compile(r"\b(?:fourth|four|четверт(?:ый|ая|ое|ые|ого|ой|ых|ому|ым|ом))\b"),
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


@dataclass(frozen=True, slots=True)
class Twins:
    """Two events that are one, the first by ref first, the names they share, and the days both may fall on."""

    first: Event
    later: Event
    names: tuple[str, ...]
    span: Span


def twins(board: Board) -> tuple[Twins, ...]:
    """Every pair of events that is one event twice, by refs; worked out once for each board."""
    return board.once("twins", _all_twins)


def _all_twins(board: Board) -> tuple[Twins, ...]:
    def names(event: Event) -> Iterator[Resource]:
        yield from (Resource((board.family(event), name)) for name in board.once_for(_names_of, (event,)))

    found = []
    for one, other, shared in neighbours(board, names):
        meeting = meeting_of(board, one, other) if _may_be_one(one, other) else None
        if meeting is not None:
            first, later = sorted((one, other), key=_precedence)
            said = tuple(str(key[1]) for key in shared if isinstance(key, tuple))
            found.append(Twins(first, later, said, meeting.span))
    return tuple(found)


def later_twins(board: Board) -> frozenset[Where]:
    """Where the events are that only repeat another."""
    return frozenset((each.later.programme, each.later.ref) for each in twins(board))


def has_names(board: Board) -> bool:
    """True when any event that stands bears a name."""
    return any(board.once_for(_names_of, (event,)) for event in board.standing())


def _names_of(board: Board, event: Event) -> frozenset[str]:
    return board.once_for_registers("known names", _all_known_names)[event.programme].names_of(event)


def _all_known_names(board: Board) -> "dict[str, _KnownNames]":
    return {register.programme.code: _KnownNames(register) for register in board.registers}


def _precedence(event: Event) -> tuple[bool, bool, str, str]:
    """Of two, the one that is approved or backed by a paper comes first, else the one with the first ref."""
    is_settled = event.status in {Status.APPROVED, Status.CONFIRMED, Status.HELD}
    return not is_settled, not event.decision, event.programme, event.ref


def _may_be_one(one: Event, other: Event) -> bool:
    has_same_body = not one.bodies or not other.bodies or not set(one.bodies).isdisjoint(other.bodies)
    return has_same_body and not _prepares(one, other) and numbers_of(one) == numbers_of(other)


def _prepares(one: Event, other: Event) -> bool:
    pairs = ((one, other), (other, one))
    return any(link.relation is Relation.PREPARES and link.ref == b.ref for a, b in pairs for link in a.links)


def numbers_of(event: Event) -> frozenset[int]:
    """The numbers its title gives it, the year left out: "stage 2", «II этап», "First staff talks"."""
    found: set[int] = set()
    for _, title in event.titles:
        words = _YEAR.sub(" ", fold(title))
        found |= {_ROMAN.get(number) or int(number) for number in _NUMBER.findall(words) if _is_number(number)}
        found |= {number for number, pattern in _ORDINALS.items() if pattern.search(words)}
    return frozenset(found)


def _is_number(text: str) -> bool:
    return text.isdigit() or text in _ROMAN


class _KnownNames:
    """The names a programme knows, and how they are found in titles."""

    def __init__(self, register: Register) -> None:
        self._code = {
            fold(name): fold(known.code) for known in register.known_names for name in (known.code, *known.aliases)
        }
        self._others = {
            fold(name)
            for sort in ("place", "force", "body", "party")
            for entry in register.entries()
            if entry.sort == sort
            for name in _names(entry)
        }
        longest_first = sorted(self._code, key=lambda name: (-len(name), name))
        first_words = sorted({name.split(" ")[0] for name in self._code})
        # Most titles have none of them: looking for a few words is cheaper than folding every title.
        self._first_words = re.compile("|".join(map(re.escape, first_words))) if first_words else None
        self._pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b") if longest_first else None

    def names_of(self, event: Event) -> frozenset[str]:
        found: set[str] = set()
        for _, title in event.titles:
            if _QUOTE.search(title):
                found |= self._quoted(title)
            if self._first_words is not None and self._first_words.search(title.casefold().replace("ё", "е")):
                found |= self._known(fold(title))
        return frozenset(found)

    def _quoted(self, title: str) -> set[str]:
        """What stands in quotes, its year left out, unless it is the name of a place, force, body or party."""
        names = (fold(_YEAR.sub(" ", next(filter(None, groups)))) for groups in _QUOTED.findall(title))
        return {self._code.get(name, name) for name in names if name and name not in self._others}

    def _known(self, title: str) -> set[str]:
        """Known names: of several words anywhere; of one word only before a year or as the whole title."""
        if self._pattern is None:
            return set()
        whole = _YEAR.sub(" ", title).strip()
        return {
            self._code[match[1]]
            for match in self._pattern.finditer(title)
            if " " in match[1] or match[1] == whole or _YEAR.match(title[match.end() :].lstrip())
        }


def _names(entry: object) -> Iterator[str]:
    for attribute in ("names", "shorts"):
        pairs: Iterable[tuple[str, str]] = getattr(entry, attribute, ())
        for _, text in pairs:
            quoted = [next(filter(None, groups)) for groups in _QUOTED.findall(text)]
            yield from (text, *quoted)
    yield from getattr(entry, "aliases", ())
