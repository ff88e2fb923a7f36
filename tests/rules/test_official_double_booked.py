"""C05: a named official in two events."""

from dataclasses import replace

import pytest

from planner.domain.entries import Body, Family, Party, PartySort
from planner.domain.event import Booking, BookingSort, Event, Role
from planner.domain.finding import Severity
from planner.domain.texts import texts
from planner.domain.window import When
from planner.rules import Need
from planner.rules.official_double_booked import RULE
from tests.boards import a_board, found
from tests.builders import PROGRAMME, a_kind, a_register, an_event, some_time
from tests.rules.cases import each_meeting

CHIEF = Party(PROGRAMME, "SG", texts(en="Secretary General"), party_sort=PartySort.OFFICIAL)
REGISTER = a_register(
    parties=(*a_register().parties, CHIEF),
    bodies=(Body(PROGRAMME, "JS", leader="COS"), Body(PROGRAMME, "PC", leader="SG"), Body(PROGRAMME, "CFM")),
    kinds=(*a_register().kinds, a_kind(Family.TRAINING, "game", leader="SG")),
)


def booked(ref: str, role: Role = Role.REQUIRED, **fields: object) -> Event:
    return replace(an_event(ref, **fields), bookings=(Booking(BookingSort.PARTY, "SG", role=role),))


def said(*events: Event) -> list[tuple[tuple[str, ...], Severity, tuple[str, ...]]]:
    return [(f.refs, f.severity, f.shared) for f in found(RULE, a_board(*events, register=REGISTER))]


@each_meeting
def test_official_booked_by_name_at_two_events_is_an_error(one: When, other: When, meets: bool) -> None:
    expected = [(("A", "B"), Severity.ERROR, ("SG",))] if meets else []

    assert said(booked("A", when=one), booked("B", when=other)) == expected


def test_three_events_in_one_slot_give_three_pairs() -> None:
    assert [refs for refs, *_ in said(*(booked(ref) for ref in "ABC"))] == [("A", "B"), ("A", "C"), ("B", "C")]


def test_leader_of_a_body_or_kind_is_a_warning() -> None:
    council, game = an_event("A", bodies=("PC",)), an_event("B", kind="game")

    assert said(council, game) == [(("A", "B"), Severity.WARNING, ("SG",))]
    assert said(council, booked("C")) == [(("A", "C"), Severity.WARNING, ("SG",))]
    assert said(an_event("A", bodies=("JS",)), an_event("B", bodies=("JS", "CFM"))) == [
        (("A", "B"), Severity.WARNING, ("COS",)),
    ]


@pytest.mark.parametrize("role", [Role.OPTIONAL, Role.OBSERVER])
def test_official_who_need_not_come_is_free(role: Role) -> None:
    assert said(booked("A"), booked("B", role=role)) == []


def test_only_what_is_certain_is_said() -> None:
    assert said(booked("A"), booked("B", when=some_time("2020-10-01", "2020-10-31"))) == []


def test_commemoration_binds_nobody() -> None:
    assert said(booked("A"), booked("B", kind="commemoration", blocks=True)) == []


def test_states_are_no_officials_and_without_a_name_the_rule_is_silent() -> None:
    board = a_board(an_event("A"), an_event("B"))

    assert (found(RULE, board), RULE.needs(board)) == ([], Need.LEADERS)
    assert RULE.needs(a_board(booked("A"), register=REGISTER)) is None
