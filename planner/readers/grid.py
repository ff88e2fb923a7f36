"""Rows of cells as a file has them, before anybody knows which row is the heading."""

from dataclasses import dataclass

from planner.domain.origin import Origin
from planner.errors import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells; `number` counts from 1 at the top of the file or sheet, as spreadsheet programs do.

    `label` says where it stands in a file without rows ("entry 3, line 40"). `problems` are what the reader of the
    file found; the columns they name are not read further.
    """

    number: int
    cells: tuple[str, ...]
    label: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def where(self) -> str:
        return self.label or f"row {self.number}"

    @property
    def is_blank(self) -> bool:
        return not "".join(self.cells).strip()


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one file or sheet, top down. `form` is what the file is: an encoding, or a kind of workbook.

    A file whose form names its fields has its headings in a row numbered 0. `notes` are sentences about what the reader
    left out; `above` is the text between a table and the one before it. `programme` is that which the file was
    exported from, and `origin` says how, if it was and says so.
    """

    form: str
    rows: tuple[Row, ...]
    sheet: str = ""
    notes: tuple[str, ...] = ()
    programme: str = ""
    origin: Origin | None = None
    above: str = ""

    @property
    def names_its_fields(self) -> bool:
        return bool(self.rows) and self.rows[0].number == 0
