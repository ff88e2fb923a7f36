"""The conflicts page: one card a finding, what would clear it, and accepting it with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.domain.event import Event
from planner.domain.finding import Certainty, Severity
from planner.domain.limits import beyond
from planner.domain.memory import PRESSING, Memory, Since, compare, remember
from planner.domain.report import Checked, Hidden
from planner.domain.suggestion import Suggestion
from planner.errors import BadInput, PlannerError, problem
from planner.services.checking import check, load_board
from planner.services.looking import by_day
from planner.services.proposal import Proposal
from planner.services.suggesting import MOST_EVENTS, suggest
from planner.services.waiving import propose_waive
from planner.store import Snapshot
from planner.web.deciding import Deed, Input, ask, decide, sent
from planner.web.parts import part_of
from planner.web.site import Site, for_coordinators, for_writers, form, page
from planner.web.timeline import Timeline, timeline
from planner.web.year import theme_of
from planner.wording.changes import title_of
from planner.wording.dates import write_when
from planner.wording.deeds import help_of, say_problems
from planner.wording.findings import headline, say_gone
from planner.wording.sentences import as_sentence, say_span
from planner.wording.since import say_turn, say_turns

AT_ONCE = 20
"""So many cards stand on a page, and for no more a move is looked for: each takes several checks."""


@dataclass(frozen=True, slots=True)
class Move:
    """A suggestion: which event, what it is called, when it would be instead, and how many findings that changes."""

    event: Event
    title: str
    when: str
    cleared: int
    created: int


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as a card."""

    checked: Checked
    grade: str
    headline: str
    span: str
    events: tuple[tuple[Event, str, str, str], ...]
    help: str
    timeline: Timeline | None
    move: Move | None
    turn: str
    """*new*, *worse* or *no longer accepted* since the last release, else ''."""


@page
@for_coordinators
def conflicts_page(site: Site) -> Response:
    """Open ones first, then what was accepted, some at a time, and what turned since the last release.

    The small print is only counted. 404 past the last page.
    """
    seen, since = site.seen, _since_release(site)
    listed = [each for each in seen.report.checked if each.hidden is None]
    accepted = [each for each in seen.report.checked if each.hidden is Hidden.ACCEPTED]
    part = part_of(site, [*listed, *accepted], AT_ONCE)
    shown = part.shown
    moves = seen.moves([each for each in shown if each.hidden is None])
    return site.page(
        "conflicts.html",
        cards=[_card(site, each, moves.get(each.id), since) for each in shown if each.hidden is None],
        accepted=[_card(site, each, None, since) for each in shown if each.hidden is not None],
        part=part,
        accepted_count=len(accepted),
        since=say_turns(since, site.language) if since is not None else "",
        gone=[] if since is None else [say_gone(each, site.language) for each in since.gone],
        counts=seen.report.counts,
        rules=len(seen.report.rules),
    )


def _since_release(site: Site) -> Since | None:
    """What became of the findings since the last release, judged with today's eyes; None before the first."""
    if not site.release or site.as_of:
        return None
    then = site.seen_at(site.release)
    return compare(Memory(then.revision, site.today, remember(then.report)), site.seen.report)


def _card(site: Site, each: Checked, move: Suggestion | None, since: Since | None) -> Card:
    finding, board, language = each.finding, site.seen.board, site.language
    turn = since.turns.get(each.id) if since is not None else None
    events = sorted((board.named(ref) for ref in finding.refs), key=by_day)
    grade = "possible" if finding.certainty is Certainty.POSSIBLE else "certain"
    if finding.severity is Severity.INFO:
        grade = "info"
    return Card(
        each,
        grade,
        as_sentence(headline(finding, board, language)),
        say_span(finding.span, language),
        tuple((e, title_of(e, language), write_when(e.when, language), theme_of(board, e)) for e in events),
        help_of(finding, board, language),
        timeline(events, finding, board, language),
        None if move is None else _move(move, language),
        say_turn(turn, language) if turn in PRESSING else "",
    )


def _move(move: Suggestion, language: str) -> Move:
    title, when = title_of(move.event, language), write_when(move.when, language)
    return Move(move.event, title, when, len(move.cleared), len(move.created))


@page
@for_coordinators
def other_dates_page(site: Site) -> Response:
    """Days that would help an event, best first."""
    event = site.seen.by_ref.get(site.request.path_params["ref"])
    if event is None:
        raise HTTPException(404)
    problems: tuple[str, ...] = ()
    found: tuple[Suggestion, ...] = ()
    try:
        if len(site.seen.board.events) > MOST_EVENTS:
            problems = (site.say("The plan is too long to try other days on a page: planner suggest tries them."),)
        else:
            found = suggest(site.seen.board, site.seen.revision, event)
    except PlannerError as error:
        problems = say_problems(error, site.language)
    rows = [
        (write_when(each.when, site.language), each.days_moved, len(each.cleared), len(each.created)) for each in found
    ]
    return site.page(
        "other_dates.html", event=event, title=title_of(event, site.language), rows=rows, problems=problems
    )


@page
@for_writers
def accept_page(site: Site) -> Response:
    """The form that accepts a finding."""
    return ask(site, _accept(site))


@form
@for_writers
def do_accept(site: Site) -> Response:
    """Its preview, or its saving."""
    return decide(site, _accept(site))


def _accept(site: Site) -> Deed:
    handle = site.request.path_params["handle"]
    said, today = sent(site), site.today

    def propose(snapshot: Snapshot) -> Proposal:
        report = check(load_board(snapshot, today))
        return propose_waive(
            report, snapshot.revision, (handle,), said.get("reason", ""), site.visitor.name, _day(said)
        )

    inputs = (
        Input(
            "reason",
            site.say("Reason"),
            is_required=True,
            help=site.say("Why this may stand, for those who ask later."),
        ),
        Input("until", site.say("Until"), sort="day", help=site.say("Empty: until the later event is over.")),
    )
    back = site.url("conflicts")
    title = site.say("Accept %(handle)s") % {"handle": handle}
    return Deed(title, inputs, propose, back, back, needs_reason=True)


def _day(said: Mapping[str, str]) -> date | None:
    text = said.get("until", "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadInput(problem("", f"{text!r} is not a day", "as 2020-10-12")) from None
    if why := beyond(day):
        raise BadInput(problem("", why))
    return day
