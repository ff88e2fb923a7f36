"""The table of cases for rules about two events at one time: five days in October against everything around them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from planner.domain.event import Event
from planner.domain.window import When
from tests.builders import an_event, days, hours

FIVE_DAYS = days("2020-10-12", "2020-10-16")

MEETINGS: tuple[tuple[str, When, When, bool], ...] = (
    ("before", FIVE_DAYS, days("2020-10-05", "2020-10-09"), False),
    ("touching before", FIVE_DAYS, days("2020-10-11"), False),
    ("over start", FIVE_DAYS, days("2020-10-10", "2020-10-12"), True),
    ("inside", FIVE_DAYS, days("2020-10-14"), True),
    ("equal", FIVE_DAYS, FIVE_DAYS, True),
    ("over end", FIVE_DAYS, days("2020-10-16", "2020-10-20"), True),
    ("touching after", FIVE_DAYS, days("2020-10-17"), False),
    ("after", FIVE_DAYS, days("2020-10-26"), False),
    ("a meeting on the third of five days", FIVE_DAYS, hours("2020-10-14", 10, 12), True),
    ("a meeting in the evening before", FIVE_DAYS, hours("2020-10-11", 20, 23), False),
    ("clock times that touch", hours("2020-11-28", 9, 14), hours("2020-11-28", 14, 18), False),
    ("clock times that meet", hours("2020-11-28", 9, 14), hours("2020-11-28", 13, 18), True),
    ("whole days go by local dates", days("2020-10-16"), days("2020-10-17", zone="Asia/Bishkek"), False),
    ("the same local date", days("2020-10-16"), days("2020-10-16", zone="Asia/Bishkek"), True),
    ("clock times go by instants", hours("2020-10-16", 9, 12), hours("2020-10-16", 14, 15, "Asia/Bishkek"), True),
    ("instants that touch", hours("2020-10-16", 9, 12), hours("2020-10-16", 15, 16, "Asia/Bishkek"), False),
    ("a whole day in its own zone", days("2020-10-16", zone="Asia/Bishkek"), hours("2020-10-16", 22, 23), False),
    ("the evening before is that day", days("2020-10-16", zone="Asia/Bishkek"), hours("2020-10-15", 22, 23), True),
    ("over the end of the year", days("2020-12-31", "2021-01-02"), days("2021-01-02"), True),
    ("the end of the year touches", days("2020-12-31"), days("2021-01-01"), False),
    ("29 February inside", days("2020-02-28", "2020-03-01"), days("2020-02-29"), True),
    ("29 February after", days("2020-02-28"), days("2020-02-29"), False),
)
"""What it shows, one event, the other, and whether they meet."""

each_meeting = pytest.mark.parametrize(
    ("one", "other", "meets"), [case[1:] for case in MEETINGS], ids=[case[0] for case in MEETINGS]
)


@st.composite
def october(draw: st.DrawFn, **fields: Any) -> list[Event]:
    """Two to seven events of one to five days in October, with fields that may depend on their number."""
    events = []
    for number in range(draw(st.integers(2, 7))):
        first = date(2020, 10, 1) + timedelta(days=draw(st.integers(0, 26)))
        last = first + timedelta(days=draw(st.integers(0, 4)))
        given = {name: value(number) if isinstance(value, Callable) else value for name, value in fields.items()}
        events.append(an_event(f"E{number}", when=days(first.isoformat(), last.isoformat()), **given))
    return events
