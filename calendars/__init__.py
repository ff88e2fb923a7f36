"""iCalendar as calendars really read it: entries to bytes and back, zones included. It knows nothing of the planner.

>>> from datetime import UTC, date, datetime
>>> noon = datetime(2020, 3, 1, 12, tzinfo=UTC)
>>> day = Entry("parade@example", 0, noon, noon, noon, WholeDays(date(2020, 5, 9), date(2020, 5, 9)), "Parade")
>>> content = write(Calendar("-//Example//EN", "Plan", (day,)))
>>> read(content).calendar.entries == (day,)
True
"""

from calendars.entry import Calendar, Entry, Related, Status, Timed, WholeDays
from calendars.foreign import Foreign, ForeignCalendar, Trouble, read_foreign
from calendars.lines import Unfolded, unfold
from calendars.reading import Reading, read
from calendars.recurring import Term
from calendars.writing import clean, clean_name, order, write

__all__ = [
    "Calendar",
    "Entry",
    "Foreign",
    "ForeignCalendar",
    "Reading",
    "Related",
    "Status",
    "Term",
    "Timed",
    "Trouble",
    "Unfolded",
    "WholeDays",
    "clean",
    "clean_name",
    "order",
    "read",
    "read_foreign",
    "unfold",
    "write",
]
