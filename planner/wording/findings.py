"""Findings in sentences, in English and Russian: every event, what they share, when, and what would clear it."""

from collections.abc import Iterable, Mapping

from planner.domain.board import Board
from planner.domain.finding import Certainty, Finding, Placements
from planner.domain.report import MOST_OF_A_RULE, Hidden, Report
from planner.wording.changes import title_of
from planner.wording.dates import plural, write_day
from planner.wording.rules import SENTENCES
from planner.wording.sentences import Both, Telling, say_span, say_when, stretches

TITLES: Mapping[str, Both] = {code: sentences.title for code, sentences in SENTENCES.items()}
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
        f"     {ref:<{width}}   {title_of(event, language)}   {say_when(event, language)}"
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
    events = (f"{ref} ({say_when(board.named(ref), language)})" for ref in finding.refs)
    return f"{headline(finding, board, language)}: {', '.join(events)}"


def headline(finding: Finding, board: Board, language: str) -> str:
    """What is wrong, in a few words that name what the events share."""
    return SENTENCES[finding.rule].headline(Telling(finding, board, language))


def say_help(finding: Finding, board: Board, language: str) -> str:
    """What would clear it."""
    if finding.placements is not None:
        return _say_placements(finding.placements, language)
    remedy = SENTENCES[finding.rule].remedy
    if remedy is not None:
        return remedy(Telling(finding, board, language))
    day = write_day(max(finding.span.last, finding.span.first), language)
    if language == "ru":
        return f'перенести одно из них: второе — после {day} (planner move REF "…")'
    return f'move one of them, such as to begin after {day} (planner move REF "…")'


def _say_placements(placements: Placements, language: str) -> str:
    clash, of = placements.clash, placements.of
    if placements.clear:
        days = ", ".join(say_span(span, language) for span in stretches(placements.clear))
        if language == "ru":
            return f"накладка в {clash} из {of} вариантов; свободно начать: {days}"
        return f"{clash} of {of} placements clash; clear to start on {days}"
    if language == "ru":
        return f"накладка в {clash} из {of} вариантов; назначить дни порознь"
    return f"{clash} of {of} placements clash; give them days apart"


def _say_certainty(finding: Finding, language: str) -> str:
    return _pick(*_CERTAINTY[finding.certainty], language)


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
