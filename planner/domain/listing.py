"""A list as it was read: kept as a run with every row and cell, for they cannot be had later."""

from dataclasses import dataclass
from enum import StrEnum

from planner.domain.event import Event


class Outcome(StrEnum):
    """What an import made of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    UNDECIDED = "undecided"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row: its number as a spreadsheet shows it, its cells as they stood, and the event read from it, if any."""

    number: int
    cells: tuple[str, ...]
    outcome: Outcome
    ref: str = ""
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One run of reading a named list. `headings` pair each column's heading with the field it was read as ('' = none).

    `sha256` is of the file's bytes. `options` are those the person gave, sorted.
    """

    programme: str
    list_name: str
    file_name: str
    sha256: str
    sheet: str = ""
    encoding: str = ""
    header_row: int = 1
    headings: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    rows: tuple[ListedRow, ...] = ()
