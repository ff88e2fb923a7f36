"""What the grammar must know besides the text, and what it answers when it cannot read one."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ORDER = "say whether the day or the month comes first"
"""The remedy of a text such as 12/10/2020; the only one that holds for a whole list."""


class CannotRead(Exception):
    """Raised inside the grammar where a pattern fits but says something impossible or ambiguous.

    `part` is the stretch of the plain text that is at fault, where it is not the whole.
    """

    def __init__(self, why: str, remedy: str = "", readings: tuple[date, ...] = (), part: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.remedy = remedy
        self.readings = readings
        self.part = part


class NotADate(CannotRead):
    """Raised where no pattern fits; the message then names the first word that is no part of any date."""

    def __init__(self, text: str) -> None:
        super().__init__("is not a date I can read", part=text)


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
        """The year of a day without one: that in which it lies in the plan, else the plan's first.

        Raises CannotRead for a day that the plan has twice.
        """
        return self._only(
            date(year, month, day)
            for year in self._years
            if 1 <= day <= monthrange(year, month)[1] and self.first <= date(year, month, day) <= self.last
        )

    def year_of_months(self, first: int, last: int) -> int:
        """The same for whole months, from the first to the last of one year: some day of them lies in the plan."""
        return self._only(
            date(year, first, 1)
            for year in self._years
            if date(year, first, 1) <= self.last and self.first <= date(year, last, monthrange(year, last)[1])
        )

    @property
    def _years(self) -> range:
        return range(self.first.year, self.last.year + 1)

    def _only(self, days: Iterable[date]) -> int:
        found = tuple(days)
        if len(found) > 1:
            years = " or ".join(str(day.year) for day in found)
            raise CannotRead(f"no year is said, and the plan has it in {years}", "write the year", found)
        return found[0].year if found else self.first.year


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
