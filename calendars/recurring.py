"""Recurrence rules to the days they mean, within bounds: a rule that would run away is refused before it is tried."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import icalendar

MOST_OCCURRENCES = 2_000
MOST_RULES = 4

_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
_MOST_YEARS = {"DAILY": 12, "WEEKLY": 50, "MONTHLY": 98, "YEARLY": 98}
"""How long before the end of the term a rule may begin: every step of it is counted, and Victory Day since 1945."""
_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")


@dataclass(frozen=True, slots=True)
class Term:
    """The days a series is expanded over, both included."""

    first: date
    last: date


class Refused(ValueError):
    """A rule that is not expanded; says what it has, and `expected` what it may have."""

    def __init__(self, found: str, expected: str = "") -> None:
        super().__init__(found)
        self.found = found
        self.expected = expected


def repeats(component: Any) -> bool:
    """True for the first component of a series."""
    return any(name in component for name in ("rrule", "rdate", "exrule"))


def occurrences(master: Any, others: Sequence[Any], term: Term | None) -> list[Any]:
    """A component for each time a series takes place within the term, in order; changed ones as they were changed.

    Without a term every rule must end by itself. Raises Refused.
    """
    import recurring_ical_events  # takes 50 ms to load, and most files have no series

    rules = _listed(master.get("rrule"))
    _check_lists(master, rules)
    bounds = term or _own_bounds(master, rules)
    days = [day for rule in rules for day in _days(rule, master, bounds)]
    if len(days) > MOST_OCCURRENCES:
        raise Refused(f"its rule means more than {MOST_OCCURRENCES:,} events", f"at most {MOST_OCCURRENCES:,}")
    calendar = icalendar.Calendar()
    for component in (_spelt_out(master, days), *others):
        calendar.add_component(component)
    expanded = recurring_ical_events.of(calendar).between(bounds.first, bounds.last + timedelta(days=1))
    starts = ((component["dtstart"].dt, component) for component in expanded)
    within = [(start, each) for start, each in starts if bounds.first <= _day(start) <= bounds.last]
    return [each for _, each in sorted(within, key=lambda pair: _wall(pair[0]))]


def _spelt_out(master: Any, days: Sequence[datetime]) -> Any:
    """The event with its days as RDATE instead of a rule: the library must not try a rule that nobody bounded."""
    start = master["dtstart"].dt
    event = icalendar.Event()
    for name, value in master.items():
        if name != "RRULE":
            event[name] = value
    if days:
        whole = not isinstance(start, datetime)
        event.add("rdate", [day.date() if whole else day.replace(tzinfo=start.tzinfo) for day in days])
    return event


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _check_lists(master: Any, rules: Sequence[Any]) -> None:
    if "exrule" in master:
        raise Refused("has EXRULE, which iCalendar has no more", "EXDATE for each day left out")
    if len(rules) > MOST_RULES:
        raise Refused(f"has {len(rules)} rules", f"at most {MOST_RULES}")
    for name in ("rdate", "exdate"):
        number = sum(len(each.dts) for each in _listed(master.get(name)) if hasattr(each, "dts"))
        if number > MOST_OCCURRENCES:
            raise Refused(f"has {number:,} days in {name.upper()}", f"at most {MOST_OCCURRENCES:,}")
    for rule in rules:
        _check_rule(rule)


def _check_rule(rule: Any) -> None:
    frequency = _one(rule, "FREQ", "")
    if frequency not in _DAYS:
        raise Refused(f"repeats {frequency or 'without FREQ'}", "DAILY, WEEKLY, MONTHLY or YEARLY")
    if _one(rule, "INTERVAL", 1) < 1:
        raise Refused(f"has INTERVAL={_one(rule, 'INTERVAL', 1)}", "1 or more")
    if "COUNT" in rule and "UNTIL" in rule:
        raise Refused("has both COUNT and UNTIL", "one of them (RFC 5545, 3.3.10)")
    if "COUNT" in rule and _one(rule, "COUNT", 1) < 1:
        raise Refused(f"has COUNT={_one(rule, 'COUNT', 1)}", "1 or more")
    if "RSCALE" in rule and _one(rule, "RSCALE", "").upper() != "GREGORIAN":
        raise Refused(f"counts in the calendar {_one(rule, 'RSCALE', '')}", "the Gregorian one")
    times = 1
    for part in _CLOCK:
        times *= max(1, len(rule.get(part, ())))
    if times > 24:
        raise Refused(f"repeats {times:,} times a day", "at most 24")


def _one(rule: Any, part: str, unsaid: Any) -> Any:
    values = _listed(rule.get(part))
    return values[0] if values else unsaid


def _own_bounds(master: Any, rules: Sequence[Any]) -> Term:
    """From the start to the last day its rules can reach; Refused when one has no end."""
    start = _day(master["dtstart"].dt)
    last = start
    for rule in rules:
        if "UNTIL" in rule:
            last = max(last, _day(_one(rule, "UNTIL", start)))
        elif "COUNT" in rule:
            last = max(last, _reach(start, rule))
        else:
            raise Refused("repeats without an end", "COUNT or UNTIL, or a programme whose year bounds it")
    for each in _listed(master.get("rdate")):
        last = max([last, *(_day(day.dt[0] if isinstance(day.dt, tuple) else day.dt) for day in each.dts)])
    return Term(start, last)


def _reach(start: date, rule: Any) -> date:
    """A day that so many occurrences surely do not pass, within a century."""
    days = _DAYS[_one(rule, "FREQ", "")] * _one(rule, "INTERVAL", 1) * (_one(rule, "COUNT", 1) + 1)
    return min(start + timedelta(days=min(days, 36_525)), date.max)


def _days(rule: Any, master: Any, bounds: Term) -> list[datetime]:
    """The local times at which a rule takes place within the bounds, no more of them than are needed to refuse it.

    A rule that never comes true (30 February) is tried up to the year 9999, whatever UNTIL says. The calendar repeats
    itself every 28 years while no century is skipped, so the rule is tried in the last years that there are.
    """
    from dateutil.rrule import rrulestr  # comes with recurring_ical_events

    start = master["dtstart"].dt
    begins, end = _nearer(_wall(start), rule, bounds.first), datetime.combine(bounds.last, time.max)
    if begins > end:
        return []
    earliest = max(1901, min(end.year, 2099) - _MOST_YEARS[_one(rule, "FREQ", "")] + 1)
    if begins.year < earliest or end.year > 2099:
        expected = f"a start from {earliest} on, and an end before 2100"
        raise Refused(f"repeats from {begins.date().isoformat()} to {end.date().isoformat()}", expected)
    if "UNTIL" in rule:
        end = min(end, _until(_one(rule, "UNTIL", end), start))
    later = _same_calendar(end.year) - end.year
    if begins > end:
        return []
    ended = {**rule, "UNTIL": [_moved(end, later)]}
    most = int(ended.pop("COUNT", [MOST_OCCURRENCES * 50])[0])
    days: Iterator[datetime] = iter(rrulestr(_written(ended), dtstart=_moved(begins, later)))
    found = (_moved(day, -later) for day in itertools.islice(days, most))
    return list(itertools.islice((day for day in found if bounds.first <= day.date()), MOST_OCCURRENCES + 1))


def _nearer(begins: datetime, rule: Any, first: date) -> datetime:
    """A start just before the bounds from which a daily or weekly rule has the same days; the start where it counts."""
    every = {"DAILY": 1, "WEEKLY": 7}.get(_one(rule, "FREQ", ""), 0) * _one(rule, "INTERVAL", 1)
    if not every or "COUNT" in rule:
        return begins
    return begins + timedelta(days=max(0, (first - begins.date()).days // every - 1) * every)


def _until(until: date | datetime, start: date | datetime) -> datetime:
    """The end of a rule by the clock of its start; a day includes the whole of it."""
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    zone = start.tzinfo if isinstance(start, datetime) else None
    return _wall(until.astimezone(zone) if until.tzinfo is not None and zone is not None else until)


def _same_calendar(year: int) -> int:
    """The last year whose days fall as those of this one do, and whose leap years come as its do."""
    first = date(year, 1, 1).weekday()
    return next(late for late in range(9999, 9971, -1) if late % 4 == year % 4 and date(late, 1, 1).weekday() == first)


def _moved(moment: datetime, years: int) -> datetime:
    return moment.replace(year=moment.year + years)


def _written(rule: Any) -> str:
    text: bytes = icalendar.vRecur(rule).to_ical()  # type: ignore[no-untyped-call]
    return text.decode()


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when


def _wall(when: date | datetime) -> datetime:
    """The local time it is, whole days as their beginning."""
    return when.replace(tzinfo=None) if isinstance(when, datetime) else datetime.combine(when, time())
