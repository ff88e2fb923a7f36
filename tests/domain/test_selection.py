"""Which events a feed takes in."""

import pytest

from planner.domain.entries import Family
from planner.domain.event import MEMBERS, Event, Status
from planner.domain.feed import Feed, Policy, Selection
from planner.domain.selection import selects
from tests.boards import a_board
from tests.builders import PROGRAMME, an_event, with_observer

EXERCISE = an_event(
    bodies=("JS",), forces=["CPF"], places=["losvido"], priorities=("P10",), host="BY", states=("AM", "BY")
)


def takes_in(selection: Selection, event: Event = EXERCISE) -> bool:
    return selects(selection, event, a_board(event))


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), True),
        (Selection(kinds=("exercise",)), True),
        (Selection(kinds=("media",)), False),
        (Selection(families=(Family.MEDIA, Family.EXERCISE)), True),
        (Selection(families=(Family.MEDIA,)), False),
        (Selection(bodies=("JS",)), True),
        (Selection(bodies=("CSC",)), False),
        (Selection(states=("AM", "TJ")), True),
        (Selection(states=("TJ",)), False),
        (Selection(forces=("CPF",)), True),
        (Selection(forces=("CF",)), True),
        (Selection(forces=("POLICE",)), False),
        (Selection(places=("losvido",)), True),
        (Selection(places=("moscow",)), False),
        (Selection(priorities=("P10",)), True),
        (Selection(priorities=("P15",)), False),
        (Selection(statuses=(Status.APPROVED,)), True),
        (Selection(statuses=(Status.HELD,)), False),
        (Selection(kinds=("exercise",), states=("TJ",)), False),
    ],
)
def test_selection_takes_in_what_fits_every_field_that_says_anything(selection: Selection, expected: bool) -> None:
    assert takes_in(selection) is expected


def test_selection_by_state_knows_members_hosts_and_observers() -> None:
    wanted = Selection(states=("KZ",))

    assert takes_in(wanted, an_event(states=(MEMBERS,)))
    assert takes_in(wanted, an_event(states=(), host="KZ"))
    assert takes_in(wanted, with_observer(an_event(states=()), "KZ"))


@pytest.mark.parametrize("name", ["", "a/b", "a b", "..", "all.ics?"])
def test_feed_name_that_cannot_stand_in_an_address_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a feed"):
        Feed(PROGRAMME, name)


def test_days_of_a_policy_are_never_negative() -> None:
    with pytest.raises(ValueError, match="moved_days is -1"):
        Policy(moved_days=-1)
