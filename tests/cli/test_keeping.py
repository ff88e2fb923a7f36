"""`note`, `paper` and `contact` from end to end."""

import hashlib
import json

from planner import sample
from tests.cli.running import Planner

SECRETS = (b"Xenia Zzyzx", b"zzyzx@example.org", b"123-45-67")


def test_notes_and_papers_are_shown_and_taken_away_by_number(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    planner.file("agenda.pdf", b"%PDF-1.7 agenda")
    digest = hashlib.sha256(b"%PDF-1.7 agenda").hexdigest()

    noted = planner("note", "EX-2020-UB", "Minsk asks for a day more", "--today", "2020-10-08", "--yes")
    planner("paper", "EX-2020-UB", "Agenda", "https://files.example.org/a.pdf", "--file", "agenda.pdf", "--yes")

    shown = planner("show", "EX-2020-UB").out
    assert noted.status == 0
    assert "1. 8 October 2020, A. Writer: Minsk asks for a day more" in shown.replace("8 Oct ", "8 October ")
    assert f"1. Agenda  https://files.example.org/a.pdf  SHA-256 {digest[:12]}…" in shown
    said = json.loads(planner("show", "EX-2020-UB", "--format", "json").out)
    assert [each["sha256"] for each in said["papers"]] == [digest]
    assert planner("note", "EX-2020-UB", "--remove", "1", "--yes").status == 0
    assert planner("paper", "EX-2020-UB", "--remove", "1", "--yes").status == 0
    assert "Minsk" not in planner("show", "EX-2020-UB").out
    assert planner("note", "EX-2020-UB", "--remove", "1", "--yes").status == 2


def test_note_without_text_or_with_both_text_and_removal_is_refused(planner: Planner) -> None:
    planner.load_sample(sample.LIST)

    for arguments in ((), ("words", "--remove", "1")):
        refused = planner("note", "EX-2020-UB", *arguments, "--yes")
        assert refused.status == 2
        assert "--remove NUMBER" in refused.err


def test_erased_contact_is_gone_from_every_output_and_file_and_the_log_is_whole(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    about = ("--for", "protocol", "--email", "zzyzx@example.org", "--phone", "+375 17 123-45-67")
    planner("contact", "add", "Belarus", "Xenia Zzyzx", *about, "--yes")
    planner("contact", "edit", "BY", "1", "--phone", "+375 17 123-45-68", "--yes")
    listed = planner("contact", "list", "Belarus").out

    erased = planner("contact", "erase", "BY", "1", "--yes")

    assert listed == "BY    1  Xenia Zzyzx, protocol, zzyzx@example.org, +375 17 123-45-68\n"
    assert erased.status == 0
    assert planner("contact", "list").out == ""
    files = b"".join(path.read_bytes() for path in planner.folder.iterdir())
    assert [secret for secret in SECRETS if secret in files] == []
    assert planner("db", "check", "--log").status == 0
    assert planner("db", "compact").status == 0
    undone = planner("undo", "--yes")
    assert "was erased for good and stays so" in undone.out + undone.err
    assert planner("contact", "list").out == ""


def test_programme_loaded_again_keeps_what_people_noted(planner: Planner) -> None:
    planner.load_sample(sample.LIST)
    planner("note", "EX-2020-UB", "kept", "--yes")
    planner("contact", "add", "BY", "Duty officer", "--yes")

    planner("programme", "load", "programme.toml", "--yes")

    assert ": kept" in planner("show", "EX-2020-UB").out
    assert planner("contact", "list").out == "BY    1  Duty officer\n"
