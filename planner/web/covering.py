"""The coverage page: priorities by quarter with their gaps, bodies against their yearly minimum."""

from starlette.responses import Response

from planner.domain.coverage import Cadence, coverage
from planner.domain.texts import text_in
from planner.web.site import Site, for_coordinators, page
from planner.wording.changes import title_of
from planner.wording.coverage import heads, say_cell, say_gaps

MOST_NAMED = 8
"""So many events are named at once; all of a priority or a body when the address asks for it (`whole`)."""


@page
@for_coordinators
def coverage_page(site: Site) -> Response:
    """What `planner coverage` says, each event a link."""
    seen, language = site.seen, site.language
    found = coverage(seen.board, seen.register)
    return site.page(
        "coverage.html",
        found=found,
        heads=heads(found, language),
        gaps=say_gaps(found, language),
        say_cell=lambda cell: say_cell(cell, language),
        name=lambda texts: text_in(language, texts),
        event=seen.by_ref.get,
        title=lambda event: title_of(event, language),
        width=_width,
        whole=site.query.get("whole", ""),
        most=MOST_NAMED,
    )


def _width(one: Cadence) -> int:
    """How full the bar of a body is, in tenths."""
    return 10 if not one.least else min(10, round(10 * len(one.refs) / one.least))
