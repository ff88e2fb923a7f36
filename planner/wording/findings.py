"""Findings in sentences, in English and Russian: every event, what they share, when, and what would clear it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from planner.domain.board import Board
from planner.domain.entries import Holiday
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Span
from planner.domain.report import MOST_OF_A_RULE, Hidden, Report
from planner.domain.texts import text_in
from planner.wording.changes import name_of, title_of
from planner.wording.dates import plural, write_day, write_when

TITLES: Mapping[str, tuple[str, str]] = {
    "C01": ("one delegation required in two places", "одна делегация нужна в двух местах"),
    "C02": ("a place booked twice", "место занято дважды"),
    "C04": ("a force needed in two events", "силы нужны на двух мероприятиях"),
    "C08": ("a working event on a day off of its host", "рабочее мероприятие в нерабочий день принимающей стороны"),
    "C09": ("a working event on a day off of a participant", "рабочее мероприятие в нерабочий день участника"),
    "C20": ("a part that does not fit its whole", "этап не вписывается в целое"),
}
"""What each rule finds, in both languages."""

_CERTAINTY: Mapping[Certainty, tuple[str, str]] = {
    Certainty.CERTAIN: ("certain", "точно"),
    Certainty.JOINTLY: ("jointly certain", "точно в совокупности"),
    Certainty.POSSIBLE: ("possible", "возможно"),
}


def say_report(report: Report, language: str) -> list[str]:
    """The whole report as lines; it ends with one line of counts."""
    lines: list[str] = []
    if report.is_over:
        lines += [
            _pick(
                "The programme is over: the whole of it is listed.", "Программа завершена: показана целиком.", language
            ),
            "",
        ]
    for finding in _unfolded(report):
        lines += [*say_finding(finding, report.board, language), ""]
    for rule, count in _folded(report).items():
        lines += [_say_folded(rule, count, language), ""]
    events = report.board.events
    undated = [report.board.name(event) for event in events if not event.when.windows]
    if undated:
        words = _pick("Without a date", "Без даты", language)
        lines += [f"{words} ({len(undated)}): {', '.join(undated)}"]
    return [*lines, _say_counts(report, language)]


def _folded(report: Report) -> Mapping[str, int]:
    """Rules with more findings than anybody reads, and how many."""
    counts: dict[str, int] = {}
    for finding in report.listed:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    return {rule: count for rule, count in counts.items() if count > MOST_OF_A_RULE}


def _unfolded(report: Report) -> Iterable[Finding]:
    folded, shown = _folded(report), dict.fromkeys(_folded(report), 0)
    for finding in report.listed:
        if finding.rule not in folded:
            yield finding
        elif shown[finding.rule] < 3:
            shown[finding.rule] += 1
            yield finding


def _say_folded(rule: str, count: int, language: str) -> str:
    more = count - 3
    if language == "ru":
        return f'{rule}: ещё {more} (все: --rule {rule} --format json; тише: not_for = ["{rule}"] у вида мероприятий)'
    return f'{rule}: {more} more (all: --rule {rule} --format json; quieter: not_for = ["{rule}"] for a kind of event)'


def say_finding(finding: Finding, board: Board, language: str) -> list[str]:
    """One finding as lines: what, who, when; then what else it breaks, and what would clear it."""
    events = [board.named(ref) for ref in finding.refs]
    span = say_span(finding.span, language)
    sure = _say_certainty(finding, language)
    head = f"{finding.rule} {finding.handle} {sure}   {span}   {headline(finding, board, language)}"
    width = max(len(ref) for ref in finding.refs)
    lines = [head]
    lines += [
        f"     {ref:<{width}}   {title_of(event, language)}   {_say_when(event, language)}"
        for ref, event in zip(finding.refs, events, strict=True)
    ]
    if finding.also:
        also = "; ".join(f"{_pick(*TITLES[code], language)} ({code})" for code in finding.also)
        lines.append(f"     {_pick('also', 'также', language)}: {also}")
    lines.append(f"     {_pick('help', 'что делать', language)}: {say_help(finding, board, language)}")
    return lines


def say_finding_line(finding: Finding, board: Board, language: str) -> str:
    """One finding as one line."""
    where = f"{' × '.join(finding.refs)}, {say_span(finding.span, language)}"
    return f"{finding.rule} {_say_certainty(finding, language)}: {where}: {headline(finding, board, language)}"


def explanation(finding: Finding, board: Board, language: str) -> str:
    """The whole finding as one sentence, for scripts."""
    events = (f"{ref} ({_say_when(board.named(ref), language)})" for ref in finding.refs)
    return f"{headline(finding, board, language)}: {', '.join(events)}"


def headline(finding: Finding, board: Board, language: str) -> str:
    """What is wrong, in a few words that name what the events share."""
    return _HEADLINES[finding.rule](finding, board, language)


def _participant(finding: Finding, board: Board, language: str) -> str:
    states = _names(finding, board, "party", language)
    level = finding.fact.get("level", "")
    if level:
        english, russian = f" needed at both, at one level ({level})", f": нужны на обоих, один уровень ({level})"
        return states + _pick(english, russian, language)
    return states + _pick(" needed at both, at different levels", ": нужны на обоих, разные уровни", language)


def _place(finding: Finding, board: Board, language: str) -> str:
    places = _names(finding, board, "place", language)
    return f"{places}: {_pick('booked twice', 'занято дважды', language)}"


def _force(finding: Finding, board: Board, language: str) -> str:
    forces = _names(finding, board, "force", language)
    return f"{forces}: {_pick('needed in two events', 'нужны на двух мероприятиях', language)}"


def _host_holiday(finding: Finding, board: Board, language: str) -> str:
    off = _pick("day off of the host", "нерабочий день принимающей стороны", language)
    return f"{off}, {_say_holidays(finding, board, language)}"


def _participant_holiday(finding: Finding, board: Board, language: str) -> str:
    off = _pick("day off of a participant", "нерабочий день участника", language)
    return f"{off}, {_say_holidays(finding, board, language)}"


def _phase(finding: Finding, board: Board, language: str) -> str:
    words = {
        "outside": ("a part lies outside its whole", "этап выходит за пределы целого"),
        "overlap": ("two parts overlap", "два этапа пересекаются"),
        "hole": ("no part covers these days", "эти дни не охвачены ни одним этапом"),
    }
    return _pick(*words[finding.fact["what"]], language)


_HEADLINES: Mapping[str, Callable[[Finding, Board, str], str]] = {
    "C01": _participant,
    "C02": _place,
    "C04": _force,
    "C08": _host_holiday,
    "C09": _participant_holiday,
    "C20": _phase,
}


def say_help(finding: Finding, board: Board, language: str) -> str:
    """What would clear it."""
    if finding.placements is not None and finding.placements.clear:
        days = ", ".join(say_span(span, language) for span in stretches(finding.placements.clear))
        clash, of = finding.placements.clash, finding.placements.of
        if language == "ru":
            return f"накладка в {clash} из {of} вариантов; свободно начать: {days}"
        return f"{clash} of {of} placements clash; clear to start on {days}"
    if finding.rule in {"C08", "C09"}:
        states = _names(finding, board, "party", language)
        if language == "ru":
            return f"другой день или согласие ({states})"
        return f"another day, or the agreement of {states}"
    if finding.rule == "C20":
        return _pick(
            "move the part into its whole, or link it as `around`",
            "перенести этап внутрь целого или связать как `around`",
            language,
        )
    if finding.certainty is Certainty.POSSIBLE and finding.placements is not None:
        clash, of = finding.placements.clash, finding.placements.of
        if language == "ru":
            return f"накладка в {clash} из {of} вариантов; назначить дни порознь"
        return f"{clash} of {of} placements clash; give them days apart"
    last = max(finding.span.last, finding.span.first)
    day = write_day(last, language)
    if language == "ru":
        return f'перенести одно из них: второе — после {day} (planner move REF "…")'
    return f'move one of them, such as to begin after {day} (planner move REF "…")'


def _names(finding: Finding, board: Board, sort: str, language: str) -> str:
    register = board.register(board.named(finding.refs[0]))
    return ", ".join(name_of(register, sort, code, language) for code in finding.shared)


def _say_holidays(finding: Finding, board: Board, language: str) -> str:
    event = board.named(finding.refs[0])
    codes = set(" ".join(finding.fact["days"].split()).split(" ")[1::2])
    found = [h for state in finding.shared for h in board.holidays(event, state) if h.day.isoformat() in codes]
    return "; ".join(_say_holiday(holiday, board, event, language) for holiday in found)


def _say_holiday(holiday: Holiday, board: Board, event: Event, language: str) -> str:
    state = name_of(board.register(event), "party", holiday.state, language)
    name = text_in(language, holiday.names)
    estimated = _pick(" (estimated)", " (расчётная дата)", language) if holiday.estimated else ""
    return f"{state}: {write_day(holiday.day, language)}{f', {name}' if name else ''}{estimated}"


def _say_when(event: Event, language: str) -> str:
    zones = sorted({window.zone for window in event.when.windows if window.at is not None})
    return write_when(event.when, language) + (f" ({', '.join(zones)})" if zones else "")


def _say_certainty(finding: Finding, language: str) -> str:
    return _pick(*_CERTAINTY[finding.certainty], language)


def say_span(span: Span, language: str) -> str:
    """A stretch of days without its year: "5–9 Oct", "28 Sep – 9 Oct"."""
    if span.first == span.last:
        return write_day(span.first, language)
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return f"{span.first.day}–{write_day(span.last, language)}"
    return f"{write_day(span.first, language)} – {write_day(span.last, language)}"


def stretches(days: Sequence[date]) -> list[Span]:
    """Days, in order, as stretches without a gap."""
    found: list[Span] = []
    for day in days:
        if found and day - found[-1].last == timedelta(days=1):
            found[-1] = Span(found[-1].first, day)
        else:
            found.append(Span(day, day))
    return found


_REASONS: Mapping[Hidden, tuple[str, str]] = {
    Hidden.PAST: ("past (--past)", "прошедших (--past)"),
    Hidden.HELD: ("among held events (--past)", "между состоявшимися (--past)"),
    Hidden.NOTE: ("notes (--all)", "заметок (--all)"),
    Hidden.THIN: ("thin possibilities (--all)", "слабых возможностей (--all)"),
}


def _say_counts(report: Report, language: str) -> str:
    counts, events, rules = report.counts, len(report.board.events), len(report.rules)
    hidden = [f"{counts[why.value]} {_pick(*words, language)}" for why, words in _REASONS.items() if counts[why.value]]
    if language == "ru":
        looked = f"{events} {plural(events, 'мероприятие', 'мероприятия', 'мероприятий')}"
        looked += f", {rules} {plural(rules, 'правило', 'правила', 'правил')}"
    else:
        looked = f"{events} event{'' if events == 1 else 's'}, {rules} rule{'' if rules == 1 else 's'}"
    if not report.listed:
        found = _pick(f"No clash among {looked}.", f"Накладок нет: {looked}.", language)
        return "   ".join([found, *([", ".join(hidden)] if hidden else [])])
    certain, possible = counts["certain"], counts["possible"]
    found = _pick(f"{certain} certain, {possible} possible", f"точных: {certain}, возможных: {possible}", language)
    return f"{found}     {', '.join([looked, *hidden])}"


def _pick(english: str, russian: str, language: str) -> str:
    return russian if language == "ru" else english
