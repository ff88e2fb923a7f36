from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.board import Board
from planner.domain.entries import Force
from planner.domain.event import Link, Relation
from planner.domain.finding import Certainty, Severity, Span
from planner.domain.window import When
from planner.rules.force_double_booked import RULE
from tests.boards import TODAY, a_board, found
from tests.builders import PROGRAMME, a_register, an_event, day, days, some_time
from tests.rules.cases import each_meeting, october


def test_force_in_two_events_is_an_error() -> None:
    [finding] = found(RULE, a_board(an_event("A", forces=["CPF"]), an_event("B", forces=["CPF"])))

    assert (finding.severity, finding.shared) == (Severity.ERROR, ("CPF",))


@each_meeting
def test_one_force_in_two_events(one: When, other: When, meets: bool) -> None:
    a, b = (
        an_event(ref, forces=["CPF"], when=when, states=[state])
        for ref, when, state in (("A", one, "AM"), ("B", other, "BY"))
    )

    assert [finding.refs for finding in found(RULE, a_board(a, b))] == ([("A", "B")] if meets else [])


def test_three_events_in_one_slot_give_three_pairs() -> None:
    refs = [finding.refs for finding in found(RULE, a_board(*(an_event(ref, forces=["CPF"]) for ref in "ABC")))]

    assert refs == [("A", "B"), ("A", "C"), ("B", "C")]


def test_whole_and_its_part_that_fit_only_two_by_two_are_jointly_certain() -> None:
    forces = {"A": "CPF", "B": "CF", "C": "CPF"}
    events = [
        an_event(ref, forces=[code], when=some_time("2020-09-01", "2020-09-26", 9)) for ref, code in forces.items()
    ]

    joint = [each for each in found(RULE, a_board(*events)) if each.certainty is Certainty.JOINTLY]

    assert [(each.refs, each.severity, each.shared, each.span) for each in joint] == [
        (("A", "B", "C"), Severity.ERROR, ("CPF",), Span(day("2020-09-01"), day("2020-09-26"))),
    ]


def test_two_parts_of_a_force_are_not_asked_for_the_days_of_the_whole() -> None:
    forces = tuple(Force(PROGRAMME, code, within=within) for code, within in (("CF", ""), ("X", "CF"), ("Y", "CF")))
    events = [
        an_event(ref, forces=[code], when=some_time("2020-09-01", "2020-09-26", 9))
        for ref, code in {"A": "X", "B": "CF", "C": "Y"}.items()
    ]

    certainties = {each.certainty for each in found(RULE, a_board(*events, register=a_register(forces=forces)))}

    assert certainties == {Certainty.POSSIBLE}


@given(october(forces=lambda number: [("CPF", "CF", "POLICE")[number % 3]]), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_events_does_not_change_the_findings(events, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = events[:]
    chance.shuffle(shuffled)

    assert found(RULE, Board(TODAY, (a_register(),), tuple(shuffled))) == found(RULE, a_board(*events))


def test_force_clashes_with_the_whole_it_is_a_part_of() -> None:
    [finding] = found(RULE, a_board(an_event("A", forces=["CPF"]), an_event("B", forces=["CF"])))

    assert finding.shared == ("CF",)


def test_description_of_forces_never_clashes() -> None:
    assert found(RULE, a_board(an_event("A", forces=["POLICE"]), an_event("B", forces=["POLICE"]))) == []


def test_staff_course_against_a_deployment_is_a_warning() -> None:
    exercise = an_event("EX", forces=["CPF"], when=days("2020-10-20", "2020-10-24"))
    deployment = an_event("DEP", forces=["CPF"], links=(Link(Relation.AROUND, "EX"),))
    course = an_event("PKO", kind="training", forces=["CPF"])

    [finding] = found(RULE, a_board(exercise, deployment, course))

    assert (finding.refs, finding.severity) == (("DEP", "PKO"), Severity.WARNING)


def test_phases_of_one_exercise_share_its_force() -> None:
    exercise = an_event("EX", forces=["CPF"])
    phase = replace(exercise, ref="P1", links=(Link(Relation.PART_OF, "EX"),))

    assert found(RULE, a_board(exercise, phase)) == []
