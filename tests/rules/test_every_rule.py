"""A small year of our own in which every rule finds one thing, and the same year mended, in which none does."""

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.reply import Answer, Reply
from planner.readers.listing import read_list
from planner.readers.table import read_table
from planner.rules import RULES
from planner.services import programmes
from planner.services.checking import Options, check
from planner.services.importing import plan_import
from planner.services.three_way import Merge
from planner.wording.findings import explanation, headline, say_help

FOLDER = Path(__file__).parent.parent / "every_rule"
TODAY = date(2020, 6, 1)
EVERYTHING = Options(everything=True, past=True)


@cache
def a_year(name: str, answer: Answer) -> Board:
    """The programme with one of its two lists, and what Armenia replied to the committee of 3 November."""
    register = programmes.read((FOLDER / "programme.toml").read_bytes(), "programme.toml")
    listed = read_list(read_table((FOLDER / name).read_bytes(), name), register)
    plan = plan_import(listed, register, "list", Merge({}, {}, frozenset()), 0)
    assert not plan.problems
    replied = replace(register, replies=(Reply("EVERY-2020", "C16-A", "AM", answer, TODAY),))
    events = (change.after for change in plan.changes if isinstance(change.after, Event))
    return Board(TODAY, (replied,), tuple(sorted(events, key=lambda event: event.ref)))


def fires() -> Board:
    return a_year("fires.csv", Answer.NOT_COMING)


def calm() -> Board:
    return a_year("calm.csv", Answer.COMING)


def test_every_rule_finds_one_thing() -> None:
    found = [each.finding for each in check(fires(), EVERYTHING).checked]

    assert Counter(finding.rule for finding in found) == Counter(rule.code for rule in RULES)


def test_every_finding_is_about_the_events_made_for_its_rule() -> None:
    for each in check(fires(), EVERYTHING).checked:
        assert {ref.partition("-")[0] for ref in each.finding.refs} <= {each.finding.rule}


def test_every_rule_is_silent_in_the_mended_year_although_it_has_its_data() -> None:
    assert [each.finding.id for each in check(calm(), EVERYTHING).checked] == []
    assert [rule.code for rule in RULES if rule.needs(calm()) is not None] == []


@settings(deadline=None, max_examples=30)
@given(st.randoms(use_true_random=False))
def test_findings_are_the_same_whatever_the_order_of_the_events(random) -> None:  # type: ignore[no-untyped-def]
    board = fires()
    shuffled = list(board.events)
    random.shuffle(shuffled)

    assert check(replace(board, events=tuple(shuffled)), EVERYTHING).listed == check(board, EVERYTHING).listed


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("rule", [rule.code for rule in RULES])
def test_every_rule_says_what_is_wrong_and_what_would_help(rule: str, language: str) -> None:
    board = fires()
    [finding] = [finding for finding in check(board, EVERYTHING).listed if finding.rule == rule]

    said = [say(finding, board, language) for say in (headline, say_help, explanation)]

    assert all(said)
    assert all(ref in said[2] for ref in finding.refs)
    is_russian = any("а" <= letter <= "я" for letter in said[0].lower())
    assert is_russian is (language == "ru")
