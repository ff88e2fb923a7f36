"""A whole year replayed, and ten questions about it, each answered by one command (docs/looking-back.md)."""

import re
import shlex
from pathlib import Path

import pytest

from planner.store import open_database
from tests.cli.running import Planner
from tests.year_of_2020 import replay

PAGE = (Path(__file__).parent.parent / "docs" / "looking-back.md").read_text(encoding="utf-8")
QUESTIONS = dict(re.findall(r"^\| (\d+) \| .+ \| `planner (.+)` \|$", PAGE, flags=re.MULTILINE))


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("year") / "planner.db"
    database = open_database(str(path), writes=True)
    replay(database)
    database.close()
    return path


@pytest.fixture
def answer(year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Planner:
    """Any command, asked of that year."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANNER_DATABASE", str(year))
    monkeypatch.setenv("PLANNER_LANGUAGE", "en")
    return Planner(tmp_path, capsys)


ANSWERS = {
    "1": ("UID:V75-01@CSTO-2020\r?\n(?:(?!END:VEVENT).*\n)*?DTSTART;VALUE=DATE:20200509",),
    "2": (
        "revision 7      2020-04-16 06:00 to 2020-05-20 06:00 UTC",
        "revision 9      2020-05-27 06:00 UTC",
    ),
    "3": (
        r"revision 8  2020-05-26 14:00  move by Protocol  \(announcement of 26 May\)",
        "when: 9 May 2020 → 24 Jun 2020",
    ),
    "4": (
        r"notice made: for Belarus, 26 May 2020, 16:00 UTC, Protocol \(docx\): V75-01",
        "Minsk, protocol service .*fetched 13 Oct 2020, 06:00 UTC, revision 14: has R4",
    ),
    "5": ("programme_2020_as_planned.csv, row 48", "«9 мая 2020 г.»"),
    "6": ("when: 9 May 2020 → 24 Jun 2020", "when: Jun 2020 → Sep 2020"),
    "7": ("R3 → R4", "2 events changed \\(postponed: 2\\)", "EX-2020-INT .*announced on 6 October"),
    "8": ("status: +approved", "when: +late Oct 2020"),
    "9": ("KS-2020-MI .*\n +KS-2020-DR",),
    "10": ("R1    2020-01-15 09:00", "R2    2020-04-15", "R3    2020-07-06", "R4    2020-10-12 .*autumn"),
}


def test_page_has_the_ten_questions() -> None:
    assert list(QUESTIONS) == list(ANSWERS)


@pytest.mark.parametrize("number", ANSWERS)
def test_question_about_the_year_is_answered_by_one_command(answer: Planner, number: str) -> None:
    ran = answer(*shlex.split(QUESTIONS[number]))

    assert ran.status == (1 if QUESTIONS[number].startswith("check") else 0), ran.err
    assert [wanted for wanted in ANSWERS[number] if not re.search(wanted, ran.out)] == []


def test_the_move_of_the_parade_was_not_in_minsk_before_it_was_decided(answer: Planner) -> None:
    before, after = (
        answer("feed", "show", "belarus", "--as-of", day, "--format", "ics").out for day in ("2020-05-25", "2020-05-26")
    )

    assert ("20200624" in _parade(before), "20200624" in _parade(after)) == (False, True)


def _parade(feed: str) -> str:
    [entry] = [part for part in feed.split("BEGIN:VEVENT") if "UID:V75-01@CSTO-2020" in part]
    return entry


def test_year_can_be_looked_at_but_its_questions_change_nothing(answer: Planner, year: Path) -> None:
    before = year.read_bytes()
    for command in QUESTIONS.values():
        answer(*shlex.split(command))

    assert year.read_bytes() == before
