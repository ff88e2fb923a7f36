"""What every page says: nothing from elsewhere, no framing, no address in a Referer, nothing for search engines."""

from planner.web.answers import App, Headers, Message, Receive, Scope, Send

POLICY = (
    b"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    b"frame-ancestors 'none'"
)
"""Content-Security-Policy of pages: our own stylesheet and pictures, forms to ourselves, no script at all."""
HEADERS: Headers = [
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex, nofollow"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]


class Secured:
    """Adds to each answer those of HEADERS it does not say itself."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(each for each in HEADERS if each[0] not in said)]
            await send(message)

        await self._app(scope, receive, secured)


class UnderPath:
    """Serves everything under the path of PLANNER_URL, whether the proxy in front keeps that path or takes it away."""

    def __init__(self, app: App, path: str) -> None:
        """`path` is '' or begins with a slash and has none at its end."""
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            path = scope["path"]
            if path != self._path and not path.startswith(f"{self._path}/"):
                scope["path"] = self._path + path
            scope["root_path"] = self._path
        await self._app(scope, receive, send)
