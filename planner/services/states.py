"""Which state of the plan is meant: by a revision, a day or a release (pure)."""

from datetime import date

from planner.domain.release import release_number
from planner.errors import BadInput, NotFound, problem
from planner.store import Snapshot

STATE = "a number, a day as 2020-10-12, or a release as R2"


def revision_meant(snapshot: Snapshot, text: str, where: str, expected: str = STATE) -> int:
    """The revision meant by a number, a day or a release; raises BadInput or NotFound, both of which name `where`."""
    released = release_number(text)
    if released is not None:
        found = next((each for each in snapshot.releases() if each.number == released), None)
        if found is None:
            known = ", ".join(each.name for each in snapshot.releases()) or "none was made"
            raise NotFound(problem(where, f"there is no release R{released}", f"known: {known}"))
        return found.revision
    if text.isdecimal():
        number = int(text)
        if number > snapshot.revision:
            raise NotFound(problem(where, f"there is no revision {number}", f"0 to {snapshot.revision}"))
        return number
    try:
        return snapshot.revision_on(date.fromisoformat(text))
    except (ValueError, OverflowError):
        raise BadInput(problem(where, f"{text!r} is no revision, day or release", expected)) from None
