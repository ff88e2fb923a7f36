"""Changes of records, the revisions they are written in, and which of them people must be told about."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple

from planner.domain.entries import Programme
from planner.domain.event import BookingSort, Event, Status
from planner.domain.feed import Feed
from planner.domain.register import Entry

Kept = Programme | Entry | Feed
"""What stands in the table of register entries: small records, each as one payload."""
RESTORED = "db restore"
"""The means of the revision that a restore writes. Numbers are left out before it, and the plan is as it was."""
Record = Kept | Event
"""Whatever decides what a page, a check or a feed says: all of it goes through the log."""


class Key(NamedTuple):
    """What names a record for ever: its sort, its programme and its code (a ref, for an event)."""

    sort: str
    programme: str
    code: str

    def __str__(self) -> str:
        return self.code if self.sort == "event" else f"{self.sort} {self.code}"


def key_of(record: Record) -> Key:
    return Key(record.sort, record.programme, record.code)


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after. No `before` is a new record, no `after` a removed one."""

    before: Record | None
    after: Record | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change of nothing into nothing")

    @property
    def key(self) -> Key:
        record = self.after if self.after is not None else self.before
        assert record is not None
        return key_of(record)


@dataclass(frozen=True, slots=True)
class Revision:
    """One committed write: 1, 2, 3 … without holes, never earlier than its predecessor. `at` is in UTC."""

    number: int
    at: datetime
    who: str
    why: str
    means: str


class Lift(NamedTuple):
    """By how much restores raised every SEQUENCE since a revision, and when (UTC) the last of them was."""

    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Logged:
    """One entry of the log: the record after it (None = removed), and the SEQUENCE it has from here on."""

    revision: Revision
    key: Key
    after: Record | None
    sequence: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a feed must know of an event's history: its version, SEQUENCE, and when it was made and last changed.

    `raised` is when its SEQUENCE last rose; the same as `created` while it never did.
    """

    version: int
    sequence: int
    created: datetime
    changed: datetime
    raised: datetime


class Difference(NamedTuple):
    """One field that differs, with both values as they stand in the records."""

    field: str
    before: object
    after: object


def differences(before: Record, after: Record) -> tuple[Difference, ...]:
    """The fields in which two records of one sort differ, in the order of their declaration."""
    return tuple(
        Difference(each.name, getattr(before, each.name), getattr(after, each.name))
        for each in fields(after)
        if each.compare and getattr(before, each.name) != getattr(after, each.name)
    )


# The one table of material fields: it drives SEQUENCE, and later re-approval and notices (architecture, decision 3).
# The words of a date are not in it: "12-16.10.2020" and "12–16 октября" are the same days.
MATERIAL: tuple[tuple[str, Callable[[Event], object]], ...] = (
    ("when", lambda event: (event.when.mode, event.when.windows)),
    ("place", lambda event: event.booked(BookingSort.PLACE)),
    ("mode", lambda event: event.mode),
    # Calendars show both as CANCELLED, so it is one thing to them.
    ("cancelled", lambda event: event.status in {Status.CANCELLED, Status.POSTPONED}),
)


def material(before: Event, after: Event) -> tuple[str, ...]:
    """The names of the material fields in which two states of an event differ (RFC 5546, 2.1.4)."""
    return tuple(name for name, value in MATERIAL if value(before) != value(after))
