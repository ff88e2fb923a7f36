"""Signing in and out. A link's page only shows a button: mail scanners open links before people do."""

import time
from collections import defaultdict, deque
from datetime import UTC, datetime
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from planner.domain.address import digest_of
from planner.domain.person import SESSION_LIVES
from planner.services import people
from planner.web.site import Site, form, language_of, page
from planner.web.visiting import COOKIE, Visitor
from planner.wording.programs import browser_of

TRIES, WITHIN = 10, 900.0
"""So many links that do not work may be tried from one address within so many seconds."""


class Attempts:
    """Failed tries by network address, the newest of each kept in this process."""

    def __init__(self) -> None:
        self._failed: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=TRIES))
        self._lock = Lock()

    def is_blocked(self, client: str, now: float) -> bool:
        """True after too many failures of late."""
        with self._lock:
            failed = self._failed.get(client)
            return failed is not None and len(failed) == TRIES and now - failed[0] < WITHIN

    def failed(self, client: str, now: float) -> None:
        with self._lock:
            self._failed[client].append(now)
            if len(self._failed) > 10_000:
                self._failed = defaultdict(
                    lambda: deque(maxlen=TRIES),
                    {each: times for each, times in self._failed.items() if now - times[-1] < WITHIN},
                )


async def link_page(request: Request) -> Response:
    """The page behind a link: who is invited, and a button. Looking at it uses nothing up."""

    def answer() -> Response:
        site = Site(request, Visitor(), language_of(request))
        _check_rate(request)
        with site.database.operations() as operations:
            person = operations.people.invited(digest_of(request.path_params["token"]), datetime.now(UTC))
        if person is None:
            request.app.state.attempts.failed(_client(request), time.monotonic())
        return site.page("sign_in.html", 200 if person else 404, person=person)

    return await run_in_threadpool(answer)


async def sign_in(request: Request) -> Response:
    """Uses the link up and begins a session with a new token, whatever cookie came along."""

    def answer() -> Response:
        _check_rate(request)
        site = Site(request, Visitor(), language_of(request))
        program = request.headers.get("user-agent", "")
        token = people.sign_in(site.database, request.path_params["token"], datetime.now(UTC), program)
        if token is None:
            request.app.state.attempts.failed(_client(request), time.monotonic())
            return site.page("sign_in.html", 404, person=None)
        response = RedirectResponse(site.url("year"), 303)
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(SESSION_LIVES.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=site.is_over_tls,
            path=site.root or "/",
        )
        return response

    return await run_in_threadpool(answer)


@page
def me_page(site: Site) -> Response:
    """One's own sessions."""
    if site.visitor.role is None:
        return site.page("me.html", sessions=())
    with site.database.operations() as operations:
        person = operations.people.named(site.visitor.name)
        sessions = operations.people.sessions(person.number) if person is not None else ()
    return site.page("me.html", sessions=sessions, browser_of=browser_of)


@form
def end_session(site: Site) -> Response:
    """Ends one of one's own sessions; ending this one signs out."""
    number = str(site.form.get("session", site.visitor.session))
    with site.database.operations() as operations:
        person = operations.people.named(site.visitor.name)
        if person is None or not number.isdecimal() or len(number) > 9:
            raise HTTPException(400)
        operations.people.end_session(person.number, int(number))
    if int(number) != site.visitor.session:
        return site.to(site.url("me"))
    response = site.to(site.url("year"))
    response.delete_cookie(COOKIE, path=site.root or "/")
    return response


def _check_rate(request: Request) -> None:
    if request.app.state.attempts.is_blocked(_client(request), time.monotonic()):
        raise HTTPException(429, headers={"retry-after": str(int(WITHIN))})


def _client(request: Request) -> str:
    return request.client.host if request.client is not None else ""
