from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.event import Event, Link, Relation
from planner.domain.finding import Finding, Severity
from planner.domain.window import Mode, When, whole_days
from planner.rules.delegation_overloaded import RULE
from tests.boards import a_board, found
from tests.builders import ZONE, an_event, day, days


def staff(ref: str, first: str, last: str | None = None, **fields: object) -> Event:
    return an_event(ref, **({"bodies": ("JS",), "states": ["AM"], "when": days(first, last)} | fields))


def in_week(*on: str) -> list[Finding]:
    return found(RULE, a_board(*(staff(f"E{n}", each) for n, each in enumerate(on))))


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (("2020-05-01", "2020-05-02", "2020-05-04", "2020-05-07"), 0),
        (("2020-05-01", "2020-05-02", "2020-05-04", "2020-05-06", "2020-05-07"), 1),
        (("2020-05-01", "2020-05-02", "2020-05-04", "2020-05-06", "2020-05-08"), 0),
    ],
    ids=["four in a week", "five in a week", "five in eight days"],
)
def test_more_than_four_events_in_seven_days_are_too_many(on: tuple[str, ...], count: int) -> None:
    assert len(in_week(*on)) == count


def test_one_stretch_is_one_note_with_all_its_events() -> None:
    [finding] = in_week(*(f"2020-05-{n:02}" for n in range(1, 11)))

    assert (finding.severity, len(finding.refs), finding.shared) == (Severity.INFO, 10, ("AM",))
    assert (finding.span.first, finding.span.last) == (day("2020-05-01"), day("2020-05-10"))
    assert (finding.fact["count"], finding.fact["days"]) == ("10", "7")


def test_more_than_ten_events_in_thirty_days_are_too_many() -> None:
    every_third = [str(day("2020-05-01") + timedelta(days=3 * n)) for n in range(11)]

    assert len(in_week(*every_third[:10])) == 0
    assert len(in_week(*every_third)) == 0  # the eleventh is on the 31st day
    assert [f.fact["days"] for f in in_week(*every_third[:10], "2020-05-30")] == ["30"]


def test_states_with_the_same_events_are_named_together_and_levels_apart() -> None:
    both = [staff(f"E{n}", f"2020-05-0{n}", states=["AM", "BY"]) for n in range(1, 6)]
    heads = [staff("H", "2020-05-03", bodies=("CSC",))]

    [finding] = found(RULE, a_board(*both, *heads))

    assert (finding.shared, finding.fact["level"]) == (("AM", "BY"), "staff")


def test_exercise_counts_once_with_its_phases() -> None:
    whole = staff("X", "2020-05-01", "2020-05-07")
    phases = [staff(f"X-P{n}", f"2020-05-0{n}", links=(Link(Relation.PART_OF, "X"),)) for n in range(1, 6)]

    assert found(RULE, a_board(whole, *phases)) == []


def test_sittings_count_each() -> None:
    windows = tuple(whole_days(day(f"2020-05-0{n}"), day(f"2020-05-0{n}"), ZONE, part=n) for n in range(1, 6))

    [finding] = found(RULE, a_board(staff("S", "2020-05-01", when=When(Mode.DATED, windows))))

    assert (finding.refs, finding.fact["count"]) == (("S",), "5")


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6)), max_size=14))
def test_stretches_are_those_that_looking_at_every_week_finds(sittings: list[tuple[int, int]]) -> None:
    start = day("2020-05-01")
    placed = [(start + timedelta(days=at), start + timedelta(days=at + more)) for at, more in sittings]
    events = [staff(f"E{n:02}", str(first), str(last)) for n, (first, last) in enumerate(placed)]
    weeks = [start + timedelta(days=n) for n in range(-8, 60)]
    busy = [
        {ref for ref, (first, last) in enumerate(placed) if first <= week + timedelta(days=6) and week <= last}
        for week in weeks
    ]
    runs: list[set[int]] = []
    for before, now in zip([set[int](), *busy], busy, strict=False):
        if len(now) > 4:
            if len(before) > 4:
                runs[-1] |= now
            else:
                runs.append(set(now))

    weekly = [f for f in found(RULE, a_board(*events)) if f.fact["days"] == "7"]

    assert sorted(f.refs for f in weekly) == sorted(tuple(f"E{n:02}" for n in sorted(run)) for run in runs)
