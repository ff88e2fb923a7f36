"""What the grammar must know besides the text, and what it answers when it cannot read one."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Context:
    """The zone days are counted in, and the first and last day of the plan, which give a missing year.

    `day_first` says how 12/10/2020 is meant; None when nobody said. `zone_names` pair folded names of places with
    IANA zones, for "по душанбинскому времени".
    """

    zone: str
    first: date
    last: date
    day_first: bool | None = None
    zone_names: tuple[tuple[str, str], ...] = ()

    def year_of(self, month: int, day: int) -> int:
        """The year of a day without one: that in which it lies in the plan, else the plan's first."""
        for year in range(self.first.year, self.last.year + 1):
            try:
                if self.first <= date(year, month, day) <= self.last:
                    return year
            except ValueError:
                continue
        return self.first.year


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that is not read: where in it (counted from 0), which part, why, what was expected, what to do.

    `readings` are the days it might mean, when there are several.
    """

    text: str
    position: int
    part: str
    why: str
    expected: str = "a day, a range, or a period such as '12-16 October 2020', 'III квартал 2020 г.', '2020-10-12'"
    remedy: str = ""
    readings: tuple[date, ...] = ()


class CannotRead(Exception):
    """Raised inside the grammar where a pattern fits but says something impossible or ambiguous."""

    def __init__(self, why: str, remedy: str = "", readings: tuple[date, ...] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy
        self.readings = readings
