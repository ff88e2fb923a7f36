"""Which part of the programme's time a page shows: all of it, a quarter, or a month, as its address says."""

from dataclasses import dataclass
from datetime import date, timedelta

from starlette.exceptions import HTTPException

from planner.domain.register import Register
from planner.web.site import Site


@dataclass(frozen=True, slots=True)
class Period:
    """Its days, and the quarter or month of the programme's first year if it is one; 0 is neither."""

    first: date
    last: date
    quarter: int = 0
    month: int = 0


def period_of(site: Site, register: Register) -> Period:
    """The period the address asks for; 404 for one that there is not."""
    programme = register.programme
    quarter, month = site.query.get("quarter", ""), site.query.get("month", "")
    if not quarter and not month:
        return Period(programme.first, programme.last)
    year = programme.first.year
    if month:
        number = _number(month, 12)
        return Period(date(year, number, 1), _last(year, number), month=number)
    number = _number(quarter, 4)
    return Period(date(year, 3 * number - 2, 1), _last(year, 3 * number), quarter=number)


def _number(text: str, most: int) -> int:
    if text not in {str(number) for number in range(1, most + 1)}:
        raise HTTPException(404)
    return int(text)


def _last(year: int, month: int) -> date:
    """The last day of that month."""
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
