"""Notes, papers and contacts in words."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from planner.domain.beside import Contact, Note, Paper
from planner.domain.change import Revision
from planner.domain.event import Event
from planner.domain.listing import ImportRun, ListedRow
from planner.domain.register import Register
from planner.domain.window import Window
from planner.wording.changes import say_place, say_status, title_of
from planner.wording.clocks import city_of
from planner.wording.dates import write_day, write_window
from planner.wording.sentences import say_when


def say_note(note: Note, language: str) -> str:
    """ "8 October 2020, Duty officer: …"."""
    return f"{write_day(note.day, language)} {note.day.year}, {note.by}: {note.text}"


def say_paper(paper: Paper) -> str:
    """Title and address, and the beginning of the hash when there is one."""
    digest = f"  SHA-256 {paper.sha256[:12]}…" if paper.sha256 else ""
    return f"{paper.title}  {paper.address}{digest}"


def say_contact(contact: Contact) -> str:
    """Everything known of a contact on one line."""
    return ", ".join(part for part in (contact.name, contact.tasks, contact.email, contact.phone) if part)


def one_sentence(event: Event, register: Register, language: str) -> str:
    """The event as one sentence to paste into a letter: title, when, where, how certain."""
    place, status = say_place(event, register, language), say_status(event.status, language)
    parts = (title_of(event, language), say_when(event, language), place)
    return f"{', '.join(part for part in parts if part)} ({status})."


def say_moved(former: Iterable[Window], at: datetime | None, language: str) -> str:
    """ "moved from 12–16 Oct 2020 (written 3 September 2020)"."""
    was = "; ".join(write_window(window, language) for window in former)
    on = "" if at is None else f"{write_day(at.date(), language)} {at.year}"
    if language == "ru":
        return f"Перенесено с: {was}" + (f" (записано {on})" if on else "")
    return f"Moved from {was}" + (f" (written {on})" if on else "")


def say_origin(revision: Revision, run: ImportRun | None, row: ListedRow | None, words: str, language: str) -> str:
    """Where a date came from: "In the paper “plan.docx”, read on 28 Nov 2019, it stands as item 4: “9 мая 2020 г.”"."""
    day = f"{write_day(revision.at.date(), language)} {revision.at.year}"
    if run is None or row is None:
        return f"Срок записан {day}: {revision.who}." if language == "ru" else f"Dated by {revision.who} on {day}."
    item = next((cell for (_, column), cell in zip(run.headings, row.cells, strict=False) if column == "item"), "")
    if language == "ru":
        said = f": «{words}»" if words else ""
        where = f"пунктом {item}" if item.strip() else f"в строке {row.number}"
        return f"В документе «{run.file_name}», прочитанном {day}, стоит {where}{said}."
    where = f"as item {item}" if item.strip() else f"in row {row.number}"
    said = f": “{words}”" if words else ""
    return f"In the paper “{run.file_name}”, read on {day}, it stands {where}{said}."


def times_in(event: Event, zone: str, language: str) -> str:
    """When an event's sittings begin by the clocks of that zone: "8 Oct, 12:00 Dushanbe"; '' without a clock time."""
    starts = [
        datetime.combine(window.first, window.at, ZoneInfo(window.zone)).astimezone(ZoneInfo(zone))
        for window in event.when.windows
        if window.at is not None and window.is_fixed
    ]
    said = "; ".join(f"{write_day(start.date(), language)}, {start:%H:%M}" for start in starts)
    return f"{said} {city_of(zone, language)}" if said else ""
