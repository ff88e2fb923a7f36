"""Entries of calendars that come back: an older issue than was imported before undoes nothing, and is named (pure)."""

from collections.abc import Iterable, Mapping

from planner.readers.listing import ReadRow

Issue = tuple[int, str]
"""SEQUENCE, and when the entry was last modified (ISO 8601 in UTC, '' where it does not say)."""


def is_older(row: ReadRow, known: Mapping[str, Issue]) -> bool:
    """True for an issue behind the one imported as that event; of equal SEQUENCE only where both say when modified."""
    imported = known.get(row.ref)
    if row.issue is None or imported is None:
        return False
    return row.issue[0] < imported[0] or (row.issue[0] == imported[0] and "" < row.issue[1] < imported[1])


def notes_of(older: Iterable[ReadRow], known: Mapping[str, Issue]) -> tuple[str, ...]:
    """A sentence for each such row."""
    return tuple(f"entry {row.number}: {_behind(row, known[row.ref])} {row.ref} stays as it is" for row in older)


def _behind(row: ReadRow, imported: Issue) -> str:
    assert row.issue is not None
    if row.issue[0] < imported[0]:
        return f"older (SEQUENCE {row.issue[0]}) than what was imported before (SEQUENCE {imported[0]}):"
    return f"older (last modified {row.issue[1]}) than what was imported before ({imported[1]}):"
