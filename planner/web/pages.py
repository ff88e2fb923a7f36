"""What pages say when something is not there or went wrong: a sentence, the next step, never a traceback."""

import logging
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from planner.errors import BadInput, Closed, MissingDatabase, NotFound, PlannerError, Stale, Unavailable, WrongDatabase
from planner.web.rendering import catalogue, render
from planner.web.site import STYLE, language_of
from planner.wording.deeds import say_problems

log = logging.getLogger(__name__)

_STATUSES: tuple[tuple[type[PlannerError], int], ...] = (
    (NotFound, 404),
    (Stale, 409),
    (Closed, 409),
    (BadInput, 422),
    (Unavailable, 503),
    (MissingDatabase, 503),
    (WrongDatabase, 503),
)


def sentences(status: int, language: str) -> tuple[str, str]:
    """What is said of a status, and the next step."""
    say = catalogue(language).gettext
    said = {
        400: (say("This request cannot be understood."), say("Go back, reload the page and try again.")),
        403: (say("You may not do this."), say("Sign in with a link from a coordinator, reload the page, try again.")),
        404: (say("There is no such page here."), say("It may have been moved, or is not for you to see.")),
        405: (say("This page can only be read."), say("Go back and reload the page.")),
        409: (say("Somebody changed this meanwhile."), say("Look at it again, then repeat your change.")),
        413: (say("This is too large."), say("Send a smaller file.")),
        422: (say("This cannot be used as it is."), say("Go back, correct it and send it again.")),
        429: (say("Too many tries."), say("Wait a quarter of an hour.")),
        503: (say("The plan cannot be shown now."), say("Try again soon.")),
    }
    other = (say("The planner made a mistake of its own; it was noted."), say("Try again, or ask whoever runs it."))
    return said.get(status, said[404] if status < 500 else other)


async def error_page(request: Request, error: Exception) -> Response:
    """A sentence with its status. Of the request nothing is repeated but what a problem names."""
    status, headers = _status(error)
    language = str(request.path_params.get("language", ""))
    language = language if language in {"en", "ru"} else language_of(request)
    number = ""
    if status == 500:
        number = uuid.uuid4().hex[:8].upper()
        log.error("report %s", number, exc_info=error)
    is_ours = isinstance(error, PlannerError) and status not in {500, 503}
    problems = say_problems(error, language) if is_ours and isinstance(error, PlannerError) else ()
    root = str(request.scope.get("root_path", ""))
    sentence, next_step = sentences(status, language)
    text = render(
        "error.html",
        language,
        sentence=sentence,
        next_step=next_step,
        problems=problems,
        number=number,
        style=f"{root}/static/planner.{STYLE}.css",
        home=f"{root}/{language}/year",
    )
    return HTMLResponse(text, status, headers)


def _status(error: Exception) -> tuple[int, Mapping[str, str] | None]:
    if isinstance(error, HTTPException):
        return error.status_code, error.headers
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500), None


ERRORS: Mapping[Any, Any] = {HTTPException: error_page, PlannerError: error_page, Exception: error_page}
