"""C11: less time between two events of the same people than travel and rest need."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.board import Board
from planner.domain.entries import Place
from planner.domain.event import Attendance, Booking, BookingSort, Event, Link, Relation
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.window import When
from planner.rules import Need
from planner.rules.journey_too_short import RULE
from tests.boards import TODAY, a_board, found
from tests.builders import PROGRAMME, a_programme, a_register, an_event, days, hours, some_time
from tests.rules.cases import october

PLACES = (
    Place(PROGRAMME, "academy", state="RU", zone="Europe/Moscow", within="moscow"),
    Place(PROGRAMME, "bishkek", state="KG", zone="Asia/Bishkek", latitude=42.87, longitude=74.59),
    Place(PROGRAMME, "dushanbe", state="TJ", zone="Asia/Dushanbe", latitude=38.56, longitude=68.79),
    Place(PROGRAMME, "kubinka", state="RU", zone="Europe/Moscow", latitude=55.57, longitude=36.69),
    Place(
        PROGRAMME, "minsk", state="BY", zone="Europe/Minsk", latitude=53.90, longitude=27.57, travel=(("kubinka", 5),)
    ),
    Place(PROGRAMME, "moscow", state="RU", zone="Europe/Moscow", latitude=55.75, longitude=37.62),
    Place(PROGRAMME, "nowhere", state="RU", zone="Europe/Moscow"),
)


def at(ref: str, place: str, when: When, **fields: object) -> Event:
    return an_event(ref, bodies=("CFM",), places=[place], when=when, **fields)


def said(*events: Event, **parameters: int) -> list[Finding]:
    programme = a_programme(rules=(("C11", tuple(parameters.items())),))
    return found(RULE, a_board(*events, register=a_register(programme=programme, places=PLACES)))


MOSCOW = at("A", "academy", days("2020-10-12", "2020-10-16"))


@pytest.mark.parametrize(
    ("when", "is_found"),
    [
        (days("2020-10-05", "2020-10-09", "Asia/Dushanbe"), False),
        (days("2020-10-11", zone="Asia/Dushanbe"), True),
        (days("2020-10-10", "2020-10-12", "Asia/Dushanbe"), False),
        (days("2020-10-14", zone="Asia/Dushanbe"), False),
        (days("2020-10-12", "2020-10-16", "Asia/Dushanbe"), False),
        (days("2020-10-16", "2020-10-20", "Asia/Dushanbe"), False),
        (days("2020-10-17", zone="Asia/Dushanbe"), True),
        (days("2020-10-18", zone="Asia/Dushanbe"), False),
        (days("2020-10-26", zone="Asia/Dushanbe"), False),
        (hours("2020-10-17", 12, 14, "Asia/Dushanbe"), True),
        (hours("2020-10-17", 17, 18, "Asia/Dushanbe"), False),
        (hours("2020-10-17", 16, 18, "Asia/Dushanbe"), True),
    ],
    ids=[
        "before", "touching before", "over start", "inside", "equal", "over end", "touching after", "a day between",
        "after", "a meeting the day after", "21 hours after", "20 hours after",
    ],
)  # fmt: skip
def test_whole_days_count_from_nine_to_six_where_they_are(when: When, is_found: bool) -> None:
    found_here = [(f.refs, f.severity, f.certainty) for f in said(MOSCOW, at("B", "dushanbe", when))]

    assert found_here == ([(("A", "B"), Severity.WARNING, Certainty.CERTAIN)] if is_found else [])


def test_clock_times_prove_it_across_zones() -> None:
    moscow = at("A", "moscow", hours("2020-11-05", 15, 18))

    [finding] = said(moscow, at("B", "dushanbe", hours("2020-11-06", 9, zone="Asia/Dushanbe")))

    assert (finding.severity, finding.certainty, finding.shared) == (Severity.ERROR, Certainty.CERTAIN, ("AM", "BY"))
    assert finding.fact == {
        "level": "foreign",
        "earlier": "A",
        "travel": "9",
        "rest": "12",
        "minutes": "780",
        "end": "2020-11-05 18:00 Europe/Moscow",
        "begin": "2020-11-06 09:00 Asia/Dushanbe",
        "from": "2020-11-06 17:00 Asia/Dushanbe",
    }
    assert said(moscow, at("B", "dushanbe", hours("2020-11-06", 17, zone="Asia/Dushanbe"))) == []


def test_night_of_the_new_year_and_29_february_are_nights_as_others() -> None:
    for first, second in (("2020-12-31", "2021-01-01"), ("2020-02-28", "2020-02-29"), ("2020-02-29", "2020-03-01")):
        assert len(said(at("A", "moscow", days(first)), at("B", "dushanbe", days(second, zone="Asia/Dushanbe")))) == 1


def test_short_way_is_made_on_the_day_and_one_town_is_no_way() -> None:
    morning = at("A", "moscow", hours("2020-10-12", 9, 11))

    assert said(morning, at("B", "kubinka", hours("2020-10-12", 14, 16))) == []
    assert len(said(morning, at("B", "kubinka", hours("2020-10-12", 13, 16)))) == 1
    assert said(morning, at("B", "academy", hours("2020-10-12", 11, 12))) == []


def test_hours_said_of_two_places_go_before_their_distance_both_ways() -> None:
    minsk, kubinka = at("A", "minsk", hours("2020-10-12", 9, 18)), at("B", "kubinka", hours("2020-10-13", 11, 12))

    assert said(minsk, kubinka) == []
    assert len(said(minsk, replace(kubinka, when=hours("2020-10-13", 10, 12)))) == 1
    assert (
        said(replace(kubinka, when=hours("2020-10-12", 9, 18)), replace(minsk, when=hours("2020-10-13", 11, 12))) == []
    )


def test_rest_is_what_the_programme_says() -> None:
    pair = (
        at("A", "moscow", hours("2020-11-05", 15, 18)),
        at("B", "dushanbe", hours("2020-11-06", 9, zone="Asia/Dushanbe")),
    )

    assert (len(said(*pair, rest_hours=5)), len(said(*pair, rest_hours=4))) == (1, 0)


@pytest.mark.parametrize(
    "other",
    [
        at("B", "dushanbe", days("2020-10-17"), mode=Attendance.VIDEO),
        at("B", "dushanbe", days("2020-10-17"), mode=Attendance.MIXED),
        replace(at("B", "dushanbe", days("2020-10-17")), bodies=("CSC",)),
        at("B", "dushanbe", days("2020-10-17"), states=("KZ",)),
        at("B", "nowhere", days("2020-10-17")),
        at("B", "dushanbe", days("2020-10-17"), links=(Link(Relation.AROUND, "A"),)),
        at("B", "dushanbe", days("2020-10-17"), kind="commemoration"),
    ],
    ids=["by video", "perhaps by video", "another level", "other states", "nobody knows where", "linked", "leisure"],
)
def test_nobody_travels_who_need_not(other: Event) -> None:
    assert said(MOSCOW, other) == []


def test_state_that_joins_by_video_does_not_travel() -> None:
    by_video = tuple(replace(each, mode=Attendance.VIDEO) for each in MOSCOW.bookings if each.code == "AM")
    others = tuple(each for each in MOSCOW.bookings if each.code != "AM")
    dushanbe = at("B", "dushanbe", days("2020-10-17"))

    [finding] = said(replace(MOSCOW, bookings=(*by_video, *others)), dushanbe)

    assert finding.shared == ("BY",)


def test_people_of_no_known_level_are_a_note() -> None:
    events = replace(MOSCOW, bodies=()), replace(at("B", "dushanbe", days("2020-10-17")), bodies=())

    assert [finding.severity for finding in said(*events)] == [Severity.INFO]


def test_event_without_a_day_may_lie_too_near() -> None:
    week = at("B", "dushanbe", some_time("2020-10-17", "2020-10-21", length=1, zone="Asia/Dushanbe"))

    [finding] = said(MOSCOW, week)

    assert finding.placements is not None
    assert (finding.certainty, finding.placements.clash, finding.placements.of) == (Certainty.POSSIBLE, 1, 5)
    assert [day.day for day in finding.placements.clear] == [18, 19, 20, 21]


def test_three_events_one_after_another_give_two_pairs() -> None:
    events = (
        at("A", "moscow", days("2020-10-12")),
        at("B", "dushanbe", days("2020-10-13", zone="Asia/Dushanbe")),
        at("C", "moscow", days("2020-10-14")),
    )

    assert [finding.refs for finding in said(*events)] == [("A", "B"), ("B", "C")]


def test_host_without_a_place_is_met_in_its_capital() -> None:
    register = a_register(places=PLACES)
    parties = tuple(replace(p, capital=(("en", "dushanbe"),)) if p.code == "TJ" else p for p in register.parties)
    hosted = an_event("B", bodies=("CFM",), host="TJ", when=days("2020-10-17", zone="Asia/Dushanbe"))

    assert len(found(RULE, a_board(MOSCOW, hosted, register=replace(register, parties=parties)))) == 1
    assert found(RULE, a_board(MOSCOW, hosted, register=register)) == []


def test_without_coordinates_the_rule_is_silent() -> None:
    assert RULE.needs(a_board(MOSCOW)) is Need.COORDINATES
    assert RULE.needs(a_board(register=a_register(places=PLACES))) is None


@given(
    october(bodies=("CFM",), places=lambda number: [("moscow", "dushanbe", "minsk")[number % 3]]),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None)
def test_order_of_events_does_not_change_the_findings(events, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = events[:]
    chance.shuffle(shuffled)
    register = a_register(places=PLACES)

    assert found(RULE, Board(TODAY, (register,), tuple(shuffled))) == found(RULE, a_board(*events, register=register))


def test_members_as_a_group_travel_too() -> None:
    group = (Booking(BookingSort.PARTY, "members"),)
    events = [
        replace(event, bookings=(*group, *(b for b in event.bookings if b.sort is BookingSort.PLACE)))
        for event in (MOSCOW, at("B", "dushanbe", days("2020-10-17", zone="Asia/Dushanbe")))
    ]

    assert [finding.shared for finding in said(*events)] == [("AM", "BY", "KG", "KZ", "RU", "TJ")]
