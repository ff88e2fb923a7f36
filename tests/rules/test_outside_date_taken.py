from dataclasses import replace

import pytest

from planner.domain.entries import Family
from planner.domain.event import Event
from planner.domain.finding import Severity
from planner.domain.sources import Layer
from planner.rules.outside_date_taken import RULE
from tests.boards import a_board, found
from tests.builders import PROGRAMME, a_kind, a_register, an_event, day, days, hours, some_time

KINDS = (*a_register().kinds, a_kind(Family.EXTERNAL, "summit", avoid=True))
REGISTER = a_register(kinds=KINDS)
OUTSIDE = an_event("X", kind="external", bodies=("JS",), when=days("2020-10-12", "2020-10-16"))
SUMMIT = an_event("X", kind="summit", states=["KZ"], when=days("2020-10-14"))


def ours(when, **fields) -> Event:  # type: ignore[no-untyped-def]
    return an_event("A", bodies=fields.pop("bodies", ("JS",)), when=when, **fields)


def severities(*events: Event) -> list[Severity]:
    return [finding.severity for finding in found(RULE, a_board(*events, register=REGISTER))]


@pytest.mark.parametrize(
    ("when", "count"),
    [
        (days("2020-10-08", "2020-10-10"), 0),
        (days("2020-10-08", "2020-10-11"), 0),
        (days("2020-10-08", "2020-10-12"), 1),
        (days("2020-10-14"), 1),
        (days("2020-10-12", "2020-10-16"), 1),
        (days("2020-10-16", "2020-10-20"), 1),
        (days("2020-10-17", "2020-10-20"), 0),
        (hours("2020-10-16", 23, 24), 1),
        (hours("2020-10-17", 0, 2), 0),
        (some_time("2020-10-01", "2020-10-31"), 0),
    ],
    ids=[
        "before",
        "touching",
        "over the start",
        "inside",
        "equal",
        "over the end",
        "after",
        "late",
        "next",
        "possible",
    ],
)
def test_same_people_at_an_outside_event_are_an_error_where_it_is_certain(when, count: int) -> None:  # type: ignore[no-untyped-def]
    assert severities(OUTSIDE, ours(when)) == [Severity.ERROR] * count


def test_other_level_at_an_outside_event_is_none_of_our_concern() -> None:
    assert severities(OUTSIDE, ours(OUTSIDE.when, bodies=("CSC",))) == []


def test_same_force_at_an_outside_event_is_an_error() -> None:
    outside = an_event("X", kind="external", states=["CN"], forces=["CPF"])
    [finding] = found(RULE, a_board(outside, an_event("A", states=["AM"], forces=["CPF"]), register=REGISTER))

    assert (finding.refs, finding.shared, finding.severity) == (("A", "X"), ("CPF",), Severity.ERROR)
    assert severities(outside, an_event("A", states=["AM"], forces=["CF"])) == []
    assert severities(replace(outside, bookings=()), an_event("A", states=["AM"], forces=["POLICE"])) == []


def test_event_to_be_avoided_warns_at_any_level_those_who_take_part_in_it() -> None:
    assert severities(SUMMIT, ours(days("2020-10-14"), bodies=("CSC",), states=["KZ", "AM"])) == [Severity.WARNING]
    assert severities(SUMMIT, ours(days("2020-10-14"), bodies=("CSC",), states=["AM"])) == []
    assert severities(replace(SUMMIT, kind="external"), ours(days("2020-10-14"), bodies=("CSC",), states=["KZ"])) == []


def test_event_to_be_avoided_that_names_nobody_warns_everybody() -> None:
    assert severities(replace(SUMMIT, bookings=()), ours(days("2020-10-14"))) == [Severity.WARNING]


def test_layer_to_be_avoided_is_avoided_whatever_its_kind() -> None:
    layer = Layer(PROGRAMME, "summits", "s.ics", "", day("2020-01-01"), avoid=True)
    register = replace(REGISTER, layers=(layer,))
    theirs = replace(SUMMIT, kind="external", layer="summits")

    findings = found(RULE, a_board(theirs, ours(days("2020-10-14"), bodies=("CSC",), states=["KZ"]), register=register))

    assert [finding.severity for finding in findings] == [Severity.WARNING]


def test_outside_against_outside_and_ours_against_ours_are_not_said() -> None:
    assert severities(OUTSIDE, replace(OUTSIDE, ref="Y")) == []
    assert severities(ours(OUTSIDE.when), replace(ours(OUTSIDE.when), ref="B")) == []


def test_approximate_outside_event_is_not_said() -> None:
    assert severities(replace(OUTSIDE, when=some_time("2020-10-12", "2020-10-16", 4)), ours(OUTSIDE.when)) == []


@pytest.mark.parametrize(
    ("read", "today", "stale"),
    [
        ("2020-01-01", "2020-03-01", False),
        ("2020-01-01", "2020-03-02", True),
        ("2020-01-01", "2021-01-01", False),
    ],
    ids=["60 days", "61 days", "the programme is over"],
)
def test_layer_not_read_for_long_is_a_note(read: str, today: str, stale: bool) -> None:
    register = replace(REGISTER, layers=(Layer(PROGRAMME, "summits", "s.ics", "", day(read)),))

    findings = found(RULE, a_board(register=register, today=day(today)))

    assert [(f.refs, f.severity, f.fact["layer"]) for f in findings] == [((), Severity.INFO, "summits")] * stale


@pytest.mark.parametrize(
    ("outside", "when", "count"),
    [
        (days("2020-02-29"), days("2020-02-28", "2020-02-29"), 1),
        (days("2020-02-29"), days("2020-03-01"), 0),
        (days("2020-12-28", "2021-01-03"), days("2021-01-03"), 1),
        (days("2020-10-12", "2020-10-16"), days("2020-10-14"), 1),
        (hours("2020-10-14", 9, 12, zone="Asia/Bishkek"), hours("2020-10-14", 9, 12), 0),
        (hours("2020-10-14", 9, 12, zone="Asia/Bishkek"), hours("2020-10-14", 8, 10), 1),
        (days("2020-10-14", zone="Asia/Bishkek"), hours("2020-10-13", 22, 23), 1),
    ],
    ids=["29 February", "1 March", "new year", "third day", "zones apart", "zones meet", "a time against a day"],
)
def test_outside_dates_meet_ours_by_days_and_by_the_clock(outside, when, count: int) -> None:  # type: ignore[no-untyped-def]
    theirs = replace(OUTSIDE, when=outside)

    assert len(severities(theirs, ours(when))) == count
    assert len(severities(replace(theirs, ref="A"), replace(ours(when), ref="X"))) == count
