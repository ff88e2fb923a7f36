"""Releasing: freezing a numbered state of the plan that people are told about (pure)."""

from collections.abc import Iterable
from datetime import date

from planner.domain.change import Change
from planner.domain.event import Event
from planner.domain.finding import Certainty
from planner.domain.release import Release, newest_release
from planner.domain.report import Checked
from planner.errors import BadInput, NotFound, problem
from planner.services.checking import check, load_board
from planner.services.proposal import Proposal
from planner.store import Snapshot

MOST_NAMED = 8


def propose_release(snapshot: Snapshot, programme: str, note: str, today: date) -> Proposal:
    """A release of the plan as it now stands.

    Raises BadInput when nothing changed since the last one, and, where the programme asks for a clean check, when a
    clash is open: it names them.
    """
    its = programme_releases(snapshot, programme)
    last = newest_release(its)
    if last is not None and not _is_changed(snapshot, programme, last):
        remedy = "`planner release list` shows what was released"
        raise BadInput(problem("", f"nothing has changed since {last.name} (revision {last.revision})", remedy=remedy))
    if snapshot.register(programme).programme.release_clean:
        _refuse_open(snapshot, programme, today)
    newest = newest_release(snapshot.releases())
    made = Release(programme, (newest.number if newest else 0) + 1, snapshot.revision, note)
    return Proposal(snapshot.revision, "release", (Change(None, made),), is_final=True)


def programme_releases(snapshot: Snapshot, programme: str) -> tuple[Release, ...]:
    """The releases of a programme, by number."""
    return tuple(each for each in snapshot.releases() if each.programme == programme)


def last_release(snapshot: Snapshot, programme: str) -> Release:
    """The latest release of a programme. Raises NotFound before the first."""
    found = newest_release(programme_releases(snapshot, programme))
    if found is None:
        remedy = "make one with `planner release`, or say --since REVISION or DAY"
        raise NotFound(problem("--since", f"nothing of {programme} has been released yet", remedy=remedy))
    return found


def moved_since(now: Iterable[Event], then: Iterable[Event]) -> frozenset[str]:
    """The references of the events that stand on other days now than then; what is new or gone has not moved."""
    before = {event.ref: event.when.windows for event in then}
    return frozenset(e.ref for e in now if e.ref in before and before[e.ref] != e.when.windows)


def _is_changed(snapshot: Snapshot, programme: str, last: Release) -> bool:
    """True when a record changed that is not itself about telling people."""
    told = {"release", "notice"}
    return any(key.sort not in told for key in snapshot.changed_since(last.revision, programme))


def _refuse_open(snapshot: Snapshot, programme: str, today: date) -> None:
    open_now = [each for each in check(load_board(snapshot, today)).shown if _is_open(each)]
    if open_now:
        named = ", ".join(f"{each.handle} ({', '.join(each.finding.refs)})" for each in open_now[:MOST_NAMED])
        more = f" and {len(open_now) - MOST_NAMED} more" if len(open_now) > MOST_NAMED else ""
        found = f"{programme} is released only when a check is clean; open: {named}{more}"
        raise BadInput(problem("", found, "no open clash", "solve or waive them: `planner check`"))


def _is_open(each: Checked) -> bool:
    """True for what ends `planner check` with status 1: certain, listed, and accepted by nobody."""
    return each.is_grave and each.finding.certainty is not Certainty.POSSIBLE
