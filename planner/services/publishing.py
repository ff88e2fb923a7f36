"""Publishing: events as entries, and feeds as files that nobody ever sees half-written or wrong."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import calendars
from calendars import Calendar, Entry, Related, Timed, WholeDays
from planner.domain.board import Board
from planner.domain.change import Stamp, key_of
from planner.domain.entries import Disclosure, Family
from planner.domain.event import Attendance, BookingSort, Event, Relation, Status
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.domain.window import Window
from planner.domain.zone import with_places_around
from planner.errors import BadInput, BrokenFeed, problem
from planner.store import Snapshot
from planner.wording.changes import name_of, say_family, say_place
from planner.wording.entries import describe, is_exact, marked_title, prefix

PRODID = "-//council-planner//planner//EN"
KEPT_CANCELLED_DAYS = 90
"""So long a cancelled event stays in the feeds, counted to the newest revision, never to the clock."""
SAID_MOVED_DAYS = 14
"""So long a moved event's title says so, counted likewise."""

_GONE = frozenset({Status.CANCELLED, Status.POSTPONED})
_SETTLED = frozenset({Status.CONFIRMED, Status.HELD})
_COLORS: Mapping[Family, str] = {
    Family.COUNCIL_SESSION: "darkred",
    Family.STATUTORY_MEETING: "firebrick",
    Family.EXERCISE: "darkolivegreen",
    Family.EXERCISE_PHASE: "olivedrab",
    Family.PLANNING_CONFERENCE: "teal",
    Family.OPERATION: "midnightblue",
    Family.TRAINING: "steelblue",
    Family.COMMEMORATION: "darkorange",
    Family.CONSULTATION: "slateblue",
    Family.CONFERENCE: "purple",
    Family.MEDIA: "hotpink",
    Family.EXTERNAL: "gray",
}
"""COLOR of an entry by its family, in CSS names (RFC 7986, 5.9)."""


@dataclass(frozen=True, slots=True)
class Known:
    """An event and what feeds must know of its past. `former` are the days it was moved from, at `moved` if logged."""

    event: Event
    stamp: Stamp
    former: tuple[Window, ...] = ()
    moved: datetime | None = None
    is_removed: bool = False

    @property
    def is_gone(self) -> bool:
        """True when calendars must show that it does not take place then."""
        return self.is_removed or self.event.status in _GONE


@dataclass(frozen=True, slots=True)
class Published:
    """One programme as feeds see it: its events, those removed as well, and the newest revision's instant."""

    register: Register
    events: tuple[Known, ...]
    newest: datetime

    @property
    def board(self) -> Board:
        return Board(self.newest.date(), (self.register,), tuple(known.event for known in self.events))


@dataclass(frozen=True, slots=True)
class Written:
    """One feed file, how many entries it has, and whether its bytes changed."""

    path: Path
    entries: int
    is_changed: bool


def load_published(snapshot: Snapshot, programme: str) -> Published:
    """What the feeds of a programme are made from. Where an event was moved from is asked of its history."""
    stamps = snapshot.stamps(programme)
    standing = (_known(snapshot, event, stamps[event.ref]) for event in snapshot.events(programme))
    removed = (Known(event, stamp, is_removed=True) for event, stamp in snapshot.removed(programme))
    revisions = snapshot.revisions()
    newest = revisions[-1].at if revisions else datetime(1970, 1, 1, tzinfo=UTC)
    return Published(snapshot.register(programme), (*standing, *removed), newest)


def _known(snapshot: Snapshot, event: Event, stamp: Stamp) -> Known:
    """The event with the days it stood on before its last move: as logged here, else as its list said."""
    logged = snapshot.history(key_of(event)) if stamp.sequence else ()
    for earlier, later in reversed(list(pairwise(logged))):
        if isinstance(earlier.after, Event) and isinstance(later.after, Event):
            was, became = earlier.after.when.windows, later.after.when.windows
            if was and was != became:
                return Known(event, stamp, was, later.revision.at)
    return Known(event, stamp, event.when.former_windows)


def feed(published: Published, language: str, family: Family | None = None) -> Calendar:
    """The calendar of a programme in one language, of everything or of one family of kinds.

    It shows what members may see: no drafts, no internal remarks, nothing disclosed to coordinators only.
    """
    board = published.board
    chosen = [
        entry
        for known in published.events
        if _is_shown(known.event, published.register) and family in (None, board.family(known.event))
        for entry in entries(known, board, language, published.newest)
    ]
    organisation = text_in(language, published.register.programme.organisation)
    name = f"{organisation}, {published.register.programme.code}"
    if family is not None:
        name += f": {say_family(family, language)}"
    ordered = tuple(sorted(chosen, key=calendars.order))
    modified = max((entry.modified for entry in ordered), default=_second(published.newest))
    color = "darkslateblue" if family is None else _COLORS[family]
    return Calendar(PRODID, calendars.clean_name(name), ordered, color, modified)


def _is_shown(event: Event, register: Register) -> bool:
    kind = register.kind(event.kind)
    disclosure = event.disclosure or (kind.disclosure if kind is not None else Disclosure.MEMBER)
    return event.status is not Status.DRAFT and disclosure is not Disclosure.FULL


def entries(known: Known, board: Board, language: str, newest: datetime) -> Iterable[Entry]:
    """An event as calendar entries, one for each sitting; none where it stands on no day.

    A postponed one is shown cancelled on the day it had, so that calendars do not lose it without a word.
    """
    if known.is_gone and newest - known.stamp.raised > timedelta(days=KEPT_CANCELLED_DAYS):
        return
    windows = known.event.when.windows
    if known.event.status is Status.POSTPONED and not windows:
        windows = known.former
    for window in windows:
        yield _entry(known, window, board, language, newest)


def _entry(known: Known, window: Window, board: Board, language: str, newest: datetime) -> Entry:
    event, stamp, register = known.event, known.stamp, board.register(known.event)
    changed = _second(stamp.changed)
    family = board.family(event)
    exact = is_exact(event, window)
    uid = event.ref if window.part == 1 else f"{event.ref}/{window.part}"
    return Entry(
        f"{uid}@{event.programme}",
        stamp.sequence,
        changed,
        _second(stamp.created),
        changed,
        _when(window, event, board),
        _title(known, window, register, language, newest),
        calendars.clean(describe(event, window, register, language, (known.former, known.moved))),
        calendars.clean(say_place(event, register, language)),
        language,
        _categories(event, register, language),
        _status(known, exact),
        not (exact and board.occupies(event) and not known.is_gone),
        _COLORS[family] if family is not None else "",
        _geo(event, register),
        _related(event),
    )


def _second(instant: datetime) -> datetime:
    """iCalendar counts whole seconds."""
    return instant.astimezone(UTC).replace(microsecond=0)


def _when(window: Window, event: Event, board: Board) -> WholeDays | Timed:
    """Fixed days and times as they are; anything else as a marker on the first day of its period."""
    if window.at is not None and window.is_fixed:
        start = datetime.combine(window.first, window.at)
        minutes = window.length or board.usual(event).minutes
        return Timed(start, start + timedelta(minutes=minutes), window.zone)
    if window.is_fixed:
        return WholeDays(window.first, window.last)
    return WholeDays(window.first, window.first)


def _title(known: Known, window: Window, register: Register, language: str, newest: datetime) -> str:
    title = calendars.clean(marked_title(known.event, window, register, language)).replace("\n", " ")
    if known.is_removed or known.event.status is Status.CANCELLED:
        return prefix("cancelled", language) + title
    if known.event.status is Status.POSTPONED:
        return prefix("postponed", language) + title
    if known.moved is not None and newest - known.moved <= timedelta(days=SAID_MOVED_DAYS):
        return prefix("moved", language) + title
    return title


def _status(known: Known, exact: bool) -> calendars.Status:
    if known.is_gone:
        return calendars.Status.CANCELLED
    status = known.event.status
    is_settled = status is Status.HELD or (status in _SETTLED and exact)
    return calendars.Status.CONFIRMED if is_settled else calendars.Status.TENTATIVE


def _categories(event: Event, register: Register, language: str) -> tuple[str, ...]:
    named = (name_of(register, "kind", event.kind, language), *event.priorities)
    video = (("По видеосвязи" if language == "ru" else "By video"),) if event.mode is not Attendance.IN_PERSON else ()
    return tuple(calendars.clean_name(each) for each in (*named, *video) if each)


def _geo(event: Event, register: Register) -> tuple[float, float] | None:
    """Where the first place that has coordinates lies; nowhere when everybody meets by video."""
    if event.mode is Attendance.VIDEO:
        return None
    for booking in event.booked(BookingSort.PLACE):
        for place in with_places_around(booking.code, register):
            if place.latitude is not None and place.longitude is not None:
                return place.latitude, place.longitude
    return None


def _related(event: Event) -> tuple[Related, ...]:
    """Links in the words of RFC 9253, section 5: a phase's parent, and what may begin only when this has finished."""
    words = {
        Relation.PART_OF: "PARENT",
        Relation.AROUND: "PARENT",
        Relation.WITH: "SIBLING",
        Relation.PREPARES: "FINISHTOSTART",
    }
    return tuple(
        Related(words[link.relation], f"{link.ref}@{event.programme}", link.gap_days)
        for link in event.links
        if link.relation in words
    )


def write_feeds(snapshot: Snapshot, programme: str, folder: Path, languages: Iterable[str]) -> tuple[Written, ...]:
    """Writes `all.en.ics`, `exercise.en.ics` … into the folder: everything, and one for each family of kinds.

    Every feed is read back and compared before it replaces the file there; one with the same bytes is not touched.
    Raises BrokenFeed, with the file before it left in place, and BadInput when the folder cannot be written.
    """
    published = load_published(snapshot, programme)
    families = sorted({kind.family for kind in published.register.kinds})
    made = [
        (f"{'all' if family is None else family.value}.{language}.ics", feed(published, language, family))
        for language in languages
        for family in (None, *families)
    ]
    contents = [(name, _verified(calendar, name), len(calendar.entries)) for name, calendar in made]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_write(folder / name, content, count) for name, content, count in contents)
    except OSError as error:
        raise BadInput(
            problem(str(folder), f"cannot be written ({error.strerror})", "a folder you may write")
        ) from error


def _verified(calendar: Calendar, name: str) -> bytes:
    """The bytes of a calendar, after they were read back and found to say the same."""
    content = calendars.write(calendar)
    reading = calendars.read(content)
    if reading.problems or reading.calendar != calendar:
        pairs = zip(reading.calendar.entries, calendar.entries, strict=False)
        wrong = next((ours.uid for theirs, ours in pairs if theirs != ours), "its head")
        found = reading.problems[0] if reading.problems else f"{wrong} does not read back as it was written"
        raise BrokenFeed(problem(name, found, remedy="the file before it was left in place; report this"))
    return content


def _write(path: Path, content: bytes, count: int) -> Written:
    """Writes a file so that a reader sees the old bytes or the new, never a part."""
    if path.exists() and path.read_bytes() == content:
        return Written(path, count, is_changed=False)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return Written(path, count, is_changed=True)
