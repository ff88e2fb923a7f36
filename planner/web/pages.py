"""Pages for people, and what they say when something is not there. Feeds have answers of their own."""

from collections.abc import Mapping
from html import escape
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

_SENTENCES: Mapping[int, tuple[str, str]] = {
    403: ("You may not see this.", "Вам это видеть нельзя."),
    404: ("There is no such page here.", "Здесь нет такой страницы."),
    405: ("This page can only be read.", "Эту страницу можно только читать."),
    500: ("The planner made a mistake of its own; it was noted.", "Ошибка самой программы; она записана."),
    503: ("The plan cannot be shown now; try again soon.", "План сейчас нельзя показать; попробуйте позже."),
}
"""What an error page says, in English and Russian."""
_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{sentence}</title></head>
<body><main><h1>{sentence}</h1></main></body></html>
"""


def language_of(request: Request) -> str:
    """The language a reader's browser asks for first, of the two we speak; English without a wish."""
    for each in request.headers.get("accept-language", "").split(","):
        code = each.partition(";")[0].strip()[:2].casefold()
        if code in {"en", "ru"}:
            return code
    return "en"


async def error_page(request: Request, error: Exception) -> Response:
    """A sentence with its status; nothing of the request is repeated in it."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    language = language_of(request)
    english, russian = _SENTENCES.get(status, _SENTENCES[500] if status >= 500 else _SENTENCES[404])
    said = escape(russian if language == "ru" else english)
    return HTMLResponse(_PAGE.format(language=language, sentence=said), status, headers)


ERRORS: Mapping[Any, Any] = {HTTPException: error_page, Exception: error_page}
