"""One cause, one finding: what is left of what the rules found once nothing is said twice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from planner.domain.board import Board
from planner.domain.finding import Certainty, Finding, Severity

PRECEDENCE = ("C15", "C04", "C02", "C05", "C14", "C01")
"""Of several rules that speak of one pair in one stretch, the first speaks and names the others."""

DUPLICATE, PHASE = "C15", "C20"


def one_per_cause(board: Board, found: Iterable[Finding]) -> list[Finding]:
    """The findings without those that repeat another.

    A pair reported as one event twice gives no other finding, nor does the later of the two what its twin gives; a
    phase gives none that its exercise gives, and two families clash once; of several rules that speak of one pair the
    first speaks; a possible pair of events that cannot all take place is said with them all.
    """
    spoken = _without_parts_of_joint(_first_speaks(found))
    twins = {later: first for finding in spoken if finding.rule == DUPLICATE for first, later in [_pair(finding)]}
    said: dict[tuple[str, tuple[str, ...]], Severity] = {}
    for finding in spoken:
        key = finding.rule, finding.refs
        said[key] = min(said.get(key, finding.severity), finding.severity, key=lambda each: each.rank)
    return _once_a_family(board, [finding for finding in spoken if not _is_repeated(board, finding, twins, said)])


def _is_repeated(
    board: Board,
    finding: Finding,
    twins: dict[str, str],
    said: dict[tuple[str, tuple[str, ...]], Severity],
) -> bool:
    """True when the same is said, as gravely, of the events it stands for: its exercise, or the first of two twins."""
    if finding.rule in {DUPLICATE, PHASE}:
        return False
    choices = [_stand_ins(board, ref, twins) for ref in finding.refs]
    if len(finding.refs) > 1 and len({each[-1] for each in choices}) == 1 and any(ref in twins for ref in finding.refs):
        return True
    meant = ({*refs} for refs in product(*choices))
    return any(
        refs != finding.refs and (finding.rule, refs) in said and said[finding.rule, refs].rank <= finding.severity.rank
        for refs in (tuple(sorted(each)) for each in meant)
    )


def _once_a_family(board: Board, found: list[Finding]) -> list[Finding]:
    """Of what one rule says of two families, several of their phases told apart, only the gravest."""
    kept: dict[object, Finding] = {}
    for finding in found:
        heads = sorted({board.name(board.root(board.named(ref))) for ref in finding.refs})
        is_between = len(finding.refs) == len(heads) == 2 and finding.rule not in {DUPLICATE, PHASE}
        key = (finding.rule, finding.subject, *heads) if is_between else finding.id
        kept[key] = min(kept.get(key, finding), finding, key=_gravity)
    return list(kept.values())


def _gravity(finding: Finding) -> tuple[object, ...]:
    return finding.severity.rank, finding.certainty is Certainty.POSSIBLE, finding.span.first, finding.refs


def _stand_ins(board: Board, ref: str, twins: dict[str, str]) -> tuple[str, ...]:
    """The event itself, the one it repeats, and the head of its family, which is the last."""
    first = twins.get(ref, ref)
    return tuple(dict.fromkeys((ref, first, board.name(board.root(board.named(first))))))


def _pair(finding: Finding) -> tuple[str, str]:
    """Of two events that are one, the first and the later."""
    later = finding.fact.get("later", finding.refs[-1])
    [first] = set(finding.refs) - {later}
    return first, later


def _first_speaks(found: Iterable[Finding]) -> list[Finding]:
    """One finding for each pair, by precedence, the surest of each rule; the others are named in it."""
    by_events: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    kept = []
    for finding in found:
        if finding.rule in PRECEDENCE:
            by_events[finding.refs].append(finding)
        else:
            kept.append(finding)
    for findings in by_events.values():
        findings.sort(key=lambda each: (PRECEDENCE.index(each.rule), each.certainty is Certainty.POSSIBLE))
        first, *others = findings
        also = {each.rule for each in others if each.severity is not Severity.INFO} - {first.rule}
        if first.rule == DUPLICATE:  # no wonder that one event twice needs the same people
            also = set()
        kept.append(replace(first, also=tuple(rule for rule in PRECEDENCE if rule in also)))
    return kept


def _without_parts_of_joint(found: list[Finding]) -> list[Finding]:
    """Without possible pairs of a set that cannot take place together anyway."""
    joint = [(finding.rule, set(finding.refs)) for finding in found if finding.certainty is Certainty.JOINTLY]
    return [
        finding
        for finding in found
        if finding.certainty is not Certainty.POSSIBLE
        or not any(finding.rule == rule and set(finding.refs) < refs for rule, refs in joint)
    ]
