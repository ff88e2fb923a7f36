"""Changes by hand: each is proposed, shown, and applied as one revision (pure decisions)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from planner.domain.change import Change
from planner.domain.dates import Unread, read_when
from planner.domain.event import Event, Link, Relation, Status
from planner.domain.fields import field_named
from planner.domain.register import Entry, Register
from planner.domain.status import approved_or_proposed, settle_status
from planner.domain.texts import Names
from planner.domain.window import Mode, When, renumbered, without_date
from planner.domain.zone import zone_of
from planner.errors import BadInput, Problem, problem
from planner.readers.cells import read_cells
from planner.readers.days import context_of
from planner.readers.headings import COLUMNS, column_named
from planner.readers.row import Known, RowReading
from planner.services.looking import the_event
from planner.services.proposal import Proposal
from planner.store import Snapshot
from planner.wording.dates import write_when

Along = Literal["phases", "all", "none"]
"""Which linked events come along: phases and what lies around, those held together too, or nothing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One programme as it stands: what every change by hand is decided from."""

    register: Register
    events: Mapping[str, Event]
    revision: int

    def event(self, text: str) -> Event:
        """The event meant by a reference or by words that fit only one."""
        return the_event(self.events.values(), text)


def load_plan(snapshot: Snapshot, programme: str) -> Plan:
    events = {event.ref: event for event in snapshot.events(programme)}
    return Plan(snapshot.register(programme), events, snapshot.revision)


def propose_add(plan: Plan, ref: str, cells: Mapping[str, str]) -> Proposal:
    """A new event from the same columns as a list has. Without a ref it gets the next free one of its kind."""
    reading = RowReading(Known(plan.register), "")
    columns = _columns(cells, reading)
    if not any(columns.get(name) for name in ("title", "title_en", "title_ru")):
        reading.wrong("title", "has no title", "a title in at least one language", "say --title")
    values = read_cells({"status": "", **columns}, reading)
    kind = str(values.get("kind", ""))
    if "kind" not in cells:
        reading.wrong("kind", "is not said", "a kind of event", "say --kind")
    _raise(reading.problems)
    named = ref or next_ref(plan, kind)
    if named in plan.events:
        raise BadInput(problem("", f"there is already an event {named}", remedy="choose another reference"))
    try:
        event = Event(named, plan.register.programme.code, kind)
    except ValueError as error:
        raise BadInput(problem("", str(error), "letters, digits and hyphens")) from error
    values = settle_status(values, plan.register, kind, str(values.get("decision", "")))
    return _proposal(plan, "add", [Change(None, _with(event, values))], reading.known.additions.values())


def next_ref(plan: Plan, kind: str) -> str:
    """Prefix of the kind, year of the programme, running number: the first that was never used here."""
    its = plan.register.kind(kind)
    prefix = its.prefix if its is not None and its.prefix else kind[:4].upper()
    year = plan.register.programme.first.year
    number = 1
    while f"{prefix}-{year}-{number:02}" in plan.events:
        number += 1
    return f"{prefix}-{year}-{number:02}"


def propose_edit(plan: Plan, refs: Sequence[str], cells: Mapping[str, str]) -> Proposal:
    """These columns set to these texts in every event named. Setting a place replaces all the places it had."""
    changes = []
    known = Known(plan.register)
    problems: list[Problem] = []
    for event in dict.fromkeys(plan.event(ref) for ref in refs):
        reading = RowReading(known, event.ref)
        columns = _columns(cells, reading)
        values = read_cells(columns, reading, zone_of(event, plan.register))
        problems.extend(reading.problems)
        settled = settle_status(values, plan.register, str(values.get("kind", event.kind)), event.decision)
        after = _with(event, settled)
        if after != event:
            changes.append(Change(event, _in_its_zone(after, event, plan.register)))
    _raise(problems)
    return _proposal(plan, "edit", changes, known.additions.values())


def _in_its_zone(after: Event, before: Event, register: Register) -> Event:
    """The event with its days counted in the zone of its new place, where they were counted in that of its old one."""
    was, now = zone_of(before, register), zone_of(after, register)
    if was == now:
        return after
    windows = tuple(replace(w, zone=now) if w.zone == was else w for w in after.when.windows)
    return replace(after, when=replace(after.when, windows=windows))


def propose_move(plan: Plan, ref: str, words: str, along: Along = "phases") -> Proposal:
    """The event on other days, its phases and what lies around it by as many days; its former date is kept."""
    event = plan.event(ref)
    _must_be_open(event, "moved")
    when = _read_days(plan, event, words)
    if when.windows == event.when.windows and when.mode == event.when.mode:
        return _proposal(plan, "move", [])
    status = event.status
    if status is Status.POSTPONED:
        status = approved_or_proposed(plan.register, event.kind, event.decision)
    moved = replace(event, status=status, when=_formerly(when, event.when))
    changes = [Change(event, moved)]
    days = _days_between(event.when, moved.when)
    language = plan.register.programme.languages[0]
    if days is not None:
        changes.extend(
            Change(each, replace(each, when=_formerly(_shifted(each.when, days, language), each.when)))
            for each in _coming_along(plan, event, along)
        )
    return _proposal(plan, "move", changes, notes=(*_late(plan, moved), *_left(plan, event, along)))


def propose_postpone(plan: Plan, ref: str, along: Along = "phases") -> Proposal:
    """The event without a date until it is given one; the date it had is kept as its former one."""
    event = plan.event(ref)
    _must_be_open(event, "postponed")
    changes = [
        Change(each, replace(each, status=Status.POSTPONED, when=_undated(each.when)))
        for each in (event, *_coming_along(plan, event, along))
        if each.status is not Status.POSTPONED
    ]
    return _proposal(plan, "postpone", changes, notes=_left(plan, event, along))


def propose_cancel(plan: Plan, ref: str, along: Along = "phases") -> Proposal:
    """The event cancelled; it keeps its date, so that calendars can show what does not take place."""
    event = plan.event(ref)
    if event.status is Status.HELD:
        raise BadInput(problem(event.ref, "was held", "an event that has not taken place"))
    changes = [
        Change(each, replace(each, status=Status.CANCELLED))
        for each in (event, *_coming_along(plan, event, along))
        if each.status is not Status.CANCELLED
    ]
    return _proposal(plan, "cancel", changes, notes=_left(plan, event, along))


def propose_approve(plan: Plan, refs: Sequence[str], decision: str) -> Proposal:
    """The events approved by that paper, which is added to the programme when it is new."""
    known = Known(plan.register)
    reading = RowReading(known, "")
    values = read_cells({"decision": decision}, reading)
    changes = []
    for event in dict.fromkeys(plan.event(ref) for ref in refs):
        _must_be_open(event, "approved")
        after = replace(_with(event, values), status=Status.APPROVED)
        if event.status is Status.CONFIRMED:
            after = replace(after, status=Status.CONFIRMED)  # a paper that comes later does not undo the host's word
        if after != event:
            changes.append(Change(event, after))
    return _proposal(plan, "approve", changes, known.additions.values())


def propose_confirm(plan: Plan, refs: Sequence[str]) -> Proposal:
    """The events confirmed by their hosts; an approved event may be, one that is only proposed may not."""
    changes = []
    problems = []
    for event in dict.fromkeys(plan.event(ref) for ref in refs):
        if event.status is Status.CONFIRMED:
            continue
        if event.status is not Status.APPROVED:
            remedy = f"planner approve {event.ref} --decision …"
            problems.append(Problem(event.ref, f"is {event.status.value}", "an approved event", remedy))
        elif not event.when.is_fixed:
            remedy = f'planner move {event.ref} "…"'
            problems.append(Problem(event.ref, "has no fixed day", "a day the host can confirm", remedy))
        else:
            changes.append(Change(event, replace(event, status=Status.CONFIRMED)))
    _raise(problems)
    return _proposal(plan, "confirm", changes)


def propose_link(plan: Plan, ref: str, to: str, relation: Relation, gap_days: int | None = None) -> Proposal:
    """The first event linked to the second: it is a part of it, lies around it, prepares it …"""
    event, other = plan.event(ref), plan.event(to)
    if event == other:
        raise BadInput(problem(event.ref, "cannot be linked to itself"))
    kept = (link for link in event.links if (link.relation, link.ref) != (relation, other.ref))
    links = tuple(sorted((*kept, Link(relation, other.ref, gap_days)), key=lambda link: (link.relation, link.ref)))
    after = replace(event, links=links)
    return _proposal(plan, "link", [] if after == event else [Change(event, after)])


def _columns(cells: Mapping[str, str], reading: RowReading) -> dict[str, str]:
    """The cells under the names of their columns; a heading nobody knows is a problem."""
    known = Names((column, ()) for column in COLUMNS)
    columns = {}
    for heading, text in cells.items():
        column = column_named(heading)
        if column is None or column == "ref":
            near = known.nearest(heading, most=1)
            reading.wrong(heading, "is not a field I can set", remedy=f"did you mean {near[0]!r}?" if near else "")
        else:
            columns[column] = text
    return columns


def _with(event: Event, values: Mapping[str, object]) -> Event:
    for name, value in values.items():
        field = field_named(name)
        assert field is not None, name
        event = field.put(event, value)
    return event


def _read_days(plan: Plan, event: Event, words: str) -> When:
    when = read_when(words, context_of(plan.register, zone_of(event, plan.register)))
    if isinstance(when, Unread):
        raise BadInput(problem("", f"{words!r}: {when.why}", when.expected, when.remedy))
    if when.mode is not Mode.DATED:
        remedy = f"planner postpone {event.ref}"
        raise BadInput(problem("", f"{words!r} is not a day to move to", "a day or a period", remedy))
    return renumbered(when, event.when)


def _must_be_open(event: Event, done: str) -> None:
    if event.status in {Status.HELD, Status.CANCELLED}:
        found = f"is {event.status.value} and cannot be {done}"
        remedy = f"if that is wrong: planner edit {event.ref} --set status=planned"
        raise BadInput(problem(event.ref, found, remedy=remedy))


def _formerly(when: When, before: When) -> When:
    """The new When with the old date as its former one; a date that was former already stays so while undated."""
    if not before.windows:
        return replace(when, former=before.former, former_windows=before.former_windows)
    return replace(when, former=before.words, former_windows=before.windows)


def _undated(when: When) -> When:
    dateless = without_date(when)
    return replace(dateless, words="") if dateless != when else when


def _days_between(before: When, after: When) -> int | None:
    """By how many days it moved, None where one of them stands on no day."""
    if not (before.is_fixed and after.is_fixed):
        return None
    return (after.windows[0].first - before.windows[0].first).days


def _shifted(when: When, days: int, language: str) -> When:
    by = timedelta(days=days)
    windows = tuple(replace(w, first=w.first + by, last=w.last + by) for w in when.windows)
    shifted = replace(when, windows=windows)
    return replace(shifted, words=write_when(replace(shifted, words="", former="", former_windows=()), language))


def _coming_along(plan: Plan, event: Event, along: Along) -> tuple[Event, ...]:
    """Open events that go where this one goes, each once, by reference."""
    relations = {
        "none": set(),
        "phases": {Relation.PART_OF, Relation.AROUND},
        "all": {Relation.PART_OF, Relation.AROUND, Relation.WITH},
    }[along]
    found: dict[str, Event] = {event.ref: event}
    while True:
        more = [
            each
            for each in plan.events.values()
            if each.ref not in found and any(link.relation in relations and link.ref in found for link in each.links)
        ]
        if along == "all":
            held_with = {link.ref for each in found.values() for link in each.links if link.relation is Relation.WITH}
            more.extend(plan.events[ref] for ref in sorted(held_with - found.keys()) if ref in plan.events)
        if not more:
            break
        found.update((each.ref, each) for each in more)
    del found[event.ref]
    closed = {Status.HELD, Status.CANCELLED}
    return tuple(found[ref] for ref in sorted(found) if found[ref].status not in closed and found[ref].when.windows)


def _left(plan: Plan, event: Event, along: Along) -> tuple[str, ...]:
    """Says which linked events stay where they are although they belong to this one."""
    stays = {each.ref for each in _coming_along(plan, event, "all")}
    stays -= {each.ref for each in _coming_along(plan, event, along)}
    return tuple(f"{ref} is held together with {event.ref} or belongs to it, and stays" for ref in sorted(stays))


def _late(plan: Plan, moved: Event) -> tuple[str, ...]:
    """Says which preparing events no longer come before the one that moved."""
    starts = moved.when.windows[0].first if moved.when.windows else None
    preparing = (
        each
        for each in plan.events.values()
        if any(link.relation is Relation.PREPARES and link.ref == moved.ref for link in each.links)
    )
    return tuple(
        f"{each.ref} prepares {moved.ref} and would end after it starts"
        for each in sorted(preparing, key=lambda each: each.ref)
        if starts is not None and each.when.windows and each.when.windows[-1].last >= starts
    )


def _proposal(
    plan: Plan, means: str, changes: Sequence[Change], added: Iterable[Entry] = (), notes: tuple[str, ...] = ()
) -> Proposal:
    entries = tuple(Change(None, entry) for entry in added) if changes else ()
    return Proposal(plan.revision, means, (*entries, *changes), notes)


def _raise(problems: Sequence[Problem]) -> None:
    if problems:
        raise BadInput(*problems)
