"""C12: a meeting by video outside working hours in a member's capital.

Needs a stated time; the end counts only where it is stated.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.domain.board import Board
from planner.domain.entries import Standing
from planner.domain.event import Attendance, Event
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.domain.window import Window
from planner.rules.rule import Need, Rule, at_once, finding

_BY_VIDEO = frozenset({Attendance.VIDEO})


def find(board: Board, parameters: Parameters) -> Iterator[Finding]:
    """One finding for each event, the members for whom it is too early or too late named together."""
    for event in board.standing():
        if not board.applies("C12", event):
            continue
        first, last = (parameters.number(event.programme, name) for name in ("from_hour", "to_hour"))
        for window in event.when.windows:
            found = [(state, zone) for state, zone in _capitals(board, event) if _is_outside(window, zone, first, last)]
            if found:
                yield _said(board, event, window, found, first, last)
                break


def _capitals(board: Board, event: Event) -> Iterator[tuple[str, str]]:
    """The members that take part by video, with the zones of their capitals."""
    for state in sorted({each.state for each in board.delegations(event, _BY_VIDEO)}):
        party = board.register(event).party(state)
        if party is not None and party.standing is Standing.MEMBER and party.zone:
            yield state, party.zone


def _is_outside(window: Window, zone: str, first: int, last: int) -> bool:
    """True when on every day it may fall on it begins before the first hour there, or ends after the last."""
    return window.at is not None and all(
        begin < _at_hour(begin, first) or begin >= _at_hour(begin, last) or end > _at_hour(begin, last)
        for begin, end in (_local(window, day, zone) for day in (window.first, window.last))
    )


def _at_hour(day: datetime, hour: int) -> datetime:
    return day.replace(hour=0, minute=0) + timedelta(hours=hour)


def _local(window: Window, day: date, zone: str) -> tuple[datetime, datetime]:
    """Begin and end by the clocks there; one that does not state its end ends as it begins."""
    assert window.at is not None
    begin = datetime.combine(day, window.at, ZoneInfo(window.zone)).astimezone(UTC)
    end = begin + timedelta(minutes=window.length or 0)
    return begin.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))


def _said(board: Board, event: Event, window: Window, found: list[tuple[str, str]], first: int, last: int) -> Finding:
    local = (f"{state} {_local(window, window.first, zone)[0]:%Y-%m-%dT%H:%M}" for state, zone in found)
    return finding(
        "C12",
        board,
        (event,),
        Severity.WARNING,
        Certainty.CERTAIN,
        Span(window.first, window.last),
        shared=tuple(state for state, _ in found),
        facts=[("hours", _hours_for_all(board, event, window, first, last))],
        identity=[("local", " ".join(local))],
    )


def _hours_for_all(board: Board, event: Event, window: Window, first: int, last: int) -> str:
    """The earliest and latest time, by its own clocks, at which it suits every member: "08:00-13:30", or ''."""
    zones = [zone for _, zone in _capitals(board, event)]
    times = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
    suits = [at for at in times if not any(_is_outside(replace(window, at=at), zone, first, last) for zone in zones)]
    return f"{suits[0]:%H:%M}-{suits[-1]:%H:%M}" if suits else ""


def needs(board: Board) -> Need | None:
    """Some meeting by video must have a clock time."""
    timed = (event for event in board.standing() if any(window.at is not None for window in event.when.windows))
    return None if any(board.delegations(event, _BY_VIDEO) for event in timed) else Need.CLOCK_TIME


RULE = Rule(
    "C12",
    "a video meeting outside working hours in a member's capital",
    find,
    (Parameter("from_hour", 8, most=23), Parameter("to_hour", 20, least=1, most=24)),
    needs,
    reach=at_once,
)
