"""Certain and possible against enumeration, placement by placement, in three sentences of its own."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.domain.finding import Certainty, Placements, Span
from planner.domain.meeting import Meeting, Usual, length_of, meet
from planner.domain.window import Precision, Window, whole_days
from tests.builders import day, days, hours, some_time

USUAL = Usual(days=3, minutes=180)
ZONES = ("Europe/Moscow", "Asia/Bishkek", "America/New_York", "Pacific/Kiritimati")


def window(when) -> Window:  # type: ignore[no-untyped-def]
    return when.windows[0]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (days("2020-10-05", "2020-10-09"), None),
        (days("2020-10-07", "2020-10-11"), None),
        (days("2020-10-08", "2020-10-12"), ("2020-10-12", "2020-10-12")),
        (days("2020-10-13", "2020-10-14"), ("2020-10-13", "2020-10-14")),
        (days("2020-10-12", "2020-10-16"), ("2020-10-12", "2020-10-16")),
        (days("2020-10-16", "2020-10-20"), ("2020-10-16", "2020-10-16")),
        (days("2020-10-17", "2020-10-20"), None),
        (days("2020-10-26", "2020-10-30"), None),
    ],
    ids=["before", "touching", "over start", "inside", "equal", "over end", "touching after", "after"],
)
def test_whole_days_meet_where_they_share_a_day(other, expected) -> None:  # type: ignore[no-untyped-def]
    found = meet(window(days("2020-10-12", "2020-10-16")), window(other), USUAL, USUAL)

    wanted = (
        None
        if expected is None
        else Meeting(Certainty.CERTAIN, Span(day(expected[0]), day(expected[1])), Placements(1, 1))
    )
    assert found == wanted


def test_whole_days_of_moscow_do_not_meet_the_next_day_of_bishkek() -> None:
    moscow = days("2020-10-12", "2020-10-16", zone="Europe/Moscow")
    bishkek = days("2020-10-17", zone="Asia/Bishkek")

    assert meet(window(moscow), window(bishkek), USUAL, USUAL) is None


def test_clock_times_are_compared_as_instants() -> None:
    moscow = hours("2020-11-05", 9, 10, zone="Europe/Moscow")
    at_once = hours("2020-11-05", 12, 13, zone="Asia/Bishkek")
    same_wall_time = hours("2020-11-05", 9, 10, zone="Asia/Bishkek")

    assert meet(window(moscow), window(at_once), USUAL, USUAL) is not None
    assert meet(window(moscow), window(same_wall_time), USUAL, USUAL) is None


def test_clock_time_that_ends_as_the_other_starts_does_not_meet_it() -> None:
    assert meet(window(hours("2020-11-28", 9, 14)), window(hours("2020-11-28", 14, 18)), USUAL, USUAL) is None


def test_open_window_against_a_fixed_one_names_its_clear_days() -> None:
    course = window(days("2020-10-05", "2020-10-28"))
    october = window(some_time("2020-10-01", "2020-10-31", length=2))

    found = meet(course, october, USUAL, USUAL)

    assert found is not None
    clear = tuple(date(2020, 10, n) for n in (1, 2, 3, 29, 30))
    assert (found.certainty, found.placements) == (Certainty.POSSIBLE, Placements(25, 30, clear))


def test_long_event_is_certain_to_meet_one_without_a_sure_part() -> None:
    quarter = window(days("2020-10-01", "2020-12-31"))
    november = window(some_time("2020-11-01", "2020-11-30"))

    found = meet(quarter, november, USUAL, USUAL)

    assert found is not None
    assert found.certainty is Certainty.CERTAIN


def test_length_not_stated_is_assumed_for_possible_and_least_for_certain() -> None:
    fixed = window(days("2020-10-03", "2020-10-30"))
    october = window(some_time("2020-10-01", "2020-10-31"))

    found = meet(fixed, october, USUAL, USUAL)

    assert found is not None
    assert (found.certainty, found.placements.clash, found.placements.of) == (Certainty.POSSIBLE, 29, 29)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    first = date(2020, 10, 1) + timedelta(days=draw(st.integers(0, 12)))
    period = draw(st.integers(1, 9))
    last = first + timedelta(days=period - 1)
    zone = draw(st.sampled_from(ZONES))
    if draw(st.booleans()):
        at, minutes = time(draw(st.integers(0, 23)), 30), draw(st.none() | st.integers(1, 3000))
        return Window(first, last, zone, Precision.TIME, at, minutes)
    length = draw(st.none() | st.integers(1, period))
    return Window(first, last, zone, Precision.DAY, length=length)


def placed(one: Window, length: int) -> list[tuple[date, int]]:
    days_taken = length if one.at is None else 1
    return [(one.first + timedelta(days=n), length) for n in range(one.period_days - days_taken + 1)]


def whole_dates(start: date, length: int) -> set[date]:
    return {start + timedelta(days=n) for n in range(length)}


def instants(start: date, at: time, length: int, zone: str) -> tuple[datetime, datetime]:
    begins = datetime.combine(start, at, ZoneInfo(zone)).astimezone(UTC)
    return begins, begins + timedelta(minutes=length)


def placements_meet(one: Window, a: tuple[date, int], other: Window, b: tuple[date, int]) -> bool:
    """The three sentences, said again without the code under test."""
    if one.at is None and other.at is None:
        return bool(whole_dates(*a) & whole_dates(*b))
    if one.at is not None and other.at is not None:
        x, y = instants(a[0], one.at, a[1], one.zone), instants(b[0], other.at, b[1], other.zone)
        return x[0] < y[1] and y[0] < x[1]
    if one.at is None:
        assert other.at is not None
        x, y = instants(b[0], other.at, b[1], other.zone), (a[0], one.zone, a[1])
    else:
        x, y = instants(a[0], one.at, a[1], one.zone), (b[0], other.zone, b[1])
    start, zone, length = y
    return any(
        x[0] < instants(each + timedelta(days=1), time(), 0, zone)[0] and instants(each, time(), 0, zone)[0] < x[1]
        for each in whole_dates(start, length)
    )


@given(windows(), windows())
@settings(max_examples=500, deadline=None)
@example(
    whole_days(day("2020-10-01"), day("2020-10-05"), "Asia/Bishkek"),
    Window(day("2020-10-01"), day("2020-10-09"), "Europe/Moscow"),
)
def test_certain_and_possible_are_what_enumeration_finds(one: Window, other: Window) -> None:
    found = meet(one, other, USUAL, USUAL)

    of_one, of_other = placed(one, length_of(one, USUAL)), placed(other, length_of(other, USUAL))
    clash = [(a[0], b[0]) for a in of_one for b in of_other if placements_meet(one, a, other, b)]
    least = placed(one, one.length or 1), placed(other, other.length or 1)
    is_certain = all(placements_meet(one, a, other, b) for a in least[0] for b in least[1])
    assert (found is not None) == bool(clash)
    if found is not None:
        assert (found.certainty is Certainty.CERTAIN) == is_certain
        pairs = len(of_one) * len(of_other)
        assert (found.placements.clash, found.placements.of) == (len(clash), pairs)


@given(windows(), windows())
@settings(max_examples=300, deadline=None)
def test_order_of_the_two_does_not_change_the_answer(one: Window, other: Window) -> None:
    assert meet(one, other, USUAL, USUAL) == meet(other, one, USUAL, USUAL)


@st.composite
def clock_windows(draw: st.DrawFn) -> Window:
    """A window with a clock time in October 2020, when Vienna and New York change their clocks and others do not."""
    first = date(2020, 10, 20) + timedelta(days=draw(st.integers(0, 14)))
    last = first + timedelta(days=draw(st.integers(0, 4)))
    zone = draw(st.sampled_from(("Europe/Moscow", "Asia/Bishkek", "Europe/Vienna", "America/New_York")))
    at, length = time(draw(st.integers(4, 23)), 30), draw(st.sampled_from((None, 30, 600, 1500)))
    return Window(first, last, zone, Precision.DAY, at=at, length=length)


@st.composite
def day_windows(draw: st.DrawFn) -> Window:
    first = date(2020, 10, 20) + timedelta(days=draw(st.integers(0, 14)))
    period = draw(st.integers(1, 6))
    zone = draw(st.sampled_from(("Europe/Moscow", "Asia/Bishkek", "Europe/Vienna", "America/New_York")))
    length = draw(st.sampled_from((None, 1, period)))
    return Window(first, first + timedelta(days=period - 1), zone, Precision.DAY, length=length)


def midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@given(day_windows(), clock_windows())
@settings(max_examples=300, deadline=None)
def test_whole_days_meet_clock_times_as_trying_every_placement_in_instants_says(whole: Window, clock: Window) -> None:
    usual = Usual(2, 180)
    days, minutes = length_of(whole, usual), length_of(clock, usual)
    clashes, pairs = 0, 0
    for n in range(whole.period_days - days + 1):
        start = whole.first + timedelta(days=n)
        taken = midnight(start, whole.zone), midnight(start + timedelta(days=days), whole.zone)
        for m in range(clock.period_days):
            assert clock.at is not None
            begins = datetime.combine(clock.first + timedelta(days=m), clock.at, ZoneInfo(clock.zone)).astimezone(UTC)
            pairs += 1
            clashes += taken[0] < begins + timedelta(minutes=minutes) and begins < taken[1]

    one, other = meet(whole, clock, usual, usual), meet(clock, whole, usual, usual)

    if not clashes:
        assert (one, other) == (None, None)
    else:
        assert one is not None
        assert other is not None
        assert (one.placements.clash, one.placements.of) == (clashes, pairs)
        assert one.placements == other.placements
