"""The public year, list and event pages as files for any web server: relative links, one stylesheet beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from planner.domain.event import Event
from planner.domain.texts import text_in
from planner.services.placing import PublicPlan
from planner.services.year import By, year
from planner.web.rendering import LANGUAGES, catalogue, render, stylesheet
from planner.web.road import describe, years
from planner.web.year import Asked, YearView, view
from planner.wording.changes import title_of
from planner.wording.dates import write_day
from planner.wording.entries import time_in_capitals
from planner.wording.keeping import one_sentence, say_moved
from planner.wording.months import month_name
from planner.wording.themes import theme_name

STYLE = "planner.css"
ROWS: Mapping[By, str] = {By.BODIES: "year.html", By.STATES: "year-states.html", By.KINDS: "year-kinds.html"}
"""The charts there are; that of forces is not for the public."""


def public_pages(plan: PublicPlan) -> dict[str, bytes]:
    """By path, every page in every language and the stylesheet: the same for the same plan, on any day."""
    files = {STYLE: stylesheet().encode()}
    for language in LANGUAGES:
        for name, text in _pages(plan, language):
            files[f"{language}/{name}"] = text.encode()
    return files


def _pages(plan: PublicPlan, language: str) -> Iterator[tuple[str, str]]:
    for by, name in ROWS.items():
        yield (
            name,
            _render("public_year.html", plan, language, name, v=_view(plan, by, language), by=by.value, rows=ROWS),
        )
    yield "list.html", _render("public_list.html", plan, language, "list.html", v=_view(plan, By.KINDS, language))
    for event in plan.events:
        yield f"event/{event.ref}.html", _event(plan, event, language)


def _view(plan: PublicPlan, by: By, language: str) -> YearView:
    """Over the term and all public events; without today's line, for the file is read on other days."""
    programme = plan.register.programme
    windows = [window for event in plan.events for window in event.when.windows]
    first = min((programme.first, *(window.first for window in windows)))
    last = max((programme.last, *(window.last for window in windows)))
    made = year(plan.board, plan.register, plan.events, by, first, last)
    return replace(view(made, plan.board, plan.register, Asked(language, by, _href)), today=None)


def _href(event: Event) -> str:
    return f"event/{event.ref}.html"


def _event(plan: PublicPlan, event: Event, language: str) -> str:
    register = plan.register
    other = next(code for code in LANGUAGES if code != language)
    clocks = [time_in_capitals(event, window, register, language) for window in event.when.windows]
    moved = plan.moved.get(event.ref, ())
    return _render(
        "public_event.html",
        plan,
        language,
        f"event/{event.ref}.html",
        described=describe(event, register, language),
        other=describe(event, register, other),
        moved=say_moved(moved, None, language) if moved else "",
        clocks=[each for each in clocks if each],
        sentences=[(code, one_sentence(event, register, code)) for code in LANGUAGES],
        links=[(title_of(each, language), f"{each.ref}.html") for each in _linked(plan, event)],
    )


def _linked(plan: PublicPlan, event: Event) -> list[Event]:
    """What it is linked to and what is linked to it, each once, of what everybody may see."""
    onward = {link.ref for link in event.links}
    back = {each.ref for each in plan.events if any(link.ref == event.ref for link in each.links)}
    return [each for each in plan.events if each.ref in onward | back]


def _render(template: str, plan: PublicPlan, language: str, name: str, **values: Any) -> str:
    """The page in its frame; `up` leads from it to the folder of all files."""
    say = catalogue(language).gettext
    return render(
        template,
        language,
        up="../" * (name.count("/") + 1),
        name=name,
        years=years(plan.register),
        organisation=text_in(language, plan.register.programme.organisation),
        changed=say("Changed %(day)s") % {"day": _say_day(plan.changed, language)} if plan.changed else "",
        month_name=month_name,
        theme_name=lambda theme: theme_name(theme, language),
        **values,
    )


def _say_day(day: date, language: str) -> str:
    return f"{write_day(day, language)} {day.year}"
