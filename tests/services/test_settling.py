"""Settling what is over."""

import pytest

from planner.domain.event import Event, Link, Relation, Status
from planner.domain.window import UNDATED, Mode, When
from planner.errors import BadInput
from planner.services.planning import Plan
from planner.services.settling import propose_settle, settled_so_far, to_settle
from tests.builders import a_register, an_event, day, days, some_time

TODAY = day("2020-11-01")


def a_plan(*events: Event) -> Plan:
    return Plan(a_register(), {event.ref: event for event in events}, 3)


def waiting(*events: Event) -> list[tuple[str, ...]]:
    found = to_settle(a_plan(*events), TODAY)
    return [(one.event.ref, *(each.ref for each in one.along)) for one in found]


def test_only_what_is_over_and_still_planned_is_to_be_settled_by_its_last_day() -> None:
    events = (
        an_event("LATER", when=days("2020-10-31")),
        an_event("EARLY", when=days("2020-03-01")),
        an_event("OPEN", when=some_time("2020-07-01", "2020-09-30")),
        an_event("DUE", when=When(Mode.DEADLINE, some_time("2020-01-01", "2020-06-01").windows)),
        an_event("TODAY", when=days("2020-10-31", "2020-11-01")),
        an_event("HELD", status=Status.HELD),
        an_event("CANCELLED", status=Status.CANCELLED),
        an_event("UNDATED", when=UNDATED),
        an_event("OUTSIDE", layer="partners"),
    )

    assert waiting(*events) == [("EARLY",), ("DUE",), ("OPEN",), ("LATER",)]


def test_phases_share_the_answer_of_their_exercise() -> None:
    exercise = an_event("A", when=days("2020-10-12", "2020-10-16"))
    phase = an_event("A-P1", when=days("2020-10-12"), links=(Link(Relation.PART_OF, "A"),))
    plan = a_plan(exercise, phase)

    assert waiting(exercise, phase) == [("A", "A-P1")]
    assert settled_so_far(plan, TODAY, {"held": ("A",)}, None) == {"A": "held", "A-P1": "held"}
    assert settled_so_far(plan, TODAY, {"held": ("A",), "cancelled": ("A-P1",)}, None) == {
        "A": "held",
        "A-P1": "cancelled",
    }


def test_rest_answers_for_all_that_nothing_was_said_of() -> None:
    plan = a_plan(an_event("A"), an_event("B"))

    assert settled_so_far(plan, TODAY, {"cancelled": ("B",)}, "held") == {"A": "held", "B": "cancelled"}
    assert settled_so_far(plan, TODAY, {"cancelled": ("B",)}, None) == {"B": "cancelled"}


def test_event_with_two_answers_or_none_to_give_is_refused_all_at_once() -> None:
    plan = a_plan(an_event("A"), an_event("B", when=days("2020-12-01")))

    with pytest.raises(BadInput) as refused:
        settled_so_far(plan, TODAY, {"held": ("A", "B"), "cancelled": ("A",)}, None)

    assert [each.where for each in refused.value.problems] == ["B", "A"]


def test_settled_events_have_their_status_and_a_postponed_one_stands_on_no_date() -> None:
    plan = a_plan(an_event("A"), an_event("B"), an_event("C"))

    changes = propose_settle(plan, {"A": "held", "B": "postponed", "C": "cancelled"}).changes

    after = {change.key.code: change.after for change in changes}
    assert all(isinstance(event, Event) for event in after.values())
    statuses = {ref: event.status for ref, event in after.items() if isinstance(event, Event)}
    assert statuses == {"A": Status.HELD, "B": Status.POSTPONED, "C": Status.CANCELLED}
    whens = {ref: event.when for ref, event in after.items() if isinstance(event, Event)}
    assert (whens["B"].windows, whens["B"].former_windows) == ((), plan.events["B"].when.windows)
    assert whens["A"] == whens["C"] == plan.events["A"].when
