"""Programmes that are closed: nothing in them changes but by their reopening, which is a change like any other."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.domain.change import Change
from planner.domain.entries import Programme
from planner.errors import Closed, problem


def refuse_closed(programmes: Iterable[Programme], changes: Sequence[Change]) -> None:
    """Raises Closed when a change is of a programme that is closed, unless all its changes are that it is reopened."""
    shut = {programme.code: programme for programme in programmes if programme.is_closed}
    written = sorted({change.key.programme for change in changes} & shut.keys())
    for code in written:
        its = [change for change in changes if change.key.programme == code]
        if its != [Change(shut[code], replace(shut[code], is_closed=False))]:
            remedy = f"if something must change after all: planner programme reopen {code} --reason …"
            raise Closed(problem(code, "is closed and was handed over; nothing in it changes any more", remedy=remedy))
