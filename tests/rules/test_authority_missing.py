from dataclasses import replace

import pytest

from planner.domain.decision import Decision, Item
from planner.domain.entries import Family
from planner.domain.event import Event, Status
from planner.domain.finding import Certainty
from planner.domain.register import Register
from planner.domain.window import UNDATED, When
from planner.rules import Need
from planner.rules.authority_missing import RULE
from tests.boards import TODAY, a_board, found
from tests.builders import PROGRAMME, a_kind, a_register, an_event, days, hours

KINDS = (a_kind(Family.EXERCISE, needs_decision=True), a_kind(Family.CONFERENCE))


def paper(when: str = "") -> Register:
    items = (Item("4", "Exercise", when),) if when else ()
    return a_register(kinds=KINDS, decisions=(Decision(PROGRAMME, "D", items=items),))


def said(event: Event, register: Register | None = None) -> list[str]:
    return [finding.fact["what"] for finding in found(RULE, a_board(event, register=register or paper()))]


@pytest.mark.parametrize(
    ("status", "count"),
    [
        (Status.DRAFT, 0),
        (Status.PROPOSED, 0),
        (Status.APPROVED, 1),
        (Status.CONFIRMED, 1),
        (Status.HELD, 1),
        (Status.CANCELLED, 0),
    ],
)
def test_event_of_a_kind_that_needs_a_paper_has_none(status: Status, count: int) -> None:
    assert said(an_event(status=status)) == ["none"] * count
    assert said(an_event(status=status, decision="D")) == []
    assert said(an_event(status=status, kind="conference")) == []


@pytest.mark.parametrize(
    ("when", "moved"),
    [
        (days("2020-10-12", "2020-10-16"), False),
        (days("2020-10-13", "2020-10-17"), True),
        (days("2020-10-12", "2020-10-17"), True),
        (hours("2020-10-12", 10, 12), True),
        (UNDATED, False),
    ],
    ids=["as approved", "later", "longer", "with a time", "stands nowhere"],
)
def test_event_stands_on_other_days_than_its_paper_says(when: When, moved: bool) -> None:
    event = an_event(decision="D", item="4", when=when)

    assert said(event, paper("12-16 October 2020")) == ["moved"] * moved


def test_paper_that_says_no_date_approves_any() -> None:
    assert said(an_event(decision="D", item="4"), paper("as agreed later")) == []
    assert said(an_event(decision="D", item="5"), paper("1 May 2020")) == []


def test_without_items_the_days_it_had_as_the_paper_was_attached_are_what_was_approved() -> None:
    event = an_event(decision="D")
    board = a_board(event, register=paper())
    before = replace(board, approvals=(((PROGRAMME, event.ref), days("2020-09-01")),))
    same = replace(board, approvals=(((PROGRAMME, event.ref), event.when),))

    assert [(f.rule, f.subject) for f in found(RULE, before)] == [("C17", "moved")]
    assert found(RULE, same) == []


@pytest.mark.parametrize(
    ("former", "said"),
    [("2020-05-09", ["former"]), ("2020-10-12", [])],
    ids=["another day", "the same day"],
)
def test_former_date_of_a_list_may_be_what_was_approved(former: str, said: list[str]) -> None:
    when = replace(days("2020-10-12"), former="then", former_windows=days(former).windows)
    board = a_board(an_event(decision="D", when=when), register=paper())
    known = replace(board, approvals=(((PROGRAMME, board.events[0].ref), when),))

    findings = found(RULE, board)

    assert [(f.fact["what"], f.certainty) for f in findings] == [(what, Certainty.POSSIBLE) for what in said]
    assert found(RULE, known) == []


def test_rule_is_silent_where_no_kind_needs_a_paper() -> None:
    assert RULE.needs(a_board(today=TODAY)) is Need.DECISIONS
    assert RULE.needs(a_board(register=paper())) is None
