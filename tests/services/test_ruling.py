"""Which rules are on, off or silent, and why."""

from dataclasses import replace

from planner.domain.board import Board
from planner.domain.entries import Family
from planner.rules import RULES, START, Need
from planner.services.ruling import Ruling, Standing, rulings
from tests.boards import TODAY, a_board
from tests.builders import a_kind, a_programme, a_register, an_event


def ruling(code: str, board: Board) -> Ruling:
    return next(each for each in rulings(board) if each.rule.code == code)


def test_every_rule_stands_somehow_in_the_order_of_codes() -> None:
    assert [each.rule for each in rulings(a_board())] == list(RULES)


def test_rule_is_silent_until_its_data_is_there() -> None:
    without, with_people = a_board(an_event()), a_board(an_event(people=900))

    assert (ruling("C23", without).standing, ruling("C23", without).need) == (Standing.SILENT, Need.PEOPLE)
    assert (ruling("C23", with_people).standing, ruling("C23", with_people).need) == (Standing.ON, None)


def test_profile_start_leaves_off_what_is_for_later() -> None:
    board = a_board(register=a_register(a_programme(profile="start")))

    on = {each.rule.code for each in rulings(board) if each.standing is not Standing.OFF}

    assert on == START & {rule.code for rule in RULES}
    assert ruling("C19", board).off_in == ("TEST-2020",)


def test_rule_left_out_by_one_of_two_programmes_is_on_and_says_where_it_is_off() -> None:
    registers = a_register(a_programme(profile="start")), a_register(a_programme("OTHER-2020"))

    each = ruling("C19", Board(TODAY, registers, ()))

    assert (each.standing, each.off_in) == (Standing.ON, ("TEST-2020",))


def test_what_the_programme_says_stands_beside_the_defaults() -> None:
    rules = (("C19", (("days", 30), ("severity", "info"), ("severity.exercise", "error"))),)
    kinds = (replace(a_kind(Family.MEDIA), not_for=("C19",)),)

    each = ruling("C19", a_board(register=a_register(a_programme(rules=rules), kinds=kinds)))

    [setting] = each.settings
    assert (setting.parameter.default, setting.said) == (90, (("TEST-2020", 30),))
    assert each.severities == (("TEST-2020", "", "info"), ("TEST-2020", "exercise", "error"))
    assert each.not_for == (("TEST-2020", "media"),)
