"""What the sentences of every rule are made of: one template per rule, English and Russian side by side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.finding import Finding, Span
from planner.domain.register import Register
from planner.wording.changes import name_of
from planner.wording.clocks import city_of
from planner.wording.dates import write_day, write_when

Both = tuple[str, str]
"""The same in English and in Russian."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A finding that is being told, on its board, in a language."""

    finding: Finding
    board: Board
    language: str

    def pick(self, english: str, russian: str) -> str:
        return russian if self.language == "ru" else english

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of the finding, in its order."""
        return tuple(self.board.named(ref) for ref in self.finding.refs)

    def command(self, event: Event, rest: str) -> str:
        """What to type about that event of the finding."""
        return command(self.board, event, rest)

    @property
    def every(self) -> Both:
        """The events as one speaks of them after "at": "both" or "all"."""
        return ("both", "обоих") if len(self.finding.refs) == 2 else ("all", "всех")

    def fact(self, name: str) -> str:
        """What the rule says under that name, '' when it says nothing."""
        return self.finding.fact.get(name, "")

    def shared(self, sort: str) -> str:
        """The names of what the events share: entries of that sort."""
        return self.names(sort, self.finding.shared)

    def names(self, sort: str, codes: Iterable[str]) -> str:
        """The names of these entries of that sort, as the programme of the finding has them."""
        named = tuple(codes)
        members = self.register.programme.members
        if sort == "party" and len(members) > 2 and set(named) == set(members):
            return self.pick("all members", "все государства-члены")
        return ", ".join(name_of(self.register, sort, code, self.language) for code in named)

    @property
    def register(self) -> Register:
        """The register of its programme: its first event's, else the one it names."""
        if self.finding.refs:
            return self.board.register(self.events[0])
        return next(each for each in self.board.registers if each.programme.code == self.fact("programme"))

    def day(self, name: str) -> str:
        """The day that the rule says under that name, without its year."""
        return write_day(date.fromisoformat(self.fact(name)), self.language)


def command(board: Board, event: Event, rest: str) -> str:
    """What to type about an event: "planner move EX …", with its programme where the board has several."""
    return f"planner {rest}" if len(board.registers) == 1 else f"planner -p {event.programme} {rest}"


@dataclass(frozen=True, slots=True)
class Sentences:
    """How a rule speaks: what it finds in general, what is wrong here, what would clear it.

    Without `remedy` the usual one is said: move one of the events, or give them days apart. `quieter` is the setting of
    the programme file that quiets it when there are too many; without one, it is taken from a kind of event.
    """

    title: Both
    headline: Callable[[Telling], str]
    remedy: Callable[[Telling], str] | None = None
    quieter: str = ""


def say_when(event: Event, language: str) -> str:
    """When an event takes place, with the cities whose clocks its times are of."""
    zones = sorted({window.zone for window in event.when.windows if window.at is not None})
    cities = ", ".join(city_of(zone, language) for zone in zones)
    return write_when(event.when, language) + (f" ({cities})" if cities else "")


def as_sentence(text: str) -> str:
    """The text as it begins a line of its own: with a capital letter; references stay as they are."""
    return text[:1].upper() + text[1:]


def say_span(span: Span, language: str) -> str:
    """A stretch of days without its year: "5–9 Oct", "28 Sep – 9 Oct"."""
    if span.first == span.last:
        return write_day(span.first, language)
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return f"{span.first.day}–{write_day(span.last, language)}"
    return f"{write_day(span.first, language)} – {write_day(span.last, language)}"


def stretches(days: Sequence[date]) -> list[Span]:
    """Days, in order, as stretches without a gap."""
    found: list[Span] = []
    for day in days:
        if found and day - found[-1].last == timedelta(days=1):
            found[-1] = Span(found[-1].first, day)
        else:
            found.append(Span(day, day))
    return found
