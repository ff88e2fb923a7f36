"""Changing the plan on pages: a form, what it would do, and only then the saving of exactly that."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from starlette.responses import Response

from planner.domain.closing import refuse_closed
from planner.domain.event import Event
from planner.domain.feed import Level
from planner.domain.finding import Finding
from planner.errors import NotFound, PlannerError
from planner.services.approval import under
from planner.services.forecasting import Forecast, Tally, outlook
from planner.services.planning import Plan, load_plan
from planner.services.proposal import Author, Outrun, Proposal, apply
from planner.services.showing import levels_that_see
from planner.store import Snapshot
from planner.web.site import Site
from planner.wording.changes import say_change
from planner.wording.deeds import say_notes, say_problems
from planner.wording.findings import say_finding_line
from planner.wording.imports import say_tally

MOST_FORECAST = 20


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a form. `choices` are (value, what it is called); `sort` is text, area, select, radio or day."""

    name: str
    label: str
    value: str = ""
    sort: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    is_required: bool = False


Propose = Callable[[Plan], Proposal]
ProposeHere = Callable[[Snapshot], Proposal]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a coordinator does: what it is called, its fields, what it proposes, and where it leads afterwards.

    `carried` are values that come along unseen, such as the references of a bulk edit; `about` names the event.
    """

    title: str
    inputs: tuple[Input, ...]
    propose: ProposeHere
    back: str
    after: str
    carried: tuple[tuple[str, str], ...] = ()
    needs_reason: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What saving would do, in words; `digest` says what exactly was shown."""

    digest: str
    lines: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    created: tuple[str, ...]
    cleared: tuple[str, ...]
    more: int
    seen_by: tuple[str, ...] = ()
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What was sent with a form, and what is wrong with it."""

    values: Mapping[str, str]
    problems: tuple[str, ...] = ()
    preview: Preview | None = None
    is_outrun: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)


def on_plan(site: Site, propose: Propose) -> ProposeHere:
    """A proposal decided on the programme that is looked at, under the paper the form names if it names one."""
    code, paper = site.seen.register.programme.code, sent(site).get("paper", "")

    def proposed(snapshot: Snapshot) -> Proposal:
        plan = load_plan(snapshot, code)
        return under(plan, propose(plan), paper or None)

    return proposed


def sent(site: Site) -> Mapping[str, str]:
    """The texts of a form, or of the address before one was sent; spaces around them do not count."""
    source = site.form or site.query
    return {name: value.strip() for name, value in source.items() if isinstance(value, str)}


def reason_input(site: Site) -> Input:
    """Why, for those who ask later."""
    return Input("reason", site.say("Reason"), sent(site).get("reason", ""), help=site.say("Kept in the history."))


def ask(site: Site, deed: Deed) -> Response:
    """The empty form, with what the address already says."""
    return _form(site, deed, Said(sent(site)))


def decide(site: Site, deed: Deed) -> Response:
    """What a sent form means: first its preview, and with *save* the writing of exactly what was shown."""
    said = sent(site)
    if deed.needs_reason and not said.get("reason"):
        return _form(site, deed, Said(said, (site.say("Say why; the reason is kept in the history."),)), 422)
    try:
        with site.database.snapshot() as snapshot:
            proposal = deed.propose(snapshot)
            refuse_closed(snapshot.programmes(), proposal.changes)
            shown = preview(site, snapshot, proposal)
    except PlannerError as error:
        if isinstance(error, NotFound) and not site.form:
            raise
        return _form(site, deed, Said(said, say_problems(error, site.language)), 422)
    if not site.form or not said.get("save") or shown.is_empty:  # an address alone never writes
        return _form(site, deed, Said(said, preview=shown))
    if said.get("digest") != shown.digest:
        return _form(site, deed, Said(said, preview=shown, is_outrun=True), 409)
    author = Author(site.visitor.name, said.get("reason", ""), datetime.now(UTC))
    try:
        number = apply(site.database, deed.propose, proposal, author)
    except Outrun:
        return _form(site, deed, Said(said, preview=shown, is_outrun=True), 409)
    return site.to(f"{deed.after}{'&' if '?' in deed.after else '?'}saved={number}")


def _form(site: Site, deed: Deed, said: Said, status: int = 200) -> Response:
    return site.page("deed.html", status, deed=deed, said=said)


def preview(site: Site, snapshot: Snapshot, proposal: Proposal) -> Preview:
    """What applying the proposal would do: changes before → after, notes, conflicts, and who will see it."""
    register, language = site.seen.register, site.language
    lines = tuple(say_change(change, register, language) for change in proposal.changes)
    digest = hashlib.sha256("\n".join(map(repr, proposal.changes)).encode()).hexdigest()
    if proposal.is_empty:
        return Preview(digest, (), say_notes(proposal.notes, language), (), (), 0, is_empty=True)
    coming = outlook(snapshot, proposal.changes, site.today)
    found = (coming.created, coming.cleared) if isinstance(coming, Forecast) else ((), ())
    counted = (say_tally(coming.created, coming.cleared, language),) if isinstance(coming, Tally) else ()
    created, cleared = (_told(each, coming, language) for each in found)
    more = sum(max(len(each) - MOST_FORECAST, 0) for each in found)
    levels = {
        level
        for change in proposal.changes
        if isinstance(change.after, Event)
        for level in levels_that_see(change.after, register)
    }
    seen_by = tuple(say_level(level, site) for level in Level if level in levels)
    notes = (*say_notes(proposal.notes, language), *counted)
    return Preview(digest, lines, notes, created, cleared, more, seen_by)


def _told(findings: Sequence[Finding], coming: Forecast | Tally, language: str) -> tuple[str, ...]:
    if not isinstance(coming, Forecast):
        return ()
    return tuple(say_finding_line(each, coming.board, language) for each in findings[:MOST_FORECAST])


def say_level(level: Level, site: Site) -> str:
    say = site.say
    return {
        Level.PUBLIC: say("the public"),
        Level.MEMBER: say("the members"),
        Level.FULL: say("coordinators"),
        Level.BUSY: say("those who see busy times"),
    }[level]
