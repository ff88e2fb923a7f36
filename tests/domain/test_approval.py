"""When an event was approved to take place."""

from planner.domain.approval import approval_in, is_moved
from planner.domain.event import Status
from planner.domain.window import UNDATED
from tests.builders import an_event, days, some_time

FIRST = an_event(decision="D", when=days("2020-05-01"))
MOVED = an_event(decision="D", when=days("2020-06-01"))


def test_move_after_the_paper_leaves_the_first_days_approved() -> None:
    assert approval_in([FIRST, MOVED, an_event(decision="D", when=UNDATED)]) == FIRST.when


def test_new_paper_approves_the_days_it_was_attached_to() -> None:
    assert approval_in([FIRST, MOVED, an_event(decision="E", when=MOVED.when)]) == MOVED.when


def test_draft_with_a_paper_is_approved_as_it_stood_when_it_became_approved() -> None:
    draft = an_event(decision="D", when=days("2020-05-01"), status=Status.PROPOSED)

    assert approval_in([draft, MOVED]) == MOVED.when
    assert approval_in([draft]) is None
    assert approval_in([an_event(decision="")]) is None
    assert approval_in([]) is None


def test_words_and_zones_do_not_make_a_move_and_days_and_precision_of_a_period_do() -> None:
    minsk = days("2020-05-01", zone="Europe/Minsk")

    assert not is_moved(FIRST.when, minsk)
    assert is_moved(some_time("2020-05-01", "2020-05-31"), some_time("2020-05-01", "2020-05-31", 5))
    assert is_moved(FIRST.when, UNDATED)
