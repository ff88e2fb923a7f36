"""The look-up of each request, so that a slow database never stops the others."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Executor

from planner.store.door import Door, Holding, Seen

REMEMBERED = 10_000
"""So many addresses are remembered, for when the database cannot be asked."""
AT_ONCE = 500
"""So many addresses are asked for in one look at most."""


class LookUps:
    """Looks through the door: at once where it answers from this machine, else together with those who wait.

    Whoever asks while a look is under way shares the *next* one: every answer is from a look begun after its request.
    """

    def __init__(self, door: Door, aside: Executor) -> None:
        self._door = door
        self._aside = aside
        self._waiting: list[tuple[str, asyncio.Future[Seen]]] = []
        self._looking: asyncio.Task[None] | None = None
        self._remembered: OrderedDict[str, Holding] = OrderedDict()

    async def look(self, digest: str) -> Seen:
        """The newest revision, and whose address that is; an empty digest asks for the revision alone.

        Raises Unavailable when the database does not answer.
        """
        seen = self._look_now((digest,) if digest else ()) if self._door.is_instant else await self._look_later(digest)
        if digest:
            self._remember(digest, seen.holdings.get(digest))
        return seen

    def remembered(self, digest: str) -> Holding | None:
        """Whose address that was when the database last could be asked."""
        return self._remembered.get(digest)

    def close(self) -> None:
        self._door.close()

    def _look_now(self, digests: Sequence[str]) -> Seen:
        return self._door.look(digests)

    async def _look_later(self, digest: str) -> Seen:
        future: asyncio.Future[Seen] = asyncio.get_running_loop().create_future()
        self._waiting.append((digest, future))
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_for_all())
        return await future

    async def _look_for_all(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
                digests = sorted({digest for digest, _ in batch if digest})
                try:
                    seen = await loop.run_in_executor(self._aside, self._door.look, digests)
                except Exception as error:
                    _answer(batch, error)
                else:
                    _answer(batch, seen)
        finally:
            self._looking = None

    def _remember(self, digest: str, holding: Holding | None) -> None:
        if holding is None:
            self._remembered.pop(digest, None)
            return
        self._remembered[digest] = holding
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)


def _answer(batch: Sequence[tuple[str, asyncio.Future[Seen]]], outcome: Seen | Exception) -> None:
    for _, future in batch:
        if future.done():  # its client has gone
            continue
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
