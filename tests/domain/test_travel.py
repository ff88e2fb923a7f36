"""How long people travel."""

import pytest

from planner.domain.travel import FARTHEST_HOURS, hours_for, kilometres

MOSCOW, DUSHANBE, NEW_YORK, AUCKLAND = (55.75, 37.62), (38.56, 68.79), (40.71, -74.01), (-36.85, 174.76)


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [(MOSCOW, DUSHANBE, 2_985), (MOSCOW, NEW_YORK, 7_510), (NEW_YORK, AUCKLAND, 14_200), (MOSCOW, MOSCOW, 0)],
)
def test_distance_is_that_of_the_great_circle(one: tuple[float, float], other: tuple[float, float], known: int) -> None:
    assert kilometres(one, other) == pytest.approx(known, rel=0.01)
    assert kilometres(one, other) == pytest.approx(kilometres(other, one))


def test_distance_over_the_date_line_is_the_short_way() -> None:
    assert kilometres((0.0, 179.5), (0.0, -179.5)) == pytest.approx(111, rel=0.01)


@pytest.mark.parametrize(
    ("distance", "hours"),
    [(0, 0), (20, 0), (21, 3), (150, 3), (151, 6), (1_000, 6), (3_500, 9), (3_501, 14), (7_001, FARTHEST_HOURS)],
)
def test_hours_are_those_of_the_class_of_the_distance(distance: float, hours: int) -> None:
    assert hours_for(distance) == hours
