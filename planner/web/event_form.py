"""The form with all fields of an event: of a new one, and of one that is edited."""

from collections.abc import Mapping

from starlette.responses import Response

from planner.domain.entries import Disclosure
from planner.domain.event import Event
from planner.domain.feed import Level
from planner.services.exporting import cells_of
from planner.services.planning import propose_add
from planner.web.deciding import Deed, Input, ask, decide, on_plan, reason_input, say_level, sent
from planner.web.site import Site, for_writers, form, page
from planner.wording.changes import name_of, say_field

EDITED = (
    "title_en",
    "title_ru",
    "short_en",
    "short_ru",
    "kind",
    "body",
    "host_country",
    "venue",
    "participants",
    "level",
    "forces",
    "facilities",
    "responsible",
    "financing",
    "people",
    "priority",
    "remarks_en",
    "remarks_ru",
    "internal",
    "disclosure",
)
"""The columns an event's form has, as lists have them; days are moved, status is decided."""


@page
@for_writers
def add_page(site: Site) -> Response:
    """The form of a new event."""
    return ask(site, _add(site))


@form
@for_writers
def do_add(site: Site) -> Response:
    """Its preview, or its saving."""
    return decide(site, _add(site))


def _add(site: Site) -> Deed:
    said = sent(site)
    cells = {name: said[name] for name in (*EDITED, "date_text") if said.get(name)}
    when = Input("date_text", site.say("When"), help=site.say("As people write it: 19–23 October, III квартал."))
    inputs = (
        when,
        *field_inputs(site, {"participants": "все" if site.language == "ru" else "all"}),
        reason_input(site),
    )
    return Deed(
        site.say("New event"),
        inputs,
        on_plan(site, lambda plan: propose_add(plan, "", cells)),
        site.url("list"),
        site.url("list"),
    )


def cells_in(site: Site, event: Event) -> Mapping[str, str]:
    """What the form shows of an event, in the language of the page."""
    cells = dict(cells_of(event, site.seen.register, site.language))
    cells["internal"] = dict(event.internal).get(site.seen.register.programme.languages[0], "")
    return cells


def field_inputs(site: Site, cells: Mapping[str, str]) -> tuple[Input, ...]:
    """The fields of an event's form with these values."""
    return tuple(_field_input(site, name, cells.get(name, "")) for name in EDITED)


def _field_input(site: Site, name: str, value: str) -> Input:
    register, language = site.seen.register, site.language
    label = _label(site, name)
    if name == "kind":
        kinds = tuple((kind.code, name_of(register, "kind", kind.code, language)) for kind in register.kinds)
        return Input(name, label, value, "select", kinds)
    if name == "host_country":
        states = tuple((each, name_of(register, "party", each, language)) for each in register.programme.members)
        listed = states if value in {"", *(code for code, _ in states)} else (*states, (value, value))
        return Input(name, label, value, "select", (("", "–"), *listed))
    if name == "disclosure":
        levels = tuple((each.value, say_level(Level(each.value), site)) for each in Disclosure)
        return Input(name, label, value, "select", (("", site.say("as its kind")), *levels))
    return Input(name, label, value, "area" if name.startswith(("remarks", "internal")) else "text")


_FIELDS = {
    "body": "bodies",
    "host_country": "host",
    "venue": "places",
    "participants": "parties",
    "priority": "priorities",
}


def _label(site: Site, name: str) -> str:
    own = {"internal": site.say("internal remarks"), "level": site.say("level of delegations")}
    said = own.get(name) or say_field(_FIELDS.get(name, name), site.language)
    return said[0].upper() + said[1:]
