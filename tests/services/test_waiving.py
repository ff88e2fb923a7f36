"""Accepting findings: with a reason and a name, for the facts as they are, until a day."""

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.event import Event
from planner.domain.register import Register
from planner.domain.report import Report
from planner.domain.texts import texts
from planner.domain.waiver import Waiver
from planner.errors import BadInput, NotFound
from planner.services.checking import Options, check
from planner.services.waiving import Standing, propose_end, propose_waive, waivers
from planner.wording.layout import Layout
from planner.wording.report import say_report
from tests.boards import a_board
from tests.builders import PROGRAMME, a_register, an_event, days

ONE = an_event("A", bodies=("JS",))
OTHER = an_event("B", bodies=("JS",), when=days("2020-10-14", "2020-10-20"))
TODAY = date(2020, 9, 1)


def report(*events: Event, accepted: tuple[Waiver, ...] = (), today: date = TODAY, everything: bool = False) -> Report:
    board = a_board(*(events or (ONE, OTHER)), register=a_register(waivers=accepted), today=today)
    return check(board, Options(everything=everything))


def accepted(until: date | None = None) -> Waiver:
    found = report()
    [change] = propose_waive(found, 1, [found.shown[0].handle], "deputy attends", "A. Writer", until).changes
    assert isinstance(change.after, Waiver)
    return change.after


def test_accepting_takes_a_finding_from_the_list_and_counts_it() -> None:
    before = report()
    after = report(accepted=(accepted(),))

    assert (before.fails("certain"), after.fails("possible")) == (True, False)
    assert after.shown == ()
    assert after.counts["accepted"] == 1
    assert say_report(after, Layout(after.board, "en", 200))[-1].startswith(
        "No clash among 2 events; 1 accepted (next lapses 20 Oct)."
    )


def test_accepting_holds_to_the_end_of_the_later_event_unless_said() -> None:
    assert accepted().until == date(2020, 10, 20)
    assert accepted(date(2020, 9, 30)).until == date(2020, 9, 30)
    assert report(accepted=(accepted(date(2020, 9, 30)),), today=date(2020, 9, 30)).shown == ()
    [lapsed] = report(accepted=(accepted(date(2020, 9, 30)),), today=date(2020, 10, 1)).shown
    assert lapsed.lapsed == accepted(date(2020, 9, 30))


def test_accepting_lapses_when_the_facts_change() -> None:
    moved = replace(OTHER, when=days("2020-10-15", "2020-10-20"))

    found = report(ONE, moved, accepted=(accepted(),))

    [listed] = found.shown
    assert (listed.waiver, listed.lapsed) == (None, accepted())
    assert found.fails("certain")
    assert "     was accepted by A. Writer, but the facts have changed since: deputy attends" in say_report(
        found, Layout(found.board, "en", 120)
    )


def test_accepting_holds_when_a_title_or_a_remark_is_mended() -> None:
    mended = replace(ONE, titles=texts(en="Excercise, mended"), remarks=texts(en="see annex"))

    assert report(mended, OTHER, accepted=(accepted(),)).shown == ()


def test_what_is_accepted_is_listed_with_all_and_never_makes_a_check_fail() -> None:
    found = report(accepted=(accepted(),), everything=True)

    [listed] = found.shown
    assert listed.waiver == accepted()
    assert not found.fails("possible")
    assert (found.counts["certain"], found.counts["accepted"]) == (0, 1)


def test_accepting_needs_a_reason_and_a_day_to_come() -> None:
    found = report()
    handle = found.shown[0].handle

    with pytest.raises(BadInput, match="--reason: is not said"):
        propose_waive(found, 1, [handle], " ", "A. Writer", None)
    with pytest.raises(BadInput, match="--until: 2020-08-31 is past"):
        propose_waive(found, 1, [handle], "because", "A. Writer", date(2020, 8, 31))


def test_unknown_handles_are_all_named_with_those_there_are() -> None:
    found = report()

    with pytest.raises(NotFound) as error:
        propose_waive(found, 1, ["ZZZZ", "YYYY"], "because", "A. Writer", None)

    assert str(error.value).count("there is no finding") == 2
    assert found.shown[0].handle in str(error.value)


def test_waivers_say_what_has_become_of_them() -> None:
    its = accepted()
    moved = replace(OTHER, when=days("2020-10-15", "2020-10-20"))
    apart = replace(OTHER, when=days("2020-11-15", "2020-11-20"))

    standings = [
        waivers(found)[0].standing
        for found in (
            report(accepted=(its,)),
            report(ONE, moved, accepted=(its,)),
            report(ONE, apart, accepted=(its,)),
            report(accepted=(replace(its, until=date(2020, 8, 1)),)),
        )
    ]

    assert standings == [Standing.HOLDS, Standing.CHANGED, Standing.GONE, Standing.ENDED]


def test_ending_a_waiver_lists_its_finding_again() -> None:
    found = report(accepted=(accepted(),))

    [change] = propose_end(found, 2, [waivers(found)[0].handle.lower()]).changes

    assert (change.before, change.after) == (accepted(), None)


def test_register_keeps_waivers_among_its_entries() -> None:
    its = accepted()
    register: Register = a_register(waivers=(its,))

    assert its.programme == PROGRAMME
    assert register.entry("waiver", its.code) == its
