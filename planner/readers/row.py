"""One row being read: what is known by name so far, and what was wrong with it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from planner.domain.dates import Context, Unread
from planner.domain.register import Entry, Register
from planner.domain.texts import Names, fold, text_in
from planner.domain.window import When
from planner.errors import Doubt, Problem, Unknown

Values = Mapping[str, object]
"""Field name (planner.domain.fields) to the value read."""


@dataclass(slots=True)
class Known:
    """What the register knows by name, and what the list has added to it so far (places, states, decisions)."""

    register: Register
    day_first: bool | None = None
    additions: dict[tuple[str, str], Entry] = field(default_factory=dict)
    added: dict[tuple[str, str], Entry] = field(default_factory=dict)  # the same, by sort and code
    contexts: dict[str, Context] = field(default_factory=dict)  # what the date grammar is told, by zone
    dates: dict[tuple[str, str], When | Unread] = field(default_factory=dict)  # what was read, by zone and words
    days: dict[str, When] = field(default_factory=dict)  # the whole days among them, in whatever zone they were read
    left_out: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # by column and text, the rows
    outside: list[int] = field(default_factory=list)  # rows whose dates lie before or after the programme
    cells: dict[tuple[str, ...], Values] = field(default_factory=dict)  # what was read without fault, by what was said

    def code(self, sort: str, text: str) -> str | None:
        """The code of the thing of that sort with that name, or None."""
        found = self.register.names(sort).find(text)
        if found is not None:
            return found
        added = self.additions.get((sort, fold(text)))
        return added.code if added is not None else None

    def add(self, text: str, entry: Entry) -> str:
        """Remembers an entry that the list brings with it, under the name it has there."""
        self.additions[entry.sort, fold(text)] = entry
        self.added[entry.sort, entry.code] = entry
        return entry.code


@dataclass(slots=True)
class RowReading:
    """One row being read: where it stands, and what was wrong with it so far."""

    known: Known
    place: str  # "plan.csv, row 14"
    row: int = 0
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0  # how many of its words say nothing we keep

    def once(self, said: tuple[str, ...], read: Callable[[], Values]) -> Values:
        """What cells that say this are read as: a list says the same again and again.

        What was wrong or left out is told of every row, so such cells are read anew.
        """
        values = self.known.cells.get(said)
        if values is None:
            heard = len(self.problems), self.left_out
            values = read()
            if (len(self.problems), self.left_out) == heard:
                self.known.cells[said] = values
        return values

    def wrong(self, column: str, found: str, expected: str = "", remedy: str = "") -> None:
        where = f'{self.place}, column "{column}"' if self.place else column
        self.problems.append(Problem(where, shortened(found), expected, remedy, row=self.row, column=column))

    def doubt(self, column: str, found: str, remedy: str, asks: str, about: str, choices: tuple[str, ...]) -> None:
        """Says that a person must decide, and what can be answered."""
        where = f'{self.place}, column "{column}"' if self.place else column
        self.problems.append(Doubt(where, found, "", remedy, self.row, column, asks, about, choices))

    def leave_out(self, column: str, text: str) -> None:
        """Remembers words that say nothing we keep: nothing is wrong with the row, but a person is told."""
        self.left_out += 1
        self.known.left_out.setdefault((column, text), []).append(self.row)

    def called(self, sort: str, known: Iterable[str], text: str) -> tuple[str, ...]:
        """What things known under these names are called in the language of the text, each once; for a choice."""
        names, entry = self.known.register.names(sort), self.known.register.entry
        codes = dict.fromkeys(code for name in known if (code := names.find(name)) is not None)
        said = {code: text_in(spoken_in(text), getattr(entry(sort, code), "names", ())) for code in codes}
        return tuple(name if names.find(name) == code else code for code, name in said.items())

    def unknown(self, column: str, what: str, text: str, names: Names) -> None:
        """Says that a name is not known, with the nearest that are."""
        nearest = names.nearest(text)
        if column == "kind":
            nearest = self.called("kind", nearest, text)
        near = ", ".join(repr(name) for name in nearest)
        remedy = (
            f"did you mean {near}?"
            if near
            else "add it to the programme file, or let `planner programme learn` propose it"
        )
        found = f"{text!r} is not a {what} I know"
        if column in {"kind", "status"} and nearest:
            self.doubt(column, found, remedy, column, text, nearest)
        else:
            where = f'{self.place}, column "{column}"' if self.place else column
            self.problems.append(Unknown(where, found, "", remedy, self.row, column, text))


def shortened(text: str, most: int = 300) -> str:
    """The text, its middle left out when it is long: a sentence quotes what was found, not a page of it."""
    return text if len(text) <= most else f"{text[: most - 100]} … {text[-80:]}"


def parts(text: str, also: str = "") -> list[str]:
    """What stands between semicolons (and another separator, where the parts are single names)."""
    return [part.strip() for part in re.split(f"[;{re.escape(also)}]", text) if part.strip()]


def spoken_in(text: str) -> str:
    """The language of a text that does not say it: Cyrillic letters are Russian."""
    return "ru" if re.search("[а-яё]", text, re.IGNORECASE) else "en"
