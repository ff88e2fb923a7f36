"""C06: a session without the meeting that prepares it, or too soon after it; what comes after the event it prepares.

The order of bodies is data: this body's meeting prepares that body's, so many days before at least, and no more than
`within_days` before. A link *prepares* always counts. A session that has no day yet is found only when no day would do.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import prod

from planner.domain.board import Board
from planner.domain.entries import Family, Standing
from planner.domain.event import Event, Relation
from planner.domain.finding import Certainty, Finding, Placements, Severity, Span
from planner.domain.order import in_time, lateness
from planner.domain.parameter import Parameter, Parameters
from planner.domain.register import Register
from planner.rules.rule import Need, Rule, finding

_SESSIONS = frozenset({Family.COUNCIL_SESSION, Family.STATUTORY_MEETING})


@dataclass(frozen=True, slots=True)
class _Order:
    """What must come before a session: a meeting of that body that ends between these days."""

    session: Event
    body: str
    least: int
    within: int

    @property
    def earliest(self) -> date:
        return self.session.when.windows[0].first - timedelta(days=self.within)

    @property
    def latest(self) -> date:
        return self.session.when.windows[-1].last - timedelta(days=self.least)


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Findings by the order of bodies, one for each session and preparing body, then those by links."""
    members = {register.programme.code: _members(register) for register in board.registers}
    held = (event for event in board.standing() if board.family(event) in _SESSIONS)
    sessions = [event for event in held if members[event.programme].issuperset(board.states(event))]
    meetings: dict[str, list[Event]] = defaultdict(list)
    for event in sessions:
        for body in event.bodies:
            meetings[body].append(event)
    for session in sessions:
        if board.applies("C06", session):
            within = parameters.number(session.programme, "within_days")
            for body, least in sorted(_preparing(board, session).items()):
                yield from _unprepared(board, _Order(session, body, least, within), meetings[body])
    yield from _linked(board)


def _members(register: Register) -> frozenset[str]:
    """Whose meetings are sessions of the bodies: one that needs other states as well is none."""
    return frozenset(party.code for party in register.parties if party.standing is Standing.MEMBER)


def _preparing(board: Board, session: Event) -> Mapping[str, int]:
    """The bodies whose meetings come before this session, with the least days between. Its own bodies are at it."""
    found: dict[str, int] = {}
    for body in board.register(session).bodies:
        for prepared in body.prepares:
            if prepared.body in session.bodies and body.code not in session.bodies:
                found[body.code] = max(prepared.least_days, found.get(body.code, 0))
    return found


def _unprepared(board: Board, order: _Order, meetings: list[Event]) -> Iterator[Finding]:
    """The finding of a session that no meeting of the body comes before in time, for certain."""
    last = order.session.when.windows[-1].last
    around = [each for each in meetings if _is_within(each, order.earliest, last)]
    failing = [in_time(board, meeting, order.earliest, order.latest) for meeting in around]
    may_do = [each for each in failing if each.clash < each.of]
    if any(each.clash == 0 for each in failing) or (may_do and not order.session.when.is_fixed):
        return
    near = [meeting for meeting in around if _is_near(meeting, order)]
    if may_do:
        placements = Placements(prod(each.clash for each in may_do), prod(each.of for each in may_do))
        yield _said(board, order, None, placements)
    elif near or _is_covered(board, order):
        yield _said(board, order, near[-1] if near else None, None)


def _is_within(meeting: Event, first: date, last: date) -> bool:
    return meeting.when.windows[-1].last >= first and meeting.when.windows[0].first <= last


def _is_near(meeting: Event, order: _Order) -> bool:
    """True when a fixed meeting ends before a fixed session, but too late."""
    if not (meeting.when.is_fixed and order.session.when.is_fixed):
        return False
    days = (order.session.when.windows[0].first - meeting.when.windows[-1].last).days
    return 0 <= days < order.least


def _is_covered(board: Board, order: _Order) -> bool:
    """True when a programme that knows the body was running then: before the first of them nobody knows."""
    running = (each for each in board.registers if each.programme.first <= order.earliest)
    return any(register.body(order.body) is not None for register in running)


def _said(board: Board, order: _Order, meeting: Event | None, placements: Placements | None) -> Finding:
    session = order.session
    first, last = session.when.windows[0].first, session.when.windows[-1].last
    facts = [("earliest", order.earliest.isoformat()), ("latest", order.latest.isoformat())]
    if meeting is not None:
        facts.append(("gap", str((first - meeting.when.windows[-1].last).days)))
    return finding(
        "C06",
        board,
        (session,) if meeting is None else (session, meeting),
        Severity.WARNING,
        Certainty.CERTAIN if placements is None else Certainty.POSSIBLE,
        Span(first if meeting is None else min(first, meeting.when.windows[-1].last), last),
        subject=order.body,
        shared=(order.body,),
        placements=placements,
        facts=facts,
        identity=[("session", board.name(session)), ("least", str(order.least)), ("within", str(order.within))],
    )


def _linked(board: Board) -> Iterator[Finding]:
    """The findings of events that are not over before what they prepare."""
    for event in board.standing():
        for link in event.links:
            target = board.event(event.programme, link.ref) if link.relation is Relation.PREPARES else None
            if target is None or not board.stands(target) or not board.applies("C06", target):
                continue
            late = lateness(board, event, target, link.gap_days)
            if late is not None:
                yield finding(
                    "C06",
                    board,
                    (event, target),
                    Severity.WARNING,
                    late.certainty,
                    late.span,
                    placements=late.placements,
                    facts=[("gap", str(late.days))],
                    identity=[("session", board.name(target)), ("least", str(link.gap_days or 1))],
                )


def needs(board: Board) -> Need | None:
    """Some body must prepare another, or some event be linked as preparing one."""
    has_order = any(body.prepares for register in board.registers for body in register.bodies)
    has_links = any(link.relation is Relation.PREPARES for event in board.events for link in event.links)
    return None if has_order or has_links else Need.PREPARATIONS


RULE = Rule(
    "C06",
    "a session without its preparing meeting before it, or too near",
    find,
    (Parameter("within_days", 90, least=1, most=730),),
    needs,
)
