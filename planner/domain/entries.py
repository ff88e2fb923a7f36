"""What an event can name: parties, bodies, kinds, forces, places … All of it is data, loaded from a programme file."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from planner.domain.texts import Texts

RuleValue = str | int | bool | tuple[str, ...]
RuleSettings = tuple[tuple[str, tuple[tuple[str, RuleValue], ...]], ...]
"""Per rule code its parameters, both sorted: (("C19", (("days", 90),)),)."""


class Family(StrEnum):
    """What a kind of event is at bottom; rules and feeds speak of families, lists of kinds."""

    COUNCIL_SESSION = "council_session"
    STATUTORY_MEETING = "statutory_meeting"
    EXERCISE = "exercise"
    EXERCISE_PHASE = "exercise_phase"
    PLANNING_CONFERENCE = "planning_conference"
    OPERATION = "operation"
    TRAINING = "training"
    COMMEMORATION = "commemoration"
    CONSULTATION = "consultation"
    CONFERENCE = "conference"
    MEDIA = "media"
    EXTERNAL = "external"


class Disclosure(StrEnum):
    """Who may see an event, from everybody to the coordinators."""

    PUBLIC = "public"
    MEMBER = "member"
    FULL = "full"


class PublicShows(StrEnum):
    """What public feeds are made from: the plan as it stands, or what was released."""

    PLAN = "plan"
    RELEASE = "release"


class PartySort(StrEnum):
    STATE = "state"
    ORGANISATION = "organisation"
    OFFICIAL = "official"


class Standing(StrEnum):
    """What a party is to the organisation (what it does at one event is a booking's role)."""

    MEMBER = "member"
    OBSERVER = "observer"
    PARTNER = "partner"
    OTHER = "other"


class DayKind(StrEnum):
    PUBLIC = "public"
    DAY_OFF = "day_off"  # by decree, or moved from a weekend
    WORKING = "working"  # a weekend day worked by decree


@dataclass(frozen=True, slots=True)
class Programme:
    """One term of work: organisation, chair, first and last day, and how its lists and rules are to be read.

    `status_words` maps folded words of lists to a status or to 'approved-or-proposed'. One that `is_closed` refuses
    every write but its reopening. With `release_clean` nothing is released while a clash is open.
    """

    sort: ClassVar[str] = "programme"

    code: str
    organisation: Texts
    chair: str
    first: date
    last: date
    zone: str
    members: tuple[str, ...]
    languages: tuple[str, ...] = ("en",)
    status_words: tuple[tuple[str, str], ...] = ()
    profile: str = "usual"
    rules: RuleSettings = ()
    public_shows: PublicShows = PublicShows.PLAN
    is_closed: bool = False
    release_clean: bool = False

    @property
    def programme(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Party:
    """A state, organisation or official that takes part. `first`..`last` bound its standing, None is open."""

    sort: ClassVar[str] = "party"

    programme: str
    code: str
    names: Texts = ()
    aliases: tuple[str, ...] = ()
    party_sort: PartySort = PartySort.STATE
    standing: Standing = Standing.OTHER
    zone: str = ""
    capital: Texts = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Preparation:
    """This body's meeting comes before that body's, by at least so many days."""

    body: str
    least_days: int = 1


@dataclass(frozen=True, slots=True)
class Body:
    """A body that meets. `level` says which delegation a state sends to it; `host` may be 'chair'.

    `yearly` is how often it must meet at least, `quorum` how many members must come; 0 is not said.
    """

    sort: ClassVar[str] = "body"

    programme: str
    code: str
    names: Texts = ()
    shorts: Texts = ()
    aliases: tuple[str, ...] = ()
    level: str = ""
    prepares: tuple[Preparation, ...] = ()
    host: str = ""
    yearly: int = 0
    leader: str = ""
    quorum: int = 0


@dataclass(frozen=True, slots=True)
class LeadTime:
    """A milestone of a kind of event: a planning conference that must be over so many days before it begins.

    `kind` is the kind of the conference where several are told apart by it.
    """

    names: Texts
    days: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event in one of the twelve families, and what is usual for it.

    `usual_days` and `usual_minutes` are assumed where a list does not say; `blocks` says whether it occupies people.
    Dates of an outside kind marked `avoid` are kept free of our own events.
    """

    sort: ClassVar[str] = "kind"

    programme: str
    code: str
    family: Family
    names: Texts = ()
    words: tuple[str, ...] = ()
    prefix: str = ""
    level: str = ""
    needs_decision: bool = False
    usual_days: int = 1
    usual_minutes: int = 180
    not_for: tuple[str, ...] = ()
    blocks: bool = True
    disclosure: Disclosure = Disclosure.MEMBER
    avoid: bool = False
    leader: str = ""
    lead_times: tuple[LeadTime, ...] = ()


@dataclass(frozen=True, slots=True)
class Force:
    """Forces form a tree by `within`. A `general` one is a description and never clashes."""

    sort: ClassVar[str] = "force"

    programme: str
    code: str
    names: Texts = ()
    aliases: tuple[str, ...] = ()
    within: str = ""
    recovery_days: int = 0
    general: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Places form a tree by `within`. Without a `capacity` a place cannot be double-booked.

    `travel` are hours door to door to other places, sorted by their codes; they hold both ways.
    """

    sort: ClassVar[str] = "place"

    programme: str
    code: str
    names: Texts = ()
    aliases: tuple[str, ...] = ()
    state: str = ""
    zone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    capacity: int | None = None
    within: str = ""
    travel: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Facility:
    """Something counted that events share, such as sets of interpretation equipment."""

    sort: ClassVar[str] = "facility"

    programme: str
    code: str
    names: Texts = ()
    aliases: tuple[str, ...] = ()
    supply: int | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    sort: ClassVar[str] = "priority"

    programme: str
    code: str
    titles: Texts = ()


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which a state does not work (or, WORKING, does although it is a weekend).

    `estimated` days (a feast of a future year) give only possible findings. `source` names the package and its
    version, or the decree.
    """

    sort: ClassVar[str] = "holiday"

    programme: str
    state: str
    day: date
    names: Texts = ()
    kind: DayKind = DayKind.PUBLIC
    estimated: bool = False
    source: str = ""

    @property
    def code(self) -> str:
        return f"{self.state} {self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class KnownName:
    """Names that mean one thing in titles, in whatever language: «Нерушимое братство», "Unbreakable Brotherhood".

    `code` is one of the names. With an `event`, the names (and `refs` it once had) mean that event alone.
    """

    sort: ClassVar[str] = "name"

    programme: str
    code: str
    aliases: tuple[str, ...] = ()
    event: str = ""
    refs: tuple[str, ...] = ()
