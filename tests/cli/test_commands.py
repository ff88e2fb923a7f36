"""The commands as people use them: what they print, what they write, with which status they end."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from planner import sample
from planner.cli import _TurnedAwayError
from planner.cli import planner as the_command
from planner.rules import RULES
from planner.services.checking import Options, check
from tests.boards import sample_board
from tests.cli.running import Planner

REPORT = check(sample_board(), Options(past=True))
LISTED, CERTAIN, POSSIBLE = len(REPORT.listed), REPORT.counts["certain"], REPORT.counts["possible"]


def test_without_a_plan_it_says_how_to_begin(planner: Planner) -> None:
    ran = planner()

    assert ran.status == 0
    assert "planner demo" in ran.out
    assert list(planner.folder.iterdir()) == []


def test_alone_it_says_where_things_stand(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    assert planner().out == (
        "CSTO-2020, revision 2, 71 events\n"
        f"{LISTED} conflicts; `planner check` lists them\n"
        "38 over and still planned; `planner settle` asks about them\n"
    )


def test_first_write_makes_the_database_and_says_so(planner: Planner) -> None:
    planner.file("programme.toml", sample.content(sample.PROGRAMME))

    ran = planner("programme", "load", "programme.toml", "--yes")

    assert ran.status == 0
    assert "made a new database at planner.db" in ran.err
    assert "Applied as revision 1.   Undo: planner undo 1" in ran.err
    assert planner("programme", "load", "programme.toml", "--yes").out.startswith("Nothing changes")


def test_nobody_to_ask_writes_nothing_and_says_so(planner: Planner) -> None:
    planner.load_sample()
    planner.file("list.csv", sample.content(sample.LIST))

    ran = planner("import", "list.csv")

    assert (ran.status, "say --yes to apply it" in ran.err) == (1, True)
    assert planner("list").out == ""


def test_dry_run_shows_the_same_and_writes_nothing(planner: Planner) -> None:
    planner.load_sample()
    planner.file("list.csv", sample.content(sample.LIST))

    dry = planner("import", "list.csv", "--dry-run")
    done = planner("import", "list.csv", "--yes")

    assert (dry.status, done.status) == (0, 0)
    assert dry.out == done.out
    assert "+ 71 new" in dry.out
    assert "list.csv is the very file that revision 2 imported" in planner("import", "list.csv").err


def test_shared_account_must_say_who_writes(planner: Planner, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("PLANNER_USER")
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    planner.file("programme.toml", sample.content(sample.PROGRAMME))

    assert "say --by NAME" in planner("programme", "load", "programme.toml", "--yes").err
    assert planner("programme", "load", "programme.toml", "--yes", "--by", "A. Writer").status == 0


def test_list_is_a_table_json_and_csv_of_the_same_events(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    text = planner("list", "--family", "exercise").out
    data = json.loads(planner("list", "--family", "exercise", "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(planner("list", "--family", "exercise", "--format", "csv").out)))

    refs = [event["ref"] for event in data]
    assert refs == [row["ref"] for row in rows]
    assert len(refs) == 8
    assert all(ref in text for ref in refs)
    assert "Without a date (2): EX-2020-INT, EX-2020-SEA" in text


def test_filters_of_a_list_narrow_it(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    def refs(*filters: str) -> list[str]:
        return [event["ref"] for event in json.loads(planner("list", *filters, "--format", "json").out)]

    assert refs("--place", "losvido", "--from", "2020-10-14") == ["EX-2020-UB", "EX-2020-UB-DUP", "EX-2020-UB-P2"]
    assert refs("--body", "СМИД", "--status", "held") == ["JM-2019-2", "CFM-2020-1", "CFM-2020-2"]
    assert refs("--for", "RS") == ["REL-2020-OBS", "TRN-2020-01", "V75-01", "REL-2020-OBS2"]
    assert refs("--undated") == ["EX-2020-INT", "EX-2020-SEA", "OP-2020-PRX"]
    assert refs("--priority", "P14", "--kind", "consultation") == ["REL-2020-OBS", "REL-2020-OBS2"]


def test_event_is_shown_by_words_that_fit_only_it(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    english, russian = planner("show", "Red", "Square"), planner("show", "V75-01", "--language", "ru")

    assert "  when:                  24 Jun 2020" in english.out
    assert "  formerly:              9 мая" in english.out
    assert "  сроки:                 24 июня 2020 г." in russian.out
    several = planner("show", "братство")
    assert (several.status, "fits 5 events" in several.err) == (2, True)


def test_find_that_finds_nothing_ends_with_one(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    assert planner("find", "Лосвидо").status == 0
    assert planner("find", "nowhere").status == 1


def test_as_of_shows_the_plan_of_then(planner: Planner) -> None:
    planner.load_sample(sample.LIST_AS_PLANNED, sample.LIST)

    assert "9 May 2020" in planner("show", "V75-01", "--as-of", "2").out
    assert "24 Jun 2020" in planner("show", "V75-01").out
    assert len(json.loads(planner("list", "--as-of", "2", "--format", "json").out)) == 70
    assert "MC-2020-1" in planner("check", "--as-of", "2", "--today", "2020-06-01").out
    assert planner("list", "--as-of", "99").status == 2
    assert planner("list", "--as-of", "Friday").status == 2


def test_history_says_who_changed_what_and_when(planner: Planner) -> None:
    planner.load_sample(sample.LIST_AS_PLANNED, sample.LIST)

    text = planner("history", "REL-2020-OBS").out
    data = json.loads(planner("history", "REL-2020-OBS", "--format", "json").out)

    assert "status: approved → cancelled" in text
    assert [(each["revision"], each["who"], each["means"], each["sequence"]) for each in data] == [
        (2, "A. Writer", "import", 0),
        (3, "A. Writer", "import", 1),
    ]
    assert len(planner("history").out.splitlines()) == 3


def test_value_is_traced_to_its_cell_or_to_who_set_it(planner: Planner) -> None:
    planner.load_sample(sample.LIST_AS_PLANNED, sample.LIST)
    planner("edit", "V75-01", "--set", "people=900", "--yes", "--reason", "as announced")

    when = planner("why", "V75-01", "--field", "when").out
    data = {each["field"]: each for each in json.loads(planner("why", "V75-01", "--format", "json").out)}

    assert f"{sample.LIST}, row 49, SHA-256" in when
    assert "date_text: «24 июня 2020 г. (перенесён с 9 мая)»" in when
    assert (data["when"]["revision"], data["when"]["row"]) == (3, 49)
    assert (data["places"]["revision"], data["places"]["file"]) == (2, sample.LIST_AS_PLANNED)
    assert [cell["words"] for cell in data["places"]["cells"]] == ["Red Square", "Moscow"]
    assert len(data["when"]["sha256"]) == 64
    assert (data["people"]["means"], data["people"]["why"], data["people"]["file"]) == ("edit", "as announced", None)
    assert [
        each["field"] for each in json.loads(planner("why", "V75-01", "--field", "title", "--format", "json").out)
    ] == [
        "title_en",
        "title_ru",
    ]
    assert planner("why", "V75-01", "--field", "financing").status == 2


def test_approved_list_is_recorded_and_compared_with_the_plan(planner: Planner) -> None:
    planner.load_sample()
    planner.file("list.csv", "№;Наименование;Сроки\n1;Парад;9 мая 2020 г.\n2;Концерт;8 мая 2020 г.\n")
    planner("import", "list.csv", "--decision", "CSC No 5", "--kind", "commemoration", "--yes")

    assert planner("conform", "CSC No 5").out == "2 items approved, 0 departures\n"
    planner("move", "V75-2020-01", "24 июня 2020 г.", "--yes", "--reason", "decree")
    drifted = planner("conform", "CSC No 5")

    assert drifted.status == 1
    assert "when: 9 мая 2020 г. → 24 Jun 2020 · revision 3, " in drifted.out
    assert json.loads(planner("conform", "CSC No 5", "--format", "json").out)[0]["departure"] == "drifted"
    assert planner("conform", "CSC No 5", "--format", "csv").out.count("\n") == 2
    assert planner("decision", "new", "CSC No 6", "--title", "Plan", "--body", "CSC", "--yes").status == 0
    assert "no body 'CSCC'" in planner("decision", "new", "X", "--title", "P", "--body", "CSCC", "--yes").err
    listed = {each["code"]: each["events"] for each in json.loads(planner("decision", "list", "--format", "json").out)}
    assert (listed["CSC No 5"], listed["CSC No 6"]) == (2, 0)
    assert "1      Парад   9 мая 2020 г." in planner("decision", "show", "CSC No 5").out
    assert "has no items to compare with" in planner("conform", "victory-75").err
    assert (
        "departed from approval (CSC No 5): when; approved: 9 May 2020; since revision 3"
        in planner("show", "V75-2020-01").out
    )


def test_plan_is_exported_for_a_colleague_and_taken_back(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    for name in ("plan.xlsx", "plan.csv"):
        assert "Wrote 71 events of revision 2" in planner("export", name).err
        ran = planner("import", name, "--yes")
        assert (ran.status, "Nothing to do" in ran.err) == (0, True)
    assert "Wrote 8 events" in planner("export", "exercises.csv", "--family", "exercise").err
    text = (planner.folder / "plan.csv").read_text(encoding="utf-8-sig")
    planner.file("plan.csv", text.replace("23–24 июня 2020 г.", "25–26 июня 2020 г."))
    assert "when  23–24 Jun 2020 → 25–26 Jun 2020" in planner("import", "plan.csv", "--yes").out
    assert ".pdf is not a form I write; .docx, .xlsx, .csv, .json, .ics" in planner("export", "plan.pdf").err
    assert "there is no folder nowhere; make it" in planner("export", "nowhere/plan.csv").err
    assert (
        "exercises.csv: is there already; choose another name, or say --force" in planner("export", "exercises.csv").err
    )
    assert planner("export", "exercises.csv", "--force").status == 0
    assert "--columns: only a document has that" in planner("export", "x.csv", "--columns", "kind").err
    assert "'colour' is not one of kind, status" in planner("export", "x.docx", "--columns", "colour").err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device of a full disk")
def test_full_disk_behind_standard_output_is_said_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "planner", "--help"], stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert (ran.returncode, ran.stderr.count(b"\n")) == (2, 1)
    assert b"standard output: cannot be written (No space left on device)" in ran.stderr


def test_pipe_that_nobody_reads_any_more_asks_for_no_person(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    def turned_away(**_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("planner.cli.look.list_events.callback", turned_away)

    with pytest.raises(_TurnedAwayError):  # click itself would make it the status 1
        the_command.main(["list"], standalone_mode=False)


def test_partial_import_leaves_bad_rows_for_correction(planner: Planner) -> None:
    planner.load_sample()
    good, bad = "A-1,Учение,exercise,12.10.2020,Camp A", "A-2,Учение,exercise,31.04.2020,Camp B"
    planner.file("list.csv", f"ref,title,kind,date_text,venue\n{good}\n{bad}\n")

    ran = planner("import", "list.csv", "--partial", "--yes")

    assert (ran.status, "1 row left out, with the reasons: list.rejects.csv" in ran.err) == (1, True)
    assert [event["ref"] for event in json.loads(planner("list", "--format", "json").out)] == ["A-1"]
    assert "Camp B" not in planner("programme", "show").out
    rejected = (planner.folder / "list.rejects.csv").read_text(encoding="utf-8-sig")
    assert rejected.splitlines()[1].startswith("A-2,Учение,exercise,31.04.2020,Camp B,")
    planner.file(
        "list.rejects.csv", rejected.replace("A-2,Учение,exercise,31.04.2020", "A-2,Учение,exercise,30.04.2020")
    )
    assert planner("import", "list.rejects.csv", "--list", "corrected", "--yes").status == 0
    assert planner("db", "check", "--log").status == 0


def test_list_is_read_from_standard_input(planner: Planner) -> None:
    planner.load_sample()
    command = [sys.executable, "-m", "planner", "import", "-", "--yes"]

    done = subprocess.run(
        command, input=sample.content(sample.LIST), cwd=planner.folder, capture_output=True, check=True
    )

    assert "Reading standard input · utf-8" in done.stdout.decode()
    assert len(json.loads(planner("list", "--format", "json").out)) == 71


def test_workbook_is_imported_with_its_sheet(planner: Planner) -> None:
    from tests.readers.test_workbook import sheet_of

    planner.load_sample()
    rows = ["A-1", "Учение «Барьер»", "Учение", "12–16 октября"], ["A-2", "Учение «Скала»", "Учение", "III квартал"]
    planner.file("план.xlsx", sheet_of(["План на 2020 год"], ["Шифр", "Мероприятие", "Вид", "Сроки"], *rows))

    ran = planner("import", "план.xlsx", "--yes")

    assert ran.status == 0
    assert "Reading план.xlsx · XLSX · sheet «План» · headings in row 2 · 2 rows" in ran.out
    assert "план.xlsx, sheet «План», row 3" in planner("why", "A-1", "--field", "when").out
    assert "no sheet 'Лист2'; sheets: План" in planner("import", "план.xlsx", "--sheet", "Лист2").err


def test_changes_by_hand_are_shown_applied_and_undone(planner: Planner) -> None:
    planner.load_sample(sample.LIST_AS_PLANNED)

    moved = planner("move", "EX-2020-UB", "19–23 октября", "--yes", "--reason", "host's request")

    assert "when: 12–16 Oct 2020 → 19–23 Oct 2020" in moved.out
    assert "~ EX-2020-UB-P1" in moved.out
    assert "note: TRN-2020-03" not in moved.out
    assert "host's request" in planner("history", "EX-2020-UB").out
    assert planner("undo", "3", "--yes").status == 0
    assert "12–16 Oct 2020" in planner("show", "EX-2020-UB").out
    for command in (
        ("postpone", "EX-2020-COB"),
        ("cancel", "EX-2020-THU"),
        ("approve", "OP-2020-ILL", "--decision", "Council No 7"),
        ("confirm", "PC-2020-05"),
        ("edit", "PC-2020-06", "--set", "people=40"),
        ("link", "TRN-2020-03", "EX-2020-ECH", "--as", "prepares", "--gap", "14"),
        ("add", "--kind", "exercise", "--title", "Barrier 2020", "--when", "Q3 2020", "--participants", "all"),
    ):
        ran = planner(*command, "--yes")
        assert (ran.status, "Applied as revision" in ran.err) == (0, True), (command, ran.err)
    assert planner("db", "check", "--log").status == 0


def test_series_is_ordinary_events_of_one_revision(planner: Planner) -> None:
    planner.load_sample()
    series = ("--kind", "permanent_council", "--title", "Meeting", "--every", "third Tuesday", "--from", "2020-07-01")

    assert planner("add", *series, "--except", "2020-08-18", "--yes").status == 0

    events = json.loads(planner("list", "--format", "json").out)
    assert [(event["ref"], event["when"]["edtf"]) for event in events] == [
        ("PC-2020-01", ["2020-07-21"]),
        ("PC-2020-02", ["2020-09-15"]),
        ("PC-2020-03", ["2020-10-20"]),
        ("PC-2020-04", ["2020-11-17"]),
        ("PC-2020-05", ["2020-12-15"]),
    ]
    assert planner("undo", "--yes").status == 0
    planner("add", *series, "--yes")
    # A reference that was used once names nothing else: calendars remember it.
    assert json.loads(planner("list", "--format", "json").out)[0]["ref"] == "PC-2020-06"


def test_events_are_edited_together_by_what_they_have_in_common(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    edited = planner("edit", "--where", "kind=permanent_council", "--set", "people=40", "--yes")

    assert edited.out.count("people: – → 40") == 7
    assert (
        "no event fits kind=media and for=KZ"
        in planner("edit", "--where", "kind=media", "--where", "for=KZ", "--set", "people=4").err
    )
    assert "which events?" in planner("edit", "--set", "people=4").err
    assert "'city' cannot be asked for" in planner("edit", "--where", "city=x", "--set", "people=4").err


def test_check_lists_ends_with_one_and_writes_nothing(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    before = hashlib.sha256((planner.folder / "planner.db").read_bytes()).hexdigest()

    text = planner("check", "--past")
    data = json.loads(planner("check", "--past", "--format", "json").out)
    rows = planner("check", "--past", "--format", "csv").out.splitlines()

    assert (text.status, len(rows)) == (1, LISTED + 1)
    assert "C08 GVJA certain   24 Jun   day off of the host, Russia: 24 Jun, Victory Parade (by decree)" in text.out
    assert text.out.splitlines()[-1].startswith(
        f"{CERTAIN} certain, {POSSIBLE} possible     71 events, {len(RULES)} rules"
    )
    listed = [each for each in data["findings"] if each["listed"]]
    assert len(listed) == LISTED
    assert data["counts"]["certain"] == CERTAIN
    assert planner("check", "--past", "--fail-on", "never").status == 0
    assert hashlib.sha256((planner.folder / "planner.db").read_bytes()).hexdigest() == before


def test_check_as_json_is_as_its_schema_says(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    schema = json.loads((Path(__file__).parents[2] / "docs" / "check.schema.json").read_text(encoding="utf-8"))
    data = json.loads(planner("check", "--today", "2020-04-01", "--format", "json").out)

    jsonschema.Draft202012Validator(schema).validate(data)

    assert len(data["findings"]) > 30
    said = {key for finding in data["findings"] for key in finding}
    assert said == set(schema["properties"]["findings"]["items"]["properties"])


def test_check_speaks_russian(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    said = planner("check", "--past", "--language", "ru").out

    assert "C15 PZNS точно   12–16 октября   «Нерушимое братство»: одно мероприятие названо дважды" in said
    assert f"точных: {CERTAIN}, возможных: {POSSIBLE}     71 мероприятие, {len(RULES)} " in said


def test_check_of_a_clean_plan_says_so_kindly(planner: Planner) -> None:
    planner.load_sample()

    assert planner("check", "--today", "2020-01-01").out.startswith("No clash among 0 events.")
    assert planner("check", "--today", "2020-01-01").status == 0


def test_check_of_what_does_not_exist_is_refused(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    ran = planner("check", "--event", "EX-2020-UBB", "--rule", "C99", "--for", "XX")

    assert ran.status == 2
    assert "'EX-2020-UBB' is not known; did you mean 'EX-2020-UB'" in ran.err
    assert len(ran.err.strip().splitlines()) == 3


def test_feeds_are_written_and_left_alone_the_second_time(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    first, second = planner("feed", "write", "calendars"), planner("feed", "write", "calendars", "--format", "json")

    assert "28 of 28 feeds changed" in first.err
    assert not any(each["changed"] for each in json.loads(second.out))
    assert len(list((planner.folder / "calendars").iterdir())) == 28


def test_demonstration_runs_twice_and_changes_nothing_the_second_time(planner: Planner) -> None:
    first = planner("demo", "--today", "2020-04-01")
    second = planner("demo", "--today", "2020-04-01")

    assert (first.status, second.status) == (0, 0)
    assert "71 new events" in first.out
    assert "already imported" in second.out
    assert ", 0 changed" in second.out
    assert "planner --database demo/planner.db show EX-2020-UB" in second.out


def test_programme_file_is_made_from_five_answers(planner: Planner) -> None:
    answers = (
        "--code",
        "ORG-2020",
        "--organisation",
        'Org "East"',
        "--members",
        "AM, BY",
        "--chair",
        "am",
        "--year",
        "2020",
    )

    made = planner("programme", "new", "my.toml", *answers)

    assert made.status == 0
    assert planner("programme", "new", "my.toml", *answers).status == 2
    assert planner("programme", "load", "my.toml", "--yes").status == 0
    shown = planner("programme", "show")
    assert shown.out.startswith('ORG-2020  Org "East"')
    assert json.loads(planner("programme", "show", "--format", "json").out)["programme"]["chair"] == "AM"


def test_several_programmes_must_be_told_apart(planner: Planner) -> None:
    planner.load_sample()
    planner(
        "programme",
        "new",
        "my.toml",
        "--code",
        "ORG",
        "--organisation",
        "O",
        "--members",
        "AM",
        "--chair",
        "AM",
        "--year",
        "2020",
    )
    planner("programme", "load", "my.toml", "--yes")

    assert "there are 2 programmes: CSTO-2020, ORG; say --programme" in planner("list").err
    assert planner("--programme", "ORG", "list").status == 0
    assert "there is no programme 'X'" in planner("--programme", "X", "list").err


def test_doctor_says_what_is_in_use(planner: Planner) -> None:
    missing = planner("doctor")
    planner.load_sample()
    there = planner("doctor", "--format", "json")

    assert (missing.status, there.status) == (1, 0)
    found = {each["what"]: each["found"] for each in json.loads(there.out)}
    assert found["time zones"].endswith("from the package")
    assert found["database"] == "planner.db, revision 1, CSTO-2020"


def test_database_says_its_form(planner: Planner) -> None:
    assert planner("db", "current").status == 2
    assert "made, at form 00" in planner("db", "upgrade").err
    assert planner("db", "current").out.endswith("as this program needs it\n")


def test_mistyped_command_names_the_nearest(planner: Planner) -> None:
    ran = planner("chek")

    assert (ran.status, "did you mean `planner check`?" in ran.err) == (2, True)
    assert planner("programmes", "show", "--help").status == 0


def test_pipe_that_is_closed_early_does_not_keep_a_list_from_being_written(planner: Planner) -> None:
    planner.load_sample()
    planner.file("list.csv", sample.content(sample.LIST))
    command = f"{sys.executable} -m planner import list.csv --yes --all | head -1"

    subprocess.run(command, shell=True, check=True, env=dict(os.environ), capture_output=True, cwd=planner.folder)

    assert len(json.loads(planner("list", "--format", "json").out)) == 71


def test_reader_of_a_pipe_may_stop_early(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    command = f"{sys.executable} -m planner list | head -1"

    done = subprocess.run(command, shell=True, check=True, capture_output=True, text=True, cwd=planner.folder)

    assert (done.stdout.count("\n"), done.stderr) == (1, "")


def test_cell_that_a_spreadsheet_would_run_is_made_inert(planner: Planner) -> None:
    planner.load_sample()
    planner("add", "A-1", "--kind", "media", "--title", "=1+1", "--when", "12 May 2020", "--yes")

    assert "A-1,'=1+1," in planner("list", "--format", "csv").out
