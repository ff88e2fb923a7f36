"""How far from today, and for how long, anything in a plan may stand.

Beyond, a date is a slip of the hand (31.12.9999, year 0001), and whatever walks over days would walk for ever.
"""

from datetime import date

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
LONGEST_DAYS = 20 * 366
"""A period of some years is a programme; of more than twenty it is a mistake."""


def beyond(day: date) -> str:
    """Why no plan has that day, '' when it may."""
    if EARLIEST <= day <= LATEST:
        return ""
    return f"{day.isoformat()} is outside the years {EARLIEST.year} to {LATEST.year}"


def too_long(first: date, last: date) -> str:
    """Why nothing in a plan takes from the first to the last day, '' when it may."""
    if (last - first).days < LONGEST_DAYS:
        return ""
    return f"{first.isoformat()} to {last.isoformat()} is longer than {LONGEST_DAYS // 366} years"
