from dataclasses import replace

from planner.domain.entries import Place
from planner.domain.zone import with_places_around, zone_of
from tests.builders import PROGRAMME, a_register, an_event

HALL = Place(PROGRAMME, "hall", within="bishkek")
CAMP = Place(PROGRAMME, "camp", state="TJ")
LOOP = (Place(PROGRAMME, "in", within="out"), Place(PROGRAMME, "out", within="in"))
REGISTER = a_register(places=tuple(sorted((*a_register().places, HALL, CAMP, *LOOP), key=lambda place: place.code)))


def test_zone_is_the_places_else_of_what_is_around_it_else_of_its_state() -> None:
    zones = [zone_of(an_event(places=[code]), REGISTER) for code in ("bishkek", "hall", "camp")]

    assert zones == ["Asia/Bishkek", "Asia/Bishkek", "Asia/Dushanbe"]


def test_zone_without_a_place_is_the_hosts_else_the_programmes() -> None:
    event = an_event(host="AM")

    assert (zone_of(event, REGISTER), zone_of(replace(event, host=""), REGISTER)) == ("Asia/Yerevan", "Europe/Moscow")


def test_places_that_lie_in_one_another_end() -> None:
    assert [place.code for place in with_places_around("in", REGISTER)] == ["in", "out"]
