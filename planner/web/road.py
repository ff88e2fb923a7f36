"""The one-file planner: year, list and every event in one page that needs no network ("save for the road")."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from planner.domain.board import Board
from planner.domain.event import Event
from planner.domain.fields import field_named
from planner.domain.finding import Finding
from planner.domain.register import Register
from planner.domain.texts import text_in
from planner.services.year import By, year
from planner.web.rendering import LANGUAGES, catalogue, environment, stylesheet
from planner.web.year import Asked, view
from planner.wording.changes import say_field, say_value, title_of
from planner.wording.months import month_name
from planner.wording.themes import theme_name

SHOWN = ("when", "places", "mode", "bodies", "host", "parties", "forces", "status", "kind", "decision", "item")
MORE = ("responsible", "financing", "links", "priorities")


@dataclass(frozen=True, slots=True)
class Described:
    """An event in full: its titles, and what is known of it as (label, text)."""

    ref: str
    css: str
    title: str
    other_language: str
    other_title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Road:
    """What goes into the file. `at` and `revision` say which state it is; no findings, no marks of conflicts."""

    board: Board
    register: Register
    events: tuple[Event, ...]
    revision: int
    at: datetime
    by: By = By.BODIES
    findings: tuple[Finding, ...] = ()


def write(road: Road, language: str) -> str:
    """The page as HTML."""
    programme = road.register.programme
    its_year = year(road.board, road.register, road.events, road.by, programme.first, programme.last)
    shown = view(its_year, road.board, road.register, Asked(language, road.by, href, road.findings))
    described = [
        describe(event, road.register, language, shown.looks[event.ref].css) for event in _in(road, shown.looks)
    ]
    say = catalogue(language).gettext
    return (
        environment(language)
        .get_template("road.html")
        .render(
            title=say("Year planner %(year)s") % {"year": years(road.register)},
            organisation=text_in(language, programme.organisation),
            state=state(road, language),
            stylesheet=stylesheet(),
            v=shown,
            events=described,
            month_name=month_name,
            theme_name=lambda theme: theme_name(theme, language),
        )
    )


def href(event: Event) -> str:
    return f"#{event.ref}"


def state(road: Road, language: str) -> str:
    """ "State of 8 Oct 2020 14:05, revision 14", in the zone of the programme."""
    at = road.at.astimezone(ZoneInfo(road.register.programme.zone))
    if language == "ru":
        return f"Состояние на {at:%d.%m.%Y %H:%M}, ред. {road.revision}"
    return f"State of {at.day} {at:%b %Y %H:%M}, revision {road.revision}"


def state_of_day(road: Road, language: str) -> str:
    """The same without the hour, for paper: "Состояние на 8.10.2020, ред. 14"."""
    at = road.at.astimezone(ZoneInfo(road.register.programme.zone))
    if language == "ru":
        return f"Состояние на {at.day}.{at:%m.%Y}, ред. {road.revision}"
    return f"State of {at.day} {at:%b %Y}, rev. {road.revision}"


def years(register: Register) -> str:
    """The years of the programme's term: "2020", "2020–2021"."""
    first, last = register.programme.first.year, register.programme.last.year
    return str(first) if first == last else f"{first}–{last}"


def _in(road: Road, looks: Iterable[str]) -> list[Event]:
    known = set(looks)
    return [event for event in road.events if event.ref in known]


def describe(event: Event, register: Register, language: str, css: str = "") -> Described:
    """Everything about an event that anybody who may see it may see; internal remarks never."""
    other = next((each for each in LANGUAGES if each != language), "")
    facts = []
    for name in (*SHOWN, f"remarks_{language}", *MORE):
        field = field_named(name)
        assert field is not None
        text = say_value(name, field.get(event), register, language)
        if text:
            facts.append((say_field(name, language), text))
    facts.append(("обозначение" if language == "ru" else "ref", event.ref))
    other_title = dict(event.titles).get(other, "")
    title = title_of(event, language)
    return Described(event.ref, css, title, other, other_title if other_title != title else "", tuple(facts))
