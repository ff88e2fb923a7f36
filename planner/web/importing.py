"""Importing on pages: a file sent, the same preview as on the command line, answers, and exactly that applied.

Between sending and applying, the file travels in the form itself. Any server process can take the next step, nothing of
a list that was not applied stays behind in the database, and there is nothing to clear away.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.domain.change import Difference
from planner.domain.event import Status
from planner.domain.finding import Finding
from planner.domain.listing import Outcome
from planner.domain.register import Register
from planner.errors import Doubt, PlannerError, Problem
from planner.readers.columns import COLUMNS
from planner.services.forecasting import Forecast, forecast
from planner.services.importing import ImportPlan, PlannedRow, Side
from planner.services.lists import Asked, File, known_already, propose_file, register_with
from planner.services.proposal import Author, Outrun, apply
from planner.services.rejected import table_of_rejects
from planner.services.teaching import Answer
from planner.store import Snapshot
from planner.web.site import Site, for_coordinators, for_writers, form, page
from planner.wording import imports as words
from planner.wording.changes import name_of, say_field, say_status, say_value, title_of
from planner.wording.deeds import say_notes, say_problems
from planner.wording.findings import say_finding_line

PAGE_MB = 8
"""The largest list that pages take; it comes back with each answer. Larger ones have the command line."""
MOST_BYTES = PAGE_MB * 1_400_000 + 1_000_000
MOST_ROWS = 200
MOST_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class Sent:
    """The file as it came, and what was said of it."""

    content: bytes
    name: str
    asked: Asked

    @property
    def carried(self) -> str:
        return base64.b64encode(self.content).decode()


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


@page
@for_coordinators
def import_page(site: Site) -> Response:
    """Where a list is sent from."""
    return _page(site)


def _do_import(site: Site) -> Response:
    """The preview of the file that was sent, or with *apply* the writing of exactly what was shown."""
    sent = _sent(site)
    if not sent.content:
        return _page(site, 422, problems=(site.say("Choose a file first; this one is empty."),))
    try:
        with site.database.snapshot() as snapshot:
            plan = _propose(site, sent, snapshot)
            shown = _preview(site, sent, plan, snapshot)
    except PlannerError as error:
        return _page(site, 422, sent=sent, problems=say_problems(error, site.language))
    if site.form.get("step") != "apply":
        return _page(site, sent=sent, shown=shown)
    if site.form.get("digest") != shown.digest:
        return _page(site, 409, sent=sent, shown=shown, is_outrun=True)
    if plan.is_empty:
        return _page(site, sent=sent, shown=shown)
    author = Author(site.visitor.name, str(site.form.get("reason", "")).strip(), datetime.now(UTC))
    try:
        number = apply(site.database, lambda again: _propose(site, sent, again), plan, author)
    except Outrun:
        return _page(site, 409, sent=sent, shown=shown, is_outrun=True)
    if shown.rejected:
        return _page(site, sent=sent, shown=shown, saved=number)
    return site.to(site.url("import", saved=number))


def _do_rejects(site: Site) -> Response:
    """The rows that could not go in, with their reasons, to correct and import: as a workbook if one was sent."""
    sent = _sent(site)
    with site.database.snapshot() as snapshot:
        plan = _propose(site, sent, snapshot)
    assert plan.run is not None
    suffix = ".xlsx" if plan.run.encoding in {"XLSX", "XLS", "ODS"} else ".csv"
    content, _ = table_of_rejects(plan, suffix)
    name = quote(f"{PurePath(sent.name).stem}.rejects{suffix}")
    kind = "text/csv; charset=utf-8" if suffix == ".csv" else "application/octet-stream"
    return Response(content, headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"}, media_type=kind)


do_import = form(for_writers(_do_import), MOST_BYTES)
do_rejects = form(for_writers(_do_rejects), MOST_BYTES)


def _page(
    site: Site,
    status: int = 200,
    *,
    sent: Sent | None = None,
    shown: Preview | None = None,
    problems: tuple[str, ...] = (),
    is_outrun: bool = False,
    saved: int | None = None,
) -> Response:
    register, language = site.seen.register, site.language
    return site.page(
        "import.html",
        status,
        sent=sent,
        shown=shown,
        problems=problems,
        is_outrun=is_outrun,
        saved=saved,
        answers=_answers_said(site),
        said=lambda name: str(site.form.get(name, "")),
        kinds=[(kind.code, name_of(register, "kind", kind.code, language)) for kind in register.kinds],
        columns=[(each, words.column_field(each, language)) for each in COLUMNS],
        most_mb=min(PAGE_MB, site.request.app.state.settings.limits.file_mb),
    )


def _sent(site: Site) -> Sent:
    """The file, just chosen or come back with an answer. Raises 413 and 400."""
    chosen = site.form.get("file")
    if isinstance(chosen, UploadFile) and chosen.filename:
        content, name = chosen.file.read(), PurePath(chosen.filename.replace("\\", "/")).name
    else:
        name = str(site.form.get("name", ""))
        try:
            content = base64.b64decode(str(site.form.get("content", "")), validate=True)
        except (binascii.Error, ValueError) as error:
            raise HTTPException(400) from error
    if len(content) > min(PAGE_MB, site.request.app.state.settings.limits.file_mb) * 1_000_000:
        raise HTTPException(413)
    return Sent(content, name[:200], _asked(site))


def _asked(site: Site) -> Asked:
    """What was answered and said. 400 for an answer that no form of ours has."""
    said = {name: str(value) for name, value in site.form.multi_items() if not isinstance(value, UploadFile)}
    pairs = [(*name.partition("|")[::2], value) for name, value in said.items() if "|" in name and value]
    sides: list[tuple[str, Side]] = []
    for sort, about, value in pairs:
        if sort == "side":
            if value not in _SIDES:
                raise HTTPException(400)
            sides.append((about, _SIDES[value]))
    days = {"": None, "day": True, "month": False}
    if said.get("day_first", "") not in days:
        raise HTTPException(400)
    return Asked(
        list_name=said.get("list_name", "").strip() or None,
        decision=said.get("decision", "").strip() or None,
        day_first=days[said.get("day_first", "")],
        kind=said.get("kind") or None,
        partial=bool(said.get("partial")),
        columns=tuple((about, "" if value == "-" else value) for sort, about, value in pairs if sort == "column"),
        answers=tuple(Answer(sort, about, value) for sort, about, value in pairs if sort in _TAUGHT),
        sides=tuple(sides),
        link_phases=bool(said.get("link_phases")),
        allow_removals=bool(said.get("removals")),
    )


_TAUGHT = frozenset({"place", "kind", "status"})
_SIDES: Mapping[str, Side] = {"ours": "ours", "theirs": "theirs"}


def _propose(site: Site, sent: Sent, snapshot: Snapshot) -> ImportPlan:
    file = File(sent.content, sent.name, limits=site.request.app.state.settings.limits)
    return propose_file(snapshot, file, site.seen.register.programme.code, sent.asked)


def _preview(site: Site, sent: Sent, plan: ImportPlan, snapshot: Snapshot) -> Preview:
    assert plan.run is not None
    language, register = site.language, register_with(snapshot, plan)
    coming = None if plan.is_empty else forecast(snapshot, plan.changes)
    created, cleared = (coming.created, coming.cleared) if coming is not None else ((), ())
    phases = ", ".join(f"{part} → {whole}" for part, whole in plan.phases[:5])
    return Preview(
        hashlib.sha256("\n".join(map(repr, (plan.changes, sent.asked))).encode()).hexdigest(),
        words.say_source(plan.run, len(plan.run.rows), sent.asked.day_first, language),
        say_notes(plan.notes, language),
        tuple(
            (heading, column, words.column_field(column, language) if column else "")
            for heading, column in plan.columns
        ),
        tuple(f"{each.text}{f' → {each.kind}' if each.kind else ''}" for each in plan.sections),
        tuple(_group(site, plan, outcome, register) for outcome in Outcome if plan.count(outcome)),
        tuple(_question(site, each, register) for each in plan.questions),
        words.say_gone(", ".join(plan.gone[:20]), len(plan.gone), language) if plan.gone else "",
        phases + (" …" if len(plan.phases) > 5 else ""),
        words.say_forecast_counts(created, cleared, language) if coming is not None else "",
        _told(created, coming, language),
        _told(cleared, coming, language),
        sum(max(0, len(each) - MOST_FINDINGS) for each in (created, cleared)),
        len(plan.changes),
        sum(bool(row.problems) for row in plan.rows),
        known_already(snapshot, sent.content, plan.run.programme, sent.asked),
    )


def _told(findings: Sequence[Finding], coming: Forecast | None, language: str) -> tuple[str, ...]:
    if coming is None:
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


def _answers_said(site: Site) -> list[tuple[str, str, str]]:
    """The answers given so far: field, value, and what both say, so that each can be taken back."""
    found = []
    for name, value in site.form.multi_items():
        sort, bar, about = name.partition("|")
        if not isinstance(value, str) or not value:
            continue
        if bar and sort in {*_TAUGHT, "side"}:
            found.append((name, value, f"{about} → {value}"))
        elif name == "day_first":
            found.append(
                (name, value, site.say("the day comes first") if value == "day" else site.say("the month comes first"))
            )
        elif name == "removals":
            found.append((name, value, site.say("yes, the list is whole")))
    return found
