"""The preview of an import as people see it: five groups, what is asked, what is remembered."""

import csv
import io
import json
import os
import pty
import sys
from pathlib import Path

import pytest

from tests.cli.running import Planner
from tests.readers.test_workbook import sheet_of

HEADINGS = ["№ п/п", "Мероприятие", "Сроки", "Место", "Период отчёта"]
ROWS = [
    ["1", "Учение «Барьер»", "12–16 октября 2020 г.", "Лосвидо", ""],
    ["2", "Заседание Постоянного совета", "12/10/2020", "Москва", "май"],
    ["3", "Учение «Скала»", "март 2020", "Минская обл.", ""],
    ["4", "Операция «Канал»", "скорее всего, позже", "", ""],
]


@pytest.fixture
def listed(planner: Planner) -> Planner:
    planner.load_sample()
    planner.file("plan.xlsx", sheet_of(["УТВЕРЖДЕНО"], [], HEADINGS, *ROWS))
    return planner


ENGLISH = """\
Reading plan.xlsx · XLSX · sheet «План» · headings in row 3 · 4 rows
Columns   № п/п → item   Мероприятие → title   Сроки → when   Место → place
          (Период отчёта)

  + 1 new         EX-2020-01 gets a reference now (it had none)
  ? 2 to decide   row 5  C5 «12/10/2020» is 12 Oct 2020 or 10 Dec 2020
                         say --day-first or --month-first
                  row 6  D6 «Минская обл.»: Минск? a new place?
                         say --place "Минская обл.=Минск", or "Минская обл.=new"
  ! 1 row I could not read
                  row 7  C7 'скорее всего, позже': I do not know the word
                         'скорее' in a date
"""


def test_preview_is_folded_to_the_width_and_names_what_to_decide(
    listed: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.cli.preview.width", lambda: 80)

    ran = listed("import", "plan.xlsx")

    assert ran.status == 1
    assert ran.out.startswith(ENGLISH)
    assert max(map(len, ran.out.splitlines())) <= 80
    assert listed("list").out == ""


def test_preview_of_all_rows_shows_what_is_new_beside_rows_that_stop_the_list(listed: Planner) -> None:
    ran = listed("import", "plan.xlsx", "--all", "--dry-run")

    assert ran.status == 1
    assert "+ 1 new         row 4  EX-2020-01  Учение «Барьер» · 12–16 Oct 2020\n" in ran.out


def test_preview_speaks_russian(listed: Planner) -> None:
    ran = listed("import", "plan.xlsx", "--language", "ru")

    assert "? 2 на решение  строка 5  C5 «12/10/2020»: 12 октября 2020 или 10 декабря 2020" in ran.out
    assert "! 1 строка не прочитана" in ran.out
    assert "список принимается целиком" in ran.err


def test_answers_as_options_are_taken_and_what_they_teach_is_remembered(listed: Planner) -> None:
    told = ("--day-first", "--place", "Минская обл.=Минск", "--map", "Период отчёта=remarks")

    first = listed("import", "plan.xlsx", *told, "--partial", "--yes")
    listed.file("plan.xlsx", sheet_of(["УТВЕРЖДЕНО"], [], HEADINGS, *ROWS[:3]))
    again = listed("import", "plan.xlsx", "--day-first", "--dry-run")

    assert (first.status, "Период отчёта → remarks" in first.out) == (1, True)
    assert "= 3 unchanged" in again.out
    assert "Период отчёта → remarks" in again.out
    assert "Минск" in listed("show", "EX-2020-02", "--language", "ru").out


def test_rejects_of_a_workbook_are_a_workbook_that_can_be_corrected_and_imported(listed: Planner) -> None:
    from planner.readers.table import read_table

    listed("import", "plan.xlsx", "--partial", "--yes", "--day-first", "--place", "Минская обл.=new")

    rejected = read_table((listed.folder / "plan.rejects.xlsx").read_bytes(), "plan.rejects.xlsx")
    assert rejected.headings == (*HEADINGS, "reason")
    assert [row.cells[1] for row in rejected.rows] == ["Операция «Канал»"]
    assert "I do not know the word 'скорее' in a date" in rejected.rows[0].cells[5]
    cells = [*rejected.rows[0].cells]
    cells[2] = "сентябрь 2020"
    listed.file("plan.rejects.xlsx", sheet_of([], list(rejected.headings), cells))
    assert "+ 1 new" in listed("import", "plan.rejects.xlsx", "--yes").out


def test_preview_as_json_has_rows_counts_and_problems(listed: Planner) -> None:
    data = json.loads(listed("import", "plan.xlsx", "--format", "json", "--dry-run").out)

    assert data["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "undecided": 2, "unread": 1}
    assert [row["problems"][0]["column"] for row in data["rows"] if row["problems"]] == [
        "date_text",
        "venue",
        "date_text",
    ]


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--map", "Сроки=whenn"), "'whenn' is not a column I read; did you mean 'When'"),
        (("--map", "Срокки=when"), "the list has no heading 'срокки'; did you mean 'Сроки'?"),
        (("--place", "Минская обл.=Минскк"), "'Минскк' is not a place I know; did you mean 'Минск'"),
        (("--theirs=whenever",), "'whenever' is not a field; such as when, place or title"),
        (("--map", "Сроки"), "'Сроки' is not HEADING=COLUMN"),
        (("--ours", "--theirs"), "--ours and --theirs both speak of every field"),
    ],
)
def test_answer_that_fits_nothing_is_refused_in_one_sentence(
    listed: Planner, option: tuple[str, ...], said: str
) -> None:
    ran = listed("import", "plan.xlsx", *option)

    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_sides_are_taken_field_by_field(planner: Planner) -> None:
    planner.load_sample()
    row = "A-1,Учение «Барьер»,exercise,{},{}"
    planner.file("list.csv", "ref,title,kind,date_text,people\n" + row.format("12.10.2020", 100))
    planner("import", "list.csv", "--yes")
    planner("edit", "A-1", "--set", "people=150", "--yes")
    planner("move", "A-1", "19 October 2020", "--yes")
    planner.file("list.csv", "ref,title,kind,date_text,people\n" + row.format("26.10.2020", 200))

    asked = planner("import", "list.csv")
    ran = planner("import", "--ours", "people", "--theirs", "when", "list.csv", "--yes")

    assert "A-1 when: here 19 Oct 2020, in the list 26 Oct 2020" in asked.out
    assert (ran.status, "when  19 Oct 2020 → 26 Oct 2020" in ran.out) == (0, True)
    [event] = json.loads(planner("list", "--format", "json").out)
    assert (event["people"], event["when"]["words"]) == (150, "26.10.2020")


def test_list_cut_off_is_asked_about_and_clears_nothing(planner: Planner) -> None:
    planner.load_sample()
    rows = [f"A-{n},Учение,exercise,{n}.10.2020" for n in range(1, 11)]
    planner.file("list.csv", "\n".join(["ref,title,kind,date_text", *rows]))
    planner("import", "list.csv", "--yes")
    planner.file("list.csv", "\n".join(["ref,title,kind,date_text", *rows[:7], "B-1,Учение,exercise,20.10.2020"]))

    stopped = planner("import", "list.csv", "--yes")
    done = planner("import", "list.csv", "--yes", "--allow-removals")

    assert stopped.status == 1
    assert "3 of the 10 events that this list named last time are not in it: was it cut off?" in stopped.out
    assert done.status == 0
    assert "3 events of last time's list are not in this one: A-10, A-8, A-9. They stay." in done.out
    assert len(json.loads(planner("list", "--format", "json").out)) == 11


def test_links_to_the_whole_are_proposed_once_and_made_on_demand(planner: Planner) -> None:
    planner.load_sample()
    rows = ["X-1,Учение,exercise,1.10.2020", "X-1-A,Этап,exercise,1.10.2020"]
    planner.file("list.csv", "\n".join(["ref,title,kind,date_text", *rows]))

    proposed = planner("import", "list.csv", "--dry-run")
    planner("import", "list.csv", "--link-phases", "--yes")

    assert "These look like parts of others: X-1-A → X-1. To link them: --link-phases" in proposed.out
    assert "part of: X-1" in planner("show", "X-1-A").out
    assert "look like parts" not in planner("import", "list.csv", "--list", "other", "--dry-run").out


def answer(planner: Planner, keys: str, *arguments: str) -> str:
    """What a person at a terminal of 80 columns sees who types these keys."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(planner.folder)
        environ = {**os.environ, "PLANNER_USER": "A. Writer", "COLUMNS": "80", "NO_COLOR": "1", "LANG": "en_GB.UTF-8"}
        os.execvpe(sys.executable, [sys.executable, "-m", "planner", *arguments], environ)
    os.write(terminal, keys.encode())
    seen = io.BytesIO()
    try:
        while piece := os.read(terminal, 4096):
            seen.write(piece)
    except OSError:  # how Linux says that the other side has closed the terminal
        pass
    os.close(terminal)
    os.waitpid(child, 0)
    return seen.getvalue().decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_questions_are_answered_at_the_terminal_and_the_rest_is_left_out(listed: Planner) -> None:
    seen = answer(listed, "d\n1\n1\np\n", "import", "plan.xlsx")

    assert "[D] answer the 2 here" in seen or "[d] answer the 2 here" in seen
    assert "[p] apply the 3 changes without this row" in seen
    assert "Applied as revision 2." in seen
    assert [event["when"]["windows"][0]["first"] for event in json.loads(listed("list", "--format", "json").out)] == [
        "2020-03-01",
        "2020-10-12",
        "2020-10-12",
    ]
    path = Path(listed.folder, "plan.rejects.xlsx")
    assert path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("keys", "file"), [("\n", False), ("r\n", True)])
def test_stopping_or_writing_rejects_at_the_terminal_writes_no_revision(listed: Planner, keys: str, file: bool) -> None:
    answer(listed, keys, "import", "plan.xlsx")

    assert listed("history").out.count("\n") == 1
    assert (listed.folder / "plan.rejects.xlsx").exists() == file


def test_rejects_as_csv_hold_no_formula(planner: Planner) -> None:
    planner.load_sample()
    planner.file("list.csv", 'title,kind,date_text\n"=HYPERLINK(1)",exercise,soonish\n')

    planner("import", "list.csv", "--partial", "--yes")

    text = (planner.folder / "list.rejects.csv").read_text(encoding="utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["title", "'=HYPERLINK(1)"]


def test_rejects_replace_neither_earlier_ones_nor_the_list(planner: Planner) -> None:
    planner.load_sample()
    planner.file("list.csv", "title,kind,date_text\nA,exercise,soonish\nB,exercise,May 2020\n")
    listed = (planner.folder / "list.csv").read_bytes()
    planner.file("list.rejects.csv", "corrected by hand")

    itself = f"../{planner.folder.name}/list.csv"
    refused = planner("import", "list.csv", "--partial", "--yes", "--rejects", itself)
    revisions = planner("history").out.count("\n")
    ran = planner("import", "list.csv", "--partial", "--yes")

    assert (refused.status, revisions, "is the list itself" in refused.err) == (2, 1, True)
    assert "with the reasons: list.rejects-2.csv" in ran.err
    assert (planner.folder / "list.rejects.csv").read_text() == "corrected by hand"
    assert (planner.folder / "list.rejects-2.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("A,")
    assert (planner.folder / "list.csv").read_bytes() == listed


def test_words_for_kinds_and_statuses_are_decided_by_options_and_remembered(planner: Planner) -> None:
    planner.load_sample()
    planner.file("plan.csv", b"ref,title_en,kind,date_text,status\nA-1,Shield,wargame,May 2020,in the making\n")

    asked = planner("import", "plan.csv", "--dry-run").out
    assert 'say --status "in the making=' in asked

    words = ("--kind", "wargame=exercise", "--status", "in the making=draft")
    assert planner("import", "plan.csv", "--yes", "--by", "A", *words).status == 0
    assert "Nothing to do" in planner("import", "plan.csv", "--yes", "--by", "A").err
