"""Days that would help: each verified on the whole plan, with respect for nature, families, status and working days."""

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from planner.domain.entries import Family
from planner.domain.event import Link, Relation, Status
from planner.domain.finding import Severity
from planner.domain.memory import Memory, Since, compare, remember
from planner.domain.report import Report
from planner.domain.suggestion import Suggestion
from planner.errors import BadInput
from planner.services.checking import check
from planner.services.moving import propose_when
from planner.services.suggesting import Trying, best_moves, suggest
from planner.services.trying import WHOLE, board_after, plan_of, try_moves
from planner.wording.dates import write_when
from tests.boards import a_board, sample_board, sample_events, sample_register
from tests.builders import PROGRAMME, a_kind, a_register, an_event, days, some_time
from tests.services.test_forecasting import a_year, on_board, shifted

TODAY = date(2020, 9, 1)
ONE = an_event("A", bodies=("JS",), status=Status.CONFIRMED)
OTHER = an_event("B", bodies=("JS",), when=days("2020-10-14", "2020-10-15"), status=Status.DRAFT)


def best(*events, **fields) -> dict[tuple[str, ...], Suggestion]:  # type: ignore[no-untyped-def]
    report = check(a_board(*events, today=TODAY, **fields))
    found = best_moves(report, 1, report.shown)
    refs = {each.id: each.finding.refs for each in report.shown}
    return {refs[id_]: move for id_, move in found.items()}


def test_best_move_takes_the_event_that_costs_less_to_the_nearest_working_days_that_are_clear() -> None:
    move = best(ONE, OTHER)["A", "B"]

    # 17 and 18 October are a weekend; 8 and 9 October are as clear as 19 and 20, and farther away.
    assert (move.event.ref, write_when(move.when, "en")) == ("B", "19–20 Oct 2020")
    assert (len(move.cleared), move.created) == (1, ())


def test_best_move_avoids_what_it_would_break_elsewhere() -> None:
    third = an_event("C", bodies=("JS",), when=days("2020-10-19", "2020-10-28"), status=Status.CONFIRMED)

    move = best(ONE, OTHER, third)["A", "B"]

    assert (move.event.ref, write_when(move.when, "en")) == ("B", "8–9 Oct 2020")


def test_no_move_is_proposed_of_what_nature_or_others_have_fixed() -> None:
    fixed = replace(ONE, fixed_by_nature=True)
    outside = an_event("B", bodies=("JS",), when=days("2020-10-14", "2020-10-15"), layer="CIS")

    assert best(fixed, outside) == {}
    for event, why in ((fixed, "fixed by nature"), (outside, "not ours to move")):
        with pytest.raises(BadInput, match=why):
            suggest(a_board(fixed, outside, today=TODAY), 1, event)
    with pytest.raises(BadInput, match="is held"):
        suggest(a_board(ONE), 1, replace(ONE, status=Status.HELD))


def test_family_comes_along_and_a_deployment_never_follows_its_exercise() -> None:
    deployment = an_event(
        "A-DEP", bodies=("JS",), when=days("2020-10-07", "2020-10-09"), links=(Link(Relation.AROUND, "A"),)
    )
    course = an_event("B", bodies=("JS",), when=days("2020-10-08", "2020-10-09"), status=Status.CONFIRMED)
    board = a_board(ONE, deployment, course, today=TODAY)

    for each in suggest(board, 1, deployment):
        assert each.when.windows[0].last < date(2020, 10, 12)
    for each in suggest(board, 1, ONE):
        moved = each.report.board.event(PROGRAMME, "A-DEP")
        assert moved is not None
        assert moved.when.windows[0].first - deployment.when.windows[0].first == (
            each.when.windows[0].first - ONE.when.windows[0].first
        )


def test_open_window_gets_a_day_of_its_own() -> None:
    some_day = an_event("B", bodies=("JS",), when=some_time("2020-10-05", "2020-10-30", length=2))

    found = suggest(a_board(ONE, some_day, today=TODAY), 1, some_day)

    assert found
    assert all(date(2020, 10, 5) <= each.when.windows[0].first <= date(2020, 10, 29) for each in found)
    assert all(each.when.is_fixed and not each.created for each in found)


def test_window_that_is_open_already_gets_tomorrow_at_the_earliest() -> None:
    some_day = an_event("B", bodies=("JS",), when=some_time("2020-10-05", "2020-10-30", length=2))
    report = check(a_board(some_day, today=date(2020, 10, 6)))

    [move] = best_moves(report, 1, report.shown).values()

    assert move.when.windows[0].first == date(2020, 10, 7)


def test_suggestions_never_lie_before_tomorrow_or_on_days_off_of_the_host() -> None:
    report = check(replace(sample_board(TODAY), events=sample_events("programme_2020_as_planned.csv")))

    for move in best_moves(report, 1, report.shown).values():
        window = move.when.windows[0]
        assert window.first > TODAY
        assert window.first.weekday() < 5 or move.event.when.windows[0].first.weekday() >= 5
        off = {day.day for day in sample_register().holidays if day.state == move.event.host}
        assert window.first not in off


def test_commemorations_may_be_held_on_a_weekend() -> None:
    register = a_register(kinds=(a_kind(Family.COMMEMORATION, blocks=True),))
    ceremony = replace(OTHER, kind="commemoration")
    same_days = replace(ONE, kind="commemoration", when=OTHER.when)
    board = a_board(same_days, ceremony, register=register, today=TODAY)

    assert write_when(suggest(board, 1, ceremony, within=4)[0].when, "en") == "16–17 Oct 2020"


def test_every_suggestion_of_the_sample_clears_what_it_says_and_creates_nothing_as_grave() -> None:
    report = check(replace(sample_board(date(2020, 1, 10)), events=sample_events("programme_2020_as_planned.csv")))

    moves = best_moves(report, 1, report.shown)

    assert len(moves) >= 8
    for each in report.shown:
        if each.id in moves:
            move = moves[each.id]
            words = write_when(move.when, "en")
            trial = try_moves(report.board, 1, move.event.programme, [(move.event.ref, words)])
            assert each.id in {gone.id for gone in trial.since.gone}
            worse = [found for found in trial.report.checked if found.id in trial.since.pressing]
            assert all(found.finding.severity.rank > each.finding.severity.rank for found in worse)


def test_suggestions_are_ranked_by_what_they_break_then_clear_then_how_far_they_are() -> None:
    third = an_event("C", bodies=("JS",), when=days("2020-10-19", "2020-10-23"), status=Status.CONFIRMED)

    found = suggest(a_board(ONE, OTHER, third, today=TODAY), 1, OTHER, within=14)

    def merit(each: Suggestion) -> tuple[int, int, int]:
        errors = sum(made.finding.severity is Severity.ERROR for made in each.created)
        return errors, -len(each.cleared), each.days_moved

    assert all(merit(one) <= merit(other) for one, other in pairwise(found))
    assert found[0].created == ()


def turned(since: Since, report: Report) -> tuple[object, ...]:
    """What a comparison says of each finding, those that stay left out."""
    now = [(each.id, each.handle, each.finding, turn) for each in report.checked if (turn := since.turns.get(each.id))]
    return sorted(now, key=lambda each: each[0]), sorted((gone.id, gone.handle) for gone in since.gone)


def compare_with_whole_checks(numbers: range) -> int:
    """How many findings turned by moves of random years; fails where a suggestion says else than two whole checks."""
    said = 0
    for number in numbers:
        chance = random.Random(number)
        board = on_board(a_year(chance))
        trying, now = Trying(board, 1), Memory(1, board.day, remember(check(board, WHOLE)), is_trial=True)
        for event in chance.sample([each for each in board.events if each.when.windows], 3):
            when = shifted(event, chance.choice((-40, -20, -3, -1, 1, 3, 20))).when
            proposal = propose_when(plan_of(board, 1, PROGRAMME), event, when)
            report = check(board_after(board, proposal.changes), WHOLE)

            move = trying.verified(event, when)

            assert (number, *turned(move.since, move.report)) == (number, *turned(compare(now, report), report))
            said += len(move.created) + len(move.cleared)
    return said


def test_suggestion_says_what_a_check_of_the_whole_plan_before_and_after_says() -> None:
    assert compare_with_whole_checks(range(25)) > 40


@pytest.mark.soak
def test_suggestion_says_what_two_whole_checks_say_in_the_long_run() -> None:
    compare_with_whole_checks(range(2000, 2900))


def test_trial_looks_at_the_whole_plan() -> None:
    assert WHOLE.past
