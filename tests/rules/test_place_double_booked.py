from dataclasses import replace

from planner.domain.entries import Place
from planner.domain.finding import Certainty, Severity
from planner.domain.texts import texts
from planner.rules.place_double_booked import RULE
from tests.boards import a_board, found
from tests.builders import PROGRAMME, a_register, an_event, days, hours, some_time

RANGE = an_event("A", places=["losvido"])


def test_range_booked_twice_is_an_error() -> None:
    other = replace(RANGE, ref="B", when=days("2020-10-16", "2020-10-18"))

    [finding] = found(RULE, a_board(RANGE, other))

    assert (finding.refs, finding.shared) == (("A", "B"), ("losvido",))
    assert (finding.severity, finding.certainty) == (Severity.ERROR, Certainty.CERTAIN)


def test_place_double_booked_when_one_starts_as_the_other_ends_finds_nothing() -> None:
    session = an_event("A", places=["losvido"], when=hours("2020-11-28", 9, 14))
    reception = an_event("B", places=["losvido"], when=hours("2020-11-28", 14, 18))

    assert found(RULE, a_board(session, reception)) == []


def test_city_is_never_double_booked() -> None:
    assert found(RULE, a_board(an_event("A", places=["moscow"]), an_event("B", places=["moscow"]))) == []


def test_possible_clash_says_how_many_placements_clash() -> None:
    october = replace(RANGE, ref="B", when=some_time("2020-10-01", "2020-10-31", length=2))

    [finding] = found(RULE, a_board(RANGE, october))

    assert finding.placements is not None
    assert (finding.severity, finding.placements.clash, finding.placements.of) == (Severity.WARNING, 6, 30)


def test_hall_clashes_with_the_centre_around_it_but_not_with_the_hall_beside_it() -> None:
    places = (
        Place(PROGRAMME, "centre", texts(en="Centre"), capacity=1),
        Place(PROGRAMME, "hall-1", texts(en="Hall 1"), capacity=1, within="centre"),
        Place(PROGRAMME, "hall-2", texts(en="Hall 2"), capacity=1, within="centre"),
    )
    register = a_register(places=places)
    whole, one, other = (
        an_event(ref, places=[code]) for ref, code in (("A", "centre"), ("B", "hall-1"), ("C", "hall-2"))
    )

    refs = [finding.refs for finding in found(RULE, a_board(whole, one, other, register=register))]

    assert refs == [("A", "B"), ("A", "C")]
