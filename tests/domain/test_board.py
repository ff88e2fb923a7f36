from dataclasses import replace

from planner.domain.board import Delegation
from planner.domain.entries import Party, Standing
from planner.domain.event import MEMBERS, Booking, BookingSort, Link, Relation, Role, Status
from tests.boards import a_board
from tests.builders import PROGRAMME, ZONES, a_register, an_event, day, days, with_observer


def test_members_are_expanded_on_the_day_of_the_event() -> None:
    joined = Party(PROGRAMME, "RS", standing=Standing.MEMBER, first=day("2020-07-01"))
    register = a_register(
        parties=(*(Party(PROGRAMME, s, standing=Standing.MEMBER, zone=z) for s, z in ZONES.items()), joined)
    )
    members = (Booking(BookingSort.PARTY, MEMBERS),)
    before = an_event("A", bookings=members, when=days("2020-06-30"))
    after = an_event("B", bookings=members, when=days("2020-07-01"))

    board = a_board(before, after, register=register)

    assert board.states(before) == ("AM", "BY", "KG", "KZ", "RU", "TJ")
    assert board.states(after) == ("AM", "BY", "KG", "KZ", "RS", "RU", "TJ")


def test_level_is_the_bookings_else_the_bodys_else_the_kinds() -> None:
    said = an_event("A", bookings=(Booking(BookingSort.PARTY, "AM", level="heads"),), bodies=("JS",))
    of_bodies = an_event("B", states=["AM"], bodies=("JS", "CFM"))
    of_kind = an_event("C", states=["AM"])

    board = a_board(said, of_bodies, of_kind)

    assert board.delegations(said) == (Delegation("AM", "heads"),)
    assert board.delegations(of_bodies) == (Delegation("AM", "foreign"), Delegation("AM", "staff"))
    assert board.delegations(of_kind) == (Delegation("AM", ""),)


def test_observers_and_organisations_send_no_delegation() -> None:
    event = with_observer(an_event(states=["AM", "UN"]), "KZ")

    assert a_board(event).states(event) == ("AM",)


def test_events_that_do_not_stand_on_a_date_are_not_standing() -> None:
    events = (
        an_event("A"),
        an_event("B", status=Status.CANCELLED),
        an_event("C", status=Status.POSTPONED),
        an_event("D", links=(Link(Relation.REPLACES, "E"),)),
        an_event("E"),
    )

    assert [event.ref for event in a_board(*events).standing()] == ["A", "D"]


def test_campaign_without_a_place_occupies_nobody() -> None:
    campaign = an_event("A", when=days("2020-10-01", "2020-10-20"))
    course = replace(campaign, ref="B", bookings=an_event(places=["moscow"]).bookings)

    board = a_board(campaign, course)

    assert (board.occupies(campaign), board.occupies(course)) == (False, True)


def test_commemoration_occupies_people_only_when_it_says_so() -> None:
    parade = an_event("A", kind="commemoration")

    assert a_board().register(parade).kind("commemoration") is not None
    assert (a_board().occupies(parade), a_board().occupies(replace(parade, blocks=True))) == (False, True)


def test_phases_and_deployment_belong_to_the_family_of_their_exercise() -> None:
    exercise = an_event("EX")
    phase = an_event("P1", links=(Link(Relation.PART_OF, "EX"),))
    deployment = an_event("DEP", links=(Link(Relation.AROUND, "EX"),))
    together = an_event("SEA", links=(Link(Relation.WITH, "EX"),))
    stranger = an_event("OTHER")

    board = a_board(exercise, phase, deployment, together, stranger)

    assert board.root(phase) == board.root(deployment) == exercise
    assert board.are_linked(phase, deployment)
    assert board.are_linked(phase, together)
    assert not board.are_linked(phase, stranger)


def test_links_in_a_circle_end() -> None:
    one = an_event("A", links=(Link(Relation.PART_OF, "B"),))
    other = an_event("B", links=(Link(Relation.PART_OF, "A"),))

    board = a_board(one, other)

    assert board.root(one) in {one, other}


def test_role_of_an_optional_party_claims_nobody() -> None:
    event = an_event(bookings=(Booking(BookingSort.PARTY, "AM", role=Role.OPTIONAL),))

    assert a_board(event).delegations(event) == ()
