"""`coverage`, `next`, `settle`, and `planner` alone, as people use them."""

import csv
import io
import json
from datetime import date

import pytest

from planner import sample
from planner.cli.tables import say_events, say_standing, say_unsettled
from planner.wording.changes import say_status
from planner.wording.dates import say_day_past
from tests.boards import sample_board, sample_events, sample_register
from tests.cli.running import Planner


def test_coverage_shows_gaps_and_bodies_that_meet_too_seldom(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    ran = planner("coverage")

    assert ran.status == 0
    [row] = [line for line in ran.out.splitlines() if line.startswith("P06")]
    assert row.split()[-4:] == ["gap", "gap", "gap", "3"]
    assert "CSSC  Committee of Secretaries of Security Councils: 1 of at least 2, 1 missing (CSSC-2020-1)" in ran.out
    assert "не хватает: 1" in planner("coverage", "--language", "ru").out


@pytest.mark.parametrize("language", ["en", "ru"])
def test_table_of_events_cuts_no_status_in_eighty_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("planner.cli.tables.width", lambda: 80)
    dated = [event for event in sample_events() if event.when.windows]

    say_events(dated, sample_register(), language)

    _, *lines = capsys.readouterr().out.splitlines()
    rows = [line.rstrip() for line in lines if not line.startswith(" ")]
    assert [row.split()[-1] for row in rows] == [say_status(event.status, language) for event in dated]
    assert max(map(len, lines)) <= 80


def test_coverage_for_scripts_says_the_same_in_json_and_csv(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    data = json.loads(planner("coverage", "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(planner("coverage", "--format", "csv").out)))

    gaps = {(p["priority"], q["quarter"]) for p in data["priorities"] for q in p["quarters"] if q["gap"]}
    assert gaps == {(row["priority"], row["quarter"]) for row in rows if row["gap"]}
    assert ("P06", "2020-Q1") in gaps
    assert {each["body"]: each["missing"] for each in data["bodies"]}["CSSC"] == 1


def test_next_shows_the_days_ahead(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    ran = planner("next", "--today", "2020-07-01", "--days", "7")

    assert ran.status == 0
    head, columns, *rows = ran.out.splitlines()
    assert (head, columns.split()) == ("1–8 Jul 2020", ["Ref", "When", "Event", "Place", "Status"])
    assert [row.split()[0] for row in rows[:2]] == ["MC-2020-1", "TRN-2020-02"]
    data = json.loads(planner("next", "--today", "2020-07-01", "--days", "7", "--format", "json").out)
    assert [event["ref"] for event in data["fixed"]] == ["MC-2020-1", "TRN-2020-02"]
    table = csv.DictReader(io.StringIO(planner("next", "--today", "2020-07-01", "--format", "csv").out))
    assert [row["ref"] for row in table if row["how"] == "fixed"][:2] == ["MC-2020-1", "TRN-2020-02"]


def test_next_of_quiet_days_says_so(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    assert planner("next", "--today", "2022-01-01").out == "Nothing on 1–15 Jan 2022.\n"


def test_settle_off_a_terminal_lists_what_is_left_and_needs_a_person(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    ran = planner("settle", "--today", "2020-05-01")

    assert ran.status == 1
    assert [line.split("  ")[0] for line in ran.out.splitlines()] == ["V75-07", "PC-2020-04", "V75-04"]
    assert "say --held REF" in ran.err


def test_settle_by_options_writes_one_revision_and_then_nothing_is_left(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    ran = planner("settle", "--today", "2020-05-01", "--cancelled", "V75-04", "--rest", "held", "--yes")

    assert ran.status == 0
    assert "Applied as revision 3" in ran.err
    assert "V75-04" in planner("list", "--status", "cancelled").out
    assert planner("settle", "--today", "2020-05-01").out == "Nothing is left to settle.\n"


def test_settle_of_some_writes_them_and_still_needs_a_person(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    ran = planner("settle", "--today", "2020-05-01", "--held", "PC-2020-04", "--yes")

    assert ran.status == 1
    assert "Applied as revision 3" in ran.err
    assert len(planner("settle", "--today", "2020-05-01").out.splitlines()) == 2


def test_settle_on_a_terminal_asks_one_by_one(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    planner.load_sample(sample.LIST)
    typed = io.StringIO("h\n\nc\ny\n")
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)

    ran = planner("settle", "--today", "2020-05-01")

    assert "1/3  V75-07" in ran.err
    assert ran.status == 1  # one was left as it is
    statuses = {e["ref"]: e["status"] for e in json.loads(planner("list", "--format", "json").out)}
    assert (statuses["V75-07"], statuses["PC-2020-04"], statuses["V75-04"]) == ("held", "approved", "cancelled")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "CSTO-2020, revision 14, 71 events; next: MC-2020-1, on Friday 3 Jul 2020\n"
            "13 over and still planned; `planner settle` asks about them\n",
        ),
        (
            "ru",
            "CSTO-2020, ред. 14, мероприятий: 71; далее: MC-2020-1, в пятницу, 3 июля 2020 г.\n"
            "прошли и не закрыты: 13; `planner settle` спросит о них\n",
        ),
    ],
)
def test_alone_it_names_the_next_event_and_what_is_over(
    language: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    board = sample_board(date(2020, 7, 1))

    say_standing(board, "CSTO-2020", 14, language)
    say_unsettled(board, language)

    assert capsys.readouterr().out == said


def test_alone_it_says_what_is_new_since_the_check_that_was_kept(planner: Planner) -> None:
    planner.load_sample(sample.LIST_AS_PLANNED)
    assert planner("check", "--record").status in {0, 1}
    planner.file(sample.LIST, sample.content(sample.LIST))
    assert planner("import", sample.LIST, "--yes", "--list", "CSTO-2020").status == 0

    line = next(line for line in planner().out.splitlines() if "conflicts" in line)

    data = json.loads(planner("check", "--since", "last", "--format", "json").out)
    pressing = sum(each["turn"] in {"new", "worse", "lapsed"} for each in data["findings"])
    assert pressing > 0
    assert f"{pressing} new or worse since " in line


@pytest.mark.parametrize(
    ("day", "english", "russian"),
    [
        (date(2020, 10, 9), "Friday", "пятницы"),
        (date(2020, 10, 12), "12 Oct 2020", "12 октября 2020 г."),
        (date(2020, 10, 5), "5 Oct 2020", "5 октября 2020 г."),
    ],
    ids=["within a week", "today", "a week ago"],
)
def test_day_of_the_last_check_is_its_weekday_or_its_date(day: date, english: str, russian: str) -> None:
    assert say_day_past(day, date(2020, 10, 12), "en") == english
    assert say_day_past(day, date(2020, 10, 12), "ru") == russian


@pytest.mark.parametrize(
    "command",
    [("next",), ("coverage",), ("rule",), ("rule", "C19"), ("settle",), ("layer", "list"), ()],
    ids=lambda words: " ".join(words) or "planner",
)
def test_looking_leaves_the_database_byte_for_byte_as_it_was(planner: Planner, command: tuple[str, ...]) -> None:
    planner.load_sample(sample.LIST)
    before = (planner.folder / "planner.db").read_bytes()

    assert planner(*command).status in {0, 1}

    assert (planner.folder / "planner.db").read_bytes() == before
