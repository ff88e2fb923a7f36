"""Asking what would break, and what would help; the plan stays as it is."""

import json
import re

import pytest

from planner.cli import main
from tests.cli.running import Planner

PLANNED = "programme_2020_as_planned.csv"
TODAY = ("--today", "2020-02-01")


@pytest.fixture
def planned(planner: Planner) -> Planner:
    planner.load_sample(PLANNED)
    return planner


def test_can_shows_the_family_what_breaks_and_what_clears(planned: Planner) -> None:
    before = planned("show", "EX-2020-UB", "--format", "json").out

    ran = planned("can", "EX-2020-UB", "19-23 October 2020", *TODAY, "--fail-on", "possible")

    said = ran.out.splitlines()
    assert "    when: 5–11 Oct 2020 → 12–18 Oct 2020" in said
    assert any(line.startswith("Would break (") for line in said)
    assert "EX-2020-UB-DEP × PKO-2020-1, 5–9 Oct" in ran.out.split("Would clear (")[1]
    assert ran.out.rstrip().count("against the plan as it stands") == 1
    assert ran.status == 1
    assert planned("show", "EX-2020-UB", "--format", "json").out == before


def test_can_says_when_nothing_would_break(planned: Planner) -> None:
    ran = planned("can", "EX-2020-UB", "12-16 October 2020", *TODAY, "--language", "ru")

    assert ran.status == 0
    assert "Новых накладок не будет." in ran.out


def test_check_if_tries_several_moves_at_once(planned: Planner) -> None:
    arguments = ("check", *TODAY, "--if", "EX-2020-UB=19-23 October", "--if", "PKO-2020-1=5-16 October")

    data = json.loads(planned(*arguments, "--format", "json").out)

    pairs = {tuple(each["events"]): each["turn"] for each in data["findings"] if each["rule"] == "C04"}
    assert pairs["EX-2020-UB-DEP", "PKO-2020-1"] in {"worse", "eased", None}
    assert data["since"]["check"] is None
    assert "~ PKO-2020-1" in planned(*arguments).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--if", "EX-2020-UB"), "--if: 'EX-2020-UB' is not a move"),
        (("check", "--if", "EX-2020-UB=31 April"), "EX-2020-UB: '31 April': "),
        (("check", "--if", "EX-2020-UB=3 May", "--record"), "--if: cannot stand beside --record"),
        (("can", "EX-2020-UBB", "3 May"), "no event 'EX-2020-UBB'; did you mean 'EX-2020-UB'"),
        (("suggest", "EXT-KAV"), "EXT-KAV is an outside event, not ours to move"),
    ],
)
def test_what_cannot_be_tried_is_refused(planned: Planner, arguments: tuple[str, ...], said: str) -> None:
    ran = planned(*arguments, *TODAY)

    assert ran.status == 2
    assert said in ran.err


def test_suggest_lists_days_and_tells_the_handles_below(planned: Planner) -> None:
    said = planned("suggest", "PKO-2020-1", *TODAY).out.splitlines()
    data = json.loads(planned("suggest", "PKO-2020-1", *TODAY, "--format", "json").out)

    assert said[0].startswith("21 Sep – 2 Oct 2020")
    assert "7 days earlier" in said[0]
    assert any(" C04: EX-2020-UB-DEP × PKO-2020-1, 5–9 Oct: " in line for line in said)
    assert data["days"][0]["command"] == 'planner move PKO-2020-1 "21 Sep – 2 Oct 2020"'
    assert data["days"][0]["creates"] == []


def test_check_proposes_a_move_that_can_be_typed(planned: Planner) -> None:
    found = re.search(r'help: planner move MC-2020-1 "([^"]+)"', planned("check", *TODAY).out)

    assert found is not None
    assert planned("move", "MC-2020-1", found[1], "--yes").status == 0
    assert "MC-2020-1" not in planned("check", *TODAY, "--rule", "C09").out


def test_within_must_be_a_number_of_days(planned: Planner, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["suggest", "PKO-2020-1", "--within", "soon"])

    assert stop.value.code == 2
    assert "'soon' is not a number of days; write it as 30d" in capsys.readouterr().err
