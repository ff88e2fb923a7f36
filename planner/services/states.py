"""Which state of the plan is meant: by a revision, a day or a release (pure)."""

from datetime import date, datetime

from planner.domain.release import release_number
from planner.domain.zone import ends_of
from planner.errors import BadInput, NotFound, problem
from planner.store import Snapshot

STATE = "a number, a day as 2020-10-12, or a release as R2"


def seen_until(snapshot: Snapshot, text: str) -> datetime | None:
    """The instant (UTC) up to which that state was looked at: the end of a day, else when the next revision came.

    None for the newest. What is no record of the plan, such as the ledger of fetches, is looked back at by it.
    """
    number = revision_meant(snapshot, text, "--as-of")
    following = next((each.at for each in snapshot.revisions() if each.number > number), None)
    if text.isdecimal() or release_number(text) is not None:
        return following
    return ends_of(date.fromisoformat(text))


def revision_meant(snapshot: Snapshot, text: str, where: str, expected: str = STATE) -> int:
    """The revision meant by a number, a day or a release; raises BadInput or NotFound, both of which name `where`."""
    released = release_number(text)
    if released is not None:
        found = next((each for each in snapshot.releases() if each.number == released), None)
        if found is None:
            known = ", ".join(each.name for each in snapshot.releases()) or "none was made"
            raise NotFound(problem(where, f"there is no release R{released}", f"known: {known}"))
        return found.revision
    if text.isdecimal() and len(text) < 19:
        number = int(text)
        if number > snapshot.revision:
            raise NotFound(problem(where, f"there is no revision {number}", f"known: 0 to {snapshot.revision}"))
        return number
    try:
        return snapshot.revision_on(date.fromisoformat(text))
    except (ValueError, OverflowError):
        raise BadInput(problem(where, f"{text!r} is no revision, day or release", expected)) from None
