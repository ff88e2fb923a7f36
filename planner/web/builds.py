"""What is made of the plan, kept in memory: made at most once per revision, the last good one where making fails."""

import asyncio
import logging
from collections.abc import Callable, Hashable
from concurrent.futures import Executor
from dataclasses import dataclass
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

from planner.errors import NotFound, Unavailable, problem

log = logging.getLogger(__name__)

KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")


class State(NamedTuple):
    """Which plan, as a look-up saw it: through which connection, and its newest revision."""

    opening: int
    revision: int


@dataclass(frozen=True, slots=True)
class Made(Generic[ValueT]):
    """Something made from the plan as it stood at that state."""

    state: State
    value: ValueT


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds: how long to wait for a build with a last good one at hand, without one, and after a failed one."""

    with_last: float = 5.0
    without: float = 25.0
    after_failure: float = 10.0


class Builds(Generic[KeyT, ValueT]):
    """Values by key. `build` gives the revision it saw and the value; it runs aside, one at a time.

    Whoever asks while a build is under way waits for it, and gets the last good value when that takes too long.
    """

    def __init__(
        self,
        build: Callable[[KeyT], tuple[int, ValueT]],
        aside: Executor,
        patience: Patience = Patience(),
    ) -> None:
        self._build = build
        self._aside = aside
        self._patience = patience
        self._made: dict[KeyT, Made[ValueT]] = {}
        self._under_way: dict[KeyT, asyncio.Task[Made[ValueT]]] = {}
        self._failed: dict[KeyT, tuple[State, float]] = {}

    def last_good(self, key: KeyT) -> Made[ValueT] | None:
        """The newest that could be made, of whatever state."""
        return self._made.get(key)

    async def get(self, key: KeyT, state: State) -> Made[ValueT]:
        """The value at that state or a newer one; the last good one when it cannot be made, or not in time.

        Raises NotFound when the plan has no such thing, and Unavailable when there is no good one yet.
        """
        made = self._made.get(key)
        if made is not None and made.state == state:
            return made
        new = None if self._failed_lately(key, state) else await self._wait(key, state)
        made = new or self._made.get(key)
        if made is None:
            raise Unavailable(problem(str(key), "could not be made yet"))
        return made

    async def _wait(self, key: KeyT, state: State) -> Made[ValueT] | None:
        """What the build gives; None when it fails or takes too long. One begun before the look-up may be too old."""
        limit = self._patience.with_last if key in self._made else self._patience.without
        ends = monotonic() + limit
        for _ in range(2):
            task = self._under_way.get(key) or self._begin(key, state)
            try:
                made = await asyncio.wait_for(asyncio.shield(task), max(ends - monotonic(), 0.0))
            except NotFound:
                raise
            except TimeoutError:
                log.warning("building %s takes longer than %.0f s", key, limit)
                return None
            except Exception:
                return None
            if made.state.opening == state.opening and made.state.revision >= state.revision:
                return made
        return None

    def _begin(self, key: KeyT, state: State) -> "asyncio.Task[Made[ValueT]]":
        task = asyncio.create_task(self._make(key, state))
        self._under_way[key] = task
        task.add_done_callback(lambda done: self._finish(key, state, done))
        return task

    async def _make(self, key: KeyT, state: State) -> Made[ValueT]:
        revision, value = await asyncio.get_running_loop().run_in_executor(self._aside, self._build, key)
        return Made(State(state.opening, revision), value)

    def _finish(self, key: KeyT, state: State, task: "asyncio.Task[Made[ValueT]]") -> None:
        """Keeps what was made. A failure keeps what was there, unless the plan no longer has such a thing."""
        self._under_way.pop(key, None)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            self._made[key] = task.result()
            self._failed.pop(key, None)
        elif isinstance(error, NotFound):
            self._made.pop(key, None)
        else:
            self._failed[key] = (state, monotonic())
            log.error("building %s at revision %d failed", key, state.revision, exc_info=error)

    def _failed_lately(self, key: KeyT, state: State) -> bool:
        failed = self._failed.get(key)
        return failed is not None and failed[0] == state and monotonic() - failed[1] < self._patience.after_failure
