from datetime import date

import pytest

from planner.domain.dates import Unread, read_series

FIRST, LAST = date(2020, 1, 1), date(2020, 4, 30)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("third Tuesday", ["2020-01-21", "2020-02-18", "2020-03-17", "2020-04-21"]),
        ("третий вторник", ["2020-01-21", "2020-02-18", "2020-03-17", "2020-04-21"]),
        ("last Friday of the month", ["2020-01-31", "2020-02-28", "2020-03-27", "2020-04-24"]),
        ("последняя пятница месяца", ["2020-01-31", "2020-02-28", "2020-03-27", "2020-04-24"]),
        ("fifth Thursday", ["2020-01-30", "2020-04-30"]),
    ],
)
def test_weekday_of_each_month_is_read(words: str, days: list[str]) -> None:
    assert read_series(words, FIRST, LAST) == tuple(map(date.fromisoformat, days))


def test_every_such_weekday_is_read_within_its_bounds() -> None:
    assert read_series("Mondays", date(2020, 1, 7), date(2020, 1, 20)) == (date(2020, 1, 13), date(2020, 1, 20))


@pytest.mark.parametrize("words", ["", "Tuesday of spring", "every day", "13 Tuesday"])
def test_what_is_no_series_is_refused(words: str) -> None:
    assert isinstance(read_series(words, FIRST, LAST), Unread)
