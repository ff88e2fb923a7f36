"""Closing a year, handing it over, and beginning the next, as a secretariat does it."""

import csv
import hashlib
import io
import re

from tests.cli.running import Planner


def test_copy_shows_both_dates_and_writes_one_revision(planner: Planner) -> None:
    planner.load_sample("programme_2020.csv")

    shown = planner("programme", "copy", "CSTO-2020", "CSTO-2021", "--chair", "TJ", "--yes")

    assert shown.status == 0
    assert (
        "+ V75-01  Victory Parade on Red Square with contingents of the CSTO states\n    24 Jun 2020 → 9 May 2021"
        in (shown.out)
    )
    assert "Applied as revision 3" in shown.err
    assert planner("undo", "3", "--yes").status == 0
    assert "known: CSTO-2020" in planner("-p", "CSTO-2021", "list").err


def test_copied_programme_comes_back_from_its_own_export_unchanged(planner: Planner) -> None:
    planner.load_sample("programme_2020.csv")
    planner("programme", "copy", "CSTO-2020", "CSTO-2021", "--yes")
    planner("-p", "CSTO-2021", "export", "next.csv")

    back = planner("-p", "CSTO-2021", "import", "next.csv", "--dry-run")

    assert (back.status, "= 69 unchanged" in back.out) == (0, True)


def test_close_stops_at_what_is_unsettled_and_makes_no_folder(planner: Planner) -> None:
    planner.load_sample("programme_2020.csv")

    stopped = planner("programme", "close", "CSTO-2020", "--to", "handover", "--today", "2021-01-05", "--yes")

    assert (stopped.status, (planner.folder / "handover").exists()) == (1, False)
    assert "EX-2020-INT  no date yet" in stopped.out
    assert "--force" in stopped.err


def test_close_freezes_and_hands_over_a_folder_whose_sums_are_right(planner: Planner) -> None:
    planner.load_sample("programme_2020.csv")
    planner("settle", "--rest", "held", "--today", "2021-01-05", "--yes")

    closed = planner(
        "programme", "close", "CSTO-2020", "--to", "за 2020 год", "--force", "--today", "2021-01-05", "--yes"
    )

    assert closed.status == 0
    folder = planner.folder / "за 2020 год"
    sums = [line.split("  ", 1) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()]
    assert [name for wanted, name in sums if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted] == []
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == {name for _, name in sums} | {"SHA256SUMS"}
    assert {"plan.ru.docx", "plan.xlsx", "plan.json", "history.csv", "decisions.csv", "waivers.csv"} <= there
    assert "EX-2020-INT" in (folder / "README.ru.md").read_text("utf-8")
    assert "feeds/public.en.ics" in (folder / "README.en.md").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO((folder / "history.csv").read_text("utf-8-sig"))))
    assert {row["revision"] for row in rows} == {"1", "2", "3", "4"}
    assert (rows[-1]["means"], rows[-1]["what"]) == ("close", "programme CSTO-2020")

    for refused in (
        ("cancel", "EX-2020-INT", "--yes"),
        ("undo", "3", "--yes"),
        ("edit", "V75-01", "--set", "responsible=X", "--dry-run"),
        ("postpone", "EX-2020-SEA", "May 2021", "--yes"),
    ):
        ran = planner(*refused)
        assert (ran.status, "is closed and was handed over" in ran.err) == (2, True), refused
    planner.file("one.csv", "ref,title,kind,date_text\nEX-2020-NEW,New,exercise,May 2020\n")
    assert "is closed and was handed over" in planner("import", "one.csv", "--yes").err
    assert planner("list").status == 0
    assert planner("programme", "reopen", "CSTO-2020", "--reason", "late minutes", "--yes").status == 0
    assert planner("cancel", "EX-2020-INT", "--yes").status == 0


def test_next_chairmanship_opens_the_folder_in_a_planner_of_its_own(planner: Planner) -> None:
    planner.load_sample("programme_2020.csv")
    planner("programme", "close", "CSTO-2020", "--to", "handover", "--force", "--yes")
    readme = (planner.folder / "handover/README.ru.md").read_text("utf-8")
    commands = re.findall(r"^planner (--database .+)$", readme, flags=re.MULTILINE)

    for command in commands:
        # As it stands in the README, whose reader is in that folder.
        *words, file = command.replace("../plan.db", "own.db").split()
        assert planner(*words, f"handover/{file}", "--yes").status == 0
    planner("--database", "own.db", "export", "back.csv")

    assert len(commands) == 2
    assert plan_of(planner, "back.csv") == plan_of(planner, "handover/plan.csv")
    assert len(plan_of(planner, "back.csv")) == 71


def plan_of(planner: Planner, name: str) -> dict[str, dict[str, str]]:
    """The events of a table by reference, without the number of the revision it was made from."""
    rows = csv.DictReader(io.StringIO((planner.folder / name).read_text("utf-8-sig")))
    return {row["ref"]: {**row, "revision": ""} for row in rows}


def test_closed_programme_is_handed_over_again_without_a_revision(planner: Planner) -> None:
    planner.load_sample()
    planner("programme", "close", "CSTO-2020", "--to", "a", "--yes")

    again = planner("programme", "close", "CSTO-2020", "--to", "b", "--yes")

    assert (again.status, "is closed already" in again.out) == (0, True)
    for name in ("history.csv", "README.en.md", "plan.json"):
        assert (planner.folder / "a" / name).read_bytes() == (planner.folder / "b" / name).read_bytes()


def test_close_into_a_folder_with_other_files_is_refused_before_anything_closes(planner: Planner) -> None:
    planner.load_sample()
    (planner.folder / "busy").mkdir()
    planner.file("busy/letter.txt", "dear")

    ran = planner("programme", "close", "CSTO-2020", "--to", "busy", "--yes")

    assert (ran.status, "letter.txt" in ran.err) == (2, True)
    assert '"is_closed"' not in planner("programme", "show", "--format", "json").out.replace('"is_closed": false', "")


def test_reopening_an_open_programme_says_so(planner: Planner) -> None:
    planner.load_sample()

    assert "is open; a programme that was closed" in planner("programme", "reopen", "CSTO-2020", "--yes").err
