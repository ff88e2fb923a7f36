"""Boards to try rules on, and the sample of 2020 as a board."""

from datetime import date
from functools import cache

from planner import sample
from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.finding import Finding
from planner.domain.parameter import parameters_of
from planner.domain.register import Register
from planner.readers.listing import ReadList, read_list
from planner.readers.table import read_table
from planner.rules import Rule
from planner.services import programmes
from planner.services.importing import plan_import
from planner.services.three_way import Merge
from tests.builders import a_register

TODAY = date(2020, 1, 1)


def a_board(*events: Event, register: Register | None = None, today: date = TODAY) -> Board:
    """A board of one programme with these events."""
    its = register or a_register()
    return Board(today, (its,), tuple(sorted(events, key=lambda event: (event.programme, event.ref))))


def found(rule: Rule, board: Board) -> list[Finding]:
    """What a rule finds with the parameters of the board's programmes."""
    programmes = (register.programme for register in board.registers)
    return list(rule.find(board, parameters_of(rule.code, rule.parameters, programmes)))


@cache
def sample_register() -> Register:
    return programmes.read(sample.content(sample.PROGRAMME), sample.PROGRAMME)


@cache
def sample_list(name: str = sample.LIST) -> ReadList:
    return read_list(read_table(sample.content(name), name), sample_register())


@cache
def sample_events(name: str = sample.LIST) -> tuple[Event, ...]:
    plan = plan_import(sample_list(name), sample_register(), "list", Merge({}, {}, frozenset()), 0)
    events = (change.after for change in plan.changes)
    return tuple(sorted((e for e in events if isinstance(e, Event)), key=lambda event: event.ref))


def sample_board(today: date = date(2026, 11, 24)) -> Board:
    """The programme of 2020 with its 71 events, on a day after its end unless said."""
    return Board(today, (sample_register(),), sample_events())
