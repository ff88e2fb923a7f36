"""Two copies of a feed: what must not change from the older to the newer."""

from collections.abc import Iterator

from calendars.lint.outline import Component
from calendars.lint.rules import Flaw
from calendars.lint.values import time_of

Entries = dict[tuple[str, str], Component]
_MATERIAL = ("DTSTART", "DTEND", "DURATION", "LOCATION")
_STAMPS = ("DTSTAMP", "LAST-MODIFIED")


def judge_against(newer: list[Component], older: list[Component]) -> list[Flaw]:
    """Flaws of the newer calendars with regard to the older ones; a line is one of the newer file."""
    now, then = _entries(newer), _entries(older)
    flaws = [*_gone(now, then, newer[0].number), *_noise(now, then)]
    for key in now.keys() & then.keys():
        flaws += _changed(then[key], now[key], key[0])
    return flaws


def _entries(calendars: list[Component]) -> Entries:
    found = (entry for calendar in calendars for entry in calendar.inside if entry.name == "VEVENT")
    return {(entry.value("UID"), entry.value("RECURRENCE-ID")): entry for entry in found if entry.value("UID")}


def _gone(now: Entries, then: Entries, at: int) -> Iterator[Flaw]:
    """Entries that are there no more: under another UID, or without having been cancelled."""
    fresh = {_looks(entry): entry for key, entry in now.items() if key not in then}
    for key, entry in sorted(then.items()):
        if key in now or entry.value("STATUS").upper() == "CANCELLED":
            continue
        same = fresh.get(_looks(entry))
        if same is not None and entry.value("SUMMARY"):
            yield Flaw("uid-changed", same.number, f"was {key[0]}", same.value("UID"))
        else:
            yield Flaw("vanished", at, entry.value("SUMMARY")[:60], key[0])


def _looks(entry: Component) -> tuple[str, ...]:
    return entry.value("SUMMARY"), entry.value("DTSTART"), entry.value("DTEND")


def _changed(before: Component, after: Component, uid: str) -> Iterator[Flaw]:
    was, became = _sequence(before), _sequence(after)
    line = after.first("SEQUENCE")
    at = after.number if line is None else line.number
    if became < was:
        yield Flaw("sequence-fell", at, f"{was} → {became}", uid)
    elif became == was and (moved := _materially(before, after)):
        yield Flaw("sequence-stayed", at, f"{moved} changed, SEQUENCE {became}", uid)
    for name in _STAMPS:
        earlier, later = time_of(before.value(name)), time_of(after.value(name))
        if earlier is not None and later is not None and later.tzinfo == earlier.tzinfo and later < earlier:
            stamp = after.first(name)
            yield Flaw(
                "stamp-fell", stamp.number if stamp else at, f"{name} {before.value(name)} → {after.value(name)}", uid
            )


def _sequence(entry: Component) -> int:
    said = entry.value("SEQUENCE")
    return int(said) if said.isascii() and said.isdecimal() else 0


def _materially(before: Component, after: Component) -> str:
    """The first of the properties people must be told of that differs, '' where none does (RFC 5546, 2.1.4)."""
    for name in _MATERIAL:
        if _said(before, name) != _said(after, name):
            return name
    gone = [entry.value("STATUS").upper() == "CANCELLED" for entry in (before, after)]
    return "STATUS" if gone[0] is not gone[1] else ""


def _said(entry: Component, name: str) -> tuple[str, str]:
    line = entry.first(name)
    return ("", "") if line is None else (line.value.strip(), line.parameter("TZID"))


def _noise(now: Entries, then: Entries) -> Iterator[Flaw]:
    """DTSTAMP new in most entries of which nothing else is: it is when the file was made."""
    same = [key for key in now.keys() & then.keys() if _facts(now[key]) == _facts(then[key])]
    noisy = sorted(key for key in same if now[key].value("DTSTAMP") != then[key].value("DTSTAMP"))
    if len(noisy) > 1 and 2 * len(noisy) > len(same):
        entry = now[noisy[0]]
        line = entry.first("DTSTAMP")
        found = f"{len(noisy)} unchanged entries have a new one"
        yield Flaw("dtstamp-noise", line.number if line is not None else entry.number, found)


def _facts(entry: Component) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((line.name, line.value) for line in entry.lines if line.name != "DTSTAMP"))
