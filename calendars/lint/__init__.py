"""Judging a published calendar: every rule it breaks, with the line and what to do.

>>> [(flaw.code, flaw.line) for flaw in lint(b"<html>sign in</html>")]
[('not-a-calendar', 1)]
"""

from collections.abc import Sequence

from calendars.content import Line, Unreadable, read_lines
from calendars.lint.against import judge_against
from calendars.lint.calendar import judge_calendar, judge_entry
from calendars.lint.outline import components, outline
from calendars.lint.rules import RULES, Flaw, Rule, Severity
from calendars.lint.text import judge_text
from calendars.lint.zones import judge_zones


def lint(content: bytes, older: bytes | None = None) -> tuple[Flaw, ...]:
    """What is wrong with a feed, by line; with an older copy of it, also what must not change from one to the next."""
    found = outline(content)
    if not found.calendars:
        return tuple(found.flaws)
    flaws = [*judge_text(content), *found.flaws]
    for each in found.calendars:
        flaws += [*judge_calendar(each), *judge_zones(each)]
    if older is not None:
        flaws += judge_against(found.calendars, outline(older).calendars)
    return tuple(sorted(dict.fromkeys(flaws), key=lambda flaw: (flaw.line, flaw.code, flaw.found)))


def lint_piece(content: bytes, read: Sequence[Line | Unreadable] | None = None) -> tuple[Flaw, ...]:
    """What is wrong with one published entry by itself; its zone is judged with the whole feed.

    `read` are its lines, where they were read before.
    """
    found, flaws = components(read_lines(content) if read is None else read)
    judged = [flaw for each in found for flaw in judge_entry(each, is_published=True)]
    return (*judge_text(content), *flaws, *judged)


__all__ = ["RULES", "Flaw", "Rule", "Severity", "lint", "lint_piece"]
