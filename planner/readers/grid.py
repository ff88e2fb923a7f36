"""Rows of cells as a file has them, before anybody knows which row is the heading."""

from dataclasses import dataclass

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 1_024
MAX_CELL = 32_768


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells; `number` counts from 1 at the top of the file or sheet, as spreadsheet programs do."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one file or sheet, top down. `form` is what the file is: an encoding, or a kind of workbook."""

    form: str
    rows: tuple[Row, ...]
    sheet: str = ""
