"""C10: an event that starts or ends on a weekend."""

import pytest

from planner.domain.entries import DayKind, Holiday
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.window import When
from planner.rules.weekend import RULE
from tests.boards import a_board, found
from tests.builders import PROGRAMME, a_programme, a_register, an_event, day, days, hours, some_time

SATURDAY_WORKED = Holiday(PROGRAMME, "RU", day("2020-10-24"), kind=DayKind.WORKING)


def said(event: Event, **parameters: object) -> list[Finding]:
    programme = a_programme(rules=(("C10", tuple(parameters.items())),))
    return found(RULE, a_board(event, register=a_register(programme=programme, holidays=(SATURDAY_WORKED,))))


@pytest.mark.parametrize(
    ("when", "on"),
    [
        (days("2020-10-12", "2020-10-16"), None),
        (days("2020-10-16", "2020-10-17"), ("2020-10-17", "2020-10-17")),
        (days("2020-10-18", "2020-10-20"), ("2020-10-18", "2020-10-18")),
        (days("2020-10-17", "2020-10-18"), ("2020-10-17", "2020-10-18")),
        (days("2020-10-16", "2020-10-19"), None),
        (days("2020-10-14", "2020-10-18"), ("2020-10-18", "2020-10-18")),
        (days("2020-10-13", "2020-10-18"), None),
        (hours("2020-10-17", 10, 12), ("2020-10-17", "2020-10-17")),
        (days("2020-02-29"), ("2020-02-29", "2020-02-29")),
        (days("2020-12-31", "2021-01-02"), ("2021-01-02", "2021-01-02")),
        (some_time("2020-10-17", "2020-10-20"), None),
    ],
    ids=[
        "working days", "ends on Saturday", "starts on Sunday", "on a weekend", "over a weekend", "five days",
        "longer than five days", "clock time", "29 February", "over the end of the year", "no day yet",
    ],
)  # fmt: skip
def test_start_or_end_on_a_weekend_is_a_note(when: When, on: tuple[str, str] | None) -> None:
    expected = [] if on is None else [(Severity.INFO, Certainty.CERTAIN, Span(day(on[0]), day(on[1])))]

    assert [(f.severity, f.certainty, f.span) for f in said(an_event(when=when))] == expected


def test_saturday_that_the_host_works_is_a_working_day() -> None:
    assert said(an_event(host="RU", when=days("2020-10-24"))) == []
    assert len(said(an_event(host="BY", when=days("2020-10-24")))) == 1


@pytest.mark.parametrize("kind", ["commemoration", "media"])
def test_kinds_that_do_not_work_may_fall_on_a_weekend(kind: str) -> None:
    assert said(an_event(kind=kind, when=days("2020-10-17"))) == []


def test_weekend_and_longest_event_are_what_the_programme_says() -> None:
    friday = an_event(when=days("2020-10-16"))

    assert (len(said(friday)), len(said(friday, weekend=("Fri", "Sat")))) == (0, 1)
    assert len(said(an_event(when=days("2020-10-13", "2020-10-18")), most_days=6)) == 1
