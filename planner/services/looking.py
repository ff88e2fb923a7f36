"""Finding events: by reference, by words, by filters (pure)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.register import Register
from planner.domain.texts import Names, fold
from planner.errors import BadInput, NotFound, problem


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty means everything. Names of any language are fine where codes are."""

    kinds: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    is_undated: bool = False


def the_event(events: Iterable[Event], text: str) -> Event:
    """The event with that reference, or the only one that these words fit.

    Raises NotFound with the nearest references, and BadInput with all that fit when several do.
    """
    all_of_them = tuple(events)
    exact = [event for event in all_of_them if event.ref.casefold() == text.strip().casefold()]
    if exact:
        return exact[0]
    fitting = find(all_of_them, text)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        refs = ", ".join(event.ref for event in fitting[:8])
        raise BadInput(problem("", f"{text!r} fits {len(fitting)} events: {refs}", remedy="name one by its reference"))
    names = Names.of(event.ref for event in all_of_them)
    remedy = names.did_you_mean(text, "`planner list` shows them all")
    raise NotFound(problem("", f"no event {text!r}", remedy=remedy))


def find(events: Iterable[Event], words: str) -> tuple[Event, ...]:
    """The events in whose reference, titles or remarks every word occurs, in the order given."""
    wanted = fold(words).split()
    return tuple(event for event in events if wanted and all(word in _searched(event) for word in wanted))


def _searched(event: Event) -> str:
    said = (*event.titles, *event.shorts, *event.remarks)
    return fold(" ".join((event.ref, event.when.words, event.responsible, *(text for _, text in said))))


def narrowed(events: Iterable[Event], register: Register, filters: Filters) -> tuple[Event, ...]:
    """The events that pass every filter, by their first day, undated ones last."""
    tests = _tests(register, filters)
    return tuple(sorted((event for event in events if all(test(event) for test in tests)), key=by_day))


def taking_part(board: Board, events: Iterable[Event], party: str) -> tuple[Event, ...]:
    """The events that party hosts or is invited to, by name or as a member, in their order."""
    return tuple(event for event in events if event.host == party or party in board.invited(event))


def by_day(event: Event) -> tuple[bool, date, str]:
    """A key that sorts events by their first day, undated ones last, then by reference."""
    first = min((window.first for window in event.when.windows), default=date.max)
    return not event.when.windows, first, event.ref


def _tests(register: Register, filters: Filters) -> list[Callable[[Event], bool]]:
    def codes(sort: str, texts: tuple[str, ...]) -> set[str]:
        return {_code(register, sort, text) for text in texts}

    def booked(wanted: set[str]) -> Callable[[Event], bool]:
        return lambda event: any(booking.code in wanted for booking in event.bookings)

    tests: list[Callable[[Event], bool]] = []
    if filters.kinds:
        kinds = codes("kind", filters.kinds)
        tests.append(lambda event: event.kind in kinds)
    if filters.families:
        tests.append(lambda event: _family(register, event) in filters.families)
    if filters.bodies:
        bodies = codes("body", filters.bodies)
        tests.append(lambda event: bool(bodies & set(event.bodies)))
    for sort, texts in (("party", filters.parties), ("force", filters.forces), ("place", filters.places)):
        if texts:
            tests.append(booked(codes(sort, texts)))
    if filters.priorities:
        priorities = codes("priority", filters.priorities)
        tests.append(lambda event: bool(priorities & set(event.priorities)))
    if filters.statuses:
        tests.append(lambda event: event.status.value in filters.statuses)
    if filters.is_undated:
        tests.append(lambda event: not event.when.windows)
    if filters.first or filters.last:
        tests.append(lambda event: _is_within(event, filters.first or date.min, filters.last or date.max))
    return tests


def _is_within(event: Event, first: date, last: date) -> bool:
    return any(window.first <= last and first <= window.last for window in event.when.windows)


def _family(register: Register, event: Event) -> str:
    kind = register.kind(event.kind)
    return kind.family.value if kind is not None else ""


def _code(register: Register, sort: str, text: str) -> str:
    code = register.names(sort).find(text)
    if code is None:
        remedy = register.names(sort).did_you_mean(text)
        raise NotFound(problem("", f"no {sort} {text!r} in the programme", remedy=remedy))
    return code
