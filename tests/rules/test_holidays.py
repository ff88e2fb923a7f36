"""C08 and C09: days off of the host and of participants."""

from dataclasses import replace

import pytest

from planner.domain.entries import DayKind, Holiday
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.window import When
from planner.rules import holiday_of_host, holiday_of_participant
from tests.boards import a_board, found
from tests.builders import PROGRAMME, a_register, an_event, day, days, hours, some_time


def off(state: str, on: str, kind: DayKind = DayKind.PUBLIC, estimated: bool = False) -> Holiday:
    return Holiday(PROGRAMME, state, day(on), kind=kind, estimated=estimated)


HOLIDAYS = (off("BY", "2020-07-03"), off("RU", "2020-06-24", DayKind.DAY_OFF), off("KZ", "2020-10-26", estimated=True))


def of_host(*events: Event) -> list[Finding]:
    return found(holiday_of_host.RULE, a_board(*events, register=a_register(holidays=HOLIDAYS)))


def of_participant(*events: Event) -> list[Finding]:
    return found(holiday_of_participant.RULE, a_board(*events, register=a_register(holidays=HOLIDAYS)))


@pytest.mark.parametrize(
    ("when", "is_found"),
    [
        (days("2020-06-22", "2020-06-23"), False),
        (days("2020-06-23", "2020-06-24"), True),
        (days("2020-06-22", "2020-06-26"), True),
        (days("2020-06-25"), False),
        (days("2020-06-20", "2020-06-30"), False),
        (some_time("2020-06-01", "2020-06-30"), False),
        (some_time("2020-06-24", "2020-06-24"), True),
    ],
    ids=["before", "last day", "inside", "after", "longer than ten days", "some day of June", "no clear day left"],
)
def test_event_on_a_day_off_of_its_host(when: When, is_found: bool) -> None:
    event = an_event("A", host="RU", when=when)

    assert [(f.refs, f.subject, f.severity) for f in of_host(event)] == (
        [(("A",), "RU", Severity.WARNING)] if is_found else []
    )


@pytest.mark.parametrize(
    ("when", "is_found"),
    [
        (days("2020-12-28", "2021-01-03"), True),
        (days("2020-12-28", "2020-12-31"), False),
        (days("2020-02-28"), False),
        (days("2020-02-29"), True),
        (days("2020-03-01"), False),
        (hours("2020-02-29", 10, 12), True),
        (hours("2020-02-28", 20, 23, zone="Asia/Bishkek"), False),
        (hours("2020-02-28", 22, 27), True),
        (hours("2020-02-28", 22, 24), False),
    ],
    ids=[
        "over the end of the year", "up to it", "28 February", "29 February", "1 March", "clock time",
        "evening before in another zone", "goes on after midnight", "ends at midnight",
    ],
)  # fmt: skip
def test_days_off_around_the_year_and_by_the_clock(when: When, is_found: bool) -> None:
    register = a_register(holidays=(off("RU", "2020-02-29"), off("RU", "2021-01-01")))

    assert bool(found(holiday_of_host.RULE, a_board(an_event(host="RU", when=when), register=register))) is is_found


def test_two_days_off_of_one_event_are_one_finding_and_so_are_two_states() -> None:
    register = a_register(
        holidays=tuple(off(state, on) for state in ("BY", "RU") for on in ("2020-10-13", "2020-10-14"))
    )
    event = an_event(states=("AM", "BY", "RU"))

    [of_two] = found(holiday_of_participant.RULE, a_board(event, register=register))
    [of_one] = found(holiday_of_host.RULE, a_board(replace(event, host="RU"), register=register))

    assert (of_two.shared, of_two.subject) == (("BY", "RU"), "BY+RU")
    assert of_two.fact["days"] == "BY 2020-10-13 BY 2020-10-14 RU 2020-10-13 RU 2020-10-14"
    assert (of_one.span.first, of_one.span.last) == (day("2020-10-13"), day("2020-10-14"))


def test_clock_time_falls_on_the_day_it_is_in_the_capital_of_the_participant() -> None:
    register = a_register(holidays=(off("KG", "2020-11-06"),))
    late = an_event(kind="statutory_meeting", states=["KG"], when=hours("2020-11-05", 20, 22))  # 23:00-01:00 in Bishkek
    early = replace(late, when=hours("2020-11-05", 18, 21))  # to midnight

    assert len(found(holiday_of_participant.RULE, a_board(late, register=register))) == 1
    assert found(holiday_of_participant.RULE, a_board(early, register=register)) == []


def test_weekend_worked_by_decree_is_no_day_off() -> None:
    register = a_register(holidays=(off("RU", "2020-06-27", DayKind.WORKING),))
    event = an_event(host="RU", when=days("2020-06-27"))

    assert found(holiday_of_host.RULE, a_board(event, register=register)) == []


@pytest.mark.parametrize("kind", ["commemoration", "media"])
def test_commemorations_and_media_are_held_on_holidays_on_purpose(kind: str) -> None:
    event = an_event(kind=kind, host="RU", when=days("2020-06-24"))

    assert of_host(event) == of_participant(replace(event, host="")) == []


def test_statutory_meeting_on_a_day_off_of_a_participant_is_a_warning_others_information() -> None:
    meeting = an_event("A", kind="statutory_meeting", host="RU", when=days("2020-07-03"))
    exercise = an_event("B", kind="exercise", host="RU", when=days("2020-07-03"))

    assert [(f.refs, f.shared, f.severity) for f in of_participant(meeting, exercise)] == [
        (("A",), ("BY",), Severity.WARNING),
        (("B",), ("BY",), Severity.INFO),
    ]


def test_day_off_of_the_host_is_not_said_twice() -> None:
    event = an_event(host="BY", when=days("2020-07-03"))

    assert (len(of_host(event)), of_participant(event)) == (1, [])


def test_estimated_day_gives_a_possible_finding() -> None:
    event = an_event(states=["KZ"], host="RU", when=days("2020-10-26"))

    assert [finding.certainty for finding in of_participant(event)] == [Certainty.POSSIBLE]
