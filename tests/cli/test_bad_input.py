"""Bad input: one sentence each, all in one pass, status 2 or 1, and nothing stored."""

import importlib

import pytest

from planner import sample
from tests.cli.running import Planner

HEADINGS = "ref,title_en,kind,body,date_text,start,end,participants"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "list.csv: is empty"),
        (b"ref,title_en\nA-1,Drill\n", "no column 'date_text' or 'start'"),
        (b"%PDF-1.7 not a table", "a PDF document"),
        (b"PK\x03\x04 not a table either", "damaged or was cut off"),
        ((HEADINGS + '\nA-1,"Drill\nwithout an end').encode(), "row 2"),
        ("ref;title_ru;kind;date_text\nA-1;Учение;exercise;12.10.2020".encode("koi8-r"), "UTF-8"),
    ],
    ids=["empty", "missing column", "PDF", "zip", "cut in a quoted cell", "neither UTF-8 nor cp1251"],
)
def test_file_that_is_no_list_is_refused_in_a_sentence(planner: Planner, content: bytes, sentence: str) -> None:
    planner.load_sample()
    planner.file("list.csv", content)

    ran = planner("import", "list.csv", "--yes")

    assert ran.status == 2
    assert sentence in ran.err
    assert planner("history").out.count("\n") == 1


def test_file_that_is_not_there_is_named(planner: Planner) -> None:
    planner.load_sample()

    ran = planner("import", "no such.csv")

    assert (ran.status, "no such.csv: cannot be read" in ran.err) == (2, True)


def test_every_fault_of_a_list_comes_in_one_pass_and_nothing_is_stored(planner: Planner) -> None:
    planner.load_sample()
    rows = [
        "A-1,Drill,exercise,JS,31.04.2020,,,",
        "A-2,Drill,exercise,JSS,12.10.2020,,,AM;Armenistan",
        "A-3,Drill,exercise,JS,,2020-05-09,2020-05-08,",
        "A-4,Drill,exercise,JS,3/6/2020,,,",
        "A-5,Drill,exercise,JS,soonish,,,",
        "A-6,Drill,exercise,JS,12.10.2020,,,AM",
    ]
    planner.file("list.csv", "\n".join([HEADINGS, *rows]))

    ran = planner("import", "list.csv", "--yes")

    assert ran.status == 1
    assert "+ 1 new" in ran.out
    assert "? 1 to decide" in ran.out
    assert "! 4 rows I could not read" in ran.out
    said = " ".join(ran.out.split())
    for words in (
        "row 2 E2 '31.04.2020' is not a day (April 2020 has 30) write days as 2020-04-30",
        "row 3 D3 'JSS' is not a body I know did you mean 'JS'",
        "H3 'Armenistan' is not a state or organisation I know",
        "row 4 G4 2020-05-08 is before the start, 2020-05-09",
        "«3/6/2020» is 3 Jun 2020 or 6 Mar 2020 say --day-first or --month-first",
        "I do not know the word 'soonish' in a date",
    ):
        assert words in said
    assert "a list is all or nothing" in ran.err
    assert planner("history").out.count("\n") == 1


def test_programme_file_with_five_faults_names_all_and_stores_nothing(planner: Planner) -> None:
    text = sample.content(sample.PROGRAMME).decode()
    faults = (
        ('zone = "Europe/Moscow"\nmembers', 'zone = "Europe/Moskow"\nmembers'),
        ('chair = "RU"', 'chair = "XX"'),
        ('family = "council_session"', 'family = "session"'),
        ('within = "CRRF"', 'within = "CRF"'),
        ("at = [55.75, 37.62]", 'at = "Moscow"'),
    )
    for before, after in faults:
        assert before in text
        text = text.replace(before, after, 1)
    planner.file("bad.toml", text)

    ran = planner("programme", "load", "bad.toml", "--yes")

    assert ran.status == 2
    for said in (
        "'Europe/Moskow' is not a time zone",
        "there is no member 'XX'",
        "'session' is not known",
        "there is no force 'CRF'; did you mean 'CRRF'?",
        "'Moscow' is not a place on earth",
    ):
        assert said in ran.err
    assert not (planner.folder / "planner.db").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("show", "EX-2020-UX"), "no event 'EX-2020-UX'; did you mean 'EX-2020-UB'"),
        (("list", "--kind", "exersise"), "no kind 'exersise' in the programme; did you mean 'exercise'"),
        (("list", "--status", "done"), "'done' is not known; one of draft, proposed"),
        (("list", "--from", "12.10.2020"), "is not a day; write it as 2020-10-12"),
        (("list", "--from", "2020-09-01", "--to", "2020-01-01"), "--to: 2020-01-01 is before 2020-09-01, the day of"),
        (("check", "--to", "2020-01-01", "--from", "2020-09-01"), "--to: 2020-01-01 is before 2020-09-01, the day of"),
        (("edit", "EX-2020-UB"), "nothing to set"),
        (("edit", "EX-2020-UB", "--set", "people"), "'people' has no '='"),
        (("edit", "EX-2020-UB", "--set", "people=many"), "'many' is not a number of people"),
        (("move", "EX-2020-ECH", "31.04.2020"), "EX-2020-ECH: is held and cannot be moved"),
        (("move", "EX-2020-CRC", "31.04.2020"), "is not a day (April 2020 has 30)"),
        (("confirm", "EX-2020-COB"), "planner approve EX-2020-COB"),
        (("undo", "99"), "there is no revision 99"),
        (("feed", "write", "programme.toml/x"), "cannot be written"),
        (("--database", "nowhere/plan.db", "list"), "there is no database"),
        (("--database", "programme.toml", "list"), "is not a database of the planner"),
        (("--database", "mysql://x/y", "list"), "mysql is not supported; SQLite or PostgreSQL"),
    ],
)
def test_wrong_argument_gets_one_sentence(planner: Planner, arguments: tuple[str, ...], sentence: str) -> None:
    planner.load_sample(sample.LIST)

    ran = planner(*arguments)

    assert ran.status == 2
    assert sentence in ran.err


def test_settings_that_cannot_be_read_are_named_all_at_once(planner: Planner) -> None:
    planner.file("planner.toml", 'databas = "x.db"\nlanguage = "de"\nuser = 5\n')

    ran = planner("list")

    assert ran.status == 2
    assert [line.split(": ", 1)[1].split(":")[0] for line in ran.err.strip().splitlines()] == [
        'planner.toml, key "databas"',
        'planner.toml, key "user"',
        'planner.toml, key "language"',
    ]


def test_defect_of_our_own_gives_a_number_and_no_traceback(planner: Planner, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    planner.load_sample()

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a defect")

    importlib.import_module("planner.services.suggesting")  # loaded later it would keep the broken one for other tests
    monkeypatch.setattr("planner.services.checking.check", broken)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(planner.folder))

    ran = planner("check")

    assert ran.status == 70
    assert "the planner made a mistake of its own (report " in ran.err
    [report] = planner.folder.glob("planner-*.txt")
    assert "ZeroDivisionError: a defect" in report.read_text()


@pytest.mark.parametrize("day", ["31.12.9999", "0001-01-01", "2020-10-12/9999-12-31"])
@pytest.mark.parametrize("command", ["move", "edit", "can", "check --if"])
def test_day_that_no_plan_has_is_refused_by_every_command(planner: Planner, command: str, day: str) -> None:
    planner.load_sample(sample.LIST_AS_PLANNED)
    said = {
        "move": ("move", "EX-2020-UB", day, "--reason", "slip", "--yes"),
        "edit": ("edit", "EX-2020-UB", "--set", f"when={day}", "--reason", "slip", "--yes"),
        "can": ("can", "EX-2020-UB", day),
        "check --if": ("check", "--if", f"EX-2020-UB={day}"),
    }

    ran = planner(*said[command])

    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "is outside the years 1900 to 2200" in ran.err


def test_list_with_days_that_no_plan_has_names_each_of_them(planner: Planner) -> None:
    planner.load_sample()
    rows = [
        "A-1,Drill,exercise,JS,31.12.9999,,,",
        "A-2,Drill,exercise,JS,,0001-01-01,,",
        "A-3,Drill,exercise,JS,,2020-01-01,2199-01-01,",
        "A-4,Drill,exercise,JS,,2020-01-01 10:00,9999-01-01 12:00,",
    ]
    planner.file("list.csv", "\n".join([HEADINGS, *rows]))

    ran = planner("import", "list.csv", "--yes")

    assert (ran.status, "! 4 rows I could not read" in ran.out) == (1, True)
    said = " ".join(ran.out.split())
    for words in (
        "the year 9999 is outside the years 1900 to 2200",
        "the year 0001 is outside the years 1900 to 2200",
        "2020-01-01 to 2199-01-01 is longer than 20 years",
        "9999-01-01 is outside the years 1900 to 2200",
    ):
        assert words in said


def test_programme_that_runs_for_ever_is_refused(planner: Planner) -> None:
    text = sample.content(sample.PROGRAMME).decode().replace("last = 2020-12-31", "last = 9999-12-31", 1)
    planner.file("programme.toml", text)

    ran = planner("programme", "load", "programme.toml", "--yes")

    assert ran.status == 2
    assert "9999-12-31 is outside the years 1900 to 2200" in ran.err


def test_today_that_no_plan_has_is_refused(planner: Planner) -> None:
    planner.load_sample()

    ran = planner("check", "--today", "9999-12-31")

    assert (ran.status, "9999-12-31 is outside the years 1900 to 2200" in ran.err) == (2, True)
