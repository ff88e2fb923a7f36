"""What is asked of every row of every form before anybody reads it: not too many, not too wide, plain text, in time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from planner.errors import BadInput, Problem
from planner.limits import USUAL, Limits
from planner.readers.grid import Row
from planner.readers.text import control_in


@dataclass(frozen=True, slots=True)
class Guard:
    """One file being read: its name, the limits that hold for it, and when its reading began, by `clock` in seconds."""

    file_name: str
    limits: Limits = USUAL
    clock: Callable[[], float] = time.monotonic
    began: float = field(default_factory=time.monotonic)

    def check(self, row: Row, sheet: str = "") -> Row:
        """The row, unless something in it is over a limit or a control character; raises BadInput."""
        if len(row.cells) > self.limits.columns:
            where = f"{self.file_name}{_of(sheet)}, {row.where}"
            raise BadInput(
                Problem(where, f"{len(row.cells):,} cells", f"at most {self.limits.columns:,}", row=row.number)
            )
        # One look at the whole row, and a search only where something is not plainly printable: this runs for every row
        # of lists with a million cells.
        whole = "".join(row.cells)
        if len(whole) > self.limits.cell_letters or (not whole.isprintable() and control_in(whole)):
            self._name(row, sheet)
        return row

    def _name(self, row: Row, sheet: str) -> None:
        for number, cell in enumerate(row.cells, 1):
            where = f"{self.file_name}{_of(sheet)}, {row.where}, cell {number}"
            if len(cell) > self.limits.cell_letters:
                found, expected = f"{len(cell):,} characters", f"at most {self.limits.cell_letters:,}"
                raise BadInput(Problem(where, found, expected, "shorten it", row.number, str(number)))
            control = control_in(cell)
            if control:
                raise BadInput(
                    Problem(where, f"control character {control}", "plain text", "remove it", row.number, str(number))
                )

    def count(self, number: int, what: str = "rows") -> None:
        """Raises BadInput when that is one too many, or the reading takes too long."""
        if number > self.limits.rows:
            found = f"more than {self.limits.rows:,} {what}"
            raise BadInput(Problem(self.file_name, found, remedy="split the list"))
        if number % 256 == 0:
            self.in_time()

    def in_time(self) -> None:
        """Raises BadInput when the reading has taken longer than it may."""
        if self.clock() - self.began > self.limits.seconds:
            found = f"takes longer than {self.limits.seconds} seconds to read"
            raise BadInput(Problem(self.file_name, found, remedy="save the list alone in a new file, or split it"))

    def area(self, rows: int, columns: int, sheet: str = "") -> None:
        """Raises BadInput when a sheet of that size would be too large."""
        limits = self.limits
        if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
            found = f"has {rows:,} rows and {columns:,} columns"
            expected = f"at most {limits.rows:,} and {limits.columns:,}, and {limits.cells:,} cells"
            raise BadInput(Problem(f"{self.file_name}{_of(sheet)}", found, expected, "delete what is empty"))


def _of(sheet: str) -> str:
    return f", sheet {sheet!r}" if sheet else ""
