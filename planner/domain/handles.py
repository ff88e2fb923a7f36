"""What stands for a finding: an id that lasts, and a short handle that people type."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from planner.domain.board import Board
from planner.domain.finding import Finding

LEAST_LETTERS = 4
_MOST_LETTERS = 12
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U


def stable_id(finding: Finding, board: Board) -> str:
    """What stays the same while the facts change: rule, references with their programmes, and subject.

    The programme is always named, so that it stays the same when the database gets a second one.
    """
    refs = (f"{event.ref}@{event.programme}" for event in map(board.named, finding.refs))
    return ":".join((finding.rule, "+".join(refs), finding.subject)).rstrip(":")


def full_handle(id_: str) -> str:
    """Twelve letters and digits that are hard to confuse; every handle of this id is the beginning of them."""
    number = int.from_bytes(hashlib.sha256(id_.encode()).digest()[:8], "big")
    return "".join(_LETTERS[number >> shift & 31] for shift in range(5 * _MOST_LETTERS - 5, -1, -5))


def handles(ids: Iterable[str]) -> dict[str, str]:
    """The handle of each id: four letters, and more for those that would otherwise share one.

    All that share a beginning get more of it: a handle from an older report never means another finding.
    """
    full = {id_: full_handle(id_) for id_ in ids}
    found: dict[str, str] = {}
    for letters in range(LEAST_LETTERS, _MOST_LETTERS + 1):
        left = [id_ for id_ in full if id_ not in found]
        shared = Counter(full[id_][:letters] for id_ in left)
        found.update((id_, full[id_][:letters]) for id_ in left if shared[full[id_][:letters]] == 1)
        if len(found) == len(full):
            break
    return found


def typed(text: str) -> str:
    """A handle as it was typed, in its own letters: o is 0, i and l are 1."""
    return text.strip().upper().translate(str.maketrans("OIL", "011"))
