"""C12: a video meeting outside working hours in a member's capital."""

from dataclasses import replace

import pytest

from planner.domain.event import Attendance, Event
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.window import Precision, When
from planner.rules import Need
from planner.rules.video_at_night import RULE
from tests.boards import a_board, found
from tests.builders import a_programme, a_register, an_event, days, hours, some_time

MEMBERS = ("BY", "KG", "RU")  # Minsk and Moscow +03, Bishkek +06


def by_video(when: When, **fields: object) -> Event:
    return an_event("A", states=MEMBERS, when=when, mode=Attendance.VIDEO, **fields)


def said(event: Event, **parameters: int) -> list[Finding]:
    programme = a_programme(rules=(("C12", tuple(parameters.items())),))
    return found(RULE, a_board(event, register=a_register(programme=programme)))


@pytest.mark.parametrize(
    ("when", "states"),
    [
        (hours("2020-11-05", 10, 12), ()),
        (hours("2020-11-05", 8, 17), ()),
        (hours("2020-11-05", 7, 9), ("BY", "RU")),
        (hours("2020-11-05", 4, 7), ("BY", "KG", "RU")),
        (hours("2020-11-05", 15, 17), ()),
        (hours("2020-11-05", 15, 18), ("KG",)),
        (hours("2020-11-05", 16), ()),
        (hours("2020-11-05", 17), ("KG",)),
        (hours("2020-11-05", 20, 22), ("BY", "KG", "RU")),
        (hours("2020-11-05", 10, 12, zone="Asia/Bishkek"), ("BY", "RU")),
        (hours("2020-12-31", 22, 23), ("BY", "KG", "RU")),
        (hours("2020-02-29", 10, 12), ()),
        (days("2020-11-05"), ()),
    ],
    ids=[
        "inside", "from eight", "before eight", "night", "to eight in Bishkek", "after eight in Bishkek",
        "end not stated", "starts at eight in Bishkek", "evening", "morning in Bishkek", "over the end of the year",
        "29 February", "no clock time",
    ],
)  # fmt: skip
def test_hours_are_those_of_each_capital(when: When, states: tuple[str, ...]) -> None:
    found_here = [(f.refs, f.shared, f.severity, f.certainty) for f in said(by_video(when))]

    assert found_here == ([(("A",), states, Severity.WARNING, Certainty.CERTAIN)] if states else [])


def test_finding_says_the_local_times_and_the_hours_that_suit_all() -> None:
    [finding] = said(by_video(hours("2020-11-05", 17, 19)))

    assert finding.fact == {"local": "KG 2020-11-05T20:00", "hours": "08:00-15:00"}


def test_no_hour_suits_all_across_half_the_world() -> None:
    register = a_register()
    parties = tuple(replace(p, zone="America/New_York") if p.code == "BY" else p for p in register.parties)
    event = by_video(hours("2020-11-05", 10, 19))

    [finding] = found(RULE, a_board(event, register=replace(register, parties=parties)))

    assert finding.fact["hours"] == ""


@pytest.mark.parametrize("mode", [Attendance.IN_PERSON, Attendance.MIXED])
def test_meeting_in_person_has_the_hours_of_its_place(mode: Attendance) -> None:
    assert said(replace(by_video(hours("2020-11-05", 4, 7)), mode=mode)) == []


def test_state_that_joins_by_video_is_judged_and_one_in_the_hall_is_not() -> None:
    event = replace(by_video(hours("2020-11-05", 17, 19)), mode=Attendance.IN_PERSON)
    bookings = tuple(replace(b, mode=Attendance.VIDEO) if b.code == "KG" else b for b in event.bookings)

    assert [f.shared for f in said(replace(event, bookings=bookings))] == [("KG",)]


def test_states_that_are_no_members_are_not_asked() -> None:
    register = a_register(parties=())

    assert found(RULE, a_board(by_video(hours("2020-11-05", 4, 7)), register=register)) == []


def test_day_that_is_not_known_must_be_too_early_on_every_day() -> None:
    [window] = some_time("2020-11-02", "2020-11-06").windows
    timed = When(hours("2020-11-05", 4).mode, (replace(window, at=hours("2020-11-05", 4).windows[0].at),))

    assert [f.shared for f in said(by_video(timed))] == [("BY", "KG", "RU")]
    assert window.precision is Precision.MONTH


def test_hours_are_what_the_programme_says() -> None:
    assert said(by_video(hours("2020-11-05", 7, 9)), from_hour=7) == []
    assert len(said(by_video(hours("2020-11-05", 10, 12)), to_hour=14)) == 1


def test_without_a_clock_time_the_rule_is_silent() -> None:
    assert RULE.needs(a_board(by_video(days("2020-11-05")))) is Need.CLOCK_TIME
    assert RULE.needs(a_board(by_video(hours("2020-11-05", 10)))) is None
