"""C14: one of our events on a fixed outside date, with the same people or forces; an outdated calendar of such dates.

Outside events are not ours to move. At the same level, or with the same force, a certain clash is as grave as among our
own; an outside event marked `avoid` warns at any level, and everybody when it names no party.
"""

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from planner.domain.board import Board
from planner.domain.clash import Clash, Resource, meeting_of, neighbours
from planner.domain.event import BookingSort, Event
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.rules.rule import Need, Rule, at_once, of_programme, pair

_EVERYBODY = "everybody"


class Claim(NamedTuple):
    """What is claimed (level, force or avoid), the state or force, and its level."""

    what: str
    code: str
    level: str = ""


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Pairs of an outside event and one of ours that certainly meet, then layers that were not read for long."""
    outside = [event for event in board.standing() if board.is_outside(event) and event.when.is_fixed]
    theirs = {claim for event in outside for claim in _claims(board, event)}

    def claims(event: Event) -> Iterator[Resource]:
        if board.occupies(event) and board.applies("C14", event):
            # What is booked as ours is not claimed directly, so that pairs of ours are passed over.
            booked = None if board.is_outside(event) else "ours"
            yield from (Resource(claim, booked) for claim in _claims(board, event) if claim in theirs)

    for one, other, both in neighbours(board, claims) if theirs else ():
        meeting = meeting_of(board, one, other) if _is_ours_on_outside_date(board, one, other) else None
        if meeting is not None and meeting.certainty is Certainty.CERTAIN:
            yield _finding(board, Clash(one, other, (), meeting), set(both))
    yield from _stale_layers(board, parameters)


def _claims(board: Board, event: Event) -> Iterator[Claim]:
    for each in board.delegations(event):
        if each.level:
            yield Claim("level", each.state, each.level)
    for booking in event.booked(BookingSort.FORCE):
        force = board.register(event).force(booking.code)
        if force is not None and not force.general:
            yield Claim("force", force.code)
    states = board.states(event)
    if not board.is_outside(event):
        yield from (Claim("avoid", each) for each in (*states, _EVERYBODY))
    elif board.is_avoided(event):
        names_nobody = not event.booked(BookingSort.PARTY)
        yield from (Claim("avoid", each) for each in ((_EVERYBODY,) if names_nobody else states))


def _is_ours_on_outside_date(board: Board, one: Event, other: Event) -> bool:
    outside = [event for event in (one, other) if board.is_outside(event)]
    return len(outside) == 1 and outside[0].when.is_fixed


def _finding(board: Board, clash: Clash, both: set[Hashable]) -> Finding:
    claims = [claim for claim in both if isinstance(claim, Claim)]
    is_same = any(what != "avoid" for what, _, _ in claims)
    their_claim = "level" if is_same else "avoid"
    people = sorted({state for what, state, _ in claims if what == their_claim} - {_EVERYBODY})
    forces = sorted({force for what, force, _ in claims if what == "force"})
    facts = [("what", "same" if is_same else "avoid"), ("forces", " ".join(forces)), ("people", " ".join(people))]
    severity = Severity.ERROR if is_same else Severity.WARNING
    return pair("C14", board, clash, severity, facts, (*people, *forces))


def _stale_layers(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Layers of a programme that still runs, read longer ago than the programme allows."""
    for register in board.registers:
        programme = register.programme
        most = parameters.number(programme.code, "stale_days")
        for layer in register.layers if board.day <= programme.last else ():
            if (board.day - layer.day).days > most:
                yield of_programme(
                    "C14",
                    board,
                    register,
                    (),
                    Severity.INFO,
                    Span(board.day, board.day),
                    subject=layer.code,
                    facts=[("what", "stale"), ("layer", layer.code), ("read", layer.day.isoformat())],
                )


def _needs(board: Board) -> Need | None:
    has_any = any(board.is_outside(event) for event in board.events) or any(each.layers for each in board.registers)
    return None if has_any else Need.OUTSIDE_DATES


RULE = Rule(
    "C14",
    "an event of ours on a fixed outside date",
    find,
    (Parameter("stale_days", 60, least=1, most=3650),),
    _needs,
    reach=at_once,
)
