"""Who claims what, and when: an index that answers for one event in time that hardly grows with the number of events.

Claims of one resource stand in one sorted list for each class of duration (powers of two), so that those which may
reach into a stretch lie side by side however long the longest claim is.
"""

from bisect import bisect_left, insort
from collections.abc import Hashable, Iterable, Iterator

_BITS = 32
_MASK = (1 << _BITS) - 1


class Occupancy:
    """Claims (resource, start, end excluded, in any one unit of whole numbers) by owners, which are whole numbers."""

    def __init__(self, claims: Iterable[tuple[Hashable, int, int, int]] = ()) -> None:
        """`claims` are (resource, start, end, owner); an empty claim occupies nothing."""
        self._lists: dict[Hashable, dict[int, list[int]]] = {}
        self._ends: list[int] = []
        self._owners: list[int] = []
        for resource, start, end, owner in claims:
            if start < end:
                self._list(resource, end - start).append(self._packed(start, end, owner))
        for of_resource in self._lists.values():
            for packed in of_resource.values():
                packed.sort()

    def add(self, resource: Hashable, start: int, end: int, owner: int) -> None:
        """One more claim."""
        if start < end:
            insort(self._list(resource, end - start), self._packed(start, end, owner))

    def remove(self, resource: Hashable, start: int, end: int, owner: int) -> None:
        """Takes a claim out. Raises KeyError when it is not there."""
        packed = self._lists.get(resource, {}).get((end - start - 1).bit_length(), [])
        at = bisect_left(packed, start << _BITS)
        while at < len(packed) and packed[at] >> _BITS == start:
            number = packed[at] & _MASK
            if self._ends[number] == end and self._owners[number] == owner:
                del packed[at]
                return
            at += 1
        raise KeyError((resource, start, end, owner))

    def during(self, resource: Hashable, start: int, end: int) -> Iterator[int]:
        """Owners of the claims on that resource that share a unit of time with the stretch; one may come twice."""
        ends, owners = self._ends, self._owners
        low, high = start << _BITS, end << _BITS
        for bits, packed in self._lists.get(resource, {}).items():
            # Nothing in this list lasts longer than 2**bits: what starts earlier is over by then.
            for each in packed[bisect_left(packed, low - (1 << bits + _BITS)) : bisect_left(packed, high)]:
                number = each & _MASK
                if ends[number] > start:
                    yield owners[number]

    def _list(self, resource: Hashable, length: int) -> list[int]:
        return self._lists.setdefault(resource, {}).setdefault((length - 1).bit_length(), [])

    def _packed(self, start: int, end: int, owner: int) -> int:
        self._ends.append(end)
        self._owners.append(owner)
        return start << _BITS | len(self._ends) - 1
