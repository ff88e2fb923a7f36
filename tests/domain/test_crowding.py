"""Jointly certain clashes: sets of events that cannot all take place."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.crowding import Task, overfull
from tests.builders import an_event

FIRST = date(2020, 9, 1)


def a_task(ref: str, first: int, last: int, days: int) -> Task:
    """Something of so many days between those days of September."""
    return Task(an_event(ref), FIRST + timedelta(days=first - 1), FIRST + timedelta(days=last - 1), days)


def refs(*tasks: Task) -> list[tuple[str, ...]]:
    return [tuple(task.event.ref for task in crowd) for crowd in overfull(tasks)]


def test_three_of_twelve_days_do_not_fit_into_a_month() -> None:
    three = [a_task(ref, 1, 30, 12) for ref in "ABC"]

    assert refs(*three) == [("A", "B", "C")]
    assert refs(*three[:2]) == []
    assert refs(*(a_task(ref, 1, 30, 10) for ref in "ABC")) == []


def test_set_names_only_those_that_are_needed() -> None:
    assert refs(a_task("A", 1, 30, 12), a_task("B", 1, 30, 12), a_task("C", 1, 30, 12), a_task("D", 5, 6, 1)) == [
        ("A", "B", "C"),
    ]


def test_interval_need_not_begin_with_the_first_of_all() -> None:
    assert refs(a_task("A", 1, 3, 3), a_task("B", 10, 14, 3), a_task("C", 10, 14, 3), a_task("D", 1, 30, 2)) == [
        ("B", "C"),
    ]


def test_two_sets_are_both_found() -> None:
    september = [a_task(ref, 1, 10, 4) for ref in "ABC"]
    later = [a_task(ref, 20, 30, 4) for ref in "DEF"]

    assert refs(*september, *later) == [("A", "B", "C"), ("D", "E", "F")]


@st.composite
def task_lists(draw: st.DrawFn) -> list[Task]:
    found = []
    for number in range(draw(st.integers(1, 8))):
        first, period = draw(st.integers(1, 20)), draw(st.integers(1, 10))
        found.append(a_task(f"E{number}", first, first + period - 1, draw(st.integers(1, period))))
    return found


def is_overfull(tasks: list[Task]) -> bool:
    """True when some interval is asked for more days than it has: every interval looked at."""
    return any(
        sum(task.days for task in tasks if a.first <= task.first and task.last <= b.last) > (b.last - a.first).days + 1
        for a in tasks
        for b in tasks
        if a.first <= b.last
    )


@given(task_lists(), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_sets_are_found_when_some_interval_is_asked_for_too_much_whatever_the_order(tasks: list[Task], chance) -> None:  # type: ignore[no-untyped-def]
    crowds = list(overfull(tasks))
    shuffled = tasks[:]
    chance.shuffle(shuffled)

    assert bool(crowds) == is_overfull(tasks)
    assert list(overfull(shuffled)) == crowds
    for crowd in crowds:
        assert is_overfull(list(crowd))
        assert not any(is_overfull([task for task in crowd if task is not each]) for each in crowd)
