"""A table of events to rows of field values, every problem with its row and column."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.domain.dates import read_when
from planner.domain.register import Entry, Register, all_names
from planner.domain.status import settle_status
from planner.domain.texts import fold, is_form_of
from planner.domain.window import Precision, When
from planner.errors import BadInput, Problem
from planner.readers.attendance import columns_of_participants, participants
from planner.readers.cells import read_cells, said
from planner.readers.days import context_for
from planner.readers.grid import Row
from planner.readers.headings import map_headings
from planner.readers.row import Known, RowReading, shortened
from planner.readers.table import Table
from planner.readers.text import LOST


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as read: field values by name, as far as they could be read, and what could not."""

    number: int
    cells: tuple[str, ...]
    ref: str
    values: Mapping[str, object]
    problems: tuple[Problem, ...] = ()
    is_amendment: bool = False  # says only what it changes of an event that was exported
    issue: tuple[int, str] | None = None  # of an entry of a calendar: SEQUENCE, and when it was last modified


@dataclass(frozen=True, slots=True)
class Section:
    """A row that spans the table and heads those below it: with the kind it names, and itself where it is a month."""

    number: int
    text: str
    kind: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as read. `columns` pair each heading with its column; `additions` are entries the list brings with it."""

    table: Table
    columns: tuple[tuple[str, str], ...]
    rows: tuple[ReadRow, ...]
    additions: tuple[Entry, ...]
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in all rows, in their order."""
        return tuple(problem for row in self.rows for problem in row.problems)


Exported = Mapping[str, Mapping[str, str]]
"""By reference and column, the cells as they were exported."""


OnRow = Callable[[int, int], None]
"""Told how many rows are read, and of how many."""


def nobody(done: int, total: int) -> None:
    """Nobody watches."""


def read_list(
    table: Table,
    register: Register,
    *,
    day_first: bool | None = None,
    kind: str | None = None,
    exported: Exported | None = None,
    headings: Mapping[str, str] | None = None,
    on_row: OnRow = nobody,
) -> ReadList:
    """Every row of the table. Raises BadInput for the headings only; what is wrong in a row stays with the row.

    A row that does not say its kind has the one its title names, else the one its section names, else `kind`. Bare
    days below a section that is a month are of that month. Cells that are as they were `exported` say nothing.
    `headings` say of folded headings which column they are.
    """
    columns = map_headings(table, headings or {})
    ticked = columns_of_participants(table, columns, register)
    columns = tuple((head, "participants" if at in ticked else name) for at, (head, name) in enumerate(columns))
    known = Known(register, day_first)
    if kind is not None and known.code("kind", kind) is None:
        remedy = register.names("kind").did_you_mean(kind)
        raise BadInput(Problem("--kind", f"{kind!r} is not a kind I know", remedy=remedy))
    whole = _Whole(table, columns, ticked, known, exported or {})
    rows: list[ReadRow] = []
    sections: list[Section] = []
    for done, row in enumerate(table.rows, 1):
        on_row(done, len(table.rows))
        spanning = _spanning(row) if table.header_row else ""
        if spanning:
            sections.append(_section(row.number, spanning, known))
            continue
        usual = sections[-1] if sections else Section(0, "")
        rows.append(_read_row(row, whole, usual.kind or kind or "", usual.month))
    last = rows[-1].number if rows else 0
    below = [section.text for section in sections if section.number > last]
    notes = (*_other_years(table, register), *_notes(known, columns), *_left_below(below if rows else []))
    heading = tuple(section for section in sections if section.number < last or not rows)
    return ReadList(table, columns, tuple(rows), tuple(known.additions.values()), heading, notes)


def _section(number: int, text: str, known: Known) -> Section:
    kind = kind_in(text, known.register, alone=True) or ""
    return Section(number, text, kind, text.lower() if _is_month(text, known) else "")


def _is_month(text: str, known: Known) -> bool:
    when = read_when(text, context_for(known, known.register.programme.zone))
    windows = when.windows if isinstance(when, When) else ()
    return [(window.precision, window.period_days <= 31) for window in windows] == [(Precision.MONTH, True)]


def _left_below(texts: Sequence[str]) -> tuple[str, ...]:
    """A sentence about what stands below the last row and heads none: in mails, words of farewell and who writes."""
    if not texts:
        return ()
    lines = "1 line" if len(texts) == 1 else f"{len(texts)} lines"
    first = next((text for text in texts if any(map(str.isalnum, text))), texts[0])
    return (f"{lines} below the last row left out: '{shortened(first.replace('; ', ', '), 140)}'",)


def _notes(known: Known, columns: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Sentences about words that were left out because they say nothing we keep."""
    headings = {column: " ".join(heading.split()) for heading, column in columns}
    told = [
        f"column {headings.get(column, column)!r}: {text!r} {_LEFT_OUT[column]} {_counted(rows)}"
        for (column, text), rows in known.left_out.items()
    ]
    if known.outside:
        programme = known.register.programme
        term = f"{programme.first.isoformat()} to {programme.last.isoformat()}"
        told.append(f"dates outside the programme, {term}, in {_counted(known.outside)}")
    return tuple(told)


_OF_YEAR = re.compile(r"\b(?:на|за|for|of)\s+((?:19|20)\d\d)\b", re.IGNORECASE)
"""«План на 2019 год»: not the year of the day it was approved on."""


def _other_years(table: Table, register: Register) -> Iterator[str]:
    """Sentences about tables whose title names years, none of them the programme's."""
    programme = register.programme
    for title in table.titles:
        years = _OF_YEAR.findall(title)
        if years and not any(programme.first.year <= int(year) <= programme.last.year for year in years):
            term = f"those of the programme, {programme.first.isoformat()} to {programme.last.isoformat()}"
            yield f"a title above the list names {years[0]}: days without a year are read as {term}"


_LEFT_OUT = {
    "level": "was left out: it is no level of this programme, or nobody takes part in",
    "participants": "names nobody yet in",
    "priority": "was left out: it is no priority of this programme in",
    "date_text": "keeps days in reserve, which stay in its words alone in",
}
"""By column, why words of it say nothing that is kept."""


def _counted(rows: Sequence[int]) -> str:
    return f"row {rows[0]}" if len(rows) == 1 else f"{len(rows)} rows from {rows[0]} on"


def _spanning(row: Row) -> str:
    """The text of a row that says one thing across a table of several columns, else ''."""
    said = set(map(str.strip, row.cells)) - {""}
    return said.pop() if len(said) == 1 and len(row.cells) > 2 else ""


def kind_in(text: str, register: Register, *, alone: bool = False) -> str | None:
    """The kind whose name, or a word for it, stands first in the text, in any form of its words; the longest of them.

    "Заседания Постоянного совета" names «заседание Постоянного совета». With `alone`, a text that names another kind
    besides names none: a section of exercises and operations says of no row which it is.
    """
    words = fold(text).split()
    found = sorted(
        (start, -len(name), kind.code)
        for kind in register.kinds
        for name in map(str.split, map(fold, all_names(kind)))
        for start in _starts(name, words)
    )
    if not found:
        return None
    start, length, code = found[0]
    if alone and any(other != code and begins >= start - length for begins, _, other in found):
        return None
    return code


def _starts(name: list[str], words: list[str]) -> list[int]:
    """Where these words stand one behind the other among those, whatever their endings."""
    starts = range(len(words) - len(name) + 1) if name else range(0)
    return [start for start in starts if all(map(is_form_of, name, words[start:]))]


@dataclass(slots=True)
class _Whole:
    """What the reading of every row needs to know of the list."""

    table: Table
    columns: tuple[tuple[str, str], ...]
    ticked: Mapping[int, str]
    known: Known
    exported: Exported
    first_seen: dict[str, int] = field(default_factory=dict)
    named: tuple[tuple[int, str], ...] = ()

    def __post_init__(self) -> None:
        named = ((at, column) for at, (_, column) in enumerate(self.columns))
        self.named = tuple((at, column) for at, column in named if column and at not in self.ticked)

    def cells(self, row: Row) -> dict[str, str]:
        """The cells by their columns; those of participants together."""
        cells = {column: row.cells[at] for at, column in self.named}
        if self.ticked:
            said = (cells.get("participants", ""), participants(row.cells, self.ticked))
            cells["participants"] = "; ".join(filter(None, said))
        return cells


def _read_row(row: Row, whole: _Whole, usual_kind: str, month: str) -> ReadRow:
    cells = whole.cells(row)
    cells.pop("revision", None)
    reading = RowReading(whole.known, f"{whole.table.file_name}, {row.where}", row.number, list(row.problems))
    _leave_out_spoilt(cells, row, reading, is_workbook=whole.table.encoding == "XLSX")
    uid = cells.pop("uid", "").strip()
    ref = cells.pop("ref", "").strip() or _ref_in(uid, reading)
    _check_ref(ref, reading, whole.first_seen)
    if ref in whole.exported:
        before = whole.exported[ref]
        changed = {name: text for name, text in cells.items() if text.strip() != before.get(name, "").strip()}
        values = read_cells(changed, reading)
        return ReadRow(row.number, row.cells, ref, values, tuple(reading.problems), is_amendment=True)
    _complete(cells, reading, usual_kind)
    if month and not cells.get("month", "").strip():
        cells["month"] = month
    values = read_cells(cells, reading)
    if values.get("levels") and not values.get("parties"):
        reading.leave_out("level", said(cells["level"]))
    kind, decision = str(values.get("kind", "")), str(values.get("decision", ""))
    settled = dict(settle_status(values, whole.known.register, kind, decision))
    if uid and not ref:
        settled["foreign_uid"] = " ".join(filter(None, (uid, cells.get("recurrence", ""))))
    return ReadRow(row.number, row.cells, ref, settled, tuple(reading.problems), issue=issue_of(cells) if uid else None)


def issue_of(cells: Mapping[str, str]) -> tuple[int, str] | None:
    """How new an entry of a calendar is; None for a row that is none."""
    number = cells.get("sequence", "").strip()
    return (int(number), cells.get("modified", "").strip()) if number.isdecimal() else None


def _complete(cells: dict[str, str], reading: RowReading, usual_kind: str) -> None:
    """Sees that a new row has a title and a kind, which may be named in its title."""
    titles = [cells[column] for column in ("title", "title_en", "title_ru") if cells.get(column, "").strip()]
    if not titles and not any(problem.column.startswith("title") for problem in reading.problems):
        reading.wrong("title", "has no title", "a title in at least one language")
    if not cells.get("kind", "").strip():
        hints = [cells.get("form", ""), *titles, cells.get("categories", "")]
        cells["kind"] = _kind_of(hints, usual_kind, reading.known.register)
    if not cells["kind"]:
        del cells["kind"]
        expected = "a column `kind`, a section or a title that names one"
        reading.wrong("kind", "no kind is said, and the title names none", expected, "say --kind")


def _kind_of(titles: list[str], usual: str, register: Register) -> str:
    named = (kind_in(title, register) for title in titles)
    return next((kind for kind in named if kind), usual)


_TIMES = frozenset({"date_text", "month", "time", "start", "start_time", "end", "end_time", "all_day", "zone"})
_QUESTIONS = re.compile(r"\?{4,}|\?{2,}\W+\?{2,}")
"""What an encoding without Cyrillic letters leaves of them: «17 ????? 2020»."""
_SUSPECT = re.compile(rf"(?m)^[#=]|{LOST}|\?\?")
"""How a cell that is spoilt begins, or what is in it: one look at a row spares a look at each of its cells."""
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|ERROR!|GETTING_DATA|Н/Д)")


def _leave_out_spoilt(cells: dict[str, str], row: Row, reading: RowReading, *, is_workbook: bool) -> None:
    """Takes out the cells whose fault is known already, so that nobody says it a second time in other words."""
    if not row.problems and not _SUSPECT.search("\n".join(row.cells)):
        return
    spoilt = {problem.column for problem in row.problems}
    for column in [*cells]:
        if column in spoilt or (column in _TIMES and spoilt & _TIMES):
            del cells[column]
        elif cells[column].startswith("#") and _ERROR.fullmatch(cells[column]):
            found = f"{cells[column]!r} is an error of the spreadsheet, not a value"
            reading.wrong(column, found, remedy="correct its formula")
            del cells[column]
        elif is_workbook and cells[column].startswith("="):
            found = f"{cells[column]!r} is a formula that was never calculated"
            reading.wrong(column, found, remedy="open the workbook in a spreadsheet program and save it")
            del cells[column]
        elif LOST in cells[column] or _QUESTIONS.search(cells[column]):
            mark = LOST if LOST in cells[column] else "?"
            found = f"{cells[column]!r} has {mark} for a letter that was lost when it was saved"
            reading.wrong(column, found, remedy="send the file that was there before")


def _ref_in(uid: str, reading: RowReading) -> str:
    """The reference in the UID of an event of ours, '' for a calendar of anybody else."""
    ref, _, owner = uid.rpartition("@")
    if owner != reading.known.register.programme.code:
        return ""
    if "/" in ref:
        remedy = "export the plan as a calendar or JSON: a published feed has each sitting as an event"
        reading.wrong("uid", f"{uid!r} is one sitting of an event of this plan", "the event with all of them", remedy)
        return ""
    return ref


def _check_ref(ref: str, reading: RowReading, first_seen: dict[str, int]) -> None:
    if not ref:
        return  # it means an event by its title, or gets a reference
    if "/" in ref or "@" in ref:
        reading.wrong("ref", f"{ref!r} has '/' or '@' in it", "letters, digits and hyphens")
    elif ref in first_seen:
        reading.wrong("ref", f"{ref!r} is already in row {first_seen[ref]}", "each reference once", "remove one row")
    else:
        first_seen[ref] = reading.row
