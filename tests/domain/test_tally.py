"""Double bookings counted without making the pairs: the same number as looking at every pair gives."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.clash import stretch
from planner.domain.event import BookingSort, Event, Link, Relation, Status
from planner.domain.tally import double_bookings
from tests.boards import a_board
from tests.builders import an_event, days, some_time


def count(*events: Event) -> int:
    return double_bookings(a_board(*events), events)


def test_two_events_that_share_two_states_and_a_range_count_three_times() -> None:
    one, other = (an_event(ref, places=("losvido",)) for ref in "AB")

    assert count(one, other) == 3


def test_cities_general_forces_open_days_families_and_cancelled_events_do_not_count() -> None:
    whole = an_event("A", states=(), forces=("POLICE",), places=("moscow",))
    assert count(whole, replace(whole, ref="B")) == 0

    busy = an_event("A")
    part = an_event("A-1", links=(Link(Relation.PART_OF, "A"),))
    open_one = an_event("B", when=some_time("2020-10-01", "2020-10-31"))
    gone = an_event("C", status=Status.CANCELLED)
    assert count(busy, part, open_one, gone) == 0


@st.composite
def event_lists(draw: st.DrawFn) -> list[Event]:
    found = []
    for number in range(draw(st.integers(0, 9))):
        first = draw(st.integers(1, 20))
        last = first + draw(st.integers(0, 8))
        states = tuple(sorted(draw(st.sets(st.sampled_from(["AM", "BY", "KZ"])))))
        links = (
            (Link(Relation.PART_OF, f"E{draw(st.integers(0, number - 1))}"),) if number and draw(st.booleans()) else ()
        )
        when = days(f"2020-10-{first:02}", f"2020-10-{last:02}")
        found.append(an_event(f"E{number}", when=when, states=states, links=links))
    return found


@given(event_lists())
def test_count_is_that_of_every_pair_looked_at(events: list[Event]) -> None:
    board = a_board(*events)

    def shared(one: Event, other: Event) -> int:
        (start, end), (other_start, other_end) = (stretch(each.when.windows[0]) for each in (one, other))
        meet = start < other_end and other_start < end and board.root(one) != board.root(other)
        codes = [{booking.code for booking in each.booked(BookingSort.PARTY)} for each in (one, other)]
        return len(codes[0] & codes[1]) if meet else 0

    assert double_bookings(board, events) == sum(shared(one, other) for one, other in combinations(events, 2))
