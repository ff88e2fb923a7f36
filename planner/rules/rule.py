"""What a rule is: a value with a code that never changes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.board import Board
from planner.domain.clash import Clash
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.domain.window import Window


class Need(StrEnum):
    """Data without which a rule has nothing to say; `planner.wording.rules` says what is missing."""

    CLOCK_TIME = "clock time"
    COORDINATES = "coordinates"
    LEADERS = "leaders"
    LEAD_TIMES = "lead times"
    NAMES = "names"
    PREPARATIONS = "preparations"
    RECOVERY_DAYS = "recovery days"


def _nothing(board: Board) -> Need | None:
    return None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `find` looks at the board and yields findings; it never queries, formats, or reads a clock.

    `needs` says which data the board lacks for it, None when it can be judged: a rule without its data is silent.
    """

    code: str
    title: str
    find: Callable[[Board, Parameters], Iterator[Finding]]
    parameters: tuple[Parameter, ...] = ()
    needs: Callable[[Board], Need | None] = _nothing


def pair(
    rule: str,
    board: Board,
    clash: Clash,
    severity: Severity,
    facts: Iterable[tuple[str, str]] = (),
    shared: tuple[str, ...] | None = None,
) -> Finding:
    """A finding about two events that meet; an outside pair is information, for neither is ours to move."""
    if board.is_outside(clash.one) and board.is_outside(clash.other):
        severity = Severity.INFO
    names = board.name(clash.one), board.name(clash.other)
    said = tuple(sorted(facts))
    return Finding(
        rule,
        tuple(sorted(names)),
        severity,
        clash.meeting.certainty,
        clash.meeting.span,
        shared=clash.shared if shared is None else shared,
        placements=clash.meeting.placements if clash.meeting.certainty is Certainty.POSSIBLE else None,
        facts=said,
        identity_facts=(*said, *_standing_facts(clash.one), *_standing_facts(clash.other)),
    )


def single(
    rule: str,
    board: Board,
    event: Event,
    severity: Severity,
    certainty: Certainty,
    span: Span,
    *,
    subject: str = "",
    shared: tuple[str, ...] = (),
    facts: Iterable[tuple[str, str]] = (),
) -> Finding:
    """A finding about one event. Names of holidays belong into facts of which the identity does not depend."""
    return Finding(
        rule,
        (board.name(event),),
        severity,
        certainty,
        span,
        subject,
        shared,
        facts=tuple(sorted(facts)),
        identity_facts=_standing_facts(event),
    )


def _standing_facts(event: Event) -> tuple[tuple[str, str], ...]:
    """Local dates, times and zones: what a waiver depends on. Never titles, instants or today's date."""
    # Always with its programme, so that accepted findings hold when the database gets a second one.
    return tuple((f"{event.ref}@{event.programme}", _said(window)) for window in event.when.windows)


def _said(window: Window) -> str:
    at = f" {window.at:%H:%M} {window.zone}" if window.at is not None else ""
    return f"{window.first}/{window.last}{at} {window.length or ''}".strip()
