"""The next year from this one, at the programme of 2020."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planner import sample
from planner.domain.beside import Contact, Note, Paper
from planner.domain.change import Change
from planner.domain.event import Event, Status
from planner.errors import BadInput, Closed, NotFound
from planner.services.closing import propose_close, propose_reopen, unsettled_at_close
from planner.services.copying import Turn, came_from, propose_copy, year_in
from planner.services.handover import hand_over
from planner.services.history import propose_undo
from planner.services.lists import Asked, File, propose_file
from planner.services.moving import propose_cancel
from planner.services.planning import load_plan
from planner.services.programmes import propose_load, read
from planner.services.proposal import Author, Proposal, apply
from planner.store import Database, open_database
from tests.builders import day

NOW = Author("A. Writer", "", datetime(2021, 1, 5, tzinfo=UTC))
TURN = Turn("CSTO-2021", 1, "TJ")


def write(database: Database, proposal: Proposal) -> int | None:
    return apply(database, lambda _: proposal, proposal, NOW)


def with_the_list(database: Database) -> Database:
    """The programme of 2020 with its list."""
    register = read(sample.content(sample.PROGRAMME), "programme.toml")
    with database.snapshot() as snapshot:
        proposal = propose_load(snapshot, register)
    write(database, proposal)
    file = File(sample.content("programme_2020.csv"), "programme_2020.csv")
    with database.snapshot() as snapshot:
        plan = propose_file(snapshot, file, "CSTO-2020", Asked())
    write(database, plan)
    return database


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(str(tmp_path / "plan.db"), writes=True)
    yield with_the_list(opened)
    opened.close()


@pytest.fixture
def year_on_both(database: Database) -> Database:
    return with_the_list(database)


def copied(database: Database, turn: Turn = TURN) -> dict[str, Event]:
    with database.snapshot() as snapshot:
        proposal = propose_copy(snapshot, "CSTO-2020", turn)
    write(database, proposal)
    with database.snapshot() as snapshot:
        return {event.ref: event for event in snapshot.events(turn.to)}


def test_copy_has_every_event_of_the_term_as_a_draft_that_names_what_it_replaces(year: Database) -> None:
    found = copied(year)

    with year.snapshot() as snapshot:
        before = {event.ref for event in snapshot.events("CSTO-2020")}
    assert {came_from(event) for event in found.values()} == before - {"CSC-2019-2", "JM-2019-2"}
    assert {event.status for event in found.values()} == {Status.DRAFT}
    assert {event.decision or event.item or event.remarks or event.internal for event in found.values()} == {()}


def test_copy_keeps_days_of_anniversaries_weekdays_of_meetings_and_months_of_exercises(year: Database) -> None:
    found = copied(year)

    words = {ref: found[ref].when.words for ref in ("V75-01", "V75-02", "CFM-2021-2", "EX-2021-UB", "V75-10")}
    assert words == {
        "V75-01": "9 May 2021",
        "V75-02": "9 May 2021",
        "CFM-2021-2": "30 Nov 2021",
        "EX-2021-UB": "mid-Oct 2021, 5 days",
        "V75-10": "by 1 Jun 2021",
    }
    assert copied(year, Turn("DATES-2021", 1, "RU", keeps_weekday=False))["CFM-2021-2"].when.words == "1 Dec 2021"


def test_copy_gives_the_sessions_of_the_chair_to_the_new_one_and_leaves_the_rest(year: Database) -> None:
    found = copied(year)

    assert (found["CFM-2021-1"].host, found["PC-2021-01"].host, found["V75-02"].host) == ("TJ", "RU", "BY")
    assert {window.zone for window in found["CFM-2021-1"].when.windows} == {"Asia/Dushanbe"}


def test_copy_takes_the_days_off_of_the_new_year_and_says_what_it_leaves(year: Database) -> None:
    with year.snapshot() as snapshot:
        proposal = propose_copy(snapshot, "CSTO-2020", Turn("CSTO-2027", 7, "KZ"))
    write(year, proposal)

    with year.snapshot() as snapshot:
        register = snapshot.register("CSTO-2027")
    assert {holiday.day.year for holiday in register.holidays} <= {2026, 2027, 2028}
    assert any(holiday.estimated for holiday in register.holidays)
    assert (register.programme.chair, register.programme.first, register.decisions) == ("KZ", date(2027, 1, 1), ())
    assert any(note.startswith("days off by decree are not copied: RU 2020-06-24") for note in proposal.notes)


def test_copy_is_one_revision_and_its_undo_leaves_nothing_of_it(year_on_both: Database) -> None:
    with year_on_both.snapshot() as snapshot:
        before = (snapshot.programmes(), snapshot.events())
    copied(year_on_both)
    with year_on_both.snapshot() as snapshot:
        undo = propose_undo(snapshot)
    write(year_on_both, undo)

    with year_on_both.snapshot() as snapshot:
        assert ((snapshot.programmes(), snapshot.events()), snapshot.revision) == (before, 4)


def test_copy_onto_a_programme_backwards_or_under_a_stranger_is_refused(year: Database) -> None:
    with year.snapshot() as snapshot:
        for turn, error in (
            (Turn("CSTO-2020", 1, "RU"), BadInput),
            (Turn("CSTO-2019", -1, "RU"), BadInput),
            (Turn("CSTO-2021", 1, "FR"), NotFound),
        ):
            with pytest.raises(error):
                propose_copy(snapshot, "CSTO-2020", turn)


def test_year_in_a_code_is_found_and_may_be_missing() -> None:
    assert (year_in("CSTO-2021"), year_in("NEXT")) == (2021, None)


def test_closed_programme_refuses_every_write_until_it_is_reopened(year_on_both: Database) -> None:
    with year_on_both.snapshot() as snapshot:
        plan = load_plan(snapshot, "CSTO-2020")
    cancelled = propose_cancel(plan, "EX-2020-INT")
    write(year_on_both, propose_close(plan))

    with pytest.raises(Closed, match="planner programme reopen CSTO-2020"):
        write(year_on_both, cancelled)
    with year_on_both.snapshot() as snapshot:
        assert snapshot.revision == 3
        again = propose_load(snapshot, read(sample.content(sample.PROGRAMME), "programme.toml"))
        assert again.is_empty, "a file neither closes nor opens"
        assert propose_close(load_plan(snapshot, "CSTO-2020")).is_empty
        reopened = propose_reopen(load_plan(snapshot, "CSTO-2020"))
    write(year_on_both, reopened)
    assert write(year_on_both, cancelled) == 5


def test_reopening_with_anything_else_in_it_is_refused(year: Database) -> None:
    with year.snapshot() as snapshot:
        plan = load_plan(snapshot, "CSTO-2020")
    cancelled = propose_cancel(plan, "EX-2020-INT")
    write(year, propose_close(plan))
    with year.snapshot() as snapshot:
        reopened = propose_reopen(load_plan(snapshot, "CSTO-2020"))
    both = Proposal(reopened.revision, "reopen", (*reopened.changes, *cancelled.changes))

    with pytest.raises(Closed):
        write(year, both)


def test_unsettled_at_the_close_are_those_over_those_to_come_and_those_without_a_date(year: Database) -> None:
    with year.snapshot() as snapshot:
        plan = load_plan(snapshot, "CSTO-2020")

    reasons: dict[str, list[str]] = {}
    for each in unsettled_at_close(plan, day("2020-12-03")):
        reasons.setdefault(each.why.value, []).append(each.event.ref)
    assert list(reasons) == ["over", "coming", "undated"]
    assert reasons["undated"] == ["EX-2020-INT", "EX-2020-SEA"]
    assert "BC-2020-1" in reasons["coming"]
    assert "V75-12" in reasons["over"]


def test_copy_leaves_notes_papers_and_contacts_in_their_year(year: Database) -> None:
    on = NOW.now.date()
    kept = (
        Note("CSTO-2020", "EX-2020-UB", 1, "words", "A. Writer", on),
        Paper("CSTO-2020", "EX-2020-UB", 1, "Agenda", "https://files.example.org/a.pdf"),
        Contact("CSTO-2020", "BY", 1, "Xenia Zzyzx", salt="0f" * 16),
    )
    with year.transaction(who="A. Writer", why="", means="note", now=NOW.now) as transaction:
        transaction.apply([Change(None, each) for each in kept])

    copied(year)

    with year.snapshot() as snapshot:
        after = snapshot.register("CSTO-2021")
    assert (after.notes, after.papers, after.contacts) == ((), (), ())


def test_what_is_handed_over_names_no_contact(year: Database, tmp_path: Path) -> None:
    contact = Contact("CSTO-2020", "BY", 1, "Xenia Zzyzx", email="zzyzx@example.org", salt="0f" * 16)
    with year.transaction(who="A. Writer", why="", means="contact", now=NOW.now) as transaction:
        transaction.apply([Change(None, contact)])

    with year.snapshot() as snapshot:
        hand_over(snapshot, "CSTO-2020", tmp_path / "out", ())

    files = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert b"contact BY 1" in files["history.csv"]
    assert [name for name, content in files.items() if b"Zzyzx" in content or b"zzyzx@" in content] == []
