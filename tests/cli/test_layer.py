"""`layer` and `reply` as people use them."""

import json

from planner import sample
from tests.cli.running import Planner

LIST = "title,start,participants\nSummit,2020-10-13,KZ\nBroken,2020-13-13,KZ\n"


def test_layer_is_read_checked_against_listed_and_taken_out(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    planner.file("sco.csv", LIST.replace("13-13", "11-13"))
    named = ("--kind", "external_meeting", "--level", "permanent", "--today", "2020-08-01")

    made = planner("layer", "new", "SCO", "sco.csv", *named, "--yes")

    assert made.status == 0
    assert "2 events in the layer" in made.err
    assert "would create: C14 certain: PC-2020-06 × SCO-" in made.out
    assert planner("layer", "list").out == "SCO: 2 events, from sco.csv, read on 2020-08-01\n"
    [data] = json.loads(planner("layer", "list", "--today", "2020-08-11", "--format", "json").out)
    assert (data["name"], data["events"], data["days"], data["level"]) == ("SCO", 2, 10, "permanent")
    assert planner("layer", "refresh", "SCO", "--today", "2020-08-01").out == "Nothing changes.\n"
    assert planner("layer", "delete", "SCO", "--yes").status == 0
    assert planner("layer", "list").out == "There is no layer.\n"


def test_layer_with_rows_that_cannot_be_read_says_which_and_ends_with_one(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    planner.file("sco.csv", LIST)

    ran = planner("layer", "new", "SCO", "sco.csv", "--kind", "external_meeting", "--yes")

    assert ran.status == 1
    assert 'not read: sco.csv, row 3, column "start"' in ran.err
    assert "Applied as revision 3" in ran.err


def test_layer_of_a_file_that_is_not_there_is_refused(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    ran = planner("layer", "new", "SCO", "none.ics", "--kind", "external_meeting", "--yes")

    assert (ran.status, "none.ics: cannot be read" in ran.err) == (2, True)


def test_layer_and_replies_stay_when_the_programme_is_loaded_again(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    planner.file("sco.csv", LIST.replace("13-13", "11-13"))
    assert planner("layer", "new", "SCO", "sco.csv", "--kind", "external_meeting", "--yes").status == 0
    assert planner("reply", "PC-2020-06", "coming", "AM", "--yes").status == 0

    assert planner("programme", "load", "programme.toml").out.startswith("Nothing changes")


def test_replies_are_recorded_shown_and_checked_against_the_quorum(planner: Planner) -> None:
    text = sample.content(sample.PROGRAMME).decode().replace('code = "PC"\n', 'code = "PC"\nquorum = 5\n', 1)
    planner.file("programme.toml", text)
    assert planner("programme", "load", "programme.toml", "--yes").status == 0
    planner.file("list.csv", sample.content(sample.LIST))
    assert planner("import", "list.csv", "--yes").status == 0

    ran = planner("reply", "PC-2020-06", "not-coming", "Armenia", "KZ", "--note", "elections", "--yes")

    assert ran.status == 0
    assert "+ reply PC-2020-06 AM: not coming (elections)" in ran.out
    assert "would create: C16 certain: PC-2020-06" in ran.out
    assert "replies:               AM: not coming (elections)\n" in planner("show", "PC-2020-06").out
    data = json.loads(planner("show", "PC-2020-06", "--format", "json").out)
    assert data["replies"]["KZ"] == {"answer": "not coming", "note": "elections"}
    checked = planner("check", "--rule", "C16", "--today", "2020-10-01", "--language", "ru").out
    assert "Постоянный совет: нужно 5 членов, будет не больше 4; не приедут: Армения, Казахстан" in checked
