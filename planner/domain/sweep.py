"""Which claims on the same resource overlap: a sweep over (resource, start), O(n log n + found)."""

from collections.abc import Hashable, Iterable, Iterator

Claim = tuple[Hashable, int, int]
"""A resource, and start and end (excluded) in any one unit, whole numbers."""

_BITS = 32
_MASK = (1 << _BITS) - 1


def overlapping(claims: Iterable[Claim]) -> Iterator[tuple[int, int]]:
    """Index pairs of claims that share a resource and at least one unit of time, each once, by resource and start.

    Claims are half-open, so one that ends at 14 does not meet one that starts at 14. The earlier start comes first in
    a pair. Starts must lie within 2**31 units of the first; an empty claim meets nothing.
    """
    numbers: dict[Hashable, int] = {}
    ends: list[int] = []
    packed: list[int] = []
    base: int | None = None
    for index, (resource, start, end) in enumerate(claims):
        ends.append(end)
        if base is None:
            base = start - (1 << (_BITS - 1))
        if start < end:
            number = numbers.setdefault(resource, len(numbers))
            # One integer sorts several times faster than a tuple of three.
            packed.append((number << _BITS | start - base) << _BITS | index)
    packed.sort()
    yield from _swept(packed, ends, base or 0)


def _swept(packed: list[int], ends: list[int], base: int) -> Iterator[tuple[int, int]]:
    active: list[int] = []
    last_resource = -1
    for each in packed:
        index = each & _MASK
        resource = each >> 2 * _BITS
        if resource != last_resource:
            active, last_resource = [], resource
        if active:
            start = (each >> _BITS & _MASK) + base
            active = [other for other in active if ends[other] > start]
            for other in active:
                yield other, index
        active.append(index)
