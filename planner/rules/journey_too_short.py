"""C11: less time between two events of the same people than their journey and a rest need.

In real time, across zones: whole days count 09:00-18:00 where they are. By video nobody travels. Only people of one
level are surely the same; where no level is known it is information.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from planner.domain.board import Board, Delegation
from planner.domain.clash import Resource, neighbours
from planner.domain.event import Attendance, Event
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.nearness import Nearness, Placed, too_near
from planner.domain.parameter import Parameter, Parameters
from planner.domain.travel import SAME_DAY_HOURS, journey, longest_hours
from planner.rules.rule import Need, Rule, finding

_DAY_BEGINS, _DAY_ENDS = time(9), time(18)
_IN_PERSON = frozenset({Attendance.IN_PERSON})


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """Pairs of events of one delegation that lie too near to one another for the way between them."""

    def travellers(event: Event) -> Iterator[Resource]:
        if board.occupies(event) and board.applies("C11", event):
            yield from (Resource(each) for each in board.delegations(event, _IN_PERSON))

    rests = {each.programme.code: parameters.number(each.programme.code, "rest_hours") for each in board.registers}
    for one, other, shared in neighbours(board, travellers, _reach(board, parameters)):
        way = journey(board, one, other)
        if way is None or way.hours == 0:
            continue
        rest = max(rests[one.programme], rests[other.programme]) if way.hours > SAME_DAY_HOURS else 0
        near = too_near(board, one, other, partial(_is_short, timedelta(hours=way.hours + rest)))
        if near is not None:
            delegations = [each for each in shared if isinstance(each, Delegation)]
            yield _said(board, near, delegations, way.hours, rest)


def _reach(board: Board, parameters: Parameters) -> timedelta:
    rests = (parameters.number(each.programme.code, "rest_hours") for each in board.registers)
    return timedelta(hours=longest_hours(board) + max(rests, default=0))


def _is_short(need: timedelta, end: Placed, begin: Placed) -> bool:
    return _begin(begin) - _end(end) < need


def _begin(placed: Placed) -> datetime:
    """The instant at which people must be there."""
    return _instant(placed, placed.start, placed.window.at or _DAY_BEGINS)


def _end(placed: Placed) -> datetime:
    """The instant from which on people may leave."""
    if placed.window.at is None:
        return _instant(placed, placed.days[1], _DAY_ENDS)
    return _instant(placed, placed.start, placed.window.at) + timedelta(minutes=placed.length)


def _instant(placed: Placed, day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZoneInfo(placed.window.zone)).astimezone(UTC)


def _said(board: Board, near: Nearness, delegations: list[Delegation], travel: int, rest: int) -> Finding:
    level = max(each.level for each in delegations)
    end, begin = near.nearest
    facts = [
        ("level", level),
        ("earlier", board.name(near.earlier)),
        ("travel", str(travel)),
        ("rest", str(rest)),
    ]
    times = [
        ("end", _local(_end(end), end)),
        ("begin", _local(_begin(begin), begin)),
        ("from", _local(_end(end) + timedelta(hours=travel + rest), begin)),
        ("minutes", str(int((_begin(begin) - _end(end)).total_seconds() // 60))),
    ]
    return finding(
        "C11",
        board,
        (near.earlier, near.later),
        _severity(near, level),
        near.meeting.certainty,
        near.meeting.span,
        shared=tuple(sorted(each.state for each in delegations if each.level == level)),
        placements=near.meeting.placements,
        facts=times,
        identity=facts,
    )


def _severity(near: Nearness, level: str) -> Severity:
    """An error when clock times on both sides prove it; whole days may end early or begin late."""
    if not level:
        return Severity.INFO
    has_times = all(placed.window.at is not None for placed in near.nearest)
    return Severity.ERROR if has_times and near.meeting.certainty is Certainty.CERTAIN else Severity.WARNING


def _local(instant: datetime, placed: Placed) -> str:
    """Wall time where the event is, and that zone: "2020-11-06 09:00 Asia/Dushanbe"."""
    zone = placed.window.zone
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"


def needs(board: Board) -> Need | None:
    """Places must be known by their coordinates, or by the hours between them."""
    places = (place for register in board.registers for place in register.places)
    return None if any(place.latitude is not None or place.travel for place in places) else Need.COORDINATES


RULE = Rule(
    "C11",
    "less time between two events of the same people than travel and rest need",
    find,
    (Parameter("rest_hours", 12, most=72),),
    needs,
    _reach,
)
