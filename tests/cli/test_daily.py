"""`planner daily`: does what is due, and says whether a person should look."""

import json
from pathlib import Path

import pytest

from planner import sample
from planner.store.backups import verify
from tests.cli.running import Planner

WELL = {"backup": "ok", "check": "ok", "publish": "ok", "zones": "ok", "layers": "ok", "addresses": "ok"}


def states(ran_out: str) -> dict[str, str]:
    return {each["step"]: each["state"] for each in json.loads(ran_out)["steps"]}


@pytest.fixture
def year(planner: Planner) -> Planner:
    planner.load_sample(sample.LIST)
    return planner


def test_daily_backs_up_keeps_the_check_and_publishes(year: Planner) -> None:
    day = ("--today", "2019-12-20", "--backup-to", "kept", "--publish-to", "out", "--keep", "1")
    first = year("daily", *day, "--format", "json")
    second = year("daily", *day, "--format", "json", "--skip", "backup")

    assert states(first.out) == {**WELL, "check": "look", "unsettled": "ok"}
    assert states(second.out) == {**WELL, "backup": "off", "unsettled": "ok"}, "what was named once is not news"
    assert (first.status, second.status) == (1, 0)
    [kept] = Path("kept").iterdir()
    assert verify(kept).revision == 2
    assert Path("out", "index.html").exists()


def test_daily_says_ten_lines_in_both_languages(year: Planner) -> None:
    english = year("daily", "--today", "2020-07-01", "--skip", "check")
    russian = year("daily", "--today", "2020-07-01", "--skip", "check", "--language", "ru")

    assert english.status == russian.status == 1
    assert len(english.out.splitlines()) == len(russian.out.splitlines()) == 9
    assert "! unsettled  over, outcome unknown: 13 (" in english.out
    assert "! итоги      прошли, итог неизвестен: 13 (" in russian.out
    assert english.out.splitlines()[-1] == "1 line for a person, marked with !"
    assert "- backup     off: name a folder with --backup-to or PLANNER_BACKUPS" in english.out


def test_daily_names_old_layers_and_silent_addresses(year: Planner) -> None:
    year.file("holidays.csv", "title,date_text\nFair,2020-11-02\n")
    assert (
        year(
            "layer", "new", "fairs", "holidays.csv", "--kind", "external_meeting", "--today", "2020-01-01", "--yes"
        ).status
        == 0
    )
    assert year("address", "new", "all.en", "--for", "Embassy").status == 0

    fresh = year("daily", "--today", "2020-01-20", "--skip", "check", "--format", "json")
    old = year("daily", "--today", "2020-03-01", "--skip", "check", "--format", "json")

    assert states(fresh.out)["layers"] == "ok"
    [layers] = [each for each in json.loads(old.out)["steps"] if each["step"] == "layers"]
    assert layers == {"step": "layers", "state": "look", "count": 1, "names": ["fairs"], "note": "30"}


def test_daily_goes_on_after_a_step_that_fails(year: Planner) -> None:
    ran = year("daily", "--today", "2019-12-20", "--backup-to", "none/kept", "--publish-to", "out", "--format", "json")

    assert ran.status == 1
    assert states(ran.out) == {**WELL, "backup": "failed", "check": "look", "unsettled": "ok"}
    note = json.loads(ran.out)["steps"][0]["note"]
    assert note == "none/kept: cannot be made as a folder (No such file or directory)"


def test_daily_without_a_plan_is_not_done(planner: Planner) -> None:
    ran = planner("daily")

    assert (ran.status, "there is no database" in ran.err) == (2, True)
