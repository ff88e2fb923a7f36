"""For what watches over the server: does it live, and can it deliver."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse

from planner.errors import PlannerError


async def health(_: Request) -> PlainTextResponse:
    """200 as long as the process answers, whatever becomes of the database."""
    return PlainTextResponse("alive\n")


async def ready(request: Request) -> PlainTextResponse:
    """200 when the plan can be read, else 503. What exactly is wrong stands in the log, not here."""
    try:
        await request.app.state.lookups.look("")
    except PlannerError:
        return PlainTextResponse("the database cannot be asked\n", 503, {"retry-after": "10"})
    return PlainTextResponse("ready\n")
