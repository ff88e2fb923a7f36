"""Changes by hand: what each proposes, and what it refuses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from planner.domain.change import Change
from planner.domain.event import Event, Link, Relation, Status
from planner.domain.window import Mode
from planner.errors import BadInput, NotFound
from planner.services import moving, planning
from planner.services.forecasting import forecast
from planner.services.history import propose_undo
from planner.services.proposal import Proposal
from planner.store import Database, open_database
from tests.builders import an_event, days, some_time
from tests.plans import events_of, fill, plan_of, write

EXERCISE = an_event("EX", when=replace(days("2020-10-12", "2020-10-16"), words="12-16.10.2020"))
PHASE = an_event("P1", when=days("2020-10-12", "2020-10-13"), links=(Link(Relation.PART_OF, "EX"),))
DEPLOYMENT = an_event("DEP", when=days("2020-10-05", "2020-10-11"), links=(Link(Relation.AROUND, "EX"),))
TOGETHER = an_event("SEA", when=days("2020-10-14", "2020-10-15"), links=(Link(Relation.WITH, "EX"),))
TALKS = an_event("TRN", when=days("2020-10-08", "2020-10-09"), links=(Link(Relation.PREPARES, "EX"),))


@pytest.fixture
def database() -> Iterator[Database]:
    opened = open_database("sqlite://", writes=True)
    fill(opened, EXERCISE, PHASE, DEPLOYMENT, TOGETHER, TALKS)
    yield opened
    opened.close()


def stretches(database: Database, *refs: str) -> list[str]:
    events = events_of(database)
    return [f"{w.first:%d.%m}-{w.last:%d.%m}" for ref in refs for w in events[ref].when.windows]


def test_move_takes_phases_and_deployment_along_by_as_many_days(database: Database) -> None:
    proposal = moving.propose_move(plan_of(database), "EX", "19–23 октября")
    write(database, proposal)

    assert stretches(database, "EX", "P1", "DEP", "SEA", "TRN") == [
        "19.10-23.10", "19.10-20.10", "12.10-18.10", "14.10-15.10", "08.10-09.10",
    ]  # fmt: skip
    assert proposal.notes == ("SEA is held together with EX or belongs to it, and stays",)
    moved = events_of(database)["EX"].when
    assert (moved.words, moved.former, moved.former_windows) == (
        "19–23 октября",
        "12-16.10.2020",
        EXERCISE.when.windows,
    )


@pytest.mark.parametrize(("along", "moved"), [("none", 1), ("phases", 3), ("all", 4)])
def test_move_takes_along_what_is_asked(database: Database, along: moving.Along, moved: int) -> None:
    assert len(moving.propose_move(plan_of(database), "EX", "19-23.10.2020", along).changes) == moved


def test_move_before_its_preparation_says_what_becomes_late(database: Database) -> None:
    notes = moving.propose_move(plan_of(database), "EX", "5-9.10.2020", "none").notes

    assert "TRN prepares EX and would end after it starts" in notes


def test_move_to_where_it_stands_changes_nothing(database: Database) -> None:
    assert moving.propose_move(plan_of(database), "EX", "12–16 октября 2020 г.").is_empty


@pytest.mark.parametrize("words", ["31.04.2020", "TBC", "до 1 июня", "3/6/2020"])
def test_move_to_no_day_is_refused(database: Database, words: str) -> None:
    with pytest.raises(BadInput):
        moving.propose_move(plan_of(database), "EX", words)


@pytest.mark.parametrize("status", [Status.HELD, Status.CANCELLED])
def test_event_that_is_closed_does_not_move(database: Database, status: Status) -> None:
    write(database, planning.propose_edit(plan_of(database), ["EX"], {"status": status.value}))

    with pytest.raises(BadInput, match=f"EX: is {status.value} and cannot be moved"):
        moving.propose_move(plan_of(database), "EX", "19-23.10.2020")


def test_postponed_event_stands_on_no_day_until_it_is_moved(database: Database) -> None:
    write(database, moving.propose_postpone(plan_of(database), "EX", "none"))
    postponed = events_of(database)["EX"]
    write(database, moving.propose_move(plan_of(database), "EX", "2-6.11.2020", "none"))
    moved = events_of(database)["EX"]

    assert (postponed.status, postponed.when.mode, postponed.when.windows) == (Status.POSTPONED, Mode.UNDATED, ())
    assert postponed.when.former_windows == moved.when.former_windows == EXERCISE.when.windows
    assert (moved.status, moved.when.is_fixed) == (Status.APPROVED, True)


def test_cancelled_event_keeps_its_date(database: Database) -> None:
    write(database, moving.propose_cancel(plan_of(database), "EX"))

    events = events_of(database)
    assert [events[ref].status for ref in ("EX", "P1", "DEP", "SEA")] == [*[Status.CANCELLED] * 3, Status.APPROVED]
    assert events["EX"].when == EXERCISE.when


def test_approval_names_its_paper_which_is_added_when_new(database: Database) -> None:
    write(database, planning.propose_edit(plan_of(database), ["EX"], {"status": "proposed"}))
    proposal = planning.propose_approve(plan_of(database), ["EX"], "Council 2020 No 5")
    write(database, proposal)

    assert [str(change.key) for change in proposal.changes] == ["decision Council 2020 No 5", "EX"]
    assert (events_of(database)["EX"].status, events_of(database)["EX"].decision) == (
        Status.APPROVED,
        "Council 2020 No 5",
    )


def test_confirmation_needs_approval_and_a_fixed_day(database: Database) -> None:
    some = an_event("SOME", when=some_time("2020-11-01", "2020-11-30"))
    draft = an_event("DRAFT", status=Status.DRAFT)
    write(database, planning.propose_edit(plan_of(database), ["P1"], {"status": "proposed"}))
    database_plan = plan_of(database)
    events = {**database_plan.events, "SOME": some, "DRAFT": draft}

    with pytest.raises(BadInput) as refused:
        planning.propose_confirm(replace(database_plan, events=events), ["EX", "SOME", "DRAFT", "P1"])

    assert [f"{p.where} {p.found}" for p in refused.value.problems] == [
        "SOME has no fixed day",
        "DRAFT is draft",
        "P1 is proposed",
    ]


def test_new_event_gets_the_next_free_reference_of_its_kind(database: Database) -> None:
    cells = {"kind": "exercise", "title": "Учение «Барьер»", "date_text": "2–6 ноября", "participants": "AM;BY"}
    write(database, planning.propose_add(plan_of(database), "", cells))
    write(database, planning.propose_add(plan_of(database), "", cells))

    added = [event for ref, event in events_of(database).items() if ref.startswith("EXER")]
    assert [event.ref for event in added] == ["EXER-2020-01", "EXER-2020-02"]
    assert added[0].titles == (("ru", "Учение «Барьер»"),)
    assert added[0].when.is_fixed


def test_event_that_cannot_be_read_is_not_added_and_every_fault_is_named(database: Database) -> None:
    with pytest.raises(BadInput) as refused:
        planning.propose_add(plan_of(database), "", {"kind": "exercize", "title": "", "date_text": "31.04.2020"})

    assert len(refused.value.problems) == 3


@pytest.mark.parametrize(("ref", "found"), [("EX", "there is already an event EX"), ("A/B", "cannot be a ref")])
def test_reference_that_cannot_be_given_is_refused(database: Database, ref: str, found: str) -> None:
    with pytest.raises(BadInput, match=found):
        planning.propose_add(plan_of(database), ref, {"kind": "exercise", "title": "Drill"})


def test_edit_of_several_events_is_one_proposal(database: Database) -> None:
    proposal = planning.propose_edit(plan_of(database), ["EX", "P1"], {"people": "900", "venue": "Losvido range"})
    write(database, proposal)

    assert {event.people for ref, event in events_of(database).items() if ref in {"EX", "P1"}} == {900}
    assert events_of(database)["EX"].when.windows[0].zone == "Europe/Minsk"


def test_title_in_one_language_leaves_the_other(database: Database) -> None:
    write(database, planning.propose_edit(plan_of(database), ["EX"], {"title": "Учение «Рубеж»"}))

    assert dict(events_of(database)["EX"].titles) == {"en": "Event EX", "ru": "Учение «Рубеж»"}


def test_field_nobody_knows_is_named_with_the_nearest(database: Database) -> None:
    with pytest.raises(BadInput, match="\"peeple\": is not a field I can set; did you mean 'people'"):
        planning.propose_edit(plan_of(database), ["EX"], {"peeple": "5"})


def test_link_replaces_one_of_the_same_kind_and_never_points_at_itself(database: Database) -> None:
    write(database, planning.propose_link(plan_of(database), "TRN", "EX", Relation.PREPARES, gap_days=14))

    assert events_of(database)["TRN"].links == (Link(Relation.PREPARES, "EX", 14),)
    with pytest.raises(BadInput, match="cannot be linked to itself"):
        planning.propose_link(plan_of(database), "EX", "EX", Relation.WITH)


def test_event_nobody_has_is_named_with_the_nearest(database: Database) -> None:
    with pytest.raises(NotFound, match="no event 'DEPP'; did you mean 'DEP'"):
        moving.propose_cancel(plan_of(database), "DEPP")


def test_undo_leaves_what_was_changed_later_and_says_so(database: Database) -> None:
    write(database, planning.propose_edit(plan_of(database), ["EX"], {"people": "100", "responsible": "Staff"}))
    write(database, planning.propose_edit(plan_of(database), ["EX"], {"people": "200"}))

    with database.snapshot() as snapshot:
        proposal = propose_undo(snapshot, 2)

    [change] = proposal.changes
    assert isinstance(change.after, Event)
    assert (change.after.people, change.after.responsible) == (200, "")
    assert proposal.notes == ("EX: people was changed later and stays as it is",)


def test_undo_of_the_programme_keeps_what_its_events_need(database: Database) -> None:
    later = an_event("LATER", kind="media")
    write(database, Proposal(1, "add", (Change(None, later),)))
    with database.snapshot() as snapshot:
        proposal = propose_undo(snapshot, 1)

    kept = {note.removesuffix(" stays: events still name it") for note in proposal.notes}
    assert {"programme TEST-2020", "kind media", "party AM", "party BY"} <= kept
    assert "programme TEST-2020" not in {str(change.key) for change in proposal.changes}


def test_undo_of_nothing_is_refused(database: Database) -> None:
    with database.snapshot() as snapshot, pytest.raises(NotFound, match="there is no revision 9; 1 to 1"):
        propose_undo(snapshot, 9)


def test_forecast_names_what_a_change_would_clear_and_create(database: Database) -> None:
    clashing = an_event("NEW", when=days("2020-10-16", "2020-10-20"), forces=["CPF"])
    write(database, Proposal(1, "add", (Change(None, clashing),)))
    write(database, planning.propose_edit(plan_of(database), ["EX"], {"forces": "CPF"}))

    away = moving.propose_move(plan_of(database), "NEW", "2-6.11.2020")
    there = moving.propose_move(plan_of(database), "SEA", "19-20.10.2020")
    with database.snapshot() as snapshot:
        cleared = forecast(snapshot, away.changes, date(2020, 5, 1)).cleared
        created = forecast(snapshot, there.changes, date(2020, 5, 1)).created

    assert [(f.rule, f.refs) for f in cleared] == [("C04", ("EX", "NEW"))]
    assert [(f.rule, f.refs) for f in created] == [("C01", ("NEW", "SEA"))]
