"""P32: over random programmes the rules say exactly what an oracle without sweep or index says, in any order."""

import random
from fractions import Fraction

import pytest

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.finding import Certainty
from planner.rules import RULES
from planner.services.checking import check, find_with
from planner.services.trying import WHOLE
from tests.boards import TODAY
from tests.rules.oracle import Said, expected
from tests.rules.worlds import REGISTER, a_world

JUDGED = tuple(rule for rule in RULES if rule.code in {"C01", "C02", "C04", "C05", "C14"})
"""The rules that are about pairs and nothing else."""


def a_board(events: list[Event]) -> Board:
    return Board(TODAY, (REGISTER,), tuple(sorted(events, key=lambda event: event.ref)))


def said_by_rules(events: list[Event]) -> set[Said]:
    found = (each for each in find_with(a_board(events), JUDGED) if each.certainty is not Certainty.JOINTLY)
    return {
        Said(
            each.rule,
            each.refs,
            each.severity.value,
            each.certainty.value,
            tuple(sorted(each.shared)),
            Fraction(each.placements.clash, each.placements.of) if each.placements else Fraction(1),
        )
        for each in found
    }


def compare(numbers: range) -> int:
    """How many findings there were; the number of a world that differs is in the message."""
    count = 0
    for number in numbers:
        events = a_world(number)
        wanted = expected(events)
        assert (number, said_by_rules(events)) == (number, wanted)
        count += len(wanted)
    return count


def test_rules_say_what_the_oracle_says_of_300_programmes() -> None:
    assert compare(range(300)) > 300


@pytest.mark.soak
def test_rules_say_what_the_oracle_says_of_10000_programmes() -> None:
    assert compare(range(10_000)) > 10_000


def test_order_of_input_never_changes_a_check() -> None:
    for number in range(40):
        events = a_world(number)
        shuffled = random.Random(number).sample(events, len(events))
        wanted = check(a_board(events), WHOLE)

        found = check(Board(TODAY, (REGISTER,), tuple(shuffled)), WHOLE)

        assert (number, found.checked) == (number, wanted.checked)
