"""Which claims on the same resource overlap: a sweep over (resource, start), O(n log n + found)."""

from collections.abc import Hashable, Iterable, Sequence
from importlib.util import find_spec
from itertools import pairwise

Claim = tuple[Hashable, int, int]
"""A resource, and start and end (excluded) in any one unit, whole numbers."""

_BITS = 32
_MASK = (1 << _BITS) - 1


ENOUGH_FOR_ARRAYS = 50_000
"""Claims from which on arrays win although importing numpy takes as long as sweeping over so many without it."""


def overlapping(claims: Iterable[Claim]) -> list[tuple[int, int]]:
    """Index pairs of claims that share a resource and at least one unit of time, each once, the earlier start first.

    Claims are half-open, so one that ends at 14 does not meet one that starts at 14. Pairs come resource by resource,
    by start. An empty claim meets nothing. Up to 2**32 claims. Many of them are swept over with numpy, where it is
    installed (the extra `fast`); the pairs and their order are the same.
    """
    listed = list(claims)
    if len(listed) >= ENOUGH_FOR_ARRAYS and find_spec("numpy") is not None:
        return with_arrays(listed)
    return without_arrays(listed)


def with_arrays(claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """The same by numpy."""
    import numpy as np  # only for plans so large that it pays (performance: importing it takes 200 ms)

    from planner.domain.packed_sweep import overlapping_arrays

    numbers: dict[Hashable, int] = {}
    # Resources come in the order of their first claim that is not empty, as without arrays.
    coded = (numbers.setdefault(code, len(numbers)) if start < end else 0 for code, start, end in claims)
    resources = np.fromiter(coded, np.int64, len(claims))
    starts, ends = (np.fromiter((each[at] for each in claims), np.int64, len(claims)) for at in (1, 2))
    first, second = overlapping_arrays(resources, starts, ends)
    return list(zip(first.tolist(), second.tolist(), strict=True))


def without_arrays(claims: Iterable[Claim]) -> list[tuple[int, int]]:
    """The same by the standard library alone."""
    claimed: dict[Hashable, list[int]] = {}
    ends: list[int] = []
    for index, (resource, start, end) in enumerate(claims):
        ends.append(end << _BITS)
        if start < end:
            # One integer for start and index sorts several times faster than a pair of them.
            packed = start << _BITS | index
            try:
                claimed[resource].append(packed)
            except KeyError:
                claimed[resource] = [packed]
    found: list[tuple[int, int]] = []
    for of_one_resource in claimed.values():
        _sweep(of_one_resource, ends, found)
    return found


def _sweep(packed: list[int], ends: list[int], found: list[tuple[int, int]]) -> None:
    """Adds each claim with those that start behind it and before its end; most often the next one starts too late."""
    packed.sort()
    for position, (each, following) in enumerate(pairwise(packed), 1):
        end = ends[each & _MASK]
        if following < end:
            index = each & _MASK
            at = position
            while at < len(packed) and packed[at] < end:
                found.append((index, packed[at] & _MASK))
                at += 1
