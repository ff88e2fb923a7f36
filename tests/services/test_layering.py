"""Layers of outside events, read from files."""

from datetime import date

import pytest

from planner.domain.entries import Family
from planner.domain.event import Booking, BookingSort, Event, Status
from planner.domain.sources import Layer, Layout
from planner.errors import BadInput, NotFound
from planner.services.layering import LayerPlan, Wanted, propose_delete, propose_new, propose_refresh, reference
from planner.services.lists import File
from planner.services.moving import propose_move
from planner.services.planning import propose_edit
from planner.services.teaching import shape_of
from planner.store import Database
from tests.builders import PROGRAMME, a_kind, a_register, day, days
from tests.plans import fill, plan_of, write

TODAY = date(2020, 3, 1)
SUMMIT = """BEGIN:VEVENT
UID:summit@sco.example
DTSTART;VALUE=DATE:{day}
SUMMARY:Summit
LOCATION:Saint Petersburg
END:VEVENT
"""
MONTHLY = """BEGIN:VEVENT
UID:monthly@sco.example
DTSTART;VALUE=DATE:20191101
RRULE:FREQ=MONTHLY
SUMMARY:Coordinators
LOCATION:Bishkek
END:VEVENT
"""
WANTED = Wanted("SCO", level="heads", parties=("KZ", "RU"), avoid=True)


def a_calendar(*events: str) -> File:
    text = "".join(("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//SCO//EN\n", *events, "END:VCALENDAR\n"))
    return File(text.replace("\n", "\r\n").encode(), "sco.ics")


def summit(on: str = "20201110") -> str:
    return SUMMIT.format(day=on)


def new(database: Database, file: File, wanted: Wanted = WANTED) -> LayerPlan:
    with database.snapshot() as snapshot:
        return propose_new(snapshot, PROGRAMME, wanted, file, TODAY)


def outside(plan: LayerPlan) -> list[Event]:
    return [change.after for change in plan.proposal.changes if isinstance(change.after, Event)]


def test_new_layer_has_its_file_its_day_and_its_events(database: Database) -> None:
    fill(database)

    plan = new(database, a_calendar(summit()))

    layer = plan.proposal.changes[0].after
    assert isinstance(layer, Layer)
    assert (layer.code, layer.file_name, layer.day, layer.kind) == ("SCO", "sco.ics", TODAY, "external")
    [event] = outside(plan)
    assert (event.ref, event.layer, event.foreign_uid) == (
        reference("SCO", "summit@sco.example"),
        "SCO",
        "summit@sco.example",
    )
    assert (event.kind, event.status, event.when.windows) == ("external", Status.CONFIRMED, days("2020-11-10").windows)
    assert event.bookings == (
        Booking(BookingSort.PARTY, "KZ", "heads"),
        Booking(BookingSort.PARTY, "RU", "heads"),
    )
    assert dict(event.remarks) == {"en": "Saint Petersburg"}


def test_what_repeats_is_expanded_within_the_term_each_with_a_reference(database: Database) -> None:
    fill(database)

    events = outside(new(database, a_calendar(MONTHLY)))

    assert [event.when.windows[0].first for event in events] == [date(2020, month, 1) for month in range(1, 13)]
    assert len({event.ref for event in events}) == 12
    assert {b.code for event in events for b in event.booked(BookingSort.PLACE)} == {"bishkek"}


def test_layer_read_again_keeps_references_and_shows_what_moved_came_and_went(database: Database) -> None:
    fill(database)
    write(database, new(database, a_calendar(summit(), MONTHLY)).proposal)

    with database.snapshot() as snapshot:
        same = propose_refresh(snapshot, PROGRAMME, "sco", a_calendar(summit(), MONTHLY), TODAY)
        moved = propose_refresh(snapshot, PROGRAMME, "SCO", a_calendar(summit("20201112")), date(2020, 4, 1))

    assert same.proposal.is_empty
    layer, again, *gone = moved.proposal.changes
    assert isinstance(layer.after, Layer) and layer.after.day == date(2020, 4, 1)
    assert isinstance(again.before, Event) and isinstance(again.after, Event)
    assert again.before.ref == again.after.ref
    assert again.after.when.windows == days("2020-11-12").windows
    assert len(gone) == 12 and all(change.after is None for change in gone)


def test_layer_deleted_takes_its_events_with_it(database: Database) -> None:
    fill(database)
    write(database, new(database, a_calendar(summit())).proposal)

    with database.snapshot() as snapshot:
        write(database, propose_delete(snapshot, PROGRAMME, "SCO"))

    with database.snapshot() as snapshot:
        assert (snapshot.events(), snapshot.register(PROGRAMME).layers) == ((), ())


def test_outside_event_is_not_edited_by_hand(database: Database) -> None:
    fill(database)
    write(database, new(database, a_calendar(summit())).proposal)
    plan, ref = plan_of(database), reference("SCO", "summit@sco.example")

    for change in (lambda: propose_move(plan, ref, "2020-12-01"), lambda: propose_edit(plan, [ref], {"title": "x"})):
        with pytest.raises(BadInput, match="is an outside event of the layer 'SCO'"):
            change()


def test_list_as_a_layer_keeps_its_own_parties_and_leaves_out_what_is_ours(database: Database) -> None:
    fill(database)
    text = "title,start,participants,decision,kind\nRegional exercise,2020-09-01,AM;BY,Plan 7,exercise\n"

    [event] = outside(new(database, File(text.encode(), "partners.csv")))

    assert event.bookings == (
        Booking(BookingSort.PARTY, "AM", "heads"),
        Booking(BookingSort.PARTY, "BY", "heads"),
    )
    assert (event.decision, event.kind) == ("", "external")


def test_rows_that_cannot_be_read_are_named_and_the_others_go_in(database: Database) -> None:
    fill(database)
    text = "title,date_text\nGood,2020-09-01\nBad,31.04.2020\n,2020-09-03\n"

    plan = new(database, File(text.encode(), "partners.csv"))

    assert [event.titles for event in outside(plan)] == [(("en", "Good"),)]
    assert [each.row for each in plan.unread] == [3, 4]


def test_file_without_any_event_is_refused(database: Database) -> None:
    fill(database)

    with pytest.raises(BadInput, match="is not a day"):
        new(database, File(b"title,date_text\nBad,31.04.2020\n", "partners.csv"))


def test_everything_wrong_with_a_new_layer_is_said_at_once(database: Database) -> None:
    kinds = (a_kind(Family.EXTERNAL, "summit"), a_kind(Family.EXTERNAL, "drill"), a_kind(Family.EXERCISE))
    fill(database, register=a_register(kinds=kinds))

    with pytest.raises(BadInput) as refused:
        new(database, a_calendar(summit()), Wanted(" ", parties=("XX",)))

    assert [each.where for each in refused.value.problems] == ["NAME", "--kind", "--for"]
    with pytest.raises(BadInput, match="'exercise' is not an outside kind"):
        new(database, a_calendar(summit()), Wanted("SCO", kind="exercise"))


def test_layer_is_there_once_and_an_unknown_one_names_those_there_are(database: Database) -> None:
    fill(database)
    write(database, new(database, a_calendar(summit())).proposal)

    with pytest.raises(BadInput, match="there is a layer 'sco' already"):
        new(database, a_calendar(summit()), Wanted("sco"))
    with database.snapshot() as snapshot, pytest.raises(NotFound, match="no layer 'CIS'; one of 'SCO'"):
        propose_refresh(snapshot, PROGRAMME, "CIS", a_calendar(summit()), day("2020-04-01"))


def test_layer_is_read_by_headings_that_were_taught_before(database: Database) -> None:
    taught = Layout(PROGRAMME, shape_of(("Occasion", "Wann")), (("occasion", "title"), ("wann", "date_text")))
    fill(database, register=a_register(layouts=(taught,)))

    plan = new(database, File(b"Occasion,Wann\nSummit,2020-11-10\n", "partners.csv"))

    [event] = outside(plan)
    assert (dict(event.titles), event.when.windows) == ({"en": "Summit"}, days("2020-11-10").windows)
