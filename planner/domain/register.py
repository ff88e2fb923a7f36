"""The register of a programme: who and what an event can name. Everything here is data, loaded from a file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar, TypeVar

from planner.domain.decision import Decision
from planner.domain.texts import Names, Texts

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

    `status_words` maps folded words of lists to a status or to 'approved-or-proposed'.
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
    """A body that meets. `level` says which delegation a state sends to it; `host` may be 'chair'."""

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


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event in one of the twelve families, and what is usual for it.

    `usual_days` and `usual_minutes` are assumed where a list does not say; `blocks` says whether it occupies people.
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
    """Places form a tree by `within`. Without a `capacity` a place cannot be double-booked."""

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


Entry = Party | Body | Kind | Force | Place | Facility | Priority | Decision | Holiday
EntryT = TypeVar("EntryT", Party, Body, Kind, Force, Place, Facility, Priority, Decision, Holiday)


@dataclass(frozen=True, slots=True)
class Register:
    """Everything one programme knows by name, each tuple sorted by code, with look-ups made once."""

    programme: Programme
    parties: tuple[Party, ...] = ()
    bodies: tuple[Body, ...] = ()
    kinds: tuple[Kind, ...] = ()
    forces: tuple[Force, ...] = ()
    places: tuple[Place, ...] = ()
    facilities: tuple[Facility, ...] = ()
    priorities: tuple[Priority, ...] = ()
    decisions: tuple[Decision, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    _by_code: dict[tuple[str, str], Entry] = field(init=False, repr=False, compare=False)
    _names: dict[str, Names] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {(entry.sort, entry.code): entry for entry in self.entries()})
        object.__setattr__(self, "_names", {})

    def entries(self) -> Iterable[Entry]:
        """Every entry, sort by sort, the programme itself left out."""
        yield from self.parties
        yield from self.bodies
        yield from self.kinds
        yield from self.forces
        yield from self.places
        yield from self.facilities
        yield from self.priorities
        yield from self.decisions
        yield from self.holidays

    def party(self, code: str) -> Party | None:
        return self._of(Party, code)

    def body(self, code: str) -> Body | None:
        return self._of(Body, code)

    def kind(self, code: str) -> Kind | None:
        return self._of(Kind, code)

    def force(self, code: str) -> Force | None:
        return self._of(Force, code)

    def place(self, code: str) -> Place | None:
        return self._of(Place, code)

    def decision(self, code: str) -> Decision | None:
        return self._of(Decision, code)

    def entry(self, sort: str, code: str) -> Entry | None:
        """The entry of that sort and code, or None."""
        return self._by_code.get((sort, code))

    def names(self, sort: str) -> Names:
        """The look-up from any name of the entries of that sort to their codes."""
        if sort not in self._names:
            self._names[sort] = Names((entry.code, all_names(entry)) for entry in self.entries() if entry.sort == sort)
        return self._names[sort]

    def _of(self, of: type[EntryT], code: str) -> EntryT | None:
        entry = self._by_code.get((of.sort, code))
        return entry if isinstance(entry, of) else None


def register_of(programme: Programme, entries: Iterable[Entry]) -> Register:
    """The register of these entries, whatever their order."""
    listed = sorted(entries, key=lambda entry: entry.code)

    def of(sort: type[EntryT]) -> tuple[EntryT, ...]:
        return tuple(entry for entry in listed if isinstance(entry, sort))

    return Register(
        programme,
        of(Party),
        of(Body),
        of(Kind),
        of(Force),
        of(Place),
        of(Facility),
        of(Priority),
        of(Decision),
        of(Holiday),
    )


def all_names(entry: Entry) -> tuple[str, ...]:
    """Every name an entry is known by, its code left out."""
    found: list[str] = []
    for attribute in ("names", "shorts", "titles"):
        found.extend(text for _, text in getattr(entry, attribute, ()))
    for attribute in ("aliases", "words"):
        found.extend(getattr(entry, attribute, ()))
    return tuple(found)
