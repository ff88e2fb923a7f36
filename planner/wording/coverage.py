"""Coverage in words: a table of priorities by quarter, its gaps, and bodies against their yearly minimum."""

from planner.domain.coverage import Cadence, Cell, Coverage
from planner.domain.texts import text_in
from planner.wording.dates import plural

_ROMAN = ("I", "II", "III", "IV")


def say_quarter(year: int, number: int, language: str, *, with_year: bool) -> str:
    """A quarter: "Q3" or "III кв.", with its year where a term has several."""
    name = f"{_ROMAN[number - 1]} кв." if language == "ru" else f"Q{number}"
    return f"{name} {year}" if with_year else name


def heads(found: Coverage, language: str) -> list[str]:
    """The heads of the table: what stands in the rows, then the quarters."""
    with_year = len({quarter.year for quarter in found.quarters}) > 1
    quarters = [say_quarter(q.year, q.number, language, with_year=with_year) for q in found.quarters]
    return ["Приоритет" if language == "ru" else "Priority", *quarters]


def say_cell(cell: Cell, language: str) -> str:
    """How many events surely lie in a quarter and how many may: "3", "3 +1?", "1?", and a dash for a gap."""
    parts = [str(len(cell.sure)) if cell.sure else "", _maybe(cell)]
    return " ".join(part for part in parts if part) or ("пробел" if language == "ru" else "gap")


def _maybe(cell: Cell) -> str:
    if not cell.open:
        return ""
    return f"{'+' if cell.sure else ''}{len(cell.open)}?"


def say_gaps(found: Coverage, language: str) -> str:
    """How many priorities have a quarter without an event."""
    gaps, rows = len(found.gaps), len({priority.code for priority, _ in found.gaps})
    if language == "ru":
        if not gaps:
            return "Пробелов нет: у каждого приоритета есть мероприятия в каждом квартале."
        return f"{gaps} {plural(gaps, 'пробел', 'пробела', 'пробелов')} у приоритетов: {rows}."
    if not gaps:
        return "No gap: every priority has an event in every quarter."
    return f"{gaps} gap{'' if gaps == 1 else 's'} in {rows} priorit{'y' if rows == 1 else 'ies'}."


def say_cadence(one: Cadence, language: str) -> str:
    """A body's meetings against its minimum: "CFM Council of Foreign Ministers: 2 of at least 2"."""
    count, name = len(one.refs), text_in(language, one.body.names)
    refs = f" ({', '.join(one.refs)})" if one.refs else ""
    if language == "ru":
        short = f", не хватает: {one.missing}" if one.missing else ""
        return f"{one.body.code}  {name}: {count}, не менее {one.least}{short}{refs}"
    short = f", {one.missing} missing" if one.missing else ""
    return f"{one.body.code}  {name}: {count} of at least {one.least}{short}{refs}"
