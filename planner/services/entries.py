"""Events as calendar entries: one for each sitting, in the words, days and colours of a feed (pure)."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import calendars
from calendars import Conference, Entry, Related, Timed, WholeDays
from planner.domain.board import Board
from planner.domain.entries import Family
from planner.domain.event import Attendance, BookingSort, Event, Relation, Status
from planner.domain.feed import Approximate, Cancelled, Feed, Level, Policy, Undated
from planner.domain.register import Register
from planner.domain.window import Mode, Window, whole_days
from planner.domain.zone import with_places_around, zone_of
from planner.services.disclosing import Shown, is_drawn
from planner.wording.changes import name_of, say_place
from planner.wording.entries import (
    BY_VIDEO,
    busy_title,
    conference_of,
    describe,
    is_exact,
    marked_title,
    pick,
    prefix,
)

LONGEST_SPAN = 10
"""Days; a longer period is a marker on its first day even where a feed shows spans."""
_SETTLED = frozenset({Status.CONFIRMED, Status.HELD})
COLORS: Mapping[Family, str] = {
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
_RELTYPES: Mapping[Relation, str] = {
    Relation.PART_OF: "PARENT",
    Relation.AROUND: "PARENT",
    Relation.WITH: "SIBLING",
    Relation.PREPARES: "FINISHTOSTART",
}


@dataclass(frozen=True, slots=True)
class Sitting:
    """One entry to be: its window, and how its title begins ('' while it stands where it always stood).

    One that `is_gone` is CANCELLED. The feed says otherwise after `until` (UTC), None is never.
    """

    window: Window
    said: str = ""
    is_gone: bool = False


def sittings(shown: Shown, policy: Policy, newest: datetime, register: Register) -> Iterator[Sitting]:
    """What a feed shows of an event at an instant (UTC), one for each sitting; none where it shows nothing."""
    event = shown.event
    if shown.is_gone:
        since = shown.stamp.raised
        said = "postponed" if event.status is Status.POSTPONED and not shown.is_removed else "cancelled"
        if _is_kept(since, policy, newest):
            drawn = [window for window in event.when.windows if is_drawn(event, window, policy)]
            yield from (Sitting(window, said, is_gone=True) for window in drawn or _windows_of(shown))
        return
    said = "moved" if _is_said_moved(shown, policy, newest) else ""
    standing = [Sitting(window, said) for window in event.when.windows if is_drawn(event, window, policy)]
    standing = standing or list(_note(event, policy, register))
    yield from standing
    parts = {sitting.window.part for sitting in standing}
    said = "cancelled" if event.when.windows else "postponed"
    for window, since in shown.lost:
        if window.part not in parts and _is_kept(since, policy, newest):
            yield Sitting(window, said, is_gone=True)


def _windows_of(shown: Shown) -> list[Window]:
    return [window for window, _ in shown.lost]


def turning_points(shown: Shown, policy: Policy) -> tuple[datetime, ...]:
    """The instants (UTC) after which a feed says something else of this event without any change of it, sorted."""
    gone = [shown.stamp.raised] if shown.is_gone else [since for _, since in shown.lost]
    found = {since + timedelta(days=policy.cancelled_days) for since in gone}
    if shown.moved is not None:
        found.add(shown.moved + timedelta(days=policy.moved_days))
    return tuple(sorted(found))


def _is_kept(since: datetime, policy: Policy, newest: datetime) -> bool:
    if policy.cancelled is Cancelled.KEEP_DAYS:
        return newest - since <= timedelta(days=policy.cancelled_days)
    return policy.cancelled is Cancelled.KEEP


def _is_said_moved(shown: Shown, policy: Policy, newest: datetime) -> bool:
    return shown.moved is not None and newest - shown.moved <= timedelta(days=policy.moved_days)


def _note(event: Event, policy: Policy, register: Register) -> Iterator[Sitting]:
    """A note for what stands on no day, on the day of the decision that approved it; none when that has no day."""
    decision = register.decision(event.decision)
    is_undated = event.when.mode is Mode.UNDATED and not event.when.windows
    if policy.undated is Undated.NOTE and is_undated and decision is not None and decision.day is not None:
        yield Sitting(whole_days(decision.day, decision.day, zone_of(event, register)), "undated")


def entry(shown: Shown, sitting: Sitting, board: Board, feed: Feed, site: str) -> Entry:
    """The entry of one sitting, in the language and at the level of the feed."""
    made = _entry(shown, sitting, board, feed.languages, feed.policy)
    if feed.level is Level.BUSY:
        return _only_busy(made, shown, sitting, board.register(shown.event), feed.languages)
    # The pages of the plan are for those who may sign in: the public has none.
    has_page = site and feed.level is not Level.PUBLIC
    return replace(made, url=f"{site}/{feed.languages[0]}/event/{shown.event.ref}") if has_page else made


def _entry(shown: Shown, sitting: Sitting, board: Board, languages: tuple[str, ...], policy: Policy) -> Entry:
    event, stamp, register, window = shown.event, shown.stamp, board.register(shown.event), sitting.window
    changed = _second(stamp.changed)
    family = board.family(event)
    has_day = is_exact(event, window) and bool(event.when.windows or sitting.is_gone)
    moved = (shown.former, shown.moved)
    return Entry(
        uid_of(event, window),
        stamp.sequence,
        changed,
        _second(stamp.created),
        changed,
        _when(window, event, board, policy),
        _joined((_title(event, sitting, register, each) for each in languages), " / ") or event.ref,
        _joined((describe(event, window, register, each, moved) for each in languages), "\n\n"),
        _joined((say_place(event, register, each) for each in languages), " / "),
        languages[0] if len(languages) == 1 else "",
        tuple(dict.fromkeys(name for each in languages for name in _categories(event, register, each))),
        _status(event, has_day=has_day, is_gone=sitting.is_gone),
        not (has_day and board.occupies(event) and not sitting.is_gone),
        COLORS[family] if family is not None else "",
        _geo(event, register),
        _related(event),
        conference=_conference(event, languages[0]),
    )


def uid_of(event: Event, window: Window) -> str:
    """`REF@PROGRAMME`, for sittings after the first `REF/2@PROGRAMME`: for ever, whatever moves."""
    ref = event.ref if window.part == 1 else f"{event.ref}/{window.part}"
    return f"{ref}@{event.programme}"


def _joined(texts: Iterator[str], by: str) -> str:
    """The texts of several languages as one, each once."""
    return calendars.clean(by.join(dict.fromkeys(text for text in texts if text)))


def _second(instant: datetime) -> datetime:
    """iCalendar counts whole seconds."""
    return instant.astimezone(UTC).replace(microsecond=0)


def _when(window: Window, event: Event, board: Board, policy: Policy) -> WholeDays | Timed:
    """Fixed days and times as they are; anything else as a marker on its first day, or a short span where asked."""
    if window.at is not None and window.is_fixed:
        start = datetime.combine(window.first, window.at)
        return _timed(start, window.length or board.usual(event).minutes, window.zone)
    if window.is_fixed:
        return WholeDays(window.first, window.last)
    if event.when.mode is Mode.DEADLINE:
        return WholeDays(window.last, window.last)
    is_span = policy.approximate is Approximate.SPAN and window.period_days <= LONGEST_SPAN
    return WholeDays(window.first, window.last if is_span else window.first)


def _timed(start: datetime, minutes: int, zone: str) -> Timed:
    """From a local time so many minutes on: they pass alike when the clock is changed meanwhile.

    Where one of the two comes twice that day, or not at all, calendars disagree on what it means: then both are in UTC.
    A time that does not occur is that of the clock before the change (RFC 5545, 3.3.5).
    """
    rules = ZoneInfo(zone)
    began = start.replace(tzinfo=rules).astimezone(UTC)
    ends = began + timedelta(minutes=minutes)
    local = ends.astimezone(rules).replace(tzinfo=None)
    if _is_plain(start, rules) and _is_plain(local, rules):
        return Timed(start, local, zone)
    return Timed(began.replace(tzinfo=None), ends.replace(tzinfo=None), "Etc/UTC")


def _is_plain(local: datetime, rules: ZoneInfo) -> bool:
    """True for a local time that comes once that day."""
    first, second = (local.replace(tzinfo=rules, fold=fold).utcoffset() for fold in (0, 1))
    return first == second


def in_utc(made: Entry) -> Entry:
    """The entry with its clock times in UTC, for calendars that cannot read zones. Whole days stay days."""
    if isinstance(made.when, WholeDays) or made.when.zone == "Etc/UTC":
        return made
    rules = ZoneInfo(made.when.zone)
    start, end = (local.replace(tzinfo=rules).astimezone(UTC) for local in (made.when.start, made.when.end))
    return replace(made, when=Timed(start.replace(tzinfo=None), end.replace(tzinfo=None), "Etc/UTC"))


def _title(event: Event, sitting: Sitting, register: Register, language: str) -> str:
    title = " ".join(calendars.clean(marked_title(event, sitting.window, register, language)).split())
    return (prefix(sitting.said, language) if sitting.said else "") + title


def _status(event: Event, *, has_day: bool, is_gone: bool) -> calendars.Status:
    if is_gone:
        return calendars.Status.CANCELLED
    is_settled = event.status is Status.HELD or (event.status in _SETTLED and has_day)
    return calendars.Status.CONFIRMED if is_settled else calendars.Status.TENTATIVE


def _categories(event: Event, register: Register, language: str) -> tuple[str, ...]:
    named = (name_of(register, "kind", event.kind, language), *event.priorities)
    video = (pick(BY_VIDEO, language),) if event.mode is not Attendance.IN_PERSON else ()
    return tuple(name for each in (*named, *video) if (name := calendars.clean_name(each)))


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
    return tuple(
        Related(_RELTYPES[link.relation], f"{link.ref}@{event.programme}", link.gap_days)
        for link in event.links
        if link.relation in _RELTYPES
    )


def _conference(event: Event, language: str) -> Conference | None:
    address = conference_of(event)
    return Conference(address, pick(BY_VIDEO, language)) if address else None


def _only_busy(made: Entry, shown: Shown, sitting: Sitting, register: Register, languages: tuple[str, ...]) -> Entry:
    """The same times under a name that says only whose they are. Its UID does not tell the reference."""
    titles = (
        (prefix(sitting.said, each) if sitting.said else "") + busy_title(shown.event, register, each)
        for each in languages
    )
    uid = f"{hashlib.sha256(made.uid.encode()).hexdigest()[:32]}@{shown.event.programme}"
    return Entry(
        uid, made.sequence, made.stamp, made.created, made.modified, made.when, _joined(titles, " / "),
        language=made.language, status=made.status, is_transparent=made.is_transparent,
    )  # fmt: skip
