"""The plan as a table for colleagues, and the way back: each row carries the revision it was made from (pure)."""

from collections.abc import Iterable, Mapping

from planner.domain.event import MEMBERS, Attendance, Booking, BookingSort, Event, Role
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.errors import BadInput, Problem
from planner.readers.columns import column_named
from planner.readers.table import Table
from planner.wording.dates import write_when

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
    "revision",
)
"""The columns of an exported table, under names that the import reads. Internal remarks never leave."""


def export(events: Iterable[Event], register: Register, revision: int) -> tuple[tuple[str, ...], ...]:
    """The rows of the table, headings first."""
    rows = ({**cells_of(event, register), "ref": event.ref, "revision": str(revision)} for event in events)
    return (COLUMNS, *(tuple(row[name] for name in COLUMNS) for row in rows))


def cells_of(event: Event, register: Register) -> Mapping[str, str]:
    """The cells of one event but for its reference: what a row says, and is compared with on its return."""
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
        "venue": _venue(event, register),
        "participants": "; ".join(_participant(each) for each in event.booked(BookingSort.PARTY)),
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
    }


def _counted(booking: Booking) -> str:
    return booking.code if booking.quantity is None else f"{booking.code}:{booking.quantity}"


def _venue(event: Event, register: Register) -> str:
    places = [_place(each.code, register) for each in event.booked(BookingSort.PLACE)]
    return "; ".join([*places, *([] if event.mode is Attendance.IN_PERSON else ["videoconference"])])


def _place(code: str, register: Register) -> str:
    """The place's name where it finds the place again, else its code."""
    place = register.place(code)
    name = text_in(register.programme.languages[0], place.names) if place is not None else code
    return name if register.names("place").find(name) == code else code


def _participant(booking: Booking) -> str:
    code = "all" if booking.code == MEMBERS else booking.code
    return code if booking.role is Role.REQUIRED else f"{code}:{booking.role.value}"


def exported_at(table: Table, newest: int) -> int | None:
    """The revision a table was exported from, None for one that was not. Raises BadInput when there is no such one."""
    at = next((n for n, heading in enumerate(table.headings) if column_named(heading) == "revision"), None)
    said = {row.cells[at].strip() for row in table.rows if row.cells[at].strip()} if at is not None else set()
    if not said:
        return None
    text = said.pop()
    if said or not text.isdecimal() or not 0 < int(text) <= newest:
        found = "does not name one revision of this plan"
        remedy = "import it into the plan it was exported from, or take the column out"
        raise BadInput(Problem(f'{table.file_name}, column "revision"', found, f"1 to {newest}", remedy))
    return int(text)
