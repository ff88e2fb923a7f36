from dataclasses import replace

from planner.domain.event import Link, Relation
from planner.domain.finding import Severity
from planner.rules.force_double_booked import RULE
from tests.boards import a_board, found
from tests.builders import an_event, days


def test_force_in_two_events_is_an_error() -> None:
    [finding] = found(RULE, a_board(an_event("A", forces=["CPF"]), an_event("B", forces=["CPF"])))

    assert (finding.severity, finding.shared) == (Severity.ERROR, ("CPF",))


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
