"""Importing on pages: a file sent, the same preview as on the command line, answers, and exactly that applied.

Between sending and applying, the file travels in the form itself. Any server process can take the next step, nothing of
a list that was not applied stays behind in the database, and there is nothing to clear away.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.errors import PlannerError
from planner.readers.columns import COLUMNS
from planner.services.importing import ImportPlan
from planner.services.lists import Asked, File, propose_file
from planner.services.proposal import Author, Outrun, apply
from planner.services.rejected import table_of_rejects
from planner.services.teaching import Answer
from planner.services.three_way import Side
from planner.store import Snapshot
from planner.web.import_preview import Preview, preview
from planner.web.site import Site, for_coordinators, for_writers, form, page
from planner.wording import imports as words
from planner.wording.changes import name_of
from planner.wording.deeds import say_problems

PAGE_MB = 8
"""The largest list that pages take; it comes back with each answer. Larger ones have the command line."""
MOST_BYTES = PAGE_MB * 1_400_000 + 1_000_000


@dataclass(frozen=True, slots=True)
class Sent:
    """The file as it came, and what was said of it."""

    content: bytes
    name: str
    asked: Asked

    @property
    def carried(self) -> str:
        return base64.b64encode(self.content).decode()


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
            shown = preview(site, sent.content, sent.asked, plan, snapshot)
    except PlannerError as error:
        return _page(site, 422, sent=sent, problems=say_problems(error, site.language))
    if site.form.get("step") != "apply":
        return _page(site, sent=sent, shown=shown)
    if plan.is_empty:  # also when the page that says what was saved is loaded again
        return _page(site, sent=sent, shown=shown)
    if site.form.get("digest") != shown.digest:
        return _page(site, 409, sent=sent, shown=shown, is_outrun=True)
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
    content, _ = table_of_rejects(plan, suffix, site.language)
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
