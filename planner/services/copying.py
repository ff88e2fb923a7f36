"""The next year from this one: register and events of a programme in a new one, all as drafts (pure decisions)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from planner.domain.beside import Contact, Note, Paper
from planner.domain.change import Change, Record
from planner.domain.decision import Decision
from planner.domain.entries import Family, Holiday, KnownName, Programme
from planner.domain.event import Booking, BookingSort, Event, Link, Relation, Role, Status
from planner.domain.next_year import carried, in_year, same_day
from planner.domain.register import Entry, Register
from planner.domain.reply import Reply
from planner.domain.sources import Layer, NamedList
from planner.domain.texts import Texts
from planner.domain.waiver import Waiver
from planner.domain.window import Mode, When
from planner.domain.zone import zone_of
from planner.errors import BadInput, NotFound, problem
from planner.readers.programme import package_holidays
from planner.services.proposal import Proposal
from planner.store import Snapshot
from planner.wording.dates import write_when

_OF_ONE_YEAR = (Decision, Holiday, Waiver, NamedList, Reply, Layer, Note, Paper, Contact)
"""What a year leaves behind: its papers, its days off, what was accepted, answered, noted and read in it.

Contacts too: a copy would outlive the erasing of the first.
"""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_OF_TITLE = re.compile(r"\b(?:19|20)\d\d\b")
"""By itself: not the one in the name of a site."""
_BY_TURNS = frozenset({Family.COUNCIL_SESSION, Family.STATUTORY_MEETING})
_COUNTED = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+-(?:летие|летия|летию|й|я|е|го|му|ая|ое)\b", re.IGNORECASE)
_LED = frozenset({Role.CHAIR, Role.HOST})


@dataclass(frozen=True, slots=True)
class Turn:
    """From one year to another: how much later, who chairs, and whether meetings keep their weekday or their date."""

    to: str
    years: int
    chair: str
    keeps_weekday: bool = True


def propose_copy(snapshot: Snapshot, source: str, turn: Turn) -> Proposal:
    """A new programme with the register of that one and its events so many years later, all drafts.

    Each event *replaces* the one it comes from, named by its UID. What lies outside the term stays behind, and so do
    outside events, decisions, waivers, replies, remarks. Raises BadInput and NotFound.
    """
    if turn.to in {programme.code for programme in snapshot.programmes()}:
        raise BadInput(problem("", f"there is already a programme {turn.to}", remedy="choose another code"))
    if turn.years < 1:
        raise BadInput(problem("--year", "is not after the year that is copied", remedy="say a later --year"))
    before = snapshot.register(source)
    if turn.chair not in before.programme.members:
        raise NotFound(
            problem("--chair", f"{turn.chair!r} is no member", f"one of {', '.join(before.programme.members)}")
        )
    programme = _programme(before.programme, turn)
    events = [event for event in snapshot.events(source) if not event.layer]
    taken = [event for event in events if _is_of_term(event, before.programme)]
    carry = _Carry(before, turn, {event.ref: _later(event.ref, turn.years) for event in taken})
    copied = [carry.event(event) for event in taken]
    entries = (_entry(entry, carry.refs, turn) for entry in before.entries() if not isinstance(entry, _OF_ONE_YEAR))
    feeds = [replace(feed, programme=turn.to, titles=carry.texts(feed.titles)) for feed in snapshot.feeds(source)]
    off = package_holidays(programme)
    records: list[Record] = [programme, *(entry for entry in entries if entry is not None), *off, *feeds, *copied]
    notes = (*_left_behind(events, taken, before), *_about_days_off(before, off), *carry.notes(taken, copied))
    return Proposal(snapshot.revision, "copy", tuple(Change(None, record) for record in records), notes)


def year_in(code: str) -> int | None:
    """The year that a programme's code names."""
    found = _YEAR.search(code)
    return int(found[0]) if found else None


def came_from(event: Event) -> str:
    """The ref of the event of another programme that this one replaces, '' for one that was not copied."""
    links = (link.ref for link in event.links if link.relation is Relation.REPLACES)
    return next((ref.partition("@")[0] for ref in links if "@" in ref), "")


def _programme(before: Programme, turn: Turn) -> Programme:
    first, last = same_day(before.first, turn.years), same_day(before.last, turn.years)
    return replace(before, code=turn.to, chair=turn.chair, first=first, last=last, is_closed=False)


def _is_of_term(event: Event, programme: Programme) -> bool:
    windows = event.when.windows or event.when.former_windows
    return not windows or any(w.first <= programme.last and programme.first <= w.last for w in windows)


def _later(text: str, years: int) -> str:
    """The text with every year in it so many years later: EX-2020-UB becomes EX-2021-UB."""
    return _YEAR.sub(lambda year: str(int(year[0]) + years), text)


def _entry(entry: Entry, refs: Mapping[str, str], turn: Turn) -> Entry | None:
    """The same entry of the new programme; names of one event go over with that event."""
    if isinstance(entry, KnownName) and entry.event:
        if entry.event not in refs:
            return None
        return replace(entry, programme=turn.to, event=refs[entry.event], refs=())
    return replace(entry, programme=turn.to)


class _Carry:
    """Events of one programme into another; `refs` are the new references by the old ones."""

    def __init__(self, register: Register, turn: Turn, refs: Mapping[str, str]) -> None:
        self.refs = refs
        self._register, self._turn = register, turn
        self._families = {kind.code: kind.family for kind in register.kinds}
        # The year after as well: a budget is drafted the year before.
        self._years = set(range(register.programme.first.year, register.programme.last.year + 2))

    def event(self, event: Event) -> Event:
        """The event as a draft of the new year: what belongs to the old one, papers and remarks, left out."""
        led = self._led(event)
        draft = replace(
            led,
            ref=self.refs[event.ref],
            programme=self._turn.to,
            status=Status.DRAFT,
            titles=self.texts(event.titles),
            shorts=self.texts(event.shorts),
            links=self._links(event),
            decision="",
            item="",
            remarks=(),
            internal=(),
        )
        return replace(draft, when=self._when(event, zone_of(led, self._register)))

    def texts(self, texts: Texts) -> Texts:
        """Titles with the years of the old term as those of the new."""

        def later(year: re.Match[str]) -> str:
            return _later(year[0], self._turn.years) if int(year[0]) in self._years else year[0]

        return tuple((language, _YEAR_OF_TITLE.sub(later, text)) for language, text in texts)

    def _when(self, event: Event, zone: str) -> When:
        how = carried(event, self._families.get(event.kind, Family.EXTERNAL), keeps_weekday=self._turn.keeps_weekday)
        when = in_year(event.when, how, self._turn.years, self._register.programme.first)
        was = zone_of(event, self._register)
        windows = tuple(replace(w, zone=zone) if w.zone == was else w for w in when.windows)
        there = replace(when, windows=windows)
        return replace(there, words=write_when(there, self._register.programme.languages[0]))

    def _links(self, event: Event) -> tuple[Link, ...]:
        kept = [replace(link, ref=self.refs[link.ref]) for link in event.links if link.ref in self.refs]
        return tuple(sorted({*kept, Link(Relation.REPLACES, f"{event.ref}@{event.programme}")}, key=_by_relation))

    def is_passed_on(self, event: Event) -> bool:
        """True for sessions and meetings that the chair of the year hosts, where the chair changes."""
        old = self._register.programme.chair
        bodies = (self._register.body(code) for code in event.bodies)
        by_chair = any(body is not None and body.host == "chair" for body in bodies)
        by_turns = by_chair and self._families.get(event.kind) in _BY_TURNS
        return by_turns and event.host == old and self._turn.chair != old

    def _led(self, event: Event) -> Event:
        """With the new chair in the place of the old one; the old one's halls are of no use to it."""
        if not self.is_passed_on(event):
            return event
        bookings = tuple(found for each in event.bookings if (found := self._passed_on(each)) is not None)
        return replace(event, host=self._turn.chair, bookings=bookings)

    def _passed_on(self, booking: Booking) -> Booking | None:
        old, new = self._register.programme.chair, self._turn.chair
        if booking.sort is BookingSort.PLACE:
            place = self._register.place(booking.code)
            return None if place is not None and place.state == old else booking
        if booking.sort is BookingSort.PARTY and booking.code == old and booking.role in _LED:
            return replace(booking, role=Role.REQUIRED)
        if booking.sort is BookingSort.PARTY and booking.code == new:
            return replace(booking, role=Role.HOST)
        return booking

    def notes(self, taken: list[Event], copied: list[Event]) -> tuple[str, ...]:
        """What a person should look at in the copy."""
        found: list[str] = []
        passed = [event for event in taken if self.is_passed_on(event)]
        if passed:
            found.append(f"{_refs(passed, self.refs)}: the host is {self._turn.chair} now; say where")
        if self._turn.chair != self._register.programme.chair and self._register.priorities:
            found.append("the priorities are those of the chair before; load a programme file with the new ones")
        counting = [event for event in copied if any(_COUNTED.search(text) for _, text in event.titles)]
        if counting:
            found.append(f"{_refs(counting)}: the title counts (75th, 13-е); count on")
        undated = [event for event in copied if event.when.mode is Mode.UNDATED]
        if undated:
            found.append(f"{_refs(undated)}: no date to go by")
        return tuple(found)


def _by_relation(link: Link) -> tuple[str, str]:
    return link.relation.value, link.ref


def _refs(events: list[Event], refs: Mapping[str, str] | None = None) -> str:
    return ", ".join(refs[event.ref] if refs else event.ref for event in events)


def _left_behind(events: list[Event], taken: list[Event], register: Register) -> tuple[str, ...]:
    gone = [event for event in events if event not in taken]
    code = register.programme.code
    return (f"{_refs(gone)}: outside the term of {code}, and not copied",) if gone else ()


def _about_days_off(before: Register, found: tuple[Holiday, ...]) -> tuple[str, ...]:
    """How many days off the package gives, which it only estimates, and which decrees are not copied."""
    estimated = sum(holiday.estimated for holiday in found)
    notes = [f"{len(found)} days off of the package {found[0].source}, {estimated} of them estimated"] if found else []
    decreed = [holiday.code for holiday in before.holidays if not holiday.source.startswith("holidays ")]
    if decreed:
        notes.append(f"days off by decree are not copied: {', '.join(decreed)}")
    return tuple(notes)
