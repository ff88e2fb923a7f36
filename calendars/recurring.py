"""Recurrence rules to the days they mean, within bounds: a rule that would run away is refused before it is tried."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import icalendar

MOST_OCCURRENCES = 2_000
MOST_PERIODS = 20_000
"""How many days, weeks, months or years a rule may count through from its start to the end of the term."""
MOST_RULES = 4

_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
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
    found = sum(_count(rule, master, bounds) for rule in rules)
    if found > MOST_OCCURRENCES:
        raise Refused(f"its rule means more than {MOST_OCCURRENCES:,} events", f"at most {MOST_OCCURRENCES:,}")
    if rules and not found and "rdate" not in master:
        return []
    calendar = icalendar.Calendar()
    for component in (master, *others):
        calendar.add_component(component)
    after = bounds.last + timedelta(days=1)
    expanded = recurring_ical_events.of(calendar).between(bounds.first, after)
    starts = ((component["dtstart"].dt, component) for component in expanded)
    within = [(start, each) for start, each in starts if bounds.first <= _day(start) <= bounds.last]
    return [each for _, each in sorted(within, key=lambda pair: _wall(pair[0]))]


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


def _count(rule: Any, master: Any, bounds: Term) -> int:
    """How many times a rule takes place within the bounds, counted no further than is needed to refuse it."""
    from dateutil.rrule import rrulestr  # comes with recurring_ical_events

    start = master["dtstart"].dt
    begins = _wall(start)
    end = datetime.combine(bounds.last, time.max)
    if begins > end:
        return 0
    periods = (end - begins).days // (_DAYS[_one(rule, "FREQ", "")] * _one(rule, "INTERVAL", 1))
    if periods > MOST_PERIODS:
        raise Refused(
            f"counts from {begins.date().isoformat()} on, more than {MOST_PERIODS:,} periods", "a later start"
        )
    until = _wall(_one(rule, "UNTIL", end))
    # With UNTIL a rule that never comes true (30 February) ends as well; without, it is tried up to the year 9999.
    ended = {**rule, "UNTIL": [min(until + timedelta(days=1), end)]}
    most = int(ended.pop("COUNT", [MOST_PERIODS])[0])
    days: Iterator[datetime] = iter(rrulestr(_written(ended), dtstart=begins))
    counted = itertools.islice(days, min(most, MOST_PERIODS + 1))
    within = (day for day in counted if bounds.first <= day.date())
    return sum(1 for _ in itertools.islice(within, MOST_OCCURRENCES + 1))


def _written(rule: Any) -> str:
    text: bytes = icalendar.vRecur(rule).to_ical()  # type: ignore[no-untyped-call]
    return text.decode()


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when


def _wall(when: date | datetime) -> datetime:
    """The local time it is, whole days as their beginning."""
    return when.replace(tzinfo=None) if isinstance(when, datetime) else datetime.combine(when, time())
