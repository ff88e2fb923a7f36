"""What is done and looked at every day, and what of it a person should look at (pure, but for what it is given)."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from planner.domain.address import Address
from planner.domain.board import Board
from planner.domain.report import Report
from planner.domain.unsettled import unsettled, with_heads
from planner.services.checking import check
from planner.services.remembering import last_kept, since
from planner.services.zoning import coming_shifts
from planner.store import Snapshot


class Step(StrEnum):
    """One thing done every day, in this order."""

    BACKUP = "backup"
    CHECK = "check"
    PUBLISH = "publish"
    ZONES = "zones"
    LAYERS = "layers"
    ADDRESSES = "addresses"
    UNSETTLED = "unsettled"


class State(StrEnum):
    """How a step came out. Those that are to be looked at, and those that failed, need a person."""

    WELL = "ok"
    LOOK = "look"
    OFF = "off"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step found: how many, which of them by name, and for some what else is to be known."""

    step: Step
    state: State
    count: int = 0
    names: tuple[str, ...] = ()
    note: str = ""

    @property
    def needs_person(self) -> bool:
        return self.state in {State.LOOK, State.FAILED}


def judged(step: Step, names: Iterable[str], note: str = "") -> Outcome:
    """A step that names what should be looked at; without any all is well."""
    listed = tuple(names)
    return Outcome(step, State.LOOK if listed else State.WELL, len(listed), listed, note)


def new_findings(snapshot: Snapshot, board: Board) -> tuple[str, ...]:
    """The handles of what is grave and new since a check was kept; of all that is grave where none was."""
    report = check(board)
    memory = last_kept(snapshot)
    pressing = None if memory is None else since(memory, board).pressing
    return tuple(_handles(report, pressing))


def _handles(report: Report, pressing: frozenset[str] | None) -> Iterable[str]:
    return (each.handle for each in report.checked if each.is_grave and (pressing is None or each.id in pressing))


def moved_by_zones(snapshot: Snapshot, programmes: Container[str], today: date) -> tuple[str, ...]:
    """The coming events whose clock time is another instant by the zone rules in use."""
    shifts = (shift for shift in coming_shifts(snapshot, today) if shift.programme in programmes)
    return tuple(dict.fromkeys(shift.ref for shift in shifts))


def stale_layers(snapshot: Snapshot, programmes: Iterable[str], today: date, days: int) -> tuple[str, ...]:
    """The layers that were read longer ago than that, by name."""
    layers = (layer for code in programmes for layer in snapshot.register(code).layers)
    return tuple(layer.code for layer in layers if (today - layer.day).days > days)


def silent_addresses(addresses: Iterable[Address], now: datetime, days: int) -> tuple[str, ...]:
    """The open addresses that nobody fetched for so long, or never since they were made: number and holder."""
    before = now - timedelta(days=days)
    silent = (each for each in addresses if each.answers(now) and (each.fetched or each.made) < before)
    return tuple(f"{each.number} ({each.holder})" for each in silent)


def to_be_settled(board: Board, programmes: Container[str]) -> tuple[str, ...]:
    """The events that are over and still stand as planned; an exercise speaks for its phases."""
    return tuple(event.ref for event in with_heads(board, unsettled(board)) if event.programme in programmes)
