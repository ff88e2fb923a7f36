import pytest

from planner.domain.entries import Body
from planner.domain.finding import Severity
from planner.rules import Need
from planner.rules.chair_elsewhere import RULE
from tests.boards import TODAY, a_board, found
from tests.builders import PROGRAMME, a_register, an_event, days

REGISTER = a_register(bodies=(Body(PROGRAMME, "CSC", host="chair"), Body(PROGRAMME, "JS")))


def what(on: str, host: str = "RU", body: str = "CSC", kind: str = "council_session") -> list[str]:
    event = an_event("S", kind=kind, bodies=(body,), host=host, when=days(on))
    findings = found(RULE, a_board(event, register=REGISTER))
    assert {finding.severity for finding in findings} <= {Severity.INFO}
    return [finding.fact["what"] for finding in findings]


@pytest.mark.parametrize(
    ("on", "host", "said"),
    [
        ("2020-12-02", "RU", []),
        ("2020-12-02", "KG", ["elsewhere"]),
        ("2020-12-02", "", []),
        ("2020-01-01", "KG", ["elsewhere"]),
        ("2019-12-31", "KG", []),
        ("2019-11-02", "KG", []),
        ("2019-11-01", "KG", ["term"]),
        ("2020-12-31", "RU", []),
        ("2021-01-01", "RU", ["term"]),
    ],
)
def test_body_of_the_chair_meets_at_the_chairs_within_its_term(on: str, host: str, said: list[str]) -> None:
    assert what(on, host) == said


def test_other_bodies_and_other_kinds_meet_where_they_like() -> None:
    assert what("2020-12-02", "KG", body="JS") == []
    assert what("2020-12-02", "KG", kind="consultation") == []


def test_rule_is_silent_where_no_body_meets_at_the_chairs() -> None:
    assert RULE.needs(a_board(today=TODAY)) is Need.CHAIRED_BODIES
    assert RULE.needs(a_board(register=REGISTER)) is None
