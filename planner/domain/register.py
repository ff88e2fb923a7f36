"""The register of a programme: everything it knows by name, with look-ups made once."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import TypeVar

from planner.domain.beside import Contact, Note, Paper
from planner.domain.decision import Decision
from planner.domain.entries import Body, Facility, Force, Holiday, Kind, KnownName, Party, Place, Priority, Programme
from planner.domain.release import Notice, Release
from planner.domain.reply import Reply
from planner.domain.sources import Layer, Layout, NamedList
from planner.domain.texts import Names
from planner.domain.waiver import Waiver

Entry = (
    Party
    | Body
    | Kind
    | Force
    | Place
    | Facility
    | Priority
    | Decision
    | Holiday
    | Waiver
    | Layout
    | KnownName
    | NamedList
    | Reply
    | Layer
    | Note
    | Paper
    | Contact
    | Release
    | Notice
)
"""Everything a programme knows by name."""
EntryT = TypeVar("EntryT", bound=Entry)


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
    waivers: tuple[Waiver, ...] = ()
    layouts: tuple[Layout, ...] = ()
    known_names: tuple[KnownName, ...] = ()
    lists: tuple[NamedList, ...] = ()
    replies: tuple[Reply, ...] = ()
    layers: tuple[Layer, ...] = ()
    notes: tuple[Note, ...] = ()
    papers: tuple[Paper, ...] = ()
    contacts: tuple[Contact, ...] = ()
    releases: tuple[Release, ...] = ()
    notices: tuple[Notice, ...] = ()
    _by_code: dict[tuple[str, str], Entry] = field(init=False, repr=False, compare=False)
    _names: dict[str, Names] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {(entry.sort, entry.code): entry for entry in self.entries()})
        object.__setattr__(self, "_names", {})

    def entries(self) -> Iterable[Entry]:
        """Every entry, sort by sort, the programme itself left out."""
        for each in fields(self):
            if each.init and each.name != "programme":
                yield from getattr(self, each.name)

    def party(self, code: str) -> Party | None:
        return self._of(Party, code)

    def body(self, code: str) -> Body | None:
        return self._of(Body, code)

    def kind(self, code: str) -> Kind | None:
        return self._of(Kind, code)

    def force(self, code: str) -> Force | None:
        return self._of(Force, code)

    def with_forces_around(self, code: str) -> tuple[Force, ...]:
        """The force and those it is a part of, from the inside out; a tree with a circle in it ends."""
        found: list[Force] = []
        force = self.force(code)
        while force is not None and force not in found:
            found.append(force)
            force = self.force(force.within)
        return tuple(found)

    def place(self, code: str) -> Place | None:
        return self._of(Place, code)

    def layer(self, code: str) -> Layer | None:
        return self._of(Layer, code)

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
        of(Waiver),
        of(Layout),
        of(KnownName),
        of(NamedList),
        of(Reply),
        of(Layer),
        of(Note),
        of(Paper),
        of(Contact),
        of(Release),
        of(Notice),
    )


def names_of_parties(registers: Iterable[Register]) -> Names:
    """The look-up from any name of a party in any of these programmes to its code."""
    return Names((party.code, all_names(party)) for register in registers for party in register.parties)


def all_names(entry: Entry) -> tuple[str, ...]:
    """Every name an entry is known by, its code left out."""
    found: list[str] = []
    for attribute in ("names", "shorts", "titles"):
        found.extend(text for _, text in getattr(entry, attribute, ()))
    for attribute in ("aliases", "words"):
        found.extend(getattr(entry, attribute, ()))
    return tuple(found)
