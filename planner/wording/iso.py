"""A When for programs: ISO 8601, and EDTF (ISO 8601-2) for what is approximate. The grammar reads it back as it was."""

from datetime import date, datetime, timedelta

from planner.domain.units import Unit, units_of
from planner.domain.window import Mode, Precision, When, Window, local_end

_ABOUT = timedelta(days=3)


def write_iso(when: When) -> str:
    """All of it: `2020-10-12/2020-10-16`, `{2020-10-12,2020-10-14}` for sittings, `../2020-06-01` for a deadline.

    `XXXX` stands for no date, `../..` for permanently, `2020-07/2020-09` for throughout a period.
    """
    if when.mode is Mode.UNDATED:
        return "XXXX"
    if when.mode is Mode.THROUGHOUT:
        return _throughout(when.windows)
    if when.mode is Mode.DEADLINE:
        return f"../{when.windows[0].last.isoformat()}"
    written = [write_edtf(window) for window in when.windows]
    return written[0] if len(written) == 1 else f"{{{','.join(written)}}}"


def write_edtf(window: Window) -> str:
    """One window: `2020-10` a month, `2020-35` a quarter, `2020-05-15~` about a day, `[a..b]` one of those days."""
    if window.at is not None:
        return _timed(window)
    if window.is_fixed:
        return _interval(window.first, window.last, "")
    period = _period(window)
    return period if window.length is None else f"{period}/P{window.length}D"


def _timed(window: Window) -> str:
    assert window.at is not None
    text = datetime.combine(window.first, window.at).isoformat(timespec="minutes")
    if window.length is None:
        return text
    return f"{text}/{local_end(window, window.length).isoformat(timespec='minutes')}"


def _period(window: Window) -> str:
    if window.precision is Precision.ABOUT and window.period_days == 7 and window.length is None:
        return f"{(window.first + _ABOUT).isoformat()}~"
    units = units_of(window)
    if units is None:
        return f"[{window.first.isoformat()}..{window.last.isoformat()}]"
    first, last = (_code(unit, window.precision) for unit in units)
    if not first or not last:
        return _interval(window.first, window.last, "~")
    return first if first == last else f"[{first}..{last}]"


def _code(unit: Unit, precision: Precision) -> str:
    """How EDTF writes that unit, '' where it has no way to (seasons 21-23, quarters 33-36, halves 40-41)."""
    first = unit[0]
    year, month = first.year, first.month
    codes = {
        Precision.MONTH: f"{year}-{month:02}",
        Precision.QUARTER: f"{year}-{32 + (month + 2) // 3}",
        Precision.HALF_YEAR: f"{year}-{40 + month // 7}",
        Precision.SEASON: f"{year}-{20 + month // 3}" if month != 12 else "",
        Precision.YEAR: str(year),
    }
    return codes.get(precision, "")


def _throughout(windows: tuple[Window, ...]) -> str:
    if not windows:
        return "../.."
    units = units_of(windows[0])
    codes = [_code(unit, windows[0].precision) for unit in units] if units is not None else [""]
    return "/".join(codes) if all(codes) else _interval(windows[0].first, windows[0].last, "")


def _interval(first: date, last: date, mark: str) -> str:
    return f"{first.isoformat()}{mark}" if first == last else f"{first.isoformat()}{mark}/{last.isoformat()}{mark}"
