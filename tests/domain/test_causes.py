"""One cause, one finding."""

from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.causes import can_stand_for, one_per_cause
from planner.domain.event import Link, Relation
from planner.domain.finding import Certainty, Finding, Severity, Span
from tests.boards import a_board
from tests.builders import an_event

EVENTS = st.sampled_from("ABCD")
SPAN = Span(date(2020, 10, 12), date(2020, 10, 16))
BOARD = a_board(
    an_event("EX"),
    an_event("EX-P1", links=(Link(Relation.PART_OF, "EX"),)),
    an_event("EX-P2", links=(Link(Relation.AROUND, "EX"),)),
    an_event("EX-TWIN"),
    *(an_event(ref) for ref in "ABC"),
)


def a_finding(
    rule: str,
    *refs: str,
    severity: Severity = Severity.ERROR,
    certainty: Certainty = Certainty.CERTAIN,
) -> Finding:
    return Finding(rule, refs, severity, certainty, SPAN)


def left(*found: Finding) -> list[tuple[str, ...]]:
    return [(finding.rule, *finding.refs) for finding in one_per_cause(BOARD, found)]


def test_first_of_several_rules_speaks_of_a_pair_and_names_the_others_that_are_more_than_notes() -> None:
    found = [a_finding(rule, "A", "B") for rule in ("C01", "C02", "C04")]

    assert [(each.rule, each.also) for each in one_per_cause(BOARD, found)] == [("C04", ("C02", "C01"))]
    assert one_per_cause(BOARD, [replace(found[0], severity=Severity.INFO), found[1]])[0].also == ()


def test_pair_reported_as_a_duplicate_gives_no_other_finding() -> None:
    twin = a_finding("C15", "EX", "EX-TWIN")
    others = a_finding("C04", "EX", "EX-TWIN"), a_finding("C11", "EX", "EX-TWIN"), a_finding("C13", "EX-P1", "EX-TWIN")

    assert left(twin, *others) == [("C15", "EX", "EX-TWIN")]


def test_later_twin_gives_no_finding_that_the_first_gives() -> None:
    twin = a_finding("C15", "EX", "EX-TWIN")

    assert left(a_finding("C08", "EX"), a_finding("C08", "EX-TWIN"), twin) == [("C08", "EX"), ("C15", "EX", "EX-TWIN")]
    assert left(a_finding("C04", "A", "EX"), a_finding("C04", "A", "EX-TWIN"), twin) == [
        ("C04", "A", "EX"),
        ("C15", "EX", "EX-TWIN"),
    ]
    assert left(a_finding("C08", "EX-TWIN"), twin) == [("C08", "EX-TWIN"), ("C15", "EX", "EX-TWIN")]


def test_phase_gives_no_finding_that_its_exercise_gives_but_graver_ones() -> None:
    whole, phase = a_finding("C01", "A", "EX"), a_finding("C01", "A", "EX-P1")

    assert left(whole, phase) == [("C01", "A", "EX")]
    assert left(phase) == [("C01", "A", "EX-P1")]
    assert left(replace(whole, severity=Severity.INFO), phase) == [("C01", "A", "EX-P1")]


def test_two_families_clash_once_with_the_gravest_of_their_phases() -> None:
    note = a_finding("C01", "A", "EX-P1", severity=Severity.INFO)

    assert left(note, a_finding("C01", "A", "EX-P2")) == [("C01", "A", "EX-P2")]
    assert left(a_finding("C01", "A", "EX-P1"), a_finding("C04", "A", "EX-P2")) == [
        ("C01", "A", "EX-P1"),
        ("C04", "A", "EX-P2"),
    ]
    assert len(left(a_finding("C08", "EX-P1"), a_finding("C08", "EX-P2"))) == 2


def test_phase_outside_its_exercise_is_said_of_the_phase() -> None:
    found = a_finding("C20", "EX", "EX-P1"), a_finding("C20", "EX")

    assert left(*found) == [("C20", "EX", "EX-P1"), ("C20", "EX")]


def test_possible_pairs_of_a_set_that_cannot_take_place_together_are_said_with_it() -> None:
    joint = a_finding("C04", "A", "B", "C", certainty=Certainty.JOINTLY)
    pairs = [a_finding("C04", *refs, certainty=Certainty.POSSIBLE) for refs in (("A", "B"), ("B", "C"))]

    assert left(*pairs, joint) == [("C04", "A", "B", "C")]
    assert left(*(replace(pair, certainty=Certainty.CERTAIN) for pair in pairs), joint) != [("C04", "A", "B", "C")]


def test_pair_that_cannot_take_place_together_is_said_once() -> None:
    found = (
        a_finding("C04", "A", "B", certainty=Certainty.POSSIBLE),
        a_finding("C04", "A", "B", certainty=Certainty.JOINTLY),
    )

    assert [each.certainty for each in one_per_cause(BOARD, found)] == [Certainty.JOINTLY]


def test_events_of_other_families_are_not_taken_for_repeats() -> None:
    assert len(left(a_finding("C01", "A", "EX"), a_finding("C01", "B", "EX"), a_finding("C01", "A", "B"))) == 3


def test_finding_of_very_many_events_that_have_twins_is_told_from_its_repetitions_at_once() -> None:
    count = 40
    board = a_board(*(an_event(f"{sort}{n:02}") for sort in "AB" for n in range(count)))
    twins = [a_finding("C15", f"A{n:02}", f"B{n:02}") for n in range(count)]
    firsts, laters = (tuple(f"{sort}{n:02}" for n in range(count)) for sort in "AB")
    half = tuple(sorted((*firsts[:20], *laters[20:])))
    other = (*firsts[:39], "C")

    found = [a_finding("C03", *refs) for refs in (firsts, laters, half, other)]

    kept = one_per_cause(a_board(*board.events, an_event("C")), [*twins, *found])
    assert [each.refs for each in kept if each.rule == "C03"] == [firsts, other]


@given(st.lists(st.sets(EVENTS, min_size=1, max_size=3), min_size=1, max_size=4), st.sets(EVENTS, min_size=1))
def test_stand_ins_are_the_same_whether_tried_one_by_one_or_looked_up_in_what_is_said(
    sets: list[set[str]], wanted: set[str]
) -> None:
    choices = [tuple(sorted(each)) for each in sets]

    one_by_one = tuple(sorted(wanted)) in {tuple(sorted({*refs})) for refs in product(*choices)}

    assert can_stand_for(tuple(sorted(wanted)), choices) == one_by_one
