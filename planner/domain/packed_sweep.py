"""The sweep over arrays, for plans of tens of thousands of events. Needs numpy (the extra `fast`).

This is the one module of the domain that imports something outside the standard library; `sweep` asks for it only
when there is enough to do, and gives the same pairs without it.
"""

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

_ROOM = 63
"""Bits of a number: one holds resource, start and index of a claim, so that sorting numbers sorts claims."""


def overlapping_arrays(resources: Whole, starts: Whole, ends: Whole) -> tuple[Whole, Whole]:
    """Index pairs of claims that share a resource and a unit of time: the earlier start first, resource by resource.

    Resources are numbers from 0, starts and ends (excluded) whole numbers. An empty claim meets nothing.
    """
    if not len(starts):
        return starts, starts
    keys, order, stops = _in_order(resources, starts, ends)
    # Most often the next claim starts too late; where it does not, one look-up finds how many more do.
    meets = np.flatnonzero(keys[1:] < stops[:-1])
    counts = np.searchsorted(keys, stops[meets]) - meets - 1
    first = np.repeat(meets, counts)
    begins = np.repeat(np.cumsum(counts) - counts, counts)
    second = first + 1 + np.arange(len(first)) - begins
    return order[first], order[second]


def _in_order(resources: Whole, starts: Whole, ends: Whole) -> tuple[Whole, Whole, Whole]:
    """Resource and start as one number each, sorted; the claims in that order; resource and end likewise."""
    origin, count = int(starts.min()), len(starts)
    span, index = (max(int(starts.max()), int(ends.max())) - origin).bit_length(), count.bit_length()
    keys = resources << span | starts - origin
    if int(resources.max()).bit_length() + span + index <= _ROOM:
        packed = keys << index | np.arange(count)
        packed.sort()
        keys, order = packed >> index, packed & (1 << index) - 1
    else:
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
    lengths = (ends - starts)[order]
    if lengths.min() <= 0:
        keys, order, lengths = (each[lengths > 0] for each in (keys, order, lengths))
    return keys, order, keys + lengths
