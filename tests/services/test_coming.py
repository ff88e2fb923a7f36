"""What comes next."""

import pytest

from planner.domain.event import Status
from planner.domain.window import UNDATED, Mode, When
from planner.errors import NotFound
from planner.services.coming import Coming, coming, next_event
from tests.boards import a_board
from tests.builders import PROGRAMME, an_event, day, days, some_time

TODAY = day("2020-10-10")


def refs(found: Coming) -> tuple[list[str], list[str], list[str]]:
    fixed, maybe, due = (([event.ref for event in events]) for events in (found.fixed, found.open, found.due))
    return fixed, maybe, due


def test_next_days_hold_events_with_a_day_those_that_may_fall_into_them_and_what_is_due() -> None:
    events = (
        an_event("OVER", when=days("2020-10-05", "2020-10-09")),
        an_event("RUNNING", when=days("2020-10-05", "2020-10-10")),
        an_event("LAST", when=days("2020-10-24")),
        an_event("AFTER", when=days("2020-10-25")),
        an_event("OPEN", when=some_time("2020-10-01", "2020-12-31")),
        an_event("DUE", when=When(Mode.DEADLINE, some_time("2020-01-01", "2020-10-15").windows)),
        an_event("GONE", when=days("2020-10-12"), status=Status.CANCELLED),
        an_event("UNDATED", when=UNDATED),
    )

    found = coming(a_board(*events, today=TODAY), 14)

    assert refs(found) == (["RUNNING", "LAST"], ["OPEN"], ["DUE"])


def test_next_of_one_party_takes_in_what_it_hosts_and_observes_by_any_of_its_names() -> None:
    board = a_board(
        an_event("HOSTED", states=["AM"], host="KZ"),
        an_event("OTHER", states=["AM"]),
        an_event("THEIRS", states=["KZ"]),
        today=TODAY,
    )

    assert refs(coming(board, 14, "kz"))[0] == ["HOSTED", "THEIRS"]


def test_next_of_an_unknown_party_names_the_nearest() -> None:
    with pytest.raises(NotFound, match="no party 'KX'"):
        coming(a_board(today=TODAY), 14, "KX")


def test_next_event_is_the_first_with_a_day_that_is_not_over() -> None:
    board = a_board(
        an_event("OPEN", when=some_time("2020-10-01", "2020-12-31")),
        an_event("OVER", when=days("2020-10-09")),
        an_event("B", when=days("2020-10-12")),
        an_event("A", when=days("2020-10-12")),
        today=TODAY,
    )

    found = next_event(board, PROGRAMME)

    assert found is not None and found.ref == "A"
    assert next_event(a_board(today=TODAY), PROGRAMME) is None
