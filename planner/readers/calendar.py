"""Calendars (iCalendar) to a grid: a row for each event on its days, with the columns a list would have."""

import html
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from calendars import Foreign, ForeignCalendar, Term, Trouble, read_foreign, unfold
from planner.errors import BadInput, Problem
from planner.readers.grid import Grid, Row
from planner.readers.guard import Guard
from planner.readers.text import checked, decoded

Days = tuple[date, date]

REVISION = "X-PLANNER-REVISION"
ROW = "X-PLANNER-ROW"
DAYS = "X-PLANNER-DAYS"
"""What an exported calendar says of itself, and of each event: its row, as JSON, and the days on which it stood."""

COLUMNS = (
    "uid",
    "recurrence",
    "sequence",
    "modified",
    "title",
    "date_text",
    "start",
    "end",
    "zone",
    "venue",
    "status",
    "remarks",
    "categories",
)
_NAMED = {
    "DTSTART": "start",
    "DTEND": "end",
    "SUMMARY": "title",
    "LOCATION": "venue",
    "DESCRIPTION": "remarks",
    "STATUS": "status",
    "UID": "uid",
}
_ESCAPED = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
_CALLED_OFF = re.compile(r"(?:отменено|отмена|cancell?ed)\s*:\s*", re.IGNORECASE)
"""What mail programs write before the subject of a meeting that is cancelled, and nowhere else."""
_HTML = re.compile(r"</?(?:b|i|u|p|br|div|span|a|ul|ol|li|strong|em|html|body|font|h\d)\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def read_calendar(
    content: bytes, guard: Guard, encoding: str | None = None, term: Callable[[], Days | None] = lambda: None
) -> Grid:
    """The events of a file, numbered in its order; those of a series each by itself, within the term.

    A calendar that the planner exported gives the rows it was made from. Raises BadInput for one that is cut off.
    """
    file_name = guard.file_name
    unfolded = unfold(content)
    text, _ = decoded(unfolded.content, file_name, encoding)
    checked(text, file_name)

    def bounds() -> Term | None:
        days = term()
        return None if days is None else Term(*days)

    def going(number: int) -> None:
        guard.count(number, "events")

    try:
        read = read_foreign(text, unfolded.edges, term=bounds, marked=(ROW, REVISION, DAYS), going=going)
    except ValueError as error:
        found = f"is an iCalendar file that cannot be read: {error}"
        raise BadInput(Problem(file_name, found, remedy="send the whole file as it was exported")) from error
    sheet = "; ".join(dict.fromkeys(read.names))
    if any(ROW in event.marks for event in read.events):
        return _exported(read, guard, sheet)
    rows = [guard.check(_row(number, event, file_name)) for number, event in enumerate(read.events, 1)]
    return Grid("iCalendar", (Row(0, COLUMNS), *rows), sheet, read.notes)


def _exported(read: ForeignCalendar, guard: Guard, sheet: str) -> Grid:
    """The rows that the planner wrote into its events: one for each reference, whatever its sittings."""
    rows: dict[str, tuple[Foreign, Mapping[str, str]]] = {}
    for event in read.events:
        cells = _cells_of(event, guard.file_name) if ROW in event.marks else _added(event)
        ref = cells.get("ref", event.uid)
        if _is_moved(event):
            if ref in rows or event.uid.startswith(f"{ref}/"):
                raise BadInput(_sitting_moved(event, ref, guard.file_name))
            cells = {**cells, "date_text": days_of(event)}
        rows.setdefault(ref, (event, cells))
    columns = tuple(dict.fromkeys(name for _, cells in rows.values() for name in cells))
    revision = read.marks.get(REVISION)
    added = () if revision is None or "revision" in columns else ("revision",)
    grid = tuple(
        Row(n, (*(cells.get(name, "") for name in columns), *(revision or "",) * len(added)), _label(n, event))
        for n, (event, cells) in enumerate(rows.values(), 1)
    )
    owners = {event.uid.rpartition("@")[2] for event, _ in rows.values()}
    programme = owners.pop() if len(owners) == 1 else ""
    whole = (Row(0, (*columns, *added), "columns"), *grid)
    return Grid("iCalendar", tuple(map(guard.check, whole)), sheet, read.notes, programme)


def _cells_of(event: Foreign, file_name: str) -> Mapping[str, str]:
    """The columns in the row an event carries; a text that was escaped as RFC 5545 does is read as well."""
    written = event.marks.get(ROW, "")
    for text in (written, re.sub(r"\\[nN,;\\]", lambda found: _ESCAPED[found[0]], written)):
        try:
            cells = json.loads(text)
        except (json.JSONDecodeError, RecursionError):
            continue
        if isinstance(cells, dict) and all(isinstance(each, str) for each in cells.values()):
            return cells
    found = f"has no {ROW} that can be read, as other events of the file have"
    remedy = "export the calendar anew; one that another program has changed comes back as a list of another kind"
    raise BadInput(Problem(f"{file_name}, line {event.line}", found, remedy=remedy))


def days_of(event: Foreign) -> str:
    """When it stands there, in words the date grammar reads; its zone behind a time."""
    if not isinstance(event.start, datetime):
        ends = "" if event.end in {None, event.start} else f"/{event.end}"
        return f"{event.start}{ends}" if event.start is not None else ""
    end = event.end if isinstance(event.end, datetime) else event.start
    tail = "" if end <= event.start else f"/{end.isoformat(timespec='minutes')}"
    zone = f" {event.zone}" if event.zone and not tail else ""
    return f"{event.start.isoformat(timespec='minutes')}{tail}{zone}"


def _is_moved(event: Foreign) -> bool:
    """True for one that stands on other days than those it was exported with."""
    return DAYS in event.marks and event.marks[DAYS] != days_of(event)


def _sitting_moved(event: Foreign, ref: str, file_name: str) -> Problem:
    found = f"a sitting of {ref} was moved in the calendar, to {days_of(event)}"
    return Problem(f"{file_name}, line {event.line}", found, remedy=f'say all its days: planner move {ref} "…"')


def _added(event: Foreign) -> Mapping[str, str]:
    """The row of an event that somebody put into an exported calendar."""
    said = {"title": event.summary, "date_text": days_of(event), "venue": event.location, "remarks": event.description}
    return {name: text for name, text in said.items() if text}


def _label(number: int, event: Foreign) -> str:
    of_series = f", {event.start.isoformat()[:10]}" if event.of_series and event.start is not None else ""
    return f"entry {number} (line {event.line}{of_series})"


def _row(number: int, event: Foreign, file_name: str) -> Row:
    label = _label(number, event)
    is_off = _CALLED_OFF.match(event.summary) is not None
    cells = {
        "uid": event.uid,
        "recurrence": event.recurrence,
        "sequence": str(event.sequence),
        "modified": event.modified,
        "title": _CALLED_OFF.sub("", event.summary, count=1) if is_off else event.summary,
        "start": _said(event.start),
        "end": _said(event.end),
        "zone": event.zone,
        "venue": "online" if _LINK.fullmatch(event.location) else event.location,
        "status": "cancelled" if is_off else event.status.lower(),
        "remarks": _plain(event.description),
        "categories": "; ".join(event.categories),
    }
    for trouble in event.troubles:
        if trouble.value and trouble.name in _NAMED:
            cells[_NAMED[trouble.name]] = trouble.value  # as it stands there, for whoever must mend it
    problems = [_problem(trouble, number, f"{file_name}, {label}") for trouble in event.troubles]
    return Row(number, tuple(cells.get(name, "") for name in COLUMNS), label, tuple(problems))


def _plain(text: str) -> str:
    """A description without the HTML that some calendars have in it; any other is as it was."""
    if _HTML.search(text) is None:
        return text
    lines = re.sub(r"(?i)<br\s*/?>|</(?:p|div|li|h\d)>", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", html.unescape(_HTML.sub("", lines)).replace("\u00a0", " ")).strip()


def _problem(trouble: Trouble, number: int, where: str) -> Problem:
    column = _NAMED.get(trouble.name, "start")
    place = f"{where}, {trouble.name}" if trouble.name else where
    return Problem(place, trouble.found, trouble.expected, row=number, column=column)


def _said(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    return moment.isoformat(" ", "minutes").replace(" ", ", ") if isinstance(moment, datetime) else moment.isoformat()
