"""Texts made of several: "конец мая – начало июня", "I и III кварталы", "12–13 и 16–17 октября".

What the parts share is said once, in the last of them: a noun, a month, a year. A part that cannot be read alone
borrows all but the first word of the part behind it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from planner.domain.dates.context import CannotRead, Context
from planner.domain.dates.days import MOST_ROLLED
from planner.domain.dates.words import AND, BY, THIRD, YEAR
from planner.domain.window import Precision, Window

Read = Callable[[str, Context], tuple[Window, ...] | None]
MOST_PARTS = 40
_AND = re.compile(AND)
_BY = re.compile(rf"{BY}|(?<=[а-яa-z0-9]) ?/ ?(?=[а-яa-z])| и до | and until ")
_YEAR = re.compile(YEAR)
_HYPHENED = re.compile(rf"(?:{THIRD})-")
_LEADING = re.compile(r"(?:с|со|from|between) (?=.)")


def read_listed(text: str, context: Context, read: Read) -> tuple[Window, ...] | None:
    """The sittings of a list, in order; None when it is none, or some part of it is not read."""
    parts = _AND.split(text)
    if not 1 < len(parts) <= MOST_PARTS:
        return None
    within = _in_year_of(parts[-1], context)
    found: list[tuple[Window, ...]] = []
    behind = ""
    for part in reversed(parts):
        windows = _with_borrowed(part, behind, within, read)
        if windows is None:
            return None
        behind = part if " " in part else f"{part} {_tail(behind)}"
        found.append(windows)
    return in_order(tuple(window for windows in reversed(found) for window in windows), text)


def in_order(windows: tuple[Window, ...], text: str) -> tuple[Window, ...]:
    """The sittings numbered. Raises CannotRead where one is named before an earlier one."""
    if any(_is_before(later, earlier) for earlier, later in pairwise(windows)):
        raise CannotRead(f"{text!r} does not name its dates in order", "write them from the first to the last")
    return tuple(replace(window, part=number) for number, window in enumerate(windows, 1))


def _is_before(later: Window, earlier: Window) -> bool:
    """True when the second starts no later than the first, which it should follow."""
    if later.at is not None and earlier.at is not None:
        return (later.first, later.at) <= (earlier.first, earlier.at)
    return (later.first, later.last) <= (earlier.first, earlier.last)


def read_range(text: str, context: Context, read: Read) -> tuple[Window, ...] | None:
    """One window from the first day of one period to the last of another; None when the text is no such range."""
    plain = _LEADING.sub("", text, count=1)
    for left, right in _halves(plain):
        ends = read(right, context) or read(_with_letter(left, right), context)
        if ends is None or not _is_plain(ends):
            continue
        starts = _starts(left, right, ends[0], context, read)
        if starts is not None:
            found = _rolled(left, right, starts, ends[0], context, read)
            _refuse_gap(plain[len(left) : -len(right)], *found, text)
            return (_joined(*found, text),)
    return None


def _refuse_gap(between: str, starts: Window, ends: Window, text: str) -> None:
    """ "Oct/Nov" is one stretch however it is meant; "March/June" is not."""
    if "/" in between and starts.last + timedelta(days=1) < ends.first:
        remedy = "write '–' if it goes on from one to the other, 'и' (and) for both, or the one that is meant"
        raise CannotRead(f"{text!r} names two periods, and not whether it goes on between them", remedy, part=text)


def _halves(text: str) -> Iterator[tuple[str, str]]:
    for number, match in enumerate(_BY.finditer(text)):
        if number < 4 and match.start() and match.end() < len(text):
            yield text[: match.start()], text[match.end() :]


def _with_letter(left: str, right: str) -> str:
    """ "Q1–2 2020" means Q1 to Q2."""
    return left[0] + right if re.match(r"[qh]\d", left) and right[:1].isdigit() else ""


def _starts(left: str, right: str, ends: Window, context: Context, read: Read) -> Window | None:
    """What the left side says: in the year of the right one, or the one before, where only that says its year."""
    windows = _with_borrowed(left, right, _in_year_of(right, context), read)
    if windows is None or not _is_plain(windows):
        return None
    if windows[0].first > ends.first and _YEAR.search(right) and not _YEAR.search(left):
        year = ends.first.year - 1
        windows = _with_borrowed(left, _YEAR.sub(str(year), right), _year(context, year), read)
    return windows[0] if windows is not None else None


def _rolled(left: str, right: str, starts: Window, ends: Window, context: Context, read: Read) -> tuple[Window, Window]:
    """Both sides, the right one in the next year where it says none and lies before the left one."""
    if ends.last >= starts.first and (ends.first >= starts.first or not _YEAR.search(left)):
        return starts, ends
    if _YEAR.search(right):
        return starts, ends
    for year in (starts.first.year, starts.first.year + 1):
        later = read(right, _year(context, year))
        if later is not None and starts.first <= later[0].first <= starts.first + MOST_ROLLED:
            return starts, later[0]
    return starts, ends


def _joined(starts: Window, ends: Window, text: str) -> Window:
    if ends.first < starts.first or ends.last < starts.last:
        raise CannotRead(f"{text!r} ends before it starts", "write both with their years", part=text)
    precision = starts.precision if starts.precision is ends.precision else Precision.ABOUT
    if precision is Precision.DAY:
        return Window(starts.first, ends.last, starts.zone, length=(ends.last - starts.first).days + 1)
    return Window(starts.first, ends.last, starts.zone, precision)


def _is_plain(windows: tuple[Window, ...]) -> bool:
    """One period, or one day, without a clock time or a length of its own."""
    return len(windows) == 1 and windows[0].at is None and (windows[0].is_fixed or windows[0].length is None)


def _with_borrowed(part: str, behind: str, context: Context, read: Read) -> tuple[Window, ...] | None:
    found = read(part, context)
    tail = _tail(behind)
    return found if found is not None or not tail else read(f"{part} {tail}", context)


def _tail(text: str) -> str:
    """All but the first word: "кварталы 2020" of "iii кварталы 2020", "мая" of "конец мая"."""
    at = "-" if _HYPHENED.match(text) or " " not in text else " "
    return text.partition(at)[2].strip()


def _in_year_of(text: str, context: Context) -> Context:
    said = _YEAR.findall(text)
    return _year(context, int(said[-1])) if said else context


def _year(context: Context, year: int) -> Context:
    """The same for a plan of that year: it gives the year to what says none."""
    return replace(context, first=date(year, 1, 1), last=date(year, 12, 31))
