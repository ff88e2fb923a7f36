"""`rule` as people use it."""

import json

from planner import sample
from planner.rules import RULES
from tests.cli.running import Planner


def test_rules_are_listed_with_how_they_stand_and_why(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    lines = planner("rule").out.splitlines()

    assert [line[:3] for line in lines] == [rule.code for rule in RULES]
    assert "C23 silent    notice of a large exercise due or late: no event has a number of people" in lines
    assert "C23 молчит    срок уведомления" in planner("rule", "--language", "ru").out


def test_one_rule_shows_its_parameters_and_what_the_programme_says(planner: Planner) -> None:
    text = sample.content(sample.PROGRAMME).decode()
    planner.file("programme.toml", text + "\n[rules.C19]\ndays = 30\nseverity = { exercise = 'error' }\n")
    assert planner("programme", "load", "programme.toml", "--yes").status == 0

    said = planner("rule", "c19").out.splitlines()

    assert said[1:5] == [
        "  on",
        "  days = 90",
        "    CSTO-2020: days = 30",
        "  CSTO-2020: severity (exercise) = error",
    ]
    data = json.loads(planner("rule", "C19", "--format", "json").out)
    assert data["parameters"] == [{"name": "days", "default": 90, "said": {"CSTO-2020": 30}}]
    assert len(json.loads(planner("rule", "--format", "json").out)) == len(RULES)


def test_unknown_rule_is_refused(planner: Planner) -> None:
    planner.load_sample()

    ran = planner("rule", "C99")

    assert (ran.status, ran.err) == (2, "error: there is no rule 'C99'; `planner rule` lists them\n")


def test_rules_of_no_programme_say_how_to_begin(planner: Planner) -> None:
    assert planner("rule").status == 2
