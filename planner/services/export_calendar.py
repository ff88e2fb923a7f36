"""The plan as a calendar (ICS) that people open and the planner takes back: each entry carries its event's row."""

import json
from dataclasses import replace

import calendars
from calendars import Calendar, Entry, Foreign, Timed, WholeDays
from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.feed import Approximate, Cancelled, Feed, FeedLanguage, Level, Policy
from planner.domain.register import Register
from planner.domain.window import Window, whole_days
from planner.domain.zone import zone_of
from planner.readers.calendar import DAYS, REVISION, ROW, days_of
from planner.services.disclosing import Shown
from planner.services.entries import Sitting, entry
from planner.services.exporting import Export, cells_of
from planner.store import Snapshot

PRODID = "-//council-planner//planner export//EN"


def write_calendar(made: Export, snapshot: Snapshot) -> bytes:
    """Every event at the level of members; one without a day stands on the first day of the plan as free time.

    A calendar has no place for what stands on no day, and leaving it out would lose its row.
    """
    register = made.register
    board = Board(made.at.date(), (register,), made.events)
    stamps = snapshot.stamps(register.programme.code)
    feed = _feed(made)
    entries = []
    for event in made.events:
        shown = Shown(event, stamps[event.ref])
        row = json.dumps({"ref": event.ref, **_said(event, register)}, ensure_ascii=False)
        for window in event.when.windows or (_nowhere(event, register),):
            drawn = entry(shown, Sitting(window, said="" if event.when.windows else "undated"), board, feed, "")
            entries.append(_marked(drawn, row, is_free=not event.when.windows))
    name = f"{made.organisation or register.programme.code} {made.term}"
    calendar = Calendar(PRODID, name, tuple(entries), modified=made.at, extra=((REVISION, str(made.revision)),))
    return calendars.write(calendar)


def _said(event: Event, register: Register) -> dict[str, str]:
    return {name: cell for name, cell in cells_of(event, register).items() if cell}


def _nowhere(event: Event, register: Register) -> Window:
    first = register.programme.first
    return whole_days(first, first, zone_of(event, register))


def _marked(drawn: Entry, row: str, *, is_free: bool) -> Entry:
    return replace(drawn, extra=((ROW, row), (DAYS, _days(drawn.when))), is_transparent=drawn.is_transparent or is_free)


def _days(when: WholeDays | Timed) -> str:
    """As the reader of calendars will find them, unless somebody moves the entry."""
    if isinstance(when, WholeDays):
        return days_of(Foreign(0, start=when.first, end=when.last))
    return days_of(Foreign(0, start=when.start, end=when.end, zone=when.zone))


def _feed(made: Export) -> Feed:
    policy = Policy(approximate=Approximate.MARKER, cancelled=Cancelled.KEEP, moved_days=0)
    language = FeedLanguage(made.origin.language)
    return Feed(made.register.programme.code, "export", language=language, level=Level.MEMBER, policy=policy)
