"""Feeds to calendar programs: a bare ASGI callable before everything else, for subscribers ask here all day."""

import logging
from time import perf_counter, time
from typing import NamedTuple

from planner.domain.feed import Feed
from planner.errors import NotFound, PlannerError, Unavailable, problem
from planner.services.delivering import Directory, Wanted
from planner.store.door import Holding, Seen
from planner.web.access import AccessLog
from planner.web.answers import (
    BAD_QUERY,
    NOT_ALLOWED,
    NOT_FOUND,
    REPLACED,
    UNAVAILABLE,
    Answer,
    App,
    Receive,
    Scope,
    Send,
)
from planner.web.asking import PRIVATE, PUBLIC, Asked, Target, asked, target, zone
from planner.web.builds import Builds, State
from planner.web.ledger import Ledger
from planner.web.lookups import LookUps
from planner.web.ready import Ready

log = logging.getLogger(__name__)


class Said(NamedTuple):
    """An answer, and what the access log may say of it: the feed and the number of the address, never the token."""

    answer: Answer
    feed: str = ""
    address: int | None = None


class Feeds:
    """Answers `/f/<token>/<name>.ics` and `/public/<name>.ics`; everything else goes on to `pages`."""

    def __init__(
        self,
        pages: App,
        lookups: LookUps,
        directories: Builds[str, Directory],
        deliveries: Builds[Wanted, Ready],
        ledger: Ledger,
        access: AccessLog,
    ) -> None:
        self._pages = pages
        self._lookups = lookups
        self._directories = directories
        self._deliveries = deliveries
        self._ledger = ledger
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"][len(scope.get("root_path", "")) :] if scope["type"] == "http" else ""
        if not path.startswith((PRIVATE, PUBLIC)):
            await self._pages(scope, receive, send)
            return
        began = perf_counter()
        its = asked(scope["headers"])
        said = await self._say(scope, path, its)
        has_body = scope["method"] != "HEAD"
        await said.answer.send(send, with_body=has_body)
        took, size = perf_counter() - began, len(said.answer.body) if has_body else 0
        self._access.note(scope, f"feed {said.feed}", said.answer.status, size, took, its.program, said.address)

    async def _say(self, scope: Scope, path: str, its: Asked) -> Said:
        if scope["method"] not in {"GET", "HEAD"}:
            return Said(NOT_ALLOWED)
        where, wanted_zone = target(path), zone(scope["query_string"])
        if where is None:
            return Said(NOT_FOUND)
        if wanted_zone not in {"", "utc"}:
            return Said(BAD_QUERY)
        try:
            return await self._deliver(where, its, as_utc=wanted_zone == "utc")
        except NotFound:
            return Said(NOT_FOUND)
        except PlannerError as error:
            log.warning("a feed could not be delivered: %s", error)
        except Exception:  # the edge: without a 503 a calendar program takes whatever comes for the calendar
            log.exception("a feed could not be delivered")
        return Said(UNAVAILABLE)

    async def _deliver(self, where: Target, its: Asked, *, as_utc: bool) -> Said:
        now = time()
        seen = await self._look(where.digest)
        holding = self._holding(where.digest, seen, now)
        if holding is not None and holding.is_replaced:
            return Said(REPLACED, address=holding.number)
        ready = await self._ready(where, holding, as_utc, None if seen is None else State(seen.opening, seen.revision))
        answer, delivery = ready.choose(its, now), ready.delivery
        said = f"{delivery.feed.programme} {delivery.feed.name}"
        if holding is None:
            return Said(answer, said)
        self._ledger.note(holding.number, delivery.etag, delivery.shows, its.program, now)
        return Said(answer, said, holding.number)

    async def _look(self, digest: str) -> Seen | None:
        """What the database says now; None when it cannot be asked, and what was good last must do."""
        try:
            return await self._lookups.look(digest)
        except Unavailable as error:
            log.warning("the database cannot be asked; last good feeds are served: %s", error)
            return None

    def _holding(self, digest: str, seen: Seen | None, now: float) -> Holding | None:
        """Whose address that is, None for a public feed. Raises NotFound for one that is not open."""
        if not digest:
            return None
        holding = self._lookups.remembered(digest) if seen is None else seen.holdings.get(digest)
        if holding is None and seen is None:
            raise Unavailable(problem("", "whose address that is cannot be asked"))
        if holding is None or (holding.expires is not None and holding.expires.timestamp() <= now):
            raise NotFound(problem("", "no address of ours"))
        return holding

    async def _ready(self, where: Target, holding: Holding | None, as_utc: bool, state: State | None) -> Ready:
        """The feed at the newest revision, or the last good one. Raises NotFound or Unavailable."""
        directory = self._directories.last_good("") if state is None else await self._directories.get("", state)
        if directory is None:
            raise Unavailable(problem("", "which feeds there are cannot be asked"))
        feed = _feed(directory.value, where, holding)
        wanted = Wanted(feed.programme, feed.name, as_utc, where.is_free_busy)
        ready = (await self._deliveries.get(wanted, directory.state)).value
        if ready.delivery.feed != feed and ready.delivery.revision < directory.value.revision:
            # The last good bytes may show what this feed shows no longer.
            raise Unavailable(problem(str(wanted), "was changed, and could not be made anew"))
        return ready


def _feed(directory: Directory, where: Target, holding: Holding | None) -> Feed:
    """The feed of that address, or the public one of that name. Raises NotFound."""
    if holding is None:
        return directory.public(where.name, where.programme)
    if holding.feed != where.name:
        raise NotFound(problem("", "no address of ours"))
    return directory.feed(holding.programme, holding.feed)
