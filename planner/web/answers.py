"""Answers on feed paths: a calendar, nothing new, or a plain sentence. Never a page, never a redirect.

Calendar programs take whatever a 200 says for the calendar: a log-in page in its place empties it without a word.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

SAFE: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex, nofollow"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
"""On everything there is: no guessing of types, no address in a Referer, nothing for search engines."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One whole answer, made beforehand."""

    status: int
    headers: Headers
    body: bytes = b""

    async def send(self, send: Send, *, with_body: bool) -> None:
        """Says it; a HEAD request gets everything but the body (RFC 9110, 9.3.2)."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body if with_body else b""})


def sentence(status: int, text: str, *more: tuple[bytes, bytes]) -> Answer:
    """A plain sentence with that status, kept by nobody."""
    body = f"{text}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *SAFE,
        *more,
    ]
    return Answer(status, headers, body)


NOT_FOUND = sentence(404, "There is no calendar at this address.")
"""For addresses that never were, were revoked or have expired: the same answer."""
REPLACED = sentence(410, "This address was replaced by a new one; ask whoever gave it to you.")
NOT_ALLOWED = sentence(405, "Calendars can only be read here.", (b"allow", b"GET, HEAD"))
BAD_QUERY = sentence(400, "The only time zone that can be asked for is tz=utc.")
UNAVAILABLE = sentence(503, "The calendar cannot be delivered now; try again soon.", (b"retry-after", b"60"))
