"""An event: anything scheduled, with every field of the model."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from planner.domain.entries import Disclosure
from planner.domain.texts import Texts
from planner.domain.window import UNDATED, When

MEMBERS = "members"
"""The code of the group of all members, expanded on the event's day."""


class Status(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    HELD = "held"


class Attendance(StrEnum):
    """How people come together (the *mode* of the lists); by video nobody travels and no hall is booked."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    MIXED = "mixed"


class BookingSort(StrEnum):
    PARTY = "party"
    FORCE = "force"
    PLACE = "place"
    FACILITY = "facility"


class Role(StrEnum):
    CHAIR = "chair"
    HOST = "host"
    REQUIRED = "required"
    OPTIONAL = "optional"
    OBSERVER = "observer"


class Relation(StrEnum):
    """What one event is to another, read from the event that holds the link."""

    PART_OF = "part of"
    AROUND = "around"
    WITH = "with"
    PREPARES = "prepares"
    REPLACES = "replaces"


@dataclass(frozen=True, slots=True, order=True)
class Booking:
    """One event's claim on one party, force, place or facility. `level` and `mode` only where they differ."""

    sort: BookingSort
    code: str
    level: str = ""
    role: Role = Role.REQUIRED
    mode: Attendance | None = None
    quantity: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Link:
    relation: Relation
    ref: str
    gap_days: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Anything scheduled. `ref` is permanent within the programme; the UID comes from it, never from the date.

    Order matters in `bodies` and among the bookings of one sort (the first place is the main one); `links` and
    `priorities` are sorted. `blocks` and `disclosure` are None where the kind's answer holds.
    """

    sort: ClassVar[str] = "event"

    ref: str
    programme: str
    kind: str
    status: Status = Status.DRAFT
    titles: Texts = ()
    shorts: Texts = ()
    when: When = UNDATED
    bodies: tuple[str, ...] = ()
    host: str = ""
    mode: Attendance = Attendance.IN_PERSON
    bookings: tuple[Booking, ...] = ()
    links: tuple[Link, ...] = ()
    priorities: tuple[str, ...] = ()
    decision: str = ""
    item: str = ""
    responsible: str = ""
    financing: str = ""
    people: int | None = None
    remarks: Texts = ()
    internal: Texts = ()
    blocks: bool | None = None
    fixed_by_nature: bool = False
    approximate_by_nature: bool = False
    disclosure: Disclosure | None = None
    layer: str = ""
    foreign_uid: str = ""

    def __post_init__(self) -> None:
        if not self.ref or "/" in self.ref or "@" in self.ref:
            raise ValueError(f"{self.ref!r} cannot be a ref: it is empty or has '/' or '@' in it")

    @property
    def code(self) -> str:
        """The key among the programme's records."""
        return self.ref

    def booked(self, sort: BookingSort) -> tuple[Booking, ...]:
        """Its bookings of that sort, in their order."""
        return tuple(booking for booking in self.bookings if booking.sort is sort)
