"""Who asked for what, one JSON object a line. No token and no query is ever written."""

import json
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter, time
from typing import Any

from planner.domain.address import MOST_PROGRAM_LETTERS
from planner.web.answers import App, Message, Receive, Scope, Send
from planner.web.asking import asked

SECONDS = 1.0
"""So often the lines are written, and at the stop."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,}")
"""What may be a token, wherever it stands in a path."""


def without_secrets(text: str) -> str:
    """The text with everything that may be a token left out.

    >>> without_secrets("/f/bXl0b2tlbm15dG9rZW5teXRva2VubXl0b2tlbg/all.ics")
    '/f/…/all.ics'
    """
    return _SECRET.sub("…", text)


class AccessLog:
    """Lines gathered in memory and written together: a write for each would cost more than most answers."""

    def __init__(self, write: Callable[[str], None] | None = None) -> None:
        self._write = write or _to_standard_output
        self._lines: list[tuple[Any, ...]] = []

    def note(
        self, scope: Scope, what: str, status: int, size: int, took: float, program: bytes, address: int | None = None
    ) -> None:
        """That this was answered so: `size` in bytes, `took` in seconds, the number of the address if any."""
        client = scope.get("client")
        self._lines.append(
            (time(), client[0] if client else "", scope["method"], what, address, status, size, took, program)
        )

    def flush(self) -> None:
        """Writes what was gathered."""
        lines, self._lines = self._lines, []
        if lines:
            self._write("".join(f"{_said(*line)}\n" for line in lines))


class Logged:
    """An application whose every answer is noted in the access log, by method, path and status."""

    def __init__(self, app: App, access: AccessLog) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, size, began = 500, 0, perf_counter()

        async def counting(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counting)
        finally:
            program = asked(scope["headers"]).program
            self._access.note(scope, scope["path"], status, size, perf_counter() - began, program)


def _said(
    at: float,
    client: str,
    method: str,
    what: str,
    address: int | None,
    status: int,
    size: int,
    took: float,
    program: bytes,
) -> str:
    data = {
        "at": datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds"),
        "client": client,
        "method": without_secrets(method)[:20],
        "what": without_secrets(what),
        "address": address,
        "status": status,
        "bytes": size,
        "ms": round(took * 1000, 3),
        "program": without_secrets(program.decode("latin-1"))[:MOST_PROGRAM_LETTERS],
    }
    return json.dumps(data, ensure_ascii=True)


def _to_standard_output(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
