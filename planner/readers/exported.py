"""Word documents that the planner exported: the references their rows carry, and what the file says of itself."""

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from planner.domain.origin import Origin
from planner.readers.columns import column_named
from planner.readers.grid import Grid, Row

_NUMBERED = re.compile(r"\d*\s*\[(?P<ref>[^\[\]]+)\]\s*")
"""A row's number, and behind it in hidden text its reference."""
_SPOKEN = {"title": "title_{}", "remarks": "remarks_{}"}


class Property(StrEnum):
    """Names of the document's own properties."""

    PROGRAMME = "PlannerProgramme"
    REVISION = "PlannerRevision"
    LANGUAGE = "PlannerLanguage"
    SINCE = "PlannerChangesSince"
    DATES = "PlannerDates"
    COLUMNS = "PlannerColumns"


def custom_properties(document: Any) -> Mapping[str, str]:
    """The texts among the properties people and programs may add to a document; none where they cannot be read."""
    try:
        part = document.part.package.part_related_by(RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
        root = parse_xml(part.blob)
    except (KeyError, ValueError, SyntaxError):
        return {}
    return {each.get("name", ""): "".join(each.itertext()).strip() for each in root}


def exported_grid(grid: Grid, properties: Mapping[str, str]) -> Grid:
    """The grid with references instead of numbers and the revision behind them, if it was exported; else as it is.

    A row without a reference is one that a colleague has added.
    """
    revision = properties.get(Property.REVISION, "")
    language = properties.get(Property.LANGUAGE, "")
    head = next((at for at, row in enumerate(grid.rows) if _is_head(row)), None)
    if not revision or not language or head is None:
        return grid
    at = next(n for n, cell in enumerate(grid.rows[head].cells) if column_named(cell) == "item")
    rows = []
    for number, row in enumerate(grid.rows):
        cells = list(row.cells)
        if number == head:
            cells = [_column(cell, language) for cell in cells] + ["revision"]
        elif len(set(cells)) > 1:
            told = _NUMBERED.fullmatch(cells[at]) if at < len(cells) else None
            cells[at : at + 1] = [told["ref"].strip() if told is not None else ""]
            cells.append(revision)
        rows.append(replace(row, cells=tuple(cells)))
    since = properties.get(Property.SINCE, "")
    columns = tuple(filter(column_named, properties.get(Property.COLUMNS, "").split()))
    origin = Origin(language, int(since) if since.isdecimal() else None, Property.DATES in properties, columns)
    return replace(grid, rows=tuple(rows), programme=properties.get(Property.PROGRAMME, ""), origin=origin)


def _is_head(row: Row) -> bool:
    columns = {column_named(cell) for cell in row.cells}
    return {"item", "title", "date_text"} <= columns


def _column(heading: str, language: str) -> str:
    """The heading, or the column it means in a document of that language; the number stands for the reference."""
    column = column_named(heading)
    if column == "item":
        return "ref"
    return _SPOKEN[column].format(language) if column in _SPOKEN else heading
