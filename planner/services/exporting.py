"""The plan as a table for colleagues, and the way back: each row carries the revision it was made from (pure)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from planner.domain.entries import Family
from planner.domain.event import MEMBERS, Booking, BookingSort, Event, Role
from planner.domain.fields import levels_in
from planner.domain.origin import Origin
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.errors import BadInput, Problem
from planner.readers.columns import column_named
from planner.readers.table import Table
from planner.services.looking import by_day
from planner.store import Snapshot
from planner.wording.changes import say_family, say_mode_in_place, say_role
from planner.wording.dates import write_days, write_when

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

COLUMNS = (
    "ref",
    "title_en",
    "title_ru",
    "short_en",
    "short_ru",
    "kind",
    "status",
    "date_text",
    "body",
    "host_country",
    "venue",
    "participants",
    "level",
    "forces",
    "facilities",
    "priority",
    "decision",
    "item",
    "responsible",
    "financing",
    "people",
    "links",
    "remarks_en",
    "remarks_ru",
    "disclosure",
    "blocks",
    "fixed_by_nature",
    "approximate_by_nature",
    "revision",
)
"""The columns of an exported table, under names that the import reads. Internal remarks never leave."""


@dataclass(frozen=True, slots=True)
class Export:
    """Events of a programme as they go out: at which revision, of which instant (UTC), and how a document tells them.

    `formerly` are the events as they stood when a document's changes begin, by reference; None where it marks none.
    """

    register: Register
    events: tuple[Event, ...]
    revision: int
    at: datetime
    origin: Origin
    formerly: Mapping[str, Event] | None = None

    def sections(self) -> Iterator[tuple[str, tuple[Event, ...]]]:
        """The families that have events, in their order, each with its events by their days."""
        families = {kind.code: kind.family for kind in self.register.kinds}
        for family in Family:
            events = [event for event in self.events if families.get(event.kind) is family]
            if events:
                yield say_family(family, self.origin.language), tuple(sorted(events, key=by_day))

    @property
    def organisation(self) -> str:
        return text_in(self.origin.language, self.register.programme.organisation)

    @property
    def edition(self) -> str:
        """Which revision it is, and of which day."""
        day = write_days(self.at.date(), self.at.date(), self.origin.language)
        return (
            f"редакция {self.revision} от {day}"
            if self.origin.language == "ru"
            else f"revision {self.revision} of {day}"
        )

    @property
    def term(self) -> str:
        """The years or days of the plan: "2020", "1 Sep 2020 – 31 Aug 2021"."""
        first, last = self.register.programme.first, self.register.programme.last
        if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
            return write_days(first, last, self.origin.language)
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


def gather(snapshot: Snapshot, register: Register, events: Iterable[Event], origin: Origin) -> Export:
    """What goes out of the plan as the snapshot shows it."""
    programme = register.programme.code
    formerly = None
    if origin.since is not None:
        if not 0 < origin.since <= snapshot.revision:
            found = f"there is no revision {origin.since}"
            raise BadInput(Problem("--changes-since", found, f"1 to {snapshot.revision}", "planner history names them"))
        formerly = {event.ref: event for event in snapshot.events_at(origin.since, programme)}
    at = next((each.at for each in reversed(snapshot.revisions()) if each.number == snapshot.revision), _NEVER)
    return Export(register, tuple(events), snapshot.revision, at, origin, formerly)


def export(events: Iterable[Event], register: Register, revision: int) -> tuple[tuple[str, ...], ...]:
    """The rows of the table, headings first."""
    rows = ({**cells_of(event, register), "ref": event.ref, "revision": str(revision)} for event in events)
    return (COLUMNS, *(tuple(row[name] for name in COLUMNS) for row in rows))


def cells_of(event: Event, register: Register, language: str = "") -> Mapping[str, str]:
    """The cells of one event but for its reference: what a row says, and is compared with on its return.

    With a language, places and what is no code are in that language, as forms show them; lists have one form for all.
    """
    titles, shorts, remarks = (dict(each) for each in (event.titles, event.shorts, event.remarks))
    return {
        "title_en": titles.get("en", ""),
        "title_ru": titles.get("ru", ""),
        "short_en": shorts.get("en", ""),
        "short_ru": shorts.get("ru", ""),
        "kind": event.kind,
        "status": event.status.value,
        "date_text": event.when.words or write_when(event.when, register.programme.languages[0]),
        "body": "; ".join(event.bodies),
        "host_country": event.host,
        "venue": _venue(event, register, language),
        "participants": "; ".join(_participant(each, language) for each in event.booked(BookingSort.PARTY)),
        "level": "; ".join(f"{party}:{level}" if party else level for party, level in levels_in(event)),
        "forces": "; ".join(each.code for each in event.booked(BookingSort.FORCE)),
        "facilities": "; ".join(_counted(each) for each in event.booked(BookingSort.FACILITY)),
        "priority": "; ".join(event.priorities),
        "decision": event.decision,
        "item": event.item,
        "responsible": event.responsible,
        "financing": event.financing,
        "people": "" if event.people is None else str(event.people),
        "links": "; ".join(f"{link.relation.value}:{link.ref}" for link in event.links),
        "remarks_en": remarks.get("en", ""),
        "remarks_ru": remarks.get("ru", ""),
        "disclosure": event.disclosure.value if event.disclosure is not None else "",
        "blocks": "" if event.blocks is None else _yes_or_no(event.blocks),
        "fixed_by_nature": "yes" if event.fixed_by_nature else "",
        "approximate_by_nature": "yes" if event.approximate_by_nature else "",
    }


def _counted(booking: Booking) -> str:
    return booking.code if booking.quantity is None else f"{booking.code}:{booking.quantity}"


def _yes_or_no(answer: bool) -> str:
    return "yes" if answer else "no"


def _venue(event: Event, register: Register, language: str) -> str:
    places = [_place(each.code, register, language) for each in event.booked(BookingSort.PLACE)]
    return "; ".join(filter(None, [*places, say_mode_in_place(event.mode, language)]))


def _place(code: str, register: Register, language: str) -> str:
    """The place's name where it finds the place again, else its code."""
    place = register.place(code)
    name = text_in(language or register.programme.languages[0], place.names) if place is not None else code
    return name if register.names("place").find(name) == code else code


def _participant(booking: Booking, language: str) -> str:
    everybody = "все" if language == "ru" else "all"
    code = everybody if booking.code == MEMBERS else booking.code
    if booking.role is Role.REQUIRED:
        return code
    return f"{code} ({say_role(booking.role, language)})" if language else f"{code}:{booking.role.value}"


def exported_at(table: Table, snapshot: Snapshot, programme: str) -> int | None:
    """The revision a table was exported from, None for one that was not. Raises BadInput when there is no such one.

    Into a plan without events a table of another comes as any list does: that is how a year handed over is opened.
    """
    at = next((n for n, heading in enumerate(table.headings) if column_named(heading) == "revision"), None)
    said = {row.cells[at].strip() for row in table.rows if row.cells[at].strip()} if at is not None else set()
    if not said or not snapshot.events(programme):
        return None
    text, newest = said.pop(), snapshot.revision
    if said or not text.isdecimal() or not 0 < int(text) <= newest:
        found = "does not name one revision of this plan"
        remedy = "import it into the plan it was exported from, or take the column out"
        raise BadInput(Problem(f'{table.file_name}, column "revision"', found, f"1 to {newest}", remedy))
    return int(text)
