"""The closing line of a check: how many of what were found, and what was looked at."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from planner.domain.report import Hidden, Report
from planner.wording.dates import plural, write_day
from planner.wording.layout import INDENT, Layout


def say_counts(report: Report, layout: Layout, since: str = "") -> list[str]:
    """How many of what: "3 certain, 1 possible, 2 accepted (next lapses 20 Oct)     71 events, 27 rules, 12 notes"."""
    found = _say_found(report, layout, since)
    looked = ", ".join((*_say_looked(report, layout), *_say_hidden(report, layout)))
    line = f"{found}{INDENT}{looked}"
    return [line] if len(line) <= layout.width else [*layout.wrapped(found), *layout.wrapped(looked)]


def _is_clean(report: Report) -> bool:
    return not (report.counts["certain"] or report.counts["possible"])


def _say_found(report: Report, layout: Layout, since: str) -> str:
    counts = report.counts
    more = [_say_accepted(report, layout)] if counts["accepted"] else []
    more += [since] if since else []
    if not _is_clean(report):
        certain, possible = counts["certain"], counts["possible"]
        found = f"{certain} certain, {possible} possible", f"точных: {certain}, возможных: {possible}"
        return ", ".join((layout.pick(*found), *more))
    events = say_events(len(report.board.events), layout)
    return "; ".join((layout.pick(f"No clash among {events}", f"Накладок нет: {events}"), *more)) + "."


def _say_looked(report: Report, layout: Layout) -> tuple[str, ...]:
    """What was looked at: "71 events", "27 rules"; the events only where they are not named already."""
    events, rules = len(report.board.events), len(report.rules)
    russian = f"{rules} {plural(rules, 'правило', 'правила', 'правил')}"
    said = layout.pick(f"{rules} rule{'' if rules == 1 else 's'}", russian)
    return (said,) if _is_clean(report) else (say_events(events, layout), said)


def say_events(count: int, layout: Layout) -> str:
    """So many events: "71 events", "71 мероприятие"."""
    russian = f"{count} {plural(count, 'мероприятие', 'мероприятия', 'мероприятий')}"
    return layout.pick(f"{count} event{'' if count == 1 else 's'}", russian)


def _say_accepted(report: Report, layout: Layout) -> str:
    count, next_lapse = report.counts["accepted"], report.next_lapse
    assert next_lapse is not None
    day = write_day(next_lapse, layout.language)
    return layout.pick(f"{count} accepted (next lapses {day})", f"принято: {count} (ближайшая — до {day})")


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


def _say_hidden(report: Report, layout: Layout) -> Sequence[str]:
    """What is counted and not listed; the option that lists it is named once."""
    said = []
    for option, reasons in groupby(_REASONS, key=lambda why: _REASONS[why][0]):
        counted = [
            f"{count} {layout.pick(english[count != 1], plural(count, *russian))}"
            for why in reasons
            for _, english, russian in [_REASONS[why]]
            if (count := report.counts[why.value])
        ]
        if counted:
            said.append(f"{', '.join(counted)} ({option})")
    return said
