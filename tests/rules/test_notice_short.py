import pytest

from planner.domain.finding import Certainty
from planner.rules import Need
from planner.rules.notice_short import RULE
from tests.boards import TODAY, a_board, found
from tests.builders import a_programme, a_register, an_event, day, days, some_time

LARGE = an_event("X", people=9000, when=days("2020-10-12", "2020-10-16"))  # 42 days before: 31 August


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2020-07-31", []),
        ("2020-08-01", ["due"]),
        ("2020-08-31", ["due"]),
        ("2020-09-01", ["late"]),
        ("2020-10-12", ["late"]),
        ("2020-10-13", []),
    ],
)
def test_notice_is_due_from_30_days_before_its_last_day_and_late_after_it(today: str, said: list[str]) -> None:
    findings = found(RULE, a_board(LARGE, today=day(today)))

    assert [finding.fact["what"] for finding in findings] == said
    assert {finding.fact["due"] for finding in findings} <= {"2020-08-31"}


@pytest.mark.parametrize(
    ("people", "days_said"),
    [(None, []), (299, []), (300, ["14"]), (8999, ["14"]), (9000, ["42"]), (13_000, ["42"])],
)
def test_thresholds_are_those_of_the_programme(people: int | None, days_said: list[str]) -> None:
    register = a_register(a_programme(rules=(("C23", (("notices", ("300:14", "9000:42")),)),)))
    event = an_event("X", people=people, when=days("2020-10-12"))

    findings = found(RULE, a_board(event, register=register, today=day("2020-10-01")))

    assert [finding.fact["days"] for finding in findings] == days_said


def test_only_exercises_must_be_told_of_and_an_open_date_is_possible() -> None:
    parade = an_event("P", kind="commemoration", people=14_000, when=LARGE.when)
    open_ = an_event("X", people=9000, when=some_time("2020-10-01", "2020-10-31", 5))

    assert found(RULE, a_board(parade, today=day("2020-09-01"))) == []
    assert [f.certainty for f in found(RULE, a_board(open_, today=day("2020-09-01")))] == [Certainty.POSSIBLE]


def test_rule_is_silent_without_a_number_of_people() -> None:
    assert RULE.needs(a_board(an_event(), today=TODAY)) is Need.PEOPLE
    assert RULE.needs(a_board(LARGE)) is None
