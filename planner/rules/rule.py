"""What a rule is: a value with a code that never changes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from planner.domain.board import Board
from planner.domain.clash import Clash
from planner.domain.crowding import Crowd
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding, Placements, Severity, Span
from planner.domain.parameter import Parameter, Parameters
from planner.domain.register import Register
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
    ACCOUNTABLE = "accountable"
    CHAIRED_BODIES = "chaired bodies"
    DECISIONS = "decisions"
    MINIMUM = "minimum"
    OUTSIDE_DATES = "outside dates"
    PEOPLE = "people"
    PRIORITIES = "priorities"
    REPLIES = "replies"
    SUPPLY = "supply"


def at_once(board: Board, parameters: Parameters) -> timedelta:
    """The reach of rules about one event, a family, or events that may meet."""
    return timedelta()


def _nothing(board: Board) -> Need | None:
    return None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `find` looks at the board and yields findings; it never queries, formats, or reads a clock.

    `needs` says which data the board lacks for it, None when it can be judged: a rule without its data is silent.
    `reach` is how far apart events may lie that it judges together (planner.domain.vicinity); None for a rule that
    counts, or looks far around: what it says of one event may hang on any other.
    """

    code: str
    title: str
    find: Callable[[Board, Parameters], Iterator[Finding]]
    parameters: tuple[Parameter, ...] = ()
    needs: Callable[[Board], Need | None] = _nothing
    reach: Callable[[Board, Parameters], timedelta] | None = None


Facts = Iterable[tuple[str, str]]


def finding(
    rule: str,
    board: Board,
    events: Iterable[Event],
    severity: Severity,
    certainty: Certainty,
    span: Span,
    *,
    subject: str = "",
    shared: tuple[str, ...] = (),
    placements: Placements | None = None,
    facts: Facts = (),
    identity: Facts = (),
) -> Finding:
    """A finding about these events. Its identity rests on `identity` and on when they are, not on the other facts."""
    named = sorted(((board.name(event), event) for event in events), key=lambda each: each[0])
    standing = (fact for _, event in named for fact in board.once_for(_standing_facts, (event,)))
    return Finding(
        rule,
        tuple(name for name, _ in named),
        severity,
        certainty,
        span,
        subject,
        shared,
        placements if certainty is Certainty.POSSIBLE else None,
        tuple(sorted((*facts, *identity))),
        identity_facts=(*sorted(identity), *standing),
    )


def pair(
    rule: str,
    board: Board,
    clash: Clash,
    severity: Severity,
    facts: Facts = (),
    shared: tuple[str, ...] | None = None,
) -> Finding:
    """A finding about two events that meet."""
    meeting = clash.meeting
    return finding(
        rule,
        board,
        (clash.one, clash.other),
        severity,
        meeting.certainty,
        meeting.span,
        shared=clash.shared if shared is None else shared,
        placements=meeting.placements,
        identity=facts,
    )


def joint(
    rule: str,
    board: Board,
    crowd: Crowd,
    severity: Severity,
    facts: Facts = (),
    shared: tuple[str, ...] | None = None,
) -> Finding:
    """A finding about events that cannot all take place, though each pair of them could."""
    days = ("days", str((crowd.span.last - crowd.span.first).days + 1))
    return finding(
        rule,
        board,
        crowd.events,
        severity,
        Certainty.JOINTLY,
        crowd.span,
        shared=tuple(str(code) for code in crowd.shared) if shared is None else shared,
        identity=(*facts, ("needed", str(crowd.needed)), days),
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
    facts: Facts = (),
) -> Finding:
    """A finding about one event. Names of holidays belong into facts of which the identity does not depend."""
    return finding(rule, board, (event,), severity, certainty, span, subject=subject, shared=shared, facts=facts)


def of_programme(
    rule: str,
    board: Board,
    register: Register,
    events: Iterable[Event],
    severity: Severity,
    span: Span,
    *,
    subject: str,
    shared: tuple[str, ...] = (),
    facts: Iterable[tuple[str, str]] = (),
) -> Finding:
    """A certain finding about a programme, or about any number of its events: none, when something is missing."""
    listed = sorted(events, key=lambda event: (event.programme, event.ref))
    said = tuple(sorted((*facts, ("programme", register.programme.code))))
    return Finding(
        rule,
        tuple(sorted(board.name(event) for event in listed)),
        severity,
        Certainty.CERTAIN,
        span,
        f"{subject}@{register.programme.code}",
        shared,
        facts=said,
        identity_facts=(*said, *(fact for event in listed for fact in board.once_for(_standing_facts, (event,)))),
    )


def _standing_facts(board: Board, event: Event) -> tuple[tuple[str, str], ...]:
    """Local dates, times and zones: what a waiver depends on. Never titles, instants or today's date."""
    # Always with its programme, so that accepted findings hold when the database gets a second one.
    return tuple((f"{event.ref}@{event.programme}", _said(window)) for window in event.when.windows)


def _said(window: Window) -> str:
    at = f" {window.at:%H:%M} {window.zone}" if window.at is not None else ""
    return f"{window.first}/{window.last}{at} {window.length or ''}".strip()
