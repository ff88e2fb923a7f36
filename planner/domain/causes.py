"""One cause, one finding: what is left of what the rules found once nothing is said twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod

from planner.domain.board import Board
from planner.domain.finding import Certainty, Finding, Severity

PRECEDENCE = ("C15", "C04", "C02", "C05", "C14", "C01")
"""Of several rules that speak of one pair in one stretch, the first speaks and names the others."""

DUPLICATE, PHASE = "C15", "C20"

MOST_TRIED = 64
"""Up to so many sets of stand-ins are looked up one by one; a finding of thirty events may stand for 2³⁰ of them."""

Said = Mapping[tuple[str, tuple[str, ...]], Severity]


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


def _is_repeated(board: Board, finding: Finding, twins: dict[str, str], said: Said) -> bool:
    """True when the same is said, as gravely, of the events it stands for: its exercise, or the first of two twins."""
    if finding.rule in {DUPLICATE, PHASE}:
        return False
    choices = [_stand_ins(board, ref, twins) for ref in finding.refs]
    if len(finding.refs) > 1 and len({each[-1] for each in choices}) == 1 and any(ref in twins for ref in finding.refs):
        return True
    return any(
        refs != finding.refs and (finding.rule, refs) in said and said[finding.rule, refs].rank <= finding.severity.rank
        for refs in _meant(choices, finding.rule, said)
    )


def _meant(choices: Sequence[tuple[str, ...]], rule: str, said: Said) -> Iterable[tuple[str, ...]]:
    """The events it may stand for: every choice of stand-ins, or of very many those of which the rule says anything."""
    if prod(map(len, choices)) <= MOST_TRIED:
        return (tuple(sorted({*refs})) for refs in product(*choices))
    return (refs for its, refs in said if its == rule and can_stand_for(refs, choices))


def can_stand_for(refs: tuple[str, ...], choices: Sequence[tuple[str, ...]]) -> bool:
    """True when each choice has one of these events, and each event can be the one chosen of a choice of its own."""
    wanted = set(refs)
    if len(wanted) > len(choices) or any(wanted.isdisjoint(each) for each in choices):
        return False
    chosen: dict[int, str] = {}
    return all(_find_place(ref, choices, chosen, set()) for ref in refs)


def _find_place(ref: str, choices: Sequence[tuple[str, ...]], chosen: dict[int, str], tried: set[int]) -> bool:
    """True when a choice is left for that event, others moved on to theirs where they must (a matching)."""
    for place, each in enumerate(choices):
        if ref in each and place not in tried:
            tried.add(place)
            if place not in chosen or _find_place(chosen[place], choices, chosen, tried):
                chosen[place] = ref
                return True
    return False


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
