"""Who was told what, and when, as values. *Fetched* is what a calendar program did; nobody can say *read*."""

from dataclasses import dataclass
from datetime import datetime

from planner.domain.address import Address
from planner.domain.change import Revision
from planner.domain.event import Event
from planner.domain.release import Notice, Release
from planner.domain.turn import Turn


@dataclass(frozen=True, slots=True)
class Fetched:
    """One address, when it last asked, and the revision of the state it was last given; None while it never asked.

    `has_it` is true when that state holds what was decided.
    """

    address: Address
    at: datetime | None
    revision: int | None
    has_it: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """The revision that made an event what it is, what it turned from and into, and the code of its paper, '' for none.

    `settled` is the revision that said afterwards that it was held, which decides nothing.
    """

    revision: Revision
    before: Event | None
    after: Event | None
    turns: tuple[Turn, ...]
    paper: str = ""
    settled: Revision | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Of one event: what was decided last, the first release that holds it, the notices made of it, who fetched it."""

    event: Event
    decided: Decided
    release: tuple[Release, Revision] | None
    notices: tuple[tuple[Notice, Revision], ...]
    fetched: tuple[Fetched, ...]


@dataclass(frozen=True, slots=True)
class ToldParty:
    """Of one party: the latest release, the notices made for it, and what each of its addresses fetched."""

    party: str
    revision: int
    release: tuple[Release, Revision] | None
    notices: tuple[tuple[Notice, Revision], ...]
    fetched: tuple[Fetched, ...]
