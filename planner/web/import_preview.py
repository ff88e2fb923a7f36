"""An import before it is applied, in words: its five groups, what a person decides, and which conflicts it brings."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.change import Difference
from planner.domain.event import Status
from planner.domain.finding import Finding
from planner.domain.listing import Outcome
from planner.domain.register import Register
from planner.errors import Doubt, Problem
from planner.services.forecasting import Forecast, Tally, outlook
from planner.services.importing import ImportPlan, PlannedRow
from planner.services.lists import Asked, known_already, register_with
from planner.store import Snapshot
from planner.web.site import Site
from planner.wording import imports as words
from planner.wording.changes import name_of, say_field, say_status, say_value, title_of
from planner.wording.deeds import say_notes
from planner.wording.findings import say_finding_line

MOST_ROWS = 200
MOST_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a group: where it stands, which event it is, what changes (field, before, after), what is wrong."""

    where: str
    ref: str
    title: str
    changes: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """One of the five groups; `more` counts the rows that are not named."""

    outcome: str
    sign: str
    label: str
    lines: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Question:
    """What a person decides: the field that says it, the question, and its answers (value, what it says)."""

    name: str
    text: str
    answers: tuple[tuple[str, str], ...]


_NEEDED_FIRST = sorted(Outcome, key=lambda each: each not in {Outcome.UNREAD, Outcome.UNDECIDED})
"""What waits for a person stands above what does not."""


@dataclass(frozen=True, slots=True)
class Preview:
    """An import before it is applied, in words. `digest` says what exactly was shown."""

    digest: str
    source: str
    notes: tuple[str, ...]
    columns: tuple[tuple[str, str, str], ...]
    sections: tuple[str, ...]
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]
    gone: str
    phases: str
    outlook: str
    created: tuple[str, ...]
    cleared: tuple[str, ...]
    more: int
    changes: int
    rejected: int
    known: int | None


def preview(site: Site, content: bytes, asked: Asked, plan: ImportPlan, snapshot: Snapshot) -> Preview:
    assert plan.run is not None
    language, register = site.language, register_with(snapshot, plan)
    coming = None if plan.is_empty else outlook(snapshot, plan.changes, site.today)
    created, cleared = (coming.created, coming.cleared) if isinstance(coming, Forecast) else ((), ())
    phases = ", ".join(f"{part} → {whole}" for part, whole in plan.phases[:5])
    return Preview(
        hashlib.sha256("\n".join(map(repr, (plan.changes, asked))).encode()).hexdigest(),
        words.say_source(plan.run, len(plan.run.rows), asked.day_first, language),
        say_notes(plan.notes, language),
        tuple(
            (heading, column, words.column_field(column, language) if column else "")
            for heading, column in plan.columns
        ),
        tuple(f"{each.text}{f' → {each.kind}' if each.kind else ''}" for each in plan.sections),
        tuple(_group(site, plan, outcome, register) for outcome in _NEEDED_FIRST if plan.count(outcome)),
        tuple(_question(site, each, register) for each in plan.questions),
        words.say_gone(", ".join(plan.gone[:20]), len(plan.gone), language) if plan.gone else "",
        phases + (" …" if len(plan.phases) > 5 else ""),
        _said(coming, language),
        _told(created, coming, language),
        _told(cleared, coming, language),
        sum(max(0, len(each) - MOST_FINDINGS) for each in (created, cleared)),
        len(plan.changes),
        sum(bool(row.problems) for row in plan.rows),
        known_already(snapshot, content, plan.run.programme, asked),
    )


def _said(coming: Forecast | Tally | None, language: str) -> str:
    if isinstance(coming, Tally):
        return words.say_tally(coming.created, coming.cleared, language)
    return "" if coming is None else words.say_forecast_counts(coming.created, coming.cleared, language)


def _told(findings: Sequence[Finding], coming: Forecast | Tally | None, language: str) -> tuple[str, ...]:
    if not isinstance(coming, Forecast):
        return ()
    return tuple(say_finding_line(each, coming.board, language) for each in findings[:MOST_FINDINGS])


def _group(site: Site, plan: ImportPlan, outcome: Outcome, register: Register) -> Group:
    assert plan.run is not None
    rows = [row for row in plan.rows if row.outcome is outcome]
    said = {row.number: row.event for row in plan.run.rows}
    lines = []
    for row in rows[:MOST_ROWS]:
        event = said.get(row.number) or site.seen.by_ref.get(row.ref)
        title = title_of(event, site.language) if event is not None else ""
        lines.append(_line(site, row, title, register))
    label = words.say_outcome(outcome, len(rows), site.language)
    return Group(outcome.value, words.SIGNS[outcome], label, tuple(lines), max(0, len(rows) - MOST_ROWS))


def _line(site: Site, row: PlannedRow, title: str, register: Register) -> Line:
    language = site.language
    shown = row.differences if row.outcome is Outcome.CHANGED else row.clashes
    changes = tuple(_change(each, register, language) for each in shown)
    problems = tuple(_problem(each, language) for each in row.problems)
    return Line(words.say_row(row.number, row.label, language), row.ref, title, changes, problems)


def _change(each: Difference, register: Register, language: str) -> tuple[str, str, str]:
    before, after = (say_value(each.field, value, register, language) or "–" for value in (each.before, each.after))
    return say_field(each.field, language), before, after


def _problem(each: Problem, language: str) -> tuple[str, str]:
    """What was found and what to do; a doubt is settled by its question on the page, not by an option."""
    found, remedy = words.say_problem(each, language)
    return found, "" if isinstance(each, Doubt) else remedy


def _question(site: Site, doubt: Doubt, register: Register) -> Question:
    say, text = site.say, words.say_question(doubt, site.language)
    if doubt.asks == "day_first":
        both = (("day", say("the day comes first")), ("month", say("the month comes first")))
        return Question("day_first", text, both)
    if doubt.asks == "removals":
        return Question("removals", text, (("whole", say("yes, the list is whole")),))
    if doubt.asks == "side":
        sides = (("theirs", say("take the list's")), ("ours", say("keep ours")))
        return Question(f"side|{doubt.about}", text, sides)
    choices = [(each, each) for each in doubt.choices]
    if doubt.asks == "place":
        choices.append((words.NEW, say("a new place: add it")))
    elif doubt.asks == "kind" and not choices:
        choices = [(kind.code, name_of(register, "kind", kind.code, site.language)) for kind in register.kinds]
    elif doubt.asks == "status" and not choices:
        choices = [(each.value, say_status(each, site.language)) for each in Status]
    return Question(f"{doubt.asks}|{doubt.about}", text, tuple(choices))
