"""Which column of a list is read as what, and which needed ones are missing."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from planner.domain.texts import Names, fold
from planner.errors import BadInput, Problem
from planner.readers.columns import COLUMNS, column_named, is_loose
from planner.readers.table import Table

Mapped = tuple[tuple[str, str], ...]
_REQUIRED = (("title", "title_en", "title_ru"), ("date_text", "start"))
"""What a list of events cannot be without; a reference is given, and a kind found in titles and sections."""


def map_headings(table: Table, said: Mapping[str, str] = MappingProxyType({})) -> Mapped:
    """(heading, column) for every heading of the table, in order; the column is '' where a heading is not read.

    What was `said` of folded headings goes before what we know of them.
    Raises BadInput naming every column that is missing or stands there twice, all at once.
    """
    mapped = tuple((heading, said.get(fold(heading), column_named(heading) or "")) for heading in table.headings)
    mapped = _without_loose(mapped, said)
    where = table.where
    columns = [column for _, column in mapped if column]
    problems = [
        _twice(where, table, column, [" ".join(heading.split()) for heading, of in mapped if of == column])
        for column in dict.fromkeys(columns)
        if columns.count(column) > 1
    ]
    problems.extend(
        _missing(where, table, choices) for choices in _REQUIRED if not any(choice in columns for choice in choices)
    )
    if problems:
        raise BadInput(*problems)
    return mapped


def _without_loose(mapped: Mapped, said: Mapping[str, str]) -> Mapped:
    """Loose headings give way to others of the same column, and those of a start and an end to one of dates."""
    firm = {column for heading, column in mapped if fold(heading) in said or not is_loose(heading)}
    firm |= {"start", "end"} if "date_text" in firm else set()
    return tuple(
        (heading, "" if column in firm and is_loose(heading) and fold(heading) not in said else column)
        for heading, column in mapped
    )


def _twice(where: str, table: Table, column: str, headings: Sequence[str]) -> Problem:
    remedy = f'say --map "{headings[-1]}=" to leave that one out'
    found = f"{' and '.join(map(repr, headings))} are both read as {column!r}"
    return Problem(where, found, "one column", remedy, row=table.header_row)


def _missing(where: str, table: Table, choices: Iterable[str]) -> Problem:
    headings = Names.of(heading for heading in table.headings if column_named(heading) is None)
    near = next((name for choice in choices for name in headings.nearest(choice, most=1)), None)
    found = f"no column {' or '.join(repr(choice) for choice in choices)} among the {len(table.headings)} headings"
    first = next(iter(choices))
    known = ", ".join(repr(heading) for heading in COLUMNS[first][:3])
    remedy = f"if {near!r} is it, say --map {f'{near}={first}'!r}" if near else 'add it, or say --map "HEADING=COLUMN"'
    return Problem(where, found, f"that heading, or one like {known}", remedy, row=table.header_row)
