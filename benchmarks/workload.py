"""Workload A: half-open events on a grid of 15 minutes, so dense that conflicts and events are about as many.

80 % last 1-4 hours, 15 % 1-3 days, 5 % 7-14 days; each claims 1-8 resources, of 64 at 1,000 events.
"""

import random
from dataclasses import dataclass
from functools import cache

QUARTERS_A_DAY = 96
RESOURCES = {1_000: 64, 10_000: 200, 100_000: 640, 1_000_000: 2_000}
SEED = 2020
DAYS_FOR_EACH_EVENT = 17


@dataclass(frozen=True, slots=True)
class Workload:
    """Claims as (resource, start, end) in quarters of an hour; `owners` says which event each belongs to.

    All of it lies within `horizon`.
    """

    events: int
    horizon: int
    claims: list[tuple[int, int, int]]
    owners: list[int]


@cache
def workload(events: int) -> Workload:
    """The same claims for the same number of events, on every machine."""
    chance = random.Random(SEED)
    resources = RESOURCES[events]
    # So long a stretch gives about one conflict an event.
    horizon = events * DAYS_FOR_EACH_EVENT // resources * QUARTERS_A_DAY
    claims, owners = [], []
    for event in range(events):
        start = chance.randrange(horizon)
        end = start + _length(chance)
        for resource in chance.sample(range(resources), chance.randint(1, 8)):
            claims.append((resource, start, end))
            owners.append(event)
    return Workload(events, horizon + 15 * QUARTERS_A_DAY, claims, owners)


def _length(chance: random.Random) -> int:
    sort = chance.random()
    if sort < 0.8:
        return chance.randint(4, 16)
    if sort < 0.95:
        return chance.randint(1, 3) * QUARTERS_A_DAY
    return chance.randint(7, 14) * QUARTERS_A_DAY
