from datetime import date

from planner.domain.event import Event
from planner.services.year import By, Year, year
from tests.boards import a_board, sample_board
from tests.builders import an_event, days

FIRST, LAST = date(2020, 1, 1), date(2020, 12, 31)


def rows(made: Year) -> dict[str, list[str]]:
    return {row.code: [event.ref for event in row.events] for row in made.rows}


def test_year_by_states_shows_what_all_attend_once_and_then_what_differs() -> None:
    everybody = an_event("E-1", when=days("2020-05-01"), states=("members",))
    two = an_event("E-2", when=days("2020-06-01"), states=("AM", "BY"))
    board = a_board(everybody, two)

    made = year(board, board.registers[0], board.events, By.STATES, FIRST, LAST)

    assert rows(made) == {"members": ["E-1"], "AM": ["E-2"], "BY": ["E-2"]}


def test_year_by_bodies_shows_an_event_of_two_bodies_in_both_rows_and_others_last() -> None:
    joint = an_event("E-1", when=days("2020-05-01"), bodies=("CFM", "CSC"))
    alone = an_event("E-2", when=days("2020-04-01"), bodies=())
    board = a_board(joint, alone)

    made = year(board, board.registers[0], board.events, By.BODIES, FIRST, LAST)

    assert rows(made) == {"CFM": ["E-1"], "CSC": ["E-1"], "": ["E-2"]}


def test_year_of_the_sample_shows_each_dated_event_by_its_kind_once_and_names_the_undated() -> None:
    board = sample_board(date(2020, 4, 1))
    register = board.registers[0]

    made = year(board, register, board.events, By.KINDS, FIRST, LAST)

    def is_in_year(event: Event) -> bool:
        return any(window.first <= LAST and window.last >= FIRST for window in event.when.windows)

    assert sorted(ref for refs in rows(made).values() for ref in refs) == [e.ref for e in board.events if is_in_year(e)]
    assert {event.ref for event in made.undated} == {e.ref for e in board.events if not e.when.windows}


def test_year_load_counts_fixed_and_open_events_in_the_weeks_they_touch() -> None:
    board = a_board(an_event("E-1", when=days("2020-10-12", "2020-10-19")))

    made = year(board, board.registers[0], board.events, By.KINDS, date(2020, 10, 1), date(2020, 10, 31))

    assert [(week.first.day, week.fixed, week.approximate) for week in made.weeks] == [
        (28, 0, 0),
        (5, 0, 0),
        (12, 1, 0),
        (19, 1, 0),
        (26, 0, 0),
    ]
