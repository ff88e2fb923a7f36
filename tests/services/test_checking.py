"""Quiet by default, and the programme of 2020 read against its sources."""

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.board import Board
from planner.domain.decision import Decision
from planner.domain.entries import Family, Holiday
from planner.domain.event import Event, Status
from planner.domain.finding import Certainty, Severity
from planner.domain.report import Hidden
from planner.rules import RULES, START
from planner.services.approval import under
from planner.services.checking import Options, check, load_board
from planner.services.moving import propose_move
from planner.store import Database
from tests.boards import a_board, sample_board
from tests.builders import PROGRAMME, a_kind, a_programme, a_register, an_event, days, some_time
from tests.plans import fill, plan_of, write

PAST = Options(past=True)


def listed(*events: Event, today: date = date(2020, 1, 1), options: Options | None = None) -> list[tuple[str, ...]]:
    return [(f.rule, *f.refs) for f in check(a_board(*events, today=today), options).listed]


def hidden(*events: Event, today: date = date(2020, 1, 1)) -> list[Hidden | None]:
    """Why each finding is hidden; what is vague or unsettled is not what these tests are about."""
    checked = check(a_board(*events, today=today)).checked
    return [each.hidden for each in checked if each.finding.rule not in {"C19", "C27"}]


def staff(ref: str, **fields: object) -> Event:
    return an_event(ref, bodies=("JS",), **fields)


def test_programme_of_2020_lists_exactly_what_its_sources_show() -> None:
    report = check(sample_board(), PAST)

    assert sorted((f.rule, f.refs, f.shared) for f in report.listed) == [
        ("C03", ("EX-2020-UB", "OP-2020-CH2"), ("BY",)),
        ("C04", ("EX-2020-UB-DEP", "PKO-2020-1"), ("CPF",)),
        ("C06", ("BC-2020-1", "CSC-2020-1"), ()),
        ("C07", ("EX-2020-UB", "TRN-2020-03"), ()),
        ("C08", ("EX-2020-CRC",), ("RU",)),
        ("C08", ("KS-2020-DR",), ("TJ",)),
        ("C09", ("CFM-2020-2",), ("KZ",)),
        ("C09", ("MC-2020-1",), ("BY",)),
        ("C09", ("PC-2020-07",), ("KG",)),
        ("C11", ("KS-2020-DR", "KS-2020-MI"), ("AM", "BY", "KG", "KZ", "RU", "TJ")),
        ("C14", ("PC-2020-07", "REL-2020-SCO"), ("KG", "KZ", "RU", "TJ")),
        ("C15", ("EX-2020-UB", "EX-2020-UB-DUP"), ("нерушимое братство",)),
        ("C17", ("V75-01",), ()),
        ("C26", (), ("CSSC",)),
    ]


def test_programme_of_2020_keeps_outside_events_and_other_kinds_as_notes() -> None:
    report = check(sample_board(), PAST)
    notes = {(each.finding.rule, each.finding.refs) for each in report.checked if each.hidden is Hidden.NOTE}

    assert {("C01", ("EXT-KAV", "EXT-SLB")), ("C09", ("REL-2020-SCO",)), ("C09", ("EXT-KAV",))} <= notes
    [outside] = [each.finding for each in report.checked if each.finding.refs == ("EXT-KAV", "EXT-SLB")]
    assert (outside.span.first, outside.span.last) == (date(2020, 9, 21), date(2020, 9, 25))


def test_programme_of_2020_says_nothing_of_what_belongs_together() -> None:
    refs = {each.finding.refs for each in check(sample_board(), PAST).checked if each.finding.rule != "C27"}

    assert ("EX-2020-INT", "EX-2020-SEA") not in refs
    assert not [pair for pair in refs if len(pair) == 2 and all(ref.startswith("EX-2020-UB-P") for ref in pair)]
    assert not [pair for pair in refs if len(pair) > 1 and any(ref.startswith("V75") for ref in pair)]


def test_programme_of_2020_finds_the_same_whatever_the_order_of_its_events() -> None:
    board = sample_board()

    assert check(replace(board, events=tuple(reversed(board.events))), PAST).listed == check(board, PAST).listed


def test_what_is_over_is_counted_and_not_listed() -> None:
    events = staff("A"), staff("B")

    assert listed(*events, today=date(2020, 10, 16)) == [("C01", "A", "B")]
    assert hidden(*events, today=date(2020, 10, 17)) == [Hidden.PAST]
    assert listed(*events, today=date(2020, 10, 17), options=PAST) == [("C01", "A", "B")]


def test_programme_that_is_over_is_listed_whole_and_says_so() -> None:
    report = check(a_board(staff("A"), staff("B"), today=date(2021, 1, 1)))

    assert (report.is_over, len(report.listed)) == (True, 1)


def test_clash_among_held_events_is_counted_and_not_listed() -> None:
    assert hidden(staff("A", status=Status.HELD), staff("B", status=Status.HELD)) == [Hidden.HELD]
    assert listed(staff("A", status=Status.HELD), staff("B")) == [("C01", "A", "B")]


def test_note_is_counted_and_listed_with_everything() -> None:
    events = staff("A"), an_event("B", bodies=("CFM",))

    assert hidden(*events) == [Hidden.NOTE]
    assert listed(*events, options=Options(everything=True)) == [("C01", "A", "B")]


@pytest.mark.parametrize(
    ("when", "today", "is_listed"),
    [
        (some_time("2020-10-01", "2020-12-31", length=1), "2020-01-01", False),
        (some_time("2020-10-08", "2020-10-17", length=1), "2020-01-01", True),
        (some_time("2020-10-12", "2020-10-23", length=3), "2020-01-01", True),
        (some_time("2020-10-01", "2020-12-31", length=1), "2020-08-10", True),
        (some_time("2020-10-01", "2020-12-31", length=1), "2020-07-20", False),
        (some_time("2020-10-01", "2020-12-31", length=1), "2020-10-02", False),
        (some_time("2020-07-01", "2020-10-23", length=1), "2020-10-01", False),
        (some_time("2020-07-01", "2020-10-23", length=1), "2020-10-12", True),
        (some_time("2020-07-01", "2020-10-17", length=1), "2020-10-12", True),
        (some_time("2020-07-01", "2020-12-31", length=1), "2020-10-17", False),
    ],
    ids=[
        "few of many",
        "half clash",
        "few clear working days",
        "opens within 60 days",
        "opens later",
        "is open",
        "few of what is left",
        "few clear days of what is left",
        "most of what is left",
        "what could clash is over",
    ],
)
def test_possible_clash_is_listed_when_it_matters(when, today: str, is_listed: bool) -> None:  # type: ignore[no-untyped-def]
    events = staff("A"), staff("B", when=when)

    assert (hidden(*events, today=date.fromisoformat(today)) == [None]) is is_listed


def test_phase_says_nothing_that_its_exercise_says() -> None:
    from planner.domain.event import Link, Relation

    exercise, other = staff("EX"), staff("OTHER")
    phase = staff("P1", when=days("2020-10-12", "2020-10-13"), links=(Link(Relation.PART_OF, "EX"),))

    assert listed(exercise, phase, other) == [("C01", "EX", "OTHER")]


def test_one_pair_is_said_once_by_the_rule_that_goes_first() -> None:
    events = [staff(ref, forces=["CPF"], places=["losvido"]) for ref in ("A", "B")]

    [finding] = check(a_board(*events)).listed

    assert (finding.rule, finding.also) == ("C04", ("C02", "C01"))


def test_profile_start_leaves_rules_for_later_out() -> None:
    board = a_board(register=a_register(programme=a_programme(profile="start")))

    assert check(board).rules == ("C01", "C02", "C04", "C08", "C15", "C20")


def severities(*events: Event, **said: str) -> list[Severity]:
    rules = (("C01", tuple(sorted((name.replace("_of_", "."), value) for name, value in said.items()))),)
    board = a_board(*events, register=a_register(programme=a_programme(rules=rules)))
    return [each.finding.severity for each in check(board).checked]


def test_severity_is_what_the_programme_says_of_the_rule_or_of_a_kind() -> None:
    events = staff("A"), staff("B", kind="conference")

    assert severities(*events) == [Severity.ERROR]
    assert severities(*events, severity="info") == [Severity.INFO]
    assert severities(*events, severity_of_conference="warning") == [Severity.WARNING]
    assert severities(*events, severity="info", severity_of_exercise="error") == [Severity.ERROR]
    assert severities(*events, severity_of_training="info") == [Severity.ERROR]


def test_outside_against_outside_is_information_whatever_the_programme_says() -> None:
    events = staff("A", layer="region"), staff("B", kind="external")

    assert severities(*events, severity="error") == [Severity.INFO]


def test_ours_against_outside_is_said_once_as_an_outside_date() -> None:
    [each] = check(a_board(staff("A", layer="region"), staff("B"))).checked

    assert (each.finding.rule, each.finding.also, each.finding.severity) == ("C14", ("C01",), Severity.ERROR)


def test_day_off_of_an_outside_event_is_information() -> None:
    holiday = Holiday(a_programme().code, "BY", date(2020, 10, 14))
    events = staff("A", kind="external", host="BY"), staff("B", host="BY", states=["KZ"], when=days("2020-10-14"))
    board = a_board(*events, register=a_register(holidays=(holiday,)))

    said = {each.finding.refs: each.finding.severity for each in check(board, Options(rules=("C08",))).checked}

    assert said == {("A",): Severity.INFO, ("B",): Severity.WARNING}


def test_filters_narrow_what_is_asked() -> None:
    events = staff("A"), staff("B"), staff("C", when=days("2020-11-02")), staff("D", when=days("2020-11-02"))

    assert listed(*events, options=Options(first=date(2020, 11, 1))) == [("C01", "C", "D")]
    assert listed(*events, options=Options(last=date(2020, 11, 1))) == [("C01", "A", "B")]
    assert listed(*events, options=Options(refs=("D",))) == [("C01", "C", "D")]
    assert listed(*events, options=Options(parties=("KZ",))) == []
    assert listed(*events, options=Options(rules=("C02",))) == []


def test_exit_status_asks_for_certain_or_possible_clashes() -> None:
    certain = check(a_board(staff("A"), staff("B")))
    possible = check(a_board(staff("A"), staff("B", when=some_time("2020-10-12", "2020-10-23", length=3))))
    clean = check(a_board(staff("A")))

    assert [report.fails("certain") for report in (certain, possible, clean)] == [True, False, False]
    assert [report.fails("possible") for report in (certain, possible, clean)] == [True, True, False]
    assert [report.fails("never") for report in (certain, possible, clean)] == [False, False, False]


def test_identity_survives_a_move_and_the_fingerprint_does_not() -> None:
    [before] = check(a_board(staff("A"), staff("B"))).shown
    [after] = check(a_board(staff("A"), staff("B", when=days("2020-10-13", "2020-10-16")))).shown

    assert (before.id, before.handle) == (after.id, after.handle)
    assert before.finding.fingerprint != after.finding.fingerprint
    assert (before.finding.severity, before.finding.certainty) == (Severity.ERROR, Certainty.CERTAIN)


def test_identity_and_fingerprint_survive_a_second_programme() -> None:
    [alone] = check(a_board(staff("A"), staff("B"))).shown
    board = a_board(staff("A"), staff("B"))
    other = a_register(a_programme("OTHER-2021"))
    [beside] = check(Board(board.day, (other, *board.registers), board.events)).shown

    assert (alone.id, alone.handle) == (beside.id, beside.handle)
    assert alone.finding.fingerprint == beside.finding.fingerprint


def test_handle_is_the_same_whatever_is_asked_for() -> None:
    board = sample_board()
    whole = {each.id: each.handle for each in check(board, PAST).checked}

    asked = check(board, Options(past=True, refs=("EX-2020-UB",))).checked

    assert asked
    assert {each.id: each.handle for each in asked}.items() <= whole.items()


@pytest.mark.parametrize(("paper", "count"), [(None, 1), ("D", 0), ("E", 0)], ids=["no paper", "the same", "another"])
def test_move_away_from_an_approval_is_found_until_a_paper_allows_it(
    database: Database, paper: str | None, count: int
) -> None:
    kinds = (a_kind(Family.EXERCISE, needs_decision=True),)
    decisions = (Decision(PROGRAMME, "D"), Decision(PROGRAMME, "E"))
    fill(database, an_event("X", decision="D"), register=a_register(kinds=kinds, decisions=decisions))

    plan = plan_of(database)
    write(database, under(plan, propose_move(plan, "X", "19–23 October 2020"), paper))

    with database.snapshot() as snapshot:
        board = load_board(snapshot, date(2020, 3, 1))
    assert [f.subject for f in check(board, Options(rules=("C17",))).listed] == ["moved"] * count


def test_profile_strict_lists_every_possibility() -> None:
    events = staff("A"), staff("B", when=some_time("2020-10-01", "2020-12-31", length=1))
    usual = a_board(*events)
    strict = a_board(*events, register=a_register(a_programme(profile="strict")))

    assert [each.hidden for each in check(usual).checked] == [Hidden.THIN]
    assert [each.hidden for each in check(strict).checked] == [None]


def test_profile_start_of_one_programme_does_not_quiet_another() -> None:
    start, other = a_register(a_programme(profile="start")), a_register(a_programme("OTHER-2020"))
    vague = some_time("2020-02-01", "2020-03-31")
    events = staff("A", when=vague), staff("B", when=vague, programme="OTHER-2020")

    report = check(Board(date(2020, 1, 1), (other, start), events[::-1]), Options(rules=("C19",)))

    assert [finding.refs for finding in report.listed] == [("B@OTHER-2020",)]


def test_year_change_meets_the_next_programme() -> None:
    term = a_register(), a_register(a_programme("TEST-2021", first=date(2021, 1, 1), last=date(2021, 12, 31)))
    december = staff("A", when=days("2020-12-28", "2021-01-05"))
    january = staff("B", programme="TEST-2021", when=days("2021-01-03"))

    [finding] = check(Board(date(2020, 6, 1), term, (december, january)), Options(rules=("C01",))).listed

    assert (finding.refs, finding.certainty) == (("A@TEST-2020", "B@TEST-2021"), Certainty.CERTAIN)
    assert (finding.span.first, finding.span.last) == (date(2021, 1, 3), date(2021, 1, 3))


def test_held_events_and_findings_that_are_over_are_listed_with_past() -> None:
    held = staff("A", status=Status.HELD), staff("B", status=Status.HELD)

    assert listed(*held) == []
    assert listed(*held, options=PAST) == [("C01", "A", "B")]


def test_organisers_and_campaigns_and_long_events_without_a_place_occupy_nobody() -> None:
    organiser = an_event("A", bodies=("JS",), states=[], responsible="Joint Staff")
    campaign = staff("B", when=days("2020-10-01", "2020-10-31"))

    assert listed(staff("C"), organiser, campaign) == []


def test_rule_that_lacks_data_is_silent() -> None:
    board = a_board(staff("A"))

    silent = {rule.code for rule in RULES if rule.needs(board) is not None}

    assert {"C16", "C22", "C23"} <= silent
    assert [each for each in check(board, Options(everything=True)).checked if each.finding.rule in silent] == []


def test_outside_against_outside_is_a_note_unless_ours_is_in_it() -> None:
    outside = staff("A", kind="external"), staff("B", layer="region")

    assert hidden(*outside) == [Hidden.NOTE]
    assert [rule for rule, *_ in listed(outside[0], staff("C"))] == ["C14"]


def test_profile_start_has_only_its_six_rules() -> None:
    board = a_board(register=a_register(a_programme(profile="start")))

    assert set(check(board).rules) == START & {rule.code for rule in RULES}
