"""A check as lines for a terminal: each finding with its events in columns, then what was left out, and the counts."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.report import MOST_OF_A_RULE, Checked, Hidden, Report
from planner.domain.waiver import Waiver
from planner.wording.changes import title_of
from planner.wording.dates import plural, write_day
from planner.wording.findings import headline, say_also, say_certainty, say_finding_line, say_help
from planner.wording.sentences import say_span, say_when

_INDENT = "     "
_GAP = "   "
_EXAMPLES = 3
_LEAST_TITLE = 24
"""Columns a title keeps however narrow the terminal is; below that the days go to a line of their own."""


def say_report(report: Report, language: str, width: int) -> list[str]:
    """The whole report as lines of that many columns; it ends with one line of counts."""
    lines: list[str] = []
    if report.is_over:
        over = "The programme is over: the whole of it is listed.", "Программа завершена: показана целиком."
        lines += [_pick(*over, language), ""]
    folded = _folded(report)
    for each in _unfolded(report, folded):
        lines += [*say_checked(each, report.board, language, width), ""]
    for rule, count in folded.items():
        lines += [*_wrapped(_say_folded(rule, count, language), "", width), ""]
    undated = [report.board.name(event) for event in report.board.events if not event.when.windows]
    if undated:
        words = _pick("Without a date", "Без даты", language)
        lines += _wrapped(f"{words} ({len(undated)}): {', '.join(undated)}", "  ", width)
    return [*lines, *say_counts(report, language, width)]


def say_checked(each: Checked, board: Board, language: str, width: int) -> list[str]:
    """One finding: what and when; its events in columns; what else it breaks, what was said of it, what would help."""
    finding = each.finding
    head = f"{finding.rule} {each.handle} {say_certainty(finding, language)}{_GAP}{say_span(finding.span, language)}"
    lines = _wrapped(f"{head}{_GAP}{headline(finding, board, language)}", _INDENT, width)
    lines += _say_events([board.named(ref) for ref in finding.refs], board, language, width)
    said = [say_also(finding, language), *_say_waiver(each, language)]
    said.append(f"{_pick('help', 'что делать', language)}: {say_help(finding, board, language)}")
    for sentence in said:
        if sentence:
            lines += _wrapped(_INDENT + sentence, _INDENT * 2, width)
    return lines


def _say_events(events: Iterable[Event], board: Board, language: str, width: int) -> list[str]:
    """Reference, title and days in columns, by first day; a long title goes on below itself."""
    listed = sorted(events, key=_by_day)
    rows = [(board.name(event), title_of(event, language), say_when(event, language)) for event in listed]
    widest = [max(len(row[column]) for row in rows) for column in range(3)]
    room = width - len(_INDENT) - widest[0] - widest[2] - 2 * len(_GAP)
    title = min(widest[1], max(room, _LEAST_TITLE))
    lines = []
    for ref, text, days in rows:
        first, *more = textwrap.wrap(text, title) or [""]
        before = f"{_INDENT}{ref:<{widest[0]}}{_GAP}"
        if room >= _LEAST_TITLE:
            lines.append(f"{before}{first:<{title}}{_GAP}{days}".rstrip())
        else:
            lines.append(f"{before}{first}")
            more.extend(textwrap.wrap(days, max(width - len(before), _LEAST_TITLE)))
        lines += [f"{' ' * len(before)}{line}" for line in more]
    return lines


def _by_day(event: Event) -> tuple[str, str]:
    return (event.when.windows[0].first.isoformat() if event.when.windows else "", event.ref)


def _say_waiver(each: Checked, language: str) -> list[str]:
    """That it is accepted, or was."""
    waiver = each.waiver or each.lapsed
    if waiver is None:
        return []
    until = f"{write_day(waiver.until, language)} {waiver.until.year}"
    if each.waiver is not None:
        words = f"accepted by {waiver.who} until {until}: ", f"принято ({waiver.who}) до {until}: "
        return [_pick(*words, language) + waiver.reason]
    if each.finding.fingerprint == waiver.fingerprint:
        words = f"was accepted until {until} by {waiver.who}: ", f"было принято до {until} ({waiver.who}): "
    else:
        words = (
            f"was accepted by {waiver.who}, but the facts have changed since: ",
            f"было принято ({waiver.who}), но обстоятельства изменились: ",
        )
    return [_pick(*words, language) + waiver.reason]


_STANDING: Mapping[str, str] = {
    "holds": "действует",
    "facts changed": "обстоятельства изменились",
    "ended": "срок истёк",
    "nothing found any more": "больше ничего не найдено",
}


def say_waiver(
    handle: str, waiver: Waiver, standing: str, each: Checked | None, board: Board, language: str, width: int
) -> list[str]:
    """An accepted finding: its handle, last day and standing; what it is about; who accepted it and why."""
    until = f"{write_day(waiver.until, language)} {waiver.until.year}"
    head = (
        f"{handle}{_GAP}{_pick('until', 'до', language)} {until}{_GAP}{_pick(standing, _STANDING[standing], language)}"
    )
    about = say_finding_line(each.finding, board, language) if each is not None else waiver.code
    return [
        head,
        *_wrapped(_INDENT + about, _INDENT * 2, width),
        *_wrapped(f"{_INDENT}{waiver.who}: {waiver.reason}", _INDENT * 2, width),
    ]


def _folded(report: Report) -> Mapping[str, int]:
    """Rules with more findings than anybody reads, and how many."""
    counts = Counter(finding.rule for finding in report.listed)
    return {rule: count for rule, count in sorted(counts.items()) if count > MOST_OF_A_RULE}


def _unfolded(report: Report, folded: Mapping[str, int]) -> Iterable[Checked]:
    shown: Counter[str] = Counter()
    for each in report.shown:
        rule = each.finding.rule
        shown[rule] += 1
        if rule not in folded or shown[rule] <= _EXAMPLES:
            yield each


def _say_folded(rule: str, count: int, language: str) -> str:
    more = count - _EXAMPLES
    if language == "ru":
        return f'{rule}: ещё {more} (все: --rule {rule} --format json; тише: not_for = ["{rule}"] у вида мероприятий)'
    return f'{rule}: {more} more (all: --rule {rule} --format json; quieter: not_for = ["{rule}"] for a kind of event)'


def say_counts(report: Report, language: str, width: int) -> list[str]:
    """How many of what: "3 certain, 1 possible, 2 accepted (next lapses 20 Oct)     71 events, 27 rules, 12 notes"."""
    found = _say_found(report, language)
    looked = ", ".join((*_say_looked(report, language), *_say_hidden(report, language)))
    line = f"{found}{_INDENT}{looked}"
    return [line] if len(line) <= width else [*_wrapped(found, "", width), *_wrapped(looked, "", width)]


def _say_found(report: Report, language: str) -> str:
    counts = report.counts
    accepted = [_say_accepted(report, language)] if counts["accepted"] else []
    if counts["certain"] or counts["possible"]:
        words = f"{counts['certain']} certain, {counts['possible']} possible"
        found = _pick(words, f"точных: {counts['certain']}, возможных: {counts['possible']}", language)
        return ", ".join((found, *accepted))
    events = say_events(len(report.board.events), language)
    words = _pick(f"No clash among {events}", f"Накладок нет: {events}", language)
    return "; ".join((words, *accepted)) + "."


def _say_looked(report: Report, language: str) -> tuple[str, ...]:
    """What was looked at: "71 events", "27 rules"; the events only where they are not named already."""
    events, rules = len(report.board.events), len(report.rules)
    said = _pick(
        f"{rules} rule{'' if rules == 1 else 's'}", f"{rules} {plural(rules, 'правило', 'правила', 'правил')}", language
    )
    is_clean = not (report.counts["certain"] or report.counts["possible"])
    return (said,) if is_clean else (say_events(events, language), said)


def say_events(count: int, language: str) -> str:
    """So many events: "71 events", "71 мероприятие"."""
    if language == "ru":
        return f"{count} {plural(count, 'мероприятие', 'мероприятия', 'мероприятий')}"
    return f"{count} event{'' if count == 1 else 's'}"


def _say_accepted(report: Report, language: str) -> str:
    count, next_lapse = report.counts["accepted"], report.next_lapse
    assert next_lapse is not None
    day = write_day(next_lapse, language)
    return _pick(f"{count} accepted (next lapses {day})", f"принято: {count} (до {day} — ближайшая)", language)


_REASONS: Mapping[Hidden, tuple[str, tuple[str, str], tuple[str, str, str]]] = {
    Hidden.PAST: ("--past", ("past", "past"), ("прошедшая", "прошедшие", "прошедших")),
    Hidden.HELD: ("--past", ("among held events",) * 2, ("между состоявшимися",) * 3),
    Hidden.NOTE: ("--all", ("note", "notes"), ("заметка", "заметки", "заметок")),
    Hidden.THIN: (
        "--all",
        ("thin possibility", "thin possibilities"),
        ("слабая возможность", "слабые возможности", "слабых возможностей"),
    ),
}


def _say_hidden(report: Report, language: str) -> Sequence[str]:
    """What is counted and not listed; the option that lists it is named once."""
    said = []
    for option, reasons in groupby(_REASONS, key=lambda why: _REASONS[why][0]):
        counted = [
            f"{count} {plural(count, *russian) if language == 'ru' else english[count != 1]}"
            for why in reasons
            for _, english, russian in [_REASONS[why]]
            if (count := report.counts[why.value])
        ]
        if counted:
            said.append(f"{', '.join(counted)} ({option})")
    return said


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    """The text in lines of that many columns; what goes on below is indented. Words are never broken."""
    lead = text[: len(text) - len(text.lstrip())]
    lines = textwrap.wrap(
        text.strip(),
        max(width, 40),
        initial_indent=lead,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [""]


def _pick(english: str, russian: str, language: str) -> str:
    return russian if language == "ru" else english
