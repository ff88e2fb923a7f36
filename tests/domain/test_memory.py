"""What became of findings between two checks."""

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.event import Event, Status
from planner.domain.memory import Memory, Turn, compare, remember
from planner.domain.report import Report
from planner.domain.waiver import Waiver
from planner.domain.window import When
from planner.services.checking import check
from tests.boards import a_board
from tests.builders import a_register, an_event, days, some_time

TODAY = date(2020, 6, 1)
ONE = an_event("A", bodies=("JS",))
FAR = days("2020-11-12", "2020-11-16")
THIN = some_time("2020-09-01", "2020-11-30", length=2)


def report(when: When, *, accepted: bool = False, today: date = TODAY, status: Status = Status.APPROVED) -> Report:
    """A check of one exercise, and another at that time."""
    return checked(
        (replace(ONE, status=status), an_event("B", bodies=("JS",), when=when, status=status)), accepted, today
    )


def checked(events: tuple[Event, ...], accepted: bool, today: date) -> Report:
    found = check(a_board(*events, today=today))
    if not accepted:
        return found
    waivers = tuple(
        Waiver(a_register().programme.code, each.id, each.finding.fingerprint, "agreed", "A. Writer", date(2020, 12, 1))
        for each in found.checked
    )
    return check(a_board(*events, today=today, register=a_register(waivers=waivers)))


def turn(then: Report, now: Report) -> Turn | None:
    """What became of the only finding."""
    since = compare(Memory(1, TODAY, remember(then)), now)
    turns = [*since.turns.values(), *(Turn.GONE for _ in since.gone)]
    assert len(turns) < 2
    return turns[0] if turns else None


MEETS, MEETS_MORE = days("2020-10-16", "2020-10-20"), days("2020-10-14", "2020-10-20")
MAY_MEET = some_time("2020-10-12", "2020-10-23", length=3)


@pytest.mark.parametrize(
    ("then", "now", "became"),
    [
        (report(FAR), report(MEETS), Turn.NEW),
        (report(THIN), report(MEETS), Turn.NEW),
        (report(MEETS), report(FAR), Turn.GONE),
        (report(MEETS), report(MEETS), None),
        (report(MEETS), report(MEETS_MORE), Turn.WORSE),
        (report(MEETS_MORE), report(MEETS), Turn.EASED),
        (report(MAY_MEET), report(MEETS), Turn.WORSE),
        (report(MEETS), report(MAY_MEET), Turn.EASED),
        (report(MEETS), report(THIN), Turn.EASED),
        (report(THIN), report(FAR), None),
        (report(MEETS), report(MEETS, accepted=True), Turn.ACCEPTED),
        (report(FAR), report(MEETS, accepted=True), Turn.ACCEPTED),
        (report(MEETS, accepted=True), report(MEETS, accepted=True), None),
        (report(MEETS, accepted=True), report(MEETS), Turn.LAPSED),
        (report(MEETS, accepted=True), report(FAR), Turn.GONE),
        (report(MEETS), report(MEETS, today=date(2020, 11, 1)), Turn.OVER),
        (report(MEETS), report(MEETS, status=Status.HELD), Turn.OVER),
        (report(MEETS, status=Status.HELD), report(MEETS, status=Status.HELD), None),
        # Once the programme is over the whole of it is listed: nothing became worse by that.
        (report(MEETS, status=Status.HELD), report(MEETS, status=Status.HELD, today=date(2021, 2, 1)), None),
    ],
)
def test_finding_has_the_turn_its_two_states_say(then: Report, now: Report, became: Turn | None) -> None:
    assert turn(then, now) is became


def test_only_what_is_new_worse_or_lapsed_presses() -> None:
    pressing = compare(Memory(1, TODAY, remember(report(FAR))), report(MEETS)).pressing
    calm = compare(Memory(1, TODAY, remember(report(MEETS_MORE))), report(MEETS)).pressing

    assert (len(pressing), len(calm)) == (1, 0)
