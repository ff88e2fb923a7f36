"""Where the code of an address leads: a small page that opens the calendar on either kind of telephone."""

from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from planner.domain.address import digest_of
from planner.domain.feed import Level
from planner.services.published import load_published
from planner.services.publishing import title_of_feed
from planner.web.offers import how_tos, public_path, words
from planner.web.site import Site, language_of
from planner.web.visiting import Visitor


async def phone_page(request: Request) -> Response:
    """Where the code leads: a small page that opens the calendar on either kind of telephone."""
    token, name = request.path_params["token"], request.path_params["name"]
    holding = None
    if token != "public":  # noqa: S105 (a word that no token can be)
        seen = await request.app.state.lookups.look(digest_of(token))
        holding = seen.holdings.get(digest_of(token))
        is_over = holding is not None and holding.expires is not None and holding.expires <= datetime.now(UTC)
        if holding is None or holding.is_replaced or is_over or holding.feed != name:
            raise HTTPException(404)
    programme = holding.programme if holding is not None else request.query_params.get("programme", "")

    def answer() -> Response:
        site = Site(request, Visitor(), language_of(request))
        code = programme or site.seen.register.programme.code
        with site.database.snapshot() as snapshot:
            published = load_published(snapshot, code)
        feed = published.feed(name)
        if holding is None and (feed.level is not Level.PUBLIC or feed.owner):
            raise HTTPException(404)
        url = request.app.state.settings.public_url
        path = f"/f/{token}/{name}.ics" if holding is not None else public_path(published.register, feed)
        return site.page(
            "phone.html",
            title=title_of_feed(published.register, feed, site.language),
            https=url + path,
            webcal=f"webcal://{url.partition('://')[2]}{path}",
            is_private=holding is not None,
            words=words(site.language),
            how_tos=[each for each in how_tos(site)[0] if "iPhone" in each.name or "Android" in each.name],
        )

    return await run_in_threadpool(answer)
