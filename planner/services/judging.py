"""Judging feeds, ours and other people's, by the rules of a published calendar."""

from pathlib import Path

from calendars.lint import Flaw, Severity, lint
from planner.errors import BadInput, problem

__all__ = ["Flaw", "Severity", "judge_files"]


def judge_files(path: Path, older: Path | None) -> tuple[Flaw, ...]:
    """The flaws of a feed in a file, by line; with an older copy also what must not have changed since.

    Raises BadInput when a file cannot be read, or the older copy is no calendar.
    """
    then = None if older is None else _read(older)
    if then is not None and any(flaw.code == "not-a-calendar" for flaw in lint(then)):
        raise BadInput(problem(str(older), "is no iCalendar file", "an older copy of the same feed"))
    return lint(_read(path), then)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(problem(str(path), f"cannot be read ({error.strerror})", "an iCalendar file")) from error
