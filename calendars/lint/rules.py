"""What a published calendar is judged by: each rule with its permanent code, how bad it is, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """ERROR: some calendar shows it wrong or not at all. ADVICE: some calendar shows it worse than it could."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what is wrong where it is broken, and what to do about it."""

    code: str
    severity: Severity
    meaning: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """One rule broken at one place. `line` counts from 1; `found` is what stands there, `uid` whose entry it is."""

    code: str
    line: int
    found: str = ""
    uid: str = ""

    @property
    def rule(self) -> Rule:
        return RULES[self.code]


_E, _A = Severity.ERROR, Severity.ADVICE
_TABLE = (
    # The file
    Rule("not-a-calendar", _E, "the file is no calendar", "answer 503 or the last good file, never a page or nothing"),
    Rule("cut-off", _E, "the file ends inside a component", "replace files whole: write beside, then rename"),
    Rule("bad-nesting", _E, "an END closes what is not open", "close each component where it was opened"),
    Rule("not-a-property", _E, "a line is no NAME:value", "begin what continues a line with a space"),
    Rule("not-utf-8", _E, "bytes are not UTF-8", "write the file in UTF-8"),
    Rule("byte-order-mark", _E, "the file begins with a byte order mark", "write UTF-8 without a mark"),
    Rule("control-character", _E, "a control character stands in a line", "take control characters out of texts"),
    Rule("fold-in-character", _E, "a fold stands inside a character", "fold between characters, counting octets"),
    Rule("fold-in-escape", _E, "a fold stands inside an escape", "fold before the backslash"),
    Rule("line-too-long", _A, "a line has more than 75 octets", "fold lines at 75 octets"),
    Rule("line-break", _A, "lines do not end in CR LF", "end every line with CR LF"),
    Rule("empty-line", _A, "a line is empty", "leave empty lines out"),
    # The calendar
    Rule("no-version", _E, "VERSION:2.0 is missing", "add VERSION:2.0"),
    Rule("no-prodid", _E, "PRODID is missing", "name the program in PRODID, always the same"),
    Rule("method", _A, "METHOD is not PUBLISH", "say METHOD:PUBLISH, or calendars take it for an invitation"),
    Rule("mixed-components", _E, "METHOD with components of several sorts", "publish free/busy as a file of its own"),
    Rule("calendar-uid", _E, "the calendar has a UID", "leave it out: synchronisers then see a single event"),
    Rule("no-name", _A, "the calendar has no name", "add NAME and X-WR-CALNAME"),
    Rule("refresh-interval", _A, "REFRESH-INTERVAL without VALUE=DURATION", "write REFRESH-INTERVAL;VALUE=DURATION:"),
    # Its entries
    Rule("no-uid", _E, "an entry has no UID", "give each entry a UID for ever"),
    Rule("uid-twice", _E, "a UID stands twice", "give each entry its own UID"),
    Rule("no-dtstamp", _E, "an entry has no DTSTAMP", "add DTSTAMP: when it last changed, in UTC"),
    Rule("dtstamp-noise", _A, "DTSTAMP is when the file was made", "let DTSTAMP say when the entry last changed"),
    Rule("no-dtstart", _E, "an entry has no DTSTART", "give each entry its start"),
    Rule("bad-value", _E, "a value is not what its property takes", "write the value as RFC 5545 has it"),
    Rule("ends-before-start", _E, "DTEND is not after DTSTART", "DTEND is excluded: a day ends on the next"),
    Rule("mixed-start-and-end", _E, "DTSTART and DTEND are of different sorts", "write both as days or as times"),
    Rule("floating-time", _E, "a time has no zone", "add TZID with a VTIMEZONE, or write it in UTC"),
    Rule("midnights", _A, "whole days are written as times", "write whole days as VALUE=DATE"),
    Rule("property-twice", _E, "a property stands twice that may stand once", "write it once"),
    Rule("bad-escape", _E, "a backslash stands before what needs none", "escape only \\, ;, comma and line breaks"),
    Rule("unescaped", _A, "a comma or semicolon is not escaped", "write \\, and \\; in texts"),
    Rule("comma-in-category", _A, "a category has a comma or a backslash in it", "name categories without them"),
    Rule("rdate", _A, "RDATE is published", "publish each date as an entry of its own"),
    Rule("rrule", _A, "a recurring entry is published", "publish its entries: some calendars never let a series go"),
    Rule("alarm", _A, "an alarm is published", "leave alarms to those who subscribe"),
    Rule("attendee", _E, "METHOD:PUBLISH with an ATTENDEE", "leave addresses of people out of a published calendar"),
    Rule("html", _A, "HTML in DESCRIPTION", "write plain text; HTML belongs in X-ALT-DESC"),
    Rule("no-summary", _A, "an entry has no SUMMARY", "give each entry a title"),
    # Its zones
    Rule("zone-missing", _E, "a TZID has no VTIMEZONE", "put a VTIMEZONE into the file for each TZID"),
    Rule("zone-unused", _A, "a VTIMEZONE is not used", "leave zones out that no entry names"),
    Rule("zone-rdate", _E, "RDATE in a VTIMEZONE", "one observance for each change, or a yearly RRULE"),
    Rule("zone-wrong", _E, "a VTIMEZONE gives another offset than the zone has", "build it from today's tzdata"),
    Rule("zone-broken", _E, "a VTIMEZONE cannot be read", "give each observance DTSTART, TZOFFSETFROM, TZOFFSETTO"),
    # Against an older copy
    Rule("uid-changed", _E, "the same entry has another UID than before", "keep UIDs over every move and rename"),
    Rule("vanished", _A, "an entry vanished without being cancelled", "publish STATUS:CANCELLED first, drop it later"),
    Rule("sequence-fell", _E, "SEQUENCE is lower than before", "never lower SEQUENCE: calendars refuse the change"),
    Rule("sequence-stayed", _E, "time, place or status changed, SEQUENCE did not", "raise SEQUENCE with such a change"),
    Rule("stamp-fell", _E, "DTSTAMP or LAST-MODIFIED is earlier than before", "never set stamps back"),
)  # fmt: skip
RULES: Mapping[str, Rule] = {rule.code: rule for rule in _TABLE}
