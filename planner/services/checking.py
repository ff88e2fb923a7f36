"""Checking the plan: what the rules find, and what of it is worth a person's attention ("quiet by default")."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.approval import approved_at
from planner.domain.board import Board, Where
from planner.domain.causes import one_per_cause
from planner.domain.clash import meeting_from
from planner.domain.event import Event, Status
from planner.domain.finding import Certainty, Finding, Severity
from planner.domain.handles import handles, stable_id
from planner.domain.parameter import Parameters, parameters_of
from planner.domain.report import Checked, Hidden, Report
from planner.domain.waiver import Waiver
from planner.domain.window import When
from planner.rules import RULES, Rule
from planner.services.ruling import is_on
from planner.store import Snapshot

SOON_DAYS = 60
"""A window that opens so soon must be settled: its possible clashes are listed."""
FEW_CLEAR_DAYS = 5
_MEET = frozenset({"C01", "C02", "C04"})
"""Rules whose possible findings are about two events that may meet: they are judged by the days that are left."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of a check. Empty filters let everything through; `past` and `everything` list more."""

    first: date | None = None
    last: date | None = None
    refs: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    everything: bool = False
    past: bool = False


def load_board(snapshot: Snapshot, today: date) -> Board:
    """Every programme of the database: people sit in councils of several."""
    registers = tuple(snapshot.register(programme.code) for programme in snapshot.programmes())
    return Board(today, registers, snapshot.events(), approvals(snapshot))


def approvals(snapshot: Snapshot) -> tuple[tuple[Where, When], ...]:
    """When events that changed since stood as a paper approved them last."""
    approved = (logged[at].after for logged in snapshot.changed_events() if (at := approved_at(logged)) is not None)
    return tuple(((event.programme, event.ref), event.when) for event in approved if isinstance(event, Event))


def check(
    board: Board, options: Options | None = None, rules: Iterable[Rule] = RULES, within: Board | None = None
) -> Report:
    """What these rules find on the board, gravest first; same input, same answer.

    `within` has some of its events: rules that look at what lies near one another then look at no others.
    """
    asked = options or Options()
    used = [rule for rule in rules if not asked.rules or rule.code in asked.rules]
    return judged(board, find_with(board, used, within), asked, used)


def judged(board: Board, found: Iterable[Finding], asked: Options, rules: Iterable[Rule] = RULES) -> Report:
    """The report of what these rules found."""
    used = [rule for rule in rules if _is_used(rule, board)]
    kept = one_per_cause(board, found)
    is_over = bool(board.registers) and all(board.day > register.programme.last for register in board.registers)
    judging = _Judging(board, lists_past=asked.past or is_over, lists_all=asked.everything)
    # Handles are told apart among all findings, so that a filter never changes them.
    named = handles(ids := [stable_id(finding, board) for finding in kept])
    checked = [
        judging.checked(finding, id_, named[id_])
        for finding, id_ in sorted(zip(kept, ids, strict=True), key=lambda each: _order(each[0]))
        if _is_asked(board, finding, asked)
    ]
    return Report(board, tuple(checked), tuple(rule.code for rule in used), is_over and not asked.past)


def find_with(board: Board, rules: Iterable[Rule], within: Board | None = None) -> list[Finding]:
    """Everything these rules find that the profiles want, rule by rule; a rule without its data has nothing to say."""
    return [
        finding
        for rule in rules
        if _is_used(rule, board) and rule.needs(board) is None
        for finding in filter(_wants(board, rule), _found_by(rule, board, within))
    ]


def _is_used(rule: Rule, board: Board) -> bool:
    """A rule is used when the profile of any programme has it."""
    return any(is_on(rule.code, register.programme) for register in board.registers)


def _wants(board: Board, rule: Rule) -> Callable[[Finding], bool]:
    """True of findings that the profile of a programme they are about wants of this rule."""
    using = {register.programme.code for register in board.registers if is_on(rule.code, register.programme)}
    if len(using) == len(board.registers):
        return lambda finding: True

    def is_wanted(finding: Finding) -> bool:
        codes = {board.named(ref).programme for ref in finding.refs} or {finding.fact["programme"]}
        return not codes.isdisjoint(using)

    return is_wanted


def parameters(rule: Rule, board: Board) -> Parameters:
    """The parameters of a rule, as the programmes on the board say them."""
    return parameters_of(rule.code, rule.parameters, (register.programme for register in board.registers))


def _found_by(rule: Rule, board: Board, within: Board | None) -> Iterator[Finding]:
    """What a rule finds, as grave as the programmes say; among outside events alone it stays information."""
    its = parameters(rule, board)
    found = rule.find(board if within is None or rule.reach is None else within, its)
    if not its.says_severity and not board.once("outside", _has_outside):
        yield from found
        return
    for finding in found:
        events = [board.named(ref) for ref in finding.refs]
        of_kinds = [(event.programme, event.kind) for event in events] or [(finding.fact["programme"], "")]
        said = [severity for of_kind in of_kinds if (severity := its.severity(*of_kind)) is not None]
        if events and all(board.is_outside(event) for event in events):  # not ours to move
            said = [Severity.INFO]
        yield replace(finding, severity=min(said, key=lambda each: each.rank)) if said else finding


def _has_outside(board: Board) -> bool:
    return any(board.is_outside(event) for event in board.events)


def _order(finding: Finding) -> tuple[object, ...]:
    is_possible = finding.certainty is Certainty.POSSIBLE
    return finding.severity.rank, is_possible, finding.span.first, finding.rule, finding.refs, finding.subject


def _is_asked(board: Board, finding: Finding, options: Options) -> bool:
    events = [board.named(ref) for ref in finding.refs]
    return (
        (options.first is None or finding.span.last >= options.first)
        and (options.last is None or finding.span.first <= options.last)
        and (not options.refs or any(event.ref in options.refs for event in events))
        and (not options.parties or any(_takes_part(board, event, options.parties) for event in events))
    )


def _takes_part(board: Board, event: Event, parties: tuple[str, ...]) -> bool:
    return bool({*board.states(event), event.host, *(b.code for b in event.bookings)} & set(parties))


class _Judging:
    """What is listed of what was found, on this board."""

    def __init__(self, board: Board, *, lists_past: bool, lists_all: bool) -> None:
        self._board = board
        self._lists_past = lists_past
        self._lists_all = lists_all
        self._waivers = {waiver.code: waiver for register in board.registers for waiver in register.waivers}

    def checked(self, finding: Finding, id_: str, handle: str) -> Checked:
        waiver = self._waivers.get(id_)
        holds = waiver is not None and waiver.holds(finding.fingerprint, self._board.day)
        accepted, lapsed = (waiver, None) if holds else (None, waiver)
        return Checked(finding, id_, handle, self._hidden(finding, accepted), accepted, lapsed)

    def _hidden(self, finding: Finding, accepted: Waiver | None) -> Hidden | None:
        """Why a finding is not listed, None when it is."""
        events = [self._board.named(ref) for ref in finding.refs]
        if not self._lists_past and finding.span.last < self._board.day:
            return Hidden.PAST
        if not self._lists_past and events and all(event.status is Status.HELD for event in events):
            return Hidden.HELD
        if self._lists_all:
            return None
        if accepted is not None:
            return Hidden.ACCEPTED
        if finding.severity is Severity.INFO:
            return Hidden.NOTE
        if finding.certainty is Certainty.POSSIBLE and not self._is_strict(events):
            return Hidden.THIN if _is_thin(self._board, finding, events) else None
        return None

    def _is_strict(self, events: list[Event]) -> bool:
        """True when a programme of these events asks for every possibility."""
        return any(self._board.register(event).programme.profile == "strict" for event in events)


def _is_thin(board: Board, finding: Finding, events: list[Event]) -> bool:
    """A possibility that leaves room: less than half clash, enough clear working days are left, nothing opens soon.

    Of a window that is open already only what is left counts: that it is open says nothing about this clash.
    """
    placements = finding.placements
    if placements is None:
        return False
    if finding.rule in _MEET and len(events) == 2:
        left = meeting_from(board, board.day, events[0], events[1])
        if left is None:  # what could clash is over
            return True
        placements = left.placements
    if placements.clash * 2 >= placements.of:
        return False
    clear = [day for day in placements.clear if day.weekday() < 5]
    if placements.clear and len([day for day in clear if day >= board.day] or clear) <= FEW_CLEAR_DAYS:
        return False
    soon = board.day + timedelta(days=SOON_DAYS)
    windows = [window for event in events for window in event.when.windows if not window.is_fixed]
    return not any(board.day < window.first <= soon for window in windows)
