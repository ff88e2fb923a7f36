"""A check as lines for a terminal: each finding with its events in columns, then what was left out, and the counts."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping

from planner.domain.event import Event
from planner.domain.finding import Finding
from planner.domain.report import MOST_OF_A_RULE, Checked, Hidden, Report
from planner.domain.waiver import Waiver
from planner.wording.changes import title_of
from planner.wording.counts import say_counts
from planner.wording.dates import write_day
from planner.wording.findings import headline, say_also, say_certainty, say_finding_line, say_help, say_together
from planner.wording.layout import GAP, INDENT, Layout
from planner.wording.rules import SENTENCES
from planner.wording.sentences import say_span, say_when
from planner.wording.suggestions import say_move

UNSETTLED = "C27"
_EXAMPLES = 3
_LEAST_TITLE = 24
"""Columns a title keeps however narrow the terminal is; below that the days go to a line of their own."""


def say_report(report: Report, layout: Layout) -> list[str]:
    """The whole report as lines; it ends with one line of counts."""
    lines: list[str] = []
    if report.is_over:
        over = "The programme is over: the whole of it is listed.", "Программа завершена: показана целиком."
        lines += [layout.pick(*over), ""]
    folded = _folded(report)
    for each in unfolded(report):
        lines += [*say_checked(each, layout), ""]
    for rule in folded:
        lines += [*layout.wrapped(_say_folded(rule, report, layout)), ""]
    return [*lines, *_say_undated(layout), *_say_unsettled(report, layout), *say_counts(report, layout)]


def _say_undated(layout: Layout) -> list[str]:
    undated = [layout.board.name(event) for event in layout.board.events if not event.when.windows]
    if not undated:
        return []
    words = layout.pick("Without a date", "Без даты")
    return layout.wrapped(f"{words} ({len(undated)}): {', '.join(undated)}", "  ")


def _say_unsettled(report: Report, layout: Layout) -> list[str]:
    """What is over and still planned, as one line: a note that somebody must answer all the same."""
    notes = (each.finding for each in report.checked if each.finding.rule == UNSETTLED and each.hidden is Hidden.NOTE)
    return [
        line
        for finding in notes
        for line in layout.wrapped(
            f"{headline(finding, layout.board, layout.language)}: {say_help(finding, layout.board, layout.language)}",
            "  ",
        )
    ]


def say_checked(each: Checked, layout: Layout) -> list[str]:
    """One finding: what and when; its events in columns; what else it breaks, what was said of it, what would help."""
    finding, board, language = each.finding, layout.board, layout.language
    head = f"{finding.rule} {each.handle} {say_certainty(finding, language)}{GAP}{say_span(finding.span, language)}"
    lines = layout.wrapped(f"{head}{GAP}{headline(finding, board, language)}", INDENT)
    lines += _say_events([board.named(ref) for ref in finding.refs], layout)
    said = [say_together(finding, board, language), say_also(finding, language), *_say_accepted(each, layout)]
    said.append(f"{layout.pick('help', 'что делать')}: {_say_help(each, layout)}")
    for sentence in said:
        if sentence:
            lines += layout.wrapped(INDENT + sentence, INDENT * 2)
    return lines


def _say_help(each: Checked, layout: Layout) -> str:
    """A move that was tried and helps, where one was found; else what would clear it in general."""
    move = layout.moves.get(each.id)
    usual = say_help(each.finding, layout.board, layout.language)
    if move is None:
        return usual
    if each.finding.placements is not None:
        return f"{usual}; {say_move(move, layout)}"
    return say_move(move, layout)


def _say_events(events: Iterable[Event], layout: Layout) -> list[str]:
    """Reference, title and days in columns, by first day; a long title goes on below itself."""
    listed = sorted(events, key=_by_day)
    language = layout.language
    rows = [(layout.board.name(event), title_of(event, language), say_when(event, language)) for event in listed]
    if not rows:
        return []
    refs, titles, days = (max(len(row[column]) for row in rows) for column in range(3))
    room = layout.width - len(INDENT) - refs - days - 2 * len(GAP)
    columns = _Columns(refs, min(titles, room), layout.width)
    return [line for row in rows for line in (columns.beside(*row) if room >= _LEAST_TITLE else columns.below(*row))]


class _Columns:
    """References, titles and days: the days beside the title where there is room, else below it."""

    def __init__(self, ref: int, title: int, width: int) -> None:
        self._ref, self._title = ref, title
        self._rest = max(width - len(INDENT) - ref - len(GAP), _LEAST_TITLE)

    def beside(self, ref: str, title: str, days: str) -> list[str]:
        first, *more = textwrap.wrap(title, self._title) or [""]
        return self._under(ref, f"{first:<{self._title}}{GAP}{days}", more)

    def below(self, ref: str, title: str, days: str) -> list[str]:
        first, *more = [*textwrap.wrap(title, self._rest), *textwrap.wrap(days, self._rest)]
        return self._under(ref, first, more)

    def _under(self, ref: str, first: str, more: list[str]) -> list[str]:
        before = f"{INDENT}{ref:<{self._ref}}{GAP}"
        return [f"{before}{first}".rstrip(), *(f"{' ' * len(before)}{line}" for line in more)]


def _by_day(event: Event) -> tuple[str, str]:
    return (event.when.windows[0].first.isoformat() if event.when.windows else "", event.ref)


def _say_accepted(each: Checked, layout: Layout) -> list[str]:
    """That it is accepted, or was."""
    waiver = each.waiver or each.lapsed
    if waiver is None:
        return []
    until, who = _until(waiver, layout), waiver.who
    if each.waiver is not None:
        words = f"accepted by {who} until {until}: ", f"принято ({who}) до {until}: "
    elif each.finding.fingerprint == waiver.fingerprint:
        words = f"was accepted until {until} by {who}: ", f"было принято до {until} ({who}): "
    else:
        changed = f"was accepted by {who}, but the facts have changed since: "
        words = changed, f"было принято ({who}), но обстоятельства изменились: "
    return [layout.pick(*words) + waiver.reason]


def _until(waiver: Waiver, layout: Layout) -> str:
    return f"{write_day(waiver.until, layout.language)} {waiver.until.year}"


_STANDING: Mapping[str, str] = {
    "holds": "действует",
    "facts changed": "обстоятельства изменились",
    "ended": "срок истёк",
    "nothing found any more": "больше ничего не найдено",
}


def say_waiver(handle: str, waiver: Waiver, standing: str, each: Checked | None, layout: Layout) -> list[str]:
    """An accepted finding: its handle, last day and standing; what it is about; who accepted it and why."""
    until = f"{layout.pick('until', 'до')} {_until(waiver, layout)}"
    about = waiver.code if each is None else say_finding_line(each.finding, layout.board, layout.language)
    return [
        f"{handle}{GAP}{until}{GAP}{layout.pick(standing, _STANDING[standing])}",
        *layout.wrapped(INDENT + about, INDENT * 2),
        *layout.wrapped(f"{INDENT}{waiver.who}: {waiver.reason}", INDENT * 2),
    ]


def _folded(report: Report) -> Mapping[str, int]:
    """Rules with more findings than anybody reads, and how many."""
    counts = Counter(finding.rule for finding in report.listed)
    return {rule: count for rule, count in sorted(counts.items()) if count > MOST_OF_A_RULE}


def unfolded(report: Report) -> tuple[Checked, ...]:
    """What is shown in full: everything listed, but of a rule with many only examples."""
    folded = _folded(report)
    shown: Counter[str] = Counter()
    kept = []
    for each in report.shown:
        shown[each.finding.rule] += 1
        if each.finding.rule not in folded or shown[each.finding.rule] <= _EXAMPLES:
            kept.append(each)
    return tuple(kept)


def _say_folded(rule: str, report: Report, layout: Layout) -> str:
    """How many more there are, how to see them, and the setting that would quiet most of them."""
    findings = [finding for finding in report.listed if finding.rule == rule]
    more, quieter = len(findings) - _EXAMPLES, _quieter(rule, findings, layout)
    return layout.pick(
        f"{rule}: {more} more (all: --rule {rule} --format json; quieter: {quieter})",
        f"{rule}: ещё {more} (все: --rule {rule} --format json; тише: {quieter})",
    )


def _quieter(rule: str, findings: list[Finding], layout: Layout) -> str:
    """The rule's own setting, else the kind of event that most of the findings are about."""
    own = SENTENCES[rule].quieter
    kinds = Counter(kind for finding in findings for kind in {layout.board.named(ref).kind for ref in finding.refs})
    if own or not kinds:
        return own or f'[rules.{rule}] severity = "info"'
    kind, count = min(kinds.items(), key=lambda each: (-each[1], each[0]))
    return layout.pick(
        f'not_for = ["{rule}"] in [[kind]] {kind}, {count} of {len(findings)}',
        f'not_for = ["{rule}"] в [[kind]] {kind}, {count} из {len(findings)}',
    )
