"""The year on one sheet of A3, and as one file to carry: what a reader takes away from the pages."""

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from planner.services.year import year
from planner.web.looking import by_of, events_of, rows_of_mine
from planner.web.period import period_of
from planner.web.road import Road, state_of_day, write, years
from planner.web.site import Site, page
from planner.web.views import Seen
from planner.web.year import Asked, view
from planner.wording.months import month_name
from planner.wording.themes import theme_name

ASPECT = 0.605
"""Height of the chart to its width on A3 landscape: 400 × 277 mm less heading, legend and what has no date."""
MARKS = "conflicts"


@page
def sheet_page(site: Site) -> Response:
    """The chart drawn for the sheet: no links and no day of today; conflicts only when a coordinator asks for them."""
    seen, by = site.seen, by_of(site)
    period = period_of(site, seen.register)
    made = year(seen.board, seen.register, events_of(site, seen), by, period.first, period.last)
    is_marked = site.visitor.is_coordinator and site.query.get("marks", "") == MARKS
    findings = seen.report.listed if is_marked else ()
    asked = Asked(site.language, by, site.event_url, findings, aspect=ASPECT)
    shown = view(rows_of_mine(site, made), seen.board, seen.register, asked)
    return site.page(
        "sheet.html",
        v=replace(shown, today=None),
        by=by.value,
        period=period,
        is_marked=is_marked,
        years=years(seen.register),
        state=state_of_day(_road(site, seen), site.language),
        month_name=month_name,
        theme_name=lambda theme: theme_name(theme, site.language),
    )


@page
def road_page(site: Site) -> Response:
    """Year, list and every event this reader may see in one file, without conflicts: to carry where no network is."""
    road = _road(site, site.seen)
    name = f"year-{years(site.seen.register).replace('–', '-')}.{site.language}.html"
    named = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "private, no-cache"}
    return Response(write(road, site.language), media_type="text/html; charset=utf-8", headers=named)


def _road(site: Site, seen: Seen) -> Road:
    if seen.newest is None:
        raise HTTPException(404)
    events = tuple(events_of(site, seen))
    return Road(seen.board, seen.register, events, seen.revision, seen.newest.at, by_of(site))
