"""The stylesheet, under an address that changes with its content."""

from starlette.requests import Request
from starlette.responses import Response

from planner.web.rendering import stylesheet


async def style(_: Request) -> Response:
    """Kept by browsers for a year: another content has another address."""
    return Response(
        str(stylesheet()), media_type="text/css", headers={"cache-control": "public, max-age=31536000, immutable"}
    )
