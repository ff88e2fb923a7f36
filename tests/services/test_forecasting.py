"""What changes would create and clear: every finding of a few, the number of double bookings of very many."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.board import Board
from planner.domain.change import Change
from planner.domain.entries import Facility, Preparation
from planner.domain.event import Booking, BookingSort, Event
from planner.services.checking import Options, check
from planner.services.forecasting import MOST_JUDGED, Forecast, Tally, compared, forecast, neighbourhood, outlook, tally
from planner.store import Database, open_database
from tests.builders import PROGRAMME, an_event, days, some_time
from tests.plans import fill
from tests.rules.worlds import REGISTER, a_world

TODAY = date(2020, 5, 1)


@pytest.fixture
def database() -> Iterator[Database]:
    """In memory, with two events that clash over two states."""
    opened = open_database("sqlite://", writes=True)
    fill(opened, an_event("A"), an_event("B"))
    yield opened
    opened.close()


def test_a_few_changes_are_judged_and_very_many_are_counted(database: Database) -> None:
    many = [Change(None, an_event(f"N-{n}", states=("KZ",))) for n in range(MOST_JUDGED + 1)]

    with database.snapshot() as snapshot:
        few, all_of_them = (outlook(snapshot, changes, TODAY) for changes in (many[:2], many))

    assert isinstance(few, Forecast)
    assert len(few.created) == 1
    assert all_of_them == Tally(len(many), created=len(many) * (len(many) - 1) // 2, cleared=0)


def test_forecast_judges_by_today() -> None:
    vague = an_event("VAGUE", states=("KZ",), when=some_time("2020-04-01", "2020-06-30"))
    fixed = replace(vague, when=days("2020-06-02"))
    opened = open_database("sqlite://", writes=True)
    fill(opened, vague)

    with opened.snapshot() as snapshot:
        told = [forecast(snapshot, [Change(vague, fixed)], today) for today in (date(2020, 3, 1), date(2020, 7, 1))]

    assert [[finding.rule for finding in coming.cleared] for coming in told] == [["C19"], []]


def test_tally_counts_what_a_move_clears_and_leaves_out_what_goes_on(database: Database) -> None:
    one, other = an_event("A"), an_event("B")
    away = Change(one, replace(one, when=days("2020-11-02")))
    renamed = Change(other, replace(other, titles=(("en", "Another name"),)))

    with database.snapshot() as snapshot:
        assert tally(snapshot, [renamed]) == Tally(1, 0, 0)
        assert tally(snapshot, [away, renamed]) == Tally(2, 0, 2)


YEAR = replace(
    REGISTER,
    bodies=tuple(
        replace(body, prepares=(Preparation("CSC", 2),) if body.code == "CFM" else (), yearly=3, leader="LEADER")
        for body in REGISTER.bodies
    ),
    forces=tuple(replace(force, recovery_days=4 if force.code == "CRRF" else 0) for force in REGISTER.forces),
    places=tuple(
        replace(place, latitude=50.0 + n, longitude=30.0 + 9 * n, zone="Europe/Minsk")
        for n, place in enumerate(REGISTER.places)
    ),
    facilities=(Facility(PROGRAMME, "sets", supply=1),),
)
EVERYTHING = Options(past=True, everything=True)


def shifted(event: Event, days: int) -> Event:
    moved = (
        replace(each, first=each.first + timedelta(days=days), last=each.last + timedelta(days=days))
        for each in event.when.windows
    )
    return replace(event, when=replace(event.when, windows=tuple(moved)))


def a_year(chance: random.Random) -> dict[str, Event]:
    """Some worlds one behind the other, with events that share a name, a decision or a piece of equipment."""
    events = {}
    for part in range(chance.randint(2, 5)):
        for event in a_world(chance.randrange(10**6)):
            named = replace(
                shifted(event, -20 * part),
                ref=f"{event.ref}-{part}",
                links=tuple(replace(link, ref=f"{link.ref}-{part}") for link in event.links),
                titles=(("en", f"Exercise \u00ab{chance.choice('ABC')}\u00bb"),),
                responsible=chance.choice(("", "Staff")),
                bookings=(*event.bookings, *([Booking(BookingSort.FACILITY, "sets")] * chance.randrange(2))),
            )
            events[named.ref] = named
    return events


def changed(events: dict[str, Event], chance: random.Random) -> dict[str, Event]:
    """The same with one or two events moved, made another, taken out or put in."""
    after = dict(events)
    for _ in range(chance.choice((1, 1, 2))):
        ref = chance.choice(sorted(events))
        what = chance.choice(("moved", "moved", "other", "gone", "new"))
        if what == "gone":
            after.pop(ref, None)
        elif what == "moved":
            after[ref] = shifted(events[ref], chance.choice((-40, -3, -1, 1, 3, 20)))
        else:
            other = chance.choice(list(a_year(chance).values()))
            after[ref if what == "other" else "NEW"] = replace(other, ref=ref if what == "other" else "NEW")
    return after


def on_board(events: dict[str, Event]) -> Board:
    return Board(date(2020, 1, 1), (YEAR,), tuple(events[ref] for ref in sorted(events)))


def compare_with_two_checks(numbers: range) -> tuple[int, int]:
    """How many findings changed, and of how many events the forecast left some out of sight; fails where it differs."""
    said = narrowed = 0
    for number in numbers:
        chance = random.Random(number)
        was = a_year(chance)
        will_be = changed(was, chance)
        refs = {ref for ref in {*was, *will_be} if was.get(ref) != will_be.get(ref)}
        before, after = on_board(was), on_board(will_be)
        first, then = ({f.id for f in check(board, EVERYTHING).listed} for board in (before, after))

        coming = compared(before, after, {(PROGRAMME, ref) for ref in refs}, EVERYTHING)

        found = {f.id for f in coming.created}, {f.id for f in coming.cleared}
        assert (number, *found) == (number, then - first, first - then)
        said += len(then ^ first)
        narrowed += len(neighbourhood(before, after, {(PROGRAMME, ref) for ref in refs})) < len({*was, *will_be})
    return said, narrowed


def test_forecast_is_the_difference_of_a_check_before_and_a_check_after() -> None:
    said, narrowed = compare_with_two_checks(range(60))

    assert said > 100
    assert narrowed > 30


@pytest.mark.soak
def test_forecast_is_the_difference_of_two_checks_in_the_long_run() -> None:
    compare_with_two_checks(range(1000, 6000))
