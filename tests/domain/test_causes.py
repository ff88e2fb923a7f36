"""One cause, one finding."""

from dataclasses import replace
from datetime import date

from planner.domain.causes import one_per_cause
from planner.domain.event import Link, Relation
from planner.domain.finding import Certainty, Finding, Severity, Span
from tests.boards import a_board
from tests.builders import an_event

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
