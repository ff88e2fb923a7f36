"""Which claims on the same resource overlap: a sweep over (resource, start), O(n log n + found)."""

from collections.abc import Hashable, Iterable
from itertools import pairwise

Claim = tuple[Hashable, int, int]
"""A resource, and start and end (excluded) in any one unit, whole numbers."""

_BITS = 32
_MASK = (1 << _BITS) - 1
_MIDDLE = 1 << (_BITS - 1)


def overlapping(claims: Iterable[Claim]) -> list[tuple[int, int]]:
    """Index pairs of claims that share a resource and at least one unit of time, each once, by resource and start.

    Claims are half-open, so one that ends at 14 does not meet one that starts at 14. The earlier start comes first in
    a pair. Starts and ends must lie within 2**31 units of the first start; an empty claim meets nothing.
    """
    numbers: dict[Hashable, int] = {}
    packed: list[int] = []
    limits: list[int] = []
    base: int | None = None
    for index, (resource, start, end) in enumerate(claims):
        if base is None:
            base = start - _MIDDLE
        # One integer for (resource, start, index) sorts several times faster than a tuple of three.
        number = numbers.setdefault(resource, len(numbers)) << _BITS
        limits.append((number | end - base) << _BITS)
        if start < end:
            packed.append((number | start - base) << _BITS | index)
    packed.sort()
    return _swept(packed, limits)


def _swept(packed: list[int], limits: list[int]) -> list[tuple[int, int]]:
    """Each claim with those that start behind it and before its end; most often the next one starts too late."""
    found = []
    for position, (each, following) in enumerate(pairwise(packed), 1):
        limit = limits[each & _MASK]
        if following < limit:
            index = each & _MASK
            at = position
            while at < len(packed) and packed[at] < limit:
                found.append((index, packed[at] & _MASK))
                at += 1
    return found
