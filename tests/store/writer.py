"""A writer in a process of its own: `python -m tests.store.writer LOCATION SEED EDITS`.

Each edit adds one to `people` of one of the hot events, read and written in two steps, as people do. Prints as JSON
how many edits were refused as stale and tried again, and the longest wait for the lock in seconds.
"""

import json
import random
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime

from planner.domain.change import Change
from planner.errors import Stale
from planner.store import Database, open_database
from tests.builders import PROGRAMME


def main(location: str, seed: int, edits: int) -> None:
    database = open_database(location, writes=True)
    chance = random.Random(seed)
    stale, worst = 0, 0.0
    for _ in range(edits):
        ref = f"HOT-{chance.randrange(20):02}"
        while True:
            began = time.monotonic()
            done = _add_one(database, ref, f"writer {seed}")
            worst = max(worst, time.monotonic() - began)
            if done:
                break
            stale += 1
    database.close()
    print(json.dumps({"stale": stale, "worst": worst}))


def _add_one(database: Database, ref: str, who: str) -> bool:
    with database.snapshot() as snapshot:
        event, read_at = snapshot.event(PROGRAMME, ref), snapshot.revision
    assert event is not None
    assert event.people is not None
    try:
        with database.transaction(who=who, why="", means="edit", now=datetime.now(UTC), read_at=read_at) as transaction:
            transaction.apply([Change(event, replace(event, people=event.people + 1))])
    except Stale:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
