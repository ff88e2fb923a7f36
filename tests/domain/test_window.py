from dataclasses import replace
from datetime import date, time

import pytest

from planner.domain.window import UNDATED, Mode, Precision, When, Window, renumbered, without_date
from tests.builders import days, hours, some_time


@pytest.mark.parametrize(
    ("when", "is_fixed"),
    [
        (days("2020-10-12", "2020-10-16"), True),
        (hours("2020-10-12", 9), True),
        (some_time("2020-10-01", "2020-10-31"), False),
        (some_time("2020-10-01", "2020-10-31", length=5), False),
        (some_time("2020-10-01", "2020-10-31", length=31), True),
        (UNDATED, False),
    ],
)
def test_window_without_slack_is_a_fixed_date(when: When, is_fixed: bool) -> None:
    assert when.is_fixed is is_fixed


@pytest.mark.parametrize(
    "fields",
    [{"last": date(2020, 10, 1)}, {"length": 0}, {"length": 99}, {"at": time(9), "length": -5}],
)
def test_window_that_cannot_be_is_refused(fields: dict[str, object]) -> None:
    usual: dict[str, object] = {"first": date(2020, 10, 12), "last": date(2020, 10, 16), "zone": "Europe/Moscow"}

    with pytest.raises(ValueError, match="window|days"):
        Window(**(usual | fields))  # type: ignore[arg-type]


def test_postponed_event_keeps_its_date_as_the_former_one() -> None:
    when = replace(days("2020-10-12"), words="12.10.2020")

    assert without_date(when) == When(Mode.UNDATED, (), "12.10.2020", "12.10.2020", when.windows)
    assert without_date(UNDATED) == UNDATED


def test_parts_are_permanent_and_never_given_to_another_day() -> None:
    first, second, third = (days(day).windows[0] for day in ("2020-10-12", "2020-10-14", "2020-10-16"))
    before = When(Mode.DATED, (replace(first, part=1), replace(second, part=2)))

    after = renumbered(When(Mode.DATED, (replace(second, part=1), replace(third, part=2))), before)

    assert [window.part for window in after.windows] == [2, 3]
    assert after.windows[0].precision is Precision.DAY
