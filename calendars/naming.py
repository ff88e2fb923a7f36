"""What other programs call a time zone, to its IANA name."""

import re
from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from calendars.lines import Block

_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
_UTC = frozenset({"Z", "UTC", "GMT", "ETC/UTC", "ETC/GMT"})


def zone_named(name: str, defined: Mapping[str, Block]) -> str | None:
    """The IANA zone that a TZID means, or None. `defined` are the VTIMEZONEs of the file by their TZID.

    Known are IANA names, also with a vendor's path before them, those of Windows, offsets such as UTC+03:00, and
    whatever a VTIMEZONE explains with X-LIC-LOCATION, TZID-ALIAS-OF (RFC 7808) or one single offset in whole hours.
    """
    plain = name.strip().strip('"')
    return _known(plain) or _explained(defined.get(name))


def _known(name: str) -> str | None:
    if name.upper() in _UTC:
        return "Etc/UTC"
    windows = _windows().get(name.casefold())
    if windows is not None:
        return windows
    ends = name.split("/")
    for start in range(len(ends)):
        found = _iana().get("/".join(ends[start:]).casefold())
        if found is not None:
            return found
    offset = _OFFSET.fullmatch(name)
    return None if offset is None or int(offset[3] or 0) else fixed(offset[1], int(offset[2]))


def fixed(sign: str, hours: int) -> str | None:
    """The zone of an offset in whole hours, whose name has the sign the other way round (POSIX)."""
    name = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "Etc/UTC"
    return _iana().get(name.casefold())


def _explained(block: Block | None) -> str | None:
    if block is None:
        return None
    said = dict(_split(line) for line in block.lines)
    for name in ("X-LIC-LOCATION", "TZID-ALIAS-OF"):
        found = _known(said.get(name, "?"))
        if found is not None:
            return found
    offsets = {
        dict(_split(line) for line in part.lines).get("TZOFFSETTO", "")
        for part in block.inside
        if part.name in {"STANDARD", "DAYLIGHT"}
    }
    single = _OFFSET.fullmatch(offsets.pop()) if len(offsets) == 1 else None
    return None if single is None or int(single[3] or 0) else fixed(single[1], int(single[2]))


def _split(line: str) -> tuple[str, str]:
    head, _, value = line.partition(":")
    return head.partition(";")[0].strip().upper(), value.strip()


@cache
def _iana() -> Mapping[str, str]:
    # Some systems list the clock of the machine as well: it is nobody's zone.
    return {name.casefold(): name for name in available_timezones() - {"localtime", "posixrules", "Factory"}}


@cache
def _windows() -> Mapping[str, str]:
    return {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}


__all__ = ["fixed", "zone_named"]
