"""Accepting findings from the command line."""

import json

from planner import sample
from tests.cli.running import Planner

TODAY = ("--today", "2020-01-01")


def handle_of(planner: Planner, *refs: str) -> str:
    found = json.loads(planner("check", *TODAY, "--format", "json").out)["findings"]
    [handle] = [each["handle"] for each in found if each["events"] == list(refs)]
    return str(handle)


def test_waive_hides_counts_lists_and_ends(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    handle = handle_of(planner, "EX-2020-UB", "EX-2020-UB-DUP")

    accepted = planner("waive", handle.lower(), "--reason", "one exercise", *TODAY, "--yes")

    assert accepted.status == 0
    assert accepted.out.splitlines()[:2] == ["accepted:", f"{handle}   until 16 Oct 2020   holds"]
    assert "1 accepted (next lapses 16 Oct)" in planner("check", *TODAY).out
    assert f"{handle}   until 16 Oct 2020   holds" in planner("waiver", "list", *TODAY).out
    assert json.loads(planner("waivers", "list", *TODAY, "--format", "json").out)[0]["who"] == "A. Writer"
    assert planner("waiver", "end", handle, *TODAY, "--yes").status == 0
    assert planner("waiver", "list", *TODAY).out == "Nothing is accepted.\n"
    assert " accepted" not in planner("check", *TODAY).out


def test_waiver_survives_loading_the_programme_file_again(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    handle = handle_of(planner, "EX-2020-UB", "EX-2020-UB-DUP")
    planner("waive", handle, "--reason", "one exercise", *TODAY, "--yes")

    planner("programme", "load", "programme.toml", "--yes")

    assert handle in planner("waiver", "list", *TODAY).out


def test_waive_without_a_reason_or_with_an_unknown_handle_writes_nothing(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    handle = handle_of(planner, "EX-2020-UB", "EX-2020-UB-DUP")

    unreasoned = planner("waive", handle, *TODAY, "--yes")
    unknown = planner("waive", "ZZZZ", "--reason", "because", *TODAY, "--yes")

    unaccepted = planner("waiver", "end", handle, *TODAY, "--yes")

    assert (unreasoned.status, unknown.status, unaccepted.status) == (2, 2, 2)
    assert "--reason: is not said; say why this clash is accepted" in unreasoned.err
    assert "there is no finding 'ZZZZ'" in unknown.err
    assert f"nothing is accepted as {handle!r}; planner waiver list shows them" in unaccepted.err
    assert planner("waiver", "list", *TODAY).out == "Nothing is accepted.\n"
