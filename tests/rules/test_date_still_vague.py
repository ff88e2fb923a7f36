import pytest

from planner.domain.event import Event, Status
from planner.domain.window import Mode, When
from planner.rules.date_still_vague import RULE
from tests.boards import a_board, found
from tests.builders import a_programme, a_register, an_event, day, days, some_time

Q4 = some_time("2020-10-01", "2020-12-31")


def is_found(event: Event, today: str) -> bool:
    return bool(found(RULE, a_board(event, today=day(today))))


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2020-07-02", False),
        ("2020-07-03", True),
        ("2020-10-01", True),
        ("2020-12-31", True),
        ("2021-01-01", False),
    ],
    ids=["91 days before", "90 days before", "open", "last day", "over"],
)
def test_open_date_is_late_from_90_days_before_its_window_opens_until_it_is_over(today: str, said: bool) -> None:
    assert is_found(an_event(when=Q4), today) is said


def test_days_are_what_the_programme_says() -> None:
    register = a_register(a_programme(rules=(("C19", (("days", 30),)),)))

    assert found(RULE, a_board(an_event(when=Q4), register=register, today=day("2020-08-31"))) == []
    assert len(found(RULE, a_board(an_event(when=Q4), register=register, today=day("2020-09-01")))) == 1


@pytest.mark.parametrize(
    "event",
    [
        an_event(when=days("2020-10-12")),
        an_event(when=When(Mode.THROUGHOUT, Q4.windows)),
        an_event(when=When(Mode.DEADLINE, Q4.windows)),
        an_event(when=Q4, kind="media"),
        an_event(when=Q4, kind="external"),
        an_event(when=Q4, layer="partners"),
        an_event(when=Q4, approximate_by_nature=True),
        an_event(when=Q4, status=Status.HELD),
        an_event(when=Q4, status=Status.CANCELLED),
    ],
    ids=["fixed", "throughout", "deadline", "media", "outside", "layer", "by nature", "held", "cancelled"],
)
def test_what_needs_no_day_is_left_alone(event: Event) -> None:
    assert not is_found(event, "2020-10-01")


def test_of_several_open_windows_the_first_that_is_late_is_named() -> None:
    later = some_time("2020-07-01", "2020-09-30").windows[0]
    event = an_event(when=When(Mode.DATED, (*some_time("2020-01-01", "2020-03-31").windows, later, *Q4.windows)))

    [finding] = found(RULE, a_board(event, today=day("2020-06-01")))

    assert (finding.span.first, finding.fact["is_open"]) == (day("2020-07-01"), "")
