"""A calendar of another program, imported again: the same UID is the same event, and older issues undo nothing."""

import pytest

from planner.domain.event import Event, Status
from planner.domain.listing import Outcome
from planner.services import moving
from planner.services.history import propose_undo
from planner.services.importing import ImportPlan
from planner.services.lists import Asked, File, propose_file
from planner.store import Database
from tests.boards import sample_register
from tests.plans import events_of, fill, plan_of, write

CODE = "CSTO-2020"
MODIFIED = "LAST-MODIFIED:20200110T120000Z\n"


def entry(uid: str, title: str, day: str, more: str = "", sequence: int = 0) -> str:
    start = f"DTSTART;TZID=Europe/Moscow:202005{day}T100000\nDTEND;TZID=Europe/Moscow:202005{day}T120000"
    return f"BEGIN:VEVENT\nUID:{uid}\nSEQUENCE:{sequence}\n{more}{start}\nSUMMARY:{title}\nEND:VEVENT\n"


def plan_with(database: Database, *entries: str, list_name: str | None = None) -> ImportPlan:
    content = f"BEGIN:VCALENDAR\nVERSION:2.0\n{''.join(entries)}END:VCALENDAR\n".replace("\n", "\r\n").encode()
    with database.snapshot() as snapshot:
        return propose_file(
            snapshot, File(content, "meetings.ics"), CODE, Asked(kind="consultation", list_name=list_name)
        )


@pytest.fixture
def plan(database: Database) -> Database:
    """Two meetings called alike, imported from a calendar."""
    fill(database, register=sample_register())
    write(database, plan_with(database, entry("a@x", "Meeting", "12", MODIFIED, 2), entry("b@x", "Meeting", "19")))
    return database


def by_uid(database: Database) -> dict[str, Event]:
    return {event.foreign_uid: event for event in events_of(database).values()}


def test_event_renamed_and_moved_is_the_same_by_its_uid(plan: Database) -> None:
    before = by_uid(plan)

    # b moves before a, and under another name: by their order or title they would be taken for one another
    again = plan_with(plan, entry("b@x", "Round table", "05", sequence=1), entry("a@x", "Meeting", "19", MODIFIED, 3))
    write(plan, again)

    after = by_uid(plan)
    assert {uid: event.ref for uid, event in after.items()} == {uid: event.ref for uid, event in before.items()}
    assert (after["b@x"].titles, after["b@x"].when.windows[0].first.day) == ((("en", "Round table"),), 5)
    assert after["a@x"].when.windows[0].first.day == 19
    assert again.matched == ()  # by UID, not by title


@pytest.mark.parametrize(
    ("more", "sequence", "why"),
    [
        (MODIFIED, 1, "older (SEQUENCE 1) than what was imported before (SEQUENCE 2)"),
        (
            "LAST-MODIFIED:20200109T120000Z\n",
            2,
            "older (last modified 2020-01-09T12:00:00+00:00) than what was imported",
        ),
    ],
)
def test_older_issue_undoes_nothing_and_is_named(plan: Database, more: str, sequence: int, why: str) -> None:
    before = events_of(plan)

    again = plan_with(plan, entry("a@x", "Old name", "02", more, sequence), entry("b@x", "Meeting", "19"))

    assert (again.changes, again.problems, again.gone) == ((), (), ())
    assert [why in note for note in again.notes] == [True]
    assert events_of(plan) == before


@pytest.mark.parametrize(
    ("more", "sequence"), [("", 2), (MODIFIED, 2), ("LAST-MODIFIED:20200111T120000Z\n", 2), ("", 3)]
)
def test_issue_that_is_not_older_is_taken(plan: Database, more: str, sequence: int) -> None:
    write(plan, plan_with(plan, entry("a@x", "Meeting", "13", more, sequence), entry("b@x", "Meeting", "19")))

    assert by_uid(plan)["a@x"].when.windows[0].first.day == 13


def test_older_issue_among_newer_ones_is_not_what_the_list_said_last(plan: Database) -> None:
    write(plan, plan_with(plan, entry("a@x", "Meeting", "02", MODIFIED, 1), entry("b@x", "Meeting", "20", sequence=1)))

    again = plan_with(plan, entry("a@x", "Meeting", "12", MODIFIED, 2), entry("b@x", "Meeting", "20", sequence=1))

    assert (again.changes, again.notes) == ((), ())
    assert by_uid(plan)["a@x"].when.windows[0].first.day == 12


def test_older_issue_in_another_calendar_is_no_word_of_it_against_a_hand_edit(plan: Database) -> None:
    ref = by_uid(plan)["a@x"].ref
    write(plan, moving.propose_move(plan_of(plan, CODE), ref, "20 May 2020"))
    write(plan, plan_with(plan, entry("a@x", "Meeting", "11", sequence=1), entry("c@x", "Third", "25"), list_name="b"))

    again = plan_with(plan, entry("a@x", "Meeting", "14", sequence=3), entry("c@x", "Third", "25"), list_name="b")

    assert [row.outcome for row in again.rows] == [Outcome.UNDECIDED, Outcome.UNCHANGED]


def test_import_that_was_undone_is_no_issue_to_be_behind(plan: Database) -> None:
    number = write(plan, plan_with(plan, entry("a@x", "Meeting", "13", MODIFIED, 5), entry("b@x", "Meeting", "19")))
    assert number is not None
    with plan.snapshot() as snapshot:
        undo = propose_undo(snapshot, number)
    write(plan, undo)

    again = plan_with(plan, entry("a@x", "Meeting", "14", MODIFIED, 3), entry("b@x", "Meeting", "19"))

    assert [change.key.code for change in again.changes if isinstance(change.after, Event)] == [by_uid(plan)["a@x"].ref]


def test_edit_by_hand_stays_where_the_calendar_did_not_change(plan: Database) -> None:
    ref = by_uid(plan)["b@x"].ref
    write(plan, moving.propose_move(plan_of(plan, CODE), ref, "21 мая, 10:00–12:00"))

    again = plan_with(plan, entry("a@x", "Meeting", "12", MODIFIED, 2), entry("b@x", "Meeting", "19", sequence=1))

    assert (again.changes, again.problems) == ((), ())


def test_day_of_a_series_that_moved_stays_that_event(database: Database) -> None:
    fill(database, register=sample_register())
    series = entry("s@x", "Weekly", "04", "RRULE:FREQ=WEEKLY;COUNT=4\n")
    write(database, plan_with(database, series))
    before = by_uid(database)

    moved = entry("s@x", "Weekly", "13", "RECURRENCE-ID;TZID=Europe/Moscow:20200511T100000\n", 1)
    later = entry("s@x", "Later", "19", "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Moscow:20200518T100000\n", 1)
    write(database, plan_with(database, series, moved, later))

    after = by_uid(database)
    assert {uid: event.ref for uid, event in after.items()} == {uid: event.ref for uid, event in before.items()}
    assert [
        (uid[:14], event.when.windows[0].first.day, event.titles[0][1]) for uid, event in sorted(after.items())
    ] == [
        ("s@x 2020-05-04", 4, "Weekly"),
        ("s@x 2020-05-11", 13, "Weekly"),
        ("s@x 2020-05-18", 19, "Later"),
        ("s@x 2020-05-25", 26, "Later"),
    ]


def test_cancellation_of_the_same_uid_cancels(plan: Database) -> None:
    entries = entry("a@x", "Meeting", "12", f"STATUS:CANCELLED\n{MODIFIED}", 3), entry("b@x", "Meeting", "19")
    write(plan, plan_with(plan, *entries))

    assert by_uid(plan)["a@x"].status is Status.CANCELLED
