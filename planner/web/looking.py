"""Pages that look at the plan: year, list, event, search."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from planner.domain.entries import Family
from planner.domain.event import Event
from planner.domain.finding import Certainty, Finding
from planner.errors import NotFound
from planner.services.looking import Filters, by_day, find, narrowed, taking_part
from planner.services.year import ALL_MEMBERS, By, Year, year
from planner.web.period import period_of
from planner.web.rendering import catalogue
from planner.web.road import describe
from planner.web.site import Site, language_of, page
from planner.web.views import Seen
from planner.web.year import Asked, view
from planner.wording.changes import name_of, say_family, say_status
from planner.wording.months import month_name
from planner.wording.themes import theme_name


async def home(request: Request) -> Response:
    """On to the year, in the language chosen before or the browser's."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}/{language_of(request)}/year", 303)


@page
def language_home(site: Site) -> Response:
    """On to the year, in the language named."""
    return site.to(site.url("year"))


@page
def year_page(site: Site) -> Response:
    """The chart with its list below."""
    seen, by = site.seen, by_of(site)
    period = period_of(site, seen.register)
    events = events_of(site, seen)
    made = year(seen.board, seen.register, events, by, period.first, period.last)
    findings = seen.report.listed if site.visitor.is_coordinator else ()
    asked = Asked(site.language, by, site.event_url, findings, seen.moved)
    shown = view(rows_of_mine(site, made), seen.board, seen.register, asked)
    return site.page(
        "year.html",
        mine=mine_of(site),
        delegations=_delegations(site, seen),
        v=shown,
        by=by.value,
        period=period,
        years=_years(seen),
        counts=_counts(findings),
        choices=_choices(site, seen),
        month_name=month_name,
        theme_name=lambda theme: theme_name(theme, site.language),
    )


@page
def list_page(site: Site) -> Response:
    """The same as a list, month by month."""
    seen = site.seen
    events = events_of(site, seen)
    made = year(seen.board, seen.register, events, By.KINDS, *_reach(seen, events))
    findings = seen.report.listed if site.visitor.is_coordinator else ()
    shown = view(made, seen.board, seen.register, Asked(site.language, By.KINDS, site.event_url, findings, seen.moved))
    return site.page(
        "list.html",
        v=shown,
        choices=_choices(site, seen),
        years=_years(seen),
        mine=mine_of(site),
        delegations=_delegations(site, seen),
    )


@page
def search_page(site: Site) -> Response:
    """Events in whose words all of the question's occur."""
    words = site.query.get("q", "").strip()[:200]
    found = sorted(find(site.seen.events, words), key=by_day) if words else []
    if len(found) == 1:
        return site.to(site.event_url(found[0]))
    lines = [describe(event, site.seen.register, site.language) for event in found]
    return site.page("search.html", words=words, found=lines)


def _counts(findings: Iterable[Finding]) -> tuple[int, int]:
    """How many of the listed conflicts are certain, and how many only possible."""
    sure = [each.certainty is not Certainty.POSSIBLE for each in findings]
    return sum(sure), len(sure) - sum(sure)


def by_of(site: Site) -> By:
    """What the rows stand for; 404 for what none can."""
    try:
        return By(site.query.get("by", By.BODIES))
    except ValueError:
        raise HTTPException(404) from None


def _delegations(site: Site, seen: Seen) -> list[tuple[str, str]]:
    """The members, each with its own name."""
    return [(code, name_of(seen.register, "party", code, site.language)) for code in seen.register.programme.members]


def _years(seen: Seen) -> str:
    first, last = seen.register.programme.first.year, seen.register.programme.last.year
    return str(first) if first == last else f"{first}–{last}"


def events_of(site: Site, seen: Seen) -> list[Event]:
    """The events that pass the filters of the address. What no entry is called narrows to nothing known: 404."""
    filters = Filters(
        families=tuple(site.query.getlist("family")),
        bodies=tuple(site.query.getlist("body")),
        parties=tuple(site.query.getlist("state")),
        statuses=tuple(site.query.getlist("status")),
    )
    try:
        events = narrowed(seen.events, seen.register, filters)
    except NotFound as error:
        raise HTTPException(404) from error
    mine = mine_of(site)
    if mine:
        events = taking_part(seen.board, events, mine)
    words = site.query.get("q", "").strip()[:200]
    return list(find(events, words) if words else events)


def mine_of(site: Site) -> str:
    """The delegation whose events alone are asked for, '' for all; 404 for what is no party."""
    mine = site.query.get("mine", "")
    if mine and site.seen.register.party(mine) is None:
        raise HTTPException(404)
    return mine


def rows_of_mine(site: Site, made: Year) -> Year:
    """The year with only the rows that a delegation is in: those of other states are not asked for."""
    mine = mine_of(site)
    if not mine:
        return made
    return replace(made, rows=tuple(row for row in made.rows if row.sort != "party" or row.code in {mine, ALL_MEMBERS}))


def _reach(seen: Seen, events: Iterable[Event]) -> tuple[date, date]:
    """From the first day to the last of the programme and of all these events."""
    programme = seen.register.programme
    windows = [window for event in events for window in event.when.windows]
    first = min((window.first for window in windows), default=programme.first)
    last = max((window.last for window in windows), default=programme.last)
    return min(first, programme.first), max(last, programme.last)


def _choices(site: Site, seen: Seen) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """The filters: label, name in the address, and (value, what it is called, whether it is chosen)."""
    language, register = site.language, seen.register
    say = catalogue(language).gettext
    statuses = sorted({event.status for event in seen.events}, key=lambda each: each.value)
    offered = (
        (say("Kind"), "family", [(each.value, say_family(each, language)) for each in _families(seen)]),
        (
            say("Body"),
            "body",
            [(each.code, name_of(register, "body", each.code, language)) for each in register.bodies],
        ),
        (
            say("State"),
            "state",
            [(each, name_of(register, "party", each, language)) for each in register.programme.members],
        ),
        (say("Status"), "status", [(each.value, say_status(each, language)) for each in statuses]),
    )
    return [
        (label, name, [(value, text, value in site.query.getlist(name)) for value, text in values])
        for label, name, values in offered
    ]


def _families(seen: Seen) -> list[Family]:
    used = {seen.board.family(event) for event in seen.events}
    return [family for family in Family if family in used]
