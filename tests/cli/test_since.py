"""What changed since the last check, from the command line."""

import json

import pytest

from planner import sample
from tests.cli.running import Planner

TODAY = ("--today", "2020-02-01")


@pytest.fixture
def kept(planner: Planner) -> Planner:
    """The plan of 2020 with a check that was kept, and one move after it."""
    planner.load_sample(sample.LIST)
    assert "Kept as check 1." in planner("check", *TODAY, "--record").err
    planner("move", "PKO-2020-1", "12-16 October 2020", "--yes")
    return planner


def test_check_since_the_last_lists_what_changed_and_counts_the_rest(kept: Planner) -> None:
    ran = kept("check", *TODAY, "--since", "last")

    heads = [line for line in ran.out.splitlines() if line and not line.startswith(" ") and not line.startswith("C")]
    assert heads[0].startswith("New (")
    assert "PKO-2020-1" in ran.out.split("Gone")[0]
    assert "EX-2020-CRC" not in ran.out
    assert "EX-2020-UB-DEP × PKO-2020-1, 5–9 Oct" in ran.out.split("Gone (")[1]
    assert " since the check as of 1 Feb 2020 (revision 2)" in ran.out
    assert ran.status == 1


def test_check_since_fails_only_for_what_is_new_worse_or_lapsed(kept: Planner) -> None:
    kept("check", *TODAY, "--record")

    again = kept("check", *TODAY, "--since", "last")

    assert (kept("check", *TODAY).status, again.status) == (1, 0)
    assert "nothing new since the check as of 1 Feb 2020 (revision 3)" in again.out


def test_check_since_a_revision_as_json_says_new_and_gone(kept: Planner) -> None:
    data = json.loads(kept("check", *TODAY, "--since", "2", "--format", "json").out)
    rows = kept("check", *TODAY, "--since", "2", "--format", "csv").out.splitlines()

    new = [each["events"] for each in data["findings"] if each["new"]]
    assert all("PKO-2020-1" in events for events in new)
    assert [each["events"] for each in data["since"]["gone"]] == [["EX-2020-UB-DEP", "PKO-2020-1"]]
    assert data["since"]["counts"]["new"] == len(new) > 0
    assert {row.split(",")[-1] for row in rows} >= {"turn", "new", "gone"}


def test_check_since_speaks_russian(kept: Planner) -> None:
    said = kept("check", *TODAY, "--since", "last", "--language", "ru").out

    assert said.startswith("Новое (")
    assert "с проверки на 1 февраля 2020 (ред. 2)" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "yesterday"), "--since: 'yesterday' is no revision, day or release; expected 'last', a number"),
        (("--since", "99"), "--since: there is no revision 99"),
        (("--record", "--rule", "C04"), "--record: keeps a check of the whole plan as it stands"),
    ],
)
def test_what_cannot_be_compared_or_kept_is_refused(kept: Planner, arguments: tuple[str, ...], said: str) -> None:
    ran = kept("check", *TODAY, *arguments)

    assert ran.status == 2
    assert said.replace("; expected", ";") in ran.err


def test_check_since_the_last_without_one_says_how_to_keep_one(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    ran = planner("check", *TODAY, "--since", "last")

    assert (ran.status, ran.err) == (
        2,
        "error: --since: no check has been kept yet; planner check --record keeps one\n",
    )
