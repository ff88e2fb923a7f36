"""Releases, changes, differences and who was told, from the command line."""

import json
import re
from pathlib import Path

import pytest

from planner import sample
from tests.cli.running import Planner


@pytest.fixture
def moved(planner: Planner) -> Planner:
    """The plan of 2020 as planned, released, and one exercise moved after it."""
    planner.load_sample(sample.LIST_AS_PLANNED)
    planner("release", "--note", "as planned", "--yes")
    planner("move", "EX-2020-UB", "19-23 October 2020", "--yes", "--reason", "weather")
    return planner


def test_changes_since_the_latest_release_are_one_line_each(moved: Planner) -> None:
    ran = moved("changes")

    head, count, *lines = ran.out.splitlines()
    assert head.endswith("CSTO-2020: changes of the plan, R1 → 4")
    assert count.endswith(f"events changed (moved: {len(lines)})")
    assert any(line.startswith("EX-2020-UB  ") and "moved: " in line and "weather" in line for line in lines)


def test_changes_before_any_release_say_what_to_do(planner: Planner) -> None:
    planner.load_sample(sample.LIST_AS_PLANNED)

    ran = planner("changes")

    assert ran.status == 2
    assert "nothing of CSTO-2020 has been released yet; make one with `planner release`" in ran.err


def test_changes_into_a_mail_need_a_file(moved: Planner) -> None:
    ran = moved("changes", "--format", "eml")

    assert ran.status == 2
    assert "eml is a file; say where to: --output changes.eml" in ran.err


def test_notice_that_was_written_is_told(moved: Planner, tmp_path: Path) -> None:
    moved("changes", "--for", "BY", "--language", "ru", "--format", "eml", "--output", str(tmp_path / "minsk.eml"))

    data = json.loads(moved("told", "EX-2020-UB", "--format", "json").out)

    assert (tmp_path / "minsk.eml").read_bytes().startswith(b"X-Unsent: 1\r\n")
    assert [(each["for"], each["form"]) for each in data["notices"]] == [("BY", "eml")]
    assert (data["decided"]["why"], data["released"]) == ("weather", None)
    assert [each["number"] for each in json.loads(moved("told", "BY", "--format", "json").out)["notices"]] == [1]


def test_told_says_fetched_and_never_read(moved: Planner) -> None:
    text = moved("told", "EX-2020-UB").out + moved("told", "Belarus").out

    assert "released: not yet" in text
    assert "no address shows it" in text
    assert " read" not in text
    assert re.search(r"\d г\., \d\d:\d\d UTC", moved("told", "EX-2020-UB", "--language", "ru").out)


def test_told_of_nothing_known_is_refused(moved: Planner) -> None:
    ran = moved("told", "XX-2020-Q")

    assert ran.status == 2
    assert "'XX-2020-Q' is neither an event nor a party" in ran.err


def test_diff_between_release_and_day_names_every_field(moved: Planner) -> None:
    ran = moved("diff", "R1")

    assert "~ EX-2020-UB" in ran.out
    assert " → 19–23 Oct 2020" in ran.out
    assert "release" not in ran.out.casefold()
    assert moved("diff", "4", "R1").status == 2


def test_state_of_a_release_is_looked_back_to(moved: Planner) -> None:
    then = moved("list", "EX-2020-UB", "--as-of", "R1", "--format", "json")
    now = moved("list", "EX-2020-UB", "--format", "json")
    lost = moved("list", "--as-of", "R7")

    assert then.out != now.out
    assert lost.status == 2
    assert "there is no release R7; known: R1" in lost.err


def test_releases_are_listed_with_who_made_them(moved: Planner) -> None:
    [only] = json.loads(moved("release", "list", "--format", "json").out)

    assert (only["release"], only["revision"], only["note"]) == ("R1", 2, "as planned")
    assert moved("release", "list").out.startswith("R1 ")


def test_release_is_not_undone(moved: Planner) -> None:
    ran = moved("undo", "3", "--yes")

    assert "release 1 stays: what people were told cannot be taken back" in ran.out + ran.err


def test_feed_follows_releases_once_it_is_told_to(moved: Planner) -> None:
    moved("feed", "edit", "all.en", "--follows", "release", "--yes")

    shown = json.loads(moved("feed", "show", "all.en", "--format", "json").out)
    starts = {entry["uid"]: entry["start"] for entry in shown["entries"]}

    assert "made from:             the latest release" in moved("feed", "show", "all.en").out
    assert starts["EX-2020-UB@CSTO-2020"] != "2020-10-19"
    moved("release", "--yes")
    shown = json.loads(moved("feed", "show", "all.en", "--format", "json").out)
    assert {entry["uid"]: entry["start"] for entry in shown["entries"]}["EX-2020-UB@CSTO-2020"] == "2020-10-19"


def test_check_since_a_release_compares_with_the_plan_then(moved: Planner) -> None:
    ran = moved("check", "--since", "R1", "--today", "2020-02-01")

    assert ran.status in {0, 1}
    assert "error" not in ran.err


def test_notice_of_a_closed_programme_is_refused_before_a_file_is_there(moved: Planner, tmp_path: Path) -> None:
    moved("programme", "close", "CSTO-2020", "--to", "handover", "--force", "--yes")

    ran = moved("changes", "--since", "1", "--output", str(tmp_path / "late.docx"), "--format", "docx")

    assert ran.status == 2
    assert "is closed and was handed over" in ran.err
    assert not (tmp_path / "late.docx").exists()
    assert moved("changes", "--since", "1").status == 0
