"""The page of one event: all that its reader may know, ways to take it along, and for coordinators what can be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import available_timezones

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.domain.change import Change, Logged
from planner.domain.event import Event, Relation, Status
from planner.domain.finding import Finding
from planner.services.looking import by_day
from planner.services.provenance import Origin
from planner.services.regarding import Regarding, calendar_of, regarding
from planner.services.told import told_of_event
from planner.web.deciding import say_level
from planner.web.rendering import LANGUAGES
from planner.web.road import Described, describe
from planner.web.site import Site, page
from planner.web.views import Seen
from planner.web.year import theme_of
from planner.wording.changes import name_of, say_answer, say_change, say_relation, say_relation_back, title_of
from planner.wording.clocks import city_of
from planner.wording.deeds import help_of
from planner.wording.entries import time_in_capitals
from planner.wording.findings import explanation
from planner.wording.keeping import one_sentence, say_contact, say_moved, say_note, say_origin, times_in
from planner.wording.sentences import as_sentence
from planner.wording.told import say_told

ZONE_COOKIE = "planner_zone"
_YES = frozenset({Status.APPROVED, Status.CONFIRMED, Status.HELD})


@dataclass(frozen=True, slots=True)
class Clock:
    """The event's clock times: in the places, in the zone the reader chose, and the zones to choose from."""

    in_places: tuple[str, ...]
    mine: str
    zone: str
    zones: tuple[tuple[str, str], ...]


@page
def event_page(site: Site) -> Response:
    """One event with everything that this reader may know of it."""
    seen = site.seen
    event = event_of(site)
    zone = _zone(site)
    with site.database.snapshot() as snapshot:
        around = regarding(snapshot.at(seen.revision), seen.register, event.ref, site.visitor.level)
    response = site.page(
        "event.html",
        event=event,
        theme=f"pl-{theme_of(seen.board, event)}",
        described=describe(event, seen.register, site.language),
        other=_other(site, event),
        internal=dict(event.internal).get(site.language, "") if site.visitor.is_coordinator else "",
        certainty=_certainty(site, event),
        clock=_clock(site, event, zone),
        moved=say_moved(around.former, around.moved, site.language) if around.former else "",
        sentences=[(code, one_sentence(event, seen.register, code)) for code in LANGUAGES],
        has_days=bool(event.when.windows),
        around=around,
        told=_told(site, around),
        links=_links(site, seen, event),
        deeds=_deeds(site, event),
        findings=_findings(site, seen, event),
        history=_history(site, around.history),
        was_told=_was_told(site, event),
    )
    if site.query.get("zone") == zone != "":
        response.set_cookie(ZONE_COOKIE, zone, max_age=31536000, samesite="lax", path=site.root or "/")
    return response


def _was_told(site: Site, event: Event) -> tuple[str, ...]:
    """For coordinators, who was told of it: decided, released, noticed, fetched."""
    if not site.visitor.is_coordinator:
        return ()
    with site.database.snapshot() as snapshot:
        found = told_of_event(snapshot.at(site.seen.revision), site.database, event)
    return say_told(found, site.seen.register, site.language)[1:]


@page
def event_calendar(site: Site) -> Response:
    """The event alone as a file that a calendar program adds."""
    event = event_of(site)
    seen = site.seen
    with site.database.snapshot() as snapshot:
        built = calendar_of(
            snapshot.at(seen.revision),
            site.seen.register,
            event.ref,
            site.visitor.level,
            site.language,
            site.request.app.state.settings.url,
        )
    if not built.entries:
        raise HTTPException(404)
    named = {"content-disposition": f'attachment; filename="{event.ref}.ics"', "cache-control": "private, no-cache"}
    return Response(built.content, media_type="text/calendar; charset=utf-8", headers=named)


def event_of(site: Site) -> Event:
    """The event the address names, if this reader may know of it; else 404."""
    event = site.seen.by_ref.get(site.request.path_params["ref"])
    if event is None:
        raise HTTPException(404)
    return event


def _other(site: Site, event: Event) -> Described:
    """The same fields in the other language."""
    other = next(code for code in LANGUAGES if code != site.language)
    return describe(event, site.seen.register, other)


def _certainty(site: Site, event: Event) -> tuple[tuple[str, str], ...]:
    """Approval apart from confirmation: whether a paper allows it, and whether its host has said that day."""
    say, paper = site.say, event.decision
    named = name_of(site.seen.register, "decision", paper, site.language) if paper else ""
    if event.item and named:
        named = f"{named}, {say('item')} {event.item}"
    if event.status in _YES or paper:
        approval = f"{say('approved')}: {named}" if named else say("approved")
    else:
        approval = say("not approved yet")
    if event.status in {Status.CONFIRMED, Status.HELD}:
        day = say("confirmed by the host")
    else:
        day = say("not confirmed by the host")
    return (say("Approval"), approval), (say("Day"), day)


def _clock(site: Site, event: Event, zone: str) -> Clock:
    register = site.seen.register
    windows = [window for window in event.when.windows if window.at is not None]
    capitals = tuple(said for window in windows if (said := time_in_capitals(event, window, register, site.language)))
    listed = {party.zone for party in register.parties} | {place.zone for place in register.places}
    listed |= {register.programme.zone, "UTC", zone} | {window.zone for window in windows}
    zones = sorted((city_of(each, site.language), each) for each in listed if each)
    chosen = tuple((each, city) for city, each in zones)
    return Clock(capitals if windows else (), times_in(event, zone, site.language) if zone else "", zone, chosen)


def _zone(site: Site) -> str:
    """The zone the reader chose now or before; '' for none, and for what is no zone."""
    asked = site.query.get("zone", site.request.cookies.get(ZONE_COOKIE, ""))
    return asked if asked in available_timezones() else ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is kept around an event, in words; numbers and parties are for the forms that take it away.

    `replies` name those who answered alike, those whose answer is awaited last.
    """

    notes: tuple[tuple[int, str], ...]
    contacts: tuple[tuple[str, int, str, str], ...]
    replies: tuple[tuple[str, tuple[str, ...]], ...]
    dated: str
    seen_by: tuple[str, ...]


def _told(site: Site, around: Regarding) -> Told:
    register, language = site.seen.register, site.language
    return Told(
        tuple((each.number, say_note(each, language)) for each in around.notes),
        tuple(
            (each.party, each.number, name_of(register, "party", each.party, language), say_contact(each))
            for each in around.contacts
        ),
        _replies(site, around),
        _origin(around.dated_by, language),
        tuple(say_level(level, site) for level in around.seen_by),
    )


def _replies(site: Site, around: Regarding) -> tuple[tuple[str, tuple[str, ...]], ...]:
    register, language = site.seen.register, site.language
    alike: dict[str, list[str]] = {}
    for party, reply in sorted(around.replies.items(), key=lambda each: each[1] is None):
        alike.setdefault(say_answer(reply, language), []).append(name_of(register, "party", party, language))
    return tuple((answer, tuple(sorted(names))) for answer, names in alike.items())


def _origin(found: Sequence[Origin], language: str) -> str:
    if not found:
        return ""
    origin = found[0]
    words = _as_written(origin)
    return say_origin(origin.revision, origin.run, origin.row, words, language)


def _as_written(origin: Origin) -> str:
    """The words of the date: those of the column that has words, else of all it was read from."""
    headings = dict(origin.run.headings) if origin.run is not None else {}
    worded = [cell.words.strip() for cell in origin.cells if headings.get(cell.heading) == "date_text"]
    return "; ".join(worded or [cell.words.strip() for cell in origin.cells])


def _findings(site: Site, seen: Seen, event: Event) -> list[tuple[Finding, str, str]]:
    if not site.visitor.is_coordinator:
        return []
    mine = [each for each in seen.report.listed if seen.board.name(event) in each.refs]
    said = [as_sentence(explanation(each, seen.board, site.language)) for each in mine]
    helps = [help_of(each, seen.board, site.language) for each in mine]
    return list(zip(mine, said, helps, strict=True))


def _deeds(site: Site, event: Event) -> list[tuple[str, str]]:
    """What a coordinator can do to it, in the order people need it; nothing to outside events, which a layer keeps."""
    if event.layer:
        return []
    say = site.say
    is_open = event.status not in {Status.HELD, Status.CANCELLED}
    offered = (
        ("edit", say("Edit"), True),
        ("move", say("Move"), is_open),
        ("postpone", say("Postpone"), is_open),
        ("approve", say("Approve"), event.status in {Status.DRAFT, Status.PROPOSED}),
        ("confirm", say("Confirm the day"), is_open and event.status is not Status.CONFIRMED),
        ("settle", say("Settle"), is_open),
        ("link", say("Link"), True),
        ("cancel", say("Cancel it"), is_open),
        ("dates", say("Other dates"), is_open),
        ("reply", say("Record replies"), is_open),
        ("note", say("Add a note"), True),
        ("paper", say("Add a paper"), True),
        ("contact", say("Add a contact"), True),
    )
    return [(name, text) for name, text, is_offered in offered if is_offered]


def _links(site: Site, seen: Seen, event: Event) -> list[tuple[str, Event, str, int]]:
    """The events it belongs to and those that belong to it: the relation's word, the title, the number here or 0."""
    language = site.language
    onward = [
        (say_relation(link.relation, language), seen.by_ref[link.ref], number)
        for number, link in enumerate(event.links, 1)
        if link.ref in seen.by_ref
    ]
    own = {(link.relation, link.ref) for link in event.links}
    back = [
        (say_relation_back(link.relation, language), other, 0)
        for other in seen.events
        for link in other.links
        if link.ref == event.ref and not (link.relation is Relation.WITH and (link.relation, other.ref) in own)
    ]
    ordered = (*onward, *sorted(back, key=lambda each: by_day(each[1])))
    return [(relation, other, title_of(other, language), number) for relation, other, number in ordered]


def _history(site: Site, logged: Iterable[Logged]) -> list[tuple[Logged, tuple[str, ...]]]:
    """Who changed what, the newest first."""
    told, before = [], None
    for each in logged:
        if before is not None or each.after is not None:
            told.append((each, say_change(Change(before, each.after), site.seen.register, site.language)))
        before = each.after
    return told[::-1]
