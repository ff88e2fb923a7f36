"""Tables with a column for each participant: the heading names a state or a body, the cell says whether it comes."""

from collections.abc import Mapping, Sequence

from planner.domain.register import Register
from planner.domain.texts import fold
from planner.readers import states
from planner.readers.named import ROLES
from planner.readers.table import Table

_COMES = frozenset(map(fold, ("+", "x", "х", "v", "✓", "✔", "☑", "☒", "*", "•", "да", "yes", "true", "истина", "1")))
_STAYS = frozenset(map(fold, ("", "-", "–", "—", "нет", "no", "false", "ложь", "0", "☐", "✗", "✘")))
_FEWEST = 2
"""One heading may be a state for another reason ("RU" for a language); several are participants."""


def columns_of_participants(table: Table, columns: Sequence[tuple[str, str]], register: Register) -> Mapping[int, str]:
    """By position, the heading of each column that is a participant's; none unless every cell of them is a mark."""
    found = {
        at: heading
        for at, (heading, column) in enumerate(columns)
        if not column and heading and _is_party(heading, register)
    }
    marks = _COMES | _STAYS | ROLES.keys()
    rows = [row for row in table.rows if len({cell for cell in row.cells if cell.strip()}) > 1]
    ticked = {at: name for at, name in found.items() if all(fold(row.cells[at]) in marks for row in rows)}
    return ticked if len(ticked) >= _FEWEST else {}


def _is_party(heading: str, register: Register) -> bool:
    return register.names("party").find(heading) is not None or states.state_named(heading) is not None


def participants(cells: Sequence[str], columns: Mapping[int, str]) -> str:
    """Those who come, with their roles, as a column of participants says it."""
    said = ((heading, fold(cells[at])) for at, heading in columns.items())
    return "; ".join(name if mark in _COMES else f"{name}:{mark}" for name, mark in said if mark not in _STAYS)
