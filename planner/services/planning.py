"""Changes by hand but for days: add, edit, approve, confirm, link; each is one proposal (pure decisions)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.change import Change
from planner.domain.event import Event, Link, Relation, Status
from planner.domain.fields import field_named
from planner.domain.register import Entry, Register
from planner.domain.status import settle_status
from planner.domain.texts import Names
from planner.domain.zone import zone_of
from planner.errors import BadInput, Problem, problem
from planner.readers.cells import read_cells
from planner.readers.columns import COLUMNS, column_named
from planner.readers.row import Known, RowReading
from planner.services.identity import next_ref
from planner.services.looking import the_event
from planner.services.proposal import Proposal
from planner.store import Snapshot


@dataclass(frozen=True, slots=True)
class Plan:
    """One programme as it stands: what every change by hand is decided from.

    `removed` are references that were used once: nothing else may ever have them, for calendars remember.
    """

    register: Register
    events: Mapping[str, Event]
    revision: int
    removed: frozenset[str] = frozenset()

    def event(self, text: str) -> Event:
        """The event meant by a reference or by words that fit only one."""
        return the_event(self.events.values(), text)


def load_plan(snapshot: Snapshot, programme: str) -> Plan:
    events = {event.ref: event for event in snapshot.events(programme)}
    removed = frozenset(event.ref for event, _ in snapshot.removed(programme))
    return Plan(snapshot.register(programme), events, snapshot.revision, removed)


def propose_add(plan: Plan, ref: str, cells: Mapping[str, str]) -> Proposal:
    """A new event from the same columns as a list has. Without a ref it gets the next free one of its kind."""
    return _propose_new(plan, [(ref, cells)])


def propose_series(plan: Plan, cells: Mapping[str, str], days: Sequence[date]) -> Proposal:
    """An event on each of these days, each with a reference of its own, all in one proposal."""
    if not days:
        raise BadInput(problem("--every", "no day of the programme is meant", "at least one"))
    return _propose_new(plan, [("", {**cells, "date_text": day.isoformat()}) for day in days])


def _propose_new(plan: Plan, wanted: Sequence[tuple[str, Mapping[str, str]]]) -> Proposal:
    known, used = Known(plan.register), {*plan.events, *plan.removed}
    changes: list[Change] = []
    for ref, cells in wanted:
        event = _new_event(plan, ref, cells, known, used)
        used.add(event.ref)
        changes.append(Change(None, event))
    return proposed(plan, "add", changes, known.additions.values())


def _new_event(plan: Plan, ref: str, cells: Mapping[str, str], known: Known, used: Collection[str]) -> Event:
    """The event these columns say. Raises BadInput with everything that is wrong with them."""
    reading = RowReading(known, "")
    columns = _columns(cells, reading)
    if not any(columns.get(name) for name in ("title", "title_en", "title_ru")):
        reading.wrong("title", "has no title", "a title in at least one language", "say --title")
    values = read_cells({"status": "", **columns}, reading)
    if "kind" not in cells:
        reading.wrong("kind", "is not said", "a kind of event", "say --kind")
    _raise(reading.problems)
    kind = str(values["kind"])
    named = ref or next_ref(plan.register, kind, used)
    if named in plan.events:
        raise BadInput(problem("", f"there is already an event {named}", remedy="choose another reference"))
    try:
        event = Event(named, plan.register.programme.code, kind)
    except ValueError as error:
        raise BadInput(problem("", str(error), "letters, digits and hyphens")) from error
    return _with(event, settle_status(values, plan.register, kind, str(values.get("decision", ""))))


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
    return proposed(plan, "edit", changes, known.additions.values())


def _in_its_zone(after: Event, before: Event, register: Register) -> Event:
    """The event with its days counted in the zone of its new place, where they were counted in that of its old one."""
    was, now = zone_of(before, register), zone_of(after, register)
    if was == now:
        return after
    windows = tuple(replace(w, zone=now) if w.zone == was else w for w in after.when.windows)
    return replace(after, when=replace(after.when, windows=windows))


def propose_approve(plan: Plan, refs: Sequence[str], decision: str) -> Proposal:
    """The events approved by that paper, which is added to the programme when it is new."""
    known = Known(plan.register)
    reading = RowReading(known, "")
    values = read_cells({"decision": decision}, reading)
    changes = []
    for event in dict.fromkeys(plan.event(ref) for ref in refs):
        must_be_open(event, "approved")
        after = replace(_with(event, values), status=Status.APPROVED)
        if event.status is Status.CONFIRMED:
            after = replace(after, status=Status.CONFIRMED)  # a paper that comes later does not undo the host's word
        if after != event:
            changes.append(Change(event, after))
    return proposed(plan, "approve", changes, known.additions.values())


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
    return proposed(plan, "confirm", changes)


def propose_link(plan: Plan, ref: str, to: str, relation: Relation, gap_days: int | None = None) -> Proposal:
    """The first event linked to the second: it is a part of it, lies around it, prepares it …"""
    event, other = plan.event(ref), plan.event(to)
    if event == other:
        raise BadInput(problem(event.ref, "cannot be linked to itself"))
    kept = (link for link in event.links if (link.relation, link.ref) != (relation, other.ref))
    links = tuple(sorted((*kept, Link(relation, other.ref, gap_days)), key=lambda link: (link.relation, link.ref)))
    after = replace(event, links=links)
    return proposed(plan, "link", [] if after == event else [Change(event, after)])


def propose_unlink(plan: Plan, ref: str, to: str, relation: Relation) -> Proposal:
    """That link taken off the first event; none such changes nothing."""
    event = plan.event(ref)
    links = tuple(link for link in event.links if (link.relation, link.ref) != (relation, to))
    after = replace(event, links=links)
    return proposed(plan, "link", [] if after == event else [Change(event, after)])


def _columns(cells: Mapping[str, str], reading: RowReading) -> dict[str, str]:
    """The cells under the names of their columns; a heading nobody knows is a problem."""
    known = Names.of(COLUMNS)
    columns = {}
    for heading, text in cells.items():
        column = column_named(heading)
        if column is None or column == "ref":
            reading.wrong(heading, "is not a field I can set", remedy=known.did_you_mean(heading, most=1))
        else:
            columns[column] = text
    return columns


def _with(event: Event, values: Mapping[str, object]) -> Event:
    for name, value in values.items():
        field = field_named(name)
        assert field is not None, name
        event = field.put(event, value)
    return event


def must_be_open(event: Event, done: str) -> None:
    """Raises BadInput for an event that was held or cancelled."""
    if event.status in {Status.HELD, Status.CANCELLED}:
        found = f"is {event.status.value} and cannot be {done}"
        remedy = f"if that is wrong: planner edit {event.ref} --set status=planned"
        raise BadInput(problem(event.ref, found, remedy=remedy))


def proposed(
    plan: Plan, means: str, changes: Sequence[Change], added: Iterable[Entry] = (), notes: tuple[str, ...] = ()
) -> Proposal:
    """These changes as one proposal. Raises BadInput when one is of an outside event: those are not edited by hand."""
    _raise(
        [
            _belongs_to_layer(change.before)
            for change in changes
            if isinstance(change.before, Event) and change.before.layer
        ]
    )
    entries = tuple(Change(None, entry) for entry in added) if changes else ()
    return Proposal(plan.revision, means, (*entries, *changes), notes)


def _belongs_to_layer(event: Event) -> Problem:
    found = f"is an outside event of the layer {event.layer!r}, which is read from a file and not edited here"
    return Problem(event.ref, found, "an event of ours", f"planner layer refresh {event.layer!r}")


def _raise(problems: Sequence[Problem]) -> None:
    if problems:
        raise BadInput(*problems)
