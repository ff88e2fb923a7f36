"""The board: an immutable, indexed state of all programmes that rules look at."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

from planner.domain.entries import Family, Holiday, Kind, Party, PartySort, Standing
from planner.domain.event import MEMBERS, Attendance, Booking, BookingSort, Event, Relation, Role, Status
from planner.domain.kept import kept, kept_across_boards
from planner.domain.meeting import Usual
from planner.domain.register import Register
from planner.domain.window import When

LONGEST_WITHOUT_PLACE = 10
"""Days; anything longer that has no place occupies nobody: campaigns, exhibitions, publications."""

CEREMONY = "ceremony"
"""The level of ceremonies of up to two days: those who stand there are not those who sit in the body's meetings."""

_LONGEST_CEREMONY = 2
_CLAIMING = frozenset({Role.CHAIR, Role.HOST, Role.REQUIRED})
_ALL_MODES = frozenset(Attendance)
_FAMILY = frozenset({Relation.PART_OF, Relation.AROUND})
Where = tuple[str, str]  # programme, ref

WorkedOutT = TypeVar("WorkedOutT")


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who cannot be in two places: a state at a level."""

    state: str
    level: str


@dataclass(frozen=True, slots=True)
class Board:
    """Events of all programmes with what they name, on a day. Events are sorted by programme and ref.

    `approvals` say when events that changed since stood as their papers were attached (planner.domain.approval).
    """

    day: date
    registers: tuple[Register, ...]
    events: tuple[Event, ...]
    approvals: tuple[tuple[Where, When], ...] = ()
    _registers: dict[str, Register] = field(init=False, repr=False, compare=False)
    _events: dict[Where, Event] = field(init=False, repr=False, compare=False)
    _holidays: dict[tuple[str, str], tuple[Holiday, ...]] = field(init=False, repr=False, compare=False)
    _superseded: frozenset[Where] = field(init=False, repr=False, compare=False)
    _parts: dict[Where, tuple[Event, ...]] = field(init=False, repr=False, compare=False)
    _approvals: dict[Where, When] = field(init=False, repr=False, compare=False)
    # Under what was asked, what it was asked about, kept alive beside it, and the answer (planner.domain.kept).
    answers: dict[object, tuple[object, object]] = field(init=False, repr=False, compare=False)
    shared_answers: dict[object, tuple[object, object]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_state: dict[tuple[str, str], list[Holiday]] = defaultdict(list)
        for register in self.registers:
            for holiday in register.holidays:
                by_state[register.programme.code, holiday.state].append(holiday)
        put = object.__setattr__
        put(self, "_registers", {register.programme.code: register for register in self.registers})
        put(self, "_holidays", {key: tuple(sorted(days, key=lambda h: h.day)) for key, days in by_state.items()})
        put(self, "shared_answers", {})
        self._index_events()

    def with_events(self, events: tuple[Event, ...], approvals: tuple[tuple[Where, When], ...]) -> "Board":
        """The same day and registers with other events, sorted as here; what is known of events stays known."""
        board, put = object.__new__(Board), object.__setattr__
        for name in ("day", "registers", "_registers", "_holidays", "shared_answers"):
            put(board, name, getattr(self, name))
        put(board, "events", events)
        put(board, "approvals", approvals)
        board._index_events()
        return board

    def _index_events(self) -> None:
        put = object.__setattr__
        put(self, "answers", {})
        put(self, "_events", {(event.programme, event.ref): event for event in self.events})
        put(self, "_approvals", dict(self.approvals))
        put(self, "_superseded", frozenset(_superseded(self.events)))
        parts: dict[Where, list[Event]] = defaultdict(list)
        for event in self.events:
            for link in event.links:
                if link.relation is Relation.PART_OF:
                    parts[event.programme, link.ref].append(event)
        put(self, "_parts", {where: tuple(events) for where, events in parts.items()})

    def once(self, name: str, work_out: "Callable[[Board], WorkedOutT]") -> WorkedOutT:
        """What several rules ask of this board, worked out the first time."""
        if name not in self.answers:
            self.answers[name] = self.events, work_out(self)
        return cast(WorkedOutT, self.answers[name][1])

    def once_for_registers(self, name: str, work_out: "Callable[[Board], WorkedOutT]") -> WorkedOutT:
        """The same for what depends on the registers alone."""
        if name not in self.shared_answers:
            self.shared_answers[name] = self.registers, work_out(self)
        return cast(WorkedOutT, self.shared_answers[name][1])

    def once_for(
        self, work_out: "Callable[..., WorkedOutT]", events: tuple[Event, ...], *given: str | int
    ) -> WorkedOutT:
        """What a function of the board says of these events, where it looks at them and the registers alone."""
        key = work_out, *map(id, events), *given
        known = self.shared_answers.get(key)
        if known is None:
            known = self.shared_answers[key] = events, work_out(self, *events, *given)
        return cast(WorkedOutT, known[1])

    def register(self, event: Event) -> Register:
        return self._registers[event.programme]

    def event(self, programme: str, ref: str) -> Event | None:
        return self._events.get((programme, ref))

    def named(self, name: str) -> Event:
        """The event a finding names: its ref, with @programme where several share the database."""
        ref, _, programme = name.partition("@")
        return self._events[programme or self.registers[0].programme.code, ref]

    def name(self, event: Event) -> str:
        """How findings name an event: by ref, with its programme when there are several."""
        return event.ref if len(self.registers) == 1 else f"{event.ref}@{event.programme}"

    @kept_across_boards
    def kind(self, event: Event) -> Kind | None:
        return self.register(event).kind(event.kind)

    def family(self, event: Event) -> Family | None:
        kind = self.kind(event)
        return None if kind is None else kind.family

    @kept_across_boards
    def usual(self, event: Event) -> Usual:
        kind = self.kind(event)
        return Usual() if kind is None else Usual(kind.usual_days, kind.usual_minutes)

    def applies(self, rule: str, event: Event) -> bool:
        """True when the rule is for events of that kind."""
        kind = self.kind(event)
        return kind is None or rule not in kind.not_for

    @kept_across_boards
    def is_outside(self, event: Event) -> bool:
        """True for events that are not ours to move."""
        return bool(event.layer) or self.family(event) is Family.EXTERNAL

    def approval(self, event: Event) -> When | None:
        """When it stood as its present paper was attached, where that is known."""
        return self._approvals.get((event.programme, event.ref))

    def is_avoided(self, event: Event) -> bool:
        """True for outside events whose days are kept free of our own: of such a layer, or of such a kind."""
        kind, layer = self.kind(event), self.register(event).layer(event.layer)
        return self.is_outside(event) and any(each is not None and each.avoid for each in (kind, layer))

    @kept
    def stands(self, event: Event) -> bool:
        """True when it is on a date that counts: not cancelled, superseded, postponed or undated."""
        gone = {Status.CANCELLED, Status.POSTPONED}
        return event.when.is_dated and event.status not in gone and not self.is_superseded(event)

    def is_superseded(self, event: Event) -> bool:
        """True when another event, not itself cancelled, replaces it."""
        return (event.programme, event.ref) in self._superseded

    def standing(self) -> Iterator[Event]:
        """The events that stand on a date, in order."""
        return iter(self.once("standing", lambda board: tuple(each for each in board.events if board.stands(each))))

    @kept_across_boards
    def occupies(self, event: Event) -> bool:
        """True when people are busy with it: as it says, else as its kind says; never a campaign without a place."""
        kind = self.kind(event)
        blocks = event.blocks if event.blocks is not None else kind is None or kind.blocks
        longest = max((w.length or 1 for w in event.when.windows if w.at is None), default=1)
        is_campaign = longest > LONGEST_WITHOUT_PLACE and not event.booked(BookingSort.PLACE)
        return blocks and not is_campaign

    @kept_across_boards
    def delegations(self, event: Event, modes: frozenset[Attendance] = _ALL_MODES) -> tuple[Delegation, ...]:
        """The delegations it needs that take part in one of these modes, sorted.

        The group of members is expanded on the event's first day.
        """
        levels = self._levels(event)
        found = {
            Delegation(state, level)
            for booking in event.booked(BookingSort.PARTY)
            if booking.role in _CLAIMING and (booking.mode or event.mode) in modes
            for state in self._states(booking, event)
            for level in ((booking.level,) if booking.level else levels)
        }
        return tuple(sorted(found, key=lambda each: (each.state, each.level)))

    @kept_across_boards
    def states(self, event: Event) -> tuple[str, ...]:
        """The states whose people it needs, sorted."""
        return tuple(sorted({each.state for each in self.delegations(event)}))

    def officials(self, event: Event) -> tuple[str, ...]:
        """The officials it needs by name, sorted."""
        parties = (self.register(event).party(b.code) for b in event.booked(BookingSort.PARTY) if b.role in _CLAIMING)
        return tuple(sorted(p.code for p in parties if p is not None and p.party_sort is PartySort.OFFICIAL))

    def leaders(self, event: Event) -> tuple[str, ...]:
        """Those who lead its bodies or its kind, where the programme names them, sorted."""
        register, kind = self.register(event), self.kind(event)
        bodies = (register.body(code) for code in event.bodies)
        named = {body.leader for body in bodies if body is not None} | {kind.leader if kind is not None else ""}
        return tuple(sorted(named - {""}))

    def invited(self, event: Event) -> tuple[str, ...]:
        """The states that host it or take part in any role, sorted; the group of members by name."""
        booked = {state for booking in event.booked(BookingSort.PARTY) for state in self._states(booking, event)}
        return tuple(sorted(booked | ({event.host} if event.host else set())))

    def _levels(self, event: Event) -> tuple[str, ...]:
        """Its bodies' levels, else its kind's; a short ceremony has one of its own, whoever holds it."""
        register, kind = self.register(event), self.kind(event)
        if kind is not None and kind.family is Family.COMMEMORATION and _is_short(event):
            return (CEREMONY,)
        bodies = (register.body(code) for code in event.bodies)
        levels = tuple(dict.fromkeys(body.level for body in bodies if body is not None and body.level))
        return levels or ((kind.level,) if kind is not None else ("",))

    def _states(self, booking: Booking, event: Event) -> tuple[str, ...]:
        register = self.register(event)
        if booking.code == MEMBERS and event.when.windows:
            return tuple(p.code for p in register.parties if p.standing is Standing.MEMBER and _on(p, event))
        party = register.party(booking.code)
        return (booking.code,) if party is not None and party.party_sort is PartySort.STATE else ()

    def holidays(self, event: Event, state: str) -> tuple[Holiday, ...]:
        """That state's days of the event's programme, by day."""
        return self._holidays.get((event.programme, state), ())

    def all_holidays(self) -> Iterable[tuple[tuple[str, str], tuple[Holiday, ...]]]:
        """By programme and state, that state's days, by day."""
        return self._holidays.items()

    @kept
    def root(self, event: Event) -> Event:
        """The event it is a part of or lies around, followed upwards; itself when there is none."""
        seen = [event]
        while True:
            links = (link.ref for link in seen[-1].links if link.relation in _FAMILY)
            above = next((found for ref in links if (found := self.event(event.programme, ref)) is not None), None)
            if above is None or above in seen:
                return seen[-1]
            seen.append(above)

    def are_linked(self, one: Event, other: Event) -> bool:
        """True when they belong together on purpose: of one family, or held with one another."""
        roots = self.root(one), self.root(other)
        return roots[0] == roots[1] or _are_held_together(*roots) or _are_held_together(one, other)

    def held_with(self, event: Event) -> Iterator[Event]:
        """The events that it, or the head of its family, is held with as it says itself."""
        for each in {(each.programme, each.ref): each for each in (event, self.root(event))}.values():
            for link in each.links:
                other = self.event(each.programme, link.ref)
                if link.relation is Relation.WITH and other is not None:
                    yield other

    def parts(self, whole: Event) -> tuple[Event, ...]:
        """The events that are a part of it and stand on a date, in order."""
        return tuple(part for part in self._parts.get((whole.programme, whole.ref), ()) if self.stands(part))


def _is_short(event: Event) -> bool:
    return all((window.length or 1) <= _LONGEST_CEREMONY or window.at is not None for window in event.when.windows)


def _are_held_together(one: Event, other: Event) -> bool:
    pairs = ((one, other), (other, one))
    return any(link.relation is Relation.WITH and link.ref == b.ref for a, b in pairs for link in a.links)


def _superseded(events: Iterable[Event]) -> Iterator[Where]:
    """Events that another one, which is not itself cancelled, replaces."""
    for event in events:
        if event.status is not Status.CANCELLED:
            for link in event.links:
                if link.relation is Relation.REPLACES:
                    yield event.programme, link.ref


def _on(party: Party, event: Event) -> bool:
    """True when the party had its standing on the event's first day."""
    day = event.when.windows[0].first
    return (party.first is None or party.first <= day) and (party.last is None or day <= party.last)
