"""Everything the planner raises on purpose. Each error carries data; its sentence is made from it.

A sentence says, in this order: where, what was found, what was expected, what to do. Nothing here
imports anything of ours, so every layer may raise these.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with something a person gave us: a cell, a table of a programme file, an argument.

    `where` names file, row and column (or table and key) as a person would point at it. `row` counts from 1 and
    includes the heading line, as spreadsheet programs show it; 0 when the problem has no row.
    """

    where: str
    found: str
    expected: str = ""
    remedy: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        tail = "; ".join(part for part in (self.expected, self.remedy) if part)
        head = f"{self.where}: {self.found}" if self.where else self.found
        return f"{head}; {tail}" if tail else head


@dataclass(frozen=True, slots=True)
class Unknown(Problem):
    """A name that nobody knows: `text` as it stands in the list. `planner programme learn` proposes to add it."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Doubt(Problem):
    """Something that only a person can decide: a date that reads two ways, a place that may be a known one.

    `asks` says what sort of answer settles it: "day_first", "place", "kind", "status" or "side"; `about` the words, or
    the field, it is about; `choices` what may be answered, the likeliest first.
    """

    asks: str = ""
    about: str = ""
    choices: tuple[str, ...] = ()


class PlannerError(Exception):
    """Nothing was done; `problems` say why, all of them at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems: Sequence[Problem] = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class BadInput(PlannerError):
    """A file, an option or an argument that cannot be used as it is."""


class NotFound(PlannerError):
    """A ref, code, revision or file that does not exist here; the problem names the nearest."""


class WrongDatabase(PlannerError):
    """A database that is missing, old, newer than this program, or not ours. It was not touched."""


class MissingDatabase(WrongDatabase):
    """There is no database at that path. Writing would make one; reading never does."""


class Unavailable(PlannerError):
    """The database did not answer in time, or the disk refused; nothing was written."""


class Stale(PlannerError):
    """A record changed after it was read. `key` names it; `read_at` and `now_at` are revisions."""

    def __init__(self, key: str, read_at: int, now_at: int, differences: Sequence[str] = ()) -> None:
        found = f"{key} changed since you read it at revision {read_at} (it is now at {now_at})"
        if differences:
            found += ": " + "; ".join(differences)
        super().__init__(Problem("", found, remedy="read it again"))
        self.key = key
        self.read_at = read_at
        self.now_at = now_at
        self.differences = tuple(differences)


class Closed(PlannerError):
    """A programme that was closed and handed over: nothing in it changes any more unless it is reopened."""


class BrokenLog(PlannerError):
    """The change log does not fit its chain of hashes; the problem names the first bad entry."""


class BrokenFeed(PlannerError):
    """A feed that did not read back as it was meant; the file before it was left in place."""


def problem(where: str, found: str, expected: str = "", remedy: str = "") -> Problem:
    """A problem without a row: of an argument, a setting or a whole file."""
    return Problem(where, found, expected, remedy)
