"""Sentences of findings, in both languages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.board import Board
from planner.domain.entries import Body
from planner.domain.finding import Span
from planner.domain.texts import texts
from planner.rules import RULES
from planner.services.checking import Options, check
from planner.wording.findings import explanation, say_finding_line, say_help
from planner.wording.layout import Layout
from planner.wording.report import say_checked, say_report
from planner.wording.sentences import stretches
from tests.boards import a_board, sample_board
from tests.builders import PROGRAMME, a_programme, a_register, an_event, days, hours, some_time

STAFF = an_event("A", bodies=("JS",), places=["losvido"])


def lines(board, language: str = "en", width: int = 120) -> list[str]:  # type: ignore[no-untyped-def]
    [checked] = check(board).shown
    return say_checked(checked, Layout(board, language, width))


def test_finding_names_events_what_they_share_when_and_what_clears_it() -> None:
    other = an_event("BB", bodies=("JS",), places=["losvido"], when=days("2020-10-16", "2020-10-18"))

    assert lines(a_board(STAFF, other)) == [
        "C02 TZ2Y certain   16 Oct   Losvido range: booked twice",
        "     A    Event A    12–16 Oct 2020",
        "     BB   Event BB   16–18 Oct 2020",
        "     also: one delegation required in two places (C01)",
        '     help: move one of them, such as to begin after 16 Oct (planner move REF "…")',
    ]


def test_possible_finding_names_the_clear_days() -> None:
    other = an_event("B", places=["losvido"], states=["KZ"], when=some_time("2020-10-10", "2020-10-18", length=2))

    assert lines(a_board(STAFF, other))[-1] == "     help: 6 of 8 placements clash; clear to start on 10 Oct, 17 Oct"
    assert lines(a_board(STAFF, other), "ru")[-1] == (
        "     что делать: накладка в 6 из 8 вариантов; свободно начать: 10 октября, 17 октября"
    )


def test_what_to_type_names_the_programme_where_there_are_several() -> None:
    vague = an_event("B", programme="OTHER", when=some_time("2020-10-05", "2020-10-30"))
    board = Board(date(2020, 10, 1), (a_register(), a_register(a_programme("OTHER"))), (vague,))

    [finding] = check(board, Options(rules=("C19",))).listed

    assert say_help(finding, board, "en").startswith('fix its day (planner -p OTHER move B "…")')


def test_finding_about_a_whole_programme_names_no_event() -> None:
    register = a_register(bodies=(Body(PROGRAMME, "CFM", texts(en="Ministers"), yearly=2),))
    board = a_board(STAFF, register=register, today=date(2021, 1, 10))

    [finding] = [each.finding for each in check(board, Options(rules=("C26",))).shown]

    assert say_finding_line(finding, board, "en") == "C26 certain: 31 Dec: Ministers: met 0 times, at least 2 were due"


def test_clock_times_are_said_with_their_zones() -> None:
    one = an_event("A", bodies=("JS",), when=hours("2020-11-05", 15, 18, zone="Europe/Moscow"))
    other = an_event("B", bodies=("JS",), when=hours("2020-11-05", 19, 20, zone="Asia/Bishkek"))

    said = lines(a_board(one, other))

    assert said[1:3] == [
        "     A   Event A   5 Nov 2020, 15:00–18:00 (Moscow)",
        "     B   Event B   5 Nov 2020, 19:00–20:00 (Bishkek)",
    ]
    assert said[3] == "     both: 16:00–17:00 Moscow · 19:00–20:00 Bishkek"
    assert lines(a_board(one, other), "ru")[3] == "     одновременно: 16:00–17:00 Москва · 19:00–20:00 Бишкек"
    [finding] = check(a_board(one, other)).listed
    assert explanation(finding, a_board(one, other), "en").endswith("; both: 16:00–17:00 Moscow · 19:00–20:00 Bishkek")


def test_overlap_across_midnight_names_the_days() -> None:
    one = an_event("A", bodies=("JS",), when=hours("2020-11-05", 22, 23, zone="Europe/Moscow"))
    other = an_event("B", bodies=("JS",), when=days("2020-11-06", zone="Asia/Bishkek"))

    assert lines(a_board(one, other))[3] == "     both: 5 Nov, 22:00–23:00 Moscow · 6 Nov, 01:00–02:00 Bishkek"


def test_whole_days_say_no_clock_time() -> None:
    other = an_event("BB", bodies=("JS",), when=days("2020-10-16", "2020-10-18"))

    assert not any("both:" in line for line in lines(a_board(STAFF, other)))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_finding_of_the_sample_has_its_sentences(language: str) -> None:
    board = sample_board()

    for each in check(board, Options(past=True, everything=True)).shown:
        finding = each.finding
        for ref in finding.refs:
            assert ref in say_finding_line(finding, board, language)
            assert ref in explanation(finding, board, language)
        assert len(say_checked(each, Layout(board, language, 120))) >= 2 + len(finding.refs)


def test_rule_with_many_findings_is_folded_to_three_and_their_count() -> None:
    events = [an_event(f"E{n:02}", bodies=("JS",), states=["AM"]) for n in range(8)]

    report = check(a_board(*events))

    said = say_report(report, Layout(report.board, "en", 120))

    assert sum(line.startswith("C01 ") for line in said) == 3
    [folded] = [line for line in said if line.startswith("C01: 25 more")]
    assert folded.endswith('(all: --rule C01 --format json; quieter: not_for = ["C01"] in [[kind]] exercise, 28 of 28)')
    assert said[-1].startswith("28 certain, 0 possible     8 events, ")


def test_folded_rule_names_the_setting_that_would_quiet_it() -> None:
    vague = [an_event(f"E{n:02}", when=some_time("2020-02-01", "2020-03-31"), states=[]) for n in range(21)]

    report = check(a_board(*vague), Options(rules=("C19",)))

    for language, words in (("en", "C19: 18 more"), ("ru", "C19: ещё 18")):
        [folded] = [line for line in say_report(report, Layout(report.board, language, 160)) if line.startswith(words)]
        assert "[rules.C19] days = 30" in folded


def test_what_is_over_and_planned_is_one_line_and_none_when_it_is_listed() -> None:
    board = a_board(STAFF, today=date(2020, 11, 1))
    line = "1 event is over and still planned: say what became of them (planner settle)"

    assert line in say_report(check(board), Layout(board, "en", 120))
    assert line not in say_report(check(board, Options(everything=True)), Layout(board, "en", 120))


def test_report_without_findings_is_one_kind_sentence() -> None:
    report = check(a_board(STAFF), rules=RULES[:5])

    assert say_report(report, Layout(report.board, "en", 80)) == ["No clash among 1 event.     5 rules"]
    assert say_report(report, Layout(report.board, "ru", 80)) == ["Накладок нет: 1 мероприятие.     5 правил"]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("width", [80, 120])
def test_report_keeps_within_the_columns_of_the_terminal(language: str, width: int) -> None:
    report = check(sample_board(), Options(past=True, everything=True))

    assert [line for line in say_report(report, Layout(report.board, language, width)) if len(line) > width] == []


def test_titles_stand_in_a_column_and_go_on_below_themselves() -> None:
    title = texts(en="Joint training of the duty shifts of the response centre and of the national points")
    one = replace(STAFF, titles=title)
    other = an_event("LONG-REF", bodies=("JS",), places=["losvido"], when=days("2020-10-10", "2020-10-12"))

    assert lines(a_board(one, other), width=80)[1:5] == [
        "     LONG-REF   Event LONG-REF                                    10–12 Oct 2020",
        "     A          Joint training of the duty shifts of the          12–16 Oct 2020",
        "                response centre and of the national points",
        "     also: one delegation required in two places (C01)",
    ]


def test_days_without_a_gap_are_one_stretch() -> None:
    first = date(2020, 10, 30)

    assert stretches([first, first + timedelta(days=1), first + timedelta(days=5)]) == [
        Span(date(2020, 10, 30), date(2020, 10, 31)),
        Span(date(2020, 11, 4), date(2020, 11, 4)),
    ]
