"""The commands of feeds, as people type them."""

import csv
import json
from pathlib import Path

from calendars.lint import RULES
from planner import sample
from planner.wording.flaws import RUSSIAN
from tests.cli.running import Planner

FEEDS = Path(__file__).parent.parent / "feeds"
WRITE = ("--yes", "--by", "A. Writer")


def test_feed_is_made_shown_changed_taken_away_and_brought_back(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    made = planner("feed", "new", "belarus", "--state", "Беларусь", "--level", "public", "--in", "both", *WRITE)
    shown = json.loads(planner("feed", "show", "belarus", "--format", "json").out)
    changed = planner("feed", "edit", "belarus", "--any", "state", "--cancelled-days", "30", *WRITE)
    deleted = planner("feed", "delete", "belarus", *WRITE)
    gone = planner("feed", "show", "belarus")
    planner("undo", *WRITE)
    back = json.loads(planner("feed", "show", "belarus", "--format", "json").out)

    assert [each.status for each in (made, changed, deleted, gone)] == [0, 0, 0, 2]
    assert "    takes in: states: Belarus\n    level: public: for everybody" in made.out
    assert "takes in: states: Belarus → all events" in changed.out
    assert "there is no feed 'belarus'" in gone.err
    assert (shown["selection"]["states"], back["selection"]["states"]) == (["BY"], [])
    assert shown["entries"]
    assert back["policy"]["cancelled_days"] == 30


def test_feed_of_the_programme_is_taken_away_and_stays_away(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    planner("feed", "delete", "public.en", *WRITE)

    listed = {each["name"] for each in json.loads(planner("feed", "list", "--format", "json").out)}
    made = planner("feed", "new", "public.en", "--level", "public", *WRITE)

    assert ("public.en" in listed, "public.ru" in listed) == (False, True)
    assert made.status == 0


def test_every_name_that_is_not_known_is_said_at_once(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    ran = planner("feed", "new", "mine", "--state", "BYY", "--body", "nobody", "--place", "Moscow", *WRITE)
    again = planner("feed", "new", "all.en", *WRITE)
    nearly = planner("feed", "edit", "all.em", "--level", "busy", *WRITE)
    named = planner("feed", "new", "a/b", *WRITE)

    assert [each.status for each in (ran, again, nearly, named)] == [2, 2, 2, 2]
    assert "no party 'BYY' in the programme; did you mean 'BY'?" in ran.err
    assert "no body 'nobody' in the programme" in ran.err
    assert "there is a feed 'all.en' already" in again.err
    assert "did you mean 'all.en" in nearly.err
    assert "'a/b' cannot name a feed" in named.err


def test_feed_as_it_was_is_given_as_it_was(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    before = planner("feed", "show", "all.en", "--format", "ics").out
    assert planner("move", "PC-2020-04", "28 April 2020", *WRITE).status == 0

    now = planner("feed", "show", "all.en", "--format", "ics").out
    then = planner("feed", "show", "all.en", "--as-of", "2", "--format", "ics").out

    assert "Moved: " in now
    assert then == before
    assert "Moved: " not in then


def test_our_feeds_have_nothing_to_be_found_in_them_over_a_move_and_a_cancellation(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    planner("feed", "new", "all", "--in", "both", "--approximate", "span", "--undated", "note", *WRITE)
    planner("feed", "new", "busy", "--level", "busy", *WRITE)
    planner("feed", "write", "before")
    assert planner("move", "PC-2020-04", "28 April 2020", *WRITE).status == 0
    assert planner("cancel", "PC-2020-05", *WRITE).status == 0
    planner("feed", "write", "after")

    names = sorted(path.name for path in (planner.folder / "after").iterdir())
    ran = {name: planner("feed", "lint", f"after/{name}", "--against", f"before/{name}") for name in names}

    assert len(names) == 30
    assert {name: each.out for name, each in ran.items() if each.status != 0} == {}


def test_flaws_are_said_with_line_and_remedy_in_either_language_and_as_json(planner: Planner) -> None:
    path = str(FEEDS / "zone-missing.ics")

    english, russian = planner("feed", "lint", path), planner("feed", "lint", path, "--language", "ru")
    data = json.loads(planner("feed", "lint", path, "--format", "json").out)

    assert (english.status, russian.status) == (1, 1)
    assert english.out == (
        f"{path}:10: error zone-missing: a TZID has no VTIMEZONE: Europe/Moscow (ex-1@example)\n"
        "    → put a VTIMEZONE into the file for each TZID\n"
    )
    assert ":10: ошибка zone-missing: для TZID нет VTIMEZONE: Europe/Moscow" in russian.out
    assert [(each["line"], each["severity"], each["code"], each["uid"]) for each in data] == [
        (10, "error", "zone-missing", "ex-1@example")
    ]


def test_advice_can_be_left_out_and_a_good_feed_ends_with_status_0(planner: Planner) -> None:
    advised = planner("feed", "lint", str(FEEDS / "rrule.ics"))
    errors = planner("feed", "lint", str(FEEDS / "rrule.ics"), "--errors")
    good = planner("feed", "lint", str(FEEDS / "good.ics"))

    assert [each.status for each in (advised, errors, good)] == [1, 0, 0]


def test_file_that_is_not_there_and_older_copy_that_is_no_calendar_are_refused(planner: Planner) -> None:
    missing = planner("feed", "lint", "nowhere.ics")
    older = planner("feed", "lint", str(FEEDS / "good.ics"), "--against", str(FEEDS / "not-a-calendar.ics"))

    assert (missing.status, older.status) == (2, 2)
    assert "nowhere.ics: cannot be read (No such file or directory)" in missing.err
    assert "is no iCalendar file; an older copy of the same feed" in older.err


def test_every_rule_is_said_in_russian() -> None:
    assert RUSSIAN.keys() == RULES.keys()


def test_uids_stay_over_move_rename_re_import_export_and_import_elsewhere(planner: Planner) -> None:
    def uids(*where: str) -> set[str]:
        shown = planner(*where, "feed", "show", "all.en", "--format", "json")
        return {each["uid"] for each in json.loads(shown.out)["entries"]}

    planner.load_sample(sample.LIST)
    before = uids()
    assert planner("move", "PC-2020-04", "28 April 2020", *WRITE).status == 0
    assert planner("edit", "PC-2020-04", "--set", "title_en=Another name", *WRITE).status == 0
    moved = uids()
    planner.load_sample(sample.LIST)
    again = uids()
    exported = planner("export", "plan.csv")
    assert exported.status == 0, exported.err
    taken = planner("import", "plan.csv", *WRITE)
    assert taken.status == 0, taken.err + taken.out[-300:]
    back = uids()
    programme = planner.file("programme.toml", sample.content(sample.PROGRAMME))
    assert planner("--database", "other.db", "programme", "load", programme, *WRITE).status == 0
    rows = list(csv.DictReader((planner.folder / "plan.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    with (planner.folder / "elsewhere.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [name for name in rows[0] if name != "revision"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    other = planner("--database", "other.db", "import", "elsewhere.csv", *WRITE)
    assert other.status == 0, other.err + other.out[-400:]

    assert before
    assert moved == again == back == before == uids("--database", "other.db")
