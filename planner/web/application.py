"""The application: feeds before everything, then pages. Routes of pages stand in ROUTES."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from planner.domain.address import Served
from planner.services.delivering import Directory, Wanted, deliver, read_directory
from planner.settings import Settings
from planner.store import Database, open_database
from planner.store.door import open_door
from planner.web import access as access_log
from planner.web import (
    changing,
    clashing,
    covering,
    deeds,
    editing,
    event,
    event_form,
    health,
    importing,
    keeping,
    ledger,
    looking,
    pages,
    paper,
    phone,
    several,
    signing,
    static_files,
    subscribing,
)
from planner.web.access import AccessLog, Logged
from planner.web.answers import App
from planner.web.builds import Builds
from planner.web.feeds import Feeds
from planner.web.ledger import Ledger
from planner.web.lookups import LookUps
from planner.web.ready import Ready, make_ready
from planner.web.security import Secured, UnderPath
from planner.web.site import STYLE
from planner.web.views import Views

log = logging.getLogger(__name__)


class _Number(IntegerConvertor):
    """A whole number of a length that Python reads: a longer one is no address of ours."""

    regex = "[0-9]{1,9}"


register_url_convertor("number", _Number())

ROUTES: Sequence[BaseRoute] = (
    Route("/health", health.health),
    Route("/ready", health.ready),
    Route(f"/static/planner.{STYLE}.css", static_files.style),
    Route("/", looking.home),
    Route("/in/{token}", signing.link_page, methods=["GET"]),
    Route("/in/{token}", signing.sign_in, methods=["POST"]),
    Route("/{language}", looking.language_home),
    Route("/{language}/", looking.language_home),
    Route("/{language}/year", looking.year_page),
    Route("/{language}/sheet", paper.sheet_page),
    Route("/{language}/road", paper.road_page),
    Route("/{language}/list", looking.list_page),
    Route("/{language}/search", looking.search_page),
    Route("/{language}/event/{ref}", event.event_page),
    Route("/{language}/event/{ref}/edit", editing.edit_page, methods=["GET"]),
    Route("/{language}/event/{ref}/edit", editing.do_edit, methods=["POST"]),
    Route("/{language}/event/{ref}/dates", clashing.other_dates_page),
    Route("/{language}/event/{ref}/calendar.ics", event.event_calendar),
    Route("/{language}/event/{ref}/{what}/{number:number}", keeping.away_page, methods=["GET"]),
    Route("/{language}/event/{ref}/{what}/{number:number}", keeping.do_away, methods=["POST"]),
    Route("/{language}/event/{ref}/{what}/{party}/{number:number}", keeping.away_page, methods=["GET"]),
    Route("/{language}/event/{ref}/{what}/{party}/{number:number}", keeping.do_away, methods=["POST"]),
    Route("/{language}/event/{ref}/contact/{party}/{number:number}/edit", keeping.contact_page, methods=["GET"]),
    Route("/{language}/event/{ref}/contact/{party}/{number:number}/edit", keeping.do_contact, methods=["POST"]),
    Route("/{language}/event/{ref}/{deed}", deeds.deed_page, methods=["GET"]),
    Route("/{language}/event/{ref}/{deed}", deeds.do_deed, methods=["POST"]),
    Route("/{language}/add", event_form.add_page, methods=["GET"]),
    Route("/{language}/add", event_form.do_add, methods=["POST"]),
    Route("/{language}/several", several.bulk_page, methods=["GET"]),
    Route("/{language}/several", several.do_bulk, methods=["POST"]),
    Route("/{language}/undo/{number:number}", deeds.undo_page, methods=["GET"]),
    Route("/{language}/undo/{number:number}", deeds.do_undo, methods=["POST"]),
    Route("/{language}/conflicts", clashing.conflicts_page),
    Route("/{language}/conflicts/{handle}/accept", clashing.accept_page, methods=["GET"]),
    Route("/{language}/conflicts/{handle}/accept", clashing.do_accept, methods=["POST"]),
    Route("/{language}/subscribe", subscribing.subscribe_page, methods=["GET"]),
    Route("/{language}/subscribe", subscribing.do_subscribe, methods=["POST"]),
    Route("/{language}/subscribe/replace", subscribing.do_replace, methods=["POST"]),
    Route("/{language}/subscribe/revoke", subscribing.do_revoke, methods=["POST"]),
    Route("/{language}/subscribe/options", subscribing.do_options, methods=["POST"]),
    Route("/s/{token}/{name}", phone.phone_page),
    Route("/{language}/import", importing.import_page, methods=["GET"]),
    Route("/{language}/import", importing.do_import, methods=["POST"]),
    Route("/{language}/import/rejects", importing.do_rejects, methods=["POST"]),
    Route("/{language}/coverage", covering.coverage_page),
    Route("/{language}/changes", changing.changes_page),
    Route("/{language}/me", signing.me_page, methods=["GET"]),
    Route("/{language}/me/end", signing.end_session, methods=["POST"]),
)
"""The pages. Each takes what it needs from `request.app.state`: `settings`, `plan`, `lookups`, `views`."""


class Plan:
    """The database, opened when it is first needed: a server may start before the one it keeps its plan on."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._database: Database | None = None

    def database(self) -> Database:
        """The open database. Raises Unavailable, MissingDatabase or WrongDatabase, and tries again at the next call."""
        if self._database is None:
            self._database = open_database(self._location, writes=True, makes=False)
        return self._database

    def directory(self, _: str) -> tuple[int, Directory]:
        """What all feeds are made from, and the revision it was read at."""
        with self.database().snapshot() as snapshot:
            found = read_directory(snapshot)
        return found.revision, found

    def keep_served(self, notes: Sequence[Served]) -> None:
        """Writes the ledger."""
        with self.database().operations() as operations:
            operations.keep_served(notes)

    def close(self) -> None:
        if self._database is not None:
            self._database.close()


def _today() -> date:
    return datetime.now(UTC).date()


def application(
    settings: Settings, write_access: Callable[[str], None] | None = None, today: Callable[[], date] = _today
) -> App:
    """The server as an ASGI application. It reads settings once; everything else it asks of the database.

    `today` is the day that pages stand on: what is past, what is soon, and the line in the chart.
    """
    plan, aside = Plan(settings.database), ThreadPoolExecutor(1, "build")
    looking = ThreadPoolExecutor(1, "look")
    lookups = LookUps(open_door(settings.database), looking)
    served, access = Ledger(plan.keep_served), AccessLog(write_access)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(_every(ledger.SECONDS, served.write)),
            asyncio.create_task(_every(access_log.SECONDS, access.flush)),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for each in (served.write, access.flush, lookups.close, plan.close):
                await asyncio.to_thread(each)
            for executor in (aside, looking):
                executor.shutdown(wait=False, cancel_futures=True)

    site = Starlette(
        routes=ROUTES, middleware=[Middleware(Secured)], exception_handlers=pages.ERRORS, lifespan=lifespan
    )
    site.state.settings, site.state.plan, site.state.lookups, site.state.today = settings, plan, lookups, today
    site.state.views, site.state.attempts = Views(), signing.Attempts()
    directories: Builds[str, Directory] = Builds(plan.directory, aside)

    def build(wanted: Wanted) -> tuple[int, Ready]:
        directory = directories.last_good("")
        assert directory is not None  # nobody asks for a feed before the directory said that there is one
        return directory.state.revision, make_ready(deliver(directory.value, wanted, settings.url))

    feeds = Feeds(Logged(site, access), lookups, directories, Builds(build, aside), served, access)
    path = urlsplit(settings.url).path.rstrip("/")
    return UnderPath(feeds, path) if path else feeds


async def _every(seconds: float, act: Callable[[], None]) -> None:
    """Does that aside, again and again; what fails is logged, and the next time comes all the same."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(act)
        except Exception:
            log.exception("a regular task failed")
