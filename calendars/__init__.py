"""iCalendar as calendars really read it: entries to bytes and back, zones included. It knows nothing of the planner.

>>> from datetime import UTC, date, datetime
>>> noon = datetime(2020, 3, 1, 12, tzinfo=UTC)
>>> day = Entry("parade@example", 0, noon, noon, noon, WholeDays(date(2020, 5, 9), date(2020, 5, 9)), "Parade")
>>> content = write(Calendar("-//Example//EN", "Plan", (day,)))
>>> read(content).calendar.entries == (day,)
True
"""

from calendars.checking import misread, misread_lines
from calendars.content import clean, clean_name
from calendars.entry import Calendar, Conference, Entry, FreeBusy, Related, Status, Timed, WholeDays
from calendars.foreign import Foreign, ForeignCalendar, Trouble, read_foreign
from calendars.lines import Unfolded, unfold
from calendars.reading import Reading, read
from calendars.recurring import Term
from calendars.writing import TAIL, head, order, piece, write, write_free_busy, zones_of

__all__ = [
    "TAIL",
    "Calendar",
    "Conference",
    "Entry",
    "Foreign",
    "ForeignCalendar",
    "FreeBusy",
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
    "head",
    "misread",
    "misread_lines",
    "order",
    "piece",
    "read",
    "read_foreign",
    "unfold",
    "write",
    "write_free_busy",
    "zones_of",
]
