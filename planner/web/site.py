"""What every page stands in: the reader, the language, the plan as they may see it, addresses, the frame."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Message

from planner.domain.event import Event
from planner.domain.release import newest_release
from planner.domain.texts import text_in
from planner.store import Database
from planner.web.rendering import LANGUAGES, catalogue, render, stylesheet
from planner.web.views import Seen, Views
from planner.web.visiting import Visitor, visitor_of
from planner.wording.clocks import city_of
from planner.wording.dates import write_days

LANGUAGE_COOKIE = "planner_language"
STYLE = hashlib.sha256(stylesheet().encode()).hexdigest()[:12]
"""In the stylesheet's address, so that browsers may keep it for ever."""
CARRIED = ("programme", "mine", "as_of")
"""What every address carries on: which programme is looked at, as which delegation, and as of when."""
FORM_BYTES = 1_000_000
"""The most a form may have that brings no file."""


@dataclass(frozen=True)
class Site:
    """One request: who asks, in which language, and what they may see."""

    request: Request
    visitor: Visitor
    language: str
    form: FormData = field(default_factory=FormData)

    @property
    def database(self) -> Database:
        database: Database = self.request.app.state.plan.database()
        return database

    @property
    def query(self) -> QueryParams:
        return self.request.query_params

    @cached_property
    def today(self) -> date:
        day: date = self.request.app.state.today()
        return day

    @property
    def as_of(self) -> str:
        """The past state that is asked for, '' for now. Only coordinators look back: what others see has changed."""
        asked = self.query.get("as_of", "").strip()
        if asked and not self.visitor.is_coordinator:
            raise HTTPException(404)
        return asked

    @property
    def present(self) -> str:
        """This very page as the plan now stands."""
        query = urlencode([(name, value) for name, value in self.query.multi_items() if name != "as_of"])
        return f"{self.request.url.path}{f'?{query}' if query else ''}"

    @property
    def release(self) -> str:
        """The latest release of the state that is looked at, "R3", or '' before the first."""
        its = newest_release(self.seen.register.releases)
        return its.name if its is not None else ""

    @cached_property
    def seen(self) -> Seen:
        """The plan as this reader may see it: the newest revision, or the one asked for."""
        return self.seen_at(self.as_of)

    def seen_at(self, as_of: str) -> Seen:
        """The same of a revision, day or release; of '' as it now stands."""
        wanted = self.query.get("programme", "") or self.request.app.state.settings.programme
        views: Views = self.request.app.state.views
        return views.look(self.database, wanted, self.visitor.level, self.today, as_of)

    def same(self, page: str = "", /, **changed: Any) -> str:
        """This page, or another one, with other things asked of it; what is not named stays asked."""
        said = [
            *self.kept(*changed),
            *((name, str(value)) for name, value in changed.items() if value not in ("", None)),
        ]
        path = f"{self.root}/{self.language}/{quote(page)}" if page else self.request.url.path
        return f"{path}?{urlencode(said)}" if said else path

    def kept(self, *but: str) -> list[tuple[str, str]]:
        """What was asked of this page, but for these names and for what an earlier form left there."""
        return [(name, value) for name, value in self.query.multi_items() if name not in {"saved", "ticked", *but}]

    def url(self, page: str, /, **query: Any) -> str:
        """The address of a page in this language; empty query values are left out."""
        said = {name: value for name, value in query.items() if value not in ("", None, (), [])}
        for name in CARRIED:
            if self.query.get(name) and name not in query:
                said[name] = self.query[name]
        tail = f"?{urlencode(said, doseq=True)}" if said else ""
        return f"{self.root}/{self.language}/{quote(page)}{tail}"

    @property
    def root(self) -> str:
        return str(self.request.scope.get("root_path", ""))

    def say(self, message: str) -> str:
        """A message of the catalogue in this language."""
        return catalogue(self.language).gettext(message)

    def in_language(self, language: str) -> str:
        """This very page in another language."""
        path = self.request.url.path.removeprefix(self.root).removeprefix(f"/{self.language}")
        query = f"?{self.request.url.query}" if self.request.url.query else ""
        return f"{self.root}/{language}{path}{query}"

    def event_url(self, event: Event) -> str:
        return self.url(f"event/{event.ref}")

    def page(self, template: str, status: int = 200, /, **values: Any) -> Response:
        """The page in its frame."""
        text = render(template, self.language, site=self, **values)
        response = HTMLResponse(text, status, {"content-language": self.language})
        if self.request.cookies.get(LANGUAGE_COOKIE) != self.language:
            response.set_cookie(LANGUAGE_COOKIE, self.language, max_age=31536000, samesite="lax", path=self.root or "/")
        return response

    def to(self, address: str) -> Response:
        """On to another page of ours after a form."""
        return RedirectResponse(address, 303)

    def day(self, then: date) -> str:
        """That day as people write it, with its year; of an instant, the one in UTC."""
        day = date(then.year, then.month, then.day)
        return write_days(day, day, self.language)

    @property
    def is_over_tls(self) -> bool:
        """Whether browsers may bring cookies back over TLS alone."""
        is_so: bool = self.request.app.state.settings.public_url.startswith("https:")
        return is_so

    @property
    def organisation(self) -> str:
        return text_in(self.language, self.seen.register.programme.organisation)

    @property
    def clock(self) -> str:
        """The city by whose clocks times are, where nothing else is said."""
        return city_of(self.seen.register.programme.zone, self.language)

    @property
    def style(self) -> str:
        return f"{self.root}/static/planner.{STYLE}.css"


Page = Callable[[Site], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def page(show: Page) -> Endpoint:
    """A page to look at: `show` gets the Site, off the event loop."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(lambda: show(_site(request)))

    return endpoint


def form(act: Page, most_bytes: int = FORM_BYTES) -> Endpoint:
    """A form of a signed-in person: `act` gets the Site with what was sent. Without the form's token: 403; 413."""

    async def endpoint(request: Request) -> Response:
        sent = await _sent(request, most_bytes)

        def answer() -> Response:
            site = _site(request, sent)
            is_ours = bool(site.visitor.csrf) and sent.get("csrf") == site.visitor.csrf
            if not is_ours:
                raise HTTPException(403)
            return act(site)

        try:
            return await run_in_threadpool(answer)
        finally:
            await sent.close()

    return endpoint


async def _sent(request: Request, most_bytes: int) -> FormData:
    """What was sent; no more of it is read than a form may have, whatever its head says of its length."""
    length, taken = request.headers.get("content-length", ""), 0
    if length.isdecimal() and int(length) > most_bytes:
        raise HTTPException(413)

    async def counted() -> Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > most_bytes:
            raise HTTPException(413)
        return message

    return await Request(request.scope, counted).form(max_files=4, max_fields=5000, max_part_size=most_bytes)


def for_coordinators(show: Page) -> Page:
    """A page that readers are not told of: to them it is not there."""

    def shown(site: Site) -> Response:
        if not site.visitor.is_coordinator:
            raise HTTPException(404)
        return show(site)

    return shown


def for_writers(act: Page) -> Page:
    """A form of those who may change the plan."""

    def acted(site: Site) -> Response:
        # What was changes no more: who looks back may not write.
        if not site.visitor.may_write or site.as_of:
            raise HTTPException(403)
        return act(site)

    return acted


def _site(request: Request, sent: FormData | None = None) -> Site:
    language = request.path_params.get("language", "") or language_of(request)
    if language not in LANGUAGES:
        raise HTTPException(404)
    return Site(request, visitor_of(request), language, sent or FormData())


def language_of(request: Request) -> str:
    """The language chosen before, else the one the browser asks for first of those we speak, else English."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    for each in request.headers.get("accept-language", "").split(","):
        code = each.partition(";")[0].strip()[:2].casefold()
        if code in LANGUAGES:
            return code
    return "en"
