"""Rules about the year as a whole: priority_uncovered, nobody_accountable, body_meets_too_seldom, past_unsettled."""

import pytest

from planner.domain.entries import Body, Priority
from planner.domain.event import Event, Link, Relation, Status
from planner.domain.finding import Severity
from planner.rules import Need, body_meets_too_seldom, nobody_accountable, past_unsettled, priority_uncovered
from tests.boards import a_board, found
from tests.builders import PROGRAMME, a_register, an_event, day, days

REGISTER = a_register(
    priorities=(Priority(PROGRAMME, "P01"),), bodies=(Body(PROGRAMME, "CFM", yearly=2), Body(PROGRAMME, "JS"))
)


def test_priority_without_an_event_in_a_quarter_is_a_note_for_each() -> None:
    event = an_event(priorities=("P01",), when=days("2020-05-01"))

    findings = found(priority_uncovered.RULE, a_board(event, register=REGISTER))

    assert [f.subject for f in findings] == [f"P01 2020-Q{n}@{PROGRAMME}" for n in (1, 3, 4)]
    assert {(f.severity, f.refs) for f in findings} == {(Severity.INFO, ())}


def test_programme_without_events_or_priorities_has_no_gaps_to_speak_of() -> None:
    assert found(priority_uncovered.RULE, a_board(register=REGISTER)) == []
    assert found(priority_uncovered.RULE, a_board(an_event())) == []
    assert priority_uncovered.RULE.needs(a_board(an_event())) is Need.PRIORITIES


def lacks(*events: Event) -> list[tuple[str, str]]:
    return [(f.refs[0], f.fact["missing"]) for f in found(nobody_accountable.RULE, a_board(*events))]


def test_event_lacks_what_half_of_the_others_say() -> None:
    full = an_event("A", responsible="Joint Staff", financing="hosts")
    half = an_event("B", responsible="Joint Staff")

    assert lacks(full, half, an_event("C")) == [("C", "responsible")]
    assert lacks(full, half) == [("B", "financing")]


def test_column_that_few_events_fill_is_none_the_lists_keep() -> None:
    assert lacks(an_event("A", responsible="Joint Staff"), *(an_event(ref) for ref in "BC")) == []
    assert nobody_accountable.RULE.needs(a_board(an_event("B"))) is Need.ACCOUNTABLE


@pytest.mark.parametrize(
    "fields",
    [{"status": Status.HELD}, {"status": Status.CANCELLED}, {"layer": "x"}, {"links": (Link(Relation.PART_OF, "A"),)}],
    ids=["held", "cancelled", "outside", "phase of one that says it"],
)
def test_event_that_need_not_say_it_is_left_alone(fields: dict[str, object]) -> None:
    others = [an_event(ref, responsible="Joint Staff") for ref in "AB"]

    assert lacks(*others, an_event("C", **fields)) == []


def meeting(ref: str, on: str) -> Event:
    return an_event(ref, kind="statutory_meeting", bodies=("CFM",), when=days(on))


@pytest.mark.parametrize(
    ("today", "planned", "said"),
    [
        ("2020-01-01", 1, []),
        ("2020-11-02", 1, []),
        ("2020-11-03", 1, ["1"]),
        ("2020-09-03", 0, []),
        ("2020-09-04", 0, ["0"]),
        ("2020-12-31", 2, []),
        ("2021-06-01", 1, ["1"]),
    ],
    ids=["early", "60 days left", "59 left", "120 left for two", "119 left for two", "enough", "over"],
)
def test_body_is_below_its_minimum_when_too_few_days_are_left(today: str, planned: int, said: list[str]) -> None:
    events = [an_event("X"), *(meeting(f"M{n}", f"2020-0{n + 3}-10") for n in range(planned))]

    findings = found(body_meets_too_seldom.RULE, a_board(*events, register=REGISTER, today=day(today)))

    assert [finding.fact["planned"] for finding in findings] == said
    assert {(f.severity, f.shared) for f in findings} <= {(Severity.WARNING, ("CFM",))}


def test_body_without_a_minimum_may_meet_as_seldom_as_it_likes() -> None:
    assert body_meets_too_seldom.RULE.needs(a_board()) is Need.MINIMUM
    assert found(body_meets_too_seldom.RULE, a_board(an_event(), today=day("2020-12-31"))) == []


def test_what_is_over_and_planned_is_one_note() -> None:
    events = an_event("B", when=days("2020-03-01")), an_event("A", when=days("2020-05-01")), an_event("C")

    [finding] = found(past_unsettled.RULE, a_board(*events, today=day("2020-06-01")))

    assert (finding.refs, finding.severity) == (("A", "B"), Severity.INFO)
    assert (finding.span.first, finding.span.last) == (day("2020-03-01"), day("2020-06-01"))
    assert found(past_unsettled.RULE, a_board(*events, today=day("2020-03-01"))) == []
