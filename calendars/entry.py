"""Values: a calendar and its entries, in the words of RFC 5545, 7986 and 9253."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    """STATUS of a VEVENT (RFC 5545, 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class WholeDays:
    """Days, both included. In the file DTEND is the day after the last (RFC 5545, 3.6.1)."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Timed:
    """From a local time to another (excluded) in an IANA zone; both without tzinfo, for the zone says it."""

    start: datetime
    end: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Related:
    """RELATED-TO with its RELTYPE: PARENT, FINISHTOSTART … (RFC 9253, 5); GAP in days or none."""

    reltype: str
    uid: str
    gap_days: int | None = None


@dataclass(frozen=True, slots=True)
class Conference:
    """Where to meet by video: an address, and the words to show for it (RFC 7986, 5.11)."""

    uri: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One VEVENT. Instants are in UTC, to the second. Texts keep their line breaks as \\n.

    `language` is that of the texts, '' where they are in several. `geo` is latitude and longitude in degrees.
    `extra` are extension properties (X-…) with their texts, which are written and not read.
    """

    uid: str
    sequence: int
    stamp: datetime
    created: datetime
    modified: datetime
    when: WholeDays | Timed
    summary: str
    description: str = ""
    location: str = ""
    language: str = ""
    categories: tuple[str, ...] = ()
    status: Status = Status.CONFIRMED
    is_transparent: bool = False
    color: str = ""
    geo: tuple[float, float] | None = None
    related: tuple[Related, ...] = ()
    url: str = ""
    conference: Conference | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """A VCALENDAR of published entries. It has no UID: with one, a popular synchroniser sees a single event.

    `name` is what clients show; `names` says it in each of several languages, as (language, name). `source` is the
    address at which the file can be had again. `extra` are extension properties with their texts.
    """

    prodid: str
    name: str
    entries: tuple[Entry, ...]
    color: str = ""
    modified: datetime | None = None
    refresh_hours: int = 1
    names: tuple[tuple[str, str], ...] = ()
    source: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FreeBusy:
    """One VFREEBUSY: when somebody is busy between two instants, as (start, end) in UTC, end excluded, sorted."""

    uid: str
    stamp: datetime
    start: datetime
    end: datetime
    name: str
    busy: tuple[tuple[datetime, datetime], ...] = ()
