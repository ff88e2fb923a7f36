"""Accepting findings: a reason, a name and an end, tied to the facts as they are (pure decisions)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from planner.domain.board import Board
from planner.domain.change import Change
from planner.domain.handles import full_handle, typed
from planner.domain.report import Checked, Report
from planner.domain.waiver import Waiver
from planner.errors import BadInput, NotFound, problem
from planner.services.proposal import Proposal


class Standing(StrEnum):
    """What has become of a waiver."""

    HOLDS = "holds"
    CHANGED = "facts changed"
    ENDED = "ended"
    GONE = "nothing found any more"


@dataclass(frozen=True, slots=True)
class Standings:
    """A waiver, the handle of its finding, what has become of it, and the finding if it is still found."""

    waiver: Waiver
    handle: str
    standing: Standing
    checked: Checked | None


HandledT = TypeVar("HandledT", Checked, Standings)


def propose_waive(
    report: Report, revision: int, texts: Sequence[str], reason: str, who: str, until: date | None
) -> Proposal:
    """These findings accepted, until that day or the end of the later of their events. Raises BadInput, NotFound."""
    if not reason.strip():
        raise BadInput(problem("--reason", "is not said", "say why this clash is accepted"))
    if until is not None and until < report.board.day:
        raise BadInput(problem("--until", f"{until} is past", f"{report.board.day} or later"))
    meant = the_findings(report, texts)
    known = _waivers(report.board)
    changes = [Change(known.get(each.id), _waiver(each, report.board, reason, who, until)) for each in meant]
    refused = [
        problem(each.handle, f"would be accepted until {change.after.until}, which is past", remedy="say --until")
        for each, change in zip(meant, changes, strict=True)
        if isinstance(change.after, Waiver) and change.after.until < report.board.day
    ]
    if refused:
        raise BadInput(*refused)
    return Proposal(revision, "waive", tuple(change for change in changes if change.before != change.after))


def _waiver(each: Checked, board: Board, reason: str, who: str, until: date | None) -> Waiver:
    events = [board.named(ref) for ref in each.finding.refs]
    ends = [window.last for event in events for window in event.when.windows]
    last = until or max(ends, default=each.finding.span.last)
    programme = events[0].programme if events else each.finding.fact["programme"]
    return Waiver(programme, each.id, each.finding.fingerprint, reason.strip(), who, last)


def propose_end(report: Report, revision: int, texts: Sequence[str]) -> Proposal:
    """These waivers taken back: what they accepted is listed again. Raises NotFound, naming those there are."""
    listed = waivers(report)
    codes = [(each.waiver.code, each) for each in listed]
    meant = _meant(texts, codes, listed, "nothing is accepted as", "planner waiver list shows them")
    return Proposal(revision, "end waiver", tuple(Change(each.waiver, None) for each in meant))


def the_findings(report: Report, texts: Iterable[str]) -> tuple[Checked, ...]:
    """The findings meant by these handles, each once. Raises NotFound with all that fit none or several."""
    ids = [(each.id, each) for each in report.checked]
    return _meant(texts, ids, report.shown, "there is no finding", "planner check lists them")


def _meant(
    texts: Iterable[str], by_id: Sequence[tuple[str, HandledT]], known: Sequence[HandledT], none: str, remedy: str
) -> tuple[HandledT, ...]:
    """Those whose ids the handles begin, each once. Raises NotFound with all handles that fit none or several."""
    meant: list[HandledT] = []
    unknown = []
    for text in texts:
        found = [each for id_, each in by_id if full_handle(id_).startswith(typed(text)) and text.strip()]
        meant += found
        if len(found) > 1:
            several = " or ".join(each.handle for each in found)
            unknown.append(problem("", f"{text!r} may be {several}", remedy="say more letters"))
        elif not found:
            some = ", ".join([*(each.handle for each in known[:10]), *(["…"] if len(known) > 10 else [])])
            unknown.append(problem("", f"{none} {text!r}", some and f"one of {some}", remedy))
    if unknown:
        raise NotFound(*unknown)
    return tuple(dict.fromkeys(meant))


def waivers(report: Report) -> tuple[Standings, ...]:
    """Every waiver, by its last day, with what has become of it. The report must be of a check without filters."""
    return standings(report, sorted(_waivers(report.board).values(), key=lambda each: (each.until, each.code)))


def standings(report: Report, listed: Iterable[Waiver]) -> tuple[Standings, ...]:
    """What has become of these waivers, in their order."""
    found = {each.id: each for each in report.checked}
    return tuple(_standing(waiver, found.get(waiver.code), report.board.day) for waiver in listed)


def _standing(waiver: Waiver, checked: Checked | None, day: date) -> Standings:
    handle = checked.handle if checked is not None else full_handle(waiver.code)[:4]
    if checked is None:
        standing = Standing.GONE
    elif waiver.until < day:
        standing = Standing.ENDED
    else:
        holds = waiver.holds(checked.finding.fingerprint, day)
        standing = Standing.HOLDS if holds else Standing.CHANGED
    return Standings(waiver, handle, standing, checked)


def _waivers(board: Board) -> dict[str, Waiver]:
    return {waiver.code: waiver for register in board.registers for waiver in register.waivers}
